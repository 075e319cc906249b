/* The facts of an entry as short texts, for comparing and printing. Words: choose-words.html.

   Gives cells(row, data, entry, facts) -> [text]   data: what choice-data.js gives, entry one of its interventions,
     facts those of the entry in choice-facts.js; no texts: no source says it
         leavesOpen(row, facts)   whether what is known of it leaves open what a source could have said */
"use strict";

Kennisbank.define("choose/facts", ["core/words", "choose/here"], ({ words: { say }, here }) => {
  function range(name, value) {
    const { min, max, about } = value;
    if (about !== undefined) return say(name + "-about", { n: about });
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
    const present = (entry.offers || []).filter(offer => data.statuses[offer.status].means === "running");
    const number = new Set(present.map(offer => offer.institution)).size;
    const texts = entry.everywhere ? [say("offers-everywhere", { date: here.date(entry.everywhere) })] : [];
    return number ? texts.concat(say("offers-count", { n: number })) : texts;
  }

  const FORMS = {
    dosage,
    group_size: value => [range("people", value)],
    age: value => [range("years", value)],
    min_stay_weeks: value => [say("stay-weeks", { n: value })],
    reviewed_on: value => [here.date(value)]
  };

  function cells(row, data, entry, facts) {
    if (row === "tagline") return [entry.tagline];
    if (row === "offers") return offers(data, entry);
    if (facts[row] === undefined) return [];
    if (row in FORMS) return FORMS[row](facts[row]);
    return facts[row].map(one => (one.manner ? say("fact-" + one.manner, one) : one));
  }

  function leavesOpen(row, facts) {
    return Array.isArray(facts[row]) && facts[row].some(one => one.manner === "vague");
  }

  return { cells, leavesOpen };
});
