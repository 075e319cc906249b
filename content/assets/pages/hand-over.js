/* The end of every form for a proposal: who says it and how they know, what is wrong, the result and how to hand it over.

   Gives start(root, common, proposal) -> {sender, fillSender, clear, tellAllSender, tellFaults, tellDraft, showResult, know}
           root             the form, with the parts of proposal.jinja; common, proposal: forms/common, forms/proposal
           sender()         {made_on, from, basis, note} as it is filled in
           fillSender(data) puts that back; clear() empties it, and hides what was found and made
           tellAllSender()  shows what is wrong there, and gives it: [{text, focus}]
           tellFaults(all)  shows these at the end and hides the result; whether there are none
           tellDraft(kept)  says that what somebody filled in before is there, kept: what sender() gave then; or nothing
           showResult(data, {lines, name, code})   data: the proposal; lines: its changes in words; code: for paper, or ""
           know(common)     more can be chosen from now on
         sayProblem(common, problem, label)   an answer of propose/rules in words */
"use strict";

Kennisbank.define("pages/hand-over", [
  "core/copy", "core/dom", "core/words", "mine/pi", "propose/dates", "propose/letter", "propose/rules", "propose/yaml"
], needs => {
  const { copy: { copyText }, dates, dom, letter, pi, rules, words: { fill, say }, yaml } = needs;

  const OWN = "[data-path^='basis.'], [data-path^='from.'], [data-path='note']"; // what is asked here

  /** @returns {string} */
  function sayProblem(common, { code, values }, label) {
    const [message, hint] = common.messages[code];
    const shown = Object.assign({}, values, label ? { field: label } : {});
    return say("told", { message: fill(message, shown), hint: fill(hint, shown) }).trim();
  }

  function today() {
    const now = new Date();
    return dates.month(now) + "-" + String(now.getDate()).padStart(2, "0");
  }

  function start(root, common, proposal) {
    const months = say("months").split(" ");
    const fields = root.elements;
    const find = name => root.querySelector("[data-kb='" + name + "']");
    const faults = find("faults");
    const result = find("result");
    const handed = find("handed");
    let text = "";

    // ---------------------------------------------------------------- who says it

    function basisBox() {
      return Array.from(root.querySelectorAll("input[name='basis']")).find(box => box.checked);
    }

    function isTitled() {
      const box = basisBox();
      return Boolean(box && "titled" in box.dataset);
    }

    function showDocument() {
      find("document").hidden = !isTitled();
    }

    /** @returns {Record<string, any>} */
    function withoutEmpty(parts) {
      return Object.fromEntries(Object.entries(parts).filter(([, value]) => value));
    }

    function sender() {
      const box = basisBox();
      const titled = isTitled();
      return {
        made_on: today(),
        from: withoutEmpty({ role: fields.role.value, institution: fields.from.value }),
        basis: withoutEmpty({
          kind: box ? box.value : "",
          title: titled ? fields.title.value.trim() : "",
          url: titled ? fields.url.value.trim() : "",
          date: dates.read(fields.date.value, months)
        }),
        note: fields.note.value.trim()
      };
    }

    /** @param {Record<string, any>} data */
    function fillSender({ from = {}, basis = {}, note = "" }) {
      for (const box of root.querySelectorAll("input[name='basis']")) box.checked = box.value === basis.kind;
      fields.title.value = basis.title || "";
      fields.url.value = basis.url || "";
      fields.date.value = dates.write(basis.date || dates.month(new Date()), months);
      fields.role.value = dom.has(fields.role, from.role) ? from.role : "";
      fields.from.value = dom.has(fields.from, from.institution) ? from.institution : "";
      fields.note.value = note;
      showDocument();
    }

    /** The faults of this part, by the schema of a proposal and the rules of all texts. */
    function check() {
      const data = Object.assign({ proposal: 1, changes: [{ kind: "offers" }] }, sender());
      if (!data.note) delete data.note;
      const found = rules.judgeAll(proposal, common, data);
      // Asked of everybody, though a file may go without.
      if (!data.basis.date) found.push({ code: "KB101", path: ["basis", "date"], values: { meaning: "", advice: "" } });
      const { date = "" } = data.basis;
      if (dates.isAhead(date, today())) found.push({ code: "KB302", path: ["basis", "date"], values: { date, today: today() } });
      if (isTitled() && !data.basis.title) found.push({ code: "KB702", path: ["basis", "title"], values: { title: basisBox().parentElement.textContent.trim() } });
      return found.map(problem => {
        const element = root.querySelector("[data-path='" + problem.path.join(".") + "']");
        return element && { problem, element, text: problem.code === "KB101" ? say("needed-told") : sayProblem(common, problem) };
      }).filter(Boolean);
    }

    function tellSender(element, all) {
      const mine = all.filter(fault => fault.element === element);
      const told = element.querySelector("[data-kb='told']");
      told.textContent = mine.map(fault => fault.text).join(" ");
      told.hidden = !mine.length;
      for (const control of element.querySelectorAll("input, select, textarea")) {
        if (mine.length) control.setAttribute("aria-invalid", "true");
        else control.removeAttribute("aria-invalid");
      }
    }

    function tellAllSender() {
      const all = check();
      for (const element of root.querySelectorAll(OWN)) tellSender(element, all);
      return all.map(({ element, text: words }) => ({
        text: say("at", { word: element.querySelector("label,legend").firstChild.textContent.trim(), message: words }),
        focus: () => element.querySelector("input, select, textarea").focus()
      }));
    }

    // ---------------------------------------------------------------- what is wrong

    function tellFaults(found) {
      result.hidden = result.hidden || found.length > 0;
      faults.hidden = !found.length;
      faults.querySelector("ul").replaceChildren(...found.map(({ text: words, focus }) => {
        const link = dom.make("a", "", words);
        link.href = "#klaar";
        link.addEventListener("click", event => {
          event.preventDefault();
          focus();
        });
        return dom.make("li", "", link);
      }));
      find("line").textContent = found.length ? say("faults", { n: found.length }) : "";
      if (found.length) faults.focus();
      return !found.length;
    }

    // ---------------------------------------------------------------- the result

    function setLink(name, href) {
      const link = find(name);
      link.hidden = !href;
      if (href) link.href = href;
    }

    /** How somebody knows it, and who says so: on paper nobody looks for that in the text of the file. */
    function sayWho({ basis, from, made_on }) {
      const { label } = common.terms.proposal_basis[basis.kind];
      const how = basis.title ? say("titled", { word: label, title: basis.title }) : label;
      const who = [fields.role, from.institution ? fields.from : null].filter(Boolean).map(select => select.selectedOptions[0].text);
      return [
        say("says-how", { how, date: dates.write(basis.date, months) }),
        say("says-who", { word: who.join(", "), date: dates.write(made_on, months) })
      ];
    }

    function showResult(data, { lines: own, name, code }) {
      text = yaml.write(data);
      const lines = own.concat(sayWho(data), data.note ? say("says-note", { word: data.note }) : []);
      const file = say("file", { word: name });
      const subject = say("subject", { word: lines[0] });
      find("summary").replaceChildren(...lines.map(line => dom.make("li", "", line)));
      result.querySelector("[data-result]").textContent = text;
      const save = find("save");
      save.href = "data:text/yaml;charset=utf-8," + encodeURIComponent(text);
      save.download = file;
      const { mail, url } = root.dataset;
      setLink("mail", letter.mail({ to: mail, subject, body: lines.join("\n"), text, instead: say("mail-long", { file }) }));
      setLink("issue", url && letter.issue({ url, subject, text, instead: say("issue-long") }));
      find("code-part").hidden = !code;
      find("no-code").hidden = Boolean(code);
      find("code").textContent = code;
      handed.textContent = "";
      result.hidden = false;
      find("line").textContent = say("made");
      result.querySelector("h2").focus();
    }

    function clear() {
      fillSender({ from: { institution: pi.id() } });
      tellFaults([]);
      result.hidden = true;
      for (const told of root.querySelectorAll("[data-kb='told']")) told.hidden = true;
    }

    /** Says of what was filled in before, by whom it was kept, that it is there; nothing when there is no such thing. */
    function tellDraft(kept) {
      find("draft").hidden = !kept;
      if (kept) find("draft-line").textContent = say("kept", { date: dates.write(kept.made_on, months) });
    }

    // What was made of other answers is no longer what would be given.
    function drop(event) {
      if (result.hidden || result.contains(event.target)) return;
      result.hidden = true;
      find("line").textContent = say("changed");
    }

    root.addEventListener("input", drop);
    root.addEventListener("change", drop);
    root.addEventListener("change", event => { if (event.target.name === "basis") showDocument(); });
    root.addEventListener("focusout", event => {
      const element = event.target.closest(OWN);
      if (element && dom.isLeft(element, event)) tellSender(element, check());
    });
    root.addEventListener("click", event => {
      const button = event.target.closest("button[data-action]");
      if (!button) return;
      if (button.dataset.action === "print") window.print();
      if (button.dataset.action === "copy") copyText(text, ok => { handed.textContent = say(ok ? "proposal-copied" : "proposal-not-copied"); });
    });
    clear();
    return { sender, fillSender, clear, tellAllSender, tellFaults, tellDraft, showResult, know: known => { common = known; } };
  }

  return { start, sayProblem };
});
