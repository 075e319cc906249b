/* The search box of the header and the home page: a combobox with a list of answers, grouped by kind.
   Pattern: WAI-ARIA APG, "Editable combobox with list autocomplete". Focus stays in the field;
   aria-activedescendant points at the option. Enter without an option leads to the page that alone is asked for
   (search/answer), else to the catalogue (frame/frame). Gives nothing; comes with the first focus (frame/frame). */
"use strict";

Kennisbank.define("frame/box", ["core/asked", "core/dom", "core/marks", "core/words"], needs => {
  const { asked, dom, marks, words: { say } } = needs;
  const MOST = { intervention: 6 };
  const SESSIONS = "training";
  const SESSION_LIST = "trainings/index.html";
  const MOST_OTHERS = 3;
  const MOST_GROUPS = 5;
  const ANNOUNCE_PAUSE = 600; // milliseconds without typing before the number of answers is read out

  const catalogue = text => Kennisbank.root + "interventions/index.html#q=" + encodeURIComponent(text);

  // ---------------------------------------------------------------- answers as elements

  function makeOption(id, href, className, ...content) {
    const option = dom.make("a", "kb-option " + className, ...content);
    option.id = id;
    option.href = href;
    option.tabIndex = -1;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    return option;
  }

  function makeMarked(className, text, rangesIn) {
    const made = dom.make("span", className, text);
    marks.mark(made, rangesIn);
    return made;
  }

  // Where none is about what is asked for the title says so; of most kinds that goes without saying.
  function titleOf(type, none) {
    return none ? none + " " + say("nearest") : say("type-" + type);
  }

  function makeGroup(id, name, options) {
    const title = dom.make("div", "kb-group__title", name);
    title.id = id;
    title.setAttribute("role", "presentation");
    const group = dom.make("div", "", title, ...options);
    group.setAttribute("role", "group");
    group.setAttribute("aria-labelledby", id);
    return group;
  }

  function groupByType(hits) {
    const groups = new Map();
    for (const hit of hits) {
      const { type } = hit.document;
      if (!groups.has(type)) groups.set(type, []);
      groups.get(type).push(hit);
    }
    return groups;
  }

  // The groups in sight. Who asks for a subject of the catalogue is told of our own sessions too, beside what others give,
  // be it that none is about it.
  function groupsOf({ hits, straight }, besides) {
    const groups = Array.from(groupByType(hits));
    const shown = groups.slice(0, MOST_GROUPS).map(([type, own]) => ({ type, hits: own, none: type === SESSIONS ? besides.none : "" }));
    const at = shown.findIndex(({ type }) => type === "intervention");
    if (straight || at < 0 || !besides.none || shown.some(({ type }) => type === SESSIONS)) return shown;
    return shown.slice(0, at + 1).concat(Object.assign({ type: SESSIONS }, besides), shown.slice(at + 1));
  }

  function noticeOf({ elsewhere, hits, places }, text) {
    if (!hits.length) return say("box-none", { word: text });
    if (!places.length || !hits.some(hit => hit.document.type === "intervention")) return "";
    return say(elsewhere ? "place-elsewhere" : "place-here", { word: places.map(place => place.title).join(", ") });
  }

  // ---------------------------------------------------------------- one box

  function start(form) {
    const field = form.querySelector("[role='combobox']");
    const panel = form.querySelector("[data-kb='search-panel']");
    const care = form.querySelector("[data-kb='search-care']");
    const message = form.querySelector("[data-kb='search-message']");
    const live = form.querySelector("[data-kb='search-live']");
    const list = form.querySelector("[role='listbox']");
    let options = [];
    let active = -1;
    let straight = null; // {text, option} where Enter leads while the field holds that text
    let announcing = 0;

    function addOption(href, className, ...content) {
      const option = makeOption(list.id + "-" + options.length, href, className, ...content);
      options.push(option);
      return option;
    }

    function addHit(hit, engine) {
      const { document: { tagline, title, url }, matches, standing, there } = hit;
      const rangesIn = text => engine.ranges(text, matches);
      const parts = [makeMarked("kb-option__name", title, rangesIn)];
      if (tagline) parts.push(" ", makeMarked("kb-option__text", tagline, rangesIn));
      const told = asked.tell(hit);
      if (told.length) parts.push(" ", dom.make("span", "kb-option__state", ...told));
      const option = addOption(Kennisbank.root + url, "", ...parts);
      option.dataset.url = url;
      if (standing) option.dataset.standing = (there ? there.standing : standing).id;
      return option;
    }

    function addSuggestion(suggestion) {
      const option = addOption(catalogue(suggestion), "kb-option--action", say("did-you-mean-option", { word: suggestion }));
      option.dataset.query = suggestion;
      return option;
    }

    function makeParts(answer, text, engine) {
      const parts = answer.suggestion ? [addSuggestion(answer.suggestion)] : [];
      parts.push(...asked.leads(answer).map(({ text: name, url }) => addOption(Kennisbank.root + url, "kb-option--action", name)));
      for (const { type, hits, none } of groupsOf(answer, asked.besides(answer, SESSIONS))) {
        const shown = hits.slice(0, MOST[type] || MOST_OTHERS);
        if (shown.length) parts.push(makeGroup(list.id + "-" + type, titleOf(type, none), shown.map(hit => addHit(hit, engine))));
        else parts.push(addOption(Kennisbank.root + SESSION_LIST, "kb-option--action", none + " " + say("all-" + type)));
      }
      const number = answer.hits.filter(hit => hit.document.type === "intervention").length;
      if (number) parts.push(addOption(catalogue(text), "kb-option--action", say("box-all", { n: number })));
      return parts;
    }

    function show(answer, text, engine) {
      options = [];
      active = -1;
      field.removeAttribute("aria-activedescendant");
      list.replaceChildren(...makeParts(answer, text, engine));
      const option = answer.straight && options.find(one => one.getAttribute("href") === Kennisbank.root + answer.straight.url);
      straight = option ? { text, option } : null;
      const notice = noticeOf(answer, text);
      dom.tell(message, notice);
      care.lastElementChild.textContent = answer.cares.join(" ");
      care.hidden = !answer.cares.length;
      panel.hidden = false;
      list.hidden = options.length === 0;
      field.setAttribute("aria-expanded", String(options.length > 0));
      announce(answer.cares.concat(answer.hits.length ? say("box-results", { n: answer.hits.length }) : notice).join(" "));
    }

    function showFailed() {
      dom.tell(message, say("failed"));
      care.hidden = true;
      list.hidden = true;
      panel.hidden = false;
      announce(say("failed"));
    }

    function announce(text) {
      clearTimeout(announcing);
      announcing = setTimeout(() => { live.textContent = text; }, ANNOUNCE_PAUSE);
    }

    function close() {
      clearTimeout(announcing);
      panel.hidden = true;
      live.textContent = "";
      active = -1;
      field.setAttribute("aria-expanded", "false");
      field.removeAttribute("aria-activedescendant");
    }

    function activate(position) {
      if (options[active]) options[active].setAttribute("aria-selected", "false");
      active = position;
      const option = options[active];
      if (!option) return field.removeAttribute("aria-activedescendant");
      option.setAttribute("aria-selected", "true");
      field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }

    function ask() {
      const text = field.value.trim();
      if (!text) return close();
      Kennisbank.ask(["search/engine"], got => {
        if (field.value.trim() !== text) return;
        if (!got) return showFailed();
        const answer = got.engine.query(text);
        if (answer.empty) close();
        else show(answer, text, got.engine);
      });
    }

    function use(option) {
      if (option.dataset.query) {
        field.value = option.dataset.query;
        field.focus();
        return ask();
      }
      close();
      location.href = option.href;
    }

    // One step past either end is the field itself.
    function walk(step) {
      const round = options.length + 1;
      activate((active + 1 + step + round) % round - 1);
    }

    function escape(event) {
      if (panel.hidden) field.value = "";
      else event.preventDefault();
      close();
    }

    function press(event) {
      if (event.isComposing) return;
      const open = !panel.hidden && options.length > 0;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        if (open) walk(step);
        else ask();
      } else if (event.key === "Enter" && open && active >= 0) {
        event.preventDefault();
        options[active].click(); // a link that is followed brings the choices along (core/address)
      } else if (event.key === "Escape") {
        escape(event);
      }
    }

    function submit(event) {
      close();
      if (!straight || straight.text !== field.value.trim()) return;
      event.preventDefault();
      straight.option.click();
    }

    field.addEventListener("input", ask);
    field.addEventListener("keydown", press);
    form.addEventListener("submit", submit);
    // Keep the focus in the field while the mouse picks an answer.
    panel.addEventListener("mousedown", event => event.preventDefault());
    list.addEventListener("click", event => {
      const option = event.target.closest("[role='option']");
      if (!option || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      use(option);
    });
    form.addEventListener("focusout", event => {
      if (!form.contains(event.relatedTarget)) close();
    });
    // What was typed while this script was on its way.
    if (form.contains(document.activeElement)) ask();
  }

  document.querySelectorAll("[data-kb='search']").forEach(start);
});
