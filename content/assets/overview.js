/* All entries in one table: the filters of the catalogue, and sorting by every column. The table in the page is the
   data. State is the hash of the catalogue with one name more, so an address of one page also works on the other:

     #q=<text>&<facet>=<term>,<term>&sort=<column>   sort=-<column> sorts downwards

   Unknown names, terms and columns are ignored. Choices are steps in the history, typing is not.
   Needs page.js, search-load.js, facets.js, choice.js, my-pi.js and overview.md.jinja. */
(function (scope) {
  "use strict";

  const page = document.querySelector("[data-kb='overview']");
  if (!page) return;

  const { address, choice, facets, say, search } = scope.Kennisbank;
  const TYPING_PAUSE = 300; // milliseconds before typed text goes into the address

  const form = page.querySelector("form");
  const field = form.elements.q;
  const line = page.querySelector("[role='status']");
  const sortLine = page.querySelector("[data-kb='sort-line']");
  const table = page.querySelector("table[data-table='overview']");
  const body = table.tBodies[0];
  const heads = Array.from(table.tHead.rows[0].cells);
  const columns = heads.map(head => head.dataset.column);
  const letters = new Intl.Collator("nl", { numeric: true });

  const sections = Array.from(form.querySelectorAll("[data-facet]"), element => ({
    name: element.dataset.facet,
    number: element.querySelector("[data-kb='facet-count']"),
    boxes: Array.from(element.querySelectorAll("input"), input => ({
      input,
      row: input.closest("label"),
      count: input.closest("label").querySelector(".kb-count")
    }))
  }));
  const names = sections.map(section => section.name);
  const rows = Array.from(body.rows, element => {
    const terms = {};
    for (const name of names) terms[name] = (element.getAttribute("data-f-" + name) || "").split(" ").filter(Boolean);
    return { id: element.dataset.intervention, element, terms, keys: Array.from(element.cells, keyOf) };
  });
  const positions = new Map(rows.map((row, position) => [row.id, position]));
  const index = facets.build(rows.map(row => row.terms), names);
  let state = readAddress();
  let found = null;  // entries that answer the text, as bits, or null
  let loaded = null; // null: not tried, true, false
  let typing = 0;

  // What a cell sorts by: its number, or its text as it stood before scripts added to it. Empty: not known.
  function keyOf(cell) {
    if (cell.hasAttribute("data-unknown")) return null;
    return cell.dataset.order === undefined ? (cell.dataset.text || cell.textContent).trim() : Number(cell.dataset.order);
  }

  // ---------------------------------------------------------------- state

  function readAddress() {
    const parts = address.read();
    const [sort = ""] = parts.get("sort") || [];
    const column = sort.replace(/^-/, "");
    const chosen = {};
    for (const section of sections) {
      const wanted = parts.get(section.name) || [];
      chosen[section.name] = new Set(section.boxes.map(box => box.input.value).filter(value => wanted.includes(value)));
    }
    return {
      q: (parts.get("q") || []).join(",").trim(),
      chosen,
      column: columns.includes(column) ? column : columns[0],
      down: columns.includes(column) && sort.startsWith("-")
    };
  }

  function save(how) {
    clearTimeout(typing);
    const parts = { q: state.q ? [state.q] : [] };
    for (const section of sections) parts[section.name] = Array.from(state.chosen[section.name]);
    if (state.column !== columns[0] || state.down) parts.sort = [(state.down ? "-" : "") + state.column];
    address.write(parts, how);
  }

  function ask() {
    found = null;
    if (!state.q) return;
    if (loaded === null) {
      search.load(choice.root, ok => {
        loaded = ok;
        ask();
        update();
      });
    }
    if (!loaded) return;
    const answer = search.query(state.q, { type: "intervention" });
    if (answer.empty) return;
    found = new Uint32Array((rows.length + 31) >>> 5);
    for (const hit of answer.hits) {
      if (positions.has(hit.document.id)) facets.add(found, positions.get(hit.document.id));
    }
  }

  // ---------------------------------------------------------------- showing

  function showForm() {
    if (field.value.trim() !== state.q) field.value = state.q;
    for (const section of sections) {
      for (const { input } of section.boxes) input.checked = state.chosen[section.name].has(input.value);
    }
  }

  function showCounts(counts) {
    let chosen = 0;
    for (const section of sections) {
      const own = state.chosen[section.name].size;
      chosen += own;
      section.number.textContent = own ? say("filters-chosen", { n: own }) : "";
      section.number.hidden = !own;
      for (const box of section.boxes) {
        const count = counts[section.name].get(box.input.value) || 0;
        box.count.textContent = String(count);
        box.row.classList.toggle("kb-term--none", count === 0);
      }
    }
    const all = page.querySelector("[data-kb='chosen-count']");
    all.textContent = chosen ? say("filters-chosen", { n: chosen }) : "";
    all.hidden = !chosen;
    page.querySelector("[data-action='clear']").hidden = !chosen && !state.q;
  }

  // What is not known stands last, whichever way the rest is sorted.
  function compareRows(one, other) {
    const at = columns.indexOf(state.column);
    const [a, b] = [one.keys[at], other.keys[at]];
    if (a === null || b === null) return (a === null) - (b === null);
    const difference = typeof a === "number" ? a - b : letters.compare(a, b);
    return (state.down ? -difference : difference) || letters.compare(one.keys[0], other.keys[0]);
  }

  function showSort() {
    heads.forEach((head, at) => {
      if (columns[at] === state.column) head.setAttribute("aria-sort", state.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    body.append(...rows.slice().sort(compareRows).map(row => row.element));
  }

  function update() {
    const result = index.choose(state.chosen, found);
    rows.forEach((row, position) => { row.element.hidden = !facets.has(result.bits, position); });
    showCounts(result.counts);
    const values = { n: result.count, total: rows.length };
    line.dataset.count = String(result.count);
    line.textContent = say(result.count === rows.length ? "count-all" : result.count ? "count-some" : "count-none", values)
      + (state.q && loaded === false ? " " + say("failed") : "");
  }

  // ---------------------------------------------------------------- changes

  form.addEventListener("submit", event => {
    event.preventDefault();
    save("replaceState");
  });
  form.addEventListener("change", event => {
    const { checked, name, type, value } = event.target;
    if (type !== "checkbox") return;
    if (checked) state.chosen[name].add(value);
    else state.chosen[name].delete(value);
    save("pushState");
    update();
  });
  field.addEventListener("input", () => {
    state.q = field.value.trim();
    ask();
    update();
    clearTimeout(typing);
    typing = setTimeout(() => save("replaceState"), TYPING_PAUSE);
  });
  page.querySelector("[data-action='clear']").addEventListener("click", () => {
    state = Object.assign(state, { q: "", chosen: Object.fromEntries(names.map(name => [name, new Set()])) });
    found = null;
    save("pushState");
    showForm();
    update();
    field.focus(); // the button is gone
  });
  table.tHead.addEventListener("click", event => {
    const head = event.target.closest("th");
    if (!event.target.closest("button")) return;
    state.down = state.column === head.dataset.column && !state.down;
    state.column = head.dataset.column;
    save("pushState");
    showSort();
    sortLine.textContent = say(state.down ? "sorted-down" : "sorted-up", { word: head.querySelector("button").textContent.trim() });
  });
  page.querySelector("[data-action='print']").addEventListener("click", () => scope.print());
  address.onChange(() => {
    const newText = readAddress().q !== state.q;
    state = readAddress();
    showForm();
    if (newText) ask();
    showSort();
    update();
  });

  showForm();
  ask();
  showSort();
  update();
})(window);
