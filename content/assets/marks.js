/* Marks the words of a text that answered a query, through text nodes only.

   Kennisbank.mark(element, matches)   shows the element's own text with <mark> around the matched words;
                                       without matches the text is plain again */
(function (scope) {
  "use strict";

  const originals = new WeakMap();

  function mark(element, matches) {
    if (!originals.has(element)) originals.set(element, element.textContent);
    const text = originals.get(element);
    const ranges = matches ? scope.Kennisbank.search.ranges(text, matches) : [];
    if (!ranges.length) {
      if (element.firstElementChild) element.textContent = text;
      return;
    }
    const parts = [];
    let at = 0;
    for (const [start, end] of ranges) {
      if (start > at) parts.push(text.slice(at, start));
      const marked = document.createElement("mark");
      marked.textContent = text.slice(start, end);
      parts.push(marked);
      at = end;
    }
    if (at < text.length) parts.push(text.slice(at));
    element.replaceChildren(...parts);
  }

  scope.Kennisbank = scope.Kennisbank || {};
  scope.Kennisbank.mark = mark;
})(window);
