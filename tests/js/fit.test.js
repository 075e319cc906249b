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

function closes(group) {
  return { not_suitable: [{ group, text: "x", source: "x" }] };
}

function opens(group) {
  return { open_to: [{ group, text: "x", source: "x" }] };
}

// What the entry says beside the plain one, what is asked, the verdict of the only findings, and their sentence.
const CASES = [
  [{ out: "abroad" }, {}, "no", "kind-abroad"],
  [{ out: "own" }, { issues: ["denial"] }, "unknown no", "issue-silent kind-own"],
  [{ out: "own", ...opens("denial") }, { issues: ["denial"] }, "yes unknown", "opened kind-asked"],
  [{}, { who: "men" }, "yes", "who"],
  [{ target_groups: ["women"], sex: "women" }, { who: "men" }, "no", "who-other"],
  [{ target_groups: ["youth"] }, { who: "women" }, "no", "who-other"],
  [{ target_groups: ["youth"] }, { who: "youth" }, "yes", "who"],
  [{}, { who: "youth" }, "no", "who-other"],
  [{ target_groups: ["near-release"], settings: ["after-release"] }, { who: "youth" }, "unknown", "who-unsaid"],
  [{ target_groups: ["youth", "children-and-family"], settings: ["youth-long", "youth-any"] }, { who: "men" }, "no", "who-other"],
  [{ target_groups: ["youth", "children-and-family"], settings: ["youth-long", "youth-any"] }, { place: "arnhem" }, "no", "who-other"],
  [{ target_groups: ["children-and-family"], settings: ["youth-any"], ...at(["jji-lelystad", "runs"]) }, { place: "arnhem" }, "no", "who-other"],
  [{ target_groups: ["adults", "youth"] }, { place: "arnhem" }, "unknown", "place-unknown"],
  [{ ...at(["arnhem", "runs"]) }, { place: "jji-lelystad" }, "no", "who-other"],
  [{ target_groups: ["fathers"], sex: "men" }, { place: "jji-lelystad", parent: "yes" }, "yes no", "who who-other"],
  [{ target_groups: ["near-release"], settings: ["after-release"] }, { place: "jji-lelystad" }, "unknown", "place-unknown"],
  [{ target_groups: ["fathers"] }, { parent: "no" }, "no", "who-other"],
  [{ target_groups: ["fathers"] }, { parent: "yes" }, "yes", "who"],
  [{ target_groups: ["fathers"] }, {}, "unknown", "who-if"],
  [at(["zwolle", "planned"]), {}, "unknown", "place-doubted"],
  [{ target_groups: ["fathers", "adults"] }, { parent: "no" }, null, null],
  [{}, { weeks: 20 }, "unknown", "weeks-unknown"],
  [{ min_stay_weeks: 20, ...closes("too-short-stay") }, { weeks: 20 }, "yes", "weeks-enough"],
  [{ min_stay_weeks: 21, ...closes("too-short-stay") }, { weeks: 20 }, "no", "weeks-short"],
  [{ min_stay_weeks: 20 }, { weeks: 20 }, "yes", "weeks-enough-ours"],
  [{ min_stay_weeks: 21 }, { weeks: 20 }, "no", "weeks-short-ours"],
  [{ min_stay_weeks: 21, ...opens("too-short-stay") }, { weeks: 20 }, "unknown", "weeks-need weeks-open"],
  [{ min_stay_weeks: 21, in_parts: "parts" }, { weeks: 20 }, "unknown", "weeks-parts"],
  [{ in_parts: "single" }, { weeks: 0 }, "yes", "weeks-single"],
  [opens("too-short-stay"), { weeks: 0 }, "yes", "weeks-open"],
  [{ weeks: 4 }, { weeks: 20 }, "unknown", "weeks-length"],
  [{ sessions: 4 }, { weeks: 20 }, "unknown", "weeks-sessions"],
  [{ sessions: 10 }, { weeks: 6 }, "unknown", "weeks-sessions"],
  [{ length: "Drie dagen." }, { weeks: 6 }, "unknown", "weeks-note"],
  [{ length: "Drie dagen.", ...closes("too-short-stay") }, { weeks: 6 }, "unknown", "weeks-note"],
  [{ out: "own" }, { weeks: 6 }, "no", "kind-own"],
  [closes("too-short-stay"), { weeks: 20 }, "unknown", "weeks-stated"],
  [{ settings: ["after-release"] }, { weeks: 0 }, "yes", "weeks-later"],
  [{ phases: ["start"] }, { moment: "start" }, "yes", "moment-named"],
  [{ phases: ["start"] }, { moment: "end" }, "no", "moment-past"],
  [{ phases: ["start"] }, { moment: "during" }, "unknown", "moment-early"],
  [{ phases: ["start"], in_parts: "single" }, { weeks: 6 }, "yes unknown", "weeks-single moment-early"],
  [{ phases: ["end"] }, { moment: "start" }, "unknown", "moment-later"],
  [{ phases: ["during"] }, { moment: "end" }, null, null],
  [{ settings: ["remand"] }, { unit: "remand" }, "yes", "unit-named"],
  [{ settings: ["prison-any"] }, { unit: "remand" }, "unknown", "unit-unspecified"],
  [{ settings: ["ppc"] }, { unit: "remand" }, "unknown", "unit-other"],
  [{ settings: ["ppc"], ...closes("unit-type") }, { unit: "remand" }, "no", "unit-only"],
  [{ settings: ["ppc", "prison"], ...closes("unit-type") }, { unit: "remand" }, "unknown", "unit-other"],
  [{ settings: ["after-release"] }, { unit: "remand" }, "unknown", "unit-later"],
  [{ settings: ["remand"] }, { case: "open" }, "yes", "unit-named"],
  [{ settings: ["remand"] }, { case: "closed" }, "no", "case-before"],
  [{}, { case: "open" }, "unknown", "case-unsaid"],
  [closes("pending-case"), { case: "open" }, "no", "stated"],
  [closes("language"), { dutch: "none" }, "no", "stated"],
  [closes("language"), { dutch: "some" }, "unknown", "dutch-some"],
  [opens("language"), { dutch: "none" }, "yes", "opened"],
  [{}, { dutch: "none" }, "unknown", "issue-silent"],
  [{ target_groups: ["other-language"] }, { dutch: "none" }, "yes", "issue-meant"],
  [closes("language"), { dutch: "enough" }, null, null],
  [{ formats: ["group", "visit"] }, { form: "group" }, "yes", "form-named"],
  [{ formats: ["one-to-one"] }, { form: "group" }, "no", "form-opposite"],
  [{ formats: ["group"] }, { form: "alone" }, "no", "form-opposite"],
  [{ formats: ["one-to-one", "visit"] }, { form: "group" }, "unknown", "form-other"],
  [{}, { issues: ["sexual-offence"] }, "unknown", "issue-silent"],
  [{ told: ["sexual-offence"] }, { issues: ["sexual-offence"] }, "unknown", "issue-told"],
  [closes("sexual-offence"), { issues: ["sexual-offence"] }, "no", "stated"],
  [opens("sexual-offence"), { issues: ["sexual-offence"] }, "yes", "opened"],
  [{ ...closes("denial"), ...opens("denial") }, { issues: ["denial"] }, "unknown", "stated opened"],
  [{ target_groups: ["mental-health"] }, { issues: ["psychiatric"] }, "yes", "issue-meant"],
  [{ goals: ["trauma"] }, { goal: "trauma" }, "yes", "goal-named"],
  [{ goals: ["trauma"] }, { goal: "meaning" }, "no", "goal-other"],
  [{}, { place: "zwolle" }, "unknown", "place-unknown"],
  [{ everywhere: "2021" }, { place: "zwolle" }, "unknown", "place-everywhere"],
  [{ target_groups: ["youth"] }, { place: "zwolle" }, "no", "who-other"],
  [at(["zwolle", "runs"]), { place: "zwolle" }, "yes", "place-here"],
  [at(["zwolle", "planned"]), { place: "zwolle" }, "unknown", "place-unsure"],
  [{ offers: [{ institution: "zwolle", status: "runs", as_of: "2021", conflict: "x", doubted: "running" }] }, { place: "zwolle" }, "unknown", "place-conflict"],
  [{ offers: [{ institution: "zwolle", status: "runs", as_of: "2021", conflict: "x" }] }, { place: "zwolle" }, "yes", "place-here"],
  [{ referred: true, ...at(["almelo", "runs"]) }, { place: "zwolle" }, "unknown", "place-referred"],
  [at(["zwolle", "not_offered"]), { place: "zwolle" }, "no", "place-absent"],
  [at(["almelo", "runs"]), { place: "zwolle" }, "unknown", "place-near"],
  [at(["vught", "runs"]), { place: "zwolle" }, "unknown", "place-elsewhere"],
  [{ formats: ["online"] }, { place: "zwolle" }, "unknown", "place-remote"],
  [{ ...at(["vught", "runs"]), formats: ["visit", "online"] }, { place: "zwolle" }, "unknown", "place-elsewhere"],
  [at(["almelo", "unknown"]), { place: "zwolle" }, "unknown", "place-doubted"],
  [at(["almelo", "unknown"], ["vught", "runs"]), { place: "zwolle" }, "unknown", "place-elsewhere"],
  [{ first: ["A", "B"] }, {}, "unknown", "first"],
  [{}, {}, null, null],
  [{}, { place: "nergens", weeks: -1, form: "x", who: "x", moment: "x", case: "x", dutch: "x" }, null, null]
];

