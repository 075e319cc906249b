/* The modules of the site in node: loads what a module needs, as kb.js does in a browser, without a document. */
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

const ASSETS = path.join(__dirname, "..", "..", "content", "assets");
const VALUES = { "vendor/minisearch-nl": "KennisbankVendor" };

function partOf(name) {
  return name.split("/").pop().replace(/-(\w)/g, (dash, letter) => letter.toUpperCase());
}

function read(name) {
  return fs.readFileSync(path.join(ASSETS, name + ".js"), "utf8");
}

/** What a script says of itself, by running it: [{name, needs, factory}]. */
function definitionsIn(name) {
  const found = [];
  const Kennisbank = { define: (own, needs, factory) => found.push({ name: own, needs, factory }), root: "" };
  vm.compileFunction(read(name), ["Kennisbank"], { filename: name + ".js" })(Kennisbank);
  return found;
}

/** The module of that name. `given` holds modules by name that stand in for those of the site, such as the words. */
function load(name, given = {}) {
  const made = new Map(Object.entries(given));
  const make = wanted => {
    if (made.has(wanted)) return made.get(wanted);
    if (wanted in VALUES) {
      vm.runInThisContext(read(wanted));
      made.set(wanted, globalThis[VALUES[wanted]]);
    } else {
      const [{ needs, factory }] = definitionsIn(wanted);
      made.set(wanted, factory(Object.fromEntries(needs.map(need => [partOf(need), make(need)]))) || {});
    }
    return made.get(wanted);
  };
  return make(name);
}

/** The names of all scripts of the site but kb.js and what others wrote. */
function listNames() {
  return fs.readdirSync(ASSETS, { recursive: true })
    .map(file => file.split(path.sep).join("/"))
    .filter(file => file.endsWith(".js") && file !== "kb.js" && !file.startsWith("vendor/"))
    .map(file => file.slice(0, -3))
    .sort();
}

module.exports = { ASSETS, definitionsIn, listNames, load, read };
