/* Brings the search in when a reader first needs it: its box, its engine and its data. Classic scripts, so that it
   works on file:// too. Until the box is there, Enter leads to the catalogue with the text.

   Kennisbank.search.load(root, done)   loads all of it once; done(true) when queries can be asked,
                                        done(false) when a file could not be read */
(function (scope) {
  "use strict";

  const BOX = "[data-kb='search']";
  const FILES = [
    "assets/marks.js",
    "assets/search-box.js",
    "assets/vendor/minisearch-nl.js",
    "assets/search-dutch.js",
    "assets/search-engine.js",
    "assets/search-data.js"
  ];

  let waiting = null;
  let outcome = null;

  function finish(result) {
    outcome = result;
    const callbacks = waiting;
    waiting = null;
    callbacks.forEach(done => done(result));
  }

  function load(root, done) {
    if (outcome !== null) return done(outcome);
    if (waiting) return void waiting.push(done);
    waiting = [done];
    let left = FILES.length;
    for (const file of FILES) {
      const script = document.createElement("script");
      script.src = root + file;
      script.async = false; // run in this order, load side by side
      script.onload = () => {
        left -= 1;
        if (left || outcome !== null) return;
        if (!scope.KENNISBANK_SEARCH) return finish(false);
        scope.Kennisbank.search.use(scope.KENNISBANK_SEARCH);
        finish(true);
      };
      script.onerror = () => { if (outcome === null) finish(false); };
      document.head.append(script);
    }
  }

  function prepare(element) {
    const form = element && element.closest && element.closest(BOX);
    if (form) load(form.dataset.kbRoot, () => {});
  }

  document.addEventListener("focusin", event => prepare(event.target));
  document.addEventListener("submit", event => {
    const form = event.target.closest(BOX);
    if (!form) return;
    event.preventDefault();
    const text = form.querySelector("[role='combobox']").value.trim();
    scope.location.href = form.getAttribute("action") + (text ? "#q=" + encodeURIComponent(text) : "");
  });

  scope.Kennisbank = scope.Kennisbank || {};
  scope.Kennisbank.search = scope.Kennisbank.search || {};
  scope.Kennisbank.search.load = load;
  prepare(document.activeElement); // the reader may have been faster than this script
})(window);