for (const [entry, answers, verdicts, findings] of CASES) {
  test(`${JSON.stringify(entry)} with ${JSON.stringify(answers)} is ${verdicts}: ${findings}`, () => {
    const found = fit.judge(choice, { ...PLAIN, ...entry }, answers);
    const all = [...found.yes, ...found.unknown, ...found.no];
    assert.deepEqual(all.map(one => one.id), findings ? findings.split(" ") : []);
    assert.equal(Array.from(new Set(all.map(one => one.verdict))).join(" "), verdicts || "");
    assert.equal(found.verdict, found.no.length ? "not" : found.yes.length && !found.unknown.length ? "fits" : "maybe");
  });
}

test("of what is at hand: opened, nothing against it, unknown, what may be refused; last what asks for another role", () => {
  const here = at(["zwolle", "runs"]);
  const judged = [
    { ...PLAIN, name: "soft", ...here, not_suitable: [{ group: "denial", text: "x", source: "x", soft: true }] },
    { ...PLAIN, name: "asks", ...here, target_groups: ["fathers"], ...opens("denial") },
    { ...PLAIN, name: "first", everywhere: "2021", first: ["A"], ...opens("denial") },
    { ...PLAIN, name: "unknown", ...here },
    { ...PLAIN, name: "own", out: "own", ...opens("denial") },
    { ...PLAIN, name: "opened", everywhere: "2021", ...opens("denial") },
    { ...PLAIN, name: "refused", out: "own" }
  ].map(entry => ({ entry, found: fit.judge(choice, entry, { place: "zwolle", issues: ["denial"] }) }));
  assert.deepEqual(judged.sort(fit.order).map(one => one.entry.name), ["opened", "own", "unknown", "soft", "first", "asks", "refused"]);
  assert.deepEqual(judged.filter(one => fit.isForPerson(one.found)).map(one => one.entry.name), ["opened", "own"]);
});

