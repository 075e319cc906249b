/* What tells of a person in a text that somebody types: a mailbox, a telephone number, a BSN, a name. Pure.

   A remark for who types, before anything is sent: a name is guessed by how it looks, so it may be wrong, and refuses
   nothing. What a mailbox, a number or a name is, the check says (check/persons.py).

   Gives find(common, text) -> [{kind: "mail" | "phone" | "bsn" | "name", found}] */
"use strict";

Kennisbank.define("propose/personal", ["propose/rules"], ({ rules }) => {
  const KINDS = { KB408: "mail", KB420: "bsn", KB421: "phone" };
  // Two words with a capital are a name inside a sentence only: at its beginning the first may be any word.
  const INSIDE = "(?<=[\\p{L},;:(] )";

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
    const [titled, initials, [pair, flags]] = common.persons.names;
    const hits = [titled, initials, [INSIDE + pair, flags]].flatMap(pattern => rules.findAll(pattern, text));
    const name = hits.find(hit => !namesOf(common).includes(hit[0].toLowerCase()));
    if (name) found.push({ kind: "name", found: name[0] });
    return found;
  }

  return { find };
});
