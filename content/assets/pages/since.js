/* The page of an institution says what changed there since the last visit; see mine/since.
   Gives nothing; started by [data-kb="since"] (news.jinja). */
"use strict";

Kennisbank.define("pages/since", ["mine/since"], ({ since }) => since.start());
