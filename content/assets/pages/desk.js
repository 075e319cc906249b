/* The desk of my PI on the home page: what runs there, whom to ask, the card to hang up, a transfer from there.
   Gives nothing; started by [data-kb="desk"], whose links say in data-to where they lead, with {id} for my PI. */
"use strict";

Kennisbank.define("pages/desk", ["mine/pi"], ({ pi }) => {
  const desk = document.querySelector("[data-kb='desk']");
  const name = desk.querySelector("[data-kb='desk-name']");

  function show() {
    const institution = pi.institution();
    desk.hidden = !institution;
    if (!institution) return;
    name.textContent = institution.name;
    for (const link of desk.querySelectorAll("a[data-to]")) {
      link.setAttribute("href", Kennisbank.root + link.getAttribute("data-to").replace("{id}", institution.id));
    }
  }

  pi.onChange(show);
  show();
});
