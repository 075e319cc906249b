/* How a thing stands, as an element: its sign and its words, as parts.jinja prints it.

   Gives show({id, symbol, words}) -> span */
"use strict";

Kennisbank.define("core/standing", ["core/dom"], ({ dom }) => {
  function show({ id, symbol, words }) {
    const sign = dom.make("span", "kb-symbol", symbol);
    sign.setAttribute("aria-hidden", "true");
    const made = dom.make("span", "kb-standing", sign, " ", words);
    made.dataset.standing = id;
    return made;
  }

  return { show };
});
