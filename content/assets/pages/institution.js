/* The page of an institution says what changed there since the last visit (mine/since), and asks what a trainer has.
   Gives nothing; started by [data-kb="institution"] (news.jinja). */
"use strict";

Kennisbank.define("pages/institution", ["mine/since", "pages/session-question"], ({ since, sessionQuestion }) => {
  since.start();
  sessionQuestion.open();
});
