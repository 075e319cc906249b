/* What changed in the reader's own PI since the last visit. The list in the page is the data; the newest day that was
   seen is kept in this browser as kennisbank.seen.<id>, and wiped with the rest.

   Gives start()   shows it in the line [data-since] of the page (news.jinja), and again when my PI changes */
"use strict";

Kennisbank.define("mine/since", ["core/store", "core/words", "mine/pi"], ({ store, words: { fill }, pi }) => {
  function show() {
    const line = /** @type {HTMLElement} */ (document.querySelector("[data-since]"));
    const mine = pi.institution();
    const place = line.dataset.since || pi.id();
    line.hidden = true;
    if (!mine || mine.id !== place) return;
    const days = Array.from(document.querySelectorAll(`li[data-on][data-institution="${place}"]`), item => item.dataset.on);
    const seen = store.read("seen." + place);
    const fresh = seen === null ? 0 : days.filter(day => day > seen).length;
    if (fresh) {
      line.textContent = fill(fresh === 1 ? line.dataset.one : line.dataset.more, { n: fresh, name: mine.name });
      line.hidden = false;
    }
    store.write("seen." + place, days.concat(seen || "").sort().pop());
  }

  function start() {
    pi.onChange(show);
    show();
  }

  return { start };
});
