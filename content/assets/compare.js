/* Two to four entries side by side. State in the hash: #ids=<id>,<id>&only=differences. Unknown ids are ignored.
   Rows stand in compare.md.jinja, in the order of the entry page; facts come from choice-facts.js.
   Needs choice.js, my-pi.js, my-list.js, facts.js. */
(function (scope) {
  "use strict";

  const page = document.querySelector("[data-kb='compare']");
  if (!page) return;

  const { address, choice, facts, list, pi, say } = scope.Kennisbank;
  const MOST = 4;

  const form = page.querySelector("form");
  const select = form.querySelector("select");
  const only = form.elements.only;
  const line = page.querySelector("[role='status']");
  const region = page.querySelector("[data-kb='compare-region']");
  const table = region.querySelector("table");
  const [heads, tools] = table.tHead.rows;
  const rows = Array.from(table.tBodies[0].rows);
  const fromList = page.querySelector("[data-action='from-list']");
  let data = null;
  let texts = null;
  let ids = [];

  function known(id) {
    return scope.Kennisbank.places.index(data).entries.get(id);
  }

  function readAddress() {
    const parts = address.read();
    ids = Array.from(new Set(parts.get("ids") || [])).filter(known).slice(0, MOST);
    only.checked = (parts.get("only") || [])[0] === "differences";
  }

  function change(next, how) {
    ids = next;
    address.write({ ids, only: only.checked ? ["differences"] : [] }, how || "pushState");
    show();
  }

  // ---------------------------------------------------------------- table

  function makeHead(entry) {
    const head = document.createElement("th");
    head.scope = "col";
    head.dataset.entry = entry.id;
    const link = document.createElement("a");
    link.href = choice.root + entry.url;
    link.textContent = entry.name;
    head.append(link);
    return head;
  }

  function makeTools(entry) {
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "kb-save";
    remove.textContent = say("compare-remove");
    remove.setAttribute("aria-label", say("compare-remove-one", { word: entry.name }));
    remove.addEventListener("click", () => {
      change(ids.filter(id => id !== entry.id));
      select.focus(); // the button is gone
    });
    const cell = document.createElement("td");
    const holder = document.createElement("div");
    holder.className = "kb-tools";
    holder.append(remove, list.button(entry.id, entry.name));
    cell.append(holder);
    return cell;
  }

  function textsOf(row, entry) {
    if (row !== "here") return facts.cells(row, data, entry, texts[entry.id] || {});
    const institution = scope.Kennisbank.places.index(data).institutions.get(pi.id());
    return institution ? [scope.Kennisbank.here.say(data, entry, institution).text] : [];
  }

  function makeCell(own, shared) {
    const cell = document.createElement("td");
    if (!own.length) {
      const unknown = document.createElement("span");
      unknown.className = "kb-unknown";
      unknown.textContent = say("unknown");
      cell.append(unknown);
      return cell;
    }
    const items = document.createElement("ul");
    items.className = "kb-plain";
    for (const text of own) {
      const item = document.createElement("li");
      // Bold is what not all of them have; where nothing is shared the mark of the row says enough.
      if (shared && shared.size && !shared.has(text)) {
        const strong = document.createElement("strong");
        strong.textContent = text;
        item.append(strong);
      } else {
        item.textContent = text;
      }
      items.append(item);
    }
    cell.append(items);
    return cell;
  }

  function showRow(row, entries) {
    const columns = entries.map(entry => textsOf(row.dataset.row, entry));
    const keys = columns.map(own => own.slice().sort().join("\n"));
    const free = row.dataset.kind === "text"; // always different, so not worth a mark
    const differs = !free && new Set(keys).size > 1;
    const shared = new Set((columns[0] || []).filter(text => columns.every(own => own.includes(text))));
    row.replaceChildren(row.cells[0], ...columns.map(own => makeCell(own, differs ? shared : null)));
    row.toggleAttribute("data-differs", differs);
    row.querySelector("[data-kb='differs']").hidden = !differs;
    row.hidden = (only.checked && !differs && !free) || (row.dataset.row === "here" && !columns.some(own => own.length));
    return differs;
  }

  function show() {
    const entries = ids.map(known);
    heads.replaceChildren(heads.cells[0], ...entries.map(makeHead));
    tools.replaceChildren(tools.cells[0], ...entries.map(makeTools));
    const different = rows.filter(row => showRow(row, entries)).length;
    region.hidden = entries.length === 0;
    page.querySelector("[data-kb='compare-tools']").hidden = entries.length < 2;
    for (const option of select.options) option.disabled = ids.includes(option.value);
    select.value = "";
    form.querySelector("[data-action='add']").disabled = entries.length === MOST;
    const saved = list.ids().filter(known);
    fromList.hidden = saved.length < 2 || saved.slice(0, MOST).join() === ids.join();
    if (entries.length < 2) line.textContent = say("compare-start", { n: entries.length });
    else line.textContent = say(entries.length === MOST ? "compare-full" : "compare-count", { n: entries.length, total: different });
  }

  // ---------------------------------------------------------------- start

  form.addEventListener("submit", event => {
    event.preventDefault();
    if (select.value && ids.length < MOST) change(ids.concat(select.value));
  });
  only.addEventListener("change", () => change(ids));
  fromList.addEventListener("click", () => change(list.ids().filter(known).slice(0, MOST)));
  page.querySelector("[data-action='print']").addEventListener("click", () => scope.print());

  choice.load((loaded, loadedFacts) => {
    if (!loaded || !loadedFacts) return void (line.textContent = say("choice-failed"));
    data = loaded;
    texts = loadedFacts;
    const take = () => { readAddress(); show(); };
    address.onChange(take);
    pi.onChange(show);
    list.onChange(show);
    take();
  }, true);
})(window);
