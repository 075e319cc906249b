/* What happens to each intervention when somebody goes from one institution to another. Pure: no document, no words.

   Gives judge(data, entries, {from, to, sex}) -> {on, old, perhaps, stops, unknown, new}, each [{entry, was, there}]
     from, to: institutions; sex: a target group of one sex, or nothing; was, there: what choose/places says of the two
     on       it runs in both, and a source of the last 24 months says so of the new one
     old      it ran in both, but what says so of the new one is older: to be asked
     perhaps  in one of the two planned, paused, not known, doubted, only said to be everywhere, or only by a referral; in
              the new one now and then
     stops    a source says that it is not there
     unknown  no source speaks of the new one
     new      named in the new one, and not by name in the old one
     Only what is in the Netherlands, for people in detention, and not only for the other sex
   alternative(data, entries, entry, {to, sex}) -> entry or null   what runs in `to`: with a goal in common; first of
     the same category, then with most goals in common
   nearest(data, entry, {from, to})   as choose/places: not the institution that is left, nor one for the other age
   isFor(own, asked)   whether what is for one sex, or nothing, can be for who is asked about
   years(found) -> [first, last]      of the sources about the new institution, as text; empty where none is dated */
"use strict";

Kennisbank.define("choose/fate", ["choose/places"], ({ places }) => {
  function isFor(own, asked) {
    return !own || !asked || own === asked;
  }

  function concerns(data, entry, sex) {
    const home = entry.countries.some(country => data.rules.home.includes(country));
    return !entry.for_staff && home && isFor(entry.sex, sex);
  }

  /** @param {Choice} data */
  function fateOf(data, was, { kind, offer }) {
    if (kind === "absent") return "stops";
    if (kind === "everywhere" || kind === "referred") return "perhaps";
    if (kind !== "here") return "unknown";
    const ran = places.means(data, was.offer) === "running";
    const sure = ran && places.means(data, offer) === "running" && data.statuses[offer.status].plain && !offer.doubted;
    if (!sure) return "perhaps";
    return offer.stale ? "old" : "on";
  }

  /** @param {Choice} data @param {Entry[]} entries */
  function judge(data, entries, { from, to, sex }) {
    const groups = { on: [], old: [], perhaps: [], stops: [], unknown: [], new: [] };
    for (const entry of entries.filter(one => concerns(data, one, sex)).map(one => places.forWhom(one, sex))) {
      const was = places.judge(data, entry, from);
      const there = places.judge(data, entry, to);
      if (was.kind === "here") groups[fateOf(data, was, there)].push({ entry, was, there });
      else if (there.kind === "here") groups.new.push({ entry, was, there });
    }
    return groups;
  }

  /** @param {Choice} data @param {Entry[]} entries @param {Entry} entry */
  function alternative(data, entries, entry, { to, sex }) {
    const shared = other => other.goals.filter(goal => entry.goals.includes(goal)).length;
    const options = entries.filter(other => {
      const offer = places.offerAt(places.forWhom(other, sex), to);
      if (other.id === entry.id || !concerns(data, other, sex) || !offer || places.means(data, offer) !== "running") return false;
      return shared(other) > 0;
    });
    const rank = other => (other.category === entry.category ? 0 : 1);
    options.sort((a, b) => rank(a) - rank(b) || shared(b) - shared(a));
    return options[0] || null;
  }

  /** @param {Choice} data @param {Entry} entry */
  function nearest(data, entry, { from, to }) {
    const found = places.nearest(data, entry, to, from);
    return found && found.comparable ? found : null;
  }

  function years(found) {
    const dated = found.map(({ there }) => there.offer.as_of).filter(date => /^\d{4}/.test(date)).map(date => date.slice(0, 4)).sort();
    return dated.length ? [dated[0], dated[dated.length - 1]] : [];
  }

  return { alternative, isFor, judge, nearest, years };
});
