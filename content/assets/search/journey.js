/* The pages that ask for institutions, such as from where to where, filled in with those of a query. Pure: no DOM.

   Gives find(index, words, isAsked) -> [{document, url, told}]
           words     of the query, stop words too (search/expand)
           isAsked   whether the query holds all words of a name (search/rank, asks)
           document  the page, `url` its address with what is filled in, `told` that in words: "van PI Vught"
         A page is meant when the query names it, or has a word for all that it asks: "van Vught naar Zwolle". */
"use strict";

Kennisbank.define("search/journey", ["search/dutch"], ({ dutch: { fold, terms } }) => {
  // What the page asks that a word before the place tells: "naar de PI". Other words than small ones end the look back.
  function findAsked(words, at, takes) {
    for (let before = at - 1; before >= 0 && words[before].stop && !words[before].place; before--) {
      const found = Object.keys(takes).find(name => takes[name].map(fold).includes(words[before].term));
      if (found) return found;
    }
    return null;
  }

  // Each institution that is named, with what it is to the page. A word that several have names none of them.
  function readPlaces(words, takes) {
    return words.flatMap(({ place }, at) => {
      const isFirst = place && (at === 0 || words[at - 1].place !== place);
      return isFirst && place.ids.length === 1 ? [{ id: place.ids[0], asked: findAsked(words, at, takes) }] : [];
    });
  }

  // What no word tells stands in order, and ends with what is asked last: who names one place goes there.
  function fillIn(takes, places) {
    const filled = new Map(places.filter(({ asked }) => asked).map(({ asked, id }) => [asked, id]));
    const others = places.filter(({ asked }) => !asked);
    const free = Object.keys(takes).filter(name => !filled.has(name));
    free.slice(Math.max(0, free.length - others.length)).forEach((name, at) => filled.set(name, others[at].id));
    return Object.keys(takes).filter(name => filled.has(name)).map(name => [name, filled.get(name)]);
  }

  function find(index, words, isAsked) {
    return index.documents.filter(({ takes }) => takes).flatMap(document => {
      const { keywords, takes, title, url } = document;
      const places = readPlaces(words, takes);
      const told = new Set(places.map(({ asked }) => asked));
      const isMeant = Object.keys(takes).every(name => told.has(name)) || [title].concat(keywords).some(name => isAsked(terms(name)));
      const filled = isMeant ? fillIn(takes, places) : [];
      return !filled.length ? [] : [{
        document,
        url: url + "#" + filled.map(([name, id]) => name + "=" + id).join("&"),
        told: filled.map(([name, id]) => takes[name][0] + " " + (index.institutions.get(id) || id)).join(" ")
      }];
    });
  }

  return { find };
});
