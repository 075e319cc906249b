/* The facts of an entry as short texts, for comparing and printing. Words: choose-words.html.

   Kennisbank.facts.cells(row, data, entry, facts) -> [text]   data: window.KENNISBANK_CHOICE, entry one of its
     interventions, facts those of the entry in choice-facts.js; no texts: no source says it */
(function (scope) {
  "use strict";

  const { say } = scope.Kennisbank;

  function range(name, value) {
    const { min, max } = value;
    if (min !== undefined && min === max) return say(name + "-exact", { n: min });
    if (min !== undefined && max !== undefined) return say(name + "-both", { min, max });
    return min !== undefined ? say(name + "-min", { n: min }) : say(name + "-max", { n: max });
  }

  function dosage({ minutes, note, sessions, weeks }) {
    const texts = [];
    if (sessions !== undefined) texts.push(say("dosage-sessions", { n: sessions }));
    if (minutes !== undefined) texts.push(say("dosage-minutes", { n: minutes }));
    if (weeks !== undefined) texts.push(say("dosage-weeks", { n: weeks }));
    return [texts.join(", "), note].filter(Boolean);
  }

  function offers(data, entry) {
    const present = (entry.offers || []).filter(offer => data.statuses[offer.status].means !== "absent");
    const number = new Set(present.map(offer => offer.institution)).size;
    const texts = entry.everywhere ? [say("offers-everywhere", { date: scope.Kennisbank.here.date(entry.everywhere) })] : [];
    return number ? texts.concat(say("offers-count", { n: number })) : texts;
  }

  const FORMS = {
    dosage,
    group_size: value => [range("people", value)],
    age: value => [range("years", value)],
    min_stay_weeks: value => [say("stay-weeks", { n: value })],
    reviewed_on: value => [scope.Kennisbank.here.date(value)]
  };

  function cells(row, data, entry, facts) {
    if (row === "tagline") return [entry.tagline];
    if (row === "offers") return offers(data, entry);
    if (facts[row] === undefined) return [];
    return row in FORMS ? FORMS[row](facts[row]) : facts[row];
  }

  scope.Kennisbank = scope.Kennisbank || {};
  scope.Kennisbank.facts = { cells };
})(window);
