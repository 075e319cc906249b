/* My PI: the reader names an institution once, and every entry on every page says what a source says of it there.
   On every page, after choice.js. Words: mine.html.

   Kept in this browser as kennisbank.my-pi; #pi=<id> in the address sets it as well. Unknown ids are ignored.
   An entry is marked where the page has
     article[data-id]                                     a card
     table[data-table="category|overview|offers"] tr[data-intervention]   a row; the mark goes into its heading
     [data-kb="choice"][data-intervention]                the page of the entry itself
   Hooks for choosing: [data-kb="pi-pick"] (a <details> with a <select>), [data-kb="pi-here"] (a button on the page of
   an institution, which is in data-institution), [data-kb="mine"] (the line that says what is chosen).

   Kennisbank.pi.id()              the id of my PI, or ""
   Kennisbank.pi.set(id) / clear()
   Kennisbank.pi.onChange(done)    done() when it changed, here or in another tab */
(function (scope) {
  "use strict";

  const { address, choice, say, store } = scope.Kennisbank;
  const NAME = "my-pi";
  const ROWS = ["category", "overview", "offers"].map(name => "table[data-table='" + name + "'] tr[data-intervention]");
  const MARKED = ["article[data-id]", "[data-kb='choice'][data-intervention]", ...ROWS].join(",");

  const listeners = [];
  const mine = document.querySelector("[data-kb='mine']");
  let current = store.read(NAME) || "";
  let before = null; // what an address from somebody else replaced
  let data = null;

  function institutionOf(id) {
    return data && scope.Kennisbank.places.index(data).institutions.get(id);
  }

  // ---------------------------------------------------------------- marks

  function showMarks() {
    document.querySelectorAll("[data-kb='here']").forEach(mark => mark.remove());
    const institution = institutionOf(current);
    if (!institution) return;
    const { entries } = scope.Kennisbank.places.index(data);
    const own = document.querySelector("[data-kb='pi-here']");
    for (const element of document.querySelectorAll(MARKED)) {
      const entry = entries.get(element.dataset.id || element.dataset.intervention);
      // On its own page the table of an institution says it all; on that of another "here" would be that other.
      if (!entry || (own && own.dataset.institution === current && element.matches("tr"))) continue;
      const mark = scope.Kennisbank.here.mark(data, entry, institution, Boolean(own) || element.dataset.kb === "choice");
      if (element.matches("tr")) (element.querySelector("th[scope='row']") || element.cells[0]).append(mark);
      else element.insertBefore(mark, element.querySelector("[data-kb='save']"));
    }
  }

  // ---------------------------------------------------------------- the line and the controls

  function showLine() {
    if (!mine) return;
    const institution = institutionOf(current);
    const part = mine.querySelector("[data-kb='mine-pi']");
    part.hidden = !institution;
    if (institution) {
      const link = part.querySelector("a");
      link.textContent = institution.name;
      link.href = choice.root + institution.url;
    }
    const undo = mine.querySelector("[data-action='undo-pi']");
    const former = before !== null && institutionOf(before);
    undo.hidden = !former;
    if (former) undo.textContent = say("pi-undo", { place: former.name });
    showWhether();
  }

  // The line is there as soon as one of its parts is.
  function showWhether() {
    mine.hidden = Array.from(mine.querySelectorAll("[data-kb^='mine-']")).every(part => part.hidden);
  }

  function showControls() {
    for (const select of document.querySelectorAll("[data-kb='pi-pick'] select")) {
      if (select.options.length > 1) select.value = institutionOf(current) ? current : "";
    }
    for (const button of document.querySelectorAll("[data-kb='pi-here']")) {
      const own = button.dataset.institution === current;
      button.setAttribute("aria-pressed", String(own));
    }
  }

  function tell(text) {
    for (const line of document.querySelectorAll("[data-kb='pi-told']")) line.textContent = text;
  }

  function fillPick(select) {
    if (select.options.length > 1 || !data) return;
    for (const adult of [true, false]) {
      const group = document.createElement("optgroup");
      group.label = say(adult ? "group-adults" : "group-young");
      for (const institution of data.institutions.filter(one => one.adult === adult)) {
        group.append(new Option(institution.name, institution.id));
      }
      select.append(group);
    }
    showControls();
  }

  function withData(work) {
    choice.load(loaded => {
      data = loaded;
      if (data) work();
      else tell(say("choice-failed"));
    });
  }

  // ---------------------------------------------------------------- changing

  function show() {
    const paint = () => {
      showLine();
      showMarks();
      showControls();
      listeners.forEach(done => done());
    };
    // Without a choice there is nothing to look up, so nothing is loaded.
    if (current && !data) withData(paint);
    else paint();
  }

  function change(id) {
    current = id;
    if (id) store.write(NAME, id);
    else store.remove(NAME);
    show();
  }

  function set(id) {
    withData(() => {
      const institution = institutionOf(id);
      if (!institution) return;
      before = null;
      change(id);
      tell(say("pi-set", { place: institution.name }));
    });
  }

  function undo() {
    const former = before;
    before = null;
    change(former);
    mine.querySelector("[data-kb='mine-pi'] a").focus(); // the button is gone
  }

  function clear() {
    before = null;
    dropFromAddress();
    change("");
    tell(say("pi-cleared"));
  }

  // Where the browser keeps the choice, the address need not: it would be in the way when the reader changes it.
  function dropFromAddress() {
    const parts = address.read();
    if (!parts.has("pi")) return;
    address.write(Object.assign(Object.fromEntries(parts), { pi: [] }), "replaceState");
  }

  function takeAddress() {
    const wanted = (address.read().get("pi") || [])[0];
    if (!wanted) return;
    withData(() => {
      if (institutionOf(wanted) && wanted !== current) {
        before = current || null;
        change(wanted);
      }
      if (store.works()) dropFromAddress();
    });
  }

  document.addEventListener("click", event => {
    const button = event.target.closest && event.target.closest("button");
    if (!button) return;
    if (button.dataset.action === "forget-pi") clear();
    else if (button.dataset.action === "forget") change("");
    else if (button.dataset.action === "undo-pi") undo();
    else if (button.dataset.kb === "pi-here") {
      if (button.dataset.institution === current) clear();
      else set(button.dataset.institution);
    }
  });
  for (const pick of document.querySelectorAll("[data-kb='pi-pick']")) {
    const select = pick.querySelector("select");
    pick.addEventListener("toggle", () => { if (pick.open) withData(() => fillPick(select)); });
    select.addEventListener("change", () => { if (select.value) set(select.value); else clear(); });
  }
  store.onChange(NAME, () => {
    current = store.read(NAME) || "";
    before = null;
    show();
  });
  address.onChange(takeAddress);
  // A page that the browser kept in its cache may be older than the choice.
  scope.addEventListener("pageshow", event => {
    if (!event.persisted || !store.works()) return;
    current = store.read(NAME) || "";
    show();
  });

  address.carriers.pi = () => current ? [current] : [];
  scope.Kennisbank.pi = { id: () => current, set, clear, onChange: done => listeners.push(done) };
  takeAddress();
  show();
})(window);
