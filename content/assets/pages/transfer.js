/* From one institution to another: what goes on, what stops, what is new. State in the hash:
   #from=<id>&to=<id>&for=women|men. Only what is in the Netherlands and for people in detention; with `for` nothing
   that is only for the other sex.
   Unknown ids are ignored; without `from` my PI is filled in. What no source says is kept apart from what a source
   says is not there, and what only an old source says from what goes on. Rules: choose/fate. Gives nothing; started by [data-kb="transfer"] (transfer.md.jinja). Words: choose-words.html. */
"use strict";

Kennisbank.define("pages/transfer", [
  "core/address", "core/data", "core/dom", "core/standing", "core/words", "mine/pi", "mine/list", "choose/fate", "choose/here", "choose/places"
], needs => {
  const { address, data: records, dom, fate, here, list, pi, places, standing, words: { say } } = needs;
  const { make } = dom;
  const page = document.querySelector("[data-kb='transfer']");
  const form = page.querySelector("form");
  const fields = form.elements;
  const line = page.querySelector("[role='status']");
  const outcome = page.querySelector("[data-kb='outcome']");
  const after = document.querySelector("[data-kb='after']");
  /** @type {Choice} */
  let data = null;
  /** @type {Entry[]} */
  let entries = [];

  function readAddress() {
    const parts = address.read();
    for (const name of ["from", "to", "for"]) {
      const [wanted = ""] = parts.get(name) || [];
      fields[name].value = dom.has(fields[name], wanted) ? wanted : "";
    }
  }

  // ---------------------------------------------------------------- showing

  function at(institution, judged) {
    const { asOf, kind, offer } = judged;
    const name = kind === "elsewhere" ? "unknown" : kind;
    const values = offer ? here.told(data, offer) : { date: asOf ? here.date(asOf) : "" };
    const text = make("span", "kb-line", say("at-" + name, Object.assign(values, { place: institution.name })));
    if (offer && offer.local_name) text.append(" ", say("here-name", { word: offer.local_name }));
    if (offer && offer.inferred) text.append(" ", make("span", "kb-check", say("here-inferred")));
    if (offer && offer.conflict) text.append(" ", say("here-conflict", { word: here.lowered(offer.conflict) }));
    if (offer && offer.stale) text.append(" ", make("span", "kb-check", say("check")));
    return text;
  }

  function insteadOf(entry, state) {
    const { to } = state;
    const other = fate.alternative(data, entries, entry, state);
    const nearest = fate.nearest(data, entry, state);
    const parts = [];
    if (other) {
      const { date, status } = here.told(data, places.offerAt(other, to));
      parts.push(say(other.category === entry.category ? "instead-category" : "instead-goal"), " ", dom.link(other));
      parts.push(" (", status, ", ", date, "). ");
    }
    if (nearest) {
      const told = here.told(data, nearest.offer);
      parts.push(say("instead-nearest", Object.assign({ place: nearest.institution.name, n: nearest.km }, told)));
    }
    return parts.length ? make("span", "kb-instead", ...parts) : make("span", "kb-line", say("instead-none"));
  }

  const namesAt = (entry, place) => (places.askedAt(entry, place.id, !place.adult) || []).join(", ");

  /** Whom to ask in the new institution, and in the old one where it was. */
  function whomToAsk(entry, from, to) {
    const [old, now] = [from ? namesAt(entry, from) : "", namesAt(entry, to)];
    if (old && old === now) return [make("span", "kb-line", say("ask-both", { word: now }))];
    const lines = [now ? make("span", "kb-line", say("ask-at", { place: to.name, word: now })) : askUnknown(to)];
    if (old) lines.push(make("span", "kb-line", say("ask-at", { place: from.name, word: old })));
    return lines;
  }

  /** Where no source says whom to ask, the page of the institution tells where to begin. */
  function askUnknown(to) {
    const begin = dom.link({ name: say("ask-begin", { place: to.name }), url: to.url + "#" + form.dataset.anchor });
    return make("span", "kb-line", say("ask-unknown"), " ", begin);
  }

  function item(group, { entry, was, there }, state) {
    const { from, to } = state;
    const made = make("li", "kb-fit");
    made.dataset.entry = entry.id;
    made.append(make("div", "kb-fit__head", make("strong", "", dom.link(entry)), list.button(entry.id, entry.name)));
    made.append(make("span", "kb-line", standing.show(entry.standing)));
    const sex = entry.sex || [there, was].map(({ offer }) => offer && offer.sex).find(Boolean);
    if (sex) made.append(make("span", "kb-line", say("only-for", { word: here.lowered(data.labels.target_group[sex]) })));
    made.append(at(from, was), at(to, there), ...whomToAsk(entry, was.kind === "here" ? from : null, to));
    if (group === "stops" || group === "unknown") made.append(insteadOf(entry, state));
    return made;
  }

  /** What is after release: for the age of the people of `to`, where that is chosen. */
  function showAfter(to) {
    const items = Array.from(after.querySelectorAll("li"));
    for (const one of items) {
      const fits = !to || one.dataset.populations.split(" ").includes(to.adult ? "adults" : "youth");
      one.hidden = !fits || !fate.isFor(one.dataset.sex, fields.for.value);
    }
    after.querySelector("[data-kb='none']").hidden = items.some(one => !one.hidden);
  }

  /** The heading of what only an old source says: of when that is. */
  function titleOld(found) {
    const [first, last] = fate.years(found);
    if (!first) return say("transfer-old-undated");
    return say(first === last ? "transfer-old" : "transfer-old-between", { min: first, max: last });
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
    const state = { from, to, sex: fields.for.value };
    const groups = fate.judge(data, entries, state);
    for (const [group, found] of Object.entries(groups)) {
      const section = outcome.querySelector("[data-list='" + group + "']");
      section.querySelector("[data-kb='list-count']").textContent = String(found.length);
      section.querySelector("ul").replaceChildren(...found.map(one => item(group, one, state)));
      section.querySelector("[data-kb='none']").hidden = found.length > 0;
      line.dataset[group] = String(found.length);
    }
    if (groups.old.length) outcome.querySelector("[data-list='old'] [data-kb='list-title']").textContent = titleOld(groups.old);
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

  Kennisbank.ask(["choice-data", "guide-data"], got => {
    if (!got) return void (line.textContent = say("choice-failed"));
    data = got.choiceData;
    entries = data.interventions.map(entry => Object.assign({}, entry, got.guideData[entry.id]));
    address.onChange(() => { readAddress(); show(); });
    // A reader may have been quicker than the scripts.
    if (location.hash) readAddress();
    if (!fields.from.value && pi.id() !== fields.to.value && dom.has(fields.from, pi.id())) fields.from.value = pi.id();
    save("replaceState");
  });
});
