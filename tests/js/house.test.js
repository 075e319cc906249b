/* The graph of the modules: names, arrows, and what kb.js makes of it. */
"use strict";

const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const test = require("node:test");
const vm = require("node:vm");
const { ASSETS, definitionsIn, listNames, read } = require("./house.js");
const { graph } = require("./given.js");

// A module may need its own folder and those behind it; what is in no folder is data.
const MAY_NEED = {
  core: [],
  search: ["vendor"],
  choose: ["core"],
  propose: ["core", "choose"],
  mine: ["core", "choose"],
  frame: ["core", "search"],
  pages: ["core", "search", "choose", "propose", "mine", "frame"]
};
// What is in these folders runs anywhere: no page, no window, no store.
const PURE = ["search", "choose", "propose"];
const DATA = ["choice-data", "choice-facts", "guide-data", "search-data"]; // written by the build

const names = listNames();
const folderOf = name => (name.includes("/") ? name.split("/")[0] : "");
/** A script without its remarks and without what stands in quotes. */
const code = name => read(name).replace(/\/\*[^]*?\*\/|\/\/.*$/gm, "").replace(/"(?:[^"\\\n]|\\.)*"/g, '""');
const lateIn = name => Array.from(read(name).matchAll(/Kennisbank\.ask\(\s*\[([^\]]*)\]/g), found => found[1].match(/"([^"]+)"/g) || [])
  .flat().map(text => text.slice(1, -1));

test("a script defines one module, named after its path", () => {
  for (const name of names) assert.deepEqual(definitionsIn(name).map(one => one.name), [name]);
});

test("the graph that is written into the site is that of the modules", () => {
  const own = Object.fromEntries(names.map(name => [name, [...definitionsIn(name)[0].needs]]));
  assert.deepEqual(own, graph);
});

test("nothing that is needed is missing, and no part of a name means two things in one module", () => {
  for (const [name, needs] of Object.entries(graph)) {
    for (const need of needs.concat(lateIn(name))) {
      assert.ok(need in graph || DATA.includes(need) || fs.existsSync(path.join(ASSETS, need + ".js")), `${name} needs ${need}`);
    }
    const parts = needs.map(need => need.split("/").pop());
    assert.equal(new Set(parts).size, parts.length, name);
  }
});

test("no arrow runs up", () => {
  for (const name of names) {
    const folder = folderOf(name);
    for (const need of graph[name].concat(lateIn(name))) {
      const other = folderOf(need);
      assert.ok(!other || other === folder || MAY_NEED[folder].includes(other), `${name} needs ${need}`);
    }
  }
});

test("no circle", () => {
  const done = new Set();
  const walk = (name, way) => {
    assert.ok(!way.includes(name), [...way, name].join(" → "));
    if (done.has(name)) return;
    for (const need of (graph[name] || []).concat(graph[name] ? lateIn(name) : [])) walk(need, [...way, name]);
    done.add(name);
  };
  names.forEach(name => walk(name, []));
});

test("nothing that is needed is left unused, and no module is asked for by nobody", () => {
  const wanted = new Set(Object.values(graph).flat().concat(names.flatMap(lateIn)));
  for (const name of names) {
    const [folder, own] = name.split("/");
    const isDoor = folder === "pages" || folder === own;
    assert.ok(isDoor || wanted.has(name), `nobody needs ${name}`);
    // By its part of the name: taken once, and used; a need that gets another name is looked after by ESLint.
    const [, behind] = code(name).split(/\], (?=needs|\()/);
    for (const need of graph[name]) {
      const part = need.split("/").pop().replace(/-(\w)/g, (dash, letter) => letter.toUpperCase());
      const uses = behind.match(new RegExp(`\\b${part}\\b`, "g")) || [];
      assert.ok(uses.length > 1 || behind.includes(`${part}: `), `${name} does not use ${need}`);
    }
  }
});

