/* The search over the pages of this site: its data becomes an index once. Pure: no DOM.

   Gives query(text) and ranges(text, matches), see search/answer */
"use strict";

Kennisbank.define("search/engine", ["search-data", "search/index", "search/answer"], ({ searchData, index, answer }) => {
  const pages = index.build(searchData);

  return { query: text => answer.query(pages, text), ranges: answer.ranges };
});
