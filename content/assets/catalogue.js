/* The catalogue: narrows the list that is in the page, by text and by facets. State is the hash.

   Contract (shared/design/contract.md, "Catalogue state" and "Page hooks"):
     #q=<text>&<facet>=<term>,<term>; unknown names and terms are ignored; a facet change is a step in the
     history, typing is not. Needs page.js, search-load.js, choice.js, facets.js and the templates catalogue.html
     and search-words.html. */
(function (scope) {
  "use strict";

  const page = document.querySelector("[data-kb='catalogue']");
  if (!page) return;

  const { address, facets, say, search } = scope.Kennisbank;
  const TYPING_PAUSE = 300;  // milliseconds before typed text goes into the address
  const LONG_LIST = 150;     // a list with more cards than this is shown bit by bit
  const FIRST_CARDS = 24;    // cards of a long list in sight at first, and with every press on "more"
  const MARKED_AT_ONCE = 30; // cards marked in the same frame; the rest follow when the browser is idle
  const MOST_ADVICE = 5;

  const find = name => page.querySelector("[data-kb='" + name + "']");
  const root = page.dataset.kbRoot || "";
  const form = find("filters");
  const field = form.querySelector("input[name='q']");
  const panel = find("panel");
  const list = find("list");
  const line = page.querySelector("[role='status']");
  const chosenBar = find("chosen");
  const chosenList = chosenBar.querySelector("ul");
  const notice = find("notice");
  const advice = find("advice");
  const more = page.querySelector("[data-action='more-cards']");
  const chosenCount = find("chosen-count");

  // ---------------------------------------------------------------- the page as data

  const sections = Array.from(form.querySelectorAll("[data-facet]"), element => ({
    name: element.dataset.facet,
    element,
    number: element.querySelector("[data-kb='facet-count']"),
    boxes: new Map(Array.from(element.querySelectorAll("input[type='checkbox']"), input => {
      const label = input.closest("label");
      return [input.value, {
        input,
        label: label.querySelector("span").textContent,
        row: label,
        count: label.querySelector(".kb-count").firstChild,
        shown: null
      }];
    }))
  }));
  const names = sections.map(section => section.name);

  const cards = Array.from(list.querySelectorAll("article[data-id]"), element => {
    const terms = {};
    for (const name of names) {
      const value = element.getAttribute("data-f-" + name);
      if (value) terms[name] = value.split(" ");
    }
    return { id: element.dataset.id, element, terms, marked: false };
  });
  const total = cards.length;
  const isLong = total > LONG_LIST;
  list.classList.toggle("kb-list--long", isLong);

  const positions = new Map(cards.map((card, position) => [card.id, position]));
  const inOrder = cards.map((card, position) => position);
  const index = facets.build(cards.map(card => card.terms), names);

  // ---------------------------------------------------------------- state and address

  let state = readAddress();
  let found = null;       // answer of the search to state.q, or null
  let loaded = null;      // null: not tried, true, false
  let shown = inOrder;    // positions of the cards in sight now, in order
  let most = isLong ? FIRST_CARDS : total; // cards that may be in sight
  let typing = 0;         // timer of the text that is not yet in the address
  let marking = 0;        // round of marking, so that an older round stops

  function emptyState() {
    return { q: "", chosen: Object.fromEntries(names.map(name => [name, new Set()])) };
  }

  function readAddress() {
    const parts = address.read();
    const read = emptyState();
    read.q = (parts.get("q") || []).join(",").trim();
    for (const section of sections) {
      for (const term of parts.get(section.name) || []) {
        if (section.boxes.has(term)) read.chosen[section.name].add(term);
      }
    }
    return read;
  }

  function partsOf(from) {
    const parts = { q: from.q ? [from.q] : [] };
    for (const section of sections) {
      parts[section.name] = Array.from(section.boxes.keys()).filter(term => from.chosen[section.name].has(term));
    }
    return parts;
  }

  function saveState(how) {
    clearTimeout(typing);
    typing = 0;
    address.write(partsOf(state), how);
  }

  function takeAddress() {
    const read = readAddress();
    if (address.of(partsOf(read)) === address.of(partsOf(state))) return;
    clearTimeout(typing);
    typing = 0;
    const newText = read.q !== state.q;
    state = read;
    showState();
    if (newText) ask();
    showAtMost(FIRST_CARDS);
  }

  // ---------------------------------------------------------------- asking the search

  function ask() {
    found = null;
    if (!state.q) return;
    if (loaded === null) return loadSearch();
    if (!loaded) return;
    const answer = search.query(state.q, { type: "intervention" });
    if (answer.empty) return;
    const bits = new Uint32Array((total + 31) >>> 5);
    const ranked = [];
    let matches = null;
    for (const hit of answer.hits) {
      const position = positions.get(hit.document.id);
      if (position === undefined) continue;
      facets.add(bits, position);
      ranked.push(position);
      matches = hit.matches;
    }
    found = { answer, bits, ranked, matches };
  }

  function loadSearch() {
    if (loaded !== null) return;
    search.load(root, ok => {
      loaded = ok;
      ask();
      update();
    });
  }

  // ---------------------------------------------------------------- showing

  // Boxes and field follow the state; a field in use is left alone while it says the same.
  function showState() {
    if (field.value.trim() !== state.q) field.value = state.q;
    for (const section of sections) {
      for (const [term, box] of section.boxes) {
        const wanted = state.chosen[section.name].has(term);
        if (box.input.checked !== wanted) box.input.checked = wanted;
      }
    }
  }

  function update() {
    const result = index.choose(state.chosen, found && found.bits);
    showCards(result);
    showCounts(result.counts);
    showLine(result.count);
    showChosen();
    showNotice(result.count);
    showAdvice(result);
    markCards();
  }

  // Cards that fit, in their order, as far as they may be in sight.
  function showCards({ bits, count }) {
    const wanted = [];
    for (const position of found ? found.ranked : inOrder) {
      if (wanted.length === most) break;
      if (facets.has(bits, position)) wanted.push(position);
    }
    const kept = new Set(wanted);
    for (const position of shown) if (!kept.has(position)) cards[position].element.hidden = true;
    shown = wanted;
    let next = list.firstElementChild;
    for (const position of wanted) {
      const { element } = cards[position];
      if (element.hidden) element.hidden = false;
      while (next && next.hidden) next = next.nextElementSibling;
      if (element === next) next = next.nextElementSibling;
      else list.insertBefore(element, next);
    }
    const left = Math.min(count - wanted.length, FIRST_CARDS);
    more.hidden = left === 0;
    if (left) more.textContent = say("list-more", { n: left });
  }

  function showAtMost(number) {
    most = isLong ? number : total;
    update();
  }

  function showMore() {
    const before = shown.length;
    showAtMost(most + FIRST_CARDS);
    cards[shown[before]].element.querySelector("h3 a").focus(); // the reader goes on at the first card that is new
  }

  function showCounts(counts) {
    for (const section of sections) {
      for (const [term, box] of section.boxes) {
        const count = counts[section.name].get(term) || 0;
        if (count === box.shown) continue;
        if ((count === 0) !== (box.shown === 0)) box.row.classList.toggle("kb-term--none", count === 0);
        box.count.data = String(count);
        box.shown = count;
      }
    }
  }

  function showLine(count) {
    const values = { n: count, total };
    let text;
    if (count === 0) text = say("count-none", values);
    else if (count === total) text = total === 1 ? say("count-all-one", values) : say("count-all", values);
    else text = say("count-some", values);
    if (found && count > 1) text += say("order-match");
    if (shown.length < count) text += say("list-first", { n: shown.length });
    if (line.textContent !== text) line.textContent = text;
    line.dataset.count = String(count);
  }

  function makeButton(className, text, action) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = className;
    button.textContent = text;
    button.addEventListener("click", action);
    return button;
  }

  function showChosen() {
    const items = [];
    let number = 0;
    for (const section of sections) {
      const chosen = state.chosen[section.name];
      setNumber(section.number, chosen.size);
      for (const [term, box] of section.boxes) {
        if (!chosen.has(term)) continue;
        number += 1;
        const item = document.createElement("li");
        const button = makeButton("kb-chosen__term", box.label, () => removeTerm(section.name, term));
        button.setAttribute("aria-label", say("remove-filter", { word: box.label }));
        item.append(button);
        items.push(item);
      }
    }
    setNumber(chosenCount, number);
    chosenList.replaceChildren(...items);
    chosenList.hidden = items.length === 0;
    chosenBar.hidden = items.length === 0 && !state.q;
  }

  function setNumber(element, number) {
    const text = number ? say("filters-chosen", { n: number }) : "";
    if (element.textContent !== text) element.textContent = text;
    element.hidden = !number;
  }

  function showNotice() {
    const parts = [];
    if (state.q && loaded === null) parts.push(say("loading"));
    if (state.q && loaded === false) parts.push(say("failed"));
    if (found) {
      const { suggestion, places, elsewhere, rest } = found.answer;
      if (suggestion && found.ranked.length) {
        parts.push(say("did-you-mean") + " ", makeButton("kb-link", suggestion, () => setText(suggestion)), "? ");
      }
      if (places.length && found.ranked.length) {
        const word = places.map(place => place.title).join(", ");
        parts.push(say(elsewhere ? "place-elsewhere" : "place-here", { word }) + " ");
        if (!elsewhere && rest) parts.push(makeButton("kb-link", say("place-everywhere"), () => setText(rest)));
      }
    }
    notice.replaceChildren(...parts);
    notice.hidden = parts.length === 0;
  }

  // What to leave out to find something again, with what that would give.
  function looserChoices() {
    const choices = [];
    if (found && names.some(name => state.chosen[name].size)) {
      const { count } = index.choose(state.chosen, null);
      if (count) choices.push({ count, word: state.q, use: () => setText("") });
    }
    for (const section of sections) {
      const chosen = state.chosen[section.name];
      if (!chosen.size) continue;
      const { count } = index.choose(Object.assign({}, state.chosen, { [section.name]: new Set() }), found && found.bits);
      if (!count) continue;
      const word = Array.from(chosen, term => section.boxes.get(term).label).join(", ");
      choices.push({ count, word, use: () => changeTerms(section.name, new Set()) });
    }
    return choices.sort((a, b) => b.count - a.count).slice(0, MOST_ADVICE);
  }

  function showAdvice(result) {
    advice.hidden = result.count > 0;
    if (result.count > 0) return;
    const paragraph = (...parts) => {
      const element = document.createElement("p");
      element.append(...parts);
      return element;
    };
    const title = document.createElement("h3");
    title.textContent = say("none-title");
    const parts = [title];
    const suggestion = found && found.answer.suggestion;
    if (suggestion) {
      parts.push(paragraph(say("did-you-mean") + " ", makeButton("kb-link", suggestion, () => setText(suggestion)), "?"));
    }
    if (found && !found.ranked.length) parts.push(paragraph(say("none-words")));
    const choices = looserChoices();
    if (choices.length) {
      const items = document.createElement("ul");
      for (const choice of choices) {
        const item = document.createElement("li");
        item.append(makeButton("kb-link", say("none-without", { word: choice.word, n: choice.count }), choice.use));
        items.append(item);
      }
      parts.push(paragraph(say("none-remove")), items);
    }
    parts.push(paragraph(makeButton("kb-link", say("none-clear", { total }), clear)));
    advice.replaceChildren(...parts);
  }

  function markCards() {
    marking += 1;
    const round = marking;
    for (const card of cards) {
      if (card.marked && (!found || card.element.hidden)) markCard(card, null);
    }
    if (!found) return;
    const markSome = (from, size) => {
      if (round !== marking) return;
      for (const position of shown.slice(from, from + size)) markCard(cards[position], found.matches);
      if (from + size < shown.length) whenIdle(() => markSome(from + size, size));
    };
    markSome(0, MARKED_AT_ONCE);
  }

  function whenIdle(work) {
    if (scope.requestIdleCallback) scope.requestIdleCallback(work);
    else setTimeout(work, 30);
  }

  function markCard(card, matches) {
    if (!card.texts) card.texts = Array.from(card.element.querySelectorAll("h3 a, .kb-entry__kind, .kb-entry__text, .kb-entry__chips li"));
    for (const element of card.texts) scope.Kennisbank.mark(element, matches);
    card.marked = matches !== null;
  }

  // ---------------------------------------------------------------- changes by the reader

  function changeTerms(name, terms) {
    if (typing) saveState("replaceState");
    state.chosen[name] = terms;
    saveState("pushState");
    showState();
    showAtMost(FIRST_CARDS);
  }

  function removeTerm(name, term) {
    const buttons = Array.from(chosenList.querySelectorAll("button"));
    const at = buttons.indexOf(document.activeElement);
    const left = new Set(state.chosen[name]);
    left.delete(term);
    changeTerms(name, left);
    if (at < 0) return;
    // The pressed button is gone: the reader goes on at the next one, or at the field.
    const now = chosenList.querySelectorAll("button");
    (now[Math.min(at, now.length - 1)] || field).focus();
  }

  function setText(text) {
    if (typing) saveState("replaceState");
    state.q = text.trim();
    saveState("pushState");
    showState();
    ask();
    showAtMost(FIRST_CARDS);
    field.focus();
  }

  function clear() {
    if (typing) saveState("replaceState");
    state = emptyState();
    found = null;
    saveState("pushState");
    showState();
    showAtMost(FIRST_CARDS);
    field.focus();
  }

  field.addEventListener("focus", loadSearch);
  field.addEventListener("input", () => {
    state.q = field.value.trim();
    loadSearch();
    ask();
    showAtMost(FIRST_CARDS);
    clearTimeout(typing);
    typing = setTimeout(() => saveState("replaceState"), TYPING_PAUSE);
  });
  form.addEventListener("submit", event => {
    event.preventDefault();
    saveState("replaceState");
  });
  form.addEventListener("change", event => {
    const { name, value, checked, type } = event.target;
    if (type !== "checkbox") return;
    const terms = new Set(state.chosen[name]);
    if (checked) terms.add(value);
    else terms.delete(value);
    changeTerms(name, terms);
  });
  form.addEventListener("click", event => {
    const button = event.target.closest("[data-action='more']");
    if (!button) return;
    const open = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", String(open));
    button.closest("[data-facet]").classList.toggle("kb-facet--all", open);
  });
  page.querySelector("[data-action='clear']").addEventListener("click", clear);
  more.addEventListener("click", showMore);
  address.onChange(takeAddress);
  scope.addEventListener("pagehide", () => { if (typing) saveState("replaceState"); });

  // On paper the whole list.
  scope.addEventListener("beforeprint", () => showAtMost(total));
  scope.addEventListener("afterprint", () => showAtMost(FIRST_CARDS));

  // On a wide screen the filters stand beside the list, always open.
  const wide = scope.matchMedia("(min-width: 60em)");
  const showPanel = () => { panel.open = wide.matches; };
  wide.addEventListener("change", showPanel);
  showPanel();

  // A facet with a choice is open; a chosen term beyond the first eight is in sight.
  for (const section of sections) {
    if (state.chosen[section.name].size) section.element.open = true;
  }
  showState();
  ask();
  update();
})(window);
