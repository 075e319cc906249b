/* Does an intervention fit a person, as far as the sources say? Pure: no DOM, no words.

   Gives judge(data, entry, answers) -> {verdict, yes, maybe, no, notes}
     data      what choice-data.js gives; entry: one of its interventions
     answers   {place, weeks, unit, form, issues, goal}, each may be left out: institution id, whole weeks,
               setting id, "group" or "alone", [exclusion id], goal id
     verdict   "no" with one finding against, else "maybe" with one finding that is not known, else "yes"
     yes, maybe, no   findings {question, id, …}: `id` names the sentence fit-<id> of choose-words.html; beside it what
               that sentence needs: n, need, words [label], text and instead (the source's own), offer, nearest, asOf
     notes     labels of exclusions that the source names and that were not asked

   A source that is silent never excludes: that is a "maybe". The rules, one function per question:
     place   runs there: yes. Starting, planned, paused, not known to run, or the source contradicts itself: maybe.
             In principle everywhere, only elsewhere, nowhere known: maybe. Stated not to be there: no.
             Meant for young people only, in an institution for adults: no.
     weeks   stay needed is stated: yes when it fits; else no, or maybe when a part of it is of use.
             Not stated: maybe, with what the source does say; of use after one session, or after release: yes.
     unit    named: yes. The source names no unit: maybe. Names others only: maybe, or no when it says that it is
             only for those.
     form    the form asked for is named: yes. Only the opposite form is named: no, with what the source offers
             to who does not fit in a group. Other forms only: maybe.
     issues  per issue: named as unsuitable: no, in the words of the source. Meant for it: yes. Silent: maybe.
     goal    named: yes; else no, with the goals that are named. */
"use strict";

