/* The search box of the header and the home page: a combobox with a list of answers, grouped by kind.
   Pattern: WAI-ARIA APG, "Editable combobox with list autocomplete". Focus stays in the field;
   aria-activedescendant points at the option. Comes with search-load.js, which also sees to Enter. */
(function (scope) {
  "use strict";

  const { mark, say, search } = scope.Kennisbank;
  const MOST = { intervention: 6 };
  const MOST_OTHERS = 3;
  const MOST_GROUPS = 5;
  const ANNOUNCE_PAUSE = 600; // milliseconds without typing before the number of answers is read out

  function start(form) {
    const root = form.dataset.kbRoot || "";
    const field = form.querySelector("[role='combobox']");
    const panel = form.querySelector("[data-kb='search-panel']");
    const message = form.querySelector("[data-kb='search-message']");
    const live = form.querySelector("[data-kb='search-live']");
    const list = form.querySelector("[role='listbox']");
    let options = [];
    let active = -1;
    let announcing = 0;

    const catalogue = text => root + "interventions/index.html#q=" + encodeURIComponent(text);

    // ------------------------------------------------------------ showing

    function makeOption(href, className) {
      const option = document.createElement("a");
      option.id = list.id + "-" + options.length;
      option.className = "kb-option" + (className ? " " + className : "");
      option.href = href;
      option.tabIndex = -1;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      options.push(option);
      return option;
    }

    function makeGroup(type, hits) {
      const group = document.createElement("div");
      const title = document.createElement("div");
      title.id = list.id + "-" + type;
      title.className = "kb-group__title";
      title.setAttribute("role", "presentation");
      title.textContent = say("type-" + type);
      group.setAttribute("role", "group");
      group.setAttribute("aria-labelledby", title.id);
      group.append(title);
      for (const hit of hits) {
        const option = makeOption(root + hit.document.url);
        const name = document.createElement("span");
        name.className = "kb-option__name";
        name.textContent = hit.document.title;
        mark(name, hit.matches);
        option.append(name);
        if (hit.document.tagline) {
          const text = document.createElement("span");
          text.className = "kb-option__text";
          text.textContent = hit.document.tagline;
          mark(text, hit.matches);
          option.append(" ", text);
        }
        group.append(option);
      }
      return group;
    }

    function show(answer, text) {
      options = [];
      active = -1;
      field.removeAttribute("aria-activedescendant");
      const parts = [];
      if (answer.suggestion) {
        const option = makeOption(catalogue(answer.suggestion), "kb-option--action");
        option.textContent = say("did-you-mean-option", { word: answer.suggestion });
        option.dataset.query = answer.suggestion;
        parts.push(option);
      }
      const groups = new Map();
      for (const hit of answer.hits) {
        const { type } = hit.document;
        if (!groups.has(type)) groups.set(type, []);
        groups.get(type).push(hit);
      }
      for (const [type, hits] of Array.from(groups).slice(0, MOST_GROUPS)) {
        parts.push(makeGroup(type, hits.slice(0, MOST[type] || MOST_OTHERS)));
      }
      const interventions = groups.get("intervention") || [];
      if (interventions.length) {
        const option = makeOption(catalogue(text), "kb-option--action");
        option.textContent = say("box-all", { n: interventions.length });
        parts.push(option);
      }
      list.replaceChildren(...parts);
      const none = answer.hits.length === 0;
      const place = answer.places.map(other => other.title).join(", ");
      const notice = none ? say("box-none", { word: text })
        : place && interventions.length ? say(answer.elsewhere ? "place-elsewhere" : "place-here", { word: place }) : "";
      showMessage(notice);
      panel.hidden = false;
      list.hidden = options.length === 0;
      field.setAttribute("aria-expanded", String(options.length > 0));
      announce(none ? notice : say("box-results", { n: answer.hits.length }));
    }

    function showMessage(text) {
      message.textContent = text;
      message.hidden = !text;
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

    // ------------------------------------------------------------ asking

    function ask() {
      const text = field.value.trim();
      if (!text) return close();
      search.load(root, ok => {
        if (field.value.trim() !== text) return;
        if (!ok) {
          showMessage(say("failed"));
          list.hidden = true;
          panel.hidden = false;
          return announce(say("failed"));
        }
        const answer = search.query(text);
        if (answer.empty) return close();
        show(answer, text);
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

    // ------------------------------------------------------------ the reader

    field.addEventListener("input", ask);
    field.addEventListener("keydown", event => {
      if (event.isComposing) return;
      const open = !panel.hidden && options.length > 0;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (!open) return ask();
        // One step past either end is the field itself.
        const step = event.key === "ArrowDown" ? 1 : -1;
        const round = options.length + 1;
        activate((active + 1 + step + round) % round - 1);
      } else if (event.key === "Enter" && open && active >= 0) {
        event.preventDefault();
        use(options[active]);
      } else if (event.key === "Escape") {
        if (panel.hidden) field.value = "";
        else event.preventDefault();
        close();
      }
    });
    form.addEventListener("submit", close);
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
})(window);
