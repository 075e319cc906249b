/* What a proposal says: the changes of a record, and the whole file (schema/proposal.schema.json). Pure.

   Gives compare(record, now) -> {set, remove, was} or null   of each field that differs; what is empty is left out
         changeOf(form, record, now) -> a change of the file, or null when nothing differs
         additionOf(form, now)       -> one for a new record
         keyOf(form, record)         -> the fields that say which record it is
         proposal({made_on, from, basis, note}, changes) -> the file as data */
"use strict";

Kennisbank.define("propose/change", ["propose/judge"], ({ judge: { same } }) => {
  function pick(record, names) {
    return Object.fromEntries(names.filter(name => record[name] !== undefined).map(name => [name, record[name]]));
  }

  function withoutEmpty(parts) {
    return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined && value !== null && Object.keys(value).length > 0));
  }

  function compare(record, now) {
    const names = Object.keys(Object.assign({}, record, now)).filter(name => !same(record[name], now[name]));
    const gone = names.filter(name => now[name] === undefined);
    return names.length ? withoutEmpty({ set: pick(now, names), remove: gone, was: pick(record, names) }) : null;
  }

  function keyOf(form, record) {
    return pick(record, form.key);
  }

  /** Where a date says as of when all of it is true, `was` holds what that date is about too: whoever applies it sees
      whether what was confirmed is still what stands there. */
  function guardOf(form, record) {
    const { properties, required } = form.schema;
    if (!Object.values(properties).some(node => node.form === "as-of")) return {};
    return pick(record, required.filter(name => !form.key.includes(name) && properties[name].form !== "given"));
  }

  function changeOf(form, record, now) {
    const found = compare(record, now);
    return found && Object.assign({ kind: form.kind, key: keyOf(form, record) }, found, { was: Object.assign(guardOf(form, record), found.was) });
  }

  function additionOf(form, now) {
    return { kind: form.kind, add: now };
  }

  function proposal({ made_on, from, basis, note }, changes) {
    return Object.assign({ proposal: 1, made_on, from: from || {}, basis: basis || {} }, note ? { note } : {}, { changes });
  }

  return { compare, changeOf, additionOf, keyOf, proposal };
});
