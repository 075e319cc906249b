/* The guide "Past het?": a few questions, and three lists. Rules: choose/fit. State in the hash, nothing is stored:

     #who=<target_group>&parent=yes|no&place=<institution>&weeks=<number>&moment=<phase>&unit=<setting>
      &case=open|closed&dutch=none|some|enough&form=group|alone&issues=<exclusion>,…&goal=<goal>

   Unknown names and values are ignored. An answer is a step in the history, typing a number is not. Without answers
   and without a hash my PI is filled in. While it is printed the address has no answers, because a browser puts it on
   the paper. Gives nothing; started by [data-kb="guide"] (guide.md.jinja). Words: choose-words.html. */
"use strict";

Kennisbank.define("pages/guide", [
  "core/address", "core/copy", "core/dom", "core/standing", "core/words", "mine/pi", "mine/list", "choose/fit", "choose/here", "choose/places",
  "pages/session-question"
], needs => {
  const { address, copy, dom, fit, here, list, pi, places, sessionQuestion, standing, words: { say } } = needs;
  const { make } = dom;
  const LONGEST_STAY = 1040; // weeks: twenty years
  const IN_SIGHT = 7;        // entries that can be done, before "more"
  const MOST_SHEETS = 4;     // told on the paper for the person, which is one or two A4; the others are named
  const MOST_FEW = 2;        // the same for who reads little Dutch: one A4, in large letters with drawings
  const OUTCOMES = ["fits", "maybe", "not"];
  const VERDICTS = ["no", "unknown", "yes"];
  const BEFORE = ["who", "parent", "place"]; // in the order of the address
  const BEHIND = ["moment", "unit", "case", "dutch", "form"];
  const SINGLE = BEFORE.concat(BEHIND, "goal");

  const page = document.querySelector("[data-kb='guide']");
  const form = page.querySelector("form");
  const line = page.querySelector(".kb-guide__line [role='status']");
  const outcome = page.querySelector("[data-kb='outcome']");
  const compare = page.querySelector("[data-kb='compare-yes']");
  const sheets = page.querySelector("[data-kb='sheets'] > div");
  const noSheets = page.querySelector("[data-kb='sheets-none']");
  const sheetsAsk = page.querySelector("[data-kb='sheets-ask']");
  const sheetsOthers = page.querySelector("[data-kb='sheets-others']");
  const pictograms = page.querySelector("template[data-kb='pictograms']");
  const sheetsLanguage = page.querySelector("[data-kb='sheets-language']");
  const printed = page.querySelectorAll("[data-kb='printed']");
  const leadToSessions = sessionQuestion.open();
  const fields = form.elements;
  /** @type {Choice} */
  let data = null;
  /** @type {Entry[]} */
  let entries = [];
  /** @type {Record<string, any>} */
  let answers = {};
  let paper = null; // the address to come back to after printing

  // ---------------------------------------------------------------- answers, form and address

  function boxesOf(name) {
    return Array.from(form.querySelectorAll("input[name='" + name + "']"));
  }

  function isChoice(name, value) {
    if (!value) return false;
    return fields[name].options ? dom.has(fields[name], value) : boxesOf(name).some(box => box.value === value);
  }

  function readAddress() {
    const parts = address.read();
    const one = name => (parts.get(name) || [])[0] || "";
    const read = {};
    for (const name of SINGLE) if (isChoice(name, one(name))) read[name] = one(name);
    if (/^\d{1,4}$/.test(one("weeks")) && Number(one("weeks")) <= LONGEST_STAY) read.weeks = Number(one("weeks"));
    const asked = parts.get("issues") || [];
    const issues = boxesOf("issues").map(box => box.value).filter(value => asked.includes(value));
    if (issues.length) read.issues = issues;
    // Addresses from before the question of language have it among the others.
    if (!read.dutch && asked.includes(form.dataset.language)) read.dutch = "none";
    return read;
  }

  function readForm() {
    const read = {};
    for (const name of SINGLE) if (fields[name].value) read[name] = fields[name].value;
    const weeks = fields.weeks.value.trim();
    if (weeks !== "" && fields.weeks.validity.valid) read.weeks = Number(weeks);
    const issues = boxesOf("issues").filter(box => box.checked).map(box => box.value);
    if (issues.length) read.issues = issues;
    return read;
  }

  function partsOf(from) {
    const one = name => [name, from[name] === undefined ? [] : [String(from[name])]];
    return Object.fromEntries([...BEFORE.map(one), one("weeks"), ...BEHIND.map(one), ["issues", from.issues || []], one("goal")]);
  }

  function showForm() {
    for (const name of SINGLE) fields[name].value = answers[name] || "";
    fields.weeks.value = answers.weeks === undefined ? "" : String(answers.weeks);
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
    const doubt = offer && offer.conflict && !offer.doubted ? " " + say("fit-conflict", { word: here.lowered(offer.conflict) }) : "";
    return say("fit-" + finding.id, values) + doubt;
  }

  // The source's own words, and where they stand.
  function proof({ text, sentBy, source }) {
    const parts = [];
    if (text) parts.push(" ", make("q", "kb-screen", text));
    if (sentBy) parts.push(" ", say("fit-sent-by", { word: sentBy }));
    if (source) parts.push(" ", make("span", text ? "kb-small kb-screen" : "kb-small", "(" + source + ")"));
    return parts;
  }

  function insteadOf({ instead, nearest, verdict }) {
    if (instead || !nearest || verdict !== "no") return instead;
    return say("fit-nearest", { place: nearest.institution.name, n: nearest.km });
  }

  function findingItem(entry, finding, paper, text) {
    const item = make("li", "kb-finding kb-finding--" + finding.verdict);
    Object.assign(item.dataset, { reason: finding.question, verdict: finding.verdict, finding: finding.id });
    item.classList.toggle("kb-screen", !paper.findings.includes(finding));
    item.append(make("span", "kb-unseen", say("finding-" + finding.verdict) + " "));
    item.append(finding.id === "issue-told" ? dom.link({ name: text, url: entry.url + "#" + form.dataset.anchor }) : text);
    const offer = finding.offer || (finding.nearest && finding.nearest.offer);
    if (offer && offer.stale) item.append(" ", make("span", "kb-check", say("check")));
    item.append(...proof(finding));
    const instead = insteadOf(finding);
    if (instead) item.append(make("span", "kb-instead kb-screen", make("strong", "", say("instead")), " ", instead));
    return item;
  }

  const placeOf = () => data.institutions.find(one => one.id === answers.place);

  function isYoung() {
    const place = placeOf();
    return answers.who ? data.rules.young.includes(answers.who) : Boolean(place) && !place.adult;
  }

  const namesToAsk = entry => places.askedAt(entry, answers.place, isYoung());

  function whomToAsk(entry) {
    const names = namesToAsk(entry);
    return names ? say("fit-ask", { word: names.join(", ") }) : say("fit-ask-nobody");
  }

  // What limits it there, as a card on the wall tells it.
  const cardOf = entry => (entry.cards || {})[answers.place];

  // Beside the name that which it has in the institution that was asked.
  function nameHere({ offers }) {
    const found = (offers || []).find(offer => offer.institution === answers.place && offer.local_name);
    return found ? " " + say("name-here", { word: found.local_name }) : "";
  }

  // ---------------------------------------------------------------- lists

  const isUnsure = found => found.group === "here" && found.unknown.some(({ question }) => question === "place");

  function entryItem({ entry, found }) {
    const article = make("article", "");
    article.dataset.id = entry.id;
    const head = make("div", "kb-fit__head", make("strong", "", dom.link(entry), nameHere(entry)), list.button(entry.id, entry.name));
    const findings = make("ul", "kb-findings");
    const paper = fit.onPaper(entry, found);
    // Two questions may have the same answer, such as for whom it is: it is said once.
    const said = new Set();
    const isNew = words => !said.has(words) && said.add(words);
    const told = VERDICTS.flatMap(verdict => found[verdict]).filter(finding => isNew(sentence(finding) + (finding.text || "")));
    findings.append(...told.map(finding => findingItem(entry, finding, paper, sentence(finding))));
    const warning = found.verdict === "not" ? "" : paper.bar ? "paper-bar" : paper.doubt ? "paper-doubt" : "";
    if (warning) findings.prepend(make("li", "kb-finding kb-finding--unknown kb-print", say(warning)));
    const group = found.verdict === "not" ? "" : say("fit-group-" + (isUnsure(found) ? "unsure" : found.group));
    article.append(head, make("p", "kb-small", standing.show(entry.standing)));
    if (group) article.append(make("p", "kb-small", make("strong", "", group)));
    article.append(make("p", "kb-line", entry.tagline), findings);
    if (cardOf(entry)) article.append(make("p", "kb-line", say("fit-card", { word: cardOf(entry) })));
    if (found.verdict !== "not") {
      article.append(make("p", "kb-line", whomToAsk(entry)));
      if (paper.read) article.append(make("p", "kb-small kb-print", say("paper-read")));
      if (found.notes.length) article.append(make("p", "kb-line kb-screen", say("fit-notes", { word: found.notes.join(", ") })));
    }
    return make("li", "kb-fit", article);
  }

  // A verdict has one list, or one for each part, of which some are counted and opened only. Gives the room that is left.
  function showLists(verdict, judged, room) {
    const section = outcome.querySelector("[data-outcome='" + verdict + "']");
    section.querySelector("[data-kb='list-count']").textContent = String(judged.length);
    section.querySelector("[data-kb='none']").hidden = judged.length > 0;
    for (const list of section.querySelectorAll("[data-kb='fitting']")) {
      const own = judged.filter(({ found }) => !list.dataset.of || found.part === list.dataset.of);
      const shown = "folded" in list.dataset ? 0 : roomFor(own, room);
      showList(list, own.slice(0, shown), own.slice(shown));
      room -= shown;
    }
    return room;
  }

  function showList(list, shown, later) {
    const [first, rest] = ["first", "rest"].map(name => list.querySelector("[data-kb='" + name + "']"));
    first.replaceChildren(...shown.map(entryItem));
    rest.querySelector("ul").replaceChildren(...later.map(entryItem));
    rest.hidden = later.length === 0;
    rest.querySelector("summary").textContent = say(shown.length ? "fit-more" : "fit-all", { n: later.length });
    list.hidden = shown.length + later.length === 0;
    for (const count of list.querySelectorAll("[data-kb='part-count']")) count.textContent = String(shown.length + later.length);
  }

  // What is only somewhere else is not in sight when a place was asked.
  function roomFor(judged, room) {
    const at = answers.place ? judged.findIndex(one => one.found.group === "rest") : -1;
    return Math.min(room, at < 0 ? judged.length : at);
  }

  const isForParents = ({ entry }) => (entry.target_groups || []).some(group => data.rules.parents.includes(group));

  // For a mother or father first what is for them, of what is in sight.
  function parentsFirst(judged) {
    if (answers.parent !== "yes") return judged;
    const at = roomFor(judged, judged.length);
    const near = judged.slice(0, at).sort((a, b) => Number(isForParents(b)) - Number(isForParents(a)));
    return near.concat(judged.slice(at));
  }

  // Somebody inside cannot reach an organisation: first who is in the building, which stands above all.
  const sayMentor = () => say("sheet-ask" + (isYoung() ? "-youth" : placeOf() ? "-adults" : ""));

  function sayMore(entry) {
    const names = namesToAsk(entry) || [];
    if (!names.length) return "";
    // Of what goes by a referral only functions can be asked; among the others are names.
    const told = entry.referred ? say("sheet-ask-referred", { word: names.map(here.lowered).join(", ") }) : say("sheet-more", { word: names.join(", ") });
    return told + " ";
  }

  // Of when that is what is told of the place; without one, from when it is as a whole.
  function sayDay(entry, found) {
    const place = found.yes.concat(found.unknown).find(finding => finding.question === "place");
    const told = place && (place.offer || (place.nearest && place.nearest.offer));
    const local = told ? told.as_of : place && place.asOf;
    return local ? say("sheet-as-of", { date: here.date(local) }) : sayWhole(entry);
  }

  function sayWhole(entry) {
    const { day, most, places, years } = entry.day || {};
    if (day && places) return say("sheet-as-of-at", { date: here.date(day), word: places.join(", ") });
    if (day) return say(most ? "sheet-as-of-most" : "sheet-as-of", { date: here.date(day) });
    return years ? say("sheet-as-of-years", { word: years }) : entry.standing.words;
  }

  function showSheets(judged) {
    const own = parentsFirst(judged.filter(one => one.entry.sheet && fit.isForPerson(one.found)));
    const near = own.slice(0, roomFor(own, own.length));
    const parents = answers.parent === "yes" ? near.filter(isForParents) : [];
    const kept = (parents.length ? parents : near).slice(0, isFew() ? MOST_FEW : MOST_SHEETS);
    sheets.replaceChildren(...kept.map(sheetOf));
    sheetsAsk.textContent = sayMentor();
    const others = near.filter(one => !kept.includes(one)).slice(0, IN_SIGHT).map(({ entry }) => entry.name);
    dom.tell(sheetsOthers, others.length ? say("sheet-others", { word: others.join(", ") }) : "");
    noSheets.hidden = kept.length > 0;
    showCares(kept);
    sheetsLanguage.hidden = answers.dutch !== "none";
    sheets.parentElement.classList.toggle("kb-guide__sheets--few", isFew());
  }

  const isFew = () => answers.dutch === "none" || answers.dutch === "some";

  // What can be told without many words: with whom, how often, whom to ask.
  function tellFew(entry) {
    const { formats, referred, sessions, weeks } = entry;
    const [together, alone] = [data.rules.together, data.rules.alone].map(company => formats.some(format => company.includes(format)));
    const names = (referred && namesToAsk(entry)) || [say("mentor")];
    return {
      together: together ? say(alone ? "sheet-in-both" : "sheet-in-group") : "",
      alone: alone && !together ? say("sheet-in-pair") : "",
      often: sessions ? say("sheet-times", { n: sessions }) : weeks ? say("sheet-weeks", { n: weeks }) : "",
      whom: say("sheet-whom", { word: names.map(here.lowered).join(", ") })
    };
  }

  function draw(entry) {
    const drawn = pictograms.content.firstElementChild.cloneNode(true);
    const told = tellFew(entry);
    for (const item of drawn.querySelectorAll("[data-tells]")) {
      const text = told[item.dataset.tells];
      if (text) item.querySelector("span").textContent = text;
      else item.remove();
    }
    return drawn;
  }

  // The time that a source asks, where somebody said how long is left; in our words, because its own are for staff.
  function sayTime({ unknown, yes }) {
    const found = unknown.concat(yes.filter(({ text }) => text)).filter(({ id, question }) => question === "weeks" && id !== "weeks-open");
    const told = found.map(({ id, n }) => say("sheet-time-" + id, { n }) || say("sheet-time-unknown"));
    return told.length ? [say("sheet-time", { word: told.join(" ") })] : [];
  }

  // One sentence a line for who reads little Dutch.
  function paragraphsOf(text) {
    if (!isFew()) return [make("p", "", text)];
    return [make("ul", "kb-plain kb-sentences", ...text.split(/(?<=[.?!]) /).map(line => make("li", "", line)))];
  }

  // No sentence twice: what stands above all, and what the text itself tells.
  function sheetOf({ entry, found }) {
    const text = entry.sheet.split(" " + sayMentor()).join("");
    const limits = fit.conditionsOf(found).map(one => one.text).concat(sayTime(found), cardOf(entry) || []).filter(limit => !text.includes(limit));
    const article = make(
      "article", "", make("h2", "", entry.name + nameHere(entry)), ...(isFew() ? [draw(entry)] : []), ...paragraphsOf(text),
      ...limits.map(limit => make("p", "", limit)), make("p", "", make("strong", "", sayMore(entry)), make("span", "kb-small", sayDay(entry, found)))
    );
    article.dataset.sheet = entry.id;
    return article;
  }

  // What names a goal first is about it, more than what names it among others.
  function firstAbout(goal, kept) {
    const at = kept.findIndex(({ entry }) => entry.goals[0] === goal);
    return at < 0 ? kept.findIndex(({ entry }) => entry.goals.includes(goal)) : at;
  }

  // On the sheet our advice stands above for who asked for that goal; else once, with the first that is about it.
  function showCares(kept) {
    for (const care of sheets.parentElement.querySelectorAll("[data-care]")) {
      const goal = care.dataset.care;
      care.hidden = answers.goal !== goal;
      const at = care.hidden ? firstAbout(goal, kept) : -1;
      if (at >= 0) sheets.children[at].querySelector("p, .kb-sentences").after(make("p", "", ...care.cloneNode(true).childNodes));
    }
  }

  // For staff it stands above for who asked for that goal, and on the screen for who named what asks for it as well. On
  // paper it stands wherever something listed is about it, so that it tells no answer.
  function showCaresAbove(listed) {
    for (const care of outcome.querySelectorAll("[data-care]")) {
      const { care: goal, issues } = care.dataset;
      const isNamed = issues.split(" ").some(issue => (answers.issues || []).includes(issue));
      const [isSeen, isPrinted] = [answers.goal === goal || isNamed, answers.goal === goal || firstAbout(goal, listed) >= 0];
      care.hidden = !isSeen && !isPrinted;
      care.classList.toggle("kb-print", !isSeen);
      care.classList.toggle("kb-screen", !isPrinted);
    }
  }

  // How much Dutch was answered goes along to the sessions for a group.
  function showSessions() {
    const field = document.querySelector("[data-kb='session-dutch']");
    field.value = field.dataset[answers.dutch] || field.dataset.enough;
    leadToSessions();
  }

  function update() {
    showSessions();
    if (!data) return;
    const asked = Object.keys(answers).length > 0;
    const judged = entries.map(entry => ({ entry, found: fit.judge(data, entry, answers) })).sort(fit.order);
    const groups = Object.fromEntries(OUTCOMES.map(verdict => [verdict, parentsFirst(judged.filter(one => one.found.verdict === verdict))]));
    const possible = groups.fits.concat(groups.maybe);
    const counts = Object.fromEntries(OUTCOMES.map(verdict => [verdict, groups[verdict].length]));
    Object.assign(line.dataset, counts);
    if (asked) {
      showLists("maybe", groups.maybe, showLists("fits", groups.fits, IN_SIGHT));
      showLists("not", groups.not, 0);
      showSheets(possible);
      showCaresAbove(possible);
    }
    outcome.hidden = !asked;
    const here = groups.maybe.filter(({ found }) => found.part === "here").length;
    const told = answers.place ? say("fit-counts-here", { ...counts, here }) : say("fit-counts", counts);
    line.textContent = asked ? told : say("fit-start", { n: entries.length });
    page.querySelector("[data-kb='to-outcome']").hidden = !asked;
    const best = possible.slice(0, 3).map(one => one.entry.id);
    compare.hidden = best.length < 2;
    compare.querySelector("a").href = Kennisbank.root + "choose/compare.html#" + address.of({ ids: best });
  }

  // ---------------------------------------------------------------- changes

  function take(how) {
    answers = readForm();
    address.write(partsOf(answers), how);
    update();
  }

  function today() {
    const now = new Date();
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()].join("-");
  }

  const bareAddress = () => location.href.split("#")[0];

  function print(kind) {
    page.dataset.paper = kind;
    window.print();
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
  page.querySelector("[data-action='print-staff']").addEventListener("click", () => print("staff"));
  page.querySelector("[data-action='print-person']").addEventListener("click", () => print("person"));
  document.querySelector("[data-action='copy-bare']").addEventListener("click", () => copy.copyText(bareAddress(), ok => {
    document.querySelector("[data-kb='copied']").textContent = say(ok ? "copied" : "copy-failed");
  }));
  window.addEventListener("beforeprint", () => {
    for (const one of printed) one.textContent = say("sheet-printed", { date: here.date(today()) });
    paper = location.href;
    history.replaceState(null, "", bareAddress());
  });
  window.addEventListener("afterprint", () => {
    if (paper) history.replaceState(null, "", paper);
    paper = null;
    delete page.dataset.paper;
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
  Kennisbank.ask(["choice-data", "guide-data"], got => {
    if (!got) return void (line.textContent = say("choice-failed"));
    data = got.choiceData;
    entries = data.interventions.map(entry => Object.assign({}, entry, got.guideData[entry.id]));
    update();
  });
});
