/* The form that narrows a list by text and by facets: filters, address, search and counts. The catalogue and the table
   share it and show their own cards and rows.

   State is the hash: #q=<text>&<facet>=<term>,<term>. Unknown names and terms are ignored; a facet change is a step in
   the history, typing is not (contract.md, "Catalogue state").

   While the search is on its way, a text has its first answer from the names of the entries (search/letters).

   Gives open(page, entries, {onChange, read, write, type}) -> form
           page       holds a <form> with input[name='q'] and [data-facet] sections, a [role='status'] line,
                      [data-action='clear'], and the advice for who asks for some things
           entries    [{id, element}]; the element says its terms in data-f-<facet>
           onChange(isNew)   called when what fits may have changed; isNew: by a choice of the reader, so that the list
                             begins at its top again
           type       what the search looks for, "intervention" when left out
           read(parts), write()   more state of the page in the same address, as address.read and address.write give it
         form
           start()            shows what the address says, once the page is ready for it
           result()           {bits, count, counts} of what fits now, see search/facets; shown in the form as well
           state              {q, chosen: {facet: Set(term)}}
           answer()           what the search found for the text: {answer, bits, hits, ranked, rangesIn}, or null; `hits`
                              are those of the page
           isLoading(), isBroken()   whether the search is on its way, or could not be read
           looser()           [{count, word, use}] what to leave out to find something again, best first
           unsaid(now)        [{count, word, use}] what may fit beside the `now` that do, because its source does not say which it is
           labelOf(facet, term), has(bits, position)
           setText(text), setTerms(facet, terms), clear(), save(how)   as if the reader did it */
"use strict";

