/* What a schema cannot say of a record: the rules of `kennisbank check` that a form can break. Pure.

   The patterns, the meaning of terms and what exists are data of forms.py; here is only how they are held to a record.
   How the minutes, sheets and cards of a session plan fit together is left to the check: that is an editor's work.

   Gives judgeAll(form, common, record, exists) -> [{code, path, values}]   those of the schema too, each place once
           form     {kind, key, schema}; exists: where this record is there already, for one that is new
         findAll(pattern, text) -> [match]              every place where a pattern of the check is found
         findPersons(common, text) -> [{code, found}]   what leads to a person in it
         join(common, {names, terms, parts, known})   forms/common with what can be chosen in a form, what its rules know,
                                                      or what records are called ({kind: {id: name}}); judgeAll and
                                                      findPersons take that */
"use strict";

Kennisbank.define("propose/rules", ["propose/judge"], ({ judge: { judge } }) => {
  const PARTIAL = /^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$/;
  const SCHEME = /^\s*([a-zA-Z][a-zA-Z0-9+.-]*):/;
  const NO_ADDRESS = ["KB407", "KB424"]; // what these find is right in an address or an id
  const LIKE_HOST = /^(?:www\.|[\w-]+(?:\.[\w-]+)+(?:\/|$))/;

  /** Every value in a record with its schema and its path. */
  function* walk(node, value, path) {
    yield { node, value, path };
    if (Array.isArray(value)) {
      for (const [at, item] of value.entries()) yield* walk(node.items || {}, item, path.concat(at));
    } else if (value && typeof value === "object") {
      for (const [name, item] of Object.entries(value)) yield* walk((node.properties || {})[name] || {}, item, path.concat(name));
    }
  }

  function firstDay(text) {
    if (typeof text !== "string" || !PARTIAL.test(text)) return null;
    const [year, month = 1, day = 1] = text.split("-").map(Number);
    const date = new Date(Date.UTC(2000, month - 1, day));
    date.setUTCFullYear(year, month - 1, day);
    const exists = year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
    return exists ? text + "-01-01".slice(text.length - 4) : null;
  }

  // ---------------------------------------------------------------- one rule each: give(code, path, values)

  function datesArePossible({ common, parts, give }) {
    for (const { node, value, path } of parts) {
      if (node.shape !== "date" || typeof value !== "string" || !PARTIAL.test(value)) continue;
      const day = firstDay(value);
      if (!day) give("KB301", path, { date: value });
      else if (value < common.earliest) give("KB320", path, { date: value, limit: common.earliest });
      else if (node.seen && day > common.today) give("KB302", path, { date: value, today: common.today });
    }
  }

  /** What runs already has begun, and a work that was published has its year behind it. */
  function beginningsAreBehind({ form, common, record, give }) {
    const { today } = common;
    const status = form.kind === "offers" && common.terms.offer_status[record.status];
    const begun = status && status.means !== "coming" ? firstDay(record.since) : null;
    if (begun && begun > today) give("KB302", ["since"], { date: record.since, today });
    if (form.kind === "sources" && record.year > Number(today.slice(0, 4))) give("KB302", ["year"], { date: record.year, today });
  }

  function endsFollowBeginnings({ form, record: { since, until }, give }) {
    if (form.kind !== "offers" || !firstDay(since) || !firstDay(until)) return;
    const length = Math.min(since.length, until.length);
    if (until.slice(0, length) < since.slice(0, length)) give("KB303", ["until"], { since, until });
  }

  /** What is over has no end to come. */
  function endsAreBehind({ form, common, record: { status, until }, give }) {
    const found = form.kind === "offers" && common.terms.offer_status[status];
    if (!found || found.means !== "over" || !firstDay(until)) return;
    if (until > common.today.slice(0, until.length)) give("KB325", ["until"], { until, today: common.today });
  }

  function reportsSayWho({ form, common, record: { kind, reported_by: who }, give }) {
    const found = form.kind === "sources" && common.terms.source_kind[kind];
    if (found && found.reported && who === undefined) give("KB326", ["kind"], {});
  }

  function rangesAscend({ parts, give }) {
    for (const { node, value, path } of parts) {
      if (node.shape !== "range" || !value || !(value.min > value.max)) continue;
      give("KB304", path.concat("min"), { low: value.min, high: value.max });
    }
  }

  /** What stands behind an address because a sentence ended there; a bracket with its other half belongs to it. */
  function findTail({ behind }, url) {
    const found = matcher(behind).exec(url);
    let end = url.length;
    const count = sign => url.slice(0, end).split(sign).length;
    while (found && end > found.index) {
      const sign = url[end - 1];
      if (")]".includes(sign) && count(sign === ")" ? "(" : "[") >= count(sign)) break;
      end -= 1;
    }
    return url.slice(end);
  }

  /** A host as it is asked for, in signs of ASCII; "" when it can be none. */
  function asciiOf(host) {
    try {
      return new URL("https:" + "/".repeat(2) + host).hostname;
    } catch {
      return "";
    }
  }

  function judgeHost({ label, number, ends, parts, domains, letters }, host) {
    const isStrange = sign => sign > "\x7f" && !letters.includes(sign);
    if (host.includes("xn--") || Array.from(host.toLowerCase().normalize("NFC")).some(isStrange)) return "KB431";
    const last = host.toLowerCase().split(".").pop();
    if (host.includes(":") || ends.includes(last) || isWhole(number, last)) return "KB430";
    const labels = asciiOf(host).split(".");
    if (labels.length < 2 || !labels.every(one => isWhole(label, one))) return "KB403";
    const isLocal = labels.slice(0, -2).some(one => parts.includes(one)) || domains.some(one => labels.join(".").endsWith(one));
    return isLocal ? "KB430" : "";
  }

  function isWhole(pattern, text) {
    const found = matcher(pattern).exec(text);
    return Boolean(found) && found[0] === text;
  }

  /** What is wrong behind the scheme of an address: [code, values]. */
  function judgePlace(form, rest) {
    const [place] = rest.slice(2).split(/[/?#]/);
    const at = place.lastIndexOf("@");
    const [, host = "", port = ""] = /^(\[.*\]|[^:]*)(?::(.*))?$/.exec(place.slice(at + 1)) || [];
    if (!/^\d*$/.test(port) || Number(port) > 65535) return ["KB403"];
    return at >= 0 ? ["KB402", { url: host }] : [judgeHost(form, host.replace(/^\[|\]$/g, ""))];
  }

  function judgeMail(form, rest) {
    const [, name, host] = /^([^@]+)@([^@]*)$/.exec(rest.split(/[?#]/)[0]) || [];
    return [name ? judgeHost(form, host) : "KB403"];
  }

  function judgeLink(form, url) {
    const { schemes, refused, example } = form;
    const scheme = SCHEME.exec(url);
    if (!scheme || !schemes.includes(scheme[1].toLowerCase())) {
      return ["KB401", { example: LIKE_HOST.test(url) ? schemes[0] + "://" + url : example }];
    }
    if (refused.some(pattern => matcher(pattern).test(url))) return ["KB403"];
    const tail = findTail(form, url);
    if (tail) return ["KB432", { tail, example: url.slice(0, url.length - tail.length) }];
    if (url.split("(").length !== url.split(")").length) return ["KB403"];
    const rest = url.slice(scheme[0].length);
    if (scheme[1].toLowerCase() === "mailto") return judgeMail(form, rest);
    return /^\/\//.test(rest) ? judgePlace(form, rest) : ["KB403"];
  }

  function linksAreSafe({ common, parts, give }) {
    for (const { node, value, path } of parts) {
      if (node.shape !== "url" || typeof value !== "string" || !value) continue;
      const [code, values] = judgeLink(common.links, value) || [];
      if (code) give(code, path, Object.assign({ url: value }, values));
    }
  }

  function withheldLinksSayWhy({ form, common, record, give }) {
    if (form.kind !== "interventions") return;
    (record.links || []).forEach((link, at) => {
      const status = common.terms.link_status[link.status];
      if (status && status.shown === false && !link.note) give("KB404", ["links", at, "status"]);
    });
  }

  /** Whether words are asked for here, and not an address or an id. */
  function isProse(common, path, value) {
    const isTerm = Object.values(common.terms).some(terms => Object.hasOwn(terms, value));
    return !common.no_text.includes(path.at(-1)) && !isTerm && !matcher(common.patterns[0].slice(1)).test(value);
  }

  function textsAreClean({ common, parts, give }) {
    for (const { value, path } of parts) {
      if (typeof value !== "string") continue;
      if (value && !value.trim()) {
        give("KB110", path);
        continue;
      }
      const told = new Set();
      for (const [code, source, flags] of common.patterns) {
        const pattern = [source, flags];
        const found = matcher(pattern).exec(value);
        if (!found || told.has(code) || (NO_ADDRESS.includes(code) && !isProse(common, path, value))) continue;
        if (code === "KB405" && value.includes(common.macro)) continue; // told as a macro
        told.add(code);
        give(code, path, { found: found[0].trim(), length: found[0].length });
      }
    }
  }

  function textsNameNobody({ common, parts, give }) {
    for (const { value, path } of parts) {
      if (typeof value !== "string" || (["url", "website"].includes(path.at(-1)) && !value.includes("@"))) continue;
      for (const { code, found } of findPersons(common, value)) give(code, path, { found });
    }
  }

  /** What is Markdown on purpose holds no headings of a page, no attributes, and only safe links. */
  function handoutsArePlain({ form, common, parts, give }) {
    const { fields, refused, links } = common.markdown;
    for (const { value, path } of parts) {
      const isMarkdown = fields.some(([kind, first, last]) => kind === form.kind && first === path[0] && last === path.at(-1));
      if (!isMarkdown || typeof value !== "string") continue;
      const found = refused.map(pattern => matcher(pattern).exec(value)).find(Boolean);
      if (found) give("KB412", path, { found: found[0].trim().slice(0, 30) });
      for (const { groups } of value.matchAll(new RegExp(links[0], links[1] + "g"))) {
        const url = groups.angled || groups.plain || groups.held || groups.bare || "";
        const [code, values] = judgeLink(common.links, url) || [];
        if (code) give(code, path, Object.assign({ url }, values));
      }
    }
  }

  function textsHoldNoHiddenSigns({ common, parts, give }) {
    for (const { value, path } of parts) {
      if (typeof value !== "string") continue;
      const [code, source, flags] = common.unwanted.find(([, ...one]) => matcher(one).test(value)) || [];
      if (!code) continue;
      const sign = matcher([source, flags]).exec(value)[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
      give(code, path, { char: "U+" + sign });
    }
  }

  function recordsExist({ form, common, parts, give, exists }) {
    const { everywhere, names } = common;
    for (const { node, value, path } of parts) {
      if (!node.refers || typeof value !== "string" || !value || Object.hasOwn(names[node.refers] || {}, value)) continue;
      if (value === everywhere && path[0] === "institution") continue;
      give("KB203", path, { id: value, kind: common.words.kinds[node.refers], advice: "", more: "", new: "", file: node.refers });
    }
    if (exists) give(form.key.length > 1 ? "KB202" : "KB201", [form.key[0]], exists);
  }

  function locationsExist({ form, common, record, give }) {
    const [, , part] = form.key;
    const { [part]: place, institution } = record;
    if (!part || !place) return;
    const name = common.names.institutions[institution];
    if (institution === common.everywhere) give("KB205", [part]);
    else if (name && !Object.hasOwn(common.locations[institution] || {}, place)) {
      give("KB204", [part], Object.fromEntries([[part, place], ["institution", name], ["advice", ""]]));
    }
  }

  function movesLeadSomewhere({ form, common, record, give }) {
    if (!form.schema.properties.moved_to || !record.moved_to) return;
    if (record.moved_to === record.id) give("KB207", ["moved_to"]);
    else if (record.status === common.shown) give("KB208", ["status"], { target: record.moved_to });
  }

  function relationsAreSound({ form, common, record, give }) {
    if (form.kind !== "interventions") return;
    const seen = new Set();
    (record.related || []).forEach(({ id, relation }, at) => {
      if (!id || !relation) return;
      const pair = id + " " + relation;
      const isGone = record.status === common.shown && common.archived.includes(id);
      const code = id === record.id ? "KB210" : seen.has(pair) ? "KB212" : isGone ? "KB211" : "";
      if (code) give(code, ["related", at, "id"], { id, advice: "" });
      seen.add(pair);
    });
  }

  function participantsAreTold({ form, common, record, give }) {
    if (form.kind !== "interventions" || record.status !== common.shown) return;
    const isHome = (record.countries || []).some(country => (common.terms.country[country] || {}).home);
    if (isHome && !record.participant_text && !record.learners) give("KB129", ["participant_text"]);
  }

  function strengthRestsOnStudy({ form, common, record, give }) {
    if (form.kind !== "interventions") return;
    const { strength } = record.evidence || {};
    const { studied } = common.terms.evidence[strength] || {};
    const sources = (record.sources || []).map(source => source.id);
    const areKnown = sources.length && sources.every(id => Object.hasOwn(common.names.sources, id));
    if (studied && areKnown && !sources.some(id => common.research.includes(id))) {
      give("KB306", ["evidence", "strength"], Object.assign({ strength }, common.studies));
    }
  }

  // In the order of the check; its words for each are in messages.yaml.
  const RULES = [
    datesArePossible, beginningsAreBehind, endsAreBehind, endsFollowBeginnings, reportsSayWho, rangesAscend, linksAreSafe, withheldLinksSayWhy,
    textsAreClean, textsNameNobody, handoutsArePlain, textsHoldNoHiddenSigns, recordsExist, locationsExist, movesLeadSomewhere, relationsAreSound,
    participantsAreTold, strengthRestsOnStudy
  ];

  // ---------------------------------------------------------------- all of them

  const made = new Map();

  /** @param {any[]} pattern source and flags */
  function matcher([source, flags]) {
    if (!made.has(source)) made.set(source, new RegExp(source, flags));
    return made.get(source);
  }

  /** What leads to a person in a text, at most one of each kind, as check/persons.py has it: [{code, found}]. */
  function findPersons(common, text) {
    const { quick, registered, telephone, isbn } = common.persons;
    const found = [];
    const mailbox = findMailbox(common.persons, text);
    if (mailbox) found.push({ code: "KB408", found: mailbox });
    if (!matcher(quick).test(text)) return found;
    const [named, nine] = registered;
    const number = matcher(named).exec(text) || findAll(nine, text).find(hit => isRegistered(hit[0]));
    if (number) found.push({ code: "KB420", found: number[0] });
    const call = findAll(telephone, text).find(hit => isTelephone(hit, matcher(isbn)));
    const isInNumber = call && number && number.index <= call.index && call.index < number.index + number[0].length;
    if (call && !isInNumber) found.push({ code: "KB421", found: call[0] });
    return found;
  }

  function findAll([source, flags], text) {
    return Array.from(text.matchAll(new RegExp(source, flags + "g")));
  }

  function findMailbox({ mailbox, desks, providers }, text) {
    if (/^https?:\/\//.test(text)) return "";
    const hit = findAll(mailbox, text).find(([, name, host]) => {
      const labels = host.toLowerCase().split(".");
      const isDesk = desks.includes(name.toLowerCase().split(/[.+_-]/)[0]) || labels.includes(name.toLowerCase());
      return !isDesk || providers.includes(labels.at(-2));
    });
    return hit ? hit[0] : "";
  }

  /** The test that each such number passes (https://nl.wikipedia.org/wiki/Burgerservicenummer#11-proef) */
  function isRegistered(text) {
    const digits = Array.from(text.replace(/\D/g, ""), Number);
    const total = digits.reduce((sum, digit, at) => sum + digit * (at === 8 ? -1 : 9 - at), 0);
    return total > 0 && total % 11 === 0;
  }

  function isTelephone({ 0: whole, index, input, groups: { country, rest } }, book) {
    if (book.test(input.slice(Math.max(0, index - 12), index))) return false;
    if (rest === undefined) return Boolean(whole);
    const count = rest.replace(/\D/g, "").length;
    return country === undefined || country === "31" ? count === 9 : count >= 8 && count <= 11;
  }

  function isInside(path, wrong) {
    return wrong.some(other => other.length && other.every((step, at) => step === path[at]));
  }

  /** What all kinds share, with what can be chosen in one form or what some records are called. */
  function join(common, { names = {}, terms, parts, known }) {
    const called = Object.entries(names).map(([kind, more]) => [kind, Object.assign({}, (common.names || {})[kind], more)]);
    return Object.assign({}, common, known, {
      names: Object.assign({}, common.names, Object.fromEntries(called)),
      terms: Object.assign({}, common.terms, terms), parts: Object.assign({}, common.parts, parts)
    });
  }

  function judgeAll(form, common, record, exists) {
    const found = judge(form.schema, common, record);
    // What has the wrong form is told once, and not again by each rule that reads it.
    const wrong = found.map(one => one.path);
    const give = (code, path, values) => {
      if (!isInside(path, wrong)) found.push({ code, path, values: Object.assign({ field: path.at(-1) }, values) });
    };
    const parts = Array.from(walk(form.schema, record, []));
    const all = /** @type {any} */ ({ form, common, record, parts, give, exists });
    for (const rule of RULES) rule(all);
    return found;
  }

  return { judgeAll, findAll, findPersons, join };
});
