/* Which entries pass a choice of terms, held against the plain way of counting. */
"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");
const { load } = require("./house.js");

const facets = load("search/facets");
const NAMES = ["colour", "size"];
const COLOURS = ["red", "green", "blue"];
const entries = Array.from({ length: 100 }, (_, n) => ({ colour: [COLOURS[n % 3]], size: n % 5 ? [String(n % 5), "any"] : [] }));
const index = facets.build(entries, NAMES);

function passes(entry, chosen, without) {
  return NAMES.every(name => name === without || !chosen[name].size || entry[name].some(term => chosen[name].has(term)));
}

const CHOICES = [[[], []], [["red"], []], [["red", "blue"], ["1"]], [["green"], ["any", "2"]], [[], ["9"]]];
for (const [colour, size] of CHOICES) {
  test(`colour ${colour} and size ${size}`, () => {
    const chosen = { colour: new Set(colour), size: new Set(size) };
    const { bits, count, counts } = index.choose(chosen, null);
    assert.equal(count, entries.filter(entry => passes(entry, chosen)).length);
    entries.forEach((entry, n) => assert.equal(Boolean(facets.has(bits, n)), passes(entry, chosen)));
    for (const name of NAMES) {
      for (const [term, number] of counts[name]) {
        const own = entries.filter(entry => passes(entry, chosen, name) && entry[name].includes(term));
        assert.equal(number, own.length, `${name} ${term}`);
      }
    }
  });
}

test("only what is given counts", () => {
  const within = new Uint32Array(4);
  facets.add(within, 0);
  facets.add(within, 99);
  const { count } = index.choose({ colour: new Set(), size: new Set() }, within);
  assert.equal(count, 2);
});

test("of a facet that is within, an entry passes when all it names is chosen", () => {
  const rooms = [{ room: [] }, { room: ["tables"] }, { room: ["tables", "wall"] }];
  const own = facets.build(rooms, ["room"], ["room"]);
  const passing = (...chosen) => rooms.filter((room, n) => facets.has(own.choose({ room: new Set(chosen) }, null).bits, n));
  assert.deepEqual(passing("tables"), [rooms[0], rooms[1]]);
  assert.deepEqual(passing("wall"), [rooms[0]]);
  assert.deepEqual(passing("tables", "wall"), rooms);
  assert.deepEqual(passing(), rooms);
});