Kennisbank.define("choose/fit", ["core/data", "choose/places"], ({ data: records, places }) => {
  /** @type {Mention} */
  const NOTHING = { group: "" };

  const shares = (one, other) => (one || []).some(term => (other || []).includes(term));

  function labels(data, vocabulary, ids) {
    return Array.from(ids || [], id => data.labels[vocabulary][id]);
  }

  /** @param {Entry} entry @param {string[]} groups @returns {Mention[]} */
  function exclusions(entry, groups) {
    return (entry.not_suitable || []).filter(mention => groups.includes(mention.group));
  }

  /** @param {Choice} data @param {Entry} entry */
  function judgePlace(data, entry, answer) {
    const institution = records.of(data).institutions.get(answer);
    if (!institution) return [];
    if (institution.adult && entry.target_groups.every(group => data.rules.young.includes(group))) {
      return [{ verdict: "no", id: "place-young", words: labels(data, "target_group", entry.target_groups) }];
    }
    const { kind, offer, nearest, asOf } = places.judge(data, entry, institution);
    if (kind === "here") {
      if (offer.conflict) return [{ verdict: "maybe", id: "place-conflict", offer }];
      const runs = places.means(data, offer) === "running";
      return [runs ? { verdict: "yes", id: "place-here", offer } : { verdict: "maybe", id: "place-unsure", offer }];
    }
    if (kind === "absent") return [{ verdict: "no", id: "place-absent", offer, nearest }];
    if (kind === "everywhere") return [{ verdict: "maybe", id: "place-everywhere", asOf }];
    if (kind === "elsewhere") return [{ verdict: "maybe", id: "place-elsewhere", nearest }];
    if (!shares(entry.countries, data.rules.home)) {
      return [{ verdict: "maybe", id: "place-abroad", words: labels(data, "country", entry.countries) }];
    }
    return [{ verdict: "maybe", id: "place-unknown" }];
  }

  /** @param {Choice} data @param {Entry} entry */
  function judgeWeeks(data, entry, answer) {
    if (!Number.isInteger(answer) || answer < 0) return [];
    const { divisible, later, once, stay } = data.rules;
    const need = entry.min_stay_weeks;
    const stated = exclusions(entry, stay)[0] || NOTHING;
    const parts = divisible.includes(entry.in_parts);
    if (entry.settings.every(setting => later.includes(setting))) return [{ verdict: "yes", id: "weeks-later" }];
    if (need !== undefined) {
      if (answer >= need) return [{ verdict: "yes", id: "weeks-enough", n: need, text: stated.text }];
      if (parts) return [{ verdict: "maybe", id: "weeks-parts", n: need, text: stated.text }];
      return [{ verdict: "no", id: "weeks-short", n: need, text: stated.text, instead: stated.instead }];
    }
    if (once.includes(entry.in_parts)) return [{ verdict: "yes", id: "weeks-single" }];
    if (stated.text) return [{ verdict: "maybe", id: "weeks-stated", text: stated.text, instead: stated.instead }];
    if (entry.weeks !== undefined) return [{ verdict: "maybe", id: "weeks-length", n: entry.weeks }];
    if (entry.sessions !== undefined) return [{ verdict: "maybe", id: "weeks-sessions", n: entry.sessions }];
    return [{ verdict: "maybe", id: "weeks-unknown" }];
  }

  /** @param {Choice} data @param {Entry} entry */
  function judgeUnit(data, entry, answer) {
    const { later, unit, units } = data.rules;
    if (!answer) return [];
    if (entry.settings.includes(answer)) return [{ verdict: "yes", id: "unit-named", words: labels(data, "setting", [answer]) }];
    const stated = exclusions(entry, unit)[0];
    if (stated) return [{ verdict: "no", id: "unit-only", text: stated.text, instead: stated.instead }];
    if (entry.settings.includes(units[answer])) return [{ verdict: "maybe", id: "unit-unspecified" }];
    if (entry.settings.every(setting => later.includes(setting))) return [{ verdict: "maybe", id: "unit-later" }];
    return [{ verdict: "maybe", id: "unit-other", words: labels(data, "setting", entry.settings) }];
  }

  /** @param {Choice} data @param {Entry} entry */
  function judgeForm(data, entry, answer) {
    const { alone, crowd, together } = data.rules;
    if (answer !== "group" && answer !== "alone") return [];
    const [wanted, opposite] = answer === "group" ? [together, alone] : [alone, together];
    const words = labels(data, "format", entry.formats);
    if (shares(entry.formats, wanted)) {
      return [{ verdict: "yes", id: "form-named", words: labels(data, "format", entry.formats.filter(one => wanted.includes(one))) }];
    }
    if (entry.formats.every(format => opposite.includes(format))) {
      const stated = exclusions(entry, crowd)[0] || NOTHING;
      return [{ verdict: "no", id: "form-opposite", words, instead: answer === "alone" ? stated.instead : undefined }];
    }
    return [{ verdict: "maybe", id: "form-other", words }];
  }

  /** @param {Choice} data @param {Entry} entry */
  function judgeIssues(data, entry, answer) {
    return (answer || []).flatMap(issue => {
      const words = labels(data, "exclusion", [issue]);
      const stated = exclusions(entry, [issue]);
      if (stated.length) return stated.map(({ text, instead }) => ({ verdict: "no", id: "issue-stated", words, text, instead }));
      const meant = Object.entries(data.rules.issues[issue] || {}).some(([field, terms]) => shares(entry[field], terms));
      return [{ verdict: meant ? "yes" : "maybe", id: meant ? "issue-meant" : "issue-silent", words }];
    });
  }

  /** @param {Choice} data @param {Entry} entry */
  function judgeGoal(data, entry, answer) {
    if (!answer) return [];
    if (entry.goals.includes(answer)) return [{ verdict: "yes", id: "goal-named", words: labels(data, "goal", [answer]) }];
    return [{ verdict: "no", id: "goal-other", words: labels(data, "goal", entry.goals) }];
  }

  const RULES = { place: judgePlace, weeks: judgeWeeks, unit: judgeUnit, form: judgeForm, issues: judgeIssues, goal: judgeGoal };

  /** @param {Choice} data @param {Entry} entry */
  function judge(data, entry, answers) {
    const found = { yes: [], maybe: [], no: [] };
    for (const [question, rule] of Object.entries(RULES)) {
      for (const finding of rule(data, entry, answers[question])) {
        found[finding.verdict].push(Object.assign({ question }, finding));
      }
    }
    const said = new Set(found.yes.concat(found.maybe, found.no).map(finding => finding.text));
    const asked = new Set((answers.issues || []).concat(answers.form === "alone" ? data.rules.crowd : []));
    const rest = (entry.not_suitable || []).filter(mention => !asked.has(mention.group) && !said.has(mention.text));
    const verdict = found.no.length ? "no" : found.maybe.length ? "maybe" : "yes";
    return Object.assign({ verdict, notes: labels(data, "exclusion", new Set(rest.map(mention => mention.group))) }, found);
  }

  return { judge };
});
