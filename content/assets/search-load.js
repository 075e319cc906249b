/* Brings the search in when a reader first needs it. Classic scripts, so that it works on file:// too.

   Kennisbank.search.load(root, done)   loads engine and data once; done(true) when queries can be asked,
                                        done(false) when a file could not be read */
(function (scope) {
  "use strict";

  const FILES = ["assets/vendor/minisearch-nl.js", "assets/search-dutch.js", "assets/search-engine.js", "assets/search-data.js"];

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

  scope.Kennisbank = scope.Kennisbank || {};
  scope.Kennisbank.search = scope.Kennisbank.search || {};
  scope.Kennisbank.search.load = load;
})(window);
