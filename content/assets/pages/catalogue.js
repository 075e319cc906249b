/* The catalogue: narrows the list that is in the page. Filters and address: pages/facet-form. Words: search-words.html.
   Gives nothing; started by [data-kb="catalogue"] (catalogue.html). */
"use strict";

Kennisbank.define("pages/catalogue", ["core/asked", "core/dom", "core/marks", "core/words", "pages/facet-form"], needs => {
  const { asked, dom, facetForm, marks, words: { say } } = needs;
  const LONG_LIST = 150;     // a list with more cards than this is shown bit by bit
  // What is named above the list: of each kind so many at most, when it stands among so many of the best of the site.
  const BESIDE = [{ type: "tool", within: 6, most: 2 }, { type: "training", within: 12, most: 3 }];
  const MOST_WORDS = 3;      // words by which a card was found
  const FIRST_CARDS = 24;    // cards of a long list in sight at first, and with every press on "more"
  const MARKED_AT_ONCE = 30; // cards marked in the same frame; the rest follow when the browser is idle
  const MOST_ADVICE = 5;
  const MARKED = "h3 a, .kb-entry__kind, .kb-entry__text, .kb-entry__chips li";

  const page = document.querySelector("[data-kb='catalogue']");
  const find = name => page.querySelector("[data-kb='" + name + "']");
  const field = page.querySelector("input[name='q']");
  const panel = find("panel");
  const list = find("cards");
  const line = page.querySelector("[role='status']");
  const chosenBar = find("chosen");
  const chosenList = chosenBar.querySelector("ul");
  const notice = find("notice");
  const advice = find("advice");
  const more = page.querySelector("[data-action='more-cards']");

  const cards = Array.from(list.querySelectorAll("article[data-id]"), element => (
    { id: element.dataset.id, element, marked: false, texts: null }
  ));
  const total = cards.length;
  const isLong = total > LONG_LIST;
  list.classList.toggle("kb-list--long", isLong);

  const inOrder = cards.map((card, position) => position);
  let shown = inOrder;    // positions of the cards in sight now, in order
  let most = total;       // cards that may be in sight
  let marking = 0;        // round of marking, so that an older round stops

  const form = facetForm.open(page, cards, { onChange: isNew => (isNew ? showAtMost(FIRST_CARDS) : update()) });

  // ---------------------------------------------------------------- cards

  function update() {
    const result = form.result();
    showCards(result);
    showLine(result.count);
    showChosen();
    showNotice(result.count);
    showAdvice(result.count);
    markCards();
  }

  // Positions of the cards that fit, in their order, as far as they may be in sight.
  function findWanted(bits) {
    const found = form.answer();
    const wanted = [];
    for (const position of found ? found.ranked : inOrder) {
      if (wanted.length === most) break;
      if (form.has(bits, position)) wanted.push(position);
    }
    return wanted;
  }

  function showCards({ bits, count }) {
    const wanted = findWanted(bits);
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

  function markCards() {
    marking += 1;
    const round = marking;
    const found = form.answer();
    for (const card of cards) {
      if (card.marked && (!found || card.element.hidden)) markCard(card, null);
    }
    if (!found) return;
    const hits = new Map(found.hits.map(hit => [hit.document.id, hit]));
    const markSome = (from, size) => {
      if (round !== marking) return;
      for (const position of shown.slice(from, from + size)) {
        markCard(cards[position], found.rangesIn);
        showFound(cards[position], hits.get(cards[position].id));
      }
      if (from + size < shown.length) whenIdle(() => markSome(from + size, size));
    };
    markSome(0, MARKED_AT_ONCE);
  }

  function whenIdle(work) {
    if (window.requestIdleCallback) window.requestIdleCallback(work);
    else setTimeout(work, 30);
  }

  function markCard(card, rangesIn) {
    if (!card.texts) card.texts = Array.from(card.element.querySelectorAll(MARKED));
    for (const element of card.texts) marks.mark(element, rangesIn);
    card.marked = rangesIn !== null;
    if (!rangesIn) showFound(card, null);
  }

  // What is known of what was asked for: how it stands in that place, and whether those people can join. And by what it
  // was found, when none of the words stands on the card: a word of its page, or a term that means it.
  function showFound({ element }, hit) {
    for (const old of element.querySelectorAll(".kb-entry__side")) old.remove();
    if (!hit) return;
    const { words, terms } = element.querySelector("mark") ? { words: [], terms: [] } : hit.why();
    const found = words.length ? say("found-by", { word: words.slice(0, MOST_WORDS).join(", ") })
      : terms.length ? say("found-through", { word: terms.slice(0, MOST_WORDS).join(", ") }) : "";
    for (const parts of [asked.tell(Object.assign({}, hit, { standing: null })), [found]].filter(([first]) => first)) {
      element.querySelector(".kb-entry__foot").before(dom.make("p", "kb-entry__side kb-small", ...parts));
    }
  }

  // ---------------------------------------------------------------- what is said of them

  function showLine(count) {
    let text = say(count === 0 ? "count-none" : count === total ? "count-all" : "count-some", { n: count, total });
    if (form.answer() && count > 1) text += say("order-match");
    if (shown.length < count) text += say("list-first", { n: shown.length });
    if (line.textContent !== text) line.textContent = text;
    line.dataset.count = String(count);
  }

  function makeChosen(name, term) {
    const label = form.labelOf(name, term);
    const button = dom.button("kb-chosen__term", label, () => removeTerm(name, term));
    button.setAttribute("aria-label", say("remove-filter", { word: label }));
    return dom.make("li", "", button);
  }

  function showChosen() {
    const { chosen, q } = form.state;
    const items = Object.entries(chosen).flatMap(([name, terms]) => Array.from(terms, term => makeChosen(name, term)));
    chosenList.replaceChildren(...items);
    chosenList.hidden = items.length === 0;
    chosenBar.hidden = items.length === 0 && !q;
  }

  function removeTerm(name, term) {
    const buttons = Array.from(chosenList.querySelectorAll("button"));
    const at = buttons.findIndex(button => button === document.activeElement);
    const left = new Set(form.state.chosen[name]);
    left.delete(term);
    form.setTerms(name, left);
    if (at < 0) return;
    // The pressed button is gone: the reader goes on at the next one, or at the field.
    const now = chosenList.querySelectorAll("button");
    (now[Math.min(at, now.length - 1)] || field).focus();
  }

  function makeSuggestion(suggestion, end) {
    return [say("did-you-mean") + " ", dom.button("kb-link", suggestion, () => form.setText(suggestion)), end];
  }

  function makePlaces({ elsewhere, places, rest }) {
    const parts = [say(elsewhere ? "place-elsewhere" : "place-here", { word: places.map(place => place.title).join(", ") }) + " "];
    if (!elsewhere && rest) parts.push(dom.button("kb-link", say("place-everywhere"), () => form.setText(rest)), " ");
    return parts;
  }

  function showNotice(now) {
    const found = form.answer();
    const parts = [];
    if (form.isLoading()) parts.push(say("loading"));
    if (form.isBroken()) parts.push(say("failed"));
    for (const { text, url } of found ? asked.leads(found.answer) : []) parts.push(dom.make("span", "kb-line", dom.link({ name: text, url })));
    if (found && found.ranked.length) {
      const { answer } = found;
      if (answer.suggestion) parts.push(...makeSuggestion(answer.suggestion, "? "));
      if (answer.places.length) parts.push(...makePlaces(answer));
      parts.push(...makeBeside());
    }
    for (const { count, use, word } of form.unsaid(now)) parts.push(say("unsaid", { n: count, word }) + " ", dom.button("kb-link", say("unsaid-add"), use), " ");
    notice.replaceChildren(...parts);
    notice.hidden = parts.length === 0;
  }

  const inBrackets = text => (text ? [" (" + text + ")"] : []);

  // The pages and sessions of the site that are among the best answers to the words. Of a kind that is asked for by name
  // the best of that kind; where none is about a subject it says so, and what comes nearest.
  function makeBeside() {
    const { answer } = form.answer();
    const { hits: best, types } = answer;
    return BESIDE.flatMap(({ type, within, most }) => {
      const { hits: all, none } = asked.besides(answer, type);
      const shown = none || types.includes(type) ? all : best.slice(0, within).filter(hit => hit.document.type === type);
      const about = shown.filter(hit => hit.about);
      const pages = (about.length ? about : shown).slice(0, most).map(hit => hit.document);
      const links = pages.flatMap((one, at) => [at ? ", " : " ", dom.link({ name: one.title, url: one.url }), ...inBrackets(asked.tellAudience(one))]);
      const lead = none ? say("nearest") : say("beside-" + type);
      return (none ? [none + " "] : []).concat(pages.length ? [lead, ...links, ". "] : []);
    });
  }

  // The list holds interventions only; another page may have the answer.
  function makeElsewhere() {
    const pages = form.answer().answer.hits.map(hit => hit.document).filter(one => one.type !== "intervention").slice(0, MOST_ADVICE);
    if (!pages.length) return [];
    const items = pages.map(one => (
      dom.make("li", "", dom.link({ name: one.title, url: one.url }), " ", dom.make("span", "kb-small", say("type-" + one.type), ...inBrackets(asked.tellAudience(one))))
    ));
    return [dom.make("p", "", say("none-elsewhere")), dom.make("ul", "", ...items)];
  }

  function makeAdvice() {
    const found = form.answer();
    const parts = [dom.make("h3", "", say("none-title"))];
    if (found && found.answer.suggestion) parts.push(dom.make("p", "", ...makeSuggestion(found.answer.suggestion, "?")));
    if (found && !found.ranked.length) parts.push(...makeElsewhere(), dom.make("p", "", say("none-words")));
    const items = form.looser().slice(0, MOST_ADVICE).map(({ count, use, word }) => (
      dom.make("li", "", dom.button("kb-link", say("none-without", { word, n: count }), use))
    ));
    if (items.length) parts.push(dom.make("p", "", say("none-remove")), dom.make("ul", "", ...items));
    parts.push(dom.make("p", "", dom.button("kb-link", say("none-clear", { total }), form.clear)));
    return parts;
  }

  function showAdvice(count) {
    advice.hidden = count > 0;
    if (count === 0) advice.replaceChildren(...makeAdvice());
  }

  // ---------------------------------------------------------------- start

  more.addEventListener("click", showMore);

  // On paper the whole list.
  window.addEventListener("beforeprint", () => showAtMost(total));
  window.addEventListener("afterprint", () => showAtMost(FIRST_CARDS));

  // On a wide screen the filters stand beside the list, always open.
  const wide = window.matchMedia("(min-width: 60em)");
  const showPanel = () => { panel.open = wide.matches; };
  wide.addEventListener("change", showPanel);
  showPanel();

  form.start();
});
