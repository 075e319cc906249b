/* The page of my list: facts and notes per entry, to print; an address and a code to share.
   #list=<id>,<id> shows the list of somebody else; it does not touch the reader's own. Unknown ids are named.
   Gives nothing; started by [data-kb="list"] (my_list.md.jinja). Words: choose-words.html. */
"use strict";

Kennisbank.define("pages/list", [
  "core/address", "core/copy", "core/data", "core/standing", "core/words", "mine/pi", "mine/list", "mine/mark", "choose/code", "choose/facts"
], needs => {
  const { address, code, copy: { copy: copyField }, data: records, facts, list, mark: { mark }, pi, standing, words: { say } } = needs;
  const NOTE_PAUSE = 300; // milliseconds before a note is kept

  const page = document.querySelector("[data-kb='list']");
  const find = name => page.querySelector("[data-kb='" + name + "']");
  const line = page.querySelector("[role='status']");
  const items = find("list-items");
  const booklet = find("list-booklet"); // the first sheet of a list of several, on paper only
  const pattern = find("list-entry"); // a <template>
  const share = find("list-share");
  const own = find("list-own");
  const guest = find("list-guest");
  const empty = find("list-empty");
  const undo = page.querySelector("[data-action='undo-list']");
  const codeForm = find("code-form");
  const codeLine = find("code-line");
  /** @type {Choice} */
  let data = null;
  let texts = null;
  let cleared = null; // what clearing threw away, to bring it back

  function known(id) {
    return records.of(data).entries.get(id);
  }

  /** Ids of a shared list, or null when the address holds none. */
  function shared() {
    const ids = address.ids("list");
    return ids.length ? ids : null;
  }

  // ---------------------------------------------------------------- entries

  function showFacts(holder, entry) {
    for (const row of holder.querySelectorAll("[data-row]")) {
      const own = facts.cells(row.dataset.row, data, entry, texts[entry.id] || {});
      const isText = own.every(text => text.endsWith(".")); // whole sentences
      if (own.length) row.querySelector("dd").textContent = own.join(isText ? " " : row.dataset.row === "dosage" ? ". " : "; ");
      else row.remove();
    }
  }

  function showNote(holder, entry) {
    const label = holder.querySelector("label");
    const field = holder.querySelector("textarea");
    const printed = holder.querySelector("[data-kb='note-print']");
    field.id = "note-" + entry.id;
    label.htmlFor = field.id;
    label.querySelector("span").textContent = entry.name;
    field.value = list.note(entry.id);
    printed.textContent = field.value;
    let waiting = 0;
    const keep = () => {
      clearTimeout(waiting);
      list.setNote(entry.id, field.value);
    };
    field.addEventListener("input", () => {
      printed.textContent = field.value;
      clearTimeout(waiting);
      waiting = setTimeout(keep, NOTE_PAUSE);
    });
    field.addEventListener("change", keep);
  }

  function makeEntry(entry, guestList) {
    const made = pattern.content.cloneNode(true).querySelector("article");
    made.dataset.entry = entry.id;
    made.id = "lijst-" + entry.id;
    const link = made.querySelector("h2 a");
    link.href = Kennisbank.root + entry.url;
    link.textContent = entry.name;
    made.querySelector("[data-kb='standing']").append(standing.show(entry.standing));
    made.querySelector("[data-kb='tagline']").textContent = entry.tagline;
    made.querySelector("[data-kb='summary']").textContent = (texts[entry.id] || {}).summary || "";
    showFacts(made, entry);
    const institution = records.of(data).institutions.get(pi.id());
    if (institution) made.querySelector("[data-kb='entry-here']").append(mark(data, entry, institution, true));
    if (guestList) made.querySelector("[data-kb='note']").remove();
    else showNote(made, entry);
    made.querySelector("[data-kb='entry-tools']").append(list.button(entry.id, entry.name));
    return made;
  }

  // ---------------------------------------------------------------- the page

  function show() {
    const other = shared();
    const ids = other || list.ids();
    const entries = ids.map(known).filter(Boolean);
    const missing = ids.filter(id => !known(id));
    items.replaceChildren(...entries.map(entry => makeEntry(entry, Boolean(other))));
    showContents(entries);
    own.hidden = Boolean(other) || !entries.length;
    guest.hidden = !other;
    empty.hidden = entries.length > 0 || Boolean(other);
    share.hidden = find("list-tools").hidden = entries.length === 0;
    undo.hidden = cleared === null || list.ids().length > 0;
    find("list-compare").hidden = entries.length < 2;
    find("list-compare").querySelector("a").href
      = Kennisbank.root + "choose/compare.html#" + address.of({ ids: entries.slice(0, 4).map(entry => entry.id) });
    const parts = [say(other ? "list-shared" : "list-count", { n: entries.length })];
    if (missing.length) parts.push(say("list-missing", { word: missing.map(nameOfMissing).join(", ") }));
    line.textContent = parts.join(" ");
    showShare(entries);
  }

  function showContents(entries) {
    booklet.hidden = entries.length < 2;
    booklet.querySelector("ol").replaceChildren(...entries.map(entry => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = "#lijst-" + entry.id;
      link.textContent = entry.name;
      item.append(link);
      return item;
    }));
  }

  // An archived entry still has a name; of others only the id is known.
  function nameOfMissing(id) {
    const archived = data.archived.find(entry => entry.id === id);
    return archived ? archived.name : id;
  }

  function showShare(entries) {
    const here = location.href.split("#")[0];
    find("list-address").value = entries.length ? here + "#" + address.of({ list: entries.map(entry => entry.id) }) : "";
    for (const name of ["list-code", "list-back-code"]) find(name).textContent = code.write(data.codes, entries.map(entry => entry.code));
    find("list-back").hidden = entries.length === 0;
  }

  // Where to find this page from paper: the address of the settings, else the one where it is read, unless that is a disk.
  function showPage() {
    const at = find("list-page");
    if (!at.textContent && location.protocol !== "file:") at.textContent = location.href.split("#")[0];
    find("list-at").hidden = !at.textContent;
    find("list-no-page").hidden = at.textContent !== "";
  }

  // A file:// address means nothing on another computer; the code does.
  function putCodeFirst() {
    find("list-link").before(find("list-typed"));
    find("list-disk").hidden = false;
  }

  function openList(ids) {
    address.write({ list: ids }, "pushState");
    show();
  }

  // ---------------------------------------------------------------- the code from paper

  function readCode(text) {
    const { codes, problem, sign } = code.read(data.codes, text);
    const byCode = new Map([...data.interventions, ...data.archived].map(entry => [entry.code, entry.id]));
    const strange = codes.filter(one => !byCode.has(one));
    codeLine.textContent = "";
    if (problem) {
      const values = { word: problem === "check" && strange.length ? strange.join(", ") : sign };
      codeLine.textContent = say(problem === "check" && strange.length ? "code-check-at" : "code-" + problem, values);
      return;
    }
    const ids = codes.filter(one => byCode.has(one)).map(one => byCode.get(one));
    if (strange.length) codeLine.textContent = say("code-unknown", { n: strange.length, word: strange.join(", ") });
    if (!ids.length) return;
    if (!strange.length) codeLine.textContent = say("code-opened", { n: ids.length });
    openList(ids);
  }

  codeForm.addEventListener("submit", event => {
    event.preventDefault();
    readCode(codeForm.querySelector("input").value);
  });

  // ---------------------------------------------------------------- buttons

  function copy(field, told) {
    copyField(field, ok => { told.textContent = say(ok ? "copied" : "copy-failed"); });
  }

  function leaveShared() {
    address.write({}, "pushState");
    show();
    line.focus();
  }

  const ACTIONS = {
    "print": () => window.print(),
    "to-share": () => find("list-share").querySelector("h2").focus(), // no anchor: the address holds the list
    "copy": () => copy(find("list-address"), find("copy-line")),
    "own-list": leaveShared,
    "take-list": () => {
      list.add(shared().filter(known));
      leaveShared();
    },
    "clear-list": () => {
      cleared = list.keep();
      list.clear();
      undo.focus();
    },
    "undo-list": () => {
      const kept = cleared;
      cleared = null;
      list.restore(kept);
      line.focus();
    }
  };

  page.addEventListener("click", event => {
    const button = event.target.closest("button[data-action]");
    if (button && Object.hasOwn(ACTIONS, button.dataset.action)) ACTIONS[button.dataset.action]();
  });

  // ---------------------------------------------------------------- start

  if (location.protocol === "file:") putCodeFirst();
  showPage();
  Kennisbank.ask(["choice-data", "choice-facts"], got => {
    if (!got) return void (line.textContent = say("choice-failed"));
    data = got.choiceData;
    texts = got.choiceFacts;
    address.onChange(show);
    list.onChange(show);
    pi.onChange(show);
    show();
  });
});
