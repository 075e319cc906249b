/* The self-test: an answer opens what the editors think. Nothing is kept; a new visit begins anew.
   Gives nothing; started by [data-kb="self-test"] (self_test.md.jinja). */
"use strict";

Kennisbank.define("pages/self-test", ["core/words"], ({ words: { fill } }) => {
  const test = document.querySelector("[data-kb='self-test']");
  const line = document.querySelector("[data-kb='test-count']");
  const items = Array.from(test.querySelectorAll("li[data-verdict]"));

  function isRight(item) {
    return item.querySelector("input:checked").value === item.dataset.verdict;
  }

  test.addEventListener("change", event => {
    const item = event.target.closest("li[data-verdict]");
    item.querySelector("details").open = true;
    item.querySelector("[data-kb='test-said']").textContent = test.dataset[isRight(item) ? "right" : "wrong"];
    const answered = items.filter(one => one.querySelector("input:checked"));
    line.textContent = fill(test.dataset.count, { n: answered.length, total: items.length, right: answered.filter(isRight).length });
  });
});
