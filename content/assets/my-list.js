/* My list: entries that a reader collects, with notes, in this browser only. On every page, after choice.js.
   Words: mine.html.

   Kept as kennisbank.my-list: {"ids": [...], "notes": {id: text}}, in the order of collecting. A card
   (article[data-id]) and the page of an entry ([data-kb="choice"][data-intervention]) get a button; the line
   [data-kb="mine"] shows how many there are.

   Kennisbank.list.ids() / has(id) / add(ids) / remove(id) / clear()
   Kennisbank.list.note(id) / setNote(id, text)
   Kennisbank.list.keep() -> what to give to restore(kept), to undo
   Kennisbank.list.button(id, name)   a button that adds and removes this entry
   Kennisbank.list.onChange(done)     done() when the list changed, here or in another tab; not for notes */
(function (scope) {
  "use strict";

  const { address, say, store } = scope.Kennisbank;
  const NAME = "my-list";
  const SHAPE = /^[a-z0-9][a-z0-9-]{0,59}$/; // of an id

  const listeners = [];
  const buttons = new Map(); // id -> its buttons
  const mine = document.querySelector("[data-kb='mine']");
  let list = readStore();

  // Whatever stands in the store, a list comes out.
  function readStore() {
    let kept = null;
    try {
      kept = JSON.parse(store.read(NAME));
    } catch (error) {
      kept = null;
    }
    const ids = Array.isArray(kept && kept.ids) ? kept.ids.filter(id => SHAPE.test(id)) : [];
    const notes = kept && typeof kept.notes === "object" && kept.notes ? kept.notes : {};
    const texts = Object.entries(notes).filter(([id, text]) => SHAPE.test(id) && typeof text === "string" && text);
    return { ids: Array.from(new Set(ids)), notes: Object.fromEntries(texts) };
  }

  function writeStore() {
    if (list.ids.length || Object.keys(list.notes).length) store.write(NAME, JSON.stringify(list));
    else store.remove(NAME);
  }

  // ---------------------------------------------------------------- showing

  function showButton(button, id) {
    const inside = list.ids.includes(id);
    button.setAttribute("aria-pressed", String(inside));
    button.textContent = say(inside ? "list-saved" : "list-save");
    button.setAttribute("aria-label", say("list-which", { action: button.textContent, word: button.dataset.name }));
  }

  function makeButton(id, name) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "kb-save";
    button.dataset.kb = "save";
    button.dataset.save = id;
    button.dataset.name = name;
    if (!buttons.has(id)) buttons.set(id, new Set());
    buttons.get(id).add(button);
    showButton(button, id);
    return button;
  }

  function show() {
    for (const [id, group] of buttons) group.forEach(button => showButton(button, id));
    if (mine) {
      const part = mine.querySelector("[data-kb='mine-list']");
      part.hidden = list.ids.length === 0;
      part.querySelector("a").textContent = say("list-link", { n: list.ids.length });
      mine.hidden = Array.from(mine.querySelectorAll("[data-kb^='mine-']")).every(one => one.hidden);
    }
  }

  function addButtons() {
    for (const card of document.querySelectorAll("article[data-id]")) {
      card.append(makeButton(card.dataset.id, card.querySelector("h3").textContent.trim()));
    }
    for (const place of document.querySelectorAll("[data-kb='choice'][data-intervention]")) {
      place.append(makeButton(place.dataset.intervention, place.dataset.name));
    }
  }

  // ---------------------------------------------------------------- changing

  function change(ids, notes) {
    list = { ids, notes };
    writeStore();
    show();
    listeners.forEach(done => done());
  }

  function add(ids) {
    change(Array.from(new Set(list.ids.concat(ids.filter(id => SHAPE.test(id))))), list.notes);
  }

  // A note stays until the list is cleared: an entry that comes back still has it.
  function remove(id) {
    change(list.ids.filter(other => other !== id), list.notes);
  }

  function setNote(id, text) {
    if (text.trim()) list.notes[id] = text;
    else delete list.notes[id];
    writeStore();
  }

  function takeStore() {
    list = readStore();
    show();
    listeners.forEach(done => done());
  }

  // Where the browser keeps nothing, or keeps it per file, the address brings the list along (choice.js).
  function takeAddress() {
    const parts = address.read();
    if (!parts.has("mine") || (store.works() && location.protocol !== "file:")) return;
    const ids = parts.get("mine").filter(id => SHAPE.test(id));
    if (ids.join() !== list.ids.join()) change(ids, list.notes);
    if (store.works()) address.write(Object.assign(Object.fromEntries(parts), { mine: [] }), "replaceState");
  }

  document.addEventListener("click", event => {
    const button = event.target.closest && event.target.closest("button");
    if (!button) return;
    if (button.dataset.kb === "save") {
      const id = button.dataset.save;
      if (list.ids.includes(id)) remove(id);
      else add([id]);
    } else if (button.dataset.action === "forget") {
      change([], {});
    }
  });
  store.onChange(NAME, takeStore);
  scope.addEventListener("pageshow", event => { if (event.persisted && store.works()) takeStore(); });

  address.carriers.mine = () => list.ids;
  scope.Kennisbank.list = {
    ids: () => list.ids.slice(),
    has: id => list.ids.includes(id),
    add,
    remove,
    clear: () => change([], {}),
    note: id => list.notes[id] || "",
    setNote,
    keep: () => ({ ids: list.ids.slice(), notes: Object.assign({}, list.notes) }),
    restore: kept => change(kept.ids, kept.notes),
    button: makeButton,
    onChange: done => listeners.push(done)
  };
  takeAddress();
  addButtons();
  show();
})(window);
