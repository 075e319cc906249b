/* The filters of the matrix, and its print button. The table in the page is the data; its state is in the hash:
   #category=<id>&population=adult|youth&status=<id>.
   Gives nothing; started by [data-kb="matrix-filter"] (matrix.md.jinja). */
"use strict";

Kennisbank.define("pages/matrix-filter", ["core/selects"], ({ selects }) => {
  const form = document.querySelector("[data-kb='matrix-filter']");
  const table = document.querySelector("table[data-table='matrix']");
  const count = form.querySelector("[data-kb='matrix-count']");
  const rows = Array.from(table.tBodies[0].rows);
  const heads = Array.from(table.tHead.rows[0].cells);

  function fits(row, chosen, visible) {
    const known = Array.from(row.cells).slice(1).filter((cell, at) => visible[at + 1] && cell.dataset.asOf);
    if (chosen.category && row.dataset.category !== chosen.category) return false;
    if (chosen.status) return known.some(cell => cell.dataset.status === chosen.status);
    return !chosen.population || known.length > 0;
  }

  function show(chosen) {
    const visible = heads.map(head => !chosen.population || !head.dataset.population || head.dataset.population === chosen.population);
    heads.forEach((head, at) => { head.hidden = !visible[at]; });
    for (const row of rows) {
      Array.from(row.cells).forEach((cell, at) => { cell.hidden = !visible[at]; });
      row.hidden = !fits(row, chosen, visible);
    }
    selects.tell(count, rows.filter(row => !row.hidden).length, rows.length);
  }

  document.querySelector("[data-action='print']").addEventListener("click", () => window.print());
  selects.start(form, show);
});
