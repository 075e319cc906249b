/* The question which sessions fit the room, the group and the time: an answer is the list of sessions with its filters set.
   Gives nothing; started by [data-kb="session-ask"] (session-ask.html). */
"use strict";

Kennisbank.define("pages/session-ask", ["core/address"], ({ address }) => {
  const form = document.querySelector("[data-kb='session-ask']");
  const selects = Array.from(form.querySelectorAll("select"));

  // Whoever has an hour and a half has three quarters of an hour too.
  function termsOf(select) {
    const options = Array.from(select.options).slice(1);
    const chosen = options.find(option => option.value && option.value === select.value);
    if (!chosen) return [];
    const upTo = "upto" in select.dataset ? options.slice(0, options.indexOf(chosen) + 1) : [chosen];
    return upTo.map(option => option.value);
  }

  form.addEventListener("submit", event => {
    event.preventDefault();
    const parts = Object.fromEntries(selects.map(select => [select.name, termsOf(select)]));
    parts.room = Array.from(form.querySelectorAll("input[name='room']:checked"), box => box.value);
    location.href = form.dataset.to + "#" + address.of(parts);
  });
});
