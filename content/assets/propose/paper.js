/* A small proposal as a code that can be typed over from paper: one offer, its status, its date and its end, and who
   says it. Pure.

   Of each id the code holds three signs (views/script_data.py, code_of), of a date its number of months; that of the
   end is only there when it was given. What the signs are and how typing errors are found, see choose/code.js.

   Gives write(common, data) -> code, or "" for a proposal that holds more than that
         read(common, text) -> {key, set, from, basis} or {problem, sign} */
"use strict";

Kennisbank.define("propose/paper", ["choose/code"], ({ code }) => {
  const NOTHING = "-"; // no id
  const MONTH = /^\d{4}(-\d\d)?$/;

  /** CRC-32, RFC 1952, 8. */
  function crc(text) {
    let sum = ~0;
    for (const byte of new TextEncoder().encode(text)) {
      sum ^= byte;
      for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xEDB88320 : 0);
    }
    return ~sum >>> 0;
  }

  function signs({ length, signs: base }, number) {
    return Array.from({ length }, (none, at) => base[number >> 5 * (length - 1 - at) & 31]).join("");
  }

  function numberOf({ signs: base }, text) {
    return Array.from(text).reduce((sum, one) => sum * base.length + base.indexOf(one), 0);
  }

  function months(date) {
    const [year, month = 0] = date.split("-").map(Number);
    return year * 13 + month;
  }

  function dateOf(number) {
    const month = number % 13;
    return String(Math.floor(number / 13)) + (month ? "-" + String(month).padStart(2, "0") : "");
  }

  /** Whether a code holds all of it: one offer, nothing but its status and dates by the month, and no words. */
  function isSmall({ basis, note, changes: [change, ...others] }, dates, more) {
    const isOne = !others.length && change.kind === "offers" && !change.remove && !Object.keys(more).length;
    return isOne && !note && !basis.title && !basis.url && basis.date === dates[0] && dates.every(date => MONTH.test(date));
  }

  function write(common, data) {
    const { from, basis, changes: [change] } = data;
    const { intervention, institution, status, as_of, until, ...more } = Object.assign({}, change.key, change.set || change.add);
    const dates = [as_of].concat(until || []);
    if (!isSmall(data, dates, more)) return "";
    const ids = [intervention, institution, status || NOTHING, from.role, from.institution || NOTHING, basis.kind];
    const groups = ids.map(id => signs(common.codes, crc(id)));
    return code.write(common.codes, groups.concat(dates.map(date => signs(common.codes, months(date)))));
  }

  function read(common, text) {
    const { codes, problem, sign } = code.read(common.codes, text);
    if (problem) return { problem, sign };
    const { everywhere, names, terms } = common;
    const lists = [
      names.interventions, Object.assign({ [everywhere]: "" }, names.institutions), terms.offer_status, terms.role,
      names.institutions, terms.proposal_basis
    ];
    const found = lists.map((list, at) => [NOTHING, ...Object.keys(list)].find(id => signs(common.codes, crc(id)) === codes[at]));
    const more = codes.length - lists.length;
    if (more < 1 || more > 2 || found.includes(undefined)) return { problem: "unknown" };
    const [intervention, institution, status, role, own, kind] = found.map(id => (id === NOTHING ? "" : id));
    const [date, until] = codes.slice(lists.length).map(signsOf => dateOf(numberOf(common.codes, signsOf)));
    const set = Object.assign({}, status ? { status } : {}, { as_of: date }, until ? { until } : {});
    return { key: { intervention, institution }, set, from: { role, institution: own }, basis: { kind, date } };
  }

  return { write, read };
});