test("what is only in another institution is on no sheet for the person", () => {
  const [near, here] = [at(["almelo", "runs"]), at(["zwolle", "runs"])].map(offers =>
    fit.judge(choice, { ...PLAIN, ...offers, ...opens("denial") }, { place: "zwolle", issues: ["denial"] })
  );
  assert.equal(near.group, "near");
  assert.deepEqual([near, here].map(fit.isForPerson), [false, true]);
});

test("what may be a danger and is said nothing of is on no sheet for the person", () => {
  const entry = { ...PLAIN, ...at(["zwolle", "runs"]), ...opens("pending-case") };
  const judged = issue => fit.judge(choice, entry, { place: "zwolle", case: "open", issues: [issue] });
  const handed = choice.rules.issues.map(issue => [issue, fit.isForPerson(judged(issue))]);
  assert.deepEqual(handed, choice.rules.issues.map(issue => [issue, !choice.rules.dangers.includes(issue)]));
  assert.ok(choice.rules.dangers.length);
});

test("in a unit where people wait for their case, what a source says of an open case counts without an answer", () => {
  const caseIn = (entry, answers) => {
    const found = fit.judge(choice, { ...PLAIN, ...entry }, answers);
    return [...found.yes, ...found.unknown, ...found.no].filter(one => one.question === "case").map(one => one.verdict);
  };
  assert.deepEqual(caseIn(closes("pending-case"), { unit: "remand" }), ["no"]);
  assert.deepEqual(caseIn(closes("pending-case"), { unit: "prison" }), []);
  assert.deepEqual(caseIn({}, { unit: "remand" }), []);
  assert.deepEqual(caseIn(opens("pending-case"), { unit: "remand" }), []);
});

