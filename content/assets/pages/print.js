/* A page that is there to be printed: its button. Gives nothing; started by [data-kb="print"] (leaflet.md.jinja). */
"use strict";

Kennisbank.define("pages/print", [], () => {
  document.querySelector("[data-kb='print'] [data-action='print']").addEventListener("click", () => window.print());
});
