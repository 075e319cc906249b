/* The choice above the map: shows where one intervention is. State in the hash: #intervention=<id>. */
(function () {
  "use strict";

  const form = document.querySelector('[data-kb="map-filter"]');
  if (!form) return;
  const select = form.querySelector("select");
  const count = form.querySelector('[data-kb="map-count"]');
  const dots = [...document.querySelectorAll(".kb-dot")];
  function show() {
    const chosen = select.value;
    let n = 0;
    for (const dot of dots) {
      const here = !chosen || dot.dataset.offers.split(" ").includes(chosen);
      dot.classList.toggle("kb-dot--off", !here);
      n += here ? 1 : 0;
    }
    const words = chosen ? count.dataset.some : count.dataset.all;
    const name = chosen ? select.selectedOptions[0].textContent : "";
    count.textContent = words.replace("{n}", n).replace("{total}", dots.length).replace("{word}", name);
  }

  function read() {
    const wanted = new URLSearchParams(window.location.hash.slice(1)).get("intervention") || "";
    select.value = [...select.options].some(option => option.value === wanted) ? wanted : "";
    show();
  }

  form.addEventListener("submit", event => event.preventDefault());
  select.addEventListener("change", () => {
    const hash = select.value ? "#intervention=" + encodeURIComponent(select.value) : window.location.pathname;
    window.history.pushState(null, "", hash);
    show();
  });
  window.addEventListener("hashchange", read);
  window.addEventListener("popstate", read);
  read();
})();
