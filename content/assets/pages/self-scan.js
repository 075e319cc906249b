/* The self-scan on the screen: keeps what is written in this browser, tells how much that is, and prints it.
   Nothing is sent. The button of the privacy page wipes it with the rest.
   Gives nothing; started by [data-kb="self-scan"] (self_scan.md.jinja). */
"use strict";

Kennisbank.define("pages/self-scan", ["core/store", "core/words"], ({ store, words: { fill: fillIn } }) => {
  const KEPT = "self-scan";
  const PAUSE = 300; // milliseconds before what is typed is kept

  const form = document.querySelector("[data-kb='self-scan']");
  const line = form.querySelector("[data-kb='scan-line']");
  const undo = form.querySelector("[data-action='undo-scan']");
  const texts = Array.from(form.querySelectorAll("textarea"));
  const boxes = Array.from(form.querySelectorAll("input[type='radio']"));
  const total = texts.length + new Set(boxes.map(box => box.name)).size;
  let waiting = 0;
  let cleared = null; // what clearing threw away, to bring it back

  function answers() {
    const written = texts.filter(text => text.value.trim()).map(text => [text.name, text.value]);
    return Object.fromEntries(written.concat(boxes.filter(box => box.checked).map(box => [box.name, box.value])));
  }

  // Paper cannot scroll: a box is as high as what stands in it.
  function grow(text) {
    text.style.height = "auto";
    if (text.value) text.style.height = text.scrollHeight + 2 + "px";
  }

  function fill(given) {
    for (const text of texts) {
      text.value = typeof given[text.name] === "string" ? given[text.name] : "";
      grow(text);
    }
    for (const box of boxes) box.checked = given[box.name] === box.value;
    tell();
  }

  function tell() {
    const number = Object.keys(answers()).length;
    const words = number ? line.dataset.some : line.dataset.none;
    line.textContent = fillIn(words, { n: number, total }) + (store.works() ? "" : " " + line.dataset.failed);
  }

  function keep() {
    clearTimeout(waiting);
    waiting = 0;
    const given = answers();
    if (Object.keys(given).length) store.writeObject(KEPT, given);
    else store.remove(KEPT);
    undo.hidden = true;
    tell();
  }

  form.addEventListener("input", event => {
    if (event.target.matches("textarea")) grow(event.target);
    clearTimeout(waiting);
    waiting = setTimeout(keep, PAUSE);
  });
  form.addEventListener("change", keep);
  window.addEventListener("pagehide", () => { if (waiting) keep(); });
  window.addEventListener("beforeprint", () => texts.forEach(grow));
  form.addEventListener("submit", event => event.preventDefault());
  form.querySelector("[data-action='print']").addEventListener("click", () => window.print());
  form.querySelector("[data-action='clear-scan']").addEventListener("click", () => {
    cleared = answers();
    fill({});
    keep();
    undo.hidden = Object.keys(cleared).length === 0;
    if (!undo.hidden) undo.focus();
  });
  undo.addEventListener("click", () => {
    fill(cleared);
    keep();
    line.focus();
  });
  store.onChange(KEPT, () => fill(store.readObject(KEPT)));

  // A reader may have been quicker than the script.
  fill(Object.assign(store.readObject(KEPT), answers()));
});
