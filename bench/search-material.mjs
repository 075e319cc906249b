/* Material's own search in node: the worker of the theme, as it stands in a built site, with the index of that site.

     node bench/search-material.mjs SITE < queries

   Queries is a JSON list of texts. Prints a JSON list with, per query, the pages that were found, best first. */

import fs from "node:fs";
import path from "node:path";
import vm from "node:vm";

// Messages of the worker: src/templates/assets/javascripts/integrations/search/worker/message of the theme.
const SETUP = 0;
const QUERY = 2;

const site = path.resolve(process.argv[2]);
const workers = path.join(site, "assets/javascripts/workers");
const worker = fs.readdirSync(workers).find(name => /^search\..*\.js$/.test(name));

let listen = null;
let answered = null;
Object.assign(globalThis, {
  self: globalThis,
  addEventListener: (_, listener) => { listen = listener; },
  postMessage: message => answered(message),
  importScripts: (...names) => names.forEach(name => run(path.join(workers, name)))
});

function run(file) {
  vm.runInThisContext(fs.readFileSync(file, "utf8"), { filename: file });
}

function send(type, data) {
  return new Promise(done => {
    answered = done;
    listen({ data: { type, data } });
  });
}

run(path.join(workers, worker));
const { config, docs } = JSON.parse(fs.readFileSync(path.join(site, "search/search_index.json"), "utf8"));
await send(SETUP, { config, docs, options: { suggest: false } });
const found = [];
for (const query of JSON.parse(fs.readFileSync(0, "utf8"))) {
  const { data } = await send(QUERY, query);
  found.push(data.items.map(sections => sections[0].location.split("#")[0]));
}
console.log(JSON.stringify(found));
