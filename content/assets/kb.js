/* First script of every page, in <head>: says that scripts run, and keeps the modules of the others.

   Each other script is one module, named after its path: core/address.js is "core/address". It says once what it
   needs, and what it gives is what its factory returns:

     Kennisbank.define("choose/fit", ["choose/places"], ({ places }) => { …; return { judge }; });

   A factory gets what it needs by the last part of the name ("mine/list" as list, "choice-data" as choiceData) and
   runs once, when all of that is there. A page starts what it asks for: data-kb="guide" starts pages/guide,
   data-kb="mine" starts mine/mine. Only classic scripts are added, so that it works on file:// too.

   Gives, as Kennisbank:
     define(name, needs, factory)
     ask(names, done)   brings modules when they are needed late; done({part: module}), or done(null) when a file
                        could not be read or a module broke
     graph(needs)       {name: [name]}: what every module needs, read from the files when the site is built
                        (scripts/kennisbank/modules.py), so that all files come side by side
     modules            Map of name to module, of those that are there; for a console and for tests
     root               address of the site */
(function (scope) {
  "use strict";

  document.documentElement.classList.add("kb-js");

  const own = /** @type {HTMLScriptElement} */ (document.currentScript);
  const folder = new URL("./", own.src).href; // this script lies in assets/
  // Data, and what others wrote: files that are no module and leave a value under this name.
  const VALUES = {
    "choice-data": "KENNISBANK_CHOICE",
    "choice-facts": "KENNISBANK_FACTS",
    "guide-data": "KENNISBANK_GUIDE",
    "search-data": "KENNISBANK_SEARCH",
    "vendor/minisearch-nl": "KennisbankVendor"
  };

  const needsOf = new Map();  // from the graph
  const modules = new Map();
  const defined = new Map();  // name -> {needs, factory} of those that wait for what they need
  const asked = new Set();
  const failed = new Set();
  let questions = [];         // [{names, done}]

  function partOf(name) {
    return name.split("/").pop().replace(/-(\w)/g, (dash, letter) => letter.toUpperCase());
  }

  function gather(names) {
    return Object.fromEntries(names.map(name => [partOf(name), modules.get(name)]));
  }

  function bring(name) {
    if (asked.has(name)) return;
    asked.add(name);
    (needsOf.get(name) || []).forEach(bring);
    const script = document.createElement("script");
    script.src = folder + name + ".js";
    script.async = false; // run in this order, load side by side
    script.onload = script.onerror = () => {
      if (scope[VALUES[name]]) modules.set(name, scope[VALUES[name]]);
      if (!modules.has(name) && !defined.has(name)) failed.add(name);
      settle();
    };
    document.head.append(script);
  }

  function make(name, { needs, factory }) {
    try {
      modules.set(name, factory(gather(needs)) || {});
    } catch (error) {
      failed.add(name);
      scope.reportError(error);
    }
  }

  // One module may complete the next, so begin again after each.
  function settle() {
    for (const [name, module] of defined) {
      const broken = module.needs.some(need => failed.has(need));
      if (!broken && !module.needs.every(need => modules.has(need))) continue;
      defined.delete(name);
      if (broken) failed.add(name);
      else make(name, module);
      return settle();
    }
    answer();
  }

  function answer() {
    const isBroken = question => question.names.some(name => failed.has(name));
    const ready = questions.filter(question => isBroken(question) || question.names.every(name => modules.has(name)));
    questions = questions.filter(question => !ready.includes(question));
    for (const question of ready) question.done(isBroken(question) ? null : gather(question.names));
  }

  function define(name, needs, factory) {
    asked.add(name);
    defined.set(name, { needs, factory });
    needs.forEach(bring);
    settle();
  }

  function ask(names, done) {
    names.forEach(bring);
    questions.push({ names, done });
    settle();
  }

  function graph(needs) {
    for (const [name, list] of Object.entries(needs)) needsOf.set(name, list);
  }

  document.addEventListener("DOMContentLoaded", () => {
    for (const element of document.querySelectorAll("[data-kb]")) {
      const name = element.dataset.kb;
      ask(["pages/" + name, name + "/" + name].filter(module => needsOf.has(module)), () => {});
    }
  });

  scope.Kennisbank = { ask, define, graph, modules, root: new URL("../", folder).href };
})(window);
