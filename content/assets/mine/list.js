/* My list: entries that a reader collects, with notes, in this browser only.

   Kept as kennisbank.my-list: {"ids": [...], "notes": {id: text}}, in the order of collecting. Where the browser keeps
   nothing, #mine=<id>,<id> brings it along.

   Gives ids(), has(id), add(ids), remove(id), clear()
         note(id), setNote(id, text)
         keep() -> what to give to restore(kept), to undo
         button(id, name)   a button that adds and removes this entry
         onChange(done)     done() when the list changed, here or in another tab; not for notes */
"use strict";

Kennisbank.define("mine/list", ["core/store", "core/address", "core/words"], ({ store, address, words: { say } }) => {
  const NAME = "my-list";

  const listeners = [];
  const buttons = new Map(); // id -> its buttons
  let ids = [];
  let notes = new Map();

  // Whatever stands in the store, a list comes out.
  function readStore() {
    const own = store.readObject(NAME);
    const texts = Object.entries(own.notes || {}).filter(([id, text]) => address.isId(id) && typeof text === "string" && text);
    ids = Array.from(new Set(Array.isArray(own.ids) ? own.ids.filter(address.isId) : []));
    notes = new Map(texts);
  }

  function writeStore() {
    if (ids.length || notes.size) store.writeObject(NAME, { ids, notes: Object.fromEntries(notes) });
    else store.remove(NAME);
  }

  // ---------------------------------------------------------------- buttons

  function showButton(button, id) {
    const inside = ids.includes(id);
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

  // ---------------------------------------------------------------- changing

  function tell() {
    for (const [id, group] of buttons) group.forEach(button => showButton(button, id));
    listeners.forEach(done => done());
  }

  function change(newIds, newNotes) {
    ids = newIds;
    notes = newNotes;
    writeStore();
    tell();
  }

  function add(more) {
    change(Array.from(new Set(ids.concat(more.filter(address.isId)))), notes);
  }

  // A note stays until the list is cleared: an entry that comes back still has it.
  function remove(id) {
    change(ids.filter(other => other !== id), notes);
  }

  function setNote(id, text) {
    if (text.trim()) notes.set(id, text);
    else notes.delete(id);
    writeStore();
  }

  function takeStore() {
    readStore();
    tell();
  }

  function takeAddress() {
    if (!address.read().has("mine") || (store.works() && location.protocol !== "file:")) return;
    const carried = address.ids("mine");
    if (carried.join() !== ids.join()) change(carried, notes);
    if (store.works()) address.drop("mine");
  }

  store.onChange(NAME, takeStore);
  window.addEventListener("pageshow", event => { if (event.persisted && store.works()) takeStore(); });
  address.carry("mine", () => ids);
  readStore();
  takeAddress();

  return {
    ids: () => ids.slice(),
    has: id => ids.includes(id),
    add,
    remove,
    clear: () => change([], new Map()),
    note: id => notes.get(id) || "",
    setNote,
    keep: () => ({ ids: ids.slice(), notes: new Map(notes) }),
    restore: kept => change(kept.ids, kept.notes),
    button: makeButton,
    onChange: done => listeners.push(done)
  };
});
