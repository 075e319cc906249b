/* All entries in one table: the filters of the catalogue (pages/facet-form), and sorting by every column. The table in
   the page is the data. State is the hash of the catalogue with one name more, so an address of one page also works on
   the other:

     #q=<text>&<facet>=<term>,<term>&sort=<column>   sort=-<column> sorts downwards

   Unknown columns are ignored. Gives nothing; started by [data-kb="overview"] (overview.md.jinja). */
"use strict";

Kennisbank.define("pages/overview", ["core/order", "core/words", "pages/facet-form"], ({ order, words: { say }, facetForm }) => {
  const page = document.querySelector("[data-kb='overview']");
  const line = page.querySelector("[role='status']");
  const sortLine = page.querySelector("[data-kb='sort-line']");
  const table = page.querySelector("table");
  const body = table.tBodies[0];
  const heads = Array.from(table.tHead.rows[0].cells);
  const columns = heads.map(head => head.dataset.column);

  const rows = Array.from(body.rows, element => (
    { id: element.dataset.intervention, element, keys: Array.from(element.cells, keyOf) }
  ));
  let sorted = { column: columns[0], down: false };
  let shown = sorted; // the order in which the rows stand

  const form = facetForm.open(page, rows, { onChange: update, read: readSort, write: writeSort });

  // What a cell sorts by: its number, or its text as it stood before scripts added to it. Empty: not known.
  function keyOf(cell) {
    if (cell.hasAttribute("data-unknown")) return null;
    return cell.dataset.order === undefined ? (cell.dataset.text || cell.textContent).trim() : Number(cell.dataset.order);
  }

  // ---------------------------------------------------------------- sorting

  function readSort(parts) {
    const [sort = ""] = parts.get("sort") || [];
    const column = sort.replace(/^-/, "");
    const isKnown = columns.includes(column);
    setSort(isKnown ? column : columns[0], isKnown && sort.startsWith("-"));
  }

  function setSort(column, down) {
    if (column !== sorted.column || down !== sorted.down) sorted = { column, down };
  }

  function writeSort() {
    const { column, down } = sorted;
    return { sort: column !== columns[0] || down ? [(down ? "-" : "") + column] : [] };
  }

  // What is not known stands last, whichever way the rest is sorted.
  function compareRows(one, other) {
    const at = columns.indexOf(sorted.column);
    const [a, b] = [one.keys[at], other.keys[at]];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    const difference = typeof a === "number" ? a - b : order.compare(a, b);
    return (sorted.down ? -difference : difference) || order.compare(one.keys[0], other.keys[0]);
  }

  function showSort() {
    if (shown === sorted) return;
    shown = sorted;
    heads.forEach((head, at) => {
      if (columns[at] === sorted.column) head.setAttribute("aria-sort", sorted.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    body.append(...rows.slice().sort(compareRows).map(row => row.element));
  }

  function sortBy(event) {
    const button = event.target.closest("button");
    if (!button) return;
    const { column } = button.closest("th").dataset;
    setSort(column, sorted.column === column && !sorted.down);
    form.save("pushState");
    showSort();
    sortLine.textContent = say(sorted.down ? "sorted-down" : "sorted-up", { word: button.textContent.trim() });
  }

  // ---------------------------------------------------------------- showing

  function update() {
    const { bits, count } = form.result();
    rows.forEach((row, position) => { row.element.hidden = !form.has(bits, position); });
    const values = { n: count, total: rows.length };
    line.dataset.count = String(count);
    line.textContent = say(count === rows.length ? "count-all" : count ? "count-some" : "count-none", values)
      + (form.isBroken() ? " " + say("failed") : "");
    showSort();
  }

  table.tHead.addEventListener("click", sortBy);
  page.querySelector("[data-action='print']").addEventListener("click", () => window.print());
  form.start();
});
