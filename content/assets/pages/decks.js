/* Decks of cards: one card at a time in large type, with keys; or one deck on paper. State: #deck=<plan>.<deck>&card=<number>
   Gives nothing; started by [data-kb="decks"] (decks.md.jinja). */
"use strict";

Kennisbank.define("pages/decks", ["core/address", "core/words"], ({ address, words: { fill } }) => {
  const page = document.querySelector("[data-kb='decks']");
  const find = name => page.querySelector("[data-kb='" + name + "']");
  const stage = find("deck-show");
  const decks = new Map(Array.from(page.querySelectorAll("[data-deck]"), element => [element.dataset.deck, element]));
  let deck = null;
  let order = []; // the cards as they are shown
  let at = 0;

  function show() {
    stage.hidden = !deck;
    page.classList.toggle("kb-decks--one", Boolean(deck));
    if (!deck) return;
    find("deck-name").textContent = deck.dataset.title;
    find("deck-place").textContent = fill(page.dataset.of, { n: at + 1, total: order.length });
    find("deck-card").replaceChildren(...Array.from(order[at].children, part => part.cloneNode(true)));
    stage.querySelector("[data-action='previous']").disabled = at === 0;
    stage.querySelector("[data-action='next']").disabled = at === order.length - 1;
  }

  function takeAddress() {
    const parts = address.read();
    const wanted = decks.get((parts.get("deck") || [])[0]) || null;
    if (wanted !== deck) order = wanted ? Array.from(wanted.querySelectorAll(".kb-cut__card")) : [];
    deck = wanted;
    at = Math.min(Math.max(Number((parts.get("card") || [])[0]) - 1 || 0, 0), Math.max(order.length - 1, 0));
    show();
  }

  function go(key, number, how) {
    address.write(key ? { deck: [key], card: [String(number)] } : {}, how);
    takeAddress();
  }

  function step(to) {
    if (deck && to >= 0 && to < order.length) go(deck.dataset.deck, to + 1, "replaceState");
  }

  function shuffle() {
    for (let last = order.length - 1; last > 0; last--) {
      const other = Math.floor(Math.random() * (last + 1));
      [order[last], order[other]] = [order[other], order[last]];
    }
    step(0);
    show();
  }

  function close() {
    const { deck: key } = deck.dataset;
    go("", 0, "pushState");
    decks.get(key).querySelector("button").focus();
  }

  const KEYS = { ArrowLeft: () => step(at - 1), ArrowRight: () => step(at + 1), Home: () => step(0), End: () => step(order.length - 1), Escape: close };
  const ACTIONS = { previous: KEYS.ArrowLeft, next: KEYS.ArrowRight, shuffle, close };

  page.addEventListener("click", event => {
    const button = event.target.closest("button[data-action]");
    if (!button) return;
    const { action } = button.dataset;
    const own = button.closest("[data-deck]");
    if (action === "show") {
      go(own.dataset.deck, 1, "pushState");
      stage.focus();
      stage.scrollIntoView();
    } else if (action === "print") {
      own.dataset.printed = "";
      window.print();
    } else ACTIONS[action]();
  });
  stage.addEventListener("keydown", event => {
    if (!Object.hasOwn(KEYS, event.key)) return;
    event.preventDefault();
    KEYS[event.key]();
  });
  window.addEventListener("afterprint", () => decks.forEach(element => { delete element.dataset.printed; }));
  address.onChange(takeAddress);
  takeAddress();
});
