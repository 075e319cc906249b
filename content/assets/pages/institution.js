/* The page of an institution says what changed there since the last visit (mine/since), and asks what a trainer has.
   Gives nothing; started by [data-kb="institution"] (news.jinja). */
"use strict";

Kennisbank.define("pages/institution", ["mine/since", "pages/session-question"], ({ since, sessionQuestion }) => {
  // Not every browser opens what is folded around the place that an address names.
  function openTarget() {
    const fold = document.querySelector("details:has(:target)");
    if (fold) fold.open = true;
  }

  window.addEventListener("hashchange", openTarget);
  openTarget();
  since.start();
  sessionQuestion.open();
});
