/* Runs in the page of the catalogue: the same choices through our filters, through ItemsJS and through the page.

   A step is one click on a box: chosen terms of every facet after it. All three get the same steps.
     prepare(count)          makes the steps, from a fixed seed; every sixth starts again with nothing chosen
     ours(), itemsjs()       -> {setUp, times, answers}: milliseconds; answers are compared with each other
     click(step)             -> [milliseconds, number found]: until list and counts are updated and laid out
   A reader cannot click as fast as this, and neither may a script: the browser stops listening to more than
   200 changes of the address in ten seconds. */
(function (scope) {
  "use strict";

  const LONGEST_CHOICE = 6;

  const line = document.querySelector("[role='status']");
  const more = document.querySelector("[data-action='more-cards']");
  const clear = document.querySelector("[data-action='clear']");
  const boxes = Array.from(document.querySelectorAll("[data-kb='filters'] input[type='checkbox']"));
  const names = Array.from(new Set(boxes.map(box => box.name)));
  const entries = Array.from(document.querySelectorAll("article[data-id]"), (element, id) => {
    const entry = { id };
    for (const name of names) entry[name] = (element.getAttribute("data-f-" + name) || "").split(" ").filter(Boolean);
    return entry;
  });
  let all = [];

  // Mulberry32, by Tommy Ettinger: small, public domain, the same everywhere.
  function makeChance(seed) {
    let state = seed;
    return () => {
      state = (state + 0x6d2b79f5) | 0;
      let value = Math.imul(state ^ (state >>> 15), state | 1);
      value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
      return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
    };
  }

  function steps(count) {
    const chance = makeChance(1);
    const made = [];
    let chosen = new Set();
    for (let number = 0; number < count; number++) {
      if (number % LONGEST_CHOICE === 0) chosen = new Set();
      chosen = new Set(chosen);
      let place = Math.floor(chance() * boxes.length);
      while (chosen.has(place)) place = Math.floor(chance() * boxes.length);
      chosen.add(place);
      made.push({ box: place, chosen });
    }
    return made;
  }

  function termsOf(chosen) {
    const terms = Object.fromEntries(names.map(name => [name, new Set()]));
    for (const place of chosen) terms[boxes[place].name].add(boxes[place].value);
    return terms;
  }

  function run(count, make, choose) {
    const start = performance.now();
    const engine = make();
    const setUp = performance.now() - start;
    const times = [];
    const answers = [];
    for (const step of all.slice(0, count)) {
      const terms = termsOf(step.chosen);
      const before = performance.now();
      const answer = choose(engine, terms);
      times.push(performance.now() - before);
      answers.push(answer());
    }
    return { setUp, times, answers };
  }

  function ours(count) {
    return run(count, () => scope.Kennisbank.modules.get("search/facets").build(entries, names), (engine, terms) => {
      const result = engine.choose(terms, null);
      return () => [result.count, ...boxes.map(box => result.counts[box.name].get(box.value) || 0)];
    });
  }

  function itemsjs(count) {
    const aggregations = Object.fromEntries(names.map(name => [name, { conjunction: false, size: boxes.length }]));
    return run(count, () => scope.itemsjs(entries, { aggregations }), (engine, terms) => {
      const filters = Object.fromEntries(names.map(name => [name, Array.from(terms[name])]));
      const result = engine.search({ per_page: 20, filters });
      return () => {
        const counts = {};
        for (const name of names) {
          counts[name] = new Map(result.data.aggregations[name].buckets.map(bucket => [bucket.key, bucket.doc_count]));
        }
        return [result.pagination.total, ...boxes.map(box => counts[box.name].get(box.value) || 0)];
      };
    });
  }

  // One click in the page, after clearing where the steps start again: [milliseconds, number found].
  function click(number) {
    const { box, chosen } = all[number];
    if (chosen.size === 1) clear.click();
    document.body.getBoundingClientRect();
    const start = performance.now();
    boxes[box].click();
    document.body.getBoundingClientRect(); // style and layout belong to it
    const spent = performance.now() - start;
    // The cards themselves where all that were found are in sight, else the number that the page tells.
    const sight = document.querySelectorAll("article[data-id]:not([hidden])").length;
    return [spent, more.hidden ? sight : Number(line.dataset.count)];
  }

  // Both engines run a few steps first, so that neither pays for being compiled.
  function prepare(count) {
    all = steps(count);
    ours(LONGEST_CHOICE);
    itemsjs(LONGEST_CHOICE);
  }

  scope.KennisbankBench = { prepare, ours, itemsjs, click };
})(window);
