/* The rules of the form for proposals against those of the check, files and dates. Cases: tests/test_forms.py. */
"use strict";

const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const test = require("node:test");
const { load } = require("./house.js");
const { forms, names, shelf, choice } = require("./given.js");

const { judgeAll: judge, join } = load("propose/rules");
const { find } = load("propose/personal");
const yaml = load("propose/yaml");
const dates = load("propose/dates");
const change = load("propose/change");
const paper = load("propose/paper");
const letter = load("propose/letter");

// As the page has it: what all proposals ask, what this kind asks, and what records are called.
const judgeAll = (form, common, record) => judge(form, join(join(join(common, shelf.forms.proposal), form), { names: shelf.names }), record, null);
const whole = Object.values(forms).reduce((sum, form) => join(sum, form), join(forms.common, { names }));
const PATTERNS = fs.readFileSync(path.join(__dirname, "../../scripts/kennisbank/templates/proposal.jinja"), "utf8");
const MONTHS = /data-word="months">([^<]+)</.exec(PATTERNS)[1].split(" ");
const plain = value => JSON.parse(JSON.stringify(value));
/** A path as the check writes it: delivered_by[0].note. */
const shown = steps => steps.reduce((text, step) => text + (typeof step === "number" ? `[${step}]` : (text ? "." : "") + step), "");

test("form and check give the same answer on every bad record", () => {
  assert.ok(shelf.cases.length > 200, String(shelf.cases.length));
  const wrong = shelf.cases.filter(({ kind, record, expect }) => {
    const found = judgeAll(shelf.forms[kind], shelf.forms.common, record, null).map(({ code, path }) => `${code} ${shown(path)}`);
    return JSON.stringify([...new Set(found)].sort()) !== JSON.stringify(expect);
  }).map(({ name, kind, record, expect }) => ({
    name, expect, found: judgeAll(shelf.forms[kind], shelf.forms.common, record, null).map(({ code, path }) => `${code} ${shown(path)}`)
  }));
  assert.deepEqual(wrong, []);
});

test("every answer has its words, with nothing left open", () => {
  const { fill } = load("core/words");
  const open = shelf.cases.flatMap(({ name, kind, record }) => judgeAll(shelf.forms[kind], shelf.forms.common, record, null)
    .map(({ code, values }) => (shelf.forms.common.messages[code] || ["{missing}"]).map(text => fill(text, values)).join(" "))
    .filter(text => /\{\w+\}/.test(text)).map(text => `${name}: ${text}`));
  assert.deepEqual(open, []);
});

test("a value is written and read as it was", () => {
  const values = [
    { a: "gewoon", b: "no", c: "1", d: "2021-09", e: "met: dubbele punt", f: "regel\nen nog een", g: "\"aanhaling\" # geen opmerking", h: " - ruimte " },
    { n: 12, x: -1.5, yes: true, no: false, on: "2026-11-30", list: ["a", "b c"], groups: [{ id: "a", where: "§1" }, { id: "b", deep: [{ x: "1" }] }] },
    { text: "’s avonds — café 😀", empty: [], nothing: {} }
  ];
  for (const value of values) assert.deepEqual(plain(yaml.read(yaml.write(value))), value);
});

test("what is no file of ours is refused, and nothing of it gets another meaning", () => {
  for (const text of ["", "a", "a: [1", "a: &x 1", "a: *x", "a: !!js 1", "- a\nb: 1", "a: 1\na: 2", "a:\n    b: 1\n  c: 2", "a: 'x'"]) {
    assert.throws(() => yaml.read(text), SyntaxError, text);
  }
  const found = yaml.read("__proto__:\n  polluted: true\n");
  assert.equal(({}).polluted, undefined);
  assert.ok(Object.hasOwn(found, "__proto__"));
});

// The cases are those of the spreadsheet too (tests/test_sheet.py).
test("dates are read as people write them", () => {
  const cases = JSON.parse(fs.readFileSync(path.join(__dirname, "../dates.json"), "utf8"));
  for (const [text, date] of cases) assert.equal(dates.read(text, MONTHS), date, text);
  for (const date of ["2026", "2026-11", "2026-11-05", "unknown", "2026-13"]) {
    assert.equal(dates.read(dates.write(date, MONTHS), MONTHS), date);
  }
});

test("only what differs is in a change, with what stood there", () => {
  const form = forms.offers;
  const record = { intervention: "a", institution: "b", status: "runs", as_of: "2021", note: "x", sources: [{ id: "s", where: "1" }] };
  const same = change.changeOf(form, record, { ...record, sources: [{ where: "1", id: "s" }] });
  assert.equal(same, null);
  const now = { ...record, as_of: "2026-11" };
  delete now.note;
  assert.deepEqual(plain(change.changeOf(form, record, now)), {
    kind: "offers", key: { intervention: "a", institution: "b" }, set: { as_of: "2026-11" }, remove: ["note"], was: { status: "runs", as_of: "2021", note: "x" }
  });
});

