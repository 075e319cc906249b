/* The search over the pages of this site: its data becomes an index once. Pure: no DOM.

   Gives query(text) and ranges(text, matches), see search/answer */
"use strict";

Kennisbank.define("search/engine", ["search-data", "search/index", "search/answer"], ({ searchData, index, answer }) => {
  const pages = index.build(searchData);
  const query = text => answer.query(pages, text);

  // The first question takes ten times as long as the next: no code has run, no stem is known. When the browser has
  // nothing to do before the reader types one, it is this one.
  if (globalThis.requestIdleCallback) globalThis.requestIdleCallback(() => query(searchData.documents[0].title));

  return { query, ranges: answer.ranges };
});
