/* My PI and my list on a page: the line that says what is chosen, the marks at the entries, buttons to choose and keep.
   Words: mine.html. Gives nothing; started by [data-kb="mine"], the line.

   An entry is marked with what a source says of it in my PI where the page has
     article[data-id]                                     a card
     table[data-table="category|overview|offers"] tr[data-intervention]   a row; the mark goes into its heading
     [data-kb="choice"][data-intervention]                the page of the entry itself
   Hooks for choosing: [data-kb="pi-pick"] (a <details> with a <select>), [data-kb="pi-here"] (a button on the page of
   an institution, which is in data-institution). */
"use strict";

Kennisbank.define("mine/mine", ["core/words", "mine/pi", "mine/list"], ({ words: { say }, pi, list }) => {
  const ROWS = ["category", "overview", "offers"].map(name => "table[data-table='" + name + "'] tr[data-intervention]");
  const MARKED = ["article[data-id]", "[data-kb='choice'][data-intervention]", ...ROWS].join(",");

  const line = document.querySelector("[data-kb='mine']");
  const piPart = line.querySelector("[data-kb='mine-pi']");
  const listPart = line.querySelector("[data-kb='mine-list']");
  const undo = line.querySelector("[data-action='undo-pi']");

  // ---------------------------------------------------------------- the line

  function showLine() {
    const institution = pi.institution();
    piPart.hidden = !institution;
    if (institution) {
      const link = piPart.querySelector("a");
      link.textContent = institution.name;
      link.href = Kennisbank.root + institution.url;
    }
    const former = pi.former();
    undo.hidden = !former;
    if (former) undo.textContent = say("pi-undo", { place: former.name });
    const { length } = list.ids();
    listPart.hidden = length === 0;
    listPart.querySelector("a").textContent = say("list-link", { n: length });
    line.hidden = piPart.hidden && listPart.hidden;
  }

  // ---------------------------------------------------------------- marks

  function showMarks() {
    if (!pi.id()) return removeMarks();
    Kennisbank.ask(["choice-data", "core/data", "mine/mark"], got => {
      removeMarks();
      const institution = pi.institution();
      if (!got || !institution) return;
      const { entries } = got.data.of(got.choiceData);
      const own = document.querySelector("[data-kb='pi-here']");
      for (const element of document.querySelectorAll(MARKED)) {
        const entry = entries.get(element.dataset.id || element.dataset.intervention);
        // On its own page the table of an institution says it all; on that of another "here" would be that other.
        if (!entry || (own && own.dataset.institution === institution.id && element.matches("tr"))) continue;
        const mark = got.mark.mark(got.choiceData, entry, institution, Boolean(own) || element.dataset.kb === "choice");
        if (element.matches("tr")) element.querySelector("th[scope='row'], td").append(mark);
        else element.insertBefore(mark, element.querySelector("[data-kb='save']"));
      }
    });
  }

  function removeMarks() {
    document.querySelectorAll("[data-kb='here']").forEach(mark => mark.remove());
  }

  // ---------------------------------------------------------------- choosing

  function showControls() {
    const institution = pi.institution();
    for (const select of document.querySelectorAll("[data-kb='pi-pick'] select")) {
      if (select.options.length > 1) select.value = institution ? institution.id : "";
    }
    for (const button of document.querySelectorAll("[data-kb='pi-here']")) {
      button.setAttribute("aria-pressed", String(button.dataset.institution === pi.id()));
    }
  }

  function tell(text) {
    for (const told of document.querySelectorAll("[data-kb='pi-told']")) told.textContent = text;
  }

  function fillPick(select, data) {
    if (select.options.length > 1) return;
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

  function choose(id) {
    if (id) return pi.set(id, institution => tell(say("pi-set", { place: institution.name })));
    pi.clear();
    tell(say("pi-cleared"));
  }

  const ACTIONS = {
    "forget-pi": () => choose(""),
    "undo-pi": () => {
      pi.undo();
      piPart.querySelector("a").focus(); // the button is gone
    },
    "forget": () => {
      pi.clear();
      list.clear();
    }
  };

  document.addEventListener("click", event => {
    const button = event.target.closest && event.target.closest("button");
    if (!button) return;
    const { action, institution, kb, save } = button.dataset;
    if (Object.hasOwn(ACTIONS, action)) ACTIONS[action]();
    else if (kb === "pi-here") choose(institution === pi.id() ? "" : institution);
    else if (kb === "save") (list.has(save) ? list.remove(save) : list.add([save]));
  });

  // ---------------------------------------------------------------- start

  for (const pick of document.querySelectorAll("[data-kb='pi-pick']")) {
    const select = pick.querySelector("select");
    pick.addEventListener("toggle", () => { if (pick.open) pi.withData(data => fillPick(select, data)); });
    select.addEventListener("change", () => choose(select.value));
  }
  for (const card of document.querySelectorAll("article[data-id]")) {
    card.append(list.button(card.dataset.id, card.querySelector("h3").textContent.trim()));
  }
  for (const place of document.querySelectorAll("[data-kb='choice'][data-intervention]")) {
    place.append(list.button(place.dataset.intervention, place.dataset.name));
  }
  pi.onChange(() => {
    showLine();
    showMarks();
    showControls();
  });
  pi.onFail(() => tell(say("choice-failed")));
  list.onChange(showLine);
  showLine();
  showMarks();
  showControls();
});
