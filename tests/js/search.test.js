/* The search on a small made-up collection (tests/test_scripts.py), and the Dutch of it. */
"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");
const { load } = require("./house.js");
const { collection, words } = require("./given.js");

const engine = load("search/engine", { "search-data": collection });
const dutch = load("search/dutch");

function ask(text, type) {
  const answer = engine.query(text);
  return { ...answer, hits: [...(type ? answer.hitsOf(type) : answer.hits)].map(hit => hit.document.id) };
}

const FIRST = {
  "vader": "vadergroep", // inflection
  "vaderschap": "vadergroep", // derivation
  "kinderen": "moeders",
  "schuldgevoel": "schuldkring",
  "gevoelens": "schuldkring", // tail of a compound
  "slachtoffer": "schuldkring", // head of a compound
  "slachtoffer bewustzijn": "schuldkring", // a space too many
  "huisvandebuurt": "huis", // spaces forgotten
  "agresie": "rustig", // typing error, one letter short
  "argessie": "rustig", // two letters swapped
  "boos": "rustig",
  "toneel": "podium", // synonym
  "theater": "podium",
  "geen moeder": "vadergroep", // who denies a word does not look for it
  "praten met het slachtoffer": "schuldkring", // synonym of more words, with a word between
  "pod": "podium", // abbreviation
  "reintegratie": "reis", // hyphen left out
  "re integratie": "reis",
  "re-integratie": "reis",
  "détentiefasering": "woord", // accents
  "Papa blijft papa": "vadergroep", // a whole name
  "paPablijftpapa": "vadergroep", // a name without its spaces
  "welke cursus is er voor vaders in Vught?": "vadergroep", // a question
  "wat is er voor moeders": "moeders",
  "bewustzijn van slachtoffers": "schuldkring", // joined in both directions
  "cursus moeders zwabberdebab": "moeders", // one unknown word does not hide the rest
  "pi vught": "vught"
};
for (const [text, first] of Object.entries(FIRST)) {
  test(`“${text}” finds ${first} first`, () => assert.equal(ask(text).hits[0], first));
}

for (const text of ["xqzzv", "qqqq", "asdfghjkl", "blorp knetter", "fotosynthese", "!!!", "", "   ", "constructor", "__proto__"]) {
  test(`“${text}” finds nothing`, () => assert.deepEqual(ask(text).hits, []));
}

test("words of a page come after names and taglines", () => {
  const { hits } = ask("vader", "intervention");
  assert.ok(hits.indexOf("vadergroep") < hits.indexOf("schuldkring"));
});

const SUGGESTIONS = { "agresie": "agressie", "cursus voor moedrs": "cursus voor moeders", "vaders": null, "xqzzv": null };
for (const [text, suggestion] of Object.entries(SUGGESTIONS)) {
  test(`“${text}” suggests ${suggestion}`, () => assert.equal(ask(text).suggestion, suggestion));
}

test("a place filters and the rest ranks", () => {
  const answer = ask("cursus in Vught", "intervention");
  assert.deepEqual(answer.places.map(place => place.title), ["PI Vught"]);
  assert.equal(answer.rest, "cursus");
  assert.ok(answer.hits.includes("vadergroep"));
  assert.ok(!answer.hits.includes("moeders"));
});

test("a place with a typing error is known", () => {
  const answer = ask("moeders Zwole", "intervention");
  assert.deepEqual(answer.places.map(place => [...place.ids]), [["zwolle"]]);
  assert.equal(answer.hits[0], "moeders");
});

test("what is not in that place is shown from elsewhere", () => {
  const answer = ask("theater in Vught", "intervention");
  assert.ok(answer.elsewhere);
  assert.deepEqual(answer.hits, ["podium"]);
});

test("a place alone gives its page and what is there", () => {
  const { hits } = ask("Vught");
  assert.equal(hits[0], "vught");
  assert.ok(hits.includes("vadergroep"));
  assert.ok(!hits.includes("moeders"));
});

for (const text of ["Zuid-Oost", "Zuid Oost", "zuidoost"]) {
  test(`${text} is known as a place`, () => assert.deepEqual(ask(text).places.map(place => [...place.ids]), [["zuid-oost"]]));
}

test("a province filters like its institutions", () => {
  assert.equal(ask("cursus in Overijssel", "intervention").hits[0], "moeders");
});

test("what nobody here can join comes after what answers alike", () => {
  const { hits } = ask("spanning");
  assert.deepEqual(hits, ["rustig", "elders"]);
});

test("words that only look alike are kept apart, in one direction", () => {
  assert.ok(!ask("boos").hits.includes("woud"));
  assert.equal(ask("bos").hits[0], "woud");
});

test("what only a note on a source says comes last", () => {
  assert.equal(ask("engels").hits[0], "tolk");
  assert.deepEqual(ask("samenvatting").hits, ["moeders"]);
  assert.equal(engine.query("samenvatting").hits[0].about, false);
});

