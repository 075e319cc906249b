/* Writes every record of stdin as the form would propose it: [[kind, record]] in, [yaml] out. For tests/test_forms.py. */
"use strict";

const fs = require("node:fs");
const { load } = require("./house.js");

const change = load("propose/change");
const yaml = load("propose/yaml");
const sender = { made_on: "2026-11-30", from: { role: "case-manager" }, basis: { kind: "seen" } };

const files = JSON.parse(fs.readFileSync(0, "utf8")).map(([kind, record]) =>
  yaml.write(change.proposal(sender, [change.additionOf({ kind }, record)])));
process.stdout.write(JSON.stringify(files));
