/* Puts a text on the clipboard, with or without permission, and from a file too.

   Gives copy(field, done)   copies what stands in a text field; done(whether it worked)
         copyText(text, done)   the same for a text that stands nowhere */
"use strict";

Kennisbank.define("core/copy", [], () => {
  function copy(field, done) {
    field.select();
    let ok = false;
    try {
      ok = document.execCommand("copy"); // the old way works without permission, and from a file
    } catch {
      ok = false;
    }
    if (ok || !navigator.clipboard) return done(ok);
    navigator.clipboard.writeText(field.value).then(() => done(true), () => done(false));
  }

  function copyText(text, done) {
    const field = document.createElement("textarea");
    const before = /** @type {HTMLElement} */ (document.activeElement);
    field.className = "kb-unseen";
    field.value = text;
    document.body.append(field);
    copy(field, done);
    field.remove();
    if (before) before.focus();
  }

  return { copy, copyText };
});
