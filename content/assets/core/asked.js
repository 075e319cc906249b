/* What is known of what was asked for: how it stands, in the place that is asked for where there is one, and whether
   those people can join. The search box and the catalogue say it in the same words (search-words.html).

   Gives tell({standing?, there, sides}) -> [element]   of a hit of search/answer, as parts to join; without `standing`
                                                        only what answers the question */
"use strict";

Kennisbank.define("core/asked", ["core/dom", "core/standing", "core/words"], ({ dom, standing: standings, words: { say } }) => {
  function tellPlace({ named, place, standing }) {
    return dom.make("span", "", say(named ? "state-there" : "state-everywhere", { word: place }), " ", standings.show(standing));
  }

  function tell({ sides = [], standing = null, there = null }) {
    const parts = there ? [tellPlace(there)] : standing ? [standings.show(standing)] : [];
    for (const { open, mixed, label } of sides) {
      parts.push(dom.make("strong", "", say(mixed ? "side-mixed" : open ? "side-open" : "side-closed", { word: label })));
    }
    return parts.flatMap((part, at) => (at ? [" · ", part] : [part]));
  }

  return { tell };
});