test("pure folders know no page", () => {
  for (const name of names.filter(one => PURE.includes(folderOf(one)))) {
    const [, factory] = code(name).split(/Kennisbank\.define/);
    // `document` is also what the search calls a page of its index.
    for (const line of factory.split("\n")) {
      assert.doesNotMatch(line, /\b(window|location|history|localStorage|navigator|addEventListener)\b/, name);
      assert.doesNotMatch(line, /\bdocument\.(?:querySelector|createElement|head|body|getElement|addEventListener|activeElement|documentElement)/, name);
    }
  }
});

// ---------------------------------------------------------------- kb.js

/** kb.js with a page of its own: `files` says per name what its script does, or "missing". */
function open(files, hooks = []) {
  const added = [];
  const listeners = [];
  const errors = [];
  const scope = {
    reportError: error => errors.push(error.message),
    document: {
      documentElement: { classList: { add: () => {} } },
      currentScript: { src: "https://example.nl/kb/assets/kb.js" },
      addEventListener: (name, done) => listeners.push(done),
      createElement: () => ({}),
      querySelectorAll: () => hooks.map(kb => ({ dataset: { kb } })),
      head: { append: script => added.push(script) }
    },
    URL, console
  };
  scope.window = scope;
  const context = vm.createContext(scope);
  vm.runInContext(read("kb"), context);
  const arrive = () => {
    while (added.some(script => !script.done)) {
      const script = added.find(one => !one.done);
      script.done = true;
      const file = files[script.src.slice("https://example.nl/kb/assets/".length, -3)];
      if (file) vm.runInContext(`(${file})`, context)(scope);
      if (file) script.onload();
      else script.onerror();
    }
  };
  return { Kennisbank: scope.Kennisbank, added, arrive, errors, start: () => listeners.forEach(done => done()) };
}

const module_ = (name, needs, gives) => `scope => scope.Kennisbank.define(${JSON.stringify(name)}, ${JSON.stringify(needs)}, needs => (${gives}))`;
const srcOf = added => added.map(script => script.src.replace("https://example.nl/kb/assets/", ""));

test("a page starts what it asks for, with what that needs first", () => {
  const files = { "core/a": module_("core/a", [], "({ a: 1 })"), "pages/guide": module_("pages/guide", ["core/a"], "({ got: needs.a.a })") };
  const page = open(files, ["guide", "no-module", "constructor"]);
  page.Kennisbank.graph({ "core/a": [], "pages/guide": ["core/a"] });
  page.start();
  assert.deepEqual(srcOf(page.added), ["core/a.js", "pages/guide.js"]);
  assert.ok(page.added.every(script => script.async === false));
  page.arrive();
  assert.equal(page.Kennisbank.modules.get("pages/guide").got, 1);
});

test("without the graph a module brings what it needs itself", () => {
  const page = open({ "core/a": module_("core/a", [], "({ a: 1 })"), "x/y": module_("x/y", ["core/a"], "({})") });
  let got = "nothing";
  page.Kennisbank.ask(["x/y"], answer => { got = answer; });
  page.arrive();
  assert.deepEqual(Object.keys(got), ["y"]);
  assert.deepEqual(srcOf(page.added), ["x/y.js", "core/a.js"]);
});

test("data is given by its name, and a file comes once", () => {
  const page = open({ "choice-data": "scope => { scope.KENNISBANK_CHOICE = { today: 1 }; }" });
  const got = [];
  for (let n = 0; n < 3; n++) page.Kennisbank.ask(["choice-data"], answer => got.push(answer.choiceData.today));
  page.arrive();
  assert.deepEqual(got, [1, 1, 1]);
  assert.equal(page.added.length, 1);
});

test("what is missing or broken is told to everyone who needs it, and to nobody else", () => {
  const page = open({
    "x/good": module_("x/good", [], "({})"),
    "x/user": module_("x/user", ["x/gone"], "({})"),
    "x/bad": module_("x/bad", [], "(() => { throw new Error('broken') })()"),
    "x/empty": "scope => {}"
  });
  const got = {};
  for (const name of ["x/good", "x/user", "x/bad", "x/empty"]) page.Kennisbank.ask([name], answer => { got[name] = answer !== null; });
  page.arrive();
  assert.deepEqual(got, { "x/good": true, "x/user": false, "x/bad": false, "x/empty": false });
  assert.deepEqual(page.errors, ["broken"]);
});
