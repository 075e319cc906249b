/* What the frame of the theme needs a script for: its own is 34 kB (gzip) of what we do not use, and listens to
   single keys. Runs right behind the header, so that no page is first seen in the wrong colours. The theme's markup
   that is read here is named once, below; without this script a page reads and links as well.

     colours    one button in the header, named for what it does; without a choice the reader's system decides
     drawer     a button opens it; a link or Escape closes it
     contents   the list of contents shows where the reader is
     folds      what is folded at or around the place that an address names opens: not every browser does that, and none
                opens a fold that is itself the place
     top        the button back to the top shows when the reader scrolls up
     search     the box in the header and on the home page comes when a reader goes to it (frame/box), by key or
                pointer, with engine and data; until it is there, and where it knows no better, Enter leads to the catalogue with the text

   Gives forgetColours()   throws away the choice of colours; throws where storage is forbidden */
"use strict";

Kennisbank.define("frame/frame", [], () => {
  const scope = window;
  const COLOUR = "input[name='__palette']";
  const COLOUR_PARTS = ["media", "scheme", "primary", "accent"].map(part => "data-md-color-" + part);
  const COLOUR_KEY = new URL(Kennisbank.root).pathname + ".__palette"; // the theme's own name: choices of earlier editions stay
  const DRAWER = "__drawer";
  const DRAWER_LABEL = ".md-header label[for='__drawer']";
  const DRAWER_PARTS = ".md-nav--primary label.md-nav__link"; // open what is below them
  const DRAWER_MENU = ".md-nav--primary"; // carries the name
  const DRAWER_LINKS = ".md-sidebar--primary a[href]";
  const CONTENTS = ".md-sidebar--secondary";
  const ACTIVE = "md-nav__link--active";
  // The name of the site, which the logo before it carries too, and that of the page; what closes the drawer by mouse.
  const UNSAID = ".md-header__title, .md-overlay";
  const TOP = "[data-md-component='top']";
  const SEARCH = "[data-kb='search']";

  for (const part of document.querySelectorAll(UNSAID)) part.setAttribute("aria-hidden", "true");

  // The theme works with labels of hidden boxes. To keys and to who listens a label is nothing: what it shows becomes a
  // button inside it.
  function makeButton(label, name = label.title) {
    const button = document.createElement("button");
    button.type = "button";
    if (name) button.setAttribute("aria-label", name);
    button.append(...label.childNodes);
    button.addEventListener("click", () => document.getElementById(label.htmlFor).click());
    label.removeAttribute("tabindex");
    label.append(button);
    return button;
  }

  // ---------------------------------------------------------------- colours

  // The theme names each of its radio buttons for what a click on it would do, which is the opposite of what is chosen:
  // they are in no sight and in no tree (frame.css).
  const colours = Array.from(document.querySelectorAll(COLOUR));
  const dark = scope.matchMedia("(prefers-color-scheme: dark)");

  function readColours() {
    try {
      return JSON.parse(scope.localStorage.getItem(COLOUR_KEY));
    } catch {
      return null; // storage is forbidden, or holds what is none of ours
    }
  }

  function showColours(chosen) {
    chosen.checked = true;
    for (const part of COLOUR_PARTS) document.body.setAttribute(part, chosen.getAttribute(part));
    for (const input of colours) input.nextElementSibling.hidden = input !== chosen;
  }

  function followReader() {
    const saved = readColours();
    const own = saved && Number.isInteger(saved.index) ? saved.index : dark.matches ? 1 : 0; // whatever stands in the store
    showColours(colours[own] || colours[0]);
  }

  function forgetColours() {
    scope.localStorage.removeItem(COLOUR_KEY);
  }

  if (colours.length) {
    followReader();
    dark.addEventListener("change", followReader);
    for (const input of colours) {
      const button = makeButton(input.nextElementSibling);
      input.addEventListener("change", () => {
        const byButton = input.form.contains(document.activeElement);
        showColours(input);
        if (byButton) button.focus(); // the one that was pressed is hidden now
        const color = Object.fromEntries(COLOUR_PARTS.map(part => [part.split("-").pop(), input.getAttribute(part)]));
        try {
          scope.localStorage.setItem(COLOUR_KEY, JSON.stringify({ index: colours.indexOf(input), color }));
        } catch {
          // Storage is forbidden or full: the choice lasts as long as the page.
        }
      });
    }
  }

  // ---------------------------------------------------------------- drawer

  /** @type {HTMLButtonElement} */
  let drawerButton = null;

  /** @type {HTMLInputElement} */
  const drawer = document.querySelector("#" + DRAWER);

  // The theme's label has a picture only; what it opens has a name, but comes behind this script.
  function prepareDrawer() {
    drawerButton = makeButton(document.querySelector(DRAWER_LABEL), document.querySelector(DRAWER_MENU).getAttribute("aria-label"));
    document.querySelectorAll(DRAWER_PARTS).forEach(label => makeButton(label));
    showDrawer();
  }

  function showDrawer() {
    drawerButton.setAttribute("aria-expanded", String(drawer.checked));
  }

  function closeDrawer() {
    if (!drawer.checked) return;
    drawer.checked = false;
    showDrawer();
    drawerButton.focus();
  }

  drawer.addEventListener("change", () => {
    showDrawer();
    if (drawer.checked) document.querySelector(DRAWER_LINKS).focus();
  });

  document.addEventListener("keydown", event => {
    if (event.key === "Escape") closeDrawer();
  });
  document.addEventListener("click", event => {
    if (event.target.closest(DRAWER_LINKS)) closeDrawer();
  });

  // ---------------------------------------------------------------- contents and top

  function start() {
    prepareDrawer();
    const sidebar = document.querySelector(CONTENTS);
    const links = sidebar ? Array.from(sidebar.querySelectorAll("a[href^='#']")) : [];
    const headings = links.map(link => document.getElementById(decodeURIComponent(link.hash.slice(1))));
    const top = document.querySelector(TOP);
    /** @type {HTMLElement} */
    let active = null;
    let before = scope.scrollY;
    let waiting = false;

    function showPlace() {
      const line = scope.innerHeight / 4;
      /** @type {HTMLElement} */
      let found = null;
      headings.forEach((heading, position) => {
        if (heading && heading.getBoundingClientRect().top <= line) found = links[position];
      });
      if (found === active) return;
      if (active) active.classList.remove(ACTIVE);
      if (found) found.classList.add(ACTIVE);
      active = found;
    }

    function follow() {
      waiting = false;
      showPlace();
      if (top) top.hidden = scope.scrollY >= before || scope.scrollY < scope.innerHeight;
      before = scope.scrollY;
    }

    scope.addEventListener("scroll", () => {
      if (!waiting) scope.requestAnimationFrame(follow);
      waiting = true;
    }, { passive: true });
    if (top) top.addEventListener("click", () => scope.scrollTo({ top: 0 }));
    showPlace();
  }

  document.addEventListener("DOMContentLoaded", start);

  // ---------------------------------------------------------------- folds

  function openTarget() {
    // Our ids are plain letters; :target holds only after the page has been scrolled to it.
    const target = document.getElementById(location.hash.slice(1));
    const folds = [];
    for (let fold = target && target.closest("details"); fold; fold = fold.parentElement.closest("details")) folds.push(fold);
    const closed = folds.filter(fold => !fold.open);
    for (const fold of closed) fold.open = true;
    if (closed.length) target.scrollIntoView();
  }

  document.addEventListener("DOMContentLoaded", openTarget);
  scope.addEventListener("hashchange", openTarget);

  // ---------------------------------------------------------------- search

  function prepareSearch(element) {
    if (!element || !element.closest || !element.closest(SEARCH)) return;
    Kennisbank.ask(["frame/box"], () => {});
    Kennisbank.ask(["search/engine"], () => {}); // apart: the box is there to say that the engine is not
  }

  document.addEventListener("focusin", event => prepareSearch(event.target));
  document.addEventListener("pointerover", event => prepareSearch(event.target)); // a little before the click
  document.addEventListener("submit", event => {
    const form = event.target.closest(SEARCH);
    if (!form || event.defaultPrevented) return;
    event.preventDefault();
    const text = form.querySelector("[role='combobox']").value.trim();
    const link = document.createElement("a"); // and not just an address: one that is followed brings the choices along
    link.href = form.getAttribute("action") + (text ? "#q=" + encodeURIComponent(text) : "");
    form.append(link);
    link.click();
    link.remove();
  });
  prepareSearch(document.activeElement); // the reader may have been faster than this script

  return { forgetColours };
});