test("a number with its measure brings what fits it above what does not", () => {
  const fitsOf = text => [...engine.query(text).hits].map(hit => [hit.document.id, [...hit.amounts].map(one => one.fits)]);
  assert.deepEqual(fitsOf("vaders 4 keer"), [["moeders", [true]], ["vadergroep", [false]]]);
  assert.deepEqual(ask("twee paar").hits, ["moeders"]);
  assert.deepEqual(ask("hoogstens 10 keer").hits, ["vadergroep", "moeders"]);
});

test("a number that nothing fits is no subject, and its measure is", () => {
  assert.deepEqual(ask("2 keer").hits, []);
  assert.equal(ask("2 vaders").hits[0], "vadergroep");
});

test("a number leads to the page that asks for it", () => {
  const { leads } = engine.query("cursus met 5 mensen");
  assert.deepEqual([...leads].map(lead => [lead.url, lead.page, lead.sessions]), [
    ["downloads.html#people=5", "Downloads", null], ["list.html#group=small", null, "Klein"]
  ]);
});

const TAKEN = {
  "verhuizing vught zwolle": ["move.html#from=vught&to=zwolle", "van PI Vught naar PI Zwolle"],
  "overstap naar Zwolle uit Vught": ["move.html#from=vught&to=zwolle", "van PI Vught naar PI Zwolle"],
  "van Zwolle naar Vught": ["move.html#from=zwolle&to=vught", "van PI Zwolle naar PI Vught"], // both words ask for it
  "vaders van Zwolle naar Vught": ["move.html#from=zwolle&to=vught", "van PI Zwolle naar PI Vught"],
  "verhuizing zwolle": ["move.html#to=zwolle", "naar PI Zwolle"],
  "verhuizing van zwolle": ["move.html#from=zwolle", "van PI Zwolle"],
  "verhuizing zuid-oost en overijssel": ["move.html#from=zuid-oost&to=zwolle", "van zuid-oost naar PI Zwolle"],
  "verhuizing": null,
  "vught zwolle": null,
  "vaders van Zwolle": null
};
for (const [text, told] of Object.entries(TAKEN)) {
  test(`“${text}” fills in ${told ? told[0] : "no page"}`, () => {
    const { elsewhere, hits, leads, straight } = engine.query(text);
    assert.deepEqual([...leads].filter(lead => lead.places).map(lead => [lead.url, lead.places]), told ? [told] : []);
    assert.ok(!(told && elsewhere));
    if (told) assert.ok(engine.query(text).hitsOf("intervention").length || text.includes("zuid-oost"));
    for (const { document } of hits) if (told && document.id === "wissel") assert.equal(document.url, told[0]);
    if (straight && told) assert.equal(straight.url, told[0]);
    assert.equal(Boolean(straight && told), Boolean(told) && !text.startsWith("vaders"));
  });
}

const CHOSEN = {
  "iets met weinig taal": "dutch=few",
  "4 mensen, anderstalig": "group=small&dutch=few",
  "weinig taal voor mannen": "dutch=few&who=in",
  "weinig taal voor personeel bij mannen": "dutch=few&who=staff", // a name goes before who it is meant for
  "mannen": "" // for whom alone is no choice
};
for (const [text, state] of Object.entries(CHOSEN)) {
  test(`“${text}” chooses “${state}” in the list of sessions`, () => {
    const found = engine.query(text).leads.filter(lead => lead.sessions).map(lead => lead.url.split("#")[1]);
    assert.deepEqual([...found], state ? [state] : []);
  });
}

for (const [text, number] of Object.entries({ "slachtoffer contact": 1, "excuus": 1, "slachtoffer": 0, "vader": 0 })) {
  test(`“${text}” asks for ${number} advice`, () => assert.equal(engine.query(text).cares.length, number));
}

const NAMED = {
  "papa blijft papa of samen groeien?": ["vadergroep", "moeders"],
  "samen groeien vergelijken met rustig blijven": ["moeders", "rustig"],
  "papa blijft papa": ["vadergroep"],
  "huis van de buurt": ["huis"],
  "groeien of blijven": []
};
for (const [text, ids] of Object.entries(NAMED)) {
  test(`“${text}” names ${ids.length}`, () => assert.deepEqual([...engine.query(text).named].map(one => one.id), ids));
}

test("what is open to who is asked for comes first, and what is closed to them last; it says so where no source does", () => {
  const found = engine.query("gesprekken rokers").hitsOf("intervention");
  assert.deepEqual([...found].map(hit => [hit.document.id, [...hit.sides].map(side => side.open), [...hit.silent]]), [
    ["schuldkring", [], ["Rokers"]], ["praatgroep", [true], []], ["buurman", [true], []], ["avondgroep", [false], []]
  ]);
  assert.deepEqual(ask("rokers", "intervention").hits, ["praatgroep", "buurman", "avondgroep"]);
  assert.equal(ask("avondgroep rokers", "intervention").hits[0], "avondgroep");
});

test("what people do for each other is found in every place by whom it is open to", () => {
  const found = engine.query("rokers Vught").hitsOf("intervention").find(hit => hit.document.id === "buurman");
  assert.ok(found.unplaced && !found.there);
  assert.ok(!ask("gesprekken Vught", "intervention").hits.includes("buurman"));
});

