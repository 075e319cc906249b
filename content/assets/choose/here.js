/* What a source says of an entry in one institution, in words. Words: mine.html.

   Gives describe(data, entry, institution, named)   {kind, text, check}; check: it is to be verified;
                                                     named: with the name of the institution instead of "here"
         told(data, offer)   {status, date} of an offer, in words, to fill in a sentence
         date(text)          2021-09 as "september 2021"; what is no date in the words for that
         lowered(text)       the same with a small first letter */
"use strict";

Kennisbank.define("choose/here", ["core/words", "choose/places"], ({ words: { say }, places }) => {
  function date(text) {
    if (!/^\d{4}/.test(text)) return say("undated");
    const [year, month, day] = text.split("-").map(Number);
    /** @type {Intl.DateTimeFormatOptions} */
    const form = { year: "numeric" };
    if (month) form.month = "long";
    if (day) form.day = "numeric";
    return new Intl.DateTimeFormat("nl", form).format(new Date(year, (month || 1) - 1, day || 1));
  }

  function lowered(text) {
    return text.charAt(0).toLocaleLowerCase("nl") + text.slice(1);
  }

  /** One with a last day that is behind us has ended, whatever it was then; what nobody confirmed lately is past. */
  function told(data, offer) {
    const { label, past } = data.statuses[offer.status];
    const status = offer.until ? say("ended", { date: date(offer.until) }) : lowered((offer.stale && past) || label);
    return { status, date: date(offer.as_of) };
  }

  function nearestText(nearest) {
    const { comparable, institution, km } = nearest;
    return say(km === 0 ? "nearest-same" : "nearest", { place: institution.name, n: km }) + (comparable ? "" : say(institution.adult ? "nearest-adults" : "nearest-young"));
  }

  /** What a source says of an entry in an institution.
      @param {Choice} data @param {Entry} entry @param {Institution} institution @param {boolean} [named] */
  function describe(data, entry, institution, named) {
    const { asOf, kind, nearest, offer } = places.judge(data, entry, institution);
    const values = { here: named ? institution.name : say("here") };
    if (offer) Object.assign(values, told(data, offer));
    if (asOf) values.date = date(asOf);
    const parts = [say((named && !offer ? "there-" : "here-") + kind, values)];
    if (offer && offer.local_name) parts.push(say("here-name", { word: offer.local_name }));
    if (offer && offer.conflict) parts.push(say("here-conflict", { word: lowered(offer.conflict) }));
    if (nearest) parts.push(nearestText(nearest));
    const check = [offer, nearest && nearest.offer].some(one => one && one.stale);
    return { kind, text: parts.filter(Boolean).join(" "), check };
  }

  return { describe, told, date, lowered };
});
