/* What a trainer has (for whom, time, group, room) becomes the state of the list of plans, in the link that leads there.
   The pages of an institution and the guide share it; the form is in session.jinja.

   Gives open() -> lead   and lead() puts in the link what the form says now */
"use strict";

Kennisbank.define("pages/session-question", ["core/address"], ({ address }) => {
  function open() {
    const form = document.querySelector("[data-kb='ask-sessions']");
    const link = form.querySelector("a");
    const [list] = link.getAttribute("href").split("#");

    function lead() {
      const parts = {};
      for (const field of form.querySelectorAll("select, [type='hidden'], :checked")) {
        if (!field.name || !field.value) continue; // an option is checked too
        parts[field.name] = (parts[field.name] || []).concat(field.value.split(","));
      }
      const state = address.of(parts);
      link.setAttribute("href", state ? list + "#" + state : list);
    }

    form.addEventListener("change", lead);
    lead();
    return lead;
  }

  return { open };
});
