/* The one search of the site: header, home page and catalogue ask the same questions here.
   Pure: no DOM, so that `make bench` can run it in node. Needs vendor/minisearch-nl.js and search-dutch.js.

   Kennisbank.search
     use(data)                 takes KENNISBANK_SEARCH and builds the index
     ready()                   true after use()
     query(text, {type}?)      -> {hits, suggestion, places, empty}
     ranges(text, matches)     -> [[start, end]] of the matched words in a text, to mark them

   hits        [{document, score, matches}], best first; `matches` holds the folded words that answered the query
   suggestion  the query with its typing errors repaired, or null
   places      [{id, word}] institutions named in the query; with other words beside them they filter the interventions
   elsewhere   true when nothing was found in those places and the hits are from everywhere
   empty       true when the query holds no word to search for

   How an answer is ranked. Every word of the query becomes a set of words of the index, each with a
   strength (KIND). MiniSearch says in which fields of which documents they stand (FIELD). A document
   gets, per word of the query, its best field times its best kind, times the rarity of the word; then
   it is held against how much of the query it answers. */
(function (scope) {
  "use strict";

  const dutch = scope.Kennisbank.dutch;
  const { fold, tokens, terms, stem, root, isStop } = dutch;

  // What a word is worth by where it stands. Names first, page text last; terms are the labels and synonyms of
  // the closed lists, which dozens of documents share; again is a second term of the document with the same word.
  const FIELD = { title: 8, aliases: 7.5, keywords: 6, tagline: 5, terms: 3.5, again: 3.5, text: 1.5 };
  const FIELDS = Object.keys(FIELD);
  const BIT = Object.fromEntries(FIELDS.map((field, place) => [field, 1 << place]));

  // More fields with the word count a little; the best field decides.
  const MORE_FIELDS = 0.2;
  const WORTH = Array.from({ length: 1 << FIELDS.length }, (_, mask) => {
    const worths = FIELDS.filter(field => mask & BIT[field]).map(field => FIELD[field]);
    const best = Math.max(0, ...worths);
    return best + MORE_FIELDS * (worths.reduce((sum, worth) => sum + worth, 0) - best);
  });

  // How far a word of the index may be from the word that was typed.
  const KIND = { same: 1, stem: 0.97, compound: 0.9, synonym: 0.75, phrase: 0.9, root: 0.7, typing: 0.6, spelled: 0.8, nearest: 0.6, head: 0.55, tail: 0.6, inside: 0.4, part: 0.35, place: 0.6 };

  // What a score gains by a name: the query is the name, holds it, is one word with it, begins it, shares words with it.
  const NAME = { whole: 3, inside: 1.2, word: 0.8, start: 0.5, shared: 0.3 };

  // Who does not ask for a thing by its name asks for something to do first; then for who does it, and for words.
  const TYPE = { category: 0.9, organisation: 0.85, glossary: 0.95 };

  // A document covers a word of the query wholly from this worth on, and never less than this share of it.
  const COVERED = { from: 6, least: 0.25 };

  // A word that stands only in page texts says how somebody wrote, not what it is about.
  const TEXT_ONLY = 0.6;

  // The parts of a compound when the compound itself stands in a page text.
  const BESIDE_TEXT = 1 / 3;

  // From this strength on a word counts as an answer when we ask how rare it is.
  const STRONG = 0.55;

  // A hit answers at least this share of what the best hit answers, and of its score. Tuned in tests/search.
  const LEAST_COVERAGE = 0.3;
  const LEAST_SCORE = 0.1;

  // With a place in the query an intervention is asked for, or the institution itself; the rest comes after.
  const BESIDE_PLACE = 0.4;
  const ITSELF = 1.5;
  // A source names the place, beside "in principle everywhere".
  const STATED_THERE = 1.15;

  // A query of which less than this share is known to the index is nonsense: of its words, and of their weight.
  const LEAST_KNOWN = 0.3;

  const MOST_EXPANDED = 60;
  const FEW = 5;

  // What may stand between the parts of a compound.
  const GLUES = ["", "s", "e", "en"];

  const ACCENTED = /\p{L}*[\u00df-\u024f]\p{L}*/gu;

  let index = null;

  // ---------------------------------------------------------------- building

  function buildIndex(data) {
    const documents = data.documents;
    const postings = new Map(); // word -> Map(position of the document -> bits of the fields)
    const written = new Map();  // words with accents, as they are written
    const add = (term, position, bits) => {
      let places = postings.get(term);
      if (!places) postings.set(term, places = new Map());
      places.set(position, places.get(position) | bits);
    };
    const isAt = (term, position, bit) => postings.has(term) && (postings.get(term).get(position) & bit) > 0;
    const read = text => {
      for (const word of text.normalize("NFC").toLowerCase().match(ACCENTED) || []) written.set(fold(word), word);
      return terms(text);
    };
    const termWords = (data.terms || []).map(words => Array.from(new Set(read(words.join(" · ")))));
    documents.forEach((document, position) => {
      for (const field of ["title", "aliases", "keywords", "tagline"]) {
        for (const term of read([].concat(document[field] || []).join(" · "))) add(term, position, BIT[field]);
      }
      for (const words of (document.terms || []).map(term => termWords[term])) {
        for (const term of words) add(term, position, isAt(term, position, BIT.terms) ? BIT.again : BIT.terms);
      }
    });
    const named = new Set(postings.keys()); // words that stand in more than page texts
    readTexts(data, (word, position) => {
      const term = fold(word);
      if (term !== word) written.set(term, word);
      add(term, position, BIT.text);
    });
    const places = Object.entries(data.places || {}).flatMap(placeSpellings);
    const words = Array.from(postings.keys()).sort();
    const telling = words.filter(word => !isStop(word));
    // One document with all words: MiniSearch is the dictionary that knows which words look alike.
    const dictionary = new scope.KennisbankVendor.MiniSearch({ fields: ["words"], tokenize: text => text.split(" "), processTerm: term => term });
    dictionary.add({ id: 0, words: words.join(" ") });

    return {
      documents,
      dictionary,
      postings,
      written,
      named,
      sorted: words,
      // One text with a word per line: looking through it is faster than through a list.
      long: "\n" + words.filter(term => term.length >= 8).join("\n") + "\n",
      byStem: groupBy(telling, stem),
      byRoot: groupBy(telling, root),
      worths: new Map(),
      names: documents.map(document => [document.title].concat(document.aliases || []).map(readName).filter(name => name.key)),
      squeezed: squeezedNames(documents),
      synonyms: buildPhrases(symmetric(data.synonyms || {}), stem),
      places: buildPhrases(places, term => term),
      placeParts: Array.from(new Set(places.flatMap(([name]) => terms(name)))).filter(part => part.length >= 5)
    };
  }

  /** Calls use(word, position) for every word of the page texts; see views/search.py for the form. */
  function readTexts(data, use) {
    const words = data.words ? data.words.split(" ") : [];
    const foundIn = data.found_in ? data.found_in.split(" ") : [];
    words.forEach((word, at) => {
      let position = 0;
      for (const step of foundIn[at].split(",")) {
        position += parseInt(step, 36);
        use(word, position);
      }
    });
  }

  // Zuid-Oost is written in three ways.
  function placeSpellings([word, ids]) {
    return Array.from(new Set([word.replace(/-/g, " "), word.replace(/-/g, "")]), spelling => [spelling, ids]);
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

  function readName(name) {
    const parts = terms(name);
    return {
      key: parts.join(" "),
      squeezed: parts.join(""),
      padded: " " + parts.join(" ") + " ",
      size: parts.length,
      stems: parts.filter(part => !isStop(part)).map(stem)
    };
  }

  // Names of more words by how they look without spaces: lefhebben.
  function squeezedNames(documents) {
    const names = new Map();
    for (const document of documents) {
      for (const name of [document.title].concat(document.aliases || [])) {
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
  // form that form() makes of them.
  function buildPhrases(entries, form) {
    const phrases = new Map();
    for (const [phrase, values] of entries) {
      const parts = terms(phrase).map(form);
      if (!parts.length) continue;
      const list = phrases.get(parts[0]) || [];
      list.push({ parts, values });
      phrases.set(parts[0], list);
    }
    for (const list of phrases.values()) list.sort((a, b) => b.parts.length - a.parts.length);
    return phrases;
  }

  // Where a word of the index stands: [{position, worth of its fields}], kept for the next query.
  function postingsOf(term) {
    let list = index.worths.get(term);
    if (!list) {
      list = Array.from(index.postings.get(term) || [], ([position, bits]) => ({ position, worth: WORTH[bits] }));
      index.worths.set(term, list);
    }
    return list;
  }

  // ---------------------------------------------------------------- from a typed word to words of the index

  function put(found, term, kind) {
    if ((found.get(term) || 0) < kind) found.set(term, kind);
  }

  function putForms(found, term, kind) {
    const exact = kind === KIND.same ? KIND.stem : kind;
    if (index.postings.has(term)) put(found, term, kind);
    for (const other of index.byStem.get(stem(term)) || []) put(found, other, exact);
  }

  function startingWith(term) {
    const list = index.sorted;
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle] < term) low = middle + 1;
      else high = middle;
    }
    const found = [];
    while (low < list.length && list[low].startsWith(term) && found.length < MOST_EXPANDED) found.push(list[low++]);
    return found;
  }

  function isKnown(term) {
    return index.postings.has(term) || index.byStem.has(stem(term));
  }

  // Whether a word or a form of it stands in more than page texts.
  function isNamed(term) {
    return index.named.has(term) || (index.byStem.get(stem(term)) || []).some(other => index.named.has(other));
  }

  // Compounds around a word: slachtoffer in slachtofferbewustzijn, gevoelens in schuldgevoelens.
  function putCompounds(found, term) {
    const short = stem(term);
    const core = short.length >= 4 && term.startsWith(short) ? short : term;
    if (core.length >= 4) {
      for (const other of startingWith(core)) {
        if (other.length - core.length >= 3) put(found, other, core.length >= 5 || isKnown(other.slice(core.length).replace(/^(?:s|en|e|n)(?=.{3})/, "")) ? KIND.head : KIND.inside * 0.5);
      }
    }
    if (term.length < 4) return;
    let room = MOST_EXPANDED;
    let line = 0; // end of the word that was looked at
    for (let spot = index.long.indexOf(core); spot >= 0 && room; spot = index.long.indexOf(core, line)) {
      const start = index.long.lastIndexOf("\n", spot) + 1;
      line = index.long.indexOf("\n", spot);
      const other = index.long.slice(start, line);
      const at = other.lastIndexOf(core);
      if (at < 3) continue;
      const rest = other.length - at - core.length;
      const head = other.slice(0, at);
      const whole = isKnown(head) || isKnown(head.replace(/(?:s|en|e|n)$/, ""));
      if (rest <= 3 && stem(other.slice(at)) === short && (whole || term.length >= 6)) {
        put(found, other, KIND.tail);
        room--;
      } else if (core.length >= 6) {
        put(found, other, KIND.inside);
        room--;
      }
    }
  }

  // slachtofferbewustzijn as slachtoffer + bewustzijn, also with forgotten spaces: huisvandebuurt.
  // Gives the parts, or null. Parts have four letters, or are stop words; after a stop word three will do.
  function splitWord(term, most = 5, least = 4) {
    for (let at = term.length - least; at >= 2; at--) {
      const head = term.slice(0, at);
      const tail = term.slice(at);
      const part = [head, head.replace(/(?:s|en|e|n)$/, "")].find(form => (form.length >= 4 || isStop(form)) && isKnown(form));
      if (!part) continue;
      if (isKnown(tail) && !isStop(tail)) return [part, tail];
      const rest = most > 2 ? splitWord(tail, most - 1, isStop(part) ? 3 : 4) : null;
      if (rest) return [part].concat(rest);
      if (isStop(part) && tail.length >= 3 && isKnown(tail) && !isStop(tail)) return [part, tail];
    }
    return null;
  }

  // The nearest word of the index to a word nobody knows, or null. Short words get no second step.
  function correct(term) {
    if (term.length < 4 || /\d/.test(term)) return null;
    const allowed = term.length >= 8 ? 2 : 1;
    const near = index.dictionary.search(term, { fuzzy: 2 }).flatMap(hit => Object.keys(hit.match));
    const heard = dutch.sound(term);
    let best = null;
    for (const other of near) {
      if (other.length < 4) continue;
      const count = index.postings.get(other).size;
      let steps = dutch.distance(term, other, 2);
      if (heard === dutch.sound(other)) steps = Math.min(steps, 0.7);
      if (steps > allowed) continue;
      if (term.length === 4 && steps >= 1 && other.length !== term.length) continue;
      // People rarely miss the first letter; a word that stands in more documents is likelier.
      const cost = steps + (other[0] === term[0] ? 0 : 0.6) - Math.min(0.3, Math.log10(count + 1) / 5);
      if (cost <= allowed && (!best || cost < best.cost)) best = { term: other, cost };
    }
    return best && best.term;
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

  function readQuery(text) {
    const typed = tokens(text);
    // "re-integratie": the parts when they are known, else the joined form
    const query = typed.filter((token, at) => {
      if (token.joined) return isKnown(token.term);
      const whole = typed.find(other => other.joined && other.start <= token.start && other.end >= token.end);
      return !(whole && isKnown(whole.term));
    }).map(token => ({
      term: token.term,
      start: token.start,
      end: token.end,
      stem: stem(token.term),
      stop: isStop(token.term),
      found: new Map(),
      phrases: [],
      place: null
    }));
    if (query.length && query.every(word => word.stop)) query.forEach(word => { word.stop = false; });
    return query;
  }

  function addPlace(places, place) {
    if (!places.some(other => other.ids.join() === place.ids.join())) places.push(place);
  }

  function findPlaces(query) {
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

  // A place with a typing error, when the word means nothing else: Zwole, Vugth.
  function repairPlaces(query) {
    for (const word of query) {
      const { term } = word;
      if (word.stop || term.length < 5 || index.postings.has(term)) continue;
      const other = isKnown(term) ? word.stem : ""; // known by a form of it: then it may only be a form of the place
      const near = index.placeParts.find(part => part[0] === term[0] && dutch.distance(term, part, 1) <= 1
        && (!other || (part.length >= 6 && stem(part) === other)));
      if (near) Object.assign(word, { term: near, stem: stem(near), corrected: near });
    }
  }

  // Words written apart that belong together: "slachtoffer bewustzijn", "ik jij wij".
  function joinNeighbours(query) {
    for (let from = 0; from < query.length - 1; from++) {
      for (let size = 2; size <= 3 && from + size <= query.length; size++) {
        const span = query.slice(from, from + size);
        for (const glue of size === 2 ? GLUES : [""]) {
          const joined = span.map(word => word.term).join(glue);
          if (joined.length < 6 || !isKnown(joined)) continue;
          if (!glue && span.some(word => !word.stop && !isKnown(word.term))) span.forEach(word => { word.joined = true; });
          const allStops = span.every(word => word.stop);
          if (allStops) span[0].stop = false;
          span.forEach(word => { if (!word.stop) putForms(word.found, joined, KIND.compound); });
        }
      }
    }
  }

  // "cursus voor vaders" is a vadercursus: the later word in front, also without a word between them.
  function joinTurned(query) {
    const telling = query.filter(word => !word.stop && !word.place);
    for (let at = 0; at < telling.length - 1; at++) {
      const [last, first] = [telling[at], telling[at + 1]];
      for (const head of new Set([first.term, first.stem])) {
        for (const glue of GLUES) {
          const joined = head + glue + last.term;
          if (!isNamed(joined)) continue;
          putForms(first.found, joined, KIND.compound);
          putForms(last.found, joined, KIND.compound);
        }
      }
    }
  }

  function placeTitle(place) {
    const titles = index.documents
      .filter(document => document.type === "institution" && place.ids.includes(document.id))
      .map(document => document.title);
    return titles.length ? titles.join(", ") : place.word;
  }

  function withoutPlaces(text, query) {
    let rest = text.normalize("NFC");
    for (const word of query.slice().reverse()) {
      if (word.place) rest = rest.slice(0, word.start) + rest.slice(word.end);
    }
    // "in" and "te" before a name that is gone have no meaning left
    const kept = tokens(rest).filter(token => !isStop(token.term));
    return kept.length ? kept.map(token => rest.slice(token.start, token.end)).join(" ") : "";
  }

  // Fills `found` (words of the index with their strength) and `phrases` of every word of the query.
  function expand(query, text) {
    const last = query[query.length - 1];
    const typing = last && last.end === text.normalize("NFC").length ? last : null;
    joinNeighbours(query);
    joinTurned(query);
    findPhrases(index.synonyms, query, "stem", (phrase, from, end) => {
      // Two words that mean one thing together say more than one word does.
      const kind = phrase.parts.length > 1 ? KIND.phrase : KIND.synonym;
      for (const word of query.slice(from, end)) {
        word.meant = true;
        if (!word.stop) putSynonyms(word, phrase.values, kind);
      }
    });
    for (const word of query) {
      if (!word.stop) expandWord(word, word === typing);
    }
  }

  // A synonym that is itself no word of the pages (English, often) may look like forms of another: dad, daad.
  function putSynonym(found, term, kind) {
    if (index.postings.has(term)) return putForms(found, term, kind);
    for (const other of index.byStem.get(stem(term)) || []) {
      if (other.startsWith(term.slice(0, 3))) put(found, other, kind);
    }
  }

  function putSynonyms(word, values, kind) {
    for (const value of values) {
      const parts = terms(value);
      const telling = parts.filter(part => !isStop(part));
      if (parts.length === 1) putSynonym(word.found, parts[0], kind);
      else if (telling.length) word.phrases.push({ parts: telling, kind });
    }
  }

  function putRelated(found, term, kind) {
    const shared = root(term);
    if (shared.length < 3) return;
    for (const other of index.byRoot.get(shared) || []) put(found, other, kind);
  }

  function expandWord(word, typing) {
    const { term, found } = word;
    const exact = isKnown(term);
    putForms(found, term, KIND.same);
    putRelated(found, term, KIND.root);
    putCompounds(found, term);
    if (typing) {
      const begun = startingWith(term);
      for (const other of begun) put(found, other, exact ? KIND.inside : KIND.typing);
      // Nearly one word: its other forms too.
      if (!exact && begun.length <= FEW) begun.forEach(other => putForms(found, other, KIND.typing));
    }
    if (word.place || isNamed(term)) return;
    const parts = index.squeezed.get(term) || splitWord(term);
    if (parts) {
      const telling = parts.filter(part => !isStop(part));
      // A word that stands as a whole in a page text is worth more there than its parts elsewhere.
      const share = exact ? BESIDE_TEXT : 1;
      word.phrases.push({ parts: telling, kind: KIND.compound * share });
      for (const part of telling) putForms(found, part, KIND.part * share);
    }
    if (exact || word.meant || word.phrases.length) return;
    const better = correct(term);
    if (!better) return;
    // Other words of the same root answer a word that is spelled right; one that only sounds right is an error.
    // Where both may be, the nearest word is added and nothing is said.
    if (!found.size || dutch.sound(better) === dutch.sound(term)) expandCorrected(word, better);
    else putForms(found, better, KIND.nearest);
  }

  function expandCorrected(word, better) {
    word.corrected = better;
    putForms(word.found, better, KIND.spelled);
    putRelated(word.found, better, KIND.root * KIND.spelled);
    findPhrases(index.synonyms, [{ stem: stem(better), stop: false }], "stem", phrase => {
      putSynonyms(word, phrase.values, KIND.synonym * KIND.spelled);
    });
  }

  // ---------------------------------------------------------------- answering

  // Best worth per document for one word of the query.
  function answersOf(word, size) {
    const best = new Float64Array(size);
    let strong = 0;
    const give = (position, worth, kind) => {
      const value = worth * kind;
      if (value > best[position]) best[position] = value;
    };
    const strongAt = new Uint8Array(size);
    for (const [term, kind] of word.found) {
      for (const posting of postingsOf(term)) {
        give(posting.position, posting.worth, kind);
        if (kind >= STRONG) strongAt[posting.position] = 1;
      }
    }
    for (const phrase of word.phrases) {
      let together = null;
      for (const part of phrase.parts) {
        const found = new Map();
        putForms(found, part, KIND.same);
        const here = new Map();
        for (const [term, kind] of found) {
          for (const posting of postingsOf(term)) {
            const value = posting.worth * kind;
            if (value > (here.get(posting.position) || 0)) here.set(posting.position, value);
          }
          word.found.set(term, word.found.get(term) || 0);
        }
        if (!together) {
          together = here;
        } else {
          const both = new Map();
          for (const [position, value] of together) {
            if (here.has(position)) both.set(position, Math.min(value, here.get(position)));
          }
          together = both;
        }
      }
      for (const [position, value] of together || []) {
        give(position, value, phrase.kind);
        strongAt[position] = 1;
      }
    }
    if (word.place) {
      index.documents.forEach((document, position) => {
        const here = document.type === "institution" && word.place.ids.includes(document.id)
          ? FIELD.title
          : isIn(document, word.place) ? FIELD.keywords * KIND.place : 0;
        if (here > best[position]) best[position] = here;
        if (here) strongAt[position] = 1;
      });
    }
    for (let position = 0; position < size; position++) {
      if (strongAt[position]) strong += Math.min(1, best[position] / FIELD.title);
    }
    return { best, strong };
  }

  function isIn(document, place) {
    return isStated(document, [place]) || (document.principle || []).some(id => place.ids.includes(id));
  }

  function isStated(document, places) {
    return (document.institutions || []).some(id => places.some(place => place.ids.includes(id)));
  }

  // A name that stands whole in the query, or begins with it, goes first. `asked` holds the words of the query as
  // one text, `telling` the stems of those that are no stop words.
  function nameBonus(names, asked, telling) {
    const squeezed = asked.replace(/ /g, "");
    let bonus = 0;
    for (const name of names) {
      if (name.key === asked || name.squeezed === squeezed) return NAME.whole;
      const shared = name.stems.filter(part => telling.has(part)).length;
      if ((name.size > 1 || name.stems.length) && (" " + asked + " ").includes(name.padded)) {
        const most = name.size > 1 ? NAME.inside : NAME.word;
        bonus = Math.max(bonus, most * Math.max(shared, 1) / Math.max(telling.size, 1));
      } else if (asked.length >= 3 && name.key.startsWith(asked)) {
        bonus = Math.max(bonus, NAME.start);
      } else if (name.stems.length) {
        bonus = Math.max(bonus, NAME.shared * shared / name.stems.length);
      }
    }
    return bonus;
  }

  // Whether a word means something here, and not only looks a little like words that do.
  function isSure(word) {
    return word.answered && !word.corrected && (word.place !== null || word.phrases.length > 0 || Math.max(...word.found.values()) >= KIND.root);
  }

  function sumOfRarity(words) {
    return words.reduce((sum, word) => sum + word.rarity, 0);
  }

  // How well a document answers the words, and how much of them (0 to 1).
  function shareOf(asked, position) {
    let score = 0;
    let covered = 0;
    for (const word of asked.words) {
      const worth = word.best[position];
      if (!worth) continue;
      score += worth * word.rarity;
      // A weak answer (far kind, page text) covers its word only partly.
      covered += word.rarity * Math.min(1, COVERED.least + (1 - COVERED.least) * worth / COVERED.from);
    }
    return { of: asked, score: score / asked.possible, coverage: covered / asked.possible };
  }

  // "gevangenis Vught" asks for the institution itself: what is said beside the place is said of it too, by name.
  function isAsked(document, position, others) {
    return document.type === "institution" && others.every(word => word.best[position] >= FIELD.keywords * KIND.tail);
  }

  // In one of the places, or with the place in its name.
  function isThere(hit, places, asked) {
    return places.some(place => isIn(hit.document, place))
      || asked.some(word => word.place && word.best[hit.position] >= FIELD.aliases * KIND.stem);
  }

  function query(text, options) {
    const type = options && options.type;
    const words = readQuery(text);
    repairPlaces(words);
    const places = findPlaces(words);
    expand(words, text);
    const asked = words.filter(word => !word.stop);
    for (const place of places) place.title = placeTitle(place);
    const answer = { hits: [], suggestion: null, places, rest: places.length ? withoutPlaces(text, words) : text, elsewhere: false, empty: asked.length === 0 };
    if (answer.empty) return answer;
    answer.suggestion = suggest(text, asked);

    const size = index.documents.length;
    const rarest = Math.log(1 + size);
    for (const word of asked) {
      const { best, strong } = answersOf(word, size);
      word.best = best;
      word.rarity = strong ? Math.log(1 + size / (1 + strong)) : word.found.size ? rarest / 2 : rarest;
      const most = best.reduce((high, value) => (value > high ? value : high), 0);
      word.answered = most > 0;
      if (word.answered && most < FIELD.tagline * KIND.inside) word.rarity *= TEXT_ONLY;
    }
    const possible = sumOfRarity(asked);
    const known = sumOfRarity(asked.filter(word => word.answered));
    const sure = asked.filter(isSure).length;
    if (known < LEAST_KNOWN * possible && sure < LEAST_KNOWN * asked.length) return answer;

    const askedKey = terms(answer.suggestion || text).join(" ");
    const telling = new Set(asked.map(word => word.corrected ? stem(word.corrected) : word.stem));
    const matches = new Set();
    for (const word of asked) for (const term of word.found.keys()) matches.add(term);

    // "cursus vaders Vught": the place filters the interventions, the other words rank them.
    const others = asked.filter(word => !word.place);
    const filtering = places.length > 0 && others.some(word => word.answered);
    const whole = { words: asked, possible };
    const rest = filtering ? { words: others, possible: sumOfRarity(others) } : whole;

    const scored = [];
    let bestCoverage = 0;
    let bestPlain = 0; // without what a name gains, or a page of that name would push all others out
    for (let position = 0; position < size; position++) {
      const document = index.documents[position];
      const share = shareOf(isAsked(document, position, others) ? whole : rest, position);
      if (!share.score) continue;
      const bonus = nameBonus(index.names[position], askedKey, telling);
      let weight = TYPE[document.type] || 1;
      if (filtering && document.type !== "intervention") weight *= share.of === whole ? ITSELF : BESIDE_PLACE;
      if (filtering && isStated(document, places)) weight *= STATED_THERE;
      const plain = share.score * share.coverage * weight;
      if (share.coverage > bestCoverage) bestCoverage = share.coverage;
      if (plain > bestPlain) bestPlain = plain;
      scored.push({ document, position, plain, score: plain * (1 + bonus), coverage: share.coverage });
    }

    let kept = scored.filter(hit => hit.coverage >= LEAST_COVERAGE * bestCoverage && hit.plain >= LEAST_SCORE * bestPlain);
    if (places.length) {
      const isIntervention = hit => hit.document.type === "intervention";
      const local = kept.filter(hit => !isIntervention(hit) || isThere(hit, places, asked));
      answer.elsewhere = !local.some(isIntervention) && kept.some(isIntervention);
      if (!answer.elsewhere) kept = local;
    }
    if (type) kept = kept.filter(hit => hit.document.type === type);
    kept.sort((a, b) => b.score - a.score || a.position - b.position);
    answer.hits = kept.map(hit => ({ document: hit.document, score: hit.score, matches }));
    return answer;
  }

  function suggest(text, asked) {
    const repaired = asked.filter(word => word.corrected);
    if (!repaired.length) return null;
    let result = text.normalize("NFC");
    for (const word of repaired.slice().reverse()) {
      const written = index.written.get(word.corrected) || word.corrected;
      result = result.slice(0, word.start) + written + result.slice(word.end);
    }
    return result;
  }

  function ranges(text, matches) {
    const found = [];
    for (const token of tokens(text)) {
      if (!matches.has(token.term)) continue;
      const last = found[found.length - 1];
      if (last && token.start < last[1]) last[1] = Math.max(last[1], token.end);
      else found.push([token.start, token.end]);
    }
    return found;
  }

  const search = scope.Kennisbank.search = scope.Kennisbank.search || {};
  search.use = data => { index = buildIndex(data); };
  search.ready = () => index !== null;
  search.query = query;
  search.ranges = ranges;
  search.fold = fold;
})(globalThis);
