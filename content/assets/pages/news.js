/* The filters of the page of news. The list in the page is the data; the state is in the hash:
   #institution=<id>&intervention=<id>. Without a state the reader's own PI is chosen.
   Gives nothing; started by [data-kb="news"] (news.md.jinja). */
"use strict";

Kennisbank.define("pages/news", ["core/selects", "mine/pi", "mine/since"], ({ selects, pi, since }) => {
  const form = document.querySelector("[data-kb='news']");
  const count = form.querySelector("[data-kb='news-count']");
  const items = /** @type {HTMLElement[]} */ (Array.from(document.querySelectorAll("li[data-on]")));

  function show(chosen) {
    for (const item of items) {
      item.hidden = Object.entries(chosen).some(([name, value]) => value && item.dataset[name] !== value);
    }
    for (const heading of document.querySelectorAll("h2")) {
      const list = heading.nextElementSibling;
      if (list && list.matches("ul")) heading.hidden = items.every(item => item.parentElement !== list || item.hidden);
    }
    selects.tell(count, items.filter(item => !item.hidden).length, items.length);
  }

  selects.start(form, show, parts => (parts.has("institution") || parts.has("intervention") ? {} : { institution: pi.id() }));
  since.start();
});
