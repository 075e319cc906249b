/* From one institution to another: what goes on, what stops, what is new. State in the hash:
   #from=<id>&to=<id>&for=women|men. Only what is in the Netherlands and for people in detention; with `for` nothing
   that is only for the other sex.
   Unknown ids are ignored; without `from` my PI is filled in. What no source says is kept apart from what a source
   says is not there. Gives nothing; started by [data-kb="transfer"] (transfer.md.jinja). Words: choose-words.html. */
"use strict";

Kennisbank.define("pages/transfer", [
  "core/address", "core/data", "core/dom", "core/standing", "core/words", "mine/pi", "mine/list", "choose/here", "choose/places"
], needs => {
  const { address, data: records, dom, here, list, pi, places, standing, words: { say } } = needs;
  const { make } = dom;
  const page = document.querySelector("[data-kb='transfer']");
  const form = page.querySelector("form");
  const fields = form.elements;
  const line = page.querySelector("[role='status']");
  const outcome = page.querySelector("[data-kb='outcome']");
  const after = document.querySelector("[data-kb='after']");
  /** @type {Choice} */
  let data = null;

  function readAddress() {
    const parts = address.read();
    for (const name of ["from", "to", "for"]) {
      const [wanted = ""] = parts.get(name) || [];
      fields[name].value = dom.has(fields[name], wanted) ? wanted : "";
    }
  }

  // ---------------------------------------------------------------- what happens to one entry

  /** Whether what is only for the target group `sex` (its id, or nothing) can be for this person. */
  function isFor(sex) {
    return !sex || !fields.for.value || sex === fields.for.value;
  }

  function concerns(entry) {
    return !entry.for_staff && entry.countries.some(country => data.rules.home.includes(country)) && isFor(entry.sex);
  }

  /** Another entry that runs in `to`: of the same category, or else with a goal in common; most goals in common first. */
  function alternative(entry, to) {
    const { means, offerAt } = places;
    const shared = other => other.goals.filter(goal => entry.goals.includes(goal)).length;
    const options = data.interventions.filter(other => {
      const offer = offerAt(other, to);
      if (other.id === entry.id || !concerns(other) || !offer || means(data, offer) !== "running") return false;
      return other.category === entry.category || shared(other) > 0;
    });
    const rank = other => (other.category === entry.category ? 0 : 1);
    options.sort((a, b) => rank(a) - rank(b) || shared(b) - shared(a));
    return options[0] || null;
  }

  /** Which list an entry that is in `from` belongs to: "on", "perhaps", "stops" or "unknown". */
  function fate(judged) {
    if (judged.kind === "absent") return "stops";
    if (judged.kind === "everywhere") return "perhaps";
    if (judged.kind !== "here") return "unknown";
    return places.means(data, judged.offer) === "running" && !judged.offer.conflict ? "on" : "perhaps";
  }

  function judgeAll(from, to) {
    const groups = { on: [], perhaps: [], stops: [], unknown: [], new: [] };
    for (const entry of data.interventions.filter(concerns)) {
      const was = places.judge(data, entry, from);
      const there = places.judge(data, entry, to);
      if (was.kind === "here") groups[fate(there)].push({ entry, was, there });
      else if (there.kind === "here") groups.new.push({ entry, was, there });
    }
    return groups;
  }

  // ---------------------------------------------------------------- showing

  function at(institution, judged) {
    const { asOf, kind, offer } = judged;
    const name = kind === "elsewhere" ? "unknown" : kind;
    const values = offer ? here.told(data, offer) : { date: asOf ? here.date(asOf) : "" };
    const text = make("span", "kb-line", say("at-" + name, Object.assign(values, { place: institution.name })));
    if (offer && offer.local_name) text.append(" ", say("here-name", { word: offer.local_name }));
    if (offer && offer.conflict) text.append(" ", say("here-conflict"));
    if (offer && offer.stale) text.append(" ", make("span", "kb-check", say("check")));
    return text;
  }

  function insteadOf(entry, to) {
    const other = alternative(entry, to);
    const nearest = places.nearest(data, entry, to);
    const parts = [];
    if (other) {
      const { date, status } = here.told(data, places.offerAt(other, to));
      parts.push(say(other.category === entry.category ? "instead-category" : "instead-goal"), " ", dom.link(other));
      parts.push(" (", status, ", ", date, "). ");
    }
    if (nearest) parts.push(say("instead-nearest", { place: nearest.institution.name, n: nearest.km }));
    return parts.length ? make("span", "kb-instead", ...parts) : make("span", "kb-line", say("instead-none"));
  }

  function item(group, { entry, was, there }, from, to) {
    const made = make("li", "kb-fit");
    made.dataset.entry = entry.id;
    made.append(make("div", "kb-fit__head", make("strong", "", dom.link(entry)), list.button(entry.id, entry.name)));
    made.append(make("span", "kb-line", standing.show(entry.standing)));
    if (entry.sex) made.append(make("span", "kb-line", say("only-for", { word: here.lowered(data.labels.target_group[entry.sex]) })));
    made.append(at(from, was), at(to, there));
    if (group === "stops" || group === "unknown") made.append(insteadOf(entry, to));
    return made;
  }

  /** What is after release: for the age of the people of `to`, where that is chosen. */
  function showAfter(to) {
    const items = Array.from(after.querySelectorAll("li"));
    for (const one of items) {
      const fits = !to || one.dataset.populations.split(" ").includes(to.adult ? "adults" : "youth");
      one.hidden = !fits || !isFor(one.dataset.sex);
    }
    after.querySelector("[data-kb='none']").hidden = items.some(one => !one.hidden);
  }

  function show() {
    const { institutions } = records.of(data);
    const [from, to] = [institutions.get(fields.from.value), institutions.get(fields.to.value)];
    const ready = from && to && from !== to;
    outcome.hidden = !ready;
    showAfter(to);
    page.querySelector("[data-action='swap']").disabled = !from && !to;
    if (!ready) {
      line.textContent = say(from && from === to ? "transfer-same" : "transfer-start");
      return;
    }
    const groups = judgeAll(from, to);
    for (const [group, found] of Object.entries(groups)) {
      const section = outcome.querySelector("[data-list='" + group + "']");
      section.querySelector("[data-kb='list-count']").textContent = String(found.length);
      section.querySelector("ul").replaceChildren(...found.map(one => item(group, one, from, to)));
      section.querySelector("[data-kb='none']").hidden = found.length > 0;
      line.dataset[group] = String(found.length);
    }
    for (const name of outcome.querySelectorAll("[data-kb='from-name']")) name.textContent = from.name;
    for (const name of outcome.querySelectorAll("[data-kb='to-name']")) name.textContent = to.name;
    for (const [name, institution] of [["from", from], ["to", to]]) {
      outcome.querySelector("[data-kb='" + name + "-link']").href = Kennisbank.root + institution.url;
    }
    page.querySelector("[data-kb='mixed']").hidden = from.adult === to.adult;
    const counts = Object.fromEntries(Object.entries(groups).map(([group, found]) => [group, found.length]));
    line.textContent = say("transfer-counts", Object.assign(counts, { from: from.name, to: to.name }));
  }

  function save(how) {
    const state = ["from", "to", "for"].map(name => [name, fields[name].value ? [fields[name].value] : []]);
    address.write(Object.fromEntries(state), how);
    show();
  }

  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("change", () => { if (data) save("pushState"); });
  page.querySelector("[data-action='swap']").addEventListener("click", () => {
    [fields.from.value, fields.to.value] = [fields.to.value, fields.from.value];
    if (data) save("pushState");
  });
  page.querySelector("[data-action='print']").addEventListener("click", () => window.print());

  Kennisbank.ask(["choice-data"], got => {
    if (!got) return void (line.textContent = say("choice-failed"));
    data = got.choiceData;
    address.onChange(() => { readAddress(); show(); });
    // A reader may have been quicker than the scripts.
    if (location.hash) readAddress();
    else if (!fields.from.value && dom.has(fields.from, pi.id())) fields.from.value = pi.id();
    save("replaceState");
  });
});
