/* A session plan: counts for the size of the group, and what of the plan is printed, as often as it is needed.
   Gives nothing; started by [data-kb="training"] (training.md.jinja, session.jinja). */
"use strict";

Kennisbank.define("pages/training", ["choose/count", "core/dom", "core/words"], ({ count: kit, dom, words: { fill } }) => {
  const page = document.querySelector("[data-kb='training']");
  const form = page.querySelector("[data-kb='kit-form']");
  const table = page.querySelector("table[data-table='kit']");
  const words = page.querySelector("[data-kb='kit-words']");
  const total = form.querySelector("[data-kb='kit-total']");
  const { group } = form.elements;
  const [least, most] = [Number(form.dataset.least), Number(form.dataset.most)];
  const rows = Array.from(table.querySelectorAll("tr[data-amounts]"), element => ({
    element,
    amounts: kit.read(element.dataset.amounts),
    adds: element.hasAttribute("data-adds"),
    cell: element.appendChild(dom.make("td", "kb-num"))
  }));
  const head = table.tHead.rows[0].appendChild(dom.make("th", "kb-num"));
  let people = Number(group.value);
  let copies = []; // sheets that were made for paper

  function numberOf(row) {
    return kit.count(row.amounts, row.adds, people);
  }

  function show() {
    if (!group.validity.valid || !group.value) return;
    people = Number(group.value);
    head.textContent = String(people);
    for (const row of rows) row.cell.textContent = String(numberOf(row));
    const odd = people < least || people > most;
    words.textContent = fill(words.dataset[odd ? "odd" : "all"], { n: people, least, most });
    const sheets = rows.filter(row => row.element.dataset.a4);
    const number = sheets.reduce((sum, row) => sum + numberOf(row) * Number(row.element.dataset.a4), 0);
    total.textContent = fill(form.dataset.total, { n: number });
  }

  // As many of each sheet as the group needs; the first of them stands in the page.
  function makeCopies() {
    page.dataset.paper = form.elements.printed.value;
    if (!form.elements.copies.checked) return;
    for (const row of rows) {
      const sheet = page.querySelector("section[data-sheet='" + row.element.dataset.sheet + "']");
      for (let number = 1; sheet && number < numberOf(row); number++) {
        const copy = /** @type {Element} */ (sheet.cloneNode(true));
        for (const element of copy.querySelectorAll("[id]")) element.removeAttribute("id");
        sheet.after(copy);
        copies.push(copy);
      }
    }
  }

  function removeCopies() {
    copies.forEach(copy => copy.remove());
    copies = [];
    delete page.dataset.paper;
  }

  table.classList.add("kb-count-list--one");
  group.addEventListener("input", show);
  form.addEventListener("submit", event => event.preventDefault());
  form.querySelector("[data-action='print']").addEventListener("click", () => window.print());
  window.addEventListener("beforeprint", makeCopies);
  window.addEventListener("afterprint", removeCopies);
  show();
});
