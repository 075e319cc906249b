/* The button on the privacy page: throws away what this browser remembers of this site, and nothing of others.
   Gives nothing; started by [data-kb="forgotten"], which tells how it went. My PI and my list listen to the same button
   (mine/mine). */
"use strict";

Kennisbank.define("pages/forgotten", ["core/store", "frame/frame"], ({ store, frame }) => {
  const button = document.querySelector("[data-action='forget']");
  const answer = document.querySelector("[data-kb='forgotten']");

  button.addEventListener("click", () => {
    store.clear();
    const worked = store.works();
    if (worked) frame.forgetColours();
    answer.textContent = worked ? answer.dataset.done : answer.dataset.failed;
  });
});
