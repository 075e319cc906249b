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

  const form = facetForm.open(page, cards, { onChange: update, type: "training" });

  function update() {
    const { bits, count } = form.result();
    cards.forEach((card, position) => { card.element.hidden = !form.has(bits, position); });
    const isFiltered = Object.values(form.state.chosen).some(terms => terms.size);
    const none = isFiltered ? "none" : "noneWords"; // without a filter there is none to take away
    const text = line.dataset[count === 0 ? none : count === cards.length ? "all" : "some"];
    line.textContent = fill(text, { n: count, total: cards.length, word: form.state.q });
    line.dataset.count = String(count);
  }

  // On a wide screen the filters stand beside the list, always open.
  const wide = window.matchMedia("(min-width: 60em)");
  const showPanel = () => { panel.open = wide.matches; };
  wide.addEventListener("change", showPanel);
  showPanel();
  form.start();
});
