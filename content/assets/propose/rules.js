/* What a schema cannot say of a record: the rules of `kennisbank check` that a form can break. Pure.

   The patterns, the meaning of terms and what exists are data of forms.py; here is only how they are held to a record.
   How the minutes, sheets and cards of a session plan fit together is left to the check: that is an editor's work.

   Gives judgeAll(form, common, record, exists) -> [{code, path, values}]   those of the schema too, each place once
           form     {kind, key, schema}; exists: whether this record is there already, for one that is new */
"use strict";

Kennisbank.define("propose/rules", ["propose/judge"], ({ judge: { judge } }) => {
  const PARTIAL = /^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$/;
  const SCHEME = /^\s*([a-zA-Z][a-zA-Z0-9+.-]*):/;
  const LIKE_HOST = /^(?:www\.|[\w-]+(?:\.[\w-]+)+(?:\/|$))/;
  const NO_TEXT = ["url", "website", "symbol"]; // what looks unfinished there is an address

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
      else if (node.seen && day > common.today) give("KB302", path, { date: value, today: common.today });
    }
  }

  /** What runs already has begun, and a work that was published has its year behind it. */
  function beginningsAreBehind({ form, common, record, give }) {
    const { today } = common;
    const status = common.terms.offer_status[record.status];
    const begun = form.kind === "offers" && status && status.means !== "coming" ? firstDay(record.since) : null;
    if (begun && begun > today) give("KB302", ["since"], { date: record.since, today });
    if (form.kind === "sources" && record.year > Number(today.slice(0, 4))) give("KB302", ["year"], { date: record.year, today });
  }

  function endsFollowBeginnings({ form, record: { since, until }, give }) {
    if (form.kind !== "offers" || !firstDay(since) || !firstDay(until)) return;
    const length = Math.min(since.length, until.length);
    if (until.slice(0, length) < since.slice(0, length)) give("KB303", ["until"], { since, until });
  }

  function rangesAscend({ parts, give }) {
    for (const { node, value, path } of parts) {
      if (node.shape !== "range" || !value || !(value.min > value.max)) continue;
      give("KB304", path.concat("min"), { low: value.min, high: value.max });
    }
  }

  /** What is wrong behind the scheme of an address: the code, or null. */
  function judgePlace(rest) {
    const [place] = rest.slice(2).split(/[/?#]/);
    const at = place.lastIndexOf("@");
    const [, host, port = ""] = /^([^:]*)(?::(.*))?$/.exec(place.slice(at + 1)) || [];
    if (at >= 0) return ["KB402", { url: host }];
    const isHost = host && host.includes(".") && !host.startsWith(".") && !host.includes("..");
    return isHost && /^\d*$/.test(port) && Number(port) < 65536 ? null : ["KB403"];
  }

  function judgeLink({ schemes, forbidden, example }, url) {
    const scheme = SCHEME.exec(url);
    if (!scheme || !schemes.includes(scheme[1].toLowerCase())) {
      return ["KB401", { example: LIKE_HOST.test(url) ? schemes[0] + "://" + url : example }];
    }
    if (matcher(forbidden).test(url)) return ["KB403"];
    const rest = url.slice(scheme[0].length);
    if (/^\/\//.test(rest)) return judgePlace(rest);
    return scheme[1].toLowerCase() === "mailto" && rest.split("?")[0].includes("@") ? null : ["KB403"];
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

  function textsAreClean({ common, parts, give }) {
    for (const { value, path } of parts) {
      if (typeof value !== "string") continue;
      const told = new Set();
      for (const [code, ...pattern] of common.patterns) {
        const found = matcher(pattern).exec(value);
        if (code === "KB405" && value.includes(common.macro)) continue; // told as a macro
        if (!found || told.has(code) || (code === "KB407" && NO_TEXT.includes(path.at(-1)))) continue;
        told.add(code);
        give(code, path, { found: found[0].trim() });
      }
      const person = findMailbox(common, value);
      if (person) give("KB408", path, { found: person });
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
      const [code, signs] = Object.entries(common.unwanted).find(([, one]) => matcher([one, ""]).test(value)) || [];
      if (!code) continue;
      const sign = matcher([signs, ""]).exec(value)[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
      give(code, path, { char: "U+" + sign });
    }
  }

  function recordsExist({ form, common, parts, give, exists }) {
    const { everywhere, names } = common;
    for (const { node, value, path } of parts) {
      if (!node.refers || typeof value !== "string" || !value || Object.hasOwn(names[node.refers], value)) continue;
      if (value === everywhere && path[0] === "institution") continue;
      give("KB203", path, { id: value, kind: common.words.kinds[node.refers], advice: "", file: node.refers });
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
    if (studied && areKnown && !sources.some(id => common.research.includes(id))) give("KB306", ["evidence", "strength"], { strength });
  }

  // In the order of the check; its words for each are in messages.yaml.
  const RULES = [
    datesArePossible, beginningsAreBehind, endsFollowBeginnings, rangesAscend, linksAreSafe, withheldLinksSayWhy,
    textsAreClean, handoutsArePlain, textsHoldNoHiddenSigns, recordsExist, locationsExist, movesLeadSomewhere, relationsAreSound,
    participantsAreTold, strengthRestsOnStudy
  ];

  // ---------------------------------------------------------------- all of them

  const made = new Map();

  function matcher([source, flags]) {
    if (!made.has(source)) made.set(source, new RegExp(source, flags));
    return made.get(source);
  }

  /** The first mailbox in a text that is not of a desk, see check/words.py. */
  function findMailbox(common, text) {
    const { desks, pattern: [source, flags] } = common.mailbox;
    if (/^https?:\/\//.test(text)) return null;
    for (const [whole, name, host] of text.matchAll(new RegExp(source, flags + "g"))) {
      const [first] = name.toLowerCase().split(/[.+_-]/);
      if (!desks.includes(first) && !host.toLowerCase().split(".").includes(name.toLowerCase())) return whole;
    }
    return null;
  }

  function isInside(path, wrong) {
    return wrong.some(other => other.length && other.every((step, at) => step === path[at]));
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

  return { judgeAll, findMailbox };
});
