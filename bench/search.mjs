/* How good the search is: our engine with the search data of a built site, asked every question of
   tests/search/queries.yaml. Prints the share with a right answer first and among the first three.

     node bench/search.mjs [--site DIR] [--queries FILE] [--half tune|measure] [--misses] [--json]
     node bench/search.mjs --recall [--site DIR] [--misses]

   DIR is the folder of the site (default site/). --misses lists the questions that went wrong, of the tuning
   half only: who looks at the other half one question at a time, tunes on it. --json prints figures for a
   program. --recall asks every fourth word that stands in the texts of at most two pages and in no name, and prints the
   share of which one of those pages is found, and found among the first three. Ends with 2 when the site has no search data. */

import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import vm from "node:vm";
import house from "../tests/js/house.js";

const PROJECT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const { load } = house;
const HALVES = ["tune", "measure"];

function readData(site) {
  const scope = {};
  vm.runInNewContext(fs.readFileSync(path.join(site, "assets", "search-data.js"), "utf8"), { window: scope });
  return scope.KENNISBANK_SEARCH;
}

/** The questions: every line of the list is one JSON object, which is YAML too, so that node needs no YAML parser. */
function readQueries(file) {
  const lines = fs.readFileSync(file, "utf8").split("\n").filter(line => line.startsWith("- "));
  return lines.map(line => JSON.parse(line.slice(2)));
}

/** The name of a document in the list of queries: its id, with its type before it when it is no intervention. A page is named
    after its file, or after its folder where it opens that. */
function nameOf(document) {
  const isPage = document.type === "background" || document.type === "tool";
  if (isPage) return `background:${path.basename(document.url.replace("/index.html", ".html"), ".html")}`;
  const { id } = document;
  return document.type === "intervention" ? id : `${document.type}:${id}`;
}

/** The place of the first right answer, from 1; 0 when there is none. A question without answer is right when nothing is found. */
function rankOf(expected, found) {
  if (!expected.length) return found.length ? 0 : 1;
  return found.findIndex(name => expected.includes(name)) + 1;
}

function measure(search, queries) {
  return queries.map(query => {
    const start = performance.now();
    const answer = search.query(query.q);
    const time = performance.now() - start;
    const found = answer.hits.map(hit => nameOf(hit.document));
    return { ...query, time, found: found.slice(0, 3), rank: rankOf(query.expect, found) };
  });
}

function count(results) {
  const within = most => results.filter(result => result.rank >= 1 && result.rank <= most).length;
  return { queries: results.length, first: within(1), three: within(3) };
}

/** The words that stand in the texts of few pages and in no name, each with those pages, of which one in so many. */
function drawRare({ documents, found_in: foundIn, words }, { most, step }) {
  const { fold, terms } = load("search/dutch");
  const named = new Set(documents.flatMap(({ aliases, headings = [], keywords, tagline, title }) => (
    [title, tagline, ...aliases, ...headings, ...keywords].flatMap(terms)
  )));
  const read = steps => { let position = 0; return steps ? steps.split(",").map(one => position += parseInt(one, 36)) : []; };
  const places = foundIn.split(" ");
  return words.split(" ")
    .map((word, at) => ({ word, pages: places[at].split(";").flatMap(read).map(position => documents[position]) }))
    .filter(({ pages, word }) => pages.length <= most && !named.has(fold(word)))
    .filter((_, at) => at % step === 0);
}

function measureRecall(search, data) {
  const results = drawRare(data, { most: 2, step: 4 }).map(({ pages, word }) => {
    const { hits } = search.query(word);
    const rank = hits.findIndex(({ document }) => pages.some(({ id, type }) => id === document.id && type === document.type)) + 1;
    return { q: word, kind: "rare", rank, found: hits.slice(0, 3).map(hit => nameOf(hit.document)) };
  });
  const { queries, three } = count(results);
  console.log(`${queries} rare words: found ${share(results.filter(({ rank }) => rank).length, queries)}, in three ${share(three, queries)}`);
  return results.filter(({ rank }) => rank < 1 || rank > 3);
}

function countByKind(results) {
  const kinds = Array.from(new Set(results.map(result => result.kind)));
  return Object.fromEntries(kinds.map(kind => [kind, count(results.filter(result => result.kind === kind))]));
}

function quantile(values, share) {
  const sorted = values.slice().sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

function share(part, whole) {
  return `${(100 * part / whole).toFixed(1)} %`.padStart(9);
}

function row(name, figures) {
  return `${name.padEnd(16)}${String(figures.queries).padStart(4)}${share(figures.first, figures.queries)}${share(figures.three, figures.queries)}`;
}

function print(report, misses) {
  for (const [half, figures] of Object.entries(report.halves)) {
    console.log(`\n${half.padEnd(16)}${"n".padStart(4)}${"at 1".padStart(9)}${"at 3".padStart(9)}`);
    for (const [kind, ofKind] of Object.entries(figures.kinds)) console.log(row(kind, ofKind));
    console.log(row("together", figures));
  }
  console.log(`\nindex ${report.indexTime.toFixed(0)} ms, query median ${report.median.toFixed(1)} ms, p95 ${report.p95.toFixed(1)} ms`);
  tellMisses(misses);
}

function tellMisses(misses) {
  for (const miss of misses) console.log(`${miss.rank || "-"}  ${miss.q}  (${miss.kind})  ${miss.found.join(" ") || "nothing"}`);
}

const { values: options } = parseArgs({
  options: {
    site: { type: "string", default: path.join(PROJECT, "site") },
    queries: { type: "string", default: path.join(PROJECT, "tests/search/queries.yaml") },
    half: { type: "string" },
    misses: { type: "boolean", default: false },
    recall: { type: "boolean", default: false },
    json: { type: "boolean", default: false }
  }
});
if (!fs.existsSync(path.join(options.site, "assets/search-data.js"))) {
  console.error(`${options.site}: no search data; build the site first`);
  process.exit(2);
}

const data = readData(options.site);
const begin = performance.now();
const search = load("search/engine", { "search-data": data });
const indexTime = performance.now() - begin;
if (options.recall) {
  const missed = measureRecall(search, data);
  if (options.misses) tellMisses(missed);
  process.exit(0);
}
const asked = readQueries(options.queries).filter(query => !options.half || query.half === options.half);
const results = measure(search, asked);
const times = results.map(result => result.time);
const report = { indexTime, median: quantile(times, 0.5), p95: quantile(times, 0.95), halves: {} };
for (const half of HALVES) {
  const ofHalf = results.filter(result => result.half === half);
  if (ofHalf.length) report.halves[half] = { ...count(ofHalf), kinds: countByKind(ofHalf) };
}
const misses = results
  .filter(result => result.half === "tune" && result.rank !== 1)
  .map(({ q, kind, rank, found }) => ({ q, kind, rank, found }));
if (options.json) console.log(JSON.stringify({ ...report, misses }));
else print(report, options.misses ? misses : []);
