/* Runs in the page of the catalogue: how long the search takes. All times in milliseconds.

     getReady()         resolves when the files of the search have been read
     answerFirst(text)  from focus and text in the field: [until the list has its first answer and is laid out, which may
                        be one by names alone, until it has that of the search]. One letter is no word, so two are given
     query(queries)     the engine alone, one time per query
     type(queries)      every query letter by letter in the text field, one time per letter, with layout */
(function (scope) {
  "use strict";

  const field = document.querySelector("input[name='q']");
  const line = document.querySelector("[role='status']");
  const total = document.querySelectorAll("article[data-id]").length;
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
    const first = performance.now() - start;
    const isAnswered = Number(line.dataset.count) < total;
    // The page asked for the files first, so its answer is there when ours comes.
    return getReady().then(() => {
      document.body.getBoundingClientRect();
      const whole = performance.now() - start;
      return [isAnswered ? first : whole, whole];
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
