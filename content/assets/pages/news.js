/* The filters of the page of news. The list in the page is the data; the state is in the hash:
   #institution=<id>&intervention=<id>. Without a state the reader's own PI is chosen. Unknown names are ignored.
   Gives nothing; started by [data-kb="news"] (news.md.jinja). */
"use strict";

Kennisbank.define("pages/news", ["core/address", "core/dom", "mine/pi", "mine/since"], ({ address, dom, pi, since }) => {
  const form = document.querySelector("[data-kb='news']");
  const count = form.querySelector("[data-kb='news-count']");
  const selects = Array.from(form.querySelectorAll("select"));
  const items = /** @type {HTMLElement[]} */ (Array.from(document.querySelectorAll("li[data-on]")));

  function read() {
    const parts = address.read();
    const asked = selects.some(select => parts.has(select.name));
    for (const select of selects) {
      const [wanted = ""] = parts.get(select.name) || (!asked && select.name === "institution" ? [pi.id()] : []);
      select.value = dom.has(select, wanted) ? wanted : "";
    }
    show();
  }

  function take() {
    address.write(Object.fromEntries(selects.map(select => [select.name, select.value ? [select.value] : []])), "pushState");
    show();
  }

  function show() {
    for (const item of items) {
      item.hidden = selects.some(select => select.value && item.dataset[select.name] !== select.value);
    }
    for (const heading of document.querySelectorAll("h2")) {
      const list = heading.nextElementSibling;
      if (list && list.matches("ul")) heading.hidden = items.every(item => item.parentElement !== list || item.hidden);
    }
    const shown = items.filter(item => !item.hidden).length;
    const words = shown === items.length ? count.dataset.all : count.dataset.some;
    count.textContent = words.replace("{n}", String(shown)).replace("{total}", String(items.length));
  }

  form.addEventListener("change", take);
  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(take)); // behind the reset itself
  address.onChange(read);
  read();
  since.start();
});
