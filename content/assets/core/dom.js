/* Elements: making them, and what several pages ask of them.

   Gives make(name, className, ...content)   an element with texts and elements in it; className may be ""
         button(className, text, action)     a button that does that
         link(record)                        a link with the name of a record of choice-data.js, to its page
         has(select, value)                  whether that can be chosen, and is not empty
         tell(element, text)                 shows a text in it, or hides it when there is none
         isLeft(element, event)              whether a focusout leaves it: who goes on inside has not left it, and a
                                             button that is pressed has to stay under the finger */
"use strict";

Kennisbank.define("core/dom", [], () => {
  function make(name, className, ...content) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...content);
    return made;
  }

  function button(className, text, action) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = className;
    made.textContent = text;
    made.addEventListener("click", action);
    return made;
  }

  function link({ name, url }) {
    const made = document.createElement("a");
    made.href = Kennisbank.root + url;
    made.textContent = name;
    return made;
  }

  function has(select, value) {
    return Array.from(select.options).some(option => option.value && option.value === value);
  }

  function tell(element, text) {
    if (element.textContent !== text) element.textContent = text;
    element.hidden = !text;
  }

  function isLeft(element, { relatedTarget: next }) {
    return !element.contains(next) && !(next && next.matches("button"));
  }

  return { make, button, link, has, tell, isLeft };
});
