/* The button on the privacy page: throws away what this browser remembers of the site. */
(function () {
  "use strict";

  const button = document.querySelector('[data-action="forget"]');
  const answer = document.querySelector('[data-kb="forgotten"]');
  if (!button || !answer) return;
  button.addEventListener("click", () => {
    try {
      window.localStorage.clear();
      answer.textContent = answer.dataset.done;
    } catch (error) {
      // A browser in private mode or with storage turned off refuses the very mention of it.
      answer.textContent = answer.dataset.failed;
    }
  });
})();
