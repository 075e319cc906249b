/* Two to four entries side by side. State in the hash: #ids=<id>,<id>&only=differences. Unknown ids are ignored.
   Rows stand in compare.md.jinja, in the order of the entry page; facts come from choice-facts.js.
   Gives nothing; started by [data-kb="compare"]. Words: choose-words.html. */
"use strict";

Kennisbank.define("pages/compare", [
  "core/address", "core/data", "core/dom", "core/standing", "core/words", "mine/pi", "mine/list", "choose/facts", "choose/here"
], needs => {
  const { address, data: records, dom, facts, here, list, pi, standing, words: { say } } = needs;
  const MOST = 4;

  const page = document.querySelector("[data-kb='compare']");
  const form = page.querySelector("form");
  const select = form.querySelector("select");
  const only = form.elements.only;
  const line = page.querySelector("[role='status']");
  const region = page.querySelector("[data-kb='compare-region']");
  const table = region.querySelector("table");
  const [heads, tools] = table.tHead.rows;
  const rows = Array.from(table.tBodies[0].rows);
  const fromList = page.querySelector("[data-action='from-list']");
  /** @type {Choice} */
  let data = null;
  let texts = null;
  let ids = [];

  function known(id) {
    return records.of(data).entries.get(id);
  }

  function readAddress() {
    const parts = address.read();
    ids = address.ids("ids").filter(known).slice(0, MOST);
    only.checked = (parts.get("only") || [])[0] === "differences";
  }

  function change(next, how) {
    ids = next;
    address.write({ ids, only: only.checked ? ["differences"] : [] }, how || "pushState");
    show();
  }

  // ---------------------------------------------------------------- table

  function makeHead(entry) {
    const head = dom.make("th", "", dom.link(entry), dom.make("span", "kb-line", standing.show(entry.standing)));
    head.scope = "col";
    head.dataset.entry = entry.id;
    return head;
  }

  function makeTools(entry) {
    const remove = dom.button("kb-save kb-save--less", say("compare-remove"), () => {
      change(ids.filter(id => id !== entry.id));
      select.focus(); // the button is gone
    });
    remove.setAttribute("aria-label", say("compare-remove-one", { word: entry.name }));
    return dom.make("td", "", dom.make("div", "kb-tools", remove, list.button(entry.id, entry.name)));
  }

  function textsOf(row, entry) {
    if (row !== "here") return facts.cells(row, data, entry, texts[entry.id] || {});
    const institution = records.of(data).institutions.get(pi.id());
    return institution ? [here.describe(data, entry, institution).text] : [];
  }

  function makeCell(own, shared) {
    if (!own.length) return dom.make("td", "", dom.make("span", "kb-unknown", say("unknown")));
    // Bold is what not all of them have.
    const items = own.map(text => dom.make("li", "", shared && !shared.has(text) ? dom.make("strong", "", text) : text));
    return dom.make("td", "", dom.make("ul", "kb-plain", ...items));
  }

  // Two differ when both say something else. Where one says nothing, or nothing precise, that is not known; what a list of
  // who can join does not name is not known either.
  function judge(row, entries, columns) {
    const { kind, row: name } = row.dataset;
    const keys = columns.map(own => own.slice().sort().join("\n"));
    if (kind === "text" || new Set(keys).size < 2) return { differs: false, isOpen: false };
    const says = keys.filter((key, at) => key && !facts.leavesOpen(name, texts[entries[at].id] || {}));
    const differs = kind !== "mentions" && new Set(says).size > 1;
    return { differs, isOpen: kind === "mentions" || says.length < keys.length };
  }

  function showRow(row, entries) {
    const columns = entries.map(entry => textsOf(row.dataset.row, entry));
    const { differs, isOpen } = judge(row, entries, columns);
    const isMarked = differs || isOpen;
    const shared = new Set((columns[0] || []).filter(text => columns.every(own => own.includes(text))));
    row.replaceChildren(row.cells[0], ...columns.map(own => makeCell(own, isMarked && "many" in row.dataset ? shared : null)));
    row.toggleAttribute("data-differs", differs);
    row.toggleAttribute("data-open", isOpen);
    row.querySelector("[data-kb='differs']").hidden = !differs;
    row.querySelector("[data-kb='open']").hidden = !isOpen;
    const isEmpty = row.dataset.row === "here" && !columns.some(own => own.length);
    row.hidden = isEmpty || (only.checked && !isMarked && row.dataset.kind !== "text");
  }

  function showAside() {
    const aside = page.querySelector("[data-kb='compare-aside']");
    aside.hidden = region.scrollWidth <= region.clientWidth;
    aside.textContent = say("compare-aside", { n: ids.length });
  }

  function told(entries) {
    if (entries.length < 2) return say("compare-start", { n: entries.length });
    const different = rows.filter(row => "differs" in row.dataset).length;
    const open = rows.filter(row => "open" in row.dataset && !("differs" in row.dataset)).length;
    return [
      say("compare-count", { n: entries.length }), say("compare-different", { n: different }),
      open ? say("compare-open", { n: open }) : "", entries.length === MOST ? say("compare-full") : ""
    ].filter(Boolean).join(" ");
  }

  function show() {
    const entries = ids.map(known);
    heads.replaceChildren(heads.cells[0], ...entries.map(makeHead));
    tools.replaceChildren(tools.cells[0], ...entries.map(makeTools));
    for (const row of rows) showRow(row, entries);
    region.hidden = entries.length === 0;
    page.querySelector("[data-kb='compare-silence']").hidden = entries.length < 2;
    showAside();
    page.querySelector("[data-kb='compare-tools']").hidden = entries.length < 2;
    for (const option of select.options) option.disabled = ids.includes(option.value);
    select.value = "";
    form.querySelector("[data-action='add']").disabled = entries.length === MOST;
    const saved = list.ids().filter(known);
    fromList.hidden = saved.length < 2 || saved.slice(0, MOST).join() === ids.join();
    line.textContent = told(entries);
  }

  // ---------------------------------------------------------------- start

  form.addEventListener("submit", event => {
    event.preventDefault();
    if (select.value && ids.length < MOST) change(ids.concat(select.value));
  });
  only.addEventListener("change", () => change(ids));
  fromList.addEventListener("click", () => change(list.ids().filter(known).slice(0, MOST)));
  page.querySelector("[data-action='print']").addEventListener("click", () => window.print());

  window.addEventListener("resize", showAside);

  Kennisbank.ask(["choice-data", "choice-facts"], got => {
    if (!got) return void (line.textContent = say("choice-failed"));
    data = got.choiceData;
    texts = got.choiceFacts;
    const take = () => { readAddress(); show(); };
    address.onChange(take);
    pi.onChange(show);
    list.onChange(show);
    take();
  });
});
