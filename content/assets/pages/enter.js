/* A control sheet from paper as a form on the screen: one key a row, one proposal file at the end.

   #institution=<id> opens the sheet of that institution. What is filled in stays in this browser as kennisbank.sheet.
   Gives nothing; started by form[data-kb="enter"]. Words: control_enter.md.jinja and proposal.jinja. */
"use strict";

Kennisbank.define("pages/enter", [
  "core/address", "core/dom", "core/order", "core/store", "core/words", "pages/hand-over", "pages/question-form",
  "propose/change", "propose/dates", "propose/rules"
], needs => {
  const { address, change, dates, dom, handOver, order, questionForm, rules, store, words: { say } } = needs;
  const STORE = "sheet";
  const OTHER = ["status", "note"]; // what a row asks when something is different

  const root = document.querySelector("form[data-kb='enter']");
  const find = name => root.querySelector("[data-kb='" + name + "']");
  const patternOf = name => document.querySelector("template[data-kb='" + name + "']").content.firstElementChild;
  const fields = root.elements;
  const { bring, months } = questionForm;
  const keys = new Map(say("sheet-keys").trim().split(" ").map(pair => pair.split("=")));
  let common = null;
  let ends = null;
  let made = null;
  let form = null;
  let rows = []; // [{element, name, offer, isThere, questions}]
  let more = []; // [{element, choice, note}]

  /** The first status of the list that means so. */
  function statusThat(means) {
    return Object.entries(common.terms.offer_status).find(([, term]) => term.means === means)[0];
  }

  function nameOf(offer) {
    const location = (common.locations[offer.institution] || {})[offer.location];
    const name = offer.local_name || common.names.interventions[offer.intervention];
    return location ? name + ", " + location : name;
  }

  // ---------------------------------------------------------------- the rows

  function ask(name, id, label) {
    const node = form.schema.properties[name];
    return made.ask(node, { label: label || node.label, id, needed: false });
  }

  /** The fields that are only asked of what has come to stand so, such as until when it ran. */
  function lateFields() {
    return Object.keys(form.schema.properties).filter(name => form.schema.properties[name].when);
  }

  function makeRow(offer, isThere, at) {
    const element = patternOf(isThere ? "sheet-row" : "sheet-everywhere").cloneNode(true);
    const name = nameOf(offer);
    element.dataset.intervention = offer.intervention;
    element.querySelector("[data-kb='row-name']").textContent = (at + 1) + ". " + name;
    const said = element.querySelector("[data-kb='row-said']");
    if (said) {
      const status = common.terms.offer_status[offer.status].label;
      said.textContent = say("sheet-said", { status, date: dates.write(offer.as_of, months) });
    }
    for (const box of element.querySelectorAll("input")) {
      box.name = offer.location ? offer.intervention + "/" + offer.location : offer.intervention;
      const [, answer] = box.getAttribute("aria-label").split(": ");
      box.setAttribute("aria-label", say("sheet-name", { word: name, answer }));
    }
    const other = element.querySelector("[data-kb='row-other']");
    const questions = !other ? [] : OTHER.concat(lateFields()).map(field => {
      const question = ask(field, "r-" + at + "-" + field, form.schema.properties[field].ask);
      question.fill(offer[field], true);
      other.append(question.element);
      return [field, question];
    });
    return { element, name, offer, isThere, questions, boxes: Array.from(element.querySelectorAll("input[type='radio']")) };
  }

  function answerOf(row) {
    const box = row.boxes.find(one => one.checked);
    return box ? box.value : "";
  }

  /** The status that a row would have, or nothing while it stays as it was. */
  function statusOf(row) {
    const value = answerOf(row);
    if (value === "ends") return statusThat("over");
    return value === "differs" ? new Map(row.questions).get("status").read() : "";
  }

  function showOther(row) {
    if (!row.isThere) return;
    const { means = "" } = common.terms.offer_status[statusOf(row)] || {};
    for (const [name, { element, node }] of row.questions) {
      element.hidden = OTHER.includes(name) ? answerOf(row) !== "differs" : node.when !== means;
    }
    row.element.querySelector("[data-kb='row-other']").hidden = row.questions.every(([, { element }]) => element.hidden);
  }

  function count() {
    const done = rows.filter(answerOf).length;
    find("line").textContent = say("sheet-counts", { n: done, total: rows.length });
  }

  function goTo(row) {
    if (row) (row.boxes.find(box => box.checked) || row.boxes[0]).focus();
    else root.querySelector("[data-action='more']").focus();
  }

  function answer(row, value) {
    const box = row.boxes.find(one => one.value === value);
    if (!box) return;
    box.checked = true;
    showOther(row);
    count();
    keep();
    if (value === "differs") row.questions[0][1].focus();
    else goTo(rows[rows.indexOf(row) + 1]);
  }

  /** Behind what was written in a row comes the next row; else the whole sheet would be judged. */
  function leave(event) {
    const row = rows.find(one => one.element.contains(event.target));
    if (!row || event.key !== "Enter" || !event.target.matches("input[type='text']")) return;
    event.preventDefault();
    goTo(rows[rows.indexOf(row) + 1]);
  }

  function press(event) {
    const row = rows.find(one => one.boxes.includes(event.target));
    if (!row || event.ctrlKey || event.altKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const value = keys.get(event.key.toLowerCase());
    const isOwn = value && row.boxes.some(box => box.value === value) && (row.isThere || event.key.toLowerCase() !== "g");
    if (!step && !isOwn) return;
    event.preventDefault();
    if (step) goTo(rows[rows.indexOf(row) + step] || row);
    else answer(row, value);
  }

  function addMore() {
    const at = more.length;
    const element = questionForm.copy("item");
    const choice = ask("intervention", "m-" + at + "-intervention", say("sheet-which"));
    const note = ask("note", "m-" + at + "-note");
    element.prepend(choice.element, note.element);
    element.querySelector("[data-action='take']").addEventListener("click", () => {
      more = more.filter(one => one.element !== element);
      element.remove();
      root.querySelector("[data-action='more']").focus();
    });
    find("more").append(element);
    more.push({ element, choice, note });
    choice.focus();
  }

  function open(institution) {
    const files = [institution, common.everywhere].map(name => "records/offers/" + name);
    bring(root, files, (here, principle) => {
      [here, principle].forEach(learn);
      made = questionForm.make(common, learn);
      const own = here.records;
      const named = new Set(own.map(offer => offer.intervention));
      const isPresent = offer => !["over", "absent"].includes(common.terms.offer_status[offer.status].means);
      const everywhere = principle.records.filter(offer => isPresent(offer) && !named.has(offer.intervention)
        && common.adults.includes(institution));
      const byName = (one, other) => order.compare(nameOf(one), nameOf(other));
      rows = own.sort(byName).map((offer, at) => makeRow(offer, true, at));
      rows = rows.concat(everywhere.sort(byName).map((offer, at) => makeRow(offer, false, own.length + at)));
      find("rows").replaceChildren(...rows.filter(row => row.isThere).map(row => row.element));
      find("rows-everywhere").replaceChildren(...rows.filter(row => !row.isThere).map(row => row.element));
      find("everywhere").hidden = !everywhere.length;
      more.forEach(one => one.element.remove());
      more = [];
      fields.institution.value = institution;
      find("steps").hidden = false;
      ends.clear();
      ends.fillSender({ from: { institution } });
      restore(institution);
      count();
      goTo(rows[0]);
    });
  }

  // ---------------------------------------------------------------- what is kept

  function keep() {
    if (!rows.length) return;
    const answers = rows.map(row => [answerOf(row), row.questions.map(([, question]) => question.read() ?? null)]);
    const own = { [fields.institution.value]: { answers, sender: ends.sender() } };
    store.writeObject(STORE, Object.assign(store.readObject(STORE), own));
  }

  /** Throws away what was filled in on this sheet, or on all of them. */
  function forget(all) {
    const kept = store.readObject(STORE);
    delete kept[fields.institution.value];
    if (all || !Object.keys(kept).length) store.remove(STORE);
    else store.writeObject(STORE, kept);
  }

  function restore(institution) {
    const kept = store.readObject(STORE)[institution];
    const fits = kept && kept.answers.length === rows.length;
    ends.tellDraft(fits ? kept.sender : null);
    if (!fits) return;
    rows.forEach((row, at) => {
      const [value, told] = kept.answers[at];
      for (const box of row.boxes) box.checked = box.value === value;
      row.questions.forEach(([, question], place) => question.fill(told[place] ?? undefined, false));
      showOther(row);
    });
    ends.fillSender(kept.sender);
  }

  // ---------------------------------------------------------------- the result

  /** What a row says as a record, or nothing: [record as it is or null, record as it would be]. */
  function readRow(row, date) {
    const { offer } = row;
    const value = answerOf(row);
    const institution = fields.institution.value;
    if (!value || value === "no-idea") return null;
    if (!row.isThere) {
      const status = statusThat(value === "ends" ? "absent" : "running");
      return [null, { intervention: offer.intervention, institution, status, as_of: date }];
    }
    const told = value === "ends" ? { status: statusThat("over") } : {};
    for (const [name, question] of row.questions) if (!question.element.hidden) told[name] = question.read();
    const now = Object.assign({}, offer, told, { as_of: date });
    for (const name of Object.keys(now)) if (now[name] === undefined) delete now[name];
    return [offer, now];
  }

  /** Whether a row says that something differs and then tells nothing else than what stood there. @param {any} row @param {any[]} pair */
  function isSame(row, pair) {
    const [record, now] = pair;
    return answerOf(row) === "differs" && !change.changeOf(form, record, Object.assign({}, now, { as_of: record.as_of }));
  }

  /** @returns {any[]} */
  function readAll(date) {
    const found = rows.map(row => ({ row, pair: readRow(row, date) })).filter(one => one.pair)
      .map(({ row, pair }) => ({ name: row.name, pair, same: isSame(row, pair), focus: () => goTo(row) }));
    const added = more.filter(one => one.choice.read()).map(one => {
      const now = { intervention: one.choice.read(), institution: fields.institution.value, status: statusThat("running"), as_of: date };
      if (one.note.read()) now.note = one.note.read();
      return { name: nameOf(now), pair: [null, now], same: false, focus: () => one.choice.focus() };
    });
    return found.concat(added);
  }

  /** What is wrong with one line of the sheet; of a new offer the check fills in what is given. */
  function judge({ name, pair: [record, now], same, focus }) {
    if (same) return [{ text: say("sheet-same", { word: name }), focus }];
    const { properties, required } = form.schema;
    const asked = required.filter(one => record || properties[one].form !== "given");
    const isTwice = !record && rows.some(row => row.isThere && row.offer.intervention === now.intervention);
    const exists = isTwice ? { pair: name, where: common.names.institutions[now.institution] } : null;
    return rules.judgeAll(Object.assign({}, form, { schema: Object.assign({}, form.schema, { required: asked }) }), common, now, exists)
      .filter(problem => problem.path[0] !== "as_of")
      .map(problem => ({ text: say("at", { word: name, message: handOver.sayProblem(common, problem, (properties[problem.path[0]] || {}).label) }), focus }));
  }

  function finish() {
    const sender = ends.sender();
    const found = readAll(sender.basis.date);
    const faults = found.flatMap(judge);
    if (!found.length) faults.push({ text: say("sheet-empty"), focus: () => goTo(rows[0]) });
    if (!ends.tellFaults(faults.concat(ends.tellAllSender()))) return;
    const changes = found.map(({ pair: [record, now] }) => (record ? change.changeOf(form, record, now) : change.additionOf(form, now))).filter(Boolean);
    const about = common.names.institutions[fields.institution.value];
    const lines = found.map(({ name, pair: [, { status, until }] }) => say(until ? "sheet-line-until" : "sheet-line", {
      word: name, answer: common.terms.offer_status[status].label, date: dates.write(until || "", months)
    }));
    ends.showResult(change.proposal(sender, changes), {
      lines: [say("sheet-summary", { word: about, n: changes.length }), ...lines], name: fields.institution.value, code: ""
    });
  }

  root.addEventListener("submit", event => {
    event.preventDefault();
    if (rows.length) finish();
  });
  root.addEventListener("keydown", press);
  root.addEventListener("keydown", leave);
  root.addEventListener("input", keep);
  root.addEventListener("change", event => {
    const row = rows.find(one => one.element.contains(event.target));
    if (row) {
      showOther(row);
      count();
    }
    if (event.target === fields.institution && event.target.value) {
      address.write({ institution: [event.target.value] }, "pushState");
      open(event.target.value);
    }
  });
  root.addEventListener("click", event => {
    const button = event.target.closest("button[data-action]");
    if (!button) return;
    if (button.dataset.action === "more") addMore();
    if (!["wipe", "anew"].includes(button.dataset.action)) return;
    forget(button.dataset.action === "wipe");
    open(fields.institution.value);
  });

  /** What can be chosen in a form, or what records are called, is known from now on. */
  function learn(more) {
    common = rules.join(common, more);
    if (ends) ends.know(common);
  }

  const BASE = ["forms/common", "forms/proposal", "forms/offers", "names/interventions", "names/institutions"];
  bring(root, BASE, (got, proposal, offers, interventions, institutions) => {
    form = offers;
    common = rules.join(got, proposal);
    learn(offers);
    learn({ names: { interventions, institutions } });
    ends = handOver.start(root, common, proposal);
    const openAddress = () => {
      const [institution] = address.ids("institution");
      if (dom.has(fields.institution, institution)) open(institution);
    };
    address.onChange(openAddress);
    openAddress();
  });
});
