/* The records of choice-data.js by their ids. Pure: no DOM.

   Gives of(data) -> {entries, institutions}   Maps of id to record; data: what choice-data.js gives */
"use strict";

Kennisbank.define("core/data", [], () => {
  const indexes = new WeakMap();

  /** @param {Choice} data */
  function of(data) {
    if (!indexes.has(data)) {
      indexes.set(data, {
        entries: new Map(data.interventions.map(entry => [entry.id, entry])),
        institutions: new Map(data.institutions.map(institution => [institution.id, institution]))
      });
    }
    return indexes.get(data);
  }

  return { of };
});
