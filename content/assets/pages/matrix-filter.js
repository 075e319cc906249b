/* The filters of the matrix. The table in the page is the data; its state is in the hash:
   #category=<id>&population=adult|youth&status=<id>. Unknown names and terms are ignored.
   Gives nothing; started by [data-kb="matrix-filter"] (matrix.md.jinja). */
"use strict";

Kennisbank.define("pages/matrix-filter", ["core/address", "core/dom"], ({ address, dom }) => {
  const form = document.querySelector("[data-kb='matrix-filter']");
  const table = document.querySelector("table[data-table='matrix']");
  const count = form.querySelector("[data-kb='matrix-count']");
  const selects = Array.from(form.querySelectorAll("select"));
  const rows = Array.from(table.tBodies[0].rows);
  const heads = Array.from(table.tHead.rows[0].cells);

  function read() {
    const parts = address.read();
    for (const select of selects) {
      const [wanted = ""] = parts.get(select.name) || [];
      select.value = dom.has(select, wanted) ? wanted : "";
    }
    show();
  }

  function take() {
    address.write(Object.fromEntries(selects.map(select => [select.name, select.value ? [select.value] : []])), "pushState");
    show();
  }

  function fits(row, chosen, visible) {
    const known = Array.from(row.cells).slice(1).filter((cell, at) => visible[at + 1] && cell.dataset.asOf);
    if (chosen.category && row.dataset.category !== chosen.category) return false;
    if (chosen.status) return known.some(cell => cell.dataset.status === chosen.status);
    return !chosen.population || known.length > 0;
  }

  function show() {
    const chosen = Object.fromEntries(selects.map(select => [select.name, select.value]));
    const visible = heads.map(head => !chosen.population || !head.dataset.population || head.dataset.population === chosen.population);
    heads.forEach((head, at) => { head.hidden = !visible[at]; });
    for (const row of rows) {
      Array.from(row.cells).forEach((cell, at) => { cell.hidden = !visible[at]; });
      row.hidden = !fits(row, chosen, visible);
    }
    const shown = rows.filter(row => !row.hidden).length;
    const words = shown === rows.length ? count.dataset.all : count.dataset.some;
    count.textContent = words.replace("{n}", String(shown)).replace("{total}", String(rows.length));
  }

  form.addEventListener("change", take);
  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(take)); // behind the reset itself
  address.onChange(read);
  read();
});
