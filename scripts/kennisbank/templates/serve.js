/* Reloads a page of the preview when there is a newer one; the preview serves this file, the site does not hold it. */
(function (version) {
  "use strict";
  var request = null, timer = null;
  function wait() {
    stop();
    request = new XMLHttpRequest();
    request.onload = function () {
      if (this.status === 200 && this.responseText !== version) location.reload();
      else timer = setTimeout(wait, this.status === 200 ? 0 : 300);
    };
    request.onerror = function () { timer = setTimeout(wait, 300); };
    request.open("GET", "/_serve/wait?" + version);
    request.send();
  }
  function stop() {
    clearTimeout(timer);
    if (request) request.abort();
  }
  // A browser has few connections to one host: pages out of sight keep none.
  function look() {
    if (document.visibilityState === "visible") wait(); else stop();
  }
  document.addEventListener("visibilitychange", look);
  addEventListener("load", look);
  addEventListener("pagehide", stop);
})(document.currentScript.dataset.version);
