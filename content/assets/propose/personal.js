/* What tells of a person in a text that somebody types: a mailbox, a telephone number, a BSN, a name. Pure.

   A remark for who types, before anything is sent: a name is guessed by how it looks, so it may be wrong, and refuses
   nothing. What a mailbox or a number is, the check says (rules.js).

   Gives find(common, text) -> [{kind: "mail" | "phone" | "bsn" | "name", found}] */
"use strict";

Kennisbank.define("propose/personal", ["propose/rules"], ({ rules }) => {
  const KINDS = { KB408: "mail", KB420: "bsn", KB421: "phone" };
  const PIECE = "(?:van|van der|van den|van de|de|den|der|ter|ten|te|el|bin|ibn)";
  const SURNAME = "(?:" + PIECE + " )*\\p{Lu}[\\p{L}'’-]+";
  // Behind a title a surname; without one two words with a capital inside a sentence.
  const TITLED = new RegExp("(?<!\\p{L})(?:mevrouw|mevr|mw|meneer|mijnheer|dhr|de heer|dr|drs|ds)\\.? (?:\\p{Lu}\\. ?)*" + SURNAME, "iu");
  const INITIALS = new RegExp("(?<!\\p{L})(?:\\p{Lu}\\. ?){1,4}" + SURNAME, "u");
  const PAIR = new RegExp("(?<=[\\p{L},;(] )\\p{Lu}\\p{Ll}{2,} " + SURNAME, "u");

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
    const found = rules.findPersons(common, text).map(one => ({ kind: KINDS[one.code], found: one.found }));
    const name = [TITLED, INITIALS, PAIR].map(pattern => pattern.exec(text)).find(hit => hit && !namesOf(common).includes(hit[0].toLowerCase()));
    if (name) found.push({ kind: "name", found: name[0] });
    return found;
  }

  return { find };
});
