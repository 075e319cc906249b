/* The order of names as a Dutch reader expects it, the same as in the pages: scripts/kennisbank/order.py says why it is
   our own; tests/order.json holds for both.

   Gives compare(one, other)   for sort() */
"use strict";

Kennisbank.define("core/order", [], () => {
  // Letters that Unicode does not take apart.
  const PLAIN = { æ: "ae", œ: "oe", ø: "o", ß: "ss", ł: "l", đ: "d", ð: "d", þ: "th" };
  const QUOTES = /['‘’‚‛“”„"`´ʼ]/g;
  const LENGTH = 12; // of a number in a key; a longer one counts as text

  const keys = new Map(); // of names met before: a list is sorted again and again

  function plain(text) {
    const bare = text.replace(QUOTES, "").normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "");
    return bare.replace(/[æœøßłđðþ]/g, letter => PLAIN[letter]).replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  }

  function keyOf(text) {
    if (!keys.has(text)) keys.set(text, plain(text).replace(/[0-9]+/g, found => found.replace(/^0+/, "").padStart(LENGTH, "0")));
    return keys.get(text);
  }

  function compareTexts(one, other) {
    return one < other ? -1 : Number(one > other);
  }

  return { compare: (one, other) => compareTexts(keyOf(one), keyOf(other)) || compareTexts(one, other) };
});
