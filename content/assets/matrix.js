/* The filters of the matrix. The table in the page is the data; its state is in the hash:
   #category=<id>&population=adult|youth&status=<id>. Unknown names and terms are ignored. */
(function () {
  "use strict";

  const form = document.querySelector('[data-kb="matrix-filter"]');
  const table = document.querySelector('table[data-table="matrix"]');
  if (!form || !table) return;
  const count = form.querySelector('[data-kb="matrix-count"]');
  const selects = [...form.querySelectorAll("select")];
  const rows = [...table.tBodies[0].rows];
  const heads = [...table.tHead.rows[0].cells];

  function read() {
    const state = new URLSearchParams(window.location.hash.slice(1));
    for (const select of selects) {
      const wanted = state.get(select.name) || "";
      select.value = [...select.options].some(option => option.value === wanted) ? wanted : "";
    }
  }

  function write() {
    const state = new URLSearchParams();
    for (const select of selects) if (select.value) state.set(select.name, select.value);
    const hash = state.toString();
    if (hash !== window.location.hash.slice(1)) window.history.pushState(null, "", hash ? "#" + hash : window.location.pathname);
  }

  function show() {
    const chosen = Object.fromEntries(selects.map(select => [select.name, select.value]));
    const visible = heads.map(head => !chosen.population || !head.dataset.population || head.dataset.population === chosen.population);
    heads.forEach((head, index) => { head.hidden = !visible[index]; });
    let shown = 0;
    for (const row of rows) {
      const cells = [...row.cells];
      cells.forEach((cell, index) => { cell.hidden = !visible[index]; });
      const known = cells.slice(1).filter((cell, index) => visible[index + 1] && cell.dataset.status !== "no-data");
      const fits = (!chosen.category || row.dataset.category === chosen.category)
        && (chosen.status ? known.some(cell => cell.dataset.status === chosen.status) : !chosen.population || known.length > 0);
      row.hidden = !fits;
      shown += fits;
    }
    const words = shown === rows.length ? count.dataset.all : count.dataset.some;
    count.textContent = words.replace("{n}", shown).replace("{total}", rows.length);
  }

  form.addEventListener("change", () => { write(); show(); });
  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("reset", () => window.setTimeout(() => { write(); show(); }));
  window.addEventListener("hashchange", () => { read(); show(); });
  window.addEventListener("popstate", () => { read(); show(); });
  read();
  show();
})();
