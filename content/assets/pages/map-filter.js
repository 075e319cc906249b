/* The choice above the map: shows where one intervention is. State in the hash: #intervention=<id>.
   Gives nothing; started by [data-kb="map-filter"] (map.md.jinja). */
"use strict";

Kennisbank.define("pages/map-filter", ["core/selects", "core/words"], ({ selects, words: { fill } }) => {
  const form = document.querySelector("[data-kb='map-filter']");
  const select = form.querySelector("select");
  const count = form.querySelector("[data-kb='map-count']");
  const dots = Array.from(document.querySelectorAll(".kb-dot"));

  function isAt(dot, intervention) {
    return dot.dataset.offers.split(" ").includes(intervention);
  }

  function show({ intervention: chosen }) {
    const shown = dots.filter(dot => !chosen || isAt(dot, chosen));
    for (const dot of dots) dot.classList.toggle("kb-dot--off", !shown.includes(dot));
    const words = chosen ? count.dataset.some : count.dataset.all;
    const name = chosen ? select.selectedOptions[0].text : "";
    count.textContent = fill(words, { n: shown.length, total: dots.length, word: name });
  }

  selects.start(form, show);
});
