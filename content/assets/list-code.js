/* A list of entries as a code that can be typed over from paper. Pure: no DOM, no words. Runs in node as well.

   Every entry has three signs of its own (views/choice.py, code_of); behind them all stands one check sign, so that
   a typing error is noticed. Signs are Crockford's base 32, https://www.crockford.com/base32.html: capitals or not,
   o is 0, i and l are 1; spaces, hyphens and points do not count.

   Kennisbank.listCode.write(codes)          ["7KX", "2MQ"] -> "7KX 2MQ 4"; no entries: ""
   Kennisbank.listCode.read(text)  -> {codes, problem, sign}
     problem null, "empty", "sign" (one that no code has: sign), "length" or "check" */
(function (scope) {
  "use strict";

  const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const LENGTH = 3;
  const MISREAD = { O: "0", I: "1", L: "1" };

  // Luhn's algorithm for any base: finds every wrong sign and nearly every pair that changed places.
  // https://en.wikipedia.org/wiki/Luhn_mod_N_algorithm
  function sum(signs, factor) {
    let total = 0;
    for (const sign of Array.from(signs).reverse()) {
      const addend = factor * SIGNS.indexOf(sign);
      total += Math.floor(addend / SIGNS.length) + addend % SIGNS.length;
      factor = factor === 2 ? 1 : 2;
    }
    return total % SIGNS.length;
  }

  function checkSign(signs) {
    return SIGNS[(SIGNS.length - sum(signs, 2)) % SIGNS.length];
  }

  function write(codes) {
    return codes.length ? codes.concat(checkSign(codes.join(""))).join(" ") : "";
  }

  function read(text) {
    const signs = Array.from(text.toUpperCase().replace(/[\s.\-\u2010-\u2015]/g, ""), sign => MISREAD[sign] || sign);
    const strange = signs.find(sign => !SIGNS.includes(sign));
    const codes = [];
    for (let at = 0; at + LENGTH < signs.length; at += LENGTH) codes.push(signs.slice(at, at + LENGTH).join(""));
    if (!signs.length) return { codes, problem: "empty" };
    if (strange) return { codes, problem: "sign", sign: strange };
    if (signs.length % LENGTH !== 1) return { codes, problem: "length" };
    return { codes, problem: sum(signs, 1) === 0 && codes.length ? null : "check" };
  }

  scope.Kennisbank = scope.Kennisbank || {};
  scope.Kennisbank.listCode = { read, write };
})(globalThis);
