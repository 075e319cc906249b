/* What a source says of an entry in one institution, as an element. Words: mine.html.

   Gives mark(data, entry, institution, named)   as choose/here says it; named: with the name of the institution */
"use strict";

Kennisbank.define("mine/mark", ["core/dom", "core/words", "choose/here"], ({ dom, words: { say }, here }) => {
  function mark(data, entry, institution, named) {
    const { check, kind, text } = here.describe(data, entry, institution, named);
    const made = dom.make("span", "kb-here kb-here--" + kind, text);
    made.dataset.kb = "here";
    made.dataset.here = kind;
    if (check) made.append(" ", dom.make("span", "kb-check", say("check")));
    return made;
  }

  return { mark };
});
