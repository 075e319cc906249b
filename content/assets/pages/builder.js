/* The builder of sessions: puts blocks of all plans in an order, tells what is wrong with it, and prints them as one kit.
   The blocks and sheets in the page are the data. State in the hash:

     #plan=<id>   or   #blocks=<plan>.<block>,…&group=<number>&minutes=<number>

   What is not known is left out. A change of the blocks is a step in the history, typing a number is not.
   Gives nothing; started by [data-kb="builder"] (builder.md.jinja). */
"use strict";

Kennisbank.define("pages/builder", [
  "choose/code", "choose/count", "choose/session", "core/address", "core/copy", "core/dom", "core/words"
], needs => {
  const { address, code, copy, count: kit, dom, session, words: { say } } = needs;
  const { make } = dom;
  const MARK = "kennisbank-session"; // what a file of ours says it is

  const page = document.querySelector("[data-kb='builder']");
  const find = name => page.querySelector("[data-kb='" + name + "']");
  const form = find("builder-form");
  const filter = find("builder-filter");
  const list = find("builder-list");
  const strip = find("builder-strip");
  const said = find("builder-said");
  const paper = find("builder-paper");
  const codes = { signs: page.dataset.signs, length: Number(page.dataset.length) };
  const { plan: planField, group: groupField, minutes: minutesField, title: titleField } = form.elements;

  const library = new Map(Array.from(page.querySelectorAll(".kb-builder__block"), element => [element.dataset.key, readBlock(element)]));
  const byCode = new Map(Array.from(library.values(), block => [block.code, block]));
  const sheets = new Map(Array.from(page.querySelectorAll("section[data-sheet]"), element => [element.dataset.sheet, element]));
  const state = { blocks: [], group: 12, minutes: 90 };
  let dragged = null;

  // ---------------------------------------------------------------- the page as data

  function readBlock(element) {
    const { code: own, does = "", key, least, minutes, most, theme, form: way, uses, materials } = element.dataset;
    const summary = element.querySelector("summary");
    const plan = element.closest("[data-plan]");
    return {
      key, does, theme, way, element,
      code: own,
      plan: plan.dataset.plan,
      title: summary.firstChild.textContent.trim(),
      line: summary.querySelector(".kb-small").textContent.split(" · ")[0],
      minutes: Number(minutes),
      least: Number(least) || 0,
      most: Number(most) || 0,
      rest: "rest" in element.dataset,
      talk: "talk" in element.dataset,
      heavy: "heavy" in element.dataset,
      audiences: plan.dataset.audience.split(" "),
      whom: plan.dataset.whom,
      uses: uses.split(" ").filter(Boolean),
      materials: (materials + " " + plan.dataset.materials).split(" ").filter(Boolean)
    };
  }

  function clock(minutes) {
    return Math.floor(minutes / 60) + ":" + String(minutes % 60).padStart(2, "0");
  }

  // ---------------------------------------------------------------- the address

  function takeAddress() {
    const parts = address.read();
    const [plan = ""] = parts.get("plan") || [];
    const option = Array.from(planField.options).find(one => one.value && one.value === plan);
    const number = (name, field, otherwise) => {
      const [text = ""] = parts.get(name) || [];
      const value = Number(text);
      return /^\d{1,3}$/.test(text) && value >= Number(field.min) && value <= Number(field.max) ? value : otherwise;
    };
    state.blocks = (parts.get("blocks") || []).map(key => library.get(key)).filter(Boolean);
    state.group = number("group", groupField, option ? Math.min(12, Number(option.dataset.group)) : state.group);
    state.minutes = number("minutes", minutesField, option ? Number(option.dataset.minutes) : state.minutes);
    if (option) {
      state.blocks = Array.from(library.values()).filter(block => block.plan === plan);
      titleField.value = option.textContent.replace(/ \(.*$/, "");
    }
    planField.value = option ? plan : "";
    groupField.value = String(state.group);
    minutesField.value = String(state.minutes);
    show();
  }

  function parts() {
    return { blocks: state.blocks.map(block => block.key), group: [String(state.group)], minutes: [String(state.minutes)] };
  }

  function save(how) {
    address.write(parts(), how);
    show();
  }

  // ---------------------------------------------------------------- the session

  function tool(action, word, block, at, isOff) {
    const made = dom.button("kb-quiet", say("builder-" + word), () => action(at));
    made.dataset.action = word;
    made.disabled = isOff;
    made.setAttribute("aria-label", say("builder-which", { action: made.textContent, word: block.title }));
    return made;
  }

  function makeItem(block, at) {
    const item = make("li", "kb-builder__item");
    item.dataset.block = block.key;
    item.draggable = true;
    item.append(
      make("span", "kb-builder__title", make("strong", "", at + 1 + ". " + block.title), " ", make("span", "kb-small", block.line)),
      make("span", "kb-builder__tools kb-screen",
        tool(moveUp, "up", block, at, at === 0),
        tool(moveDown, "down", block, at, at === state.blocks.length - 1),
        tool(remove, "remove", block, at, false))
    );
    return item;
  }

  function showStrip(sum) {
    const cells = state.blocks.map((block, at) => {
      const cell = make("span", block.rest ? "kb-strip__rest" : "", make("b", "", String(at + 1)), make("span", "", block.minutes + "′"));
      cell.style.setProperty("--minutes", String(block.minutes));
      return cell;
    });
    if (sum < state.minutes) {
      const left = make("span", "kb-strip__buffer", make("span", "", state.minutes - sum + "′"));
      left.style.setProperty("--minutes", String(state.minutes - sum));
      cells.push(left);
    }
    strip.replaceChildren(...cells);
    strip.classList.toggle("kb-strip--over", sum > state.minutes);
  }

  function showTotals(sum) {
    const left = state.minutes - sum;
    const tell = (name, value, text) => {
      const element = page.querySelector("[data-total='" + name + "']");
      element.dataset.value = String(value);
      element.textContent = text;
    };
    tell("blocks", state.blocks.length, say("builder-blocks", { n: state.blocks.length }));
    tell("minutes", sum, say("builder-minutes", { n: sum, total: state.minutes }));
    tell("buffer", left, say(left < 0 ? "builder-over" : "builder-buffer", { n: Math.abs(left) }));
  }

  function show() {
    const sum = session.total(state.blocks);
    list.replaceChildren(...state.blocks.map(makeItem));
    find("builder-empty").hidden = state.blocks.length > 0;
    showTotals(sum);
    showStrip(sum);
    find("builder-warnings").replaceChildren(...session.judge(state.blocks, state).map(({ id, values }) => {
      const item = make("li", "kb-note kb-note--caution", say("warn-" + id, values));
      item.dataset.warning = id;
      return item;
    }));
    showKit();
    showLibrary();
    find("builder-address").value = location.href.split("#")[0] + "#" + address.of(parts());
    find("builder-code").textContent = state.blocks.length
      ? code.write(codes, [session.writeSize(codes, state), ...state.blocks.map(block => block.code)]) : "";
  }

  // ---------------------------------------------------------------- changes

  // Where the focus was, it stays: on the same button of the same block, or on its other one at an end.
  function focusOn(key, action) {
    const item = Array.from(list.children).find(one => one.dataset.block === key);
    if (!item) return;
    const wanted = item.querySelector("[data-action='" + action + "']");
    (wanted.disabled ? item.querySelector("button:not(:disabled)") : wanted).focus();
  }

  function tellPlace(at) {
    const { title } = state.blocks[at];
    find("builder-told").textContent = say("builder-added", { word: title, n: at + 1, total: state.blocks.length });
  }

  function move(from, to, action) {
    const [block] = state.blocks.splice(from, 1);
    state.blocks.splice(to, 0, block);
    save("pushState");
    if (action) focusOn(block.key, action);
    tellPlace(to);
  }

  function moveUp(at) { move(at, at - 1, "up"); }

  function moveDown(at) { move(at, at + 1, "down"); }

  function remove(at) {
    const [block] = state.blocks.splice(at, 1);
    save("pushState");
    const next = state.blocks[Math.min(at, state.blocks.length - 1)];
    if (next) focusOn(next.key, "remove");
    else planField.focus();
    find("builder-told").textContent = say("builder-removed", { word: block.title, n: state.blocks.length });
  }

  // A quiet end stays the end: a new block goes before the last one that closes.
  function add(block) {
    const { length } = state.blocks;
    const last = state.blocks[length - 1];
    const at = last && last.does === "closes" && block.does !== "closes" ? length - 1 : block.does === "opens" ? 0 : length;
    state.blocks.splice(at, 0, block);
    save("pushState");
    tellPlace(at);
  }

  // ---------------------------------------------------------------- dragging

  function placeOf(event) {
    const items = Array.from(list.children);
    const over = items.findIndex(item => {
      const box = item.getBoundingClientRect();
      return event.clientY < box.top + box.height / 2;
    });
    return over < 0 ? items.length : over;
  }

  list.addEventListener("dragstart", event => {
    const item = event.target.closest("li");
    dragged = Array.from(list.children).indexOf(item);
    item.classList.add("kb-builder__item--dragged");
    event.dataTransfer.setData("text/plain", item.dataset.block);
    event.dataTransfer.effectAllowed = "move";
  });
  list.addEventListener("dragover", event => { if (dragged !== null) event.preventDefault(); });
  list.addEventListener("drop", event => {
    event.preventDefault();
    if (dragged === null) return;
    const to = placeOf(event);
    const from = dragged;
    dragged = null;
    if (to !== from && to !== from + 1) move(from, to > from ? to - 1 : to, "");
  });
  list.addEventListener("dragend", () => {
    dragged = null;
    show();
  });

  // ---------------------------------------------------------------- what to print and bring

  function usedSheets() {
    return Array.from(new Set(state.blocks.flatMap(block => block.uses))).map(key => sheets.get(key)).filter(Boolean);
  }

  function copiesOf(sheet) {
    return kit.count(kit.read(sheet.dataset.amounts), true, state.group);
  }

  // Plans bring their own materials once, however many of their blocks are used.
  function usedMaterials() {
    const found = new Map();
    for (const text of new Set(state.blocks.flatMap(block => block.materials))) {
      const [name, amount] = text.split("=");
      found.set(name, (found.get(name) || []).concat(kit.read(amount)));
    }
    return found;
  }

  function row(label, number) {
    return make("tr", "", Object.assign(make("th", "", label), { scope: "row" }), make("td", "kb-num", String(number)));
  }

  function head(word) {
    return make("tr", "kb-count-head", Object.assign(make("th", "", say(word)), { scope: "colgroup", colSpan: 2 }));
  }

  function addsUp(name) {
    const words = /** @type {HTMLTemplateElement} */ (document.querySelector("template[data-kb='words']"));
    const word = words.content.querySelector("[data-word='material-" + name + "']");
    return word !== null && word.hasAttribute("data-adds");
  }

  function showKit() {
    const used = usedSheets();
    const rows = used.length ? [head("builder-sheets"), ...used.map(sheet => {
      const made = row(sheet.dataset.title, copiesOf(sheet));
      made.dataset.printed = sheet.dataset.sheet;
      return made;
    })] : [];
    const materials = usedMaterials();
    if (materials.size) rows.push(head("builder-materials"));
    for (const [name, amounts] of materials) {
      const made = row(say("material-" + name), kit.count(amounts, addsUp(name), state.group));
      made.dataset.material = name;
      rows.push(made);
    }
    find("builder-kit").tBodies[0].replaceChildren(...rows);
  }

  // ---------------------------------------------------------------- paper

  function blockOnPaper(block, at, start) {
    const text = /** @type {HTMLElement} */ (block.element.querySelector("[data-kb='block-text']").cloneNode(true));
    text.querySelector("[data-kb='clock']").textContent = clock(start) + "–" + clock(start + block.minutes);
    text.prepend(make("h3", "", make("span", "kb-block__number", String(at + 1)), " ", block.title));
    return text;
  }

  // What a trainer has to know before the blocks of a session are done ("along"), and after ("afterwards"): each session once.
  function makeAlong(when) {
    return Array.from(new Set(state.blocks.map(block => block.plan)), plan => {
      const text = /** @type {HTMLElement} */ (page.querySelector("[data-" + when + "='" + plan + "']").cloneNode(true));
      text.prepend(make("h2", "", say("builder-" + when, { word: text.dataset.title })));
      return text;
    });
  }

  function fillPaper() {
    let start = 0;
    const made = [/** @type {HTMLElement} */ (find("builder-told-serious").cloneNode(true)), ...makeAlong("along")];
    made.push(...state.blocks.map((block, at) => {
      const text = blockOnPaper(block, at, start);
      start += block.minutes;
      return text;
    }), ...makeAlong("afterwards"));
    for (const sheet of usedSheets()) {
      const number = find("builder-copies").checked ? copiesOf(sheet) : 1;
      for (let copy = 0; copy < number; copy++) made.push(/** @type {HTMLElement} */ (sheet.cloneNode(true)));
    }
    const keys = usedSheets().map(sheet => page.querySelector("[data-key-of='" + sheet.dataset.sheet + "']")).filter(Boolean);
    if (keys.length) {
      made.push(make("section", "kb-sheet", make("h2", "", say("builder-key")), ...keys.map(key => key.cloneNode(true))));
    }
    for (const part of made) for (const element of part.querySelectorAll("[id]")) element.removeAttribute("id");
    find("print-title").textContent = titleField.value;
    paper.replaceChildren(...made);
  }

  // ---------------------------------------------------------------- the library

  function showLibrary() {
    const { theme, form: way, most, fits } = filter.elements;
    let number = 0;
    for (const block of library.values()) {
      const fitsGroup = !fits.checked || session.suits(block, state.blocks, state.group);
      const isShown = (!theme.value || theme.value === block.theme) && (!way.value || way.value === block.way)
        && (!most.value || block.minutes <= Number(most.value)) && fitsGroup;
      block.element.hidden = !isShown;
      number += Number(isShown);
    }
    for (const plan of page.querySelectorAll(".kb-builder__plan")) plan.hidden = !plan.querySelector(".kb-builder__block:not([hidden])");
    find("builder-count").textContent = say("builder-count", { n: number });
  }

  // ---------------------------------------------------------------- files and codes

  function open(keys, size, title) {
    const missing = keys.filter(key => !library.has(key));
    Object.assign(state, size, { blocks: keys.map(key => library.get(key)).filter(Boolean) });
    if (title) titleField.value = title;
    address.write(parts(), "pushState");
    takeAddress();
    said.textContent = missing.length
      ? say("builder-file-some", { word: missing.join(", ") }) : say("builder-opened", { n: state.blocks.length });
  }

  function saveFile() {
    const data = { kennisbank: MARK, title: titleField.value, group: state.group, minutes: state.minutes, blocks: parts().blocks };
    const link = document.createElement("a");
    // Firefox saves no blob of a page from the disk.
    link.href = "data:application/json;charset=utf-8," + encodeURIComponent(JSON.stringify(data, null, 2));
    link.download = say("builder-file") + ".json";
    link.click();
  }

  function readFile(text) {
    let data = null;
    try {
      data = JSON.parse(text);
    } catch {
      // no JSON: told below
    }
    if (!data || data.kennisbank !== MARK || !Array.isArray(data.blocks) || !data.blocks.every(key => typeof key === "string")) {
      said.textContent = say("builder-file-wrong");
      return;
    }
    const size = { group: Number(data.group) || state.group, minutes: Number(data.minutes) || state.minutes };
    open(data.blocks, size, typeof data.title === "string" ? data.title.slice(0, titleField.maxLength) : "");
  }

  function readCode(text) {
    const { codes: found, problem, sign } = code.read(codes, text);
    const [size, ...own] = found;
    const strange = own.filter(one => !byCode.has(one));
    if (problem) said.textContent = say(problem === "length" ? "builder-code-length" : "code-" + problem, { word: sign });
    else if (strange.length) said.textContent = say("code-unknown", { n: strange.length, word: strange.join(", ") });
    else open(own.map(one => byCode.get(one).key), session.readSize(codes, size), "");
  }

  // ---------------------------------------------------------------- start

  for (const block of library.values()) {
    const button = dom.button("kb-save", say("builder-add"), () => add(block));
    button.setAttribute("aria-label", say("builder-which", { action: button.textContent, word: block.title }));
    button.dataset.add = block.key;
    block.element.prepend(button);
  }
  planField.addEventListener("change", () => {
    address.write(planField.value ? { plan: [planField.value] } : { group: [String(state.group)], minutes: [String(state.minutes)] }, "pushState");
    takeAddress();
  });
  for (const [name, field] of [["group", groupField], ["minutes", minutesField]]) {
    field.addEventListener("input", () => {
      if (!field.value || !field.validity.valid) return;
      state[name] = Number(field.value);
      save("replaceState");
    });
  }
  for (const one of [form, filter]) one.addEventListener("submit", event => event.preventDefault());
  filter.addEventListener("input", showLibrary);
  find("builder-file").addEventListener("change", event => {
    const [file] = event.target.files;
    if (file) file.text().then(readFile);
    event.target.value = "";
  });
  find("builder-code-form").addEventListener("submit", event => {
    event.preventDefault();
    readCode(event.target.elements.code.value);
  });
  page.querySelector("[data-action='save']").addEventListener("click", saveFile);
  page.querySelector("[data-action='print']").addEventListener("click", () => window.print());
  page.querySelector("[data-action='copy']").addEventListener("click", () => {
    copy.copy(find("builder-address"), ok => { said.textContent = say(ok ? "copied" : "copy-failed"); });
  });
  window.addEventListener("beforeprint", fillPaper);
  window.addEventListener("afterprint", () => paper.replaceChildren());
  address.onChange(takeAddress);
  takeAddress();
});
