/* Words by their letters alone, which asks for no data: enough for a first answer from the names in a page, while the
   search itself is on its way. Pure: no DOM.

   Gives fold(text)             text without accents, lower case
         starting(names, text)  positions of the names in which for each word of the text some word begins with it; none
                                when the text has no word. One letter is no word, as in search/dutch */
"use strict";

Kennisbank.define("search/letters", [], () => {
  const ACCENT = /[\u0080-\uffff]/; // few texts, and taking one apart is slow
  const WORD = /[\p{L}\p{N}]+/gu;

  function fold(text) {
    return (ACCENT.test(text) ? text.normalize("NFD").replace(/[\u0300-\u036f]/g, "") : text).toLowerCase();
  }

  const wordsOf = text => fold(text).match(WORD) || [];

  function starting(names, text) {
    const asked = wordsOf(text).filter(word => word.length > 1);
    if (!asked.length) return [];
    const words = names.map(wordsOf);
    const isMeant = own => asked.every(start => own.some(word => word.startsWith(start)));
    return Array.from(words.keys()).filter(position => isMeant(words[position]));
  }

  return { fold, starting };
});
