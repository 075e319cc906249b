/* Marks words in the text of an element, through text nodes only.

   Gives mark(element, rangesIn)   shows the element's own text, not that of elements in it, with <mark> around what rangesIn(text) -> [[start, end]]
                                   gives; without rangesIn the text is plain again */
"use strict";

Kennisbank.define("core/marks", ["core/dom"], ({ dom }) => {
  const originals = new WeakMap();

  function mark(element, rangesIn) {
    if (!originals.has(element)) originals.set(element, Array.from(element.childNodes));
    const nodes = originals.get(element);
    const parts = nodes.flatMap(node => (node.nodeName === "#text" && rangesIn ? split(node, rangesIn(node.data)) : node));
    if (element.querySelector(":scope > mark") || parts.length > nodes.length || parts.some((part, at) => part !== nodes[at])) element.replaceChildren(...parts);
  }

  // The text of a node with marks; the node itself where nothing is to be marked.
  function split(node, ranges) {
    if (!ranges.length) return node;
    const text = node.data;
    const parts = [];
    let at = 0;
    for (const [start, end] of ranges) {
      if (start > at) parts.push(text.slice(at, start));
      parts.push(dom.make("mark", "", text.slice(start, end)));
      at = end;
    }
    if (at < text.length) parts.push(text.slice(at));
    return parts;
  }

  return { mark };
});
