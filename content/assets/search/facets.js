/* Which entries pass a choice of terms, and how many each term would give. Pure: no DOM.

   Gives build(entries, names, within)   entries: [{facet: [term]}]; names: the facets; within: those of which an entry
                                         passes when all that it names is chosen, such as what a room has to have
     -> {choose(chosen, among)}; also has(bits, position) and add(bits, position)
   choose(chosen, among)    chosen: {facet: Set(term)}; among: Uint32Array of entries to keep, or null for all
     -> {bits, count, counts: {facet: Map(term -> number)}}
     OR inside a facet, AND between facets; the counts of a facet follow the choices in the other facets.

   One bit per entry, 32 in a number: a choice over 10,000 entries is a few hundred operations. */
"use strict";

Kennisbank.define("search/facets", [], () => {
  function has(bits, position) {
    return (bits[position >>> 5] >>> (position & 31)) & 1;
  }

  function add(bits, position) {
    bits[position >>> 5] |= 1 << (position & 31);
  }

  // The number of ones in 32 bits, counted in pairs, fours and eights at once.
  function ones(value) {
    value -= (value >>> 1) & 0x55555555;
    value = (value & 0x33333333) + ((value >>> 2) & 0x33333333);
    return Math.imul((value + (value >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }

  function countBoth(one, other) {
    let count = 0;
    for (let word = 0; word < one.length; word++) count += ones(one[word] & other[word]);
    return count;
  }

  function build(entries, names, within = []) {
    const width = (entries.length + 31) >>> 5;
    const everything = new Uint32Array(width);
    entries.forEach((entry, position) => add(everything, position));
    const terms = {};
    for (const name of names) {
      terms[name] = new Map();
      entries.forEach((entry, position) => {
        for (const term of entry[name] || []) {
          if (!terms[name].has(term)) terms[name].set(term, new Uint32Array(width));
          add(terms[name].get(term), position);
        }
      });
    }

    function passing(name, chosen) {
      if (within.includes(name)) return passingWithin(name, chosen);
      const bits = new Uint32Array(width);
      for (const term of chosen) {
        const own = terms[name].get(term);
        if (own) for (let word = 0; word < width; word++) bits[word] |= own[word];
      }
      return bits;
    }

    function passingWithin(name, chosen) {
      const bits = new Uint32Array(width);
      entries.forEach((entry, position) => {
        if ((entry[name] || []).every(term => chosen.has(term))) add(bits, position);
      });
      return bits;
    }

    function intersect(start, masks, without) {
      const bits = start.slice();
      for (const name of Object.keys(masks)) {
        if (name === without) continue;
        for (let word = 0; word < width; word++) bits[word] &= masks[name][word];
      }
      return bits;
    }

    function choose(chosen, among) {
      const start = among || everything;
      const masks = {};
      for (const name of names) {
        if (chosen[name] && chosen[name].size) masks[name] = passing(name, chosen[name]);
      }
      const bits = intersect(start, masks, null);
      const counts = {};
      for (const name of names) {
        const others = masks[name] ? intersect(start, masks, name) : bits;
        counts[name] = new Map();
        for (const [term, own] of terms[name]) counts[name].set(term, countBoth(own, others));
      }
      return { bits, count: countBoth(bits, everything), counts };
    }

    return { choose };
  }

  return { build, has, add };
});
