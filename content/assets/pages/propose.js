/* The form for proposals: what it is about, what should stand there, how somebody knows, and the result.

   #kind=offers&intervention=<id>&institution=<id>, or #kind=<kind>&id=<id>&field=<name>,<name>, opens it with that
   record; without a record it is about a new one. What is filled in stays in this browser as kennisbank.proposal, by
   record, until somebody wipes it. Gives nothing; started by form[data-kb="propose"]. Words: proposal.jinja. */
"use strict";

Kennisbank.define("pages/propose", [
  "core/address", "core/dom", "core/store", "core/words", "pages/hand-over", "pages/question-form",
  "propose/change", "propose/dates", "propose/judge", "propose/personal", "propose/rules", "propose/yaml"
], needs => {
  const { address, change, dates, dom, handOver, judge: { same }, personal, questionForm, rules, store, words: { say }, yaml } = needs;
  const STORE = "proposal";
  const PAUSE = 250;   // milliseconds before what was typed is kept
  const SHORT = 120;   // signs of a text that the summary shows
  const GIVEN = "given";
  const AS_OF = "as-of";
  const OFFER = ["intervention", "institution", "location"]; // the key of one
  const PLACES = ["interventions", "institutions"]; // whose names an offer needs

  const root = document.querySelector("form[data-kb='propose']");
  const find = name => root.querySelector("[data-kb='" + name + "']");
  const fields = root.elements;
  const place = find("questions");
  const { bring, months } = questionForm;
  let common = null;
  let ends = null;      // hand-over
  let made = null;      // question-form
  let target = null;    // {kind, key, isNew, fields}
  let form = null;      // what is asked of that kind
  let record = null;    // as it is now, or nothing
  let questions = [];   // [{name, question}]
  let waiting = 0;
  let suggested = "";   // the id that a new record got after its name

  // ---------------------------------------------------------------- data

  function nameOf({ kind, key }) {
    if (kind !== "offers") return (common.names[kind] || {})[key.id] || "";
    const { institutions, interventions } = common.names;
    const institution = key.institution === common.everywhere ? say("everywhere") : institutions[key.institution];
    return say("about-offer", { intervention: interventions[key.intervention], institution });
  }

  function kindInAddress() {
    const [kind = ""] = address.read().get("kind") || [];
    return common.kinds.includes(kind) ? kind : "";
  }

  function openAddress() {
    const kind = kindInAddress();
    const lists = kind === "offers" ? PLACES : [];
    if (kind) bringNames(lists, () => {
      const wanted = readTarget();
      if (wanted) open(wanted);
      else beginAt(address.ids("institution")[0]);
    });
  }

  /** An address that says where and not what is about something that we do not have there yet. */
  function beginAt(institution) {
    if (kindInAddress() !== "offers" || !dom.has(fields.institution, institution)) return;
    fields.task.value = "offer-new";
    fields.institution.value = institution;
    showTask();
    fillLocations();
  }

  /** The target that an address names; null when it names none, or nothing that exists. */
  function readTarget() {
    const kind = kindInAddress();
    const [id] = address.ids("id");
    const key = kind === "offers" ? readOffer() : Object.assign({}, id ? { id } : {});
    const asked = (address.read().get("field") || []).filter(name => /^[a-z_]+$/.test(name));
    return key && { kind, key, fields: asked };
  }

  function readOffer() {
    const [[intervention = ""], [institution = ""], [location]] = ["intervention", "institution", "location"].map(address.ids);
    const { institutions, interventions } = common.names;
    const isPlace = institution === common.everywhere || Object.hasOwn(institutions, institution);
    if (!isPlace || !Object.hasOwn(interventions, intervention)) return null;
    return Object.assign({ intervention, institution }, location ? { location } : {});
  }

  function nameOfTarget({ kind, key }) {
    return [kind, ...Object.values(key)].join("/");
  }

  // ---------------------------------------------------------------- the questions

  function nodeOf(name) {
    return form.schema.properties[name];
  }

  function asOfField() {
    return Object.keys(form.schema.properties).find(name => nodeOf(name).form === AS_OF);
  }

  /** The names of the fields in the groups in which they are asked: [{label, names}], the first without a label. */
  function groupFields() {
    const isKey = name => form.key.includes(name) && (form.key.length > 1 || !target.isNew);
    const names = Object.keys(form.schema.properties).filter(name => !isKey(name) && nodeOf(name).form !== AS_OF);
    const isGiven = name => nodeOf(name).form === GIVEN;
    const isWhole = target.isNew || form.key.length > 1;
    const asked = target.fields.filter(name => names.includes(name));
    const first = asked.length ? asked : names.filter(name => isWhole && form.schema.required.includes(name) && !isGiven(name));
    const groups = new Map();
    for (const name of names.filter(one => !first.includes(one) && !isGiven(one))) {
      const { part } = nodeOf(name);
      const label = common.parts[part] || "";
      groups.set(label, (groups.get(label) || []).concat(name));
    }
    const more = Array.from(groups, ([label, own]) => ({
      label: label || say("more", { word: own.filter(name => !nodeOf(name).when).map(name => nodeOf(name).label.toLowerCase()).join(" · ") }), names: own
    }));
    const given = names.filter(name => isGiven(name) && !first.includes(name));
    return [{ label: "", names: first }, ...more].concat(given.length ? { label: say("given"), names: given } : []);
  }

  function showQuestions(values) {
    questions = [];
    place.replaceChildren();
    for (const { label, names } of groupFields()) {
      let holder = place;
      if (label) {
        const fold = questionForm.copy("fold");
        fold.querySelector("summary").textContent = label;
        holder = fold.querySelector("[data-kb='inside']");
        place.append(fold);
      }
      for (const name of names) {
        const node = nodeOf(name);
        const needed = form.schema.required.includes(name) && node.form !== GIVEN;
        const question = made.ask(node, { label: node.label, id: "f-" + name, needed });
        const now = record ? record[name] : undefined;
        question.fill(now, true);
        if (values && !same(values[name], now)) question.fill(values[name], false);
        const home = document.createComment("");
        questions.push({ name, question, home });
        holder.append(home, question.element);
      }
    }
    arrange();
  }

  function meaningOf({ node, read }) {
    const term = node.vocabulary && common.terms[node.vocabulary][read()];
    return (term && term.means) || "";
  }

  /** What is only asked when a chosen term means so stands open behind that term, and else where it was. */
  function arrange() {
    for (const { question: { element, label, node }, home } of questions.filter(({ question }) => question.node.when)) {
      const asking = questions.find(({ question }) => meaningOf(question) === node.when);
      const before = asking ? asking.question.element : home;
      if (before.nextSibling === element) continue;
      before.after(element);
      element.querySelector("label").textContent = asking ? node.ask : label;
    }
  }

  function readValues() {
    const read = questions.map(({ name, question }) => [name, question.read()]).filter(([, value]) => value !== undefined);
    return Object.assign({}, target.key, Object.fromEntries(read));
  }

  /** The record as the proposal would make it: what is asked, and what nobody was asked. */
  function readRecord() {
    const asked = questions.map(({ name }) => name);
    const kept = Object.entries(record || {}).filter(([name]) => !asked.includes(name));
    const asOf = asOfField();
    const { date } = ends.sender().basis;
    return Object.assign(Object.fromEntries(kept), readValues(), asOf && date ? { [asOf]: date } : {});
  }

  // ---------------------------------------------------------------- judging

  /** What is wrong with the record: [{question, problem, text}]; of a new one the check fills in what is given. */
  function judgeRecord() {
    const now = readRecord();
    const required = form.schema.required.filter(name => record || nodeOf(name).form !== GIVEN);
    const asked = Object.assign({}, form, { schema: Object.assign({}, form.schema, { required }) });
    return rules.judgeAll(asked, common, now, findExisting(now)).map(problem => {
      const [name] = problem.path;
      const own = questions.find(one => one.name === name);
      const question = own ? own.question.at(problem.path.slice(1)) : null;
      return { problem, question, name, text: sayProblem(problem, question) };
    }).filter(({ question, name }) => question || name !== asOfField());
  }

  function findExisting(now) {
    if (record) return null;
    if (form.key.length > 1) return null; // that one would have been opened
    const name = common.names[form.kind][now.id];
    return name === undefined ? null : { id: now.id, where: name };
  }

  function sayProblem(problem, question) {
    const isMissing = problem.code === "KB101" && question;
    return isMissing ? say("needed-told") : handOver.sayProblem(common, problem, question ? question.label : "");
  }

  function tellQuestion(question, all) {
    question.tell(all.filter(one => one.question === question).map(one => one.text).join(" "));
  }

  // ---------------------------------------------------------------- the result

  function sayValue(node, value) {
    if (Array.isArray(value)) {
      const isShort = value.every(item => typeof item !== "object");
      return isShort ? value.map(item => sayValue(node.items, item)).join(", ") : say("says-parts", { n: value.length });
    }
    if (typeof value === "object") {
      return Object.entries(value).map(([name, item]) => sayValue((node.properties || {})[name] || {}, item)).join(", ");
    }
    return value === undefined ? "" : saySingle(node, value);
  }

  function saySingle(node, value) {
    if (typeof value === "boolean") return say(value ? "yes" : "no");
    if (node.vocabulary) return (common.terms[node.vocabulary][value] || { label: value }).label;
    if (node.refers) return (common.names[node.refers] || {})[value] || value;
    if (node.shape === "date") return dates.write(value, months);
    const text = String(value);
    return text.length > SHORT ? text.slice(0, SHORT) + "…" : text;
  }

  // Who dates it anew says of what was left as it stood that it still is so.
  function sayLeft({ add, set = {} }, about) {
    if (add || !(asOfField() in set)) return [];
    const left = form.schema.required.filter(name => nodeOf(name).vocabulary && nodeOf(name).form !== GIVEN && !(name in set));
    return left.map(name => say("says-same", { word: about, label: nodeOf(name).label.toLowerCase(), now: sayValue(nodeOf(name), record[name]) }));
  }

  function sayChange(made_) {
    const about = nameOf(target);
    const lines = [];
    if (made_.add) lines.push(say("says-add", { word: about || made_.add.name || made_.add.title || made_.add.term }));
    for (const [name, value] of Object.entries(made_.set || {})) {
      const node = nodeOf(name);
      const was = sayValue(node, (made_.was || {})[name]);
      lines.push(say(was ? "says-set" : "says-new", { word: about, label: node.label.toLowerCase(), now: sayValue(node, value), was }));
    }
    lines.push(...sayLeft(made_, about));
    for (const name of made_.remove || []) {
      lines.push(say("says-gone", { word: about, label: nodeOf(name).label.toLowerCase(), was: sayValue(nodeOf(name), made_.was[name]) }));
    }
    return lines;
  }

  function makeChange() {
    const now = readRecord();
    if (!record) return change.additionOf(form, now);
    return change.changeOf(form, record, now);
  }

  function finish() {
    const wrong = judgeRecord();
    questions.forEach(({ question }) => tellAll(question, wrong));
    const general = wrong.filter(({ question }) => !question).map(({ text }) => ({ text, focus: () => place.focus() }));
    const own = wrong.filter(({ question }) => question).map(({ question, text }) => ({
      text: say("at", { word: question.label, message: text }),
      focus: () => {
        const fold = question.element.closest("details");
        if (fold) fold.open = true;
        question.focus();
      }
    }));
    if (!ends.tellFaults(general.concat(own, ends.tellAllSender()))) return;
    const found = makeChange();
    if (!found) return void (find("line").textContent = say("nothing"));
    const sender = ends.sender();
    const data = change.proposal(sender, [found]);
    const name = Object.values(found.key || (form.key.length > 1 ? change.keyOf(form, found.add) : { id: found.add.id })).join("-");
    const show = code => ends.showResult(data, { lines: sayChange(found), name, code });
    if (target.kind === "offers") bringPaper(paper => show(paper.write(common, data)));
    else show("");
  }

  /** What is wrong with a question and with those inside it. */
  function tellAll(question, wrong) {
    const inside = new Set([question]);
    for (const control of question.element.querySelectorAll("input, select, textarea")) {
      const own = made.of(control);
      if (own) inside.add(own);
    }
    for (const { question: other } of wrong) if (other && question.element.contains(other.element)) inside.add(other);
    inside.forEach(one => tellQuestion(one, wrong));
  }

  // ---------------------------------------------------------------- what is kept

  function keep() {
    if (!target) return;
    const kept = store.readObject(STORE);
    const own = { target, values: readValues(), sender: ends.sender() };
    store.writeObject(STORE, { last: nameOfTarget(target), all: Object.assign({}, kept.all, { [nameOfTarget(target)]: own }) });
  }

  function keepLater() {
    clearTimeout(waiting);
    waiting = setTimeout(keep, PAUSE);
  }

  /** Throws away what was filled in about one record, or about all of them, and begins again. */
  function forget(name) {
    clearTimeout(waiting);
    const { all = {} } = store.readObject(STORE);
    delete all[name];
    if (name && Object.keys(all).length) store.writeObject(STORE, { all });
    else store.remove(STORE);
    if (target) open(target);
  }

  // ---------------------------------------------------------------- opening

  /** The file with the record that a key names, if it can name one. */
  function filesOf({ kind, key }) {
    const name = kind === "offers" ? key.institution : key.id;
    return name ? ["records/" + kind + "/" + name] : [];
  }

  function pickRecord({ records }, key) {
    const names = key.id ? ["id"] : OFFER;
    return records.find(one => names.every(name => (one[name] || "") === (key[name] || ""))) || null;
  }

  /** What records are called, of those kinds that have names. */
  function bringNames(asked, done) {
    const named = asked.filter(kind => kind !== "offers");
    bring(root, named.map(kind => "names/" + kind), (...found) => {
      learn({ names: Object.fromEntries(named.map((kind, at) => [kind, found[at]])) });
      done();
    });
  }

  /** Only an offer fits in a code. */
  function bringPaper(done) {
    Kennisbank.ask(["propose/paper"], got => {
      if (got) done(got.paper);
      else find("failed").textContent = say("no-data");
    });
  }

  /** What can be chosen in a form, or what records are called, is known from now on. */
  function learn(more) {
    common = rules.join(common, more);
    if (ends) ends.know(common);
  }

  function take(asked) {
    learn(asked);
    made = questionForm.make(common, learn);
  }

  /** Whose names a form needs at once. Of what a record itself names its file knows them; what somebody chose before
      may be any of the lists, and what is new may be there already. */
  function namesFor({ kind, key }, lists) {
    if (kind === "offers") return lists.concat(PLACES);
    return key.id ? lists : lists.concat(kind);
  }

  function keptOf(wanted) {
    return (store.readObject(STORE).all || {})[nameOfTarget(wanted)];
  }

  /** Opens the form for a target. `given`: {values, sender} to begin with; else what was kept for it. */
  function open(wanted, given) {
    const files = ["forms/" + wanted.kind].concat(filesOf(wanted));
    bring(root, files, (asked, found) => {
      const kept = given || keptOf(wanted) || {};
      bringNames(namesFor(wanted, kept.values ? asked.lists : []), () => {
        form = asked;
        if (found) learn(found);
        take(asked);
        record = found ? pickRecord(found, wanted.key) : null;
        target = Object.assign({}, wanted, { isNew: !record });
        showQuestions(kept.values);
        ends.clear();
        ends.fillSender(kept.sender || { from: { institution: wanted.key.institution || fields.from.value } });
        find("line").textContent = "";
        ends.tellDraft(given ? null : kept.sender);
        const about = nameOf(target);
        dom.tell(find("about"), about && say("about", { word: about }));
        find("choose").open = false;
        find("steps").hidden = false;
        if (target.fields.length && questions[0]) questions[0].question.focus();
        else find("about").focus({ preventScroll: !kept.values }); // the keyboard goes on from here, and a draft is seen
      });
    });
  }

  // ---------------------------------------------------------------- choosing what it is about

  function fillRecords() {
    const kind = fields.kind.value;
    const files = ["names/" + kind];
    bring(root, files, names => {
      learn({ names: { [kind]: names } });
      fields.record.replaceChildren(fields.record.options[0], ...Object.entries(names).map(([id, name]) => new Option(name, id)));
    });
  }

  function fillLocations() {
    const files = ["forms/offers"];
    bring(root, files, asked => {
      learn(asked);
      const known = Object.entries(common.locations[fields.institution.value] || {});
      fields.location.replaceChildren(fields.location.options[0], ...known.map(([id, name]) => new Option(name, id)));
      find("where").hidden = !known.length;
    });
  }

  /** What is chosen so far: {kind, key}; the key is not whole while something is still to choose. */
  function readChoice() {
    const { institution, intervention, location, record: chosen, kind } = fields;
    if (institution.closest("[data-task]").hidden) {
      return { kind: kind.value, key: root.querySelector("[data-task='record']").hidden ? {} : { id: chosen.value } };
    }
    const key = { intervention: intervention.value, institution: institution.value };
    return { kind: "offers", key: Object.assign(key, location.value ? { location: location.value } : {}) };
  }

  function showTask() {
    for (const part of root.querySelectorAll("[data-task]")) part.hidden = !part.dataset.task.split(" ").includes(fields.task.value);
  }

  function choose(event) {
    const { name } = event.target;
    showTask();
    if (name === "kind" || name === "task") fillRecords();
    if (name === "institution") fillLocations();
    const { kind, key } = readChoice();
    const isWhole = Object.keys(key).length ? Object.values(key).every(Boolean) : name === "kind";
    if (!isWhole) return;
    address.write(Object.assign({ kind: [kind] }, Object.fromEntries(Object.entries(key).map(([part, id]) => [part, [id]]))), "pushState");
    open({ kind, key, fields: [] });
  }

  function openData(data) {
    const [first] = data.changes;
    const key = first.key || (first.kind === "offers" ? change.keyOf({ key: OFFER }, first.add) : {});
    const sender = { from: data.from, basis: data.basis, note: data.note };
    const start = { kind: first.kind, key, fields: [] };
    bring(root, filesOf(start), found => {
      const own = found ? pickRecord(found, key) : null;
      const values = Object.assign({}, own, first.set, first.add);
      for (const name of first.remove || []) delete values[name];
      open(start, { values, sender });
      find("failed").textContent = "";
      find("line").textContent = say(data.changes.length > 1 ? "opened-first" : "opened", { n: data.changes.length });
    });
  }

  function openFile(event) {
    const [file] = event.target.files;
    if (!file) return;
    const reader = new FileReader();
    reader.addEventListener("load", () => {
      try {
        const data = yaml.read(String(reader.result));
        if (data.proposal !== 1 || !Array.isArray(data.changes)) throw new SyntaxError("");
        openData(data);
      } catch {
        find("failed").textContent = say("not-opened");
      }
    });
    reader.readAsText(file);
    event.target.value = ""; // so that the same file can be chosen again
  }

  function openCode() {
    const files = ["forms/offers"];
    bringPaper(paper => bring(root, files, asked => bringNames(PLACES, () => {
      learn(asked);
      const { problem, sign, key, set, from, basis } = paper.read(common, find("typed").value);
      find("failed").textContent = problem ? say("code-" + problem, { word: sign }) : "";
      if (!problem) openData({ changes: [{ kind: "offers", key, set }], from, basis });
    })));
  }

  // ---------------------------------------------------------------- listening

  function slug(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 60);
  }

  /** A new record gets an id after its name, until somebody writes one. */
  function suggestId(event) {
    const own = questions.find(({ name }) => name === "id");
    const named = questions.find(({ name }) => ["name", "title", "term"].includes(name));
    if (!target || !target.isNew || !own || !named || event.target.id !== "f-" + named.name) return;
    const before = own.question.read();
    if (before && before !== suggested) return;
    suggested = slug(event.target.value);
    own.question.fill(suggested, false);
  }

  function warn(event) {
    const control = event.target;
    const asked = control.closest(".kb-asked");
    if (!asked || !control.matches("textarea, input[type='text']") || control.dataset.kb === "typed") return;
    const found = personal.find(common, control.value).map(({ kind, found: word }) => say(kind, { word }));
    let line = asked.querySelector(":scope > [data-kb='person']");
    if (!line && found.length) {
      line = dom.make("p", "kb-told");
      line.dataset.kb = "person";
      line.setAttribute("role", "status");
      control.after(line);
    }
    if (line) dom.tell(line, found.join(" "));
  }

  root.addEventListener("submit", event => {
    event.preventDefault();
    if (target) finish();
  });
  root.addEventListener("input", event => {
    suggestId(event);
    warn(event);
    keepLater();
  });
  root.addEventListener("focusout", event => {
    const question = made && made.of(event.target);
    if (question && dom.isLeft(question.element, event)) tellAll(question, judgeRecord());
  });
  root.addEventListener("change", event => { if (common && event.target.closest("[data-kb='choose']") && event.target.name) choose(event); });
  root.addEventListener("change", event => { if (place.contains(event.target)) arrange(); });
  find("open").addEventListener("change", openFile);
  find("typed").addEventListener("keydown", event => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // else the form below is judged, which is about something else
    openCode();
  });
  root.addEventListener("click", event => {
    const button = event.target.closest("button[data-action]");
    if (!button) return;
    const { action } = button.dataset;
    if (action === "typed") openCode();
    if (action === "anew") forget(nameOfTarget(target));
    if (action === "wipe") {
      forget("");
      find("line").textContent = say("wiped");
    }
  });

  bring(root, ["forms/common", "forms/proposal"], (got, proposal) => {
    common = rules.join(got, proposal);
    ends = handOver.start(root, common, proposal);
    address.onChange(openAddress);
    const kept = store.readObject(STORE);
    if (kindInAddress()) openAddress();
    else if (kept.last && kept.all[kept.last]) open(kept.all[kept.last].target);
  });
});
