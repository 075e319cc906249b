/* The one search of the site: header, home page, catalogue and table ask the same questions here. Pure: no DOM.

   Gives query(index, text) -> {hits, hitsOf, straight, suggestion, places, rest, elsewhere, empty, cares, named, leads,
                                         subject, types}
           hits        [{document, score, matches, why, sides, silent, standing, there, unplaced, amounts, mentions, about}], best first;
                       `matches` holds the folded words that answered, `why()` those that a reader sees in this
                       document, the most telling for each word of the query, and the labels of its terms that mean a word
                       that does not stand there ({words, terms}), `sides` the groups of people in the query that a source lets in or
                       keeps out ([{open, mixed, label}]), `silent` the labels of those of which it has no word, `amounts` the numbers in it that it fits or not
                       ([{fits, n, label}]), `mentions` and `about` say whether it says anything of the subject, and more
                       than that, `standing` how it stands ({id, symbol, words}), for an intervention, and `there` in a
                       place that is asked for ({place, named, standing, ask}; not `named` where a source says it of all; `ask` is whom to ask),
                       `unplaced` where a place is asked for of what people do for each other: no source says where,
                       or null
           hitsOf      a function that gives those of one kind of page, "training" for example; of all but interventions more
           straight    the document that alone is asked for: where Enter leads; null where the catalogue has the answer
           suggestion  the query with its typing errors repaired, or null
           places      [{ids, word, title}] institutions named in the query; with other words beside them they filter
                       the interventions
           rest        the query without the places
           elsewhere   true when nothing was found in those places and the hits are from everywhere
           cares       [text] what to do first for who asks for such a thing
           named       the interventions whose names are in the query, when it names some: to compare
           leads       [{n, label, url, page, places, sessions}] the name of a `page` that asks for the institutions in the
                       query (`places`, in words) or for a number in it, and what the query chooses in the list of
                       `sessions`; what there is not is null
           subject     the words of the query without places, numbers, what it chooses in the list of sessions and names of
                       kinds of pages
           filtered    true when words of it choose in the list of sessions, alone or beside a number: that has an answer
           types       the kinds of pages that the query names
           empty       true when the query holds no word to search for
         ranges(text, matches)   [[start, end]] of the matched words in a text, to mark them

   Every word of the query becomes a set of words of the index, each with a strength (expand). The index says in which
   fields of which documents they stand. Of that the score is made (rank). */
"use strict";

