/* The order of names in the browser is that of Python (test_order.py): the same cases. */
"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");
const { load } = require("./house.js");
const cases = require("../order.json");

const { compare } = load("core/order");

for (const { why, in_order: expected } of cases) {
  test(why, () => assert.deepEqual(expected.slice().sort().sort(compare), expected));
}
