/* The words of the page: templates hold them, scripts know only their names.

   Gives say(name, values)   the sentence `name` of the words on the page with {n}, {word} … filled in;
                             for values.n === 1 the form `name-one`, where there is one
         fill(text, values)  a text with {n}, {word} … filled in; a name without a value stays as it is */
"use strict";

Kennisbank.define("core/words", [], () => {
  let words = null;

  function readWords() {
    const found = new Map();
    for (const template of document.querySelectorAll("#kb-words, template[data-kb='words']")) {
      for (const element of template.content.querySelectorAll("[data-word]")) {
        found.set(element.dataset.word, element.textContent);
      }
    }
    return found;
  }

  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(values, name) ? String(values[name]) : whole));
  }

  function say(name, values) {
    if (!words) words = readWords();
    const given = values || {};
    return fill((given.n === 1 && words.get(name + "-one")) || words.get(name) || "", given);
  }

  return { say, fill };
});
