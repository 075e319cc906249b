/* The rules of the guide: one case per rule, on the terms and institutions of the project. */
"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");
const { load } = require("./house.js");
const { choice } = require("./given.js");

const fit = load("choose/fit");
const PLAIN = { id: "x", name: "X", category: "x", target_groups: ["adults"], settings: ["prison-any"], formats: ["group"], goals: ["trauma"], countries: ["NL"] };

function at(...offers) {
  return { offers: offers.map(([institution, status]) => ({ institution, status, as_of: "2021" })) };
}

// What the entry says beside the plain one, what is asked, the verdict and the one finding.
const CASES = [
  [{}, { weeks: 6 }, "maybe", "weeks-unknown"],
  [{ min_stay_weeks: 6 }, { weeks: 6 }, "yes", "weeks-enough"],
  [{ min_stay_weeks: 7 }, { weeks: 6 }, "no", "weeks-short"],
  [{ min_stay_weeks: 7, in_parts: "parts" }, { weeks: 6 }, "maybe", "weeks-parts"],
  [{ in_parts: "single" }, { weeks: 0 }, "yes", "weeks-single"],
  [{ weeks: 4 }, { weeks: 6 }, "maybe", "weeks-length"],
  [{ sessions: 4 }, { weeks: 6 }, "maybe", "weeks-sessions"],
  [{ not_suitable: [{ group: "too-short-stay", text: "x" }] }, { weeks: 6 }, "maybe", "weeks-stated"],
  [{ settings: ["after-release"] }, { weeks: 0 }, "yes", "weeks-later"],
  [{ settings: ["remand"] }, { unit: "remand" }, "yes", "unit-named"],
  [{ settings: ["prison-any"] }, { unit: "remand" }, "maybe", "unit-unspecified"],
  [{ settings: ["ppc"] }, { unit: "remand" }, "maybe", "unit-other"],
  [{ settings: ["ppc"], not_suitable: [{ group: "unit-type", text: "x" }] }, { unit: "remand" }, "no", "unit-only"],
  [{ settings: ["after-release"] }, { unit: "remand" }, "maybe", "unit-later"],
  [{ formats: ["group", "visit"] }, { form: "group" }, "yes", "form-named"],
  [{ formats: ["one-to-one"] }, { form: "group" }, "no", "form-opposite"],
  [{ formats: ["group"] }, { form: "alone" }, "no", "form-opposite"],
  [{ formats: ["one-to-one", "visit"] }, { form: "group" }, "maybe", "form-other"],
  [{}, { issues: ["sexual-offence"] }, "maybe", "issue-silent"],
  [{ target_groups: ["mental-health"] }, { issues: ["psychiatric"] }, "yes", "issue-meant"],
  [{ not_suitable: [{ group: "language", text: "x" }] }, { issues: ["language"] }, "no", "issue-stated"],
  [{ goals: ["trauma"] }, { goal: "trauma" }, "yes", "goal-named"],
  [{ goals: ["trauma"] }, { goal: "meaning" }, "no", "goal-other"],
  [{}, { place: "zwolle" }, "maybe", "place-unknown"],
  [{ countries: ["NO"] }, { place: "zwolle" }, "maybe", "place-abroad"],
  [{ everywhere: "2021" }, { place: "zwolle" }, "maybe", "place-everywhere"],
  [{ target_groups: ["youth"] }, { place: "zwolle" }, "no", "place-young"],
  [at(["zwolle", "runs"]), { place: "zwolle" }, "yes", "place-here"],
  [at(["zwolle", "planned"]), { place: "zwolle" }, "maybe", "place-unsure"],
  [{ offers: [{ institution: "zwolle", status: "runs", as_of: "2021", conflict: true }] }, { place: "zwolle" }, "maybe", "place-conflict"],
  [at(["zwolle", "not_offered"]), { place: "zwolle" }, "no", "place-absent"],
  [at(["almelo", "runs"]), { place: "zwolle" }, "maybe", "place-elsewhere"],
  [{}, {}, "yes", null],
  [{}, { place: "nergens", weeks: -1, form: "x" }, "yes", null]
];

for (const [entry, answers, verdict, finding] of CASES) {
  test(`${JSON.stringify(entry)} with ${JSON.stringify(answers)} is ${verdict}: ${finding}`, () => {
    const found = fit.judge(choice, { ...PLAIN, ...entry }, answers);
    assert.equal(found.verdict, verdict);
    const ids = Array.from(new Set([...found.yes, ...found.maybe, ...found.no].map(one => one.id)));
    assert.deepEqual(ids, finding ? [finding] : []);
  });
}