test("a hit in a place says whom to ask there, and no one where it is not", () => {
  const askedAt = text => Array.from(engine.query(text).hitsOf("intervention"), hit => [hit.document.id, hit.there && hit.there.ask]);
  assert.deepEqual(askedAt("papa blijft papa Vught"), [["vadergroep", "Kapelaan"]]);
  assert.deepEqual(askedAt("papa blijft papa Zwolle"), [["vadergroep", "Mentor, Stichting Bos"]]);
  assert.ok(askedAt("huis van de straat Vught").some(([id, ask]) => id === "straat" && ask === ""));
});

test("a hit says whether the subject is more than mentioned", () => {
  const { hits, subject } = engine.query("tolk Engels");
  assert.deepEqual([...hits].map(hit => [hit.document.id, hit.about]), [["tolk", false]]);
  assert.equal(subject, "tolk Engels");
});

test("a synonym in another language is no Dutch word", () => {
  assert.ok(!engine.query("vader").hits[0].matches.has("daad"));
});

test("what a source says of a place by name comes before what is in principle everywhere", () => {
  const hits = engine.query("huis Vught").hitsOf("intervention");
  assert.deepEqual([...hits].map(hit => [hit.document.id, hit.there.place, hit.there.named]), [
    ["straat", "PI Vught", true], ["huis", "PI Vught", false]
  ]);
});

const STRAIGHT = {
  "rekenblad": "stukken", // no intervention answers
  "downloads": "stukken",
  "detentiefasering": "woord",
  "pi vught": "vught",
  "vader": null, // interventions answer: the catalogue has them all
  "cursus Vught": null,
  "xqzzv": null
};
for (const [text, page] of Object.entries(STRAIGHT)) {
  test(`Enter after “${text}” leads to ${page || "the catalogue"}`, () => {
    const { straight } = engine.query(text);
    assert.equal(straight && straight.id, page);
  });
}

test("asking for one type keeps the order", () => {
  const everything = ask("cursus vaders Vught").hits;
  const some = ask("cursus vaders Vught", "intervention").hits;
  assert.deepEqual(some, everything.filter(id => some.includes(id)));
});

test("marks are whole words", () => {
  const [{ document, matches }] = engine.query("slachtoffer").hits;
  const marked = [...engine.ranges(document.tagline, matches)].map(([start, end]) => document.tagline.slice(start, end));
  assert.deepEqual(marked, ["slachtofferbewustzijn"]);
});

// The time must not grow with the length of what is typed: 20,000 letters took more than 20 seconds.
test("one long word is no more work than a word of sixty letters", () => {
  let looked = 0;
  const counting = load("search/expand", {
    "search/dutch": { ...dutch, stem: term => { looked += term.length; return dutch.stem(term); } }
  });
  const pages = load("search/index").build(collection);
  const work = text => { looked = 0; counting.read(pages, text); return looked; };
  work("a".repeat(60)); // the stems of the words that begin so are looked up once
  assert.equal(work("a".repeat(20000)), work("a".repeat(60)));
  assert.equal(counting.read(pages, "vader ".repeat(5000)).words.length, 40);
});

test("words that mean one thing have one stem", () => {
  const SAME = [["vaders", "vader"], ["taallessen", "taalles"], ["sociale", "sociaal"], ["huizen", "huis"], ["kinderen", "kind"], ["maatjes", "maat"], ["gevoelens", "gevoelen"]];
  for (const [one, other] of SAME) assert.equal(dutch.stem(one), dutch.stem(other), `${one}, ${other}`);
  assert.equal(dutch.root("opvoeding"), dutch.root("opvoeder"));
  assert.notEqual(dutch.root("moeder"), dutch.root("moed"));
  assert.equal(dutch.sound("lijden"), dutch.sound("leiden"));
  assert.equal(dutch.distance("argessie", "agressie"), 1);
  assert.equal(dutch.distance("agresie", "agressies"), 2);
  assert.equal(dutch.distance("ab", "ba"), 1);
});

test("a text becomes folded words with their places", () => {
  const found = [...dutch.tokens("Re-integratie in één S.T.E.P.")].map(({ end, start, term }) => [term, start, end]);
  assert.deepEqual(found, [["re", 0, 2], ["integratie", 3, 13], ["reintegratie", 0, 13], ["in", 14, 16], ["een", 17, 20], ["step", 21, 29]]);
});

test("the words of the export are words of the engine", () => {
  assert.deepEqual(words.filter(word => [...dutch.terms(word)].join() !== dutch.fold(word)), []);
});

const letters = load("search/letters");

test("names are found by how their words begin, without the search", () => {
  const names = ["Café Détentie", "Samen-wijzer", "De vader en het kind"];
  const found = text => [...letters.starting(names, text)];
  assert.deepEqual(found("cafe"), [0]);
  assert.deepEqual(found("DÉT ca"), [0]);
  assert.deepEqual(found("wij"), [1]);
  assert.deepEqual(found("kind va"), [2]);
  assert.deepEqual(found("ader"), []);
  assert.deepEqual(found("v"), []); // one letter is no word
  assert.deepEqual(found(" - "), []);
});
