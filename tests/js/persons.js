/* Prints what the guide says of persons: {person: {entry: {verdict, group, part, for_person, reasons: [[question, verdict, id]]}}}, in the
   order of the lists. KENNISBANK_PERSONS is a file with [{id, answers}]; see tests/test_guide.py. */
"use strict";

const fs = require("node:fs");
const { load } = require("./house.js");
const { choice, guide } = require("./given.js");

const fit = load("choose/fit");
const persons = JSON.parse(fs.readFileSync(process.env.KENNISBANK_PERSONS, "utf8"));

function reasonsOf({ yes, unknown, no }) {
  return [["yes", yes], ["unknown", unknown], ["no", no]]
    .flatMap(([verdict, findings]) => findings.map(({ question, id }) => [question, verdict, id]));
}

function tell({ answers }) {
  const judged = choice.interventions
    .map(one => Object.assign({}, one, guide[one.id]))
    .map(entry => ({ entry, found: fit.judge(choice, entry, answers) }))
    .sort(fit.order);
  return Object.fromEntries(judged.map(({ entry, found }) => [
    entry.id, { verdict: found.verdict, group: found.group, part: found.part, for_person: fit.isForPerson(found), reasons: reasonsOf(found) }
  ]));
}

process.stdout.write(JSON.stringify(Object.fromEntries(persons.map(person => [person.id, tell(person)]))));
