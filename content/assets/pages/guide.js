/* The guide "Past het?": at most six questions, and three lists. Rules: choose/fit. State in the hash, nothing is stored:

     #place=<institution>&weeks=<number>&unit=<setting>&form=group|alone&issues=<exclusion>,…&goal=<goal>

   Unknown names and values are ignored. An answer is a step in the history, typing a number is not. Without answers
   and without a hash my PI is filled in. Gives nothing; started by [data-kb="guide"] (guide.md.jinja). Words: choose-words.html. */
"use strict";

Kennisbank.define("pages/guide", [
  "core/address", "core/dom", "core/words", "mine/pi", "mine/list", "choose/fit", "choose/here"
], needs => {
  const { address, dom, fit, here, list, pi, words: { say } } = needs;
  const { make } = dom;
  const LONGEST_STAY = 1040; // weeks: twenty years
  const SHOWN_AT_ONCE = 8;   // entries of a list that are in sight; the rest folds out
  const VERDICTS = ["yes", "maybe", "no"];

  const page = document.querySelector("[data-kb='guide']");
  const form = page.querySelector("form");
  const line = page.querySelector("[role='status']");
  const outcome = page.querySelector("[data-kb='outcome']");
  const compare = page.querySelector("[data-kb='compare-yes']");
  const fields = form.elements;
  /** @type {Choice} */
  let data = null;
  /** @type {{place?: string, weeks?: number, unit?: string, form?: string, issues?: string[], goal?: string}} */
  let answers = {};

  // ---------------------------------------------------------------- answers, form and address

  function readAddress() {
    const parts = address.read();
    const one = name => (parts.get(name) || [])[0] || "";
    const read = {};
    for (const name of ["place", "unit", "goal"]) if (dom.has(fields[name], one(name))) read[name] = one(name);
    if (/^\d{1,4}$/.test(one("weeks")) && Number(one("weeks")) <= LONGEST_STAY) read.weeks = Number(one("weeks"));
    if (["group", "alone"].includes(one("form"))) read.form = one("form");
    const boxes = boxesOf("issues").map(box => box.value);
    const issues = boxes.filter(value => (parts.get("issues") || []).includes(value));
    if (issues.length) read.issues = issues;
    return read;
  }

  function boxesOf(name) {
    return Array.from(form.querySelectorAll("input[name='" + name + "']"));
  }

  function readForm() {
    const read = {};
    for (const name of ["place", "unit", "goal"]) if (fields[name].value) read[name] = fields[name].value;
    const weeks = fields.weeks.value.trim();
    if (weeks !== "" && fields.weeks.validity.valid) read.weeks = Number(weeks);
    const chosen = boxesOf("form").find(box => box.checked);
    if (chosen && chosen.value) read.form = chosen.value;
    const issues = boxesOf("issues").filter(box => box.checked).map(box => box.value);
    if (issues.length) read.issues = issues;
    return read;
  }

  function partsOf(from) {
    const { place, weeks, unit, form: way, issues, goal } = from;
    const one = value => value === undefined ? [] : [String(value)];
    return { place: one(place), weeks: one(weeks), unit: one(unit), form: one(way), issues: issues || [], goal: one(goal) };
  }

  function showForm() {
    for (const name of ["place", "unit", "goal"]) fields[name].value = answers[name] || "";
    fields.weeks.value = answers.weeks === undefined ? "" : String(answers.weeks);
    for (const box of boxesOf("form")) box.checked = box.value === (answers.form || "");
    for (const box of boxesOf("issues")) box.checked = (answers.issues || []).includes(box.value);
  }

  // ---------------------------------------------------------------- words

  function sentence(finding) {
    const { asOf, n, nearest, offer, words } = finding;
    const values = { n, word: (words || []).join(", ") };
    const told = offer || (nearest && nearest.offer);
    if (told) Object.assign(values, here.told(data, told));
    if (asOf) values.date = here.date(asOf);
    if (nearest) Object.assign(values, { place: nearest.institution.name, km: nearest.km });
    return say("fit-" + finding.id, values);
  }

  function findingItem(finding) {
    const item = make("li", "kb-finding kb-finding--" + finding.verdict);
    item.dataset.finding = finding.id;
    item.append(make("span", "kb-unseen", say("finding-" + finding.verdict) + " "), sentence(finding));
    const offer = finding.offer || (finding.nearest && finding.nearest.offer);
    if (offer && offer.stale) item.append(" ", make("span", "kb-check", say("check")));
    if (finding.text) item.append(" ", make("q", "", finding.text));
    const instead = finding.instead || (finding.verdict === "no" && finding.nearest && say("fit-nearest", {
      place: finding.nearest.institution.name, n: finding.nearest.km
    }));
    if (instead) item.append(make("span", "kb-instead", make("strong", "", say("instead")), " ", instead));
    return item;
  }

  // ---------------------------------------------------------------- lists

  function entryItem({ entry, found }) {
    const item = make("li", "kb-fit");
    item.dataset.entry = entry.id;
    item.dataset.fit = found.verdict;
    const head = make("div", "kb-fit__head", make("strong", "", dom.link(entry)), list.button(entry.id, entry.name));
    const findings = make("ul", "kb-findings");
    findings.append(...found.no.concat(found.maybe, found.yes).map(findingItem));
    item.append(head, make("p", "kb-line", entry.tagline), findings);
    if (found.notes.length && found.verdict !== "no") {
      item.append(make("p", "kb-line", say("fit-notes", { word: found.notes.join(", ") })));
    }
    return item;
  }

  function showList(verdict, judged) {
    const section = outcome.querySelector("[data-list='" + verdict + "']");
    section.querySelector("[data-kb='list-count']").textContent = String(judged.length);
    const [first, rest] = ["first", "rest"].map(name => section.querySelector("[data-kb='" + name + "']"));
    first.replaceChildren(...judged.slice(0, SHOWN_AT_ONCE).map(entryItem));
    const later = judged.slice(SHOWN_AT_ONCE);
    rest.querySelector("ul").replaceChildren(...later.map(entryItem));
    rest.hidden = later.length === 0;
    rest.querySelector("summary").textContent = say("fit-more", { n: later.length });
    section.querySelector("[data-kb='none']").hidden = judged.length > 0;
  }

  // How well the place is known comes first, because a course elsewhere helps least; then the least unknown, the most
  // known, the nearest. Among what does not fit, the reasons of a source come before another form or goal.
  const PLACES = ["place-here", "place-unsure", "place-conflict", "place-everywhere", "place-elsewhere", "place-unknown"];

  function rank({ entry, found }) {
    const { maybe, no, yes } = found;
    const place = yes.concat(maybe).find(finding => finding.question === "place");
    const at = place ? PLACES.indexOf(place.id) : -1;
    const stated = no.filter(finding => finding.text || finding.offer).length;
    const km = Math.min(Infinity, ...maybe.filter(finding => finding.nearest).map(finding => finding.nearest.km));
    return [-stated, no.length, place && at < 0 ? PLACES.length : at, maybe.length, -yes.length, km, entry.name];
  }

  function order(one, other) {
    const [a, b] = [rank(one), rank(other)];
    const at = a.findIndex((value, place) => value !== b[place]);
    if (at < 0) return 0;
    return typeof a[at] === "string" ? a[at].localeCompare(b[at], "nl") : a[at] < b[at] ? -1 : 1;
  }

  function update() {
    if (!data) return;
    const asked = Object.keys(answers).length > 0;
    const entries = data.interventions.filter(entry => !entry.for_staff);
    const judged = entries.map(entry => ({ entry, found: fit.judge(data, entry, answers) })).sort(order);
    const groups = Object.fromEntries(VERDICTS.map(verdict => [verdict, judged.filter(one => one.found.verdict === verdict)]));
    const counts = Object.fromEntries(VERDICTS.map(verdict => [verdict, groups[verdict].length]));
    for (const verdict of VERDICTS) {
      line.dataset[verdict] = String(counts[verdict]);
      if (asked) showList(verdict, groups[verdict]);
    }
    outcome.hidden = !asked;
    showAnswers();
    line.textContent = asked ? say("fit-counts", counts) : say("fit-start", { n: entries.length });
    page.querySelector("[data-kb='to-outcome']").hidden = !asked;
    const best = groups.yes.concat(groups.maybe).slice(0, 3).map(one => one.entry.id);
    compare.hidden = best.length < 2;
    compare.querySelector("a").href = Kennisbank.root + "choose/compare.html#" + address.of({ ids: best });
  }

  // On paper the questions are gone; what was answered stays.
  function showAnswers() {
    const chosen = ["place", "unit", "goal"].filter(name => answers[name]).map(name => fields[name].selectedOptions[0].text);
    const marked = Array.from(form.querySelectorAll("label:has(input:checked)"), label => label.textContent.trim());
    const weeks = answers.weeks === undefined ? [] : [say("fit-asked-weeks", { n: answers.weeks })];
    const given = chosen.concat(weeks, answers.form ? marked : marked.slice(1));
    outcome.querySelector("[data-kb='answers']").textContent = say("fit-asked", { word: given.join("; ") });
  }

  // ---------------------------------------------------------------- changes

  function take(how) {
    answers = readForm();
    address.write(partsOf(answers), how);
    update();
  }

  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("change", event => take(event.target.name === "weeks" ? "replaceState" : "pushState"));
  fields.weeks.addEventListener("input", () => take("replaceState"));
  page.querySelector("[data-action='clear']").addEventListener("click", () => {
    answers = {};
    showForm();
    address.write({}, "pushState");
    update();
  });
  // Not by the address, because that is where the answers are.
  page.querySelector("[data-kb='to-outcome']").addEventListener("click", event => {
    event.preventDefault();
    const title = document.getElementById("uitkomst");
    title.scrollIntoView();
    title.focus({ preventScroll: true });
  });
  address.onChange(() => {
    answers = readAddress();
    showForm();
    update();
  });

  // ---------------------------------------------------------------- start

  // A reader may have been quicker than the scripts.
  answers = location.hash ? readAddress() : readForm();
  if (!location.hash && !answers.place && dom.has(fields.place, pi.id())) answers.place = pi.id();
  address.write(partsOf(answers), "replaceState");
  showForm();
  Kennisbank.ask(["choice-data"], got => {
    if (!got) return void (line.textContent = say("choice-failed"));
    data = got.choiceData;
    update();
  });
});