test("what is there for the other sex only is not there for this person", () => {
  const entry = { ...PLAIN, offers: at(["zwolle", "runs"]).offers.map(offer => ({ ...offer, sex: "women" })) };
  const idsFor = who => fit.judge(choice, entry, { place: "zwolle", who }).yes.map(one => one.id);
  assert.ok(!idsFor("men").includes("place-here"));
  assert.ok(idsFor("women").includes("place-here"));
});

test("what can be done here comes first, and what belongs to another part of detention last", () => {
  const judged = [
    { ...PLAIN, name: "rest" },
    { ...PLAIN, name: "after", after: true },
    { ...PLAIN, name: "near", ...at(["almelo", "runs"]) },
    { ...PLAIN, name: "everywhere", everywhere: "2021" },
    { ...PLAIN, name: "late", phases: ["start"], ...at(["zwolle", "runs"]) },
    { ...PLAIN, name: "here", ...at(["zwolle", "runs"]) },
    { ...PLAIN, name: "opened", ...at(["zwolle", "runs"]), ...opens("denial") }
  ].map(entry => ({ entry, found: fit.judge(choice, entry, { place: "zwolle", weeks: 6, issues: ["denial"] }) }));
  assert.deepEqual(judged.sort(fit.order).map(one => one.entry.name), ["opened", "here", "everywhere", "near", "after", "rest", "late"]);
});

test("each entry stands in one part: here, elsewhere, another time, another role; without a place anywhere", () => {
  const partOf = (entry, answers) => fit.judge(choice, { ...PLAIN, ...entry }, answers).part;
  const place = { place: "zwolle" };
  const here = at(["zwolle", "runs"]);
  assert.equal(partOf(here, place), "here");
  assert.equal(partOf({ everywhere: "2021" }, place), "here");
  assert.equal(partOf(at(["almelo", "runs"]), place), "elsewhere");
  assert.equal(partOf({}, place), "elsewhere");
  assert.equal(partOf(here, {}), "anywhere");
  assert.equal(partOf({ ...here, phases: ["start"] }, { ...place, weeks: 6 }), "later");
  assert.equal(partOf({ ...here, target_groups: ["fathers"] }, place), "role");
  assert.equal(partOf({ ...here, target_groups: ["fathers"] }, { ...place, parent: "yes" }), "here");
  assert.equal(partOf({ ...here, target_groups: ["victims"] }, { ...place, parent: "yes" }), "role");
  assert.deepEqual([{}, place, { who: "youth" }].map(one => partOf({ target_groups: ["youth"], settings: ["youth-any"] }, one)), ["role", "elsewhere", "anywhere"]);
  assert.equal(partOf({ ...here, target_groups: ["after-release"], after: true }, place), "here");
});

test("paper for staff tells of doubts, and nothing of what was answered of the person", () => {
  const soft = { not_suitable: [{ group: "sexual-offence", text: "x", source: "x", soft: true }] };
  const on = (entry, answers) => {
    const own = { ...PLAIN, ...entry };
    return fit.onPaper(own, fit.judge(choice, own, answers));
  };
  const asked = on(soft, { place: "zwolle", issues: ["sexual-offence"], dutch: "none", case: "open", moment: "start", goal: "trauma" });
  assert.deepEqual(asked.findings.map(one => one.question), ["place"]);
  assert.deepEqual([asked.bar, asked.doubt, asked.read], [true, true, true]);
  const plain = on({}, { place: "zwolle" });
  assert.deepEqual([plain.bar, plain.doubt, plain.read], [false, false, false]);
  assert.equal(on(soft, { place: "zwolle" }).read, true, "whatever was answered");
  assert.deepEqual(on({ first: ["A"] }, { dutch: "none" }).findings.map(one => one.id), ["first"]);
  assert.deepEqual(on({ target_groups: ["fathers"] }, {}).findings.map(one => one.id), ["who-if"]);
  assert.deepEqual(on({ target_groups: ["fathers"] }, { parent: "yes" }).findings, []);
});
