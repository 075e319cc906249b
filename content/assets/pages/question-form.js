/* Questions for the fields of a record, made of the patterns of proposal.jinja and the schema of forms.py.

   Gives copy(name)   a pattern of proposal.jinja
         months       the names of the months
         bring(root, names, done)   the data in files of those names, or the form tells that they cannot be read
         make(common, learn) -> {ask, of}             learn({names}): what records of a kind are called, when it came
         ask(node, {label, id, needed}) -> question   an element that asks for a value with that schema
         of(control)                                  the question that a control belongs to, or undefined
           question  {element, label, node, read(), fill(value, isOriginal), at(path), tell(text), focus()}
                     read() gives undefined for what is empty, and what it was filled with while nobody changed it */
"use strict";

Kennisbank.define("pages/question-form", ["core/words", "propose/dates", "propose/judge"], ({ words: { say }, dates, judge: { same } }) => {
  const MOST_RADIOS = 10; // more choices than this are a list to open
  const LONG = 120;       // more signs than this ask for more than one line

  const patterns = document.querySelector("template[data-kb='patterns']").content;
  const copy = name => patterns.querySelector("[data-pattern='" + name + "']").cloneNode(true);
  const months = say("months").split(" ");

  function bring(root, names, done) {
    Kennisbank.ask(names, got => {
      if (got) done(...names.map(name => Kennisbank.modules.get(name)));
      else root.querySelector("[data-kb='failed']").textContent = say("no-data");
    });
  }

  function make(common, learn) {
    const owners = new WeakMap();

    function choicesOf(node) {
      const terms = (node.vocabulary && common.terms[node.vocabulary]) || {};
      return (node.enum || Object.keys(terms)).map(id => [id, (terms[id] || { label: id }).label]);
    }

    function isChoice(node) {
      return Boolean(node.vocabulary || node.enum || node.refers);
    }

    /** What all questions share: label, help, and room for what is wrong.
        @returns {any} */
    function frame(name, node, { label, id, needed, hint }) {
      const element = copy(name);
      const head = element.querySelector("label,legend");
      const help = element.querySelector("[data-kb='hint']");
      const told = element.querySelector("[data-kb='told']");
      head.textContent = needed ? say("needed", { word: label }) : label;
      help.textContent = hint || node.description || "";
      help.hidden = !help.textContent;
      help.id = id + "-hint";
      told.id = id + "-told";
      element.dataset.path = id;
      const controls = [];
      const question = {
        element, label, node,
        tell(text) {
          told.textContent = text;
          told.hidden = !text;
          for (const control of controls) {
            if (text) control.setAttribute("aria-invalid", "true");
            else control.removeAttribute("aria-invalid");
          }
        },
        focus: () => (controls[0] || element.querySelector("input, select, textarea, button")).focus(),
        at: () => question,
        own(control) {
          controls.push(control);
          owners.set(control, question);
          control.setAttribute("aria-describedby", help.id + " " + told.id);
        },
        head, inside: element.querySelector("[data-kb='inside']")
      };
      return question;
    }

    // ---------------------------------------------------------------- one value

    function show(node, value) {
      if (node.shape !== "date") return String(value);
      return value === "unknown" ? say("unknown-date") : dates.write(String(value), months);
    }

    function understand(node, text) {
      if (node.shape === "date") return text === say("unknown-date") ? "unknown" : dates.read(text, months);
      if (isNumber(node) && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
      return text;
    }

    function isNumber(node) {
      return node.type === "integer" || node.type === "number";
    }

    function patternOf(node) {
      if (isChoice(node)) return "choice";
      if (node.type === "boolean") return "flag";
      if (isNumber(node) || node.shape === "date") return "short";
      return node.shape === "url" || node.pattern || node.maxLength <= LONG ? "line" : "long";
    }

    function nameOf({ refers }, id) {
      return ((refers && common.names[refers]) || {})[id] || id;
    }

    /** A record names sixty sources, each out of two hundred: what can be chosen comes when the reader goes there. */
    function offerLate({ element }, control, kind, offer) {
      const events = ["pointerover", "focusin"];
      const bringNames = () => {
        events.forEach(event => element.removeEventListener(event, bringNames));
        const file = "names/" + kind;
        Kennisbank.ask([file], got => {
          if (!got) return;
          learn({ names: { [kind]: Kennisbank.modules.get(file) } });
          const { value } = control;
          offer(Object.entries(Kennisbank.modules.get(file)));
          control.value = value;
        });
      };
      events.forEach(event => element.addEventListener(event, bringNames));
    }

    function askValue(node, options) {
      const name = patternOf(node);
      const hint = node.shape === "date" ? say("date-hint", { word: node.description }) : "";
      const question = frame(name, node, Object.assign({ hint }, options));
      const control = question.element.querySelector("input, select, textarea");
      control.id = options.id;
      question.head.htmlFor = control.id;
      question.own(control);
      const find = id => Array.from(control.options).find(option => option.value === id);
      const offer = choices => {
        for (const [id, label] of choices) control.append(find(id) || new Option(label, id));
      };
      if (name === "choice" && node.refers) offerLate(question, control, node.refers, offer);
      else if (name === "choice") offer(choicesOf(node));
      if (isNumber(node)) control.inputMode = "decimal";
      let original;
      let shown = "";
      question.fill = (value, isOriginal) => {
        const text = value === undefined ? "" : show(node, value);
        // A choice that is not in the list any more stays what it was.
        if (name === "choice" && text && !find(text)) control.append(new Option(nameOf(node, text), text));
        control.value = text;
        if (isOriginal) [original, shown] = [value, control.value];
      };
      question.read = () => {
        if (control.value === shown) return original;
        const text = control.value.trim();
        if (!text) return undefined;
        return name === "flag" ? text === "true" : understand(node, text);
      };
      return question;
    }

    /** Boxes to tick for some of a list, or for one of it. */
    function askBoxes(node, options, isOne) {
      const question = frame("boxes", node, options);
      const choices = choicesOf(isOne ? node : node.items);
      const boxes = choices.map(([id, label]) => {
        const box = copy(isOne ? "radio" : "box");
        const input = box.querySelector("input");
        input.name = options.id;
        input.value = id;
        box.querySelector("span").textContent = label;
        question.inside.append(box);
        question.own(input);
        return input;
      });
      boxes[0].id = options.id;
      let original;
      question.fill = (value, isOriginal) => {
        const chosen = value === undefined ? [] : [].concat(value);
        for (const box of boxes) box.checked = chosen.includes(box.value);
        if (isOriginal) original = value;
      };
      question.read = () => {
        const chosen = boxes.filter(box => box.checked).map(box => box.value);
        if (isOne) return chosen[0] === undefined ? undefined : chosen[0];
        const before = (original || []).filter(id => chosen.includes(id));
        const all = before.concat(chosen.filter(id => !before.includes(id)));
        return all.length ? all : undefined;
      };
      return question;
    }

    // ---------------------------------------------------------------- values in a value

    function askGroup(node, options) {
      const question = frame("group", node, options);
      const inner = Object.entries(node.properties).map(([name, part]) => {
        const needed = node.required.includes(name);
        const one = ask(part, { label: part.label || name, id: options.id + "-" + name, needed });
        question.inside.append(one.element);
        return [name, one];
      });
      question.fill = (value, isOriginal) => inner.forEach(([name, one]) => one.fill((value || {})[name], isOriginal));
      question.read = () => {
        const found = inner.map(([name, one]) => [name, one.read()]).filter(([, value]) => value !== undefined);
        return found.length ? Object.fromEntries(found) : undefined;
      };
      question.at = path => {
        const [, one] = inner.find(([name]) => name === path[0]) || [];
        return one ? one.at(path.slice(1)) : question;
      };
      return question;
    }

    function askList(node, options) {
      const question = frame("list", node, options);
      const add = question.element.querySelector("[data-action='add']");
      let items = [];
      let count = 0;
      let original;
      add.querySelector("span").textContent = " " + say("to", { word: options.label });

      function append() {
        count += 1;
        const element = copy("item");
        const take = element.querySelector("[data-action='take']");
        const one = ask(node.items, { label: say("item", { word: options.label, n: count }), id: options.id + "-" + count, needed: false });
        take.querySelector("span").textContent = " " + say("from", { word: options.label });
        element.prepend(one.element);
        question.inside.append(element);
        const item = { element, one };
        items.push(item);
        take.addEventListener("click", () => {
          items = items.filter(other => other !== item);
          element.remove();
          add.focus();
          add.dispatchEvent(new Event("input", { bubbles: true }));
        });
        return one;
      }

      add.addEventListener("click", () => append().focus());
      owners.set(add, question);
      question.fill = (value, isOriginal) => {
        items.forEach(item => item.element.remove());
        items = [];
        for (const item of value || []) append().fill(item, isOriginal);
        if (isOriginal) original = value;
      };
      question.read = () => {
        const found = items.map(({ one }) => one.read()).filter(item => item !== undefined);
        if (original && same(original, found)) return original;
        return found.length ? found : undefined;
      };
      question.at = path => {
        // The number in an answer is that among the items that hold something.
        const full = items.filter(({ one }) => one.read() !== undefined);
        return full[path[0]] ? full[path[0]].one.at(path.slice(1)) : question;
      };
      return question;
    }

    function ask(node, options) {
      if (node.type === "array") return node.items.vocabulary ? askBoxes(node, options, false) : askList(node, options);
      if (node.properties) return askGroup(node, options);
      const isShort = isChoice(node) && !node.refers && choicesOf(node).length <= MOST_RADIOS;
      return isShort && options.needed ? askBoxes(node, options, true) : askValue(node, options);
    }

    return { ask, of: control => owners.get(control) };
  }

  return { make, copy, months, bring };
});
