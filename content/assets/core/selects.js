/* A form of drop-down lists of which the choice is the state of the page: #<name>=<value>&… Unknown values are ignored.

   Gives start(form, show, otherwise)   shows what the address asks for, and again at every choice, which is a step in
                                        the history; show({name: value}), "" where nothing is chosen;
                                        otherwise({name: [value]}) -> {name: value}: what is chosen where the address says
                                        nothing of it, by what it does say
         tell(count, shown, total, values)   how much is shown, in the words of the element: data-all or data-some */
"use strict";

Kennisbank.define("core/selects", ["core/address", "core/dom", "core/words"], ({ address, dom, words: { fill } }) => {
  function start(form, show, otherwise) {
    const selects = Array.from(form.querySelectorAll("select"));

    function chosen() {
      return Object.fromEntries(selects.map(select => [select.name, select.value]));
    }

    function read() {
      const parts = address.read();
      const given = otherwise ? otherwise(parts) : {};
      for (const select of selects) {
        const [wanted = ""] = parts.get(select.name) || [given[select.name]];
        select.value = dom.has(select, wanted) ? wanted : "";
      }
      show(chosen());
    }

    function take() {
      address.write(Object.fromEntries(selects.map(select => [select.name, select.value ? [select.value] : []])), "pushState");
      show(chosen());
    }

    form.addEventListener("change", take);
    form.addEventListener("submit", event => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(take)); // behind the reset itself
    address.onChange(read);
    read();
  }

  function tell(count, shown, total, values) {
    count.textContent = fill(shown === total ? count.dataset.all : count.dataset.some, Object.assign({ n: shown, total }, values));
  }

  return { start, tell };
});
