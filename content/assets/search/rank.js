/* How well each document answers the words of a query. Pure: no DOM.

   Gives weigh(index, words)    fills in per word `best` (per document what it is worth there), `rarity`, `answered`, and
                                `kinds`: the kinds of pages of which it is only the name, such as "training"
         isNonsense(words)      whether too little of the query means anything here
         hits(index, words, places, name, shouted)
             -> [{document, position, score, plain, coverage, sides, silent, amounts, mentions, about, itself}] of all that answer, in
             the order of the index; `name` is the query as one folded text, to hold names against, `shouted` says that
             it was typed in capitals; `sides` are the groups of people in the query that a document is open or closed
             to: [{open, mixed, label}], once each; `mixed` when a source says both; `silent` are the labels
             of such groups of which it has no word; `amounts` are the numbers of the
             query that it does or does not fit: [{fits, n, label}]; `mentions` says whether it says anything of the subject
             of the query, `about` whether that is more than a mention, `itself` whether a word of it stands there and not
             only what means the same
         asks(words)                 gives a function that says whether the query holds all words of a name, or what means the same
         findReason(index, word, position)  why a word of the query gives a document something: {word}, the form that a
                                reader sees there, or {term}, the label of its term that has the word among its names; or null
         isThere(hit, places, words)      whether a hit is in one of the places, or has the place in its name, or is what
                                people do for each other and open to who is asked for: no source can say where

   Every word gives a document its best field times its best kind, times the rarity of the word; then the document is
   held against how much of the query it answers, and gains by its name. */
"use strict";

