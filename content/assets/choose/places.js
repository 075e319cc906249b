/* Where an intervention is, seen from one institution. Pure: no DOM, no words.

   Gives distance(one, other)   kilometres between two {lat, lon} in degrees, over the globe
   judge(data, entry, institution) -> {kind, offer, nearest}
     data: what choice-data.js gives; entry and institution: members of its lists
     kind "here"        a source says that it is, was or was about to be there: offer
          "absent"      a source says that it is not there: offer; nearest when it is elsewhere
          "everywhere"  a source says that it is in principle in every institution for adults: asOf
          "referred"    only who decides in the case sends people to it: no place has it, so none is near
          "elsewhere"   no source speaks of this institution, but says that it runs in others: nearest
          "unknown"     no source says where it runs
     nearest: {institution, offer, km, comparable}
   nearest(data, entry, institution, left)   the same, or null: only where it runs, and not in `left` (an institution, or
     nothing); first among institutions of the same population (adults, young people), then the others
   means(data, offer)               "running", "unsure" or "absent"
   offerAt(entry, institution)      the offer of that institution that says most, or null
   askedAt(entry, place, young)     the names to ask in an institution (an id or nothing), or undefined; `young`: who asks is,
                                    so that a function which is not where they live is not named
   forWhom(entry, who)              the entry without the offers that are only for another sex than `who`, a target group
                                    or nothing */
"use strict";

Kennisbank.define("choose/places", ["core/data"], ({ data: records }) => {
  const RADIUS = 6371; // kilometres, mean radius of the earth (IUGG)

  // Haversine formula: exact enough for short distances.
  function distance(one, other) {
    const radians = degrees => degrees * Math.PI / 180;
    const across = Math.sin(radians(other.lat - one.lat) / 2) ** 2
      + Math.cos(radians(one.lat)) * Math.cos(radians(other.lat)) * Math.sin(radians(other.lon - one.lon) / 2) ** 2;
    return 2 * RADIUS * Math.asin(Math.sqrt(across));
  }

  /** @param {Choice} data @param {Offer} offer */
  function means(data, offer) {
    const found = data.statuses[offer.status].means;
    return found === "running" && offer.inferred ? "unsure" : found;
  }

  /** The offer of one institution that says most: the offers of an entry are sorted, best status first.
      @param {Entry} entry @param {Institution} institution */
  function offerAt(entry, institution) {
    return (entry.offers || []).find(offer => offer.institution === institution.id) || null;
  }

  /** @param {Entry} entry */
  function askedAt(entry, place, young) {
    return (entry.ask_at || {})[place] || (young && entry.ask_young) || entry.ask;
  }

  /** @param {Entry} entry */
  function forWhom(entry, who) {
    return who && entry.offers ? { ...entry, offers: entry.offers.filter(({ sex }) => !sex || sex === who) } : entry;
  }

  /** @param {Choice} data @param {Entry} entry @param {Institution} institution @param {Institution} [left] */
  function nearest(data, entry, institution, left) {
    const { institutions } = records.of(data);
    const options = [];
    if (entry.referred) return null;
    for (const offer of entry.offers || []) {
      const place = institutions.get(offer.institution);
      if (!place || place === institution || place === left || means(data, offer) !== "running") continue;
      options.push({
        institution: place,
        offer,
        km: Math.round(distance(institution, place)),
        comparable: place.adult === institution.adult
      });
    }
    options.sort((a, b) => Number(b.comparable) - Number(a.comparable) || a.km - b.km);
    return options[0] || null;
  }

  /** @param {Choice} data @param {Entry} entry @param {Institution} institution */
  function judge(data, entry, institution) {
    const offer = offerAt(entry, institution);
    if (offer && means(data, offer) !== "absent") return { kind: "here", offer };
    const other = nearest(data, entry, institution);
    if (offer) return { kind: "absent", offer, nearest: other };
    if (entry.everywhere && institution.adult) return { kind: "everywhere", asOf: entry.everywhere };
    if (entry.referred) return { kind: "referred" };
    if (other) return { kind: "elsewhere", nearest: other };
    return { kind: "unknown" };
  }

  return { askedAt, distance, forWhom, judge, means, nearest, offerAt };
});
