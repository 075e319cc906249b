/* What tells of a person in a text that somebody types: a mailbox, a telephone number, a BSN, a name. Pure.

   A remark for who types, before anything is sent: a name is guessed by how it looks, so it may be wrong, and refuses
   nothing. What a mailbox is, the check says (rules.js).

   Gives find(common, text) -> [{kind: "mail" | "phone" | "bsn" | "name", found}] */
"use strict";

Kennisbank.define("propose/personal", ["propose/rules"], ({ rules }) => {
  // 0 or +31 and nine digits, with what people put between them.
  const PHONE = /(?:\+31|\b0031|\b0)[ ()-]*(?:\d[ ()-]?){8}\d\b/;
  const NUMBER = /\b\d{8,9}\b/g;
  const PIECE = "(?:van|van der|van den|van de|de|den|der|ter|ten|te|el|bin|ibn)";
  const SURNAME = "(?:" + PIECE + " )*\\p{Lu}[\\p{L}'’-]+";
  // Behind a title a surname; without one two words with a capital inside a sentence.
  const TITLED = new RegExp("(?<!\\p{L})(?:mevrouw|mevr|mw|meneer|mijnheer|dhr|de heer|dr|drs|ds)\\.? (?:\\p{Lu}\\. ?)*" + SURNAME, "iu");
  const INITIALS = new RegExp("(?<!\\p{L})(?:\\p{Lu}\\. ?){1,4}" + SURNAME, "u");
  const PAIR = new RegExp("(?<=[\\p{L},;(] )\\p{Lu}\\p{Ll}{2,} " + SURNAME, "u");

  /** The test of elf: https://nl.wikipedia.org/wiki/Burgerservicenummer#11-proef */
  function isBsn(number) {
    const digits = Array.from(number.padStart(9, "0"), Number);
    const sum = digits.reduce((total, digit, at) => total + digit * (at === 8 ? -1 : 9 - at), 0);
    return sum % 11 === 0 && /[1-9]/.test(number);
  }

  const known = new WeakMap();

  /** All that our own records are called, in small letters. */
  function namesOf(common) {
    if (!known.has(common)) {
      const names = Object.values(common.names).flatMap(Object.values).concat(
        Object.values(common.terms).flatMap(terms => Object.values(terms).map(term => term.label))
      );
      known.set(common, names.join("\n").toLowerCase());
    }
    return known.get(common);
  }

  function find(common, text) {
    const found = [];
    const mail = rules.findMailbox(common, text);
    if (mail) found.push({ kind: "mail", found: mail });
    const phone = PHONE.exec(text);
    if (phone) found.push({ kind: "phone", found: phone[0] });
    const bsn = (text.match(NUMBER) || []).find(isBsn);
    if (bsn) found.push({ kind: "bsn", found: bsn });
    const name = [TITLED, INITIALS, PAIR].map(pattern => pattern.exec(text)).find(hit => hit && !namesOf(common).includes(hit[0].toLowerCase()));
    if (name) found.push({ kind: "name", found: name[0] });
    return found;
  }

  return { find };
});
