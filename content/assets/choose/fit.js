/* Does an intervention fit a person, as far as the sources say? Pure: no DOM, no words.

   Gives judge(data, entry, answers) -> {verdict, group, part, yes, unknown, no, notes}
     data      what choice-data.js gives; entry: one of its interventions together with what guide-data.js has of it
     answers   {who, parent, place, weeks, moment, unit, case, dutch, form, issues, goal}, each may be left out:
               target group, "yes" or "no", institution, whole weeks, phase, setting, "open" or "closed",
               "none", "some" or "enough", "group" or "alone", [exclusion], goal
     verdict   "not" with one finding against; "fits" with a yes and nothing unknown; else "maybe"
     group     where a person finds it: "here", "everywhere", "referred" (who decides in the case), "own" (people do it for each other), "near" (within 60 km,
               or from a distance), "after" (release), "rest"
     part      of a list it stands in: "here" (or in principle everywhere, by a referral, among each other), "anywhere" (no
               place was asked), "elsewhere" (or not known here), "later" (it belongs to a part of detention in which this
               person is not, any more or yet), "role" (only for who has another role: a parent where nobody said so, of one
               sex or age where neither who nor where was said, those who stay behind, victims)
     yes, unknown, no   findings {question, id, …}: `id` names the sentence fit-<id> of choose-words.html; beside it
               what that sentence needs: n, words [label], text, source and instead (the source's own), offer,
               nearest, asOf
     notes     labels of exclusions that the source names and that were not asked
   order(one, other)   for sort: judged {entry, found} by what a person can do. By part; what can be had where the person is
     comes before what is near, after release and elsewhere; within each, first what a source opens to this person, then
     where nothing is against it, then what is unknown, then what a source may refuse them, and last what asks for something
     else first
   isForPerson(found)  whether it may be handed over on paper: it fits or is opened to this person, and rests on no other
     role, on no such refusal, on no silence about what may be a danger, on nothing that comes first, and on no other
     institution
   conditionsOf(found) -> findings   what a source opens while the case is open, and softly closes as well: it goes on that
     paper with the words of the source
   onPaper(entry, found) -> {findings, bar, doubt, read}   for staff: what anybody who finds the paper may read. findings:
     those that tell no answer about the person; bar: a source may keep this person out, without why;
     doubt: something else is unknown; read: a source names for whom it is not

   A source that is silent never excludes: that is unknown, a question to ask. Where a source both closes and opens
   something to a group, both are told and it is unknown; so is an exclusion that is soft. What a source says of
   another kind of institution (said_of) is not told. The rules, one function per question:
     kind    for helpers, abroad, an idea, or ended: no. What people do for each other: no, for nobody can be signed up;
             unknown where a source opens it to this person, because it can be asked for.
     first   asks for something else first: unknown.
     who     of the other sex, or of the other age: no. Named: yes.
     parent  only for parents: yes or no by the answer; not answered: unknown.
     place   for the other age than those who live there: no. Runs there: yes. Starting, planned, paused, not known to run, or the source contradicts itself on that: unknown.
             In principle everywhere, by a referral, only elsewhere, nowhere known: unknown. Stated not to be there: no.
             Not answered: unknown where no source says that it runs anywhere.
     weeks   stay needed is known: yes when it fits; else no, or unknown when a part of it is of use; the sentence says
             whether a source states it or we concluded it. Meetings are no weeks: how many tells nothing of the stay.
             Open to a short stay, of use after one time, or after release: yes. Else unknown, with what a source says of the
             length in words. What people do for each other takes no weeks.
     moment  named: yes. Later: unknown. Over, for somebody about to leave: no; for another: unknown.
     unit    named: yes. The source names no unit, or more than one: unknown. Names one and closes the others: no.
     case    still open, or not answered in a unit where people wait for it: both sides count; still open: settings that are meant for it. Over: what is only for before: no.
     dutch   none: both sides count. Some: closed is unknown, enough for what is open.
     form    the form asked for is named: yes. Only the opposite form is named: no, with what the source offers.
             Other forms only: unknown.
     issues  per issue: both sides count, and what is meant for it. In other words of the record: unknown, read it.
             Silent: unknown.
     goal    named: yes; else no, with the goals that are named. */
"use strict";

