/* Marks words in the text of an element, through text nodes only.

   Gives mark(element, rangesIn)   shows the element's own text with <mark> around what rangesIn(text) -> [[start, end]]
                                   gives; without rangesIn the text is plain again */
"use strict";

Kennisbank.define("core/marks", ["core/dom"], ({ dom }) => {
  const originals = new WeakMap();

  function mark(element, rangesIn) {
    if (!originals.has(element)) originals.set(element, element.textContent);
    const text = originals.get(element);
    const ranges = rangesIn ? rangesIn(text) : [];
    if (!ranges.length) {
      if (element.firstElementChild) element.textContent = text;
      return;
    }
    const parts = [];
    let at = 0;
    for (const [start, end] of ranges) {
      if (start > at) parts.push(text.slice(at, start));
      parts.push(dom.make("mark", "", text.slice(start, end)));
      at = end;
    }
    if (at < text.length) parts.push(text.slice(at));
    element.replaceChildren(...parts);
  }

  return { mark };
});
