/* The list of session plans: narrows what is in the page with the filters of the catalogue (pages/facet-form).
   Gives nothing; started by [data-kb="trainings"] (trainings.md.jinja). */
"use strict";

Kennisbank.define("pages/trainings", ["core/words", "pages/facet-form"], ({ words: { fill }, facetForm }) => {
  const page = document.querySelector("[data-kb='trainings']");
  const panel = page.querySelector("[data-kb='panel']");
  const line = page.querySelector("[role='status']");
  const cards = Array.from(page.querySelectorAll("article[data-training]"), element => (
    { id: element.dataset.training, element }
  ));

  const list = cards[0].element.parentElement;
  const texts = cards.map(({ element }) => ["h3", ".kb-entry__text"].map(part => (element.querySelector(part) || { textContent: "" }).textContent).join(" "));

  const form = facetForm.open(page, cards, { onChange: update, type: "training" });

  // Of a text the best first; a card that does not show the word says where it stands.
  function showFound(found) {
    const first = found ? found.ranked : [];
    const order = Array.from(new Set([...first, ...cards.keys()]), position => cards[position].element);
    if (order.some((element, place) => element !== list.children[place])) list.append(...order);
    for (const position of cards.keys()) {
      const note = cards[position].element.querySelector("[data-kb='inside']");
      note.hidden = !first.includes(position) || found.rangesIn(texts[position]).length > 0;
      const hit = note.hidden ? null : found.hits.find(one => one.document.id === cards[position].id);
      const words = hit ? hit.why().words.join(", ") : "";
      note.hidden = !words;
      note.textContent = words ? fill(line.dataset.inside, { word: words }) : "";
    }
  }

  function update() {
    const { bits, count } = form.result();
    showFound(form.answer());
    cards.forEach((card, position) => { card.element.hidden = !form.has(bits, position); });
    const isFiltered = Object.values(form.state.chosen).some(terms => terms.size);
    const found = form.answer();
    const isNear = found && count > 0 && !found.answer.filtered && !found.hits.some(hit => hit.about); // none is about it
    const none = isFiltered ? "none" : "noneWords"; // without a filter there is none to take away
    const text = line.dataset[count === 0 ? none : isNear ? "near" : count === cards.length ? "all" : "some"];
    const isOrdered = found && count > 1;
    const word = isNear ? found.answer.subject : form.state.q;
    line.textContent = fill(text, { n: count, total: cards.length, word }) + (isOrdered ? line.dataset.order : "");
    line.dataset.count = String(count);
  }

  // On a wide screen the filters stand beside the list, always open.
  const wide = window.matchMedia("(min-width: 60em)");
  const showPanel = () => { panel.open = wide.matches; };
  wide.addEventListener("change", showPanel);
  showPanel();
  form.start();
});
