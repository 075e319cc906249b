/* A list of entries as a code that can be typed over from paper. Pure: no DOM, no words.

   Every entry has a few signs of its own (views/choice.py, code_of); behind them all stands one check sign, so that
   a typing error is noticed. Signs are Crockford's base 32, https://www.crockford.com/base32.html: capitals or not,
   o is 0, i and l are 1; spaces, hyphens and points do not count.

   Gives write(form, codes)   ["7KX", "2MQ"] -> "7KX 2MQ 4"; no entries: ""
         read(form, text) -> {codes, problem, sign}
           form      {signs, length} of the codes, as choice-data.js says it
           problem   null, "empty", "sign" (one that no code has: sign), "length" or "check" */
"use strict";

Kennisbank.define("choose/code", [], () => {
  const MISREAD = { O: "0", I: "1", L: "1" };

  // Luhn's algorithm for any base: finds every wrong sign and nearly every pair that changed places.
  // https://en.wikipedia.org/wiki/Luhn_mod_N_algorithm
  function sum(base, signs, factor) {
    let total = 0;
    for (const sign of Array.from(signs).reverse()) {
      const addend = factor * base.indexOf(sign);
      total += Math.floor(addend / base.length) + addend % base.length;
      factor = factor === 2 ? 1 : 2;
    }
    return total % base.length;
  }

  function checkSign(base, signs) {
    return base[(base.length - sum(base, signs, 2)) % base.length];
  }

  function write(form, codes) {
    return codes.length ? codes.concat(checkSign(form.signs, codes.join(""))).join(" ") : "";
  }

  function read({ length, signs: base }, text) {
    const signs = Array.from(text.toUpperCase().replace(/[\s.\-\u2010-\u2015]/g, ""), sign => MISREAD[sign] || sign);
    const strange = signs.find(sign => !base.includes(sign));
    const codes = [];
    for (let at = 0; at + length < signs.length; at += length) codes.push(signs.slice(at, at + length).join(""));
    if (!signs.length) return { codes, problem: "empty" };
    if (strange) return { codes, problem: "sign", sign: strange };
    if (signs.length % length !== 1) return { codes, problem: "length" };
    return { codes, problem: sum(base, signs, 1) === 0 && codes.length ? null : "check" };
  }

  return { read, write };
});
