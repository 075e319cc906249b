/* What a source says of an entry in one institution, in words. Comes with the data (choice.js), when a reader chose.
   Words: mine.html.

   Kennisbank.here.say(data, entry, institution, named)    {kind, text, check} in words; check: it is to be verified;
                                 named: with the name of the institution instead of "here"
   Kennisbank.here.mark(data, entry, institution, named)   the same as an element
   Kennisbank.here.status(data, offer)   the status of an offer, as it reads inside a sentence
   Kennisbank.here.date(text)    2021-09 as "september 2021"
   Kennisbank.here.lowered(text) the same with a small first letter */
(function (scope) {
  "use strict";

  const { say } = scope.Kennisbank;

  function date(text) {
    const [year, month, day] = text.split("-").map(Number);
    const form = Object.assign({ year: "numeric" }, month && { month: "long" }, day && { day: "numeric" });
    return new Intl.DateTimeFormat("nl", form).format(new Date(year, (month || 1) - 1, day || 1));
  }

  function lowered(text) {
    return text.charAt(0).toLocaleLowerCase("nl") + text.slice(1);
  }

  /** The status of an offer in words; one with a last day that is behind us has ended, whatever it was then. */
  function status(data, offer) {
    return offer.until ? say("ended", { date: date(offer.until) }) : lowered(data.statuses[offer.status].label);
  }

  function nearestText(data, nearest) {
    const { comparable, institution, km, offer } = nearest;
    const values = { place: institution.name, n: km, status: status(data, offer), date: date(offer.as_of) };
    const sure = data.statuses[offer.status].means === "running";
    const name = (km === 0 ? "nearest-same" : "nearest") + (sure ? "" : "-unsure");
    return say(name, values) + (comparable ? "" : say(institution.adult ? "nearest-adults" : "nearest-young"));
  }

  /** What a source says of an entry in an institution. */
  function describe(data, entry, institution, named) {
    const { asOf, kind, nearest, offer } = scope.Kennisbank.places.judge(data, entry, institution);
    const values = { here: named ? institution.name : say("here") };
    if (offer) Object.assign(values, { status: status(data, offer), date: date(offer.as_of) });
    if (asOf) values.date = date(asOf);
    const parts = [say((named && !offer ? "there-" : "here-") + kind, values)];
    if (offer && offer.local_name) parts.push(say("here-name", { word: offer.local_name }));
    if (offer && offer.conflict) parts.push(say("here-conflict"));
    if (nearest) parts.push(nearestText(data, nearest));
    const check = [offer, nearest && nearest.offer].some(one => one && one.stale);
    return { kind, text: parts.filter(Boolean).join(" "), check };
  }

  function mark(data, entry, institution, named) {
    const { check, kind, text } = describe(data, entry, institution, named);
    const made = document.createElement("span");
    made.className = "kb-here kb-here--" + kind;
    made.dataset.kb = "here";
    made.dataset.here = kind;
    made.append(text);
    if (check) {
      const badge = document.createElement("span");
      badge.className = "kb-check";
      badge.textContent = say("check");
      made.append(" ", badge);
    }
    return made;
  }

  scope.Kennisbank.here = { say: describe, mark, status, date, lowered };
})(window);