Kennisbank.define("search/rank", ["search/dutch", "search/index", "search/expand"], ({ dutch, index: indexes, expand }) => {
  const { isStop, stem } = dutch;
  const { isFitting, postingsOf, termWith, FIELD } = indexes;
  const { formsOf, KIND } = expand;

  // What a score gains by a name: the query is the name, holds it, is one word with it, begins it, shares words with it.
  const NAME = { whole: 3, inside: 1.2, word: 0.8, start: 0.5, shared: 0.3 };

  // Who does not ask for a thing by its name asks for something to do first; then for who does it, and for words.
  // A tool is found by words that were chosen for it: of two that answer alike somebody who types them wants the tool.
  const TYPE = { category: 0.9, organisation: 0.85, glossary: 0.95, tool: 1.04 };
  const AWAY = 0.68; // not to be had here, or no more: behind what answers alike, or nearly so
  // Who names a number looks for what fits it, before what does not.
  const FITTING = { exact: 6, within: 3.5, not: 0.5 };

  // A document covers a word of the query wholly from this worth on, and never less than this share of it.
  const COVERED = { from: 6, least: 0.25 };

  // A word that stands only in page texts says how somebody wrote, not what it is about.
  const TEXT_ONLY = 0.6;

  // From this strength on a word counts as an answer when we ask how rare it is.
  const STRONG = 0.55;

  // A word that stands on so few pages leads there, also where only a note has it: it is worth as much as a term then.
  const RARE = 2;

  // With a place in the query an intervention is asked for, or the institution itself; the rest comes after.
  const BESIDE_PLACE = 0.4;
  const ITSELF = 1.5;
  // What a source says of the place by name comes first: that it ran, and then that it ended or was not offered. Who is
  // told "in principle everywhere" still has to ask.
  const THERE = { ran: 1.3, told: 1, principle: 0.75 };

  // An abbreviation that is a word of so many pages too counts as a name only when it is typed in capitals.
  const COMMON = 10;

  // Who asks for a group of people looks for what they can join, before what they cannot.
  const SIDE = { open: 1.3, closed: 0.5 };

  // A query of which less than this share is known to the index is nonsense: of its words, and of their weight.
  const LEAST_KNOWN = 0.3;

  // ---------------------------------------------------------------- one word

  /** Where one of the forms of a part stands, with its worth: Map(position -> worth). */
  function standing(index, forms) {
    const here = new Map();
    for (const [term, kind] of forms) {
      for (const { position, worth } of postingsOf(index, term)) {
        if (worth * kind > (here.get(position) || 0)) here.set(position, worth * kind);
      }
    }
    return here;
  }

  /** Where all parts of a phrase stand, with the worth of the weakest. The word is marked by the forms of the parts. */
  function standingTogether(index, phrase, word) {
    let together = null;
    for (const part of phrase.parts) {
      const forms = formsOf(index, part);
      for (const term of forms.keys()) word.found.set(term, word.found.get(term) || 0);
      const here = standing(index, forms);
      const both = Array.from(together || here).filter(([position]) => here.has(position));
      together = new Map(both.map(([position, worth]) => [position, Math.min(worth, here.get(position))]));
    }
    return together || new Map();
  }

  function isStated(document, places) {
    return (document.institutions || []).some(id => places.some(place => place.ids.includes(id)));
  }

  // Whether a source says how it stands there, be it that it is not there.
  function isTold(document, place) {
    return place.ids.some(id => document.told && id in document.told);
  }

  function isIn(document, place) {
    return isStated(document, [place]) || (document.principle || []).some(id => place.ids.includes(id));
  }

  function worthOfPlace(document, place) {
    if (document.type === "institution" && place.ids.includes(document.id)) return FIELD.title;
    return isIn(document, place) ? FIELD.keywords * KIND.place : 0;
  }

  function worthOfAmount(document, amount) {
    if (!isFitting(document, amount)) return 0;
    const [least, most] = document.amounts[amount.measure.id];
    return least === amount.n || most === amount.n || !amount.measure.within ? FITTING.exact : FITTING.within;
  }

  // What a word that means more than itself gives a document: a number, a place, or a filter of the sessions.
  function worthOfMeaning(document, { amount, filter, place }) {
    return Math.max(
      amount ? worthOfAmount(document, amount) : 0,
      place ? worthOfPlace(document, place) : 0,
      (document.suits || []).includes(filter) ? FIELD.terms * KIND.root : 0
    );
  }

  // The documents of which the word itself is told, and not only what means the same or is a part of it.
  function standingItself(index, { akin, found }) {
    const own = Array.from(found.keys()).filter(term => !akin.has(term) && found.get(term) > KIND.part);
    return new Set(own.flatMap(term => postingsOf(index, term).filter(({ told }) => told).map(({ position }) => position)));
  }

  /** Fills `best` of a word, `itself` with where a reader sees it and not only what means the same, and `lifted` with where it is only worth that much because it is rare; gives how many
      documents answer it well, weak ones for a part. */
  function findBest(index, word) {
    const best = word.best = new Float64Array(index.documents.length);
    word.lifted = new Set();
    const strong = new Set();
    const give = (position, worth, isStrong) => {
      if (worth > best[position]) best[position] = worth;
      if (isStrong) strong.add(position);
    };
    for (const [term, kind] of word.found) {
      const all = postingsOf(index, term);
      const least = term === word.term && all.length <= RARE ? FIELD.terms : 0;
      for (const { position, worth } of all) {
        give(position, Math.max(worth, least) * kind, kind >= STRONG);
        if (worth < least) word.lifted.add(position);
      }
    }
    word.itself = standingItself(index, word);
    word.together = false;
    for (const phrase of word.phrases) {
      const together = standingTogether(index, phrase, word);
      word.together = word.together || together.size > 0;
      for (const [position, worth] of together) give(position, worth * phrase.kind, true);
      if (phrase.own) word.itself = new Set([...word.itself, ...together.keys()]);
    }
    index.documents.forEach((document, position) => {
      const worth = worthOfMeaning(document, word);
      give(position, worth, worth > 0);
    });
    let many = 0;
    // In the order of the documents: the sum of fractions depends on it.
    for (const position of Array.from(strong).sort((a, b) => a - b)) many += Math.min(1, best[position] / FIELD.title);
    return many;
  }

  // The word itself where a reader sees it; else what gives the document most. Never a word that does not stand there.
  function findReason(index, word, position) {
    let best = { reason: null, worth: 0 };
    for (const [term, kind] of word.found) {
      const own = postingsOf(index, term).find(one => one.position === position);
      if (!own) continue;
      const worth = own.worth * kind + (own.seen && kind >= KIND.stem ? FIELD.title : 0);
      if (worth <= best.worth) continue;
      const label = own.seen ? null : termWith(index, position, term);
      if (own.seen || label) best = { reason: own.seen ? { word: index.written.get(term) || term } : { term: label }, worth };
    }
    return best.reason;
  }

  // A word that all pages of one kind have among their names is the name of that kind, and no subject.
  function kindsOf(index, word) {
    const has = all => all.length > 1 && all.every(position => word.best[position] >= FIELD.keywords * KIND.stem);
    return Array.from(index.types).filter(([, all]) => has(all)).map(([type]) => type);
  }

  function weigh(index, words) {
    const size = index.documents.length;
    const rarest = Math.log(1 + size);
    for (const word of words) {
      const many = findBest(index, word);
      word.rarity = many ? Math.log(1 + size / (1 + many)) : word.amount ? 0 : word.found.size ? rarest / 2 : rarest;
      const most = word.best.reduce((high, value) => (value > high ? value : high), 0);
      word.answered = most > 0;
      word.kinds = word.answered ? kindsOf(index, word) : [];
      if (word.answered && most < FIELD.tagline * KIND.inside) word.rarity *= TEXT_ONLY;
    }
  }

  // ---------------------------------------------------------------- the whole query

  // Whether a word means something here, and not only looks a little like words that do.
  function isSure(word) {
    if (!word.answered || word.corrected) return false;
    return word.place !== null || word.amount !== null || word.together || Math.max(...word.found.values()) >= KIND.root;
  }

  function sumOfRarity(words) {
    return words.reduce((sum, word) => sum + word.rarity, 0);
  }

  function isNonsense(words) {
    const known = sumOfRarity(words.filter(word => word.answered));
    return known < LEAST_KNOWN * sumOfRarity(words) && words.filter(isSure).length < LEAST_KNOWN * words.length;
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
    return { score: score / asked.possible, coverage: covered / asked.possible };
  }

  // What one name gives. `asked` holds the words of the query as one text, `squeezed` without
  // spaces, `telling` the stems of those that are no stop words, `matches` the words of the index that stand for any.
  function bonusOf(name, asked, squeezed, telling, matches) {
    if (name.key === asked || name.squeezed === squeezed) return NAME.whole;
    const shared = name.telling.filter(part => telling.has(stem(part))).length;
    if ((name.size > 1 || name.telling.length) && (" " + asked + " ").includes(name.padded)) {
      return (name.size > 1 ? NAME.inside : NAME.word) * Math.max(shared, 1) / Math.max(telling.size, 1);
    }
    const begun = name.key.split(" ")[asked.split(" ").length - 1];
    if (asked.length >= 3 && name.key.startsWith(asked) && matches.has(begun)) return NAME.start;
    return name.telling.length ? NAME.shared * shared / name.telling.length : 0;
  }

  // Whether all words of a name are in the query, or what means the same.
  function asks(words) {
    const asked = new Set(words.flatMap(word => (
      Array.from(word.found).filter(([, kind]) => kind >= KIND.root).map(([term]) => term)
        .concat(word.term, word.phrases.flatMap(phrase => phrase.parts))
    )).map(stem));
    return parts => parts.every(part => isStop(part) || asked.has(stem(part)));
  }

  // The terms of which a whole name is in the query.
  function groupsIn(index, words) {
    const isIn = asks(words);
    return new Set(index.groups.flatMap((group, at) => (group.names.some(isIn) ? [at] : [])));
  }

  // The words of the query that name a group.
  function wordsFor({ names }, words) {
    return words.filter(word => {
      const isOwn = asks([word]);
      return names.some(parts => parts.some(part => !isStop(part) && isOwn([part])));
    });
  }

  // Per term that the query names, by its place, the words that name it.
  function namedTerms(index, words) {
    return new Map(Array.from(groupsIn(index, words), at => [at, wordsFor(index.groups[at], words)]));
  }

  // The groups that some source lets in or keeps out, each with the words that ask for it.
  function findSided(index, words, groups) {
    return Array.from(groups).filter(at => index.sided.has(at)).map(at => (
      { label: index.groups[at].label, words: wordsFor(index.groups[at], words) }
    ));
  }

  function sidesOf(index, document, groups) {
    const [opened, closed] = [document.open || [], document.closed || []].map(all => all.filter(at => groups.has(at)));
    const from = (numbers, open, mixed) => numbers.map(at => ({ open, mixed: mixed.includes(at), label: index.groups[at].label }));
    return from(opened, true, closed).concat(from(closed.filter(at => !opened.includes(at)), false, []));
  }

  // "gevangenis Vught" asks for the institution itself: what is said beside the place is said of it too, by name.
  function isAsked(document, position, others) {
    return document.type === "institution" && others.every(word => word.best[position] >= FIELD.keywords * KIND.tail);
  }

  // Whether a document has more of a word than a mention.
  function isAbout(word, position) {
    return word.best[position] >= FIELD.terms * KIND.tail && !word.lifted.has(position);
  }

  function hits(index, words, places, name, shouted) {
    const isName = own => shouted || !own.capitals || postingsOf(index, own.key).length <= COMMON;
    const squeezed = name.replace(/ /g, "");
    const telling = new Set(words.map(word => word.corrected ? stem(word.corrected) : word.stem));
    // "cursus vaders Vught": the place filters the interventions, the other words rank them.
    const others = words.filter(word => !word.place);
    const filtering = places.length > 0 && others.some(word => word.answered);
    const whole = { words, possible: sumOfRarity(words) };
    const rest = filtering ? { words: others, possible: sumOfRarity(others) } : whole;

    const weightOf = (document, isPlace) => {
      const weight = (TYPE[document.type] || 1) * (document.away ? AWAY : 1);
      if (!filtering) return weight;
      const beside = document.type === "intervention" ? 1 : isPlace ? ITSELF : BESIDE_PLACE;
      if (isStated(document, places)) return weight * beside * THERE.ran;
      if (places.some(place => isTold(document, place))) return weight * beside * THERE.told;
      return weight * beside * (places.some(place => isIn(document, place)) ? THERE.principle : 1);
    };
    const matches = new Set(words.flatMap(word => Array.from(word.found.keys())));
    const groups = groupsIn(index, words);
    const sided = findSided(index, others, groups);
    const amounts = words.flatMap(word => word.amount || []);
    const subject = others.filter(word => !word.amount && word.filter === null && !word.kinds.length);
    const found = [];
    index.documents.forEach((document, position) => {
      const isPlace = isAsked(document, position, others);
      const { coverage, score } = shareOf(isPlace ? whole : rest, position);
      if (!score) return;
      const bonus = Math.max(0, ...index.names[position]().filter(isName).map(own => bonusOf(own, name, squeezed, telling, matches)));
      const sides = sidesOf(index, document, groups);
      const side = sides.some(one => one.open) ? SIDE.open : sides.length ? SIDE.closed : 1;
      const told = amounts.map(amount => ({ fits: isFitting(document, amount), n: amount.n, label: amount.measure.label })).filter(({ fits }) => fits !== null);
      const fitting = told.some(({ fits }) => !fits) ? FITTING.not : 1;
      const plain = score * coverage * side * fitting * weightOf(document, isPlace);
      const about = subject.every(word => isAbout(word, position));
      const mentions = !subject.length || subject.some(word => word.best[position] > 0);
      const itself = !subject.length || sides.length > 0 || told.some(({ fits }) => fits) || subject.some(word => word.itself.has(position));
      const silent = sided.filter(group => !sides.length && group.words.every(word => !word.best[position])).map(group => group.label);
      found.push({ document, position, plain, score: plain * (1 + bonus), coverage, sides, silent, amounts: told, mentions, about, itself });
    });
    return found;
  }

  function isThere(hit, places, words) {
    if (hit.document.unplaced && hit.sides.some(({ open }) => open)) return true;
    return places.some(place => isIn(hit.document, place) || isTold(hit.document, place))
      || words.some(word => word.place && word.best[hit.position] >= FIELD.aliases * KIND.stem);
  }

  return { weigh, isNonsense, hits, isThere, namedTerms, findReason, asks, RARE };
});
