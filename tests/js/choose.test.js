/* Places, codes on paper and what is said of an offer. */
"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");
const { load } = require("./house.js");
const { choice } = require("./given.js");

const places = load("choose/places");
const code = load("choose/code");
const { institutions } = load("core/data").of(choice);
const words = { say: (name, values) => [name, ...Object.values(values || {})].join(" ") };

test("the nearest is of the same population, present, and the least kilometres", () => {
  const there = (institution, status = "runs") => ({ institution, status, as_of: "2021" });
  const own = { offers: [there("rotterdam"), there("almelo"), there("jji-lelystad"), there("arnhem", "not_offered")] };
  const near = places.nearest(choice, own, institutions.get("zwolle"));
  assert.equal(near.institution.id, "almelo");
  assert.ok(near.km >= 35 && near.km <= 50, String(near.km));
});

test("a distance is in kilometres over the globe", () => {
  const km = Math.round(places.distance(institutions.get("zwolle"), institutions.get("rotterdam")));
  assert.ok(km >= 120 && km <= 135, String(km));
});

test("every wrong sign in a code is noticed", () => {
  const { signs } = choice.codes;
  const written = code.write(choice.codes, ["5VE", "P1G", "H5G"]).replaceAll(" ", "");
  assert.equal(code.read(choice.codes, written).problem, null);
  for (let at = 0; at < written.length; at++) {
    for (const sign of signs) {
      if (sign === written[at]) continue;
      assert.notEqual(code.read(choice.codes, written.slice(0, at) + sign + written.slice(at + 1)).problem, null, `${sign} at ${at}`);
    }
  }
});

test("a code is read as people write it, and every problem has its name", () => {
  const written = code.write(choice.codes, ["5VE", "P1G"]);
  const spoken = written.toLowerCase().replaceAll(" ", "-").replaceAll("0", "o").replaceAll("1", "l");
  assert.deepEqual([...code.read(choice.codes, ` ${spoken} `).codes], ["5VE", "P1G"]);
  const problems = { "": "empty", "5VE*P1G2": "sign", "5VE P1G": "length", "5VE P1G 0": "check" };
  for (const [text, problem] of Object.entries(problems)) assert.equal(code.read(choice.codes, text).problem, problem, text);
  assert.equal(code.write(choice.codes, []), "");
});

test("an offer is told with its status and date, and that it is to be verified", () => {
  const here = load("choose/here", { "core/words": words });
  const offer = { institution: "zwolle", status: "runs", as_of: "2021-09", stale: true };
  const { check, kind, text } = here.describe(choice, { offers: [offer] }, institutions.get("zwolle"), true);
  assert.equal(kind, "here");
  assert.equal(check, true);
  assert.ok(text.includes("september 2021") && text.includes(institutions.get("zwolle").name), text);
});

test("a fact is a text, and what is not known is none", () => {
  const facts = load("choose/facts", { "core/words": words });
  const cells = (row, own) => [...facts.cells(row, choice, { tagline: "kort" }, own)];
  assert.deepEqual(cells("tagline", {}), ["kort"]);
  assert.deepEqual(cells("age", { age: { min: 18 } }), ["years-min 18"]);
  assert.deepEqual(cells("age", { age: { min: 18, max: 18 } }), ["years-exact 18"]);
  assert.deepEqual(cells("age", {}), []);
});
