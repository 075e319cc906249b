/* A session of blocks: what is told of it, and its size as a code. */
"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");
const { load } = require("./house");

const session = load("choose/session");
const count = load("choose/count");
const FORM = { signs: "0123456789ABCDEFGHJKMNPQRSTVWXYZ", length: 4 };
const block = (title, minutes, more = {}) => ({ title, minutes, least: 0, most: 0, does: "", rest: false, talk: false, heavy: false, audiences: ["staff"], whom: "personeel", ...more });
const opening = block("Begin", 10, { does: "opens", talk: true });
const end = block("Eind", 10, { does: "closes", talk: true });
const told = (blocks, size = { group: 10, minutes: 120 }) => session.judge(blocks, size).map(one => one.id);

test("a sound session is not warned about", () => {
  assert.deepEqual(told([opening, block("Doen", 40), end]), []);
  assert.deepEqual(told([]), []);
});

test("each fault is told", () => {
  assert.deepEqual(told([block("Doen", 40)]), ["opening", "closing"]);
  assert.deepEqual(told([block("Doen", 20), opening, end, block("Nog", 20)]), ["first", "last"]);
  assert.deepEqual(told([opening, block("Doen", 40), end], { group: 10, minutes: 50 }), ["over"]);
  assert.deepEqual(told([opening, block("Doen", 40), end], { group: 10, minutes: 62 }), ["buffer"]);
  assert.deepEqual(told([opening, block("A", 20, { talk: true }), end]), ["talk"]);
  assert.deepEqual(told([opening, block("Doen", 95), end], { group: 10, minutes: 150 }), ["no-break"]);
  assert.deepEqual(told([opening, block("Doen", 60), block("Pauze", 10, { rest: true }), block("Doen", 40), end], { group: 10, minutes: 150 }), []);
  assert.deepEqual(told([opening, end, block("Zwaar", 20, { heavy: true })]), ["last", "heavy"]);
  assert.deepEqual(told([opening, block("Ander", 20, { audiences: ["inside"] }), end]), ["audience"]);
  assert.deepEqual(told([opening, block("Ook", 20, { audiences: ["inside", "staff"] }), end]), []);
  assert.deepEqual(told([opening, block("Klein", 20, { least: 2, most: 6 }), end]), ["group"]);
});

test("the size comes back out of its code", () => {
  for (const size of [{ group: 2, minutes: 10 }, { group: 12, minutes: 135 }, { group: 40, minutes: 480 }]) {
    const code = session.writeSize(FORM, size);
    assert.equal(code.length, FORM.length);
    assert.deepEqual(session.readSize(FORM, code), size);
  }
});

test("a group needs as many as it has parts", () => {
  assert.equal(count.count(count.read("1/3 2/0"), true, 8), 5);
  assert.equal(count.count(count.read("1/2 1/1"), false, 7), 7);
});