Kennisbank.define("pages/facet-form", ["core/address", "core/dom", "core/words", "search/facets", "search/letters"], needs => {
  const { address, dom, facets, letters, words: { say } } = needs;
  const NAME = ":is(h3, th)"; // of an entry
  const TYPING_PAUSE = 300;  // milliseconds before typed text goes into the address

  // ---------------------------------------------------------------- the page as data

  function readBox(input) {
    const row = input.closest("label");
    return { input, row, label: row.querySelector("span").textContent, count: row.querySelector(".kb-count").firstChild, shown: null };
  }

  function readSection(element) {
    const inputs = Array.from(element.querySelectorAll("input"));
    return {
      name: element.dataset.facet,
      element,
      match: element.dataset.match,
      number: element.querySelector("[data-kb='facet-count']"),
      boxes: new Map(inputs.map(input => [input.value, readBox(input)]))
    };
  }

  // Chosen terms stand in the order of the form, and only those that it has.
  function inOrder(boxes, terms) {
    return new Set(Array.from(boxes.keys()).filter(term => terms.has(term)));
  }

  function termsOf(element, names) {
    return Object.fromEntries(names.map(name => [name, (element.getAttribute("data-f-" + name) || "").split(" ").filter(Boolean)]));
  }

  function showNumber(element, number) {
    dom.tell(element, number ? say("filters-chosen", { n: number }) : "");
  }

  // Only what differs is touched: a list of filters is long, and most counts stay.
  function showCounts(section, counts) {
    for (const [term, box] of section.boxes) {
      const count = counts.get(term) || 0;
      if (count === box.shown) continue;
      if ((count === 0) !== (box.shown === 0)) box.row.classList.toggle("kb-term--none", count === 0);
      box.count.data = String(count);
      box.shown = count;
    }
  }

  // ---------------------------------------------------------------- one form

  function open(page, entries, { onChange, read = parts => parts, write = () => ({}), type = "intervention" }) {
    const form = page.querySelector("form");
    const field = form.elements.q;
    const past = page.querySelector("[data-action='past']");
    const clearButton = page.querySelector("[data-action='clear']");
    const care = page.querySelector("[data-kb='search-care']");
    const chosenCount = page.querySelector("[data-kb='chosen-count']");
    const sections = Array.from(form.querySelectorAll("[data-facet]"), readSection);
    const names = sections.map(section => section.name);
    const isWithin = sections.filter(section => section.match === "within").map(section => section.name);
    const index = facets.build(entries.map(entry => termsOf(entry.element, names)), names, isWithin);
    const positions = new Map(entries.map((entry, position) => [entry.id, position]));

    let state = emptyState();
    let found = null;   // answer of the search to state.q
    let first = null;   // bits of the entries whose name begins so, until there is a search to ask; null: none
    let nameTexts = null;
    let loaded = null;  // the search; null: not here yet, false: could not be read
    let isAsked = false;
    let typing = 0;     // timer of the text that is not yet in the address

    function emptyState() {
      return { q: "", chosen: Object.fromEntries(names.map(name => [name, new Set()])) };
    }

    // -------------------------------------------------------------- address

    function readAddress() {
      const parts = address.read();
      const own = emptyState();
      own.q = (parts.get("q") || []).join(",").trim();
      for (const { boxes, name } of sections) {
        own.chosen[name] = inOrder(boxes, new Set(parts.get(name)));
      }
      read(parts);
      return own;
    }

    function partsOf({ chosen, q }) {
      const parts = { q: q ? [q] : [] };
      for (const name of names) parts[name] = Array.from(chosen[name]);
      return Object.assign(parts, write());
    }

    function save(how) {
      clearTimeout(typing);
      typing = 0;
      address.write(partsOf(state), how);
    }

    function takeAddress() {
      const before = address.of(partsOf(state));
      const own = readAddress();
      if (address.of(partsOf(own)) === before) return;
      clearTimeout(typing);
      typing = 0;
      const isNewText = own.q !== state.q;
      state = own;
      if (isNewText) ask();
      show(true);
    }

    // -------------------------------------------------------------- search

    function ask() {
      found = first = null;
      if (!state.q) return;
      if (loaded === null) {
        first = findFirst();
        return load();
      }
      if (!loaded) return;
      const { engine } = loaded;
      const answer = engine.query(state.q);
      if (answer.empty) return;
      const hits = answer.hitsOf(type).filter(hit => positions.has(hit.document.id));
      const ranked = hits.map(hit => positions.get(hit.document.id));
      found = { answer, bits: bitsOf(ranked), hits, ranked, rangesIn: text => (hits.length ? engine.ranges(text, hits[0].matches) : []) };
    }

    function bitsOf(numbers) {
      const bits = new Uint32Array((entries.length + 31) >>> 5);
      for (const position of numbers) facets.add(bits, position);
      return bits;
    }

    // A name that nothing begins with may still be found, so that is no answer.
    function findFirst() {
      nameTexts = nameTexts || entries.map(({ element }) => element.querySelector(NAME).textContent);
      const starting = letters.starting(nameTexts, state.q);
      return starting.length ? bitsOf(starting) : null;
    }

    function load() {
      if (isAsked) return; // each letter asks, and one answer will do
      isAsked = true;
      Kennisbank.ask(["search/engine"], got => {
        loaded = got || false;
        ask();
        show(false);
      });
    }

    // -------------------------------------------------------------- showing

    // Boxes and field follow the state; a field in use is left alone while it says the same.
    function show(isNew) {
      if (field.value.trim() !== state.q) field.value = state.q;
      for (const { boxes, name } of sections) {
        for (const [term, { input }] of boxes) {
          const wanted = state.chosen[name].has(term);
          if (input.checked !== wanted) input.checked = wanted;
        }
      }
      onChange(isNew);
    }

    function showCares() {
      const cares = found ? found.answer.cares : [];
      care.lastElementChild.textContent = cares.join(" ");
      care.hidden = !cares.length;
    }

    function result() {
      showCares();
      const fits = index.choose(state.chosen, found ? found.bits : first);
      let number = 0;
      for (const section of sections) {
        const { size } = state.chosen[section.name];
        number += size;
        showNumber(section.number, size);
        showCounts(section, fits.counts[section.name]);
      }
      showNumber(chosenCount, number);
      clearButton.hidden = !number && !state.q;
      return fits;
    }

    function labelOf(name, term) {
      return sections.find(section => section.name === name).boxes.get(term).label;
    }

    function looser() {
      const choices = [];
      if (found && names.some(name => state.chosen[name].size)) {
        const { count } = index.choose(state.chosen, null);
        choices.push({ count, word: state.q, use: () => setText("") });
      }
      for (const name of names.filter(one => state.chosen[one].size)) {
        const without = Object.assign({}, state.chosen, { [name]: new Set() });
        const { count } = index.choose(without, found && found.bits);
        const word = Array.from(state.chosen[name], term => labelOf(name, term)).join(", ");
        choices.push({ count, word, use: () => setTerms(name, new Set()) });
      }
      return choices.filter(choice => choice.count).sort((a, b) => b.count - a.count);
    }

    function unsaid(now) {
      return sections.flatMap(({ boxes, name }) => {
        const terms = new Set(Array.from(state.chosen[name], term => boxes.get(term).input.dataset.unsaid).filter(term => boxes.has(term)));
        return Array.from(terms).filter(term => !state.chosen[name].has(term)).map(term => {
          const more = new Set(state.chosen[name]).add(term);
          const { count } = index.choose(Object.assign({}, state.chosen, { [name]: more }), found && found.bits);
          return { count: count - now, word: labelOf(name, term), use: () => setTerms(name, more) };
        });
      }).filter(choice => choice.count);
    }

    // -------------------------------------------------------------- changes

    // Text that is still being typed stays in the step before this one.
    function change(next) {
      if (typing) save("replaceState");
      const isNewText = next.q !== state.q;
      state = next;
      save("pushState");
      if (isNewText) ask();
      show(true);
    }

    function setTerms(name, terms) {
      const { boxes } = sections.find(section => section.name === name);
      change({ q: state.q, chosen: Object.assign({}, state.chosen, { [name]: inOrder(boxes, terms) }) });
    }

    function setText(text) {
      change({ q: text.trim(), chosen: state.chosen });
      field.focus();
    }

    function clear() {
      change(emptyState());
      field.focus(); // the button is gone
    }

    function takeBox({ target: { checked, name, type, value } }) {
      if (type !== "checkbox") return;
      const terms = new Set(state.chosen[name]);
      if (checked) terms.add(value);
      else terms.delete(value);
      setTerms(name, terms);
    }

    function takeText() {
      state.q = field.value.trim();
      ask();
      onChange(true);
      clearTimeout(typing);
      typing = setTimeout(() => save("replaceState"), TYPING_PAUSE);
    }

    function unfold(event) {
      const button = event.target.closest("[data-action='more']");
      if (!button) return;
      const isOpen = button.getAttribute("aria-expanded") !== "true";
      button.setAttribute("aria-expanded", String(isOpen));
      button.closest("[data-facet]").classList.toggle("kb-facet--all", isOpen);
    }

    function start() {
      state = readAddress();
      // A facet with a choice is open; a chosen term beyond the first eight is in sight.
      for (const { element, name } of sections) if (state.chosen[name].size) element.open = true;
      ask();
      show(true);
      field.addEventListener("focus", load);
      field.addEventListener("pointerenter", load); // a little before the click
      field.addEventListener("input", takeText);
      // Not by the address, because that is where the state is.
      past.addEventListener("click", event => {
        event.preventDefault();
        document.getElementById(past.hash.slice(1)).focus();
      });
      form.addEventListener("change", takeBox);
      form.addEventListener("click", unfold);
      form.addEventListener("submit", event => {
        event.preventDefault();
        save("replaceState");
      });
      clearButton.addEventListener("click", clear);
      address.onChange(takeAddress);
      window.addEventListener("pagehide", () => { if (typing) save("replaceState"); });
      if (document.activeElement === field) load(); // the reader was faster than this script
    }

    return {
      get state() { return state; },
      answer: () => found,
      isLoading: () => state.q !== "" && loaded === null,
      isBroken: () => state.q !== "" && loaded === false,
      has: facets.has,
      start, result, looser, unsaid, labelOf, setText, setTerms, clear, save
    };
  }

  return { open };
});
