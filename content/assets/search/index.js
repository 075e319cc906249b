/* The index of the search: which word stands where. Pure: no DOM.

   Gives build(data) -> index   data: what search-data.js gives (views/search.py says its form)
         postingsOf(index, term)    [{position, worth, seen, told}]: the documents with that word, what their fields make it
                                    worth, and whether a reader sees it there: a synonym of a term and a search word of a
                                    record stand on no page; `told` where more than a synonym of a term has it
         termWith(index, position, term)   the label of the term of a document that has that word among its names, or null
         stands(index, term)        whether that word itself stands anywhere
         isFitting(document, amount)   whether it has that much; null where its source does not say
         startingWith(index, start) words of the index, in order, a limited number
         withStem(index, form), withRoot(index, form)   words of the index with that stem or root, in order
         isKnown(index, term)       whether the word or a form of it stands anywhere
         isNamed(index, term)       the same, in more than page texts
         FIELD                      what a word is worth by where it stands */
"use strict";

Kennisbank.define("search/index", ["search/dutch", "vendor/minisearch-nl"], ({ dutch, minisearchNl: vendor }) => {
  const { fold, terms, stem, root, isIrregular, isStop } = dutch;

  // What a word is worth by where it stands. Names first, page text last; terms are the labels and synonyms of
  // the closed lists, which dozens of documents share; again is a second term of the document with the same word. What
  // only a note on a source says, such as that it has an English summary, is hardly about the thing itself.
  const FIELD = { title: 8, aliases: 7.5, keywords: 6, tagline: 5, terms: 3.5, again: 3.5, text: 1.5, notes: 0.3 };
  const FIELDS = Object.keys(FIELD);
  const BIT = Object.fromEntries(FIELDS.map((field, place) => [field, 1 << place]));
  const SEEN = 1 << FIELDS.length;
  const TOLD = SEEN | BIT.keywords;

  // More fields with the word count a little; the best field decides.
  const MORE_FIELDS = 0.2;
  const WORTH = Array.from({ length: 1 << FIELDS.length }, (_, mask) => {
    const worths = FIELDS.filter(field => mask & BIT[field]).map(field => FIELD[field]);
    const best = Math.max(0, ...worths);
    return best + MORE_FIELDS * (worths.reduce((sum, worth) => sum + worth, 0) - best);
  });

  const MOST_FOUND = 60; // words that begin alike

  const ACCENT = /[\u0080-\uffff]/;
  const ACCENTED = /\p{L}*[\u00df-\u024f]\p{L}*/gu;

  /** @param {SearchData} data */
  function build(data) {
    const documents = data.documents;
    const named = new Map();   // word in more than page texts -> [position of the document, bits of the fields, …]
    const written = new Map(); // words with accents, as they are written
    // One document after another, so that what is known of this one stands last. A list and no Map for each of thousands
    // of words: those were a fifth of the time.
    const bitsAt = (term, position) => {
      const places = named.get(term);
      return places && places[places.length - 2] === position ? places[places.length - 1] : 0;
    };
    const add = (term, position, bits) => {
      const places = named.get(term);
      if (!places) named.set(term, [position, bits]);
      else if (places[places.length - 2] === position) places[places.length - 1] |= bits;
      else places.push(position, bits);
    };
    const read = text => {
      if (ACCENT.test(text)) {
        for (const word of text.normalize("NFC").toLowerCase().match(ACCENTED) || []) written.set(fold(word), word);
      }
      return terms(text);
    };
    const termWords = (data.terms || []).map(words => Array.from(new Set(read(words.join(" · ")))));
    const labelWords = (data.terms || []).map(([label]) => new Set(terms(label)));
    const addTerms = ({ terms: own = [], unseen = [] }, position) => {
      for (const at of own) {
        const seen = unseen.includes(at) ? new Set() : labelWords[at];
        for (const term of termWords[at]) {
          add(term, position, (bitsAt(term, position) & BIT.terms ? BIT.again : BIT.terms) | (seen.has(term) ? SEEN : 0));
        }
      }
    };
    const shown = { title: BIT.title | SEEN, aliases: BIT.aliases | SEEN, keywords: BIT.keywords, headings: BIT.keywords | SEEN, tagline: BIT.tagline | SEEN };
    documents.forEach((document, position) => {
      for (const [field, bits] of Object.entries(shown)) {
        for (const term of read([].concat(document[field] || []).join(" · "))) add(term, position, bits);
      }
      addTerms(document, position);
    });
    const texts = gatherTexts(data, written);
    const places = Object.entries(data.places || {}).flatMap(placeSpellings);
    const words = Array.from(new Set([...named.keys(), ...texts.keys()])).sort();

    return {
      documents,
      states: data.states || [],
      asked: data.asked || [],
      // The terms by which some source lets in or keeps out.
      sided: new Set(documents.flatMap(({ closed = [], open = [] }) => closed.concat(open))),
      types: groupBy(documents.keys(), position => documents[position].type),
      institutions: new Map(documents.filter(({ type }) => type === "institution").map(({ id, title }) => [id, title])),
      // Each term by its names, to know which of them a query asks for; the first name is its label.
      groups: (data.terms || []).map(names => ({ label: names[0], names: names.map(terms).filter(parts => parts.length) })),
      written,
      named,
      texts,
      sorted: words,
      irregular: words.filter(isIrregular),
      stems: new Map(), // first letter -> stem -> words, of the letters that were asked for
      roots: new Map(),
      worths: new Map(),
      names: documents.map(document => once(() => namesOf(document).map(readName).filter(name => name.key))),
      // What only some questions ask waits for the first of them, so that the first answer does not.
      dictionary: once(() => makeDictionary(words)),
      // One text with a word per line: looking through it is faster than through a list.
      long: once(() => "\n" + words.filter(term => term.length >= 8).join("\n") + "\n"),
      titled: once(() => new Set(documents.flatMap(document => namesOf(document).flatMap(terms)))),
      squeezed: once(() => squeezedNames(documents)),
      synonyms: buildPhrases(symmetric(data.synonyms || {}), stem),
      places: buildPhrases(places, term => term),
      measures: readMeasures(data.measures || []),
      ...readFilters(data),
      wholes: buildPhrases((data.terms || []).flatMap(([label]) => (tellingOf(label).length > 1 ? [[label, tellingOf(label)]] : [])), stem),
      cares: (data.cares || []).map(({ first = [], names, text }) => ({ first, text, names: names.map(terms) })),
      apart: Object.entries(data.apart || {}).map(([word, others]) => readApart([word].concat(data.synonyms[word] || []), others)),
      placeParts: Array.from(new Set(places.flatMap(([name]) => terms(name)))).filter(part => part.length >= 5)
    };
  }

  const tellingOf = name => terms(name).filter(term => !isStop(term));

  function readFilters({ filters = [], sessions = "" }) {
    const namesBy = key => buildPhrases(filters.flatMap((filter, at) => (filter[key] || []).map(name => [name, at])), stem);
    return { filters, sessions, filterNames: namesBy("names"), filterMeant: namesBy("meant") };
  }

  function once(make) {
    let made;
    return () => made || (made = make());
  }

  // One document with all words: MiniSearch is the dictionary that knows which words look alike.
  function makeDictionary(words) {
    const made = new vendor.MiniSearch({ fields: ["words"], tokenize: text => text.split(" "), processTerm: term => term });
    made.add({ id: 0, words: words.join(" ") });
    return made;
  }

  // Word of the page texts -> where it stands, as the data writes it: most words are never asked for. Two words that
  // differ in an accent are one.
  function gatherTexts(data, written) {
    const texts = new Map();
    const foundIn = data.found_in ? data.found_in.split(" ") : [];
    (data.words ? data.words.split(" ") : []).forEach((word, at) => {
      const term = fold(word);
      if (term !== word) written.set(term, word);
      if (texts.has(term)) texts.get(term).push(foundIn[at]);
      else texts.set(term, [foundIn[at]]);
    });
    return texts;
  }

  // The positions of documents, as views/search.py writes them: the steps from one to the next.
  function readPositions(steps) {
    let position = 0;
    return !steps ? [] : steps.split(",").map(step => position += parseInt(step, 36));
  }

  // Zuid-Oost is written in three ways.
  function placeSpellings([word, ids]) {
    return Array.from(new Set([word.replace(/-/g, " "), word.replace(/-/g, "")]), spelling => [spelling, ids]);
  }

  // Word for a measure -> that measure, and how often it goes in it.
  function readMeasures(measures) {
    const all = new Map(measures.map(measure => [measure.id, measure]));
    return new Map(measures.flatMap(({ id, names, of = id, times = 1 }) => (
      names.flatMap(terms).map(term => [term, { measure: all.get(of), times }])
    )));
  }

  // How words begin that are asked for, and how those that look like them and mean something else.
  function readApart(words, others) {
    return { own: words.map(terms).filter(parts => parts.length === 1).map(([term]) => term), others };
  }

  function groupBy(items, key) {
    const groups = new Map();
    for (const item of items) {
      const name = key(item);
      if (groups.has(name)) groups.get(name).push(item);
      else groups.set(name, [item]);
    }
    return groups;
  }

  // What stands in brackets behind a name is left out by who says it.
  function namesOf({ aliases = [], title }) {
    const short = title.split(" (")[0];
    return (short === title ? [title] : [title, short]).concat(aliases);
  }

  function readName(name) {
    const parts = terms(name);
    return {
      // KIND is the name of an organisation, kind is a child.
      capitals: name.length > 1 && name === name.toUpperCase() && name !== name.toLowerCase(),
      key: parts.join(" "),
      squeezed: parts.join(""),
      padded: " " + parts.join(" ") + " ",
      size: parts.length,
      telling: parts.filter(part => !isStop(part))
    };
  }

  // Names of more words by how they look without spaces: lefhebben.
  function squeezedNames(documents) {
    const names = new Map();
    for (const document of documents) {
      for (const name of namesOf(document)) {
        const parts = terms(name);
        if (parts.length > 1) names.set(parts.join(""), parts);
      }
    }
    return names;
  }

  // A synonym works both ways: who looks for toneel finds theater, and the other way round. One of more words
  // works one way: "man zit vast" means thuisfront, but who looks for thuisfront is not served by pages with "man".
  function symmetric(synonyms) {
    const both = new Map();
    const add = (from, to) => {
      if (!both.has(from)) both.set(from, new Set());
      both.get(from).add(to);
    };
    for (const [word, others] of Object.entries(synonyms)) {
      for (const other of others) {
        add(other, word);
        if (terms(other).length === 1) add(word, other);
      }
    }
    return Array.from(both, ([word, others]) => [word, Array.from(others)]);
  }

  // Phrases by their first word, longest first, so that "kort gestraften" goes before "kort". The words are in the
  // form that form() makes of them, a letter at a time, as they are asked for: stems take time.
  function buildPhrases(entries, form) {
    const whole = entries.map(([phrase, values]) => ({ parts: terms(phrase), values })).filter(({ parts }) => parts.length);
    const waiting = groupBy(whole, ({ parts: [first] }) => (isIrregular(first) ? form(first) : first)[0]);
    const known = new Map();
    const formed = ({ parts, values }) => ({ parts: parts.map(form), values });
    return {
      get(first) {
        const [letter] = first;
        if (!known.has(letter)) {
          const longest = (waiting.get(letter) || []).map(formed).sort((a, b) => b.parts.length - a.parts.length);
          known.set(letter, groupBy(longest, ({ parts }) => parts[0]));
        }
        return known.get(letter).get(first);
      }
    };
  }

  // Where a word of the index stands, kept for the next query.
  function postingsOf(index, term) {
    let list = index.worths.get(term);
    if (!list) {
      const places = new Map();
      const named = index.named.get(term) || [];
      for (let at = 0; at < named.length; at += 2) places.set(named[at], named[at + 1]);
      for (const steps of index.texts.get(term) || []) {
        steps.split(";").forEach((own, at) => {
          for (const position of readPositions(own)) places.set(position, places.get(position) | (at ? BIT.notes : BIT.text) | SEEN);
        });
      }
      list = Array.from(places, ([position, bits]) => ({ position, worth: WORTH[bits & ~SEEN], seen: (bits & SEEN) > 0, told: (bits & TOLD) > 0 }));
      index.worths.set(term, list);
    }
    return list;
  }

  function termWith(index, position, term) {
    const { terms: all = [], unseen = [] } = index.documents[position];
    const at = all.find(one => !unseen.includes(one) && index.groups[one].names.some(parts => parts.includes(term)));
    return at === undefined ? null : index.groups[at].label;
  }

  /** Whether a document has that much: true, false, or null where its source does not say. */
  function isFitting({ amounts = {} }, { measure: { id, within }, n }) {
    if (!amounts[id]) return null;
    const [least, most] = amounts[id];
    return (most === null || (within ? most <= n : n <= most)) && (within || least === null || least <= n);
  }

  function startingWith(index, term) {
    return beginningWith(index, term, MOST_FOUND);
  }

  function beginningWith(index, term, most = Infinity) {
    const list = index.sorted;
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle] < term) low = middle + 1;
      else high = middle;
    }
    const found = [];
    while (low < list.length && list[low].startsWith(term) && found.length < most) found.push(list[low++]);
    return found;
  }

  // A rule changes the end of a word, so words with one stem begin alike, but for those that no rule reaches; for a root
  // ge may go too. Only such words are looked at: the stems of all take longer than the rest of the index.
  function withForm(index, known, form, make, others) {
    const [letter = ""] = form;
    if (!known.has(letter)) {
      const words = new Set([letter, ...others].flatMap(start => beginningWith(index, start)).concat(index.irregular));
      known.set(letter, groupBy(Array.from(words).filter(word => !isStop(word)).sort(), make));
    }
    return known.get(letter).get(form) || [];
  }

  const withStem = (index, form) => withForm(index, index.stems, form, stem, []);
  const withRoot = (index, form) => withForm(index, index.roots, form, root, ["ge"]);

  function stands(index, term) {
    return index.named.has(term) || index.texts.has(term);
  }

  function isKnown(index, term) {
    return stands(index, term) || withStem(index, stem(term)).length > 0;
  }

  // Whether a word or a form of it stands in more than page texts.
  function isNamed(index, term) {
    return index.named.has(term) || withStem(index, stem(term)).some(other => index.named.has(other));
  }

  return { build, postingsOf, termWith, isFitting, stands, startingWith, withStem, withRoot, isKnown, isNamed, FIELD };
});
