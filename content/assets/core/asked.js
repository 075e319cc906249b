/* What is known of what was asked for: how it stands, in the place that is asked for where there is one, and whether
   those people can join. The search box and the catalogue say it in the same words (search-words.html).

   Gives tell({standing?, there, sides, silent, amounts, document?}) -> [element]   of a hit of search/answer, as parts to join;
                                                        without `standing` only what answers the question
         tellAudience(document) -> text                 whom a session is for, when those are not in detention; or ""
         besides(answer, type) -> {hits, none}           the hits of one kind of page beside the others, and where none of them
                                                        is about the subject that in words, else ""
         leads({named, leads}) -> [{text, url}]         of an answer: where what is asked for can be done */
"use strict";

Kennisbank.define("core/asked", ["core/dom", "core/standing", "core/words"], ({ dom, standing: standings, words: { say } }) => {
  function tellPlace({ named, place, standing }) {
    return dom.make("span", "", say(named ? "state-there" : "state-everywhere", { word: place }), " ", standings.show(standing));
  }

  function tellAudience({ audience = [] }) {
    return audience.length ? say("audience", { word: audience.join(", ") }) : "";
  }

  function tellStanding({ document = {}, standing = null, there = null }) {
    const audience = tellAudience(document);
    return (there ? [tellPlace(there)] : standing ? [standings.show(standing)] : [])
      .concat(audience ? [dom.make("strong", "", audience)] : []);
  }

  // Only of an intervention somebody expects that it says who can join.
  function tellSides({ document: { type }, sides, silent }) {
    return sides.map(({ open, mixed, label }) => (
      dom.make("strong", "", say(mixed ? "side-mixed" : open ? "side-open" : "side-closed", { word: label }))
    )).concat(type === "intervention" ? silent.map(word => dom.make("span", "", say("side-silent", { word }))) : []);
  }

  // A session is ours, so no source is asked.
  function tellAmounts({ amounts, document: { type } }) {
    const yes = type === "training" ? "amount-ours" : "amount-yes";
    return amounts.map(({ fits, label, n }) => dom.make("strong", "", say(fits ? yes : "amount-no", { n, word: label })));
  }

  function tell(hit) {
    const parts = tellStanding(hit).concat(tellSides(hit), tellAmounts(hit));
    if (hit.unplaced) parts.push(dom.make("span", "", say("state-anywhere")));
    if (hit.there && hit.there.ask) parts.push(dom.make("span", "", say("ask-there", { word: hit.there.ask })));
    return parts.flatMap((part, at) => (at ? [" · ", part] : [part]));
  }

  // Who asks for a name, a place or what chooses sessions has another answer.
  function besides({ filtered, hitsOf, named, places, subject }, type) {
    const hits = hitsOf(type);
    const isPlain = subject && !filtered && !named.length && !places.length;
    return { hits, none: isPlain && !hits.some(hit => hit.about) ? say("near-" + type, { word: subject }) : "" };
  }

  function leads({ leads: pages, named }) {
    const compare = named.length < 2 ? [] : [{
      text: say("named", { word: named.map(one => one.title).join(", ") }),
      url: "choose/compare.html#ids=" + named.map(one => one.id).join(",")
    }];
    return compare.concat(pages.map(({ label, n, page, places, sessions, url }) => ({
      text: sessions ? say("lead-session", { word: sessions }) : places ? say("lead-places", { page, word: places }) : say("lead-page", { n, word: label, page }),
      url
    })));
  }

  return { tell, tellAudience, besides, leads };
});