Kennisbank.define("search/answer", ["search/dutch", "search/expand", "search/index", "search/journey", "search/rank"], ({ dutch, expand, index: indexes, journey, rank }) => {
  const { tokens, terms, isStop } = dutch;
  const { postingsOf } = indexes;
  const { RARE } = rank;

  // A hit answers at least this share of what the best hit answers, and of its score. Tuned in tests/search.
  const LEAST_COVERAGE = 0.3;
  const LEAST_SCORE = 0.1;

  // Enter leads to the first hit when it answers the whole query this well, and nothing of the catalogue half as well.
  const WHOLE = 0.8;
  const RIVAL = 0.5;
  const IN_SIGHT = 3; // hits that everybody reads
  const IN_CATALOGUE = new Set(["intervention", "institution"]);

  function titleOf(index, place) {
    const titles = Array.from(index.institutions).filter(([id]) => place.ids.includes(id)).map(([, title]) => title);
    return titles.length ? titles.join(", ") : place.word;
  }

  function withoutPlaces(text, words) {
    let rest = text.normalize("NFC");
    for (const word of words.slice().reverse()) {
      if (word.place) rest = rest.slice(0, word.start) + rest.slice(word.end);
    }
    // "in" and "te" before a name that is gone have no meaning left
    const kept = tokens(rest).filter(token => !isStop(token.term));
    return kept.map(token => rest.slice(token.start, token.end)).join(" ");
  }

  function suggest(index, text, words) {
    const repaired = words.filter(word => word.corrected);
    if (!repaired.length) return null;
    let result = text.normalize("NFC");
    for (const word of repaired.slice().reverse()) {
      const written = index.written.get(word.corrected) || word.corrected;
      result = result.slice(0, word.start) + written + result.slice(word.end);
    }
    return result;
  }

  // Without what a name gains, or a page of that name would push all others out.
  function keepGood(hits) {
    const most = key => hits.reduce((high, hit) => Math.max(high, hit[key]), 0);
    const [coverage, plain] = [LEAST_COVERAGE * most("coverage"), LEAST_SCORE * most("plain")];
    return hits.filter(hit => hit.coverage >= coverage && hit.plain >= plain);
  }

  const isShouted = text => text === text.toUpperCase() && text !== text.toLowerCase();

  // Whom to ask there, where it is; no words where no source says so.
  function askAt(index, { ask = {}, institutions = [], principle = [] }, id) {
    return institutions.concat(principle).includes(id) ? index.asked[id in ask ? ask[id] : ask[""]] || "" : "";
  }

  // How it stands in the first of the places of which a source says so; else that a source says it of all.
  function stateAt(index, document, places) {
    const ids = places.flatMap(place => place.ids);
    const id = ids.find(one => document.told && one in document.told);
    const at = (one, named, standing) => ({ place: index.institutions.get(one) || one, named, standing, ask: askAt(index, document, one) });
    if (id) return at(id, true, index.states[document.told[id]]);
    const everywhere = ids.find(one => (document.principle || []).includes(one));
    return everywhere ? at(everywhere, false, document.standing) : null;
  }

  // Who asks for a group of people wants the catalogue, which says of each thing whether they can join. What only uses a
  // word is not asked for by it; of a page that is a tool the words by which people ask for it stand beside it.
  function findStraight([first, ...rest], matches) {
    if (!first || isIntervention(first)) return null;
    const names = [first.document.title].concat(first.document.aliases || []);
    if (first.document.type !== "tool" && !names.some(name => ranges(name, matches).length)) return null;
    const rivals = rest.filter(hit => IN_CATALOGUE.has(hit.document.type));
    const alone = first.coverage >= WHOLE && rivals.every(hit => hit.score < RIVAL * first.score && !hit.sides.length);
    return alone ? first.document : null;
  }

  // A session that says a word is none of the best hits of the site, but it is of the sessions. The name of a kind, such
  // as "training", stands in all pages of that kind: those that say more of the query are meant.
  function ofType(type, kept, found) {
    if (type === "intervention") return kept.filter(isIntervention);
    const all = found.filter(hit => hit.document.type === type && hit.mentions);
    const own = kept.filter(hit => all.includes(hit));
    return own.length ? own : keepGood(all);
  }

  function reasonsFor(index, words, position) {
    const reasons = words.map(word => rank.findReason(index, word, position)).filter(Boolean);
    const all = name => Array.from(new Set(reasons.flatMap(reason => reason[name] || [])));
    return { words: all("word"), terms: all("term") };
  }

  // Interventions of which a whole name is in the query, from left to right. A longer name hides those in it; a name
  // that several have names none of them.
  function findNamed(index, asked) {
    const line = " " + asked + " ";
    const spans = index.documents.flatMap((document, position) => (
      document.type !== "intervention" ? [] : index.names[position]().filter(name => name.telling.length && line.includes(name.padded)).map(name => (
        { document, start: line.indexOf(name.padded), end: line.indexOf(name.padded) + name.padded.length - 1 }
      ))
    )).sort((a, b) => (b.end - b.start) - (a.end - a.start));
    const kept = [];
    for (const span of spans) {
      const over = kept.filter(other => span.start < other.end && other.start < span.end);
      if (!over.length) kept.push(span);
      else if (over[0].start === span.start && over[0].end === span.end && over[0].document !== span.document) over[0].document = null;
    }
    const named = kept.sort((a, b) => a.start - b.start).map(({ document }) => document).filter(Boolean);
    return Array.from(new Set(named));
  }

  // The pages that ask for a number of the query, and the list of sessions with what it chooses there.
  function findLeads(index, text, all, filters) {
    const words = all.filter(word => !word.stop);
    const pages = words.flatMap(({ amount }) => {
      if (!amount) return [];
      const { measure: { label, page }, n } = amount;
      const asking = index.documents.find(document => page && page.startsWith(document.url + "#"));
      return asking ? [{ n, label, url: page + n, page: asking.title, places: null, sessions: null }] : [];
    });
    return pages.concat(combine(index, filters).map(chosen => leadTo(index, chosen, restOf(index, text, all, chosen))));
  }

  // The words that no filter stands for and that name what a session answering to the filters has: "huis van bewaring".
  function restOf(index, text, all, chosen) {
    const sessions = index.documents.filter(document => document.suits && suitsAll(index, document, chosen));
    const has = at => sessions.some(({ terms: own }) => own.includes(at));
    const terms = Array.from(rank.namedTerms(index, all.filter(word => !word.stop)));
    const kept = new Set(terms.filter(([at]) => has(at)).flatMap(([, words]) => words).filter(isSubject));
    let rest = "";
    let end = -1; // of the last word that was kept, while only small words follow
    for (const word of all.filter(one => !one.stop)) {
      const isKept = kept.has(word);
      if (isKept) rest += (end < 0 ? " " : text.slice(end, word.start)) + text.slice(word.start, word.end);
      end = isKept ? word.end : -1;
    }
    return rest.trim();
  }

  const isSubject = word => !word.place && !word.amount && word.filter === null && !word.joins && !word.kinds.length;

  // As many filters in one link as leave a session; the others, where they choose by themselves, in the next.
  function combine(index, filters) {
    const joining = filters.filter(at => index.filters[at].joins);
    let left = filters.filter(at => !index.filters[at].joins);
    const links = [];
    while (left.length) {
      const chosen = [];
      for (const at of left.concat(joining)) if (!chosen.length || hasSession(index, chosen.concat(at))) chosen.push(at);
      left = left.filter(at => !chosen.includes(at));
      links.push(chosen);
    }
    return links;
  }

  const leadAlong = ({ document, told, url }) => ({ n: null, label: null, url, page: document.title, places: told, sessions: null });

  // A page with the institutions of the query in its address.
  function fillIn(document, journeys) {
    const found = journeys.find(one => one.document === document);
    return found ? Object.assign({}, document, { url: found.url }) : document;
  }

  function byFacet(index, chosen) {
    const facets = new Map();
    for (const at of chosen) facets.set(index.filters[at].facet, (facets.get(index.filters[at].facet) || []).concat(at));
    return facets;
  }

  function suitsAll(index, { suits }, chosen) {
    return Array.from(byFacet(index, chosen).values()).every(terms => terms.some(at => suits.includes(at)));
  }

  function hasSession(index, chosen) {
    return index.documents.some(document => document.suits && suitsAll(index, document, chosen));
  }

  function leadTo(index, chosen, rest) {
    const facets = Array.from(byFacet(index, chosen), ([facet, all]) => facet + "=" + all.map(at => index.filters[at].id).join(","));
    const state = (rest ? ["q=" + encodeURIComponent(rest)] : []).concat(facets);
    const sessions = chosen.map(at => index.filters[at].label).concat(rest || []).join(", ");
    return { n: null, label: null, url: index.sessions + "#" + state.join("&"), page: null, places: null, sessions };
  }

  const isFiltered = (index, leads, filters) => leads.some(lead => lead.sessions) && filters.some(at => !index.filters[at].measure);

  // Whether a session is for who is asked for, with as much Dutch; its numbers weigh in its score.
  function hasAll(index, document, filters) {
    return suitsAll(index, document, filters.filter(at => !index.filters[at].measure));
  }

  // Of the hits that are meant those that are better come before the others, in the places that they all have.
  function putFirst(hits, isMeant, isBetter) {
    const meant = hits.filter(isMeant);
    const inOrder = meant.filter(isBetter).concat(meant.filter(hit => !isBetter(hit)));
    return hits.map(hit => (isMeant(hit) ? inOrder.shift() : hit));
  }

  const isIntervention = hit => hit.document.type === "intervention";

  // What a query is about and what can be said beside its hits; without words that is all.
  function understand(index, text, { filters, places, words: all }) {
    const words = all.filter(word => !word.stop);
    for (const place of places) place.title = titleOf(index, place);
    rank.weigh(index, words);
    const isAsked = rank.asks(words);
    const journeys = journey.find(index, all, isAsked);
    const leads = findLeads(index, text.normalize("NFC"), all, filters);
    const suggestion = suggest(index, text, words);
    const telling = words.filter(word => !word.place && !word.amount && word.filter === null);
    const asked = terms(suggestion || text).join(" ");
    const cares = index.cares.filter(({ names }) => names.some(isAsked));
    const about = {
      suggestion, places, rest: places.length ? withoutPlaces(text, all) : text, empty: words.length === 0,
      cares: cares.map(care => care.text),
      leads: journeys.map(leadAlong).concat(leads),
      subject: telling.filter(word => !word.kinds.length).map(({ end, start }) => text.normalize("NFC").slice(start, end)).join(" "),
      filtered: isFiltered(index, leads, filters),
      types: Array.from(new Set(telling.flatMap(word => word.kinds)))
    };
    return { about, asked, filters, first: cares.flatMap(care => care.first), journeys, named: findNamed(index, asked), places, words };
  }

  // Another institution than the one that is asked for is no answer either, unless nothing else is.
  function keepLocal(kept, { journeys, places, words }) {
    if (!places.length) return { kept, elsewhere: false };
    const local = kept.filter(hit => !IN_CATALOGUE.has(hit.document.type) || rank.isThere(hit, places, words));
    const elsewhere = !journeys.length && !local.some(isIntervention) && kept.some(isIntervention);
    return { kept: elsewhere ? kept : local, elsewhere };
  }

  const isClosed = ({ sides }) => sides.length > 0 && sides.every(({ open }) => !open);

  // What a source closes to who is asked for comes behind what may fit, unless it is asked for by name; before all what is
  // about them and open, and where our advice stands above, what it is about. What has ended comes behind all that says
  // the word as it does, and what only fits a number behind what says something of the subject.
  function inOrder(index, kept, { filters, first, named }) {
    const sorted = kept.slice().sort((a, b) => b.score - a.score || a.position - b.position);
    const isNamed = hit => named.includes(hit.document);
    const itself = putFirst(sorted, isIntervention, hit => hit.itself);
    const telling = putFirst(itself, hit => isIntervention(hit) && hit.amounts.every(({ fits }) => fits), hit => hit.mentions);
    const lasting = putFirst(telling, hit => isIntervention(hit) && hit.about && hit.itself, hit => isNamed(hit) || !hit.document.ended);
    const sure = putFirst(lasting, isIntervention, hit => isNamed(hit) || (hit.about && hit.sides.some(({ mixed, open }) => open && !mixed)));
    const advised = first.length ? putFirst(sure, isIntervention, hit => isNamed(hit) || first.includes(hit.document.id)) : sure;
    const open = putFirst(advised, isIntervention, hit => isNamed(hit) || !isClosed(hit));
    return putFirst(open, hit => hit.document.suits, hit => hasAll(index, hit.document, filters));
  }

  // A rare word leads to its page: who types nothing else finds it among the first, whatever is more about the like.
  function keepRare(index, best, words) {
    const [word] = words;
    const own = words.length === 1 ? postingsOf(index, word.term) : [];
    const at = own.length > 0 && own.length <= RARE ? best.findIndex(hit => own.some(({ position }) => position === hit.position)) : -1;
    if (at < IN_SIGHT) return best;
    return best.slice(0, IN_SIGHT - 1).concat(best[at], best.slice(IN_SIGHT - 1, at), best.slice(at + 1));
  }

  function makeHit(index, { about, amounts, mentions, document, position, score, sides, silent }, matches, { journeys, places, words }) {
    return {
      document: fillIn(document, journeys), score, matches, sides, silent, amounts, mentions, about, standing: document.standing,
      there: stateAt(index, document, places), unplaced: places.length > 0 && Boolean(document.unplaced), why: () => reasonsFor(index, words, position)
    };
  }

  function query(index, text) {
    const question = understand(index, text, expand.read(index, text));
    const { about, asked, journeys, named, places, words } = question;
    const none = { hits: [], hitsOf: () => [], straight: null, elsewhere: false, named: [] };
    if (about.empty || rank.isNonsense(words)) return Object.assign(none, about);
    const found = rank.hits(index, words, places, asked, isShouted(text));
    const { elsewhere, kept } = keepLocal(keepGood(found), question);
    const matches = new Set(words.flatMap(word => Array.from(word.found.keys())));
    const best = keepRare(index, inOrder(index, kept, question), words);
    const show = hits => hits.map(hit => makeHit(index, hit, matches, question));
    // Who asks for the way from one place to another is shown what there is in both, where nothing tells of the way.
    const hitsOf = type => {
      const own = ofType(type, kept, found);
      if (!own.length && journeys.length) return query(index, places.map(place => place.word).join(" ")).hitsOf(type);
      return show(inOrder(index, own, question));
    };
    return Object.assign({
      hits: show(best), hitsOf, elsewhere, named,
      straight: fillIn(journeys.length && !about.subject ? journeys[0].document : findStraight(best, matches), journeys)
    }, about);
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

  return { query, ranges };
});
