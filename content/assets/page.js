/* First script of every page, in <head>: says that scripts run, and hands out the words of the page.

   Kennisbank.say(name, values)   the sentence `name` of the words on the page with {n}, {word} … filled in;
                                  for values.n === 1 the form `name-one`, where there is one */
(function (scope) {
  "use strict";

  document.documentElement.classList.add("kb-js");

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

  function say(name, values) {
    if (!words) words = readWords();
    const given = values || {};
    const sentence = (given.n === 1 && words.get(name + "-one")) || words.get(name) || "";
    return sentence.replace(/\{(\w+)\}/g, (whole, key) => (key in given ? String(given[key]) : whole));
  }

  scope.Kennisbank = scope.Kennisbank || {};
  scope.Kennisbank.say = say;
})(window);
