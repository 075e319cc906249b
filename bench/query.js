/* Runs in the page of the catalogue: how long the search takes. All times in milliseconds.

     getReady()         resolves when the files of the search have been read
     answerFirst(text)  from focus and first key in the text field to the list in its new order
     query(queries)     the engine alone, one time per query
     type(queries)      every query letter by letter in the text field, one time per letter, with layout */
(function (scope) {
  "use strict";

  const field = document.querySelector("input[name='q']");
  let engine = null;

  const getReady = () => new Promise(done => scope.Kennisbank.ask(["search/engine"], got => {
    engine = got.engine;
    done();
  }));

  function put(text) {
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    document.body.getBoundingClientRect();
  }

  function answerFirst(text) {
    const start = performance.now();
    field.focus();
    put(text);
    // The page asked for the files first, so its answer is there when ours comes.
    return getReady().then(() => {
      document.body.getBoundingClientRect();
      return performance.now() - start;
    });
  }

  function query(queries) {
    return queries.map(text => {
      const start = performance.now();
      engine.query(text).hitsOf("intervention");
      return performance.now() - start;
    });
  }

  function type(queries) {
    const times = [];
    for (const text of queries) {
      put("");
      for (let end = 1; end <= text.length; end++) {
        const start = performance.now();
        put(text.slice(0, end));
        times.push(performance.now() - start);
      }
    }
    return times;
  }

  scope.KennisbankBench = { getReady, answerFirst, query, type };
})(window);
