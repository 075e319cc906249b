/* The transfer: what goes on, and for what that has to be asked. */
"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");
const { load } = require("./house.js");
const { choice, guide } = require("./given.js");

const fate = load("choose/fate");
const { institutions } = load("core/data").of(choice);
const [arnhem, zwolle] = ["arnhem", "zwolle"].map(id => institutions.get(id));
const PLAIN = { id: "x", name: "X", category: "x", goals: ["trauma"], countries: ["NL"], target_groups: ["adults"] };

/** An entry that runs in Arnhem, and is in other places as given. */
function entry(id, ...offers) {
  return { ...PLAIN, id, offers: [{ institution: "arnhem", status: "runs", as_of: "2021-09", stale: true }, ...offers] };
}

const there = (status, more) => ({ institution: "zwolle", status, as_of: "2026-10", ...more });
const old = { stale: true, as_of: "2021-09" };

const CASES = {
  on: [there("runs")],
  old: [there("runs", old)],
  perhaps: [there("incidental")],
  stops: [there("not_offered", old)],
  unknown: []
};

for (const [group, offers] of Object.entries(CASES)) {
  test(`${JSON.stringify(offers)} is ${group}`, () => {
    const found = fate.judge(choice, [entry("x", ...offers)], { from: arnhem, to: zwolle });
    assert.deepEqual(Object.keys(found).filter(name => found[name].length), [group]);
  });
}

test("a doubted, derived, planned or paused offer is not sure either, however new", () => {
  const doubts = [there("runs", { doubted: "running" }), there("runs", { doubted: "often" }), there("runs", { inferred: true }), there("planned"), there("paused"), there("unknown")];
  for (const one of doubts) assert.equal(fate.judge(choice, [entry("x", one)], { from: arnhem, to: zwolle }).perhaps.length, 1, JSON.stringify(one));
});

test("what was only planned in the old one did not run in both", () => {
  const planned = { ...PLAIN, id: "x", offers: [{ institution: "arnhem", status: "planned", as_of: "2021-09", stale: true }, there("runs", old)] };
  assert.equal(fate.judge(choice, [planned], { from: arnhem, to: zwolle }).perhaps.length, 1);
});

test("a contradiction about something else leaves it as sure as it is", () => {
  assert.equal(fate.judge(choice, [entry("x", there("runs", { conflict: "Wie het hier geeft" }))], { from: arnhem, to: zwolle }).on.length, 1);
});

test("what only comes by a referral is nowhere near", () => {
  const sent = { ...PLAIN, referred: true, offers: [{ institution: "arnhem", status: "runs", as_of: "2021" }] };
  assert.equal(fate.nearest(choice, sent, { from: zwolle, to: zwolle }), null);
  assert.equal(fate.judge(choice, [{ ...entry("x"), referred: true }], { from: arnhem, to: zwolle }).perhaps.length, 1);
});

test("the years are those of what is told of the new institution", () => {
  const found = fate.judge(choice, [entry("x", there("runs", old)), entry("y", there("runs", { stale: true, as_of: "2019" }))], { from: arnhem, to: zwolle });
  assert.deepEqual([...fate.years(found.old)], ["2019", "2021"]);
  const undated = fate.judge(choice, [entry("x", there("runs", { stale: true, as_of: "undated" }))], { from: arnhem, to: zwolle });
  assert.deepEqual([...fate.years(undated.old)], []);
});

test("the nearest is where it is known to run, and never the place that is left", () => {
  const near = (...offers) => fate.nearest(choice, { ...PLAIN, offers }, { from: arnhem, to: zwolle });
  const at = (institution, status) => ({ institution, status, as_of: "2021" });
  assert.equal(near(at("arnhem", "runs")), null);
  assert.equal(near(at("almelo", "unknown"), at("jji-lelystad", "runs")), null);
  assert.equal(near(at("almelo", "planned"), at("vught", "runs"), at("arnhem", "runs")).institution.id, "vught");
});

test("of men from Arnhem to Zwolle nothing is sure that only an old source says", () => {
  const state = { from: arnhem, to: zwolle, sex: "men" };
  const found = fate.judge(choice, choice.interventions, state);
  assert.ok(found.old.length > 2 && found.on.every(one => !one.there.offer.stale));
  assert.ok(found.perhaps.some(one => one.there.offer && one.there.offer.status === "incidental"));
  for (const { entry: one } of [...found.stops, ...found.unknown]) {
    const near = fate.nearest(choice, one, state);
    assert.ok(!near || (near.institution.id !== "arnhem" && choice.statuses[near.offer.status].means === "running"), one.id);
  }
  assert.equal(Object.values(found).flat().filter(one => one.entry.id in guide).length, Object.values(found).flat().length, "whom to ask");
});

test("what is most alike shares a goal: of the same category first, and never without one", () => {
  const at = { institution: "zwolle", status: "runs", as_of: "2021" };
  const like = (id, category, ...goals) => ({ ...entry(id, at), id, category, goals });
  const lost = { ...entry("x"), id: "x", category: "a", goals: ["family", "skills"] };
  const best = (...others) => (fate.alternative(choice, [lost, ...others], lost, { to: zwolle, sex: "" }) || {}).id;
  assert.equal(best(like("victim", "a", "victim"), like("network", "b", "family")), "network");
  assert.equal(best(like("both", "b", "family", "skills"), like("same", "a", "family")), "same");
  assert.equal(best(like("victim", "a", "victim")), undefined);
});