test("what tells of a person is pointed out, and what does not is left alone", () => {
  const kinds = text => Array.from(find(whole, text), one => one.kind);
  const told = {
    "Vraag het mevrouw Jansen": ["name"], "Bel 06-12345678": ["phone"], "bel +31 70 123 45 67": ["phone"], "BSN 111222333": ["bsn"],
    "mail piet.jansen@dji.nl": ["mail"], "Gegeven door Karin de Vries": ["name"], "Vraag Karin de Boer": ["name"], "J. de Boer leidt het": ["name"], "dhr. van der Berg": ["name"]
  };
  for (const [text, expected] of Object.entries(told)) assert.deepEqual(kinds(text), expected, text);
  const fine = [
    "Gegeven door de casemanager", "Loopt in PI Arnhem", "Gevangenenzorg Nederland geeft het", "Mail info@voorbeeld.nl", "Sinds november 2026, acht keer",
    "In 2017-2020 deden 53 mensen mee", "Zie Tabel 7 en §4.1.3", "Het nummer is 123456789", ""
  ];
  for (const text of fine) assert.deepEqual(kinds(text), [], text);
});

test("a small proposal fits in a code, which brings all of it back", () => {
  const common = whole;
  const [intervention] = Object.keys(common.names.interventions);
  const change_ = { kind: "offers", key: { intervention, institution: "arnhem" }, set: { status: "stopped", as_of: "2026-11" }, was: {} };
  const data = { from: { role: "case-manager", institution: "arnhem" }, basis: { kind: "seen", date: "2026-11" }, changes: [change_] };
  const code = paper.write(common, data);
  assert.deepEqual(plain(paper.read(common, code.toLowerCase().replaceAll(" ", "-"))), {
    key: change_.key, set: change_.set, from: data.from, basis: data.basis
  });
  const ended = { ...data, changes: [{ ...change_, set: { ...change_.set, until: "2025" } }] };
  assert.equal(paper.read(common, paper.write(common, ended)).set.until, "2025");
  assert.equal(paper.read(common, code.slice(0, -1) + (code.endsWith("0") ? "1" : "0")).problem, "check");
  assert.equal(paper.write(common, { ...data, note: "meer" }), "");
  assert.equal(paper.write(common, { ...data, changes: [change_, change_] }), "");
  assert.deepEqual(plain(common.codes), choice.codes);
});

test("no two ids that a code can hold are the same in it", () => {
  const { names, terms } = whole;
  const base = { from: { role: "case-manager" }, basis: { kind: "seen", date: "2026" } };
  const codeOf = (key, status) => paper.write(whole, { ...base, changes: [{ kind: "offers", key, set: { status, as_of: "2026" } }] });
  const all = Object.keys(names.interventions).map(id => codeOf({ intervention: id, institution: "all" }, "runs"))
    .concat(Object.keys(names.institutions).map(id => codeOf({ intervention: "x", institution: id }, "runs")))
    .concat(Object.keys(terms.offer_status).map(id => codeOf({ intervention: "y", institution: "all" }, id)));
  assert.equal(new Set(all).size, all.length);
});

// A letter weighs up to twelve signs in an address; what reads it cuts without a word.
const LONG = ["a", "é", "’", "😀"].map(sign => sign.repeat(4000));

test("a mail and an issue hold the proposal when it fits, and are never too long", () => {
  const mail = (body, text) => letter.mail({ to: "kennisbank@voorbeeld.nl", subject: body, body, text, instead: "Voeg het bestand toe." });
  const issue = (subject, text) => letter.issue({ url: "https://code.voorbeeld.nl/new?labels=data", subject, text, instead: "Plak de tekst." });
  assert.match(decodeURIComponent(mail("Puinruimen: gestopt", "status: stopped\n")), /status: stopped/);
  assert.match(decodeURIComponent(issue("Puinruimen: gestopt", "status: stopped\n")), /labels=data&title=Puinruimen: gestopt&body=```yaml\nstatus: stopped/);
  for (const text of ["kort", ...LONG]) {
    for (const body of ["kort", ...LONG]) {
      assert.ok(mail(body, text).length <= 1900, `${body[0]} ${text[0]}: ${mail(body, text).length}`);
      assert.ok(issue(body, text).length <= 8191, `${body[0]} ${text[0]}: ${issue(body, text).length}`);
      assert.ok(!decodeURIComponent(mail(body, text)).includes("\ufffd"));
    }
  }
  assert.ok(mail("kort", LONG[0]).endsWith(encodeURIComponent("kort\n\nVoeg het bestand toe.")));
  // As much of what was done as fits, not as little.
  assert.ok(mail(LONG[0], LONG[0]).length > 1800);
});