Kennisbank.define("choose/fit", ["core/data", "choose/places"], ({ data: records, places }) => {
  const NEAR = 60;       // kilometres: within an hour of the road
  // Three months: the shortest that a source calls the last part of detention (Forsa!, three to six months).
  const LAST_WEEKS = 13;
  const GROUPS = ["here", "everywhere", "referred", "own", "near", "after", "rest"];
  const NEARBY = "near"; // in another institution, where somebody inside cannot go
  const AT_HAND = ["here", "everywhere", "referred", "own"];
  const PARTS = ["here", "anywhere", "elsewhere", "later", "role"];
  // The questions of which the findings may be read by anybody who finds the paper.
  const ON_PAPER = ["first", "place", "weeks", "unit", "form"];
  const OWN = "own"; // what people do for each other (views/fitting.py, OUT)
  const PLACES = { "place-here": "here", "place-unsure": "here", "place-conflict": "here", "place-everywhere": "everywhere", "place-referred": "referred", "place-near": "near", "place-remote": "near" };
  const RUNS = "running"; // what a source contradicts itself about (views/meanings.py, doubts_of)

  const yes = (id, more) => Object.assign({ verdict: "yes", id }, more);
  const no = (id, more) => Object.assign({ verdict: "no", id }, more);
  const unknown = (id, more) => Object.assign({ verdict: "unknown", id }, more);
  const shares = (one, other) => (one || []).some(term => (other || []).includes(term));

  function labels(data, vocabulary, ids) {
    return Array.from(ids || [], id => data.labels[vocabulary][id]);
  }

  /** What a source says for and against these groups. @param {Entry} entry @param {string[]} groups */
  function sides(entry, groups) {
    const of = mentions => (mentions || []).filter(mention => groups.includes(mention.group));
    return { closed: of(entry.not_suitable), open: of(entry.open_to) };
  }

  const told = ({ text, source, instead, sent_by: sentBy }) => ({ text, source, instead, sentBy });

  /** Both sides of one group as findings; none where no source speaks. */
  function weigh(entry, groups, words) {
    const { closed, open } = sides(entry, groups);
    const both = closed.length && open.length;
    const allow = both ? unknown : yes;
    const close = mention => {
      const more = { words, ...told(mention) };
      if (mention.soft) return unknown("stated-soft", more);
      return both ? unknown("stated", more) : no("stated", more);
    };
    return closed.map(close)
      .concat(open.map(mention => allow("opened", { words, ...told(mention) })));
  }

  function isMeant(data, entry, groups) {
    return groups.some(group => Object.entries(data.rules.meant[group] || {}).some(([field, terms]) => shares(entry[field], terms)));
  }

  /** Whether a source opens it to a group of which this person is, by the answers. @param {Choice} data @param {Entry} entry */
  function isOpened(data, entry, answers) {
    const { language, pending } = data.rules;
    const groups = (answers.issues || []).concat(answers.dutch === "none" ? language : [], answers.case === "open" ? pending : []);
    return sides(entry, groups).open.length > 0;
  }

  /** @param {Choice} data @param {Entry} entry */
  function judgeKind(data, entry, _, answers) {
    if (!entry.out) return [];
    if (entry.out === OWN && isOpened(data, entry, answers)) return [unknown("kind-asked")];
    return [no("kind-" + entry.out, { words: labels(data, "country", entry.countries) })];
  }

  /** @param {Choice} data @param {Entry} entry */
  function judgeFirst(data, entry) {
    return entry.first ? [unknown("first", { words: entry.first, n: entry.first.length })] : [];
  }

  /** What is inside an institution for adults, of one sex or for adults is not for a young person.
      @param {Choice} data @param {Entry} entry */
  function isGrown(data, entry) {
    const { adults, grown, later } = data.rules;
    if (entry.sex || shares(entry.target_groups, adults)) return true;
    return shares(entry.settings, grown) && !shares(entry.settings, later);
  }

  /** What names young people, or is only inside an institution for them, and nothing for adults.
      @param {Choice} data @param {Entry} entry */
  function isOnlyYoung(data, entry) {
    const { adults, juvenile, young } = data.rules;
    if (entry.sex || shares(entry.target_groups, adults)) return false;
    const inside = (entry.settings || []).length > 0 && entry.settings.every(setting => juvenile.includes(setting));
    return inside || shares(entry.target_groups, young);
  }

  /** Whether it is only for the other age than the people of an institution. Where it runs, it is for who lives there.
      @param {Choice} data @param {Entry} entry @param {Institution} institution */
  function isForOthers(data, entry, institution) {
    if (institution.adult) return isOnlyYoung(data, entry);
    return isGrown(data, entry) && !shares(entry.target_groups, data.rules.young);
  }

  /** @param {Choice} data @param {Entry} entry */
  function judgeWho(data, entry, answer) {
    const { both, who, young } = data.rules;
    if (!who.includes(answer)) return [];
    const words = labels(data, "target_group", entry.target_groups);
    if (young.includes(answer)) {
      if (shares(entry.target_groups, young)) return [yes("who", { words })];
      return [isGrown(data, entry) ? no("who-other", { words }) : unknown("who-unsaid", { words })];
    }
    if (isOnlyYoung(data, entry) || (entry.sex && entry.sex !== answer)) return [no("who-other", { words })];
    return entry.sex || shares(entry.target_groups, both) ? [yes("who", { words })] : [];
  }

  /** @param {Choice} data @param {Entry} entry */
  function judgeParent(data, entry, answer) {
    const { both, parents } = data.rules;
    if (!shares(entry.target_groups, parents)) return [];
    const words = labels(data, "target_group", entry.target_groups.filter(group => parents.includes(group)));
    if (answer === "yes") return [yes("who", { words })];
    if (shares(entry.target_groups, both)) return [];
    return [answer ? no("who-other", { words }) : unknown("who-if", { words })];
  }

  /** @param {Choice} data @param {Offer} offer */
  function judgeHere(data, offer) {
    if (offer.doubted === RUNS) return unknown("place-conflict", { offer });
    return places.means(data, offer) === "running" ? yes("place-here", { offer }) : unknown("place-unsure", { offer });
  }

  /** @param {Choice} data @param {Entry} entry */
  function judgeAway(data, entry, nearest) {
    const named = (entry.offers || []).filter(offer => places.means(data, offer) === "unsure");
    if (nearest) return unknown(nearest.comparable && nearest.km <= NEAR ? "place-near" : "place-elsewhere", { nearest });
    // What runs in a place may meet from afar as well; that is no way to join it from elsewhere.
    if (shares(entry.formats, data.rules.remote)) return unknown("place-remote");
    return named.length ? doubted(data, named) : unknown("place-unknown");
  }

  function doubted(data, offers) {
    return unknown("place-doubted", { words: Array.from(offers, offer => records.of(data).institutions.get(offer.institution).name) });
  }

  /** @param {Choice} data @param {Entry} entry */
  function judgeAnywhere(data, entry) {
    if (entry.everywhere || !entry.offers || entry.offers.some(offer => places.means(data, offer) === "running")) return [];
    return [doubted(data, entry.offers)];
  }

  /** @param {Choice} data @param {Entry} entry */
  function judgePlace(data, entry, answer) {
    const institution = records.of(data).institutions.get(answer);
    if (!institution) return judgeAnywhere(data, entry);
    // No source can say where people help each other.
    if (entry.out === OWN && !entry.offers) return [];
    const { kind, offer, nearest, asOf } = places.judge(data, entry, institution);
    if (kind !== "here" && isForOthers(data, entry, institution)) return [no("who-other", { words: labels(data, "target_group", entry.target_groups) })];
    if (kind === "here") return [judgeHere(data, offer)];
    if (kind === "absent") return [no("place-absent", { offer, nearest })];
    if (kind === "referred") return [unknown("place-referred")];
    return [kind === "everywhere" ? unknown("place-everywhere", { asOf }) : judgeAway(data, entry, nearest)];
  }

  /** A stay in weeks, and the other side; without words of a source about it, it is ours to conclude. @param {Choice} data @param {Entry} entry */
  function judgeNeed(data, entry, answer, stated, opened) {
    const n = entry.min_stay_weeks;
    const basis = stated.text ? "" : "-ours";
    if (answer >= n) return [yes("weeks-enough" + basis, { n, text: stated.text, source: stated.source })];
    if (opened.length) return [unknown("weeks-need", { n, ...stated }), ...opened.map(one => unknown("weeks-open", one))];
    return [data.rules.divisible.includes(entry.in_parts) ? unknown("weeks-parts", { n, ...stated }) : no("weeks-short" + basis, { n, ...stated })];
  }

  /** @param {Choice} data @param {Entry} entry */
  function judgeWeeks(data, entry, answer) {
    return Number.isInteger(answer) && answer >= 0 && entry.out !== OWN ? judgeStay(data, entry, answer) : [];
  }

  /** @param {Choice} data @param {Entry} entry */
  function judgeStay(data, entry, answer) {
    const { later, once, stay } = data.rules;
    const { closed, open } = sides(entry, stay);
    if (entry.settings.every(setting => later.includes(setting))) return [yes("weeks-later")];
    if (entry.min_stay_weeks !== undefined) return judgeNeed(data, entry, answer, closed.map(told)[0] || {}, open.map(told));
    if (open.length && !closed.length) return open.map(mention => yes("weeks-open", told(mention)));
    if (once.includes(entry.in_parts)) return [yes("weeks-single")];
    const length = lengthOf(entry);
    if (closed.length) {
      const stated = Object.assign(length || unknown("weeks-stated"), told(closed[0]));
      return [stated, ...open.map(mention => unknown("weeks-open", told(mention)))];
    }
    return [length || unknown("weeks-unknown")];
  }

  /** How long it takes, or null where no source says. @param {Entry} entry */
  function lengthOf(entry) {
    if (entry.weeks !== undefined) return unknown("weeks-length", { n: entry.weeks });
    if (entry.sessions !== undefined) return unknown("weeks-sessions", { n: entry.sessions });
    return entry.length ? unknown("weeks-note", { words: [entry.length] }) : null;
  }

  /** A moment that the entry does not name. @param {Choice} data @param {string[]} own */
  function judgeOtherMoment(data, own, now, answer, words) {
    const { anytime, moments, phases } = data.rules;
    if (shares(own, anytime)) return [];
    const later = own.some(phase => phases[phase] > phases[now]);
    // Who is about to leave is nearly where what comes after begins.
    if (later) return now === moments[moments.length - 1] ? [] : [unknown("moment-later", { words })];
    return [answer && !anytime.includes(now) ? no("moment-past", { words }) : unknown("moment-early", { words })];
  }

  /** @param {Choice} data @param {Entry} entry */
  function judgeMoment(data, entry, answer, { weeks }) {
    const { moments } = data.rules;
    const now = answer || (Number.isInteger(weeks) && weeks < LAST_WEEKS ? moments[moments.length - 1] : "");
    const own = entry.phases || [];
    if (!moments.includes(now) || !own.length) return [];
    const words = labels(data, "phase", own);
    if (!own.includes(now)) return judgeOtherMoment(data, own, now, answer, words);
    return answer ? [yes("moment-named", { words })] : [];
  }

  /** @param {Choice} data @param {Entry} entry */
  function judgeUnit(data, entry, answer) {
    const { later, unit, units } = data.rules;
    if (!answer) return [];
    if (entry.settings.includes(answer)) return [yes("unit-named", { words: labels(data, "setting", [answer]) })];
    const { closed, open } = sides(entry, unit);
    const alike = entry.settings.filter(setting => units[setting] === units[answer]);
    const words = labels(data, "setting", entry.settings);
    const firm = closed.filter(mention => !mention.soft);
    if (firm.length && !open.length && alike.length === 1 && alike[0] !== units[answer]) return [no("unit-only", { words, ...told(firm[0]) })];
    if (entry.settings.includes(units[answer])) return [unknown("unit-unspecified")];
    if (entry.settings.every(setting => later.includes(setting))) return [unknown("unit-later")];
    return [unknown("unit-other", { words })];
  }

  /** @param {Choice} data @param {Entry} entry */
  function judgeCase(data, entry, answer, { unit }) {
    const { later, meant, pending } = data.rules;
    const before = pending.flatMap(group => (meant[group] || {}).settings || []);
    const words = labels(data, "setting", entry.settings);
    if (answer === "closed") return entry.settings.every(setting => before.includes(setting)) ? [no("case-before", { words })] : [];
    // Where people wait for it, nobody has to say that the case is open.
    const waits = !answer && before.includes(unit);
    if (answer !== "open" && !waits) return [];
    const found = weigh(entry, pending, labels(data, "exclusion", pending));
    if (waits) return found.some(({ verdict }) => verdict !== "yes") ? found : [];
    if (found.length) return found;
    if (isMeant(data, entry, pending)) return [yes("unit-named", { words: labels(data, "setting", entry.settings.filter(one => before.includes(one))) })];
    return entry.settings.every(setting => later.includes(setting)) ? [] : [unknown("case-unsaid")];
  }

  /** @param {Choice} data @param {Entry} entry */
  function judgeDutch(data, entry, answer) {
    if (answer !== "none" && answer !== "some") return [];
    const { language } = data.rules;
    const words = labels(data, "exclusion", language);
    const found = weigh(entry, language, words);
    if (!found.length && isMeant(data, entry, language)) return [yes("issue-meant", { words })];
    if (answer === "some") return found.map(one => one.verdict === "no" ? Object.assign(one, { verdict: "unknown", id: "dutch-some" }) : one);
    return found.length ? found : [silent(data, entry, language[0], words)];
  }

  /** @param {Choice} data @param {Entry} entry */
  function silent(data, entry, group, words) {
    const danger = data.rules.dangers.includes(group);
    return unknown((entry.told || []).includes(group) ? "issue-told" : "issue-silent", { words, danger });
  }

  /** @param {Choice} data @param {Entry} entry */
  function judgeForm(data, entry, answer) {
    const { alone, crowd, together } = data.rules;
    if (answer !== "group" && answer !== "alone") return [];
    const [wanted, opposite] = answer === "group" ? [together, alone] : [alone, together];
    const words = labels(data, "format", entry.formats);
    const named = entry.formats.filter(one => wanted.includes(one));
    if (named.length) return [yes("form-named", { words: labels(data, "format", named) })];
    if (!entry.formats.every(format => opposite.includes(format))) return [unknown("form-other", { words })];
    const stated = sides(entry, crowd).closed[0];
    return [no("form-opposite", { words, instead: answer === "alone" && stated ? stated.instead : undefined })];
  }

  /** @param {Choice} data @param {Entry} entry */
  function judgeIssues(data, entry, answer) {
    return (answer || []).flatMap(issue => {
      const words = labels(data, "exclusion", [issue]);
      const found = weigh(entry, [issue], words);
      if (found.length) return found;
      return [isMeant(data, entry, [issue]) ? yes("issue-meant", { words }) : silent(data, entry, issue, words)];
    });
  }

  /** @param {Choice} data @param {Entry} entry */
  function judgeGoal(data, entry, answer) {
    if (!answer) return [];
    if (entry.goals.includes(answer)) return [yes("goal-named", { words: labels(data, "goal", [answer]) })];
    return [no("goal-other", { words: labels(data, "goal", entry.goals) })];
  }

  const RULES = {
    kind: judgeKind, first: judgeFirst, who: judgeWho, parent: judgeParent, place: judgePlace, weeks: judgeWeeks, moment: judgeMoment,
    unit: judgeUnit, case: judgeCase, dutch: judgeDutch, form: judgeForm, issues: judgeIssues, goal: judgeGoal
  };

  /** The exclusions that a source names and that no question was about. @param {Choice} data @param {Entry} entry */
  function unasked(data, entry, answers, all) {
    const { crowd, language } = data.rules;
    const said = new Set(all.map(finding => finding.text));
    const asked = new Set((answers.issues || []).concat(answers.form === "alone" ? crowd : [], answers.dutch ? language : []));
    const rest = (entry.not_suitable || []).filter(mention => !asked.has(mention.group) && !said.has(mention.text));
    return labels(data, "exclusion", new Set(rest.map(mention => mention.group)));
  }

  function groupOf(entry, all) {
    if (entry.out === OWN) return "own";
    const place = all.find(finding => finding.question === "place");
    const spot = place ? PLACES[place.id] : entry.everywhere && "everywhere";
    return spot || (entry.after ? "after" : "rest");
  }

  /** Whether it is only for who has a role that nobody gave this person. @param {Choice} data @param {Entry} entry */
  function isForOtherRole(data, entry, all, { place, who }) {
    const { outside } = data.rules;
    if (!who && !records.of(data).institutions.has(place) && (entry.sex || isOnlyYoung(data, entry))) return true;
    return has(all, ["who-if"]) || (!entry.after && entry.target_groups.every(group => outside.includes(group)));
  }

  /** @param {Choice} data @param {Entry} entry */
  function partOf(data, entry, group, all, answers) {
    if (isForOtherRole(data, entry, all, answers)) return "role";
    if (all.some(({ question, verdict }) => question === "moment" && verdict === "unknown")) return "later";
    if (!records.of(data).institutions.has(answers.place)) return "anywhere";
    return AT_HAND.includes(group) ? "here" : "elsewhere";
  }

  /** The entry without what a source says only of people who live in another kind of institution. @param {Choice} data */
  function concerning(data, entry, { place, who }) {
    const institution = records.of(data).institutions.get(place);
    const young = who ? data.rules.young.includes(who) : institution && !institution.adult;
    if (!who && !institution) return entry;
    const isOf = mention => !mention.said_of || (mention.said_of === "youth") === Boolean(young);
    const kept = mentions => (mentions || []).filter(isOf);
    return Object.assign({}, entry, { not_suitable: kept(entry.not_suitable), open_to: kept(entry.open_to) });
  }

  /** @param {Choice} data @param {Entry} whole */
  function judge(data, whole, answers) {
    const entry = places.forWhom(concerning(data, whole, answers), answers.who);
    const found = { yes: [], unknown: [], no: [] };
    for (const [question, rule] of Object.entries(RULES)) {
      for (const finding of rule(data, entry, answers[question], answers)) {
        found[finding.verdict].push(Object.assign({ question }, finding));
      }
    }
    const all = found.yes.concat(found.unknown, found.no);
    const group = groupOf(entry, all);
    return Object.assign({
      verdict: found.no.length ? "not" : found.yes.length && !found.unknown.length ? "fits" : "maybe",
      group,
      part: partOf(data, entry, group, all, answers),
      notes: unasked(data, entry, answers, all)
    }, found);
  }

  const has = (findings, ids) => findings.some(finding => ids.includes(finding.id));
  // Closed softly and opened, of a question whose answer the text of the entry tells anyhow: for the person, with that text.
  const conditionsOf = found => found.unknown.filter(({ id, question }) => id === "opened" && question === "case");
  const isConditional = found => conditionsOf(found).length > 0 && !has(found.unknown, ["stated"]) && found.unknown.every(({ id, question }) => id !== "stated-soft" || question === "case");
  const isOpen = found => has(found.yes, ["opened"]);
  const isForRole = found => found.part === "role";
  const mayRefuse = found => has(found.unknown, ["stated", "stated-soft"]);
  // Nobody is sent to ask for what may put somebody in danger, where no source says that it can.
  const mayHarm = found => found.unknown.some(({ danger }) => danger);
  const isSecond = found => has(found.unknown, ["first"]);

  // How sure it is for this person; the sentence stands above, at order.
  function standOf(found) {
    if (isSecond(found)) return 4;
    if (mayRefuse(found)) return 3;
    if (isOpen(found)) return 0;
    return found.unknown.length ? 2 : 1;
  }

  function isForPerson(found) {
    return (found.verdict === "fits" || (found.verdict === "maybe" && (isOpen(found) || isConditional(found)))) && !isForRole(found) && (isConditional(found) || !mayRefuse(found)) && !isSecond(found)
      && !mayHarm(found) && found.group !== NEARBY;
  }

  // A question that nobody answered tells nothing of the person either.
  function isBlank(finding) {
    return ON_PAPER.includes(finding.question) || finding.id === "who-if";
  }

  function onPaper(entry, found) {
    const findings = found.no.concat(found.unknown, found.yes).filter(isBlank);
    return {
      findings,
      bar: mayRefuse(found),
      doubt: found.unknown.some(finding => !isBlank(finding)),
      // Whatever was answered: what is left out of a list of exclusions would tell it.
      read: (entry.not_suitable || []).length > 0
    };
  }

  // By `order`, above; of two alike, the one that is here, the least unknown, the most known, the nearest. Among what does
  // not fit, the reasons of a source come before another form or goal.
  function rank({ found }) {
    const stated = found.no.filter(finding => finding.text || finding.offer).length;
    const km = Math.min(Infinity, ...found.unknown.filter(finding => finding.nearest).map(finding => finding.nearest.km));
    const group = GROUPS.indexOf(found.group);
    return [
      -stated, found.no.length, PARTS.indexOf(found.part), AT_HAND.includes(found.group) ? 0 : group, standOf(found), group,
      found.unknown.length, -found.yes.length, km
    ];
  }

  function order(one, other) {
    const [a, b] = [rank(one), rank(other)];
    const at = a.findIndex((value, place) => value !== b[place]);
    if (at < 0) return 0;
    return a[at] < b[at] ? -1 : 1;
  }

  return { conditionsOf, judge, onPaper, order, isForPerson };
});
