/* From a query to words of the index, each with a strength. Pure: no DOM.

   Gives read(index, text) -> {words, places, filters}
           words    of the query: {term, start, end, stem, stop, place, amount, found, akin, phrases, corrected}. `amount`
                    is of a number with its measure, {measure, n}; such a word stands for nothing else. `found` holds the
                    words of the index that stand for it with their strength, `akin` those that only mean the same, `phrases` [{parts, kind, own}] what has to
                    stand together, `own` where that is the word itself taken apart; corrected is the word that was meant, where the query has a typing error
           places   [{ids, word}] institutions that the query names
           filters  the places of what it chooses in the list of sessions; `filter` of a word is that which it names,
                    `joins` is set where it says for whom, and `inName` where it is only a part of a name
         formsOf(index, term)      Map of the word and its forms in the index to their strength
         KIND                      how strong each way of standing for a word is */
"use strict";

Kennisbank.define("search/expand", ["search/dutch", "search/index"], ({ dutch, index: indexes }) => {
  const { tokens, terms, stem, root, isNumber, isStop, numberOf } = dutch;
  const { isFitting, startingWith, stands, withStem, withRoot, postingsOf, isKnown, isNamed } = indexes;

  // How far a word of the index may be from the word that was typed.
  const KIND = { same: 1, stem: 0.97, compound: 0.9, synonym: 0.75, phrase: 0.9, root: 0.7, typing: 0.6, spelled: 0.8, nearest: 0.6, head: 0.55, tail: 0.6, inside: 0.4, part: 0.35, place: 0.6 };

  // The parts of a compound when the compound itself stands in a page text.
  const BESIDE_TEXT = 1 / 3;

  const MOST_COMPOUNDS = 60;
  const FEW = 5;
  const LONG_NAME = 8; // letters from which a name with a typing error is told from two words

  // The time grows with the square of the length of a word, and with their number. No word is longer, and no question
  // has more of them; what comes after is not looked at.
  const LONGEST_WORD = 60;
  const MOST_WORDS = 40;

  // Who writes "geen Nederlands" does not look for Nederlands.
  const DENIALS = new Set(["geen", "niet"].map(stem));

  // What may stand between the parts of a compound.
  const GLUES = ["", "s", "e", "en"];

  // ---------------------------------------------------------------- from a typed word to words of the index

  function put(found, term, kind) {
    if ((found.get(term) || 0) < kind) found.set(term, kind);
  }

  function putForms(index, found, term, kind) {
    const exact = kind === KIND.same ? KIND.stem : kind;
    if (stands(index, term)) put(found, term, kind);
    for (const other of withStem(index, stem(term))) put(found, other, exact);
  }

  function formsOf(index, term) {
    const found = new Map();
    putForms(index, found, term, KIND.same);
    return found;
  }

  // Compounds around a word: slachtoffer in slachtofferbewustzijn, gevoelens in schuldgevoelens.
  function putCompounds(index, found, term) {
    const short = stem(term);
    const core = short.length >= 4 && term.startsWith(short) ? short : term;
    if (core.length >= 4) putHeads(index, found, core);
    if (term.length < 4) return;
    let room = MOST_COMPOUNDS;
    const long = index.long();
    let line = 0; // end of the word that was looked at
    for (let spot = long.indexOf(core); spot >= 0 && room; spot = long.indexOf(core, line)) {
      const start = long.lastIndexOf("\n", spot) + 1;
      line = long.indexOf("\n", spot);
      const other = long.slice(start, line);
      const kind = kindInside(index, other, term, core);
      if (!kind) continue;
      put(found, other, kind);
      room--;
    }
  }

  function putHeads(index, found, core) {
    for (const other of startingWith(index, core)) {
      if (other.length - core.length < 3) continue;
      const sure = core.length >= 5 || isKnown(index, other.slice(core.length).replace(/^(?:s|en|e|n)(?=.{3})/, ""));
      put(found, other, sure ? KIND.head : KIND.inside * 0.5);
    }
  }

  // How strong a word stands for the term whose core it holds behind its first letters; 0 when it does not.
  function kindInside(index, other, term, core) {
    const at = other.lastIndexOf(core);
    if (at < 3) return 0;
    const head = other.slice(0, at);
    const isTail = other.length - at - core.length <= 3 && stem(other.slice(at)) === stem(term)
      && (term.length >= 6 || isKnown(index, head) || isKnown(index, head.replace(/(?:s|en|e|n)$/, "")));
    return isTail ? KIND.tail : core.length >= 6 ? KIND.inside : 0;
  }

  // slachtofferbewustzijn as slachtoffer + bewustzijn, also with forgotten spaces: huisvandebuurt.
  // Gives the parts, or null. Parts have four letters, or are stop words; after a stop word three will do.
  function splitWord(index, term, most = 5, least = 4) {
    for (let at = term.length - least; at >= 2; at--) {
      const part = findPart(index, term.slice(0, at));
      if (!part) continue;
      const parts = splitRest(index, term.slice(at), part, most);
      if (parts) return [part].concat(parts);
    }
    return null;
  }

  function findPart(index, head) {
    const forms = [head, head.replace(/(?:s|en|e|n)$/, "")];
    // Three letters with an ending are too little to go by: uitslagen is no form of uiten with lagen.
    const isPart = form => isStop(form) || (form.length >= 4 && (stands(index, form) || stem(form).length >= 4));
    return forms.find(form => isPart(form) && isKnown(index, form));
  }

  // What stands behind a part: one word, or more parts; null when it is neither.
  function splitRest(index, tail, part, most) {
    if (isKnown(index, tail) && !isStop(tail)) return [tail];
    return most > 2 ? splitWord(index, tail, most - 1, isStop(part) ? 3 : 4) : null;
  }

  // The nearest word of the index to a word nobody knows, or null. Short words get no second step.
  function correct(index, term, allowed = term.length >= 8 ? 2 : 1) {
    if (term.length < 4 || /\d/.test(term)) return null;
    const near = index.dictionary().search(term, { fuzzy: 2 }).flatMap(hit => Object.keys(hit.match));
    let best = null;
    for (const other of near) {
      const steps = stepsTo(term, other);
      if (steps > allowed) continue;
      // People rarely miss the first letter; a word that stands in more documents is likelier.
      const often = Math.min(0.3, Math.log10(postingsOf(index, other).length + 1) / 5);
      const cost = steps + (other[0] === term[0] ? 0 : 0.6) - often;
      if (cost <= allowed && (!best || cost < best.cost)) best = { term: other, cost };
    }
    return best && best.term;
  }

  // Typing steps between two words; less than one where they sound alike, and infinite where it cannot be meant.
  function stepsTo(term, other) {
    if (other.length < 4) return Infinity;
    let steps = dutch.distance(term, other, 2);
    if (dutch.sound(term) === dutch.sound(other)) steps = Math.min(steps, 0.7);
    return term.length === 4 && steps >= 1 && other.length !== term.length ? Infinity : steps;
  }

  // ---------------------------------------------------------------- reading a query

  // The place in the query after the last word of the phrase, or -1. Stop words that the phrase does not name may lie between.
  function phraseEnd(parts, query, from, form) {
    let at = from;
    for (let part = 0; part < parts.length; part++) {
      while (part > 0 && at < query.length && query[at][form] !== parts[part] && query[at].stop) at++;
      if (at >= query.length || query[at][form] !== parts[part]) return -1;
      at++;
    }
    return at;
  }

  // form: "stem" or "term", as the phrases were built.
  function findPhrases(phrases, query, form, use) {
    for (let from = 0; from < query.length; from++) {
      for (const phrase of phrases.get(query[from][form]) || []) {
        const end = phraseEnd(phrase.parts, query, from, form);
        if (end > 0) use(phrase, from, end);
      }
    }
  }

  function makeWord({ term: written, start, end }) {
    const term = written.slice(0, LONGEST_WORD);
    return { term, start, end, stem: stem(term), stop: isStop(term), found: new Map(), akin: new Map(), phrases: [], place: null, amount: null, filter: null, joins: false, inName: false };
  }

  function readWords(index, text) {
    const typed = tokens(text).slice(0, MOST_WORDS);
    const joined = typed.filter(token => token.joined);
    // "re-integratie": the parts when they are known, else the joined form
    const words = typed.filter(token => {
      if (token.joined) return isKnown(index, token.term);
      const whole = joined.find(other => other.start <= token.start && other.end >= token.end);
      return !(whole && isKnown(index, whole.term));
    }).map(makeWord);
    if (words.every(word => word.stop)) words.forEach(word => { word.stop = false; });
    return words;
  }

  function read(index, text) {
    const words = readWords(index, text);
    repairPlaces(index, words);
    const places = findPlaces(index, words);
    findAmounts(index, words);
    const filters = findFilters(index, words);
    findWholes(index, words);
    const last = words[words.length - 1];
    expandAll(index, words, last && last.end === text.normalize("NFC").length ? last : null);
    return { words, places, filters };
  }

  function addPlace(places, place) {
    if (!places.some(other => other.ids.join() === place.ids.join())) places.push(place);
  }

  function findPlaces(index, query) {
    const places = [];
    const take = (phrase, from, end) => {
      const words = query.slice(from, end);
      if (words.some(word => word.place)) return;
      const place = { ids: phrase.values, word: words.map(word => word.term).join(" ") };
      words.forEach(word => { word.place = place; word.stop = false; });
      addPlace(places, place);
    };
    findPhrases(index.places, query, "term", take);
    return places;
  }

  // "6 weken": the number says how much, and its measure is no subject. Where nothing has so little it may be: "1 gesprek".
  // So is one that tells more: "10 gesprekken".
  function findAmounts(index, query) {
    query.forEach((word, at) => {
      const unit = query[at + 1];
      const n = word.stop ? null : numberOf(word.term);
      const known = unit && index.measures.get(unit.term);
      if (n === null || !known) return;
      word.amount = { measure: known.measure, n: Math.floor(n * known.times) };
      const isTerm = index.groups.some(({ names }) => names.some(parts => parts.length === 1 && stem(parts[0]) === unit.stem));
      const tells = isTerm && unit.stem !== stem(known.measure.label);
      unit.stop = !tells && index.documents.some(document => isFitting(document, word.amount));
    });
  }

  // What the query chooses in the list of sessions, numbers first. The name of a term goes before who it is meant for.
  function findFilters(index, query) {
    const { filterMeant, filterNames, filters } = index;
    const chosen = new Set();
    for (const { amount } of query) {
      const at = amount ? filters.findIndex(({ high, low, measure }) => measure === amount.measure.id && low <= amount.n && amount.n <= high) : -1;
      if (at >= 0) chosen.add(at);
    }
    findPhrases(filterNames, query, "stem", ({ parts, values: at }, from, end) => {
      chosen.add(at);
      for (const word of query.slice(from, end)) {
        if (filters[at].joins) word.joins = true;
        else Object.assign(word, { filter: at, inName: word.inName || parts.length > 1 });
      }
    });
    const named = new Set(Array.from(chosen, at => filters[at].facet));
    findPhrases(filterMeant, query, "stem", ({ values: at }) => {
      if (!named.has(filters[at].facet)) chosen.add(at);
    });
    return Array.from(chosen);
  }

  // "huis van bewaring" asks for no other house: the words count together.
  function findWholes(index, query) {
    findPhrases(index.wholes, query, "stem", ({ values: parts }, from, end) => {
      for (const word of query.slice(from, end)) {
        if (word.stop || word.place || word.joins) continue;
        word.inName = true;
        word.phrases.push({ parts, kind: KIND.same, own: true });
      }
    });
  }

  // A place with a typing error, when the word means nothing else: Zwole, Vugth.
  function repairPlaces(index, query) {
    for (const word of query) {
      const { term } = word;
      if (word.stop || term.length < 5 || stands(index, term)) continue;
      const other = isKnown(index, term) ? word.stem : ""; // known by a form of it: then it may only be a form of the place
      const near = index.placeParts.find(part => part[0] === term[0] && dutch.distance(term, part, 1) <= 1
        && (!other || (part.length >= 6 && stem(part) === other)));
      if (near) Object.assign(word, { term: near, stem: stem(near), corrected: near });
    }
  }

  // Words written apart that belong together: "slachtoffer bewustzijn", "ik jij wij".
  function joinNeighbours(index, query) {
    for (let from = 0; from < query.length - 1; from++) {
      for (let size = 2; size <= 3 && from + size <= query.length; size++) {
        const span = query.slice(from, from + size);
        for (const glue of size === 2 ? GLUES : [""]) joinSpan(index, span, glue);
      }
    }
  }

  function joinSpan(index, span, glue) {
    const joined = span.map(word => word.term).join(glue);
    if (joined.length < 6 || !isKnown(index, joined)) return;
    if (!glue && span.some(word => !word.stop && !isKnown(index, word.term))) span.forEach(word => { word.joined = true; });
    if (span.every(word => word.stop)) {
      if (!index.titled().has(joined)) return; // "met een" is not meteen
      span[0].stop = false;
    }
    span.forEach(word => { if (!word.stop) putForms(index, word.found, joined, KIND.compound); });
  }

  // "cursus voor vaders" is a vadercursus: the later word in front, also without a word between them.
  function joinTurned(index, query) {
    const telling = query.filter(word => !word.stop && !word.place);
    for (let at = 0; at < telling.length - 1; at++) {
      const [last, first] = [telling[at], telling[at + 1]];
      for (const head of new Set([first.term, first.stem])) {
        for (const glue of GLUES) {
          const joined = head + glue + last.term;
          if (!isNamed(index, joined)) continue;
          putForms(index, first.found, joined, KIND.compound);
          putForms(index, last.found, joined, KIND.compound);
        }
      }
    }
  }

  // Fills `found` and `phrases` of every word; `typing` is the word that the reader may still be typing, or null.
  function expandAll(index, words, typing) {
    joinNeighbours(index, words);
    joinTurned(index, words);
    findPhrases(index.synonyms, words, "stem", (phrase, from, end) => {
      // Two words that mean one thing together say more than one word does.
      const kind = phrase.parts.length > 1 ? KIND.phrase : KIND.synonym;
      const denied = phrase.parts.length > 1 && phrase.parts.some(part => DENIALS.has(part));
      for (const word of words.slice(from, end)) {
        word.meant = true;
        word.denied = word.denied || denied;
        if (!word.stop && (!word.inName || phrase.parts.length > 1)) putSynonyms(index, word, phrase.values, kind);
      }
    });
    for (const word of words) {
      if (!word.stop && !word.denied && !word.amount && !word.inName) expandWord(index, word, word === typing);
      addAkin(word);
      keepApart(index, word);
    }
  }

  const longest = (starts, term) => starts.reduce((most, start) => (term.startsWith(start) ? Math.max(most, start.length) : most), 0);

  // Rules of language take words for one that people keep apart: guilt and debts, angry and a wood. Of two beginnings
  // that fit the longer one tells.
  function keepApart(index, { corrected, found, term: typed }) {
    const isOther = ({ others, own }, term) => longest(others, term) > longest(own, term);
    for (const pair of index.apart) {
      const term = corrected || typed;
      if (!longest(pair.own, term) || isOther(pair, term)) continue;
      for (const other of Array.from(found.keys())) if (isOther(pair, other)) found.delete(other);
    }
  }

  // A synonym that is itself no word of the pages (English, often) may look like forms of another: dad, daad.
  function putSynonym(index, found, term, kind) {
    if (stands(index, term)) return putForms(index, found, term, kind);
    for (const other of withStem(index, stem(term))) {
      if (other.startsWith(term.slice(0, 3))) put(found, other, kind);
    }
  }

  // What means one word is akin to it; what means a phrase of more is what was asked for.
  function putSynonyms(index, word, values, kind) {
    const found = kind === KIND.phrase ? word.found : word.akin;
    for (const value of values) {
      const parts = terms(value);
      const telling = parts.filter(part => !isStop(part));
      if (parts.length === 1) putSynonym(index, found, parts[0], kind);
      else if (telling.length) word.phrases.push({ parts: telling, kind, own: false });
    }
  }

  // What also is a form of the word itself is not only akin to it.
  function addAkin({ akin, found }) {
    for (const [term, kind] of akin) {
      if (found.has(term)) akin.delete(term);
      put(found, term, kind);
    }
  }

  function putRelated(index, found, term, kind) {
    const shared = root(term);
    if (shared.length < 3) return;
    for (const other of withRoot(index, shared)) put(found, other, kind);
  }

  function expandWord(index, word, typing) {
    const { term, found } = word;
    const exact = isKnown(index, term);
    putForms(index, found, term, KIND.same);
    if (isNumber(term)) return;
    putRelated(index, found, term, KIND.root);
    putCompounds(index, found, term);
    if (typing) putBegun(index, found, term, exact);
    if (word.place || isNamed(index, term)) return;
    putParts(index, word, exact);
    if (exact || word.meant) return;
    if (word.phrases.length) putNearName(index, word);
    else repair(index, word);
  }

  // gevangenezorg is no gevangene and zorg, but Gevangenenzorg with a letter less.
  function putNearName(index, { found, term }) {
    const better = term.length >= LONG_NAME ? correct(index, term, 1) : null;
    if (better && index.titled().has(better)) putForms(index, found, better, KIND.spelled);
  }

  // A word that the reader is still typing: what begins like it.
  function putBegun(index, found, term, exact) {
    const begun = startingWith(index, term);
    for (const other of begun) put(found, other, exact ? KIND.inside : KIND.typing);
    // Nearly one word: its other forms too.
    if (!exact && begun.length <= FEW) begun.forEach(other => putForms(index, found, other, KIND.typing));
  }

  function putParts(index, word, exact) {
    const parts = index.squeezed().get(word.term) || splitWord(index, word.term);
    if (!parts) return;
    const telling = parts.filter(part => !isStop(part));
    // A word that stands as a whole in a page text is worth more there than its parts elsewhere.
    const share = exact ? BESIDE_TEXT : 1;
    word.phrases.push({ parts: telling, kind: KIND.compound * share, own: true });
    for (const part of telling) putForms(index, word.found, part, KIND.part * share);
  }

  function repair(index, word) {
    const better = correct(index, word.term);
    if (!better) return;
    // Other words of the same root answer a word that is spelled right; one that only sounds right is an error.
    // Where both may be, the nearest word is added and nothing is said.
    if (!word.found.size || dutch.sound(better) === dutch.sound(word.term)) expandCorrected(index, word, better);
    else putForms(index, word.found, better, KIND.nearest);
  }

  function expandCorrected(index, word, better) {
    word.corrected = better;
    putForms(index, word.found, better, KIND.spelled);
    putRelated(index, word.found, better, KIND.root * KIND.spelled);
    findPhrases(index.synonyms, [{ stem: stem(better), stop: false }], "stem", phrase => {
      putSynonyms(index, word, phrase.values, KIND.synonym * KIND.spelled);
    });
  }

  return { read, formsOf, KIND };
});
