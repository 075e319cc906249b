/* The state of a page in its address, behind the hash: #name=value,value&… Unknown names are left alone on reading.

   Gives read()               Map(name -> [value])
         ids(name)            the values of a name that have the form of an id, each once; nothing else is ever shown
         isId(text)
         write(parts, how)    parts: {name: [value]}; how: "pushState" (a step in the history) or "replaceState"
         drop(name)           takes one name out of the address, without a step
         of(parts)            the same as text, to make a link of
         onChange(done)       done() when another state stands in the address; not for a plain anchor (#aanbod)
         carry(name, values)  a choice that every address keeps, and that links bring along where the browser keeps
                              nothing; values() -> [value] */
"use strict";

Kennisbank.define("core/address", ["core/store"], ({ store }) => {
  const ID = /^[a-z0-9][a-z0-9-]{0,59}$/;
  const carried = new Map(); // name -> what to carry

  function decode(text) {
    try {
      return decodeURIComponent(text.replace(/\+/g, " "));
    } catch {
      return text; // a lone % sign that somebody typed
    }
  }

  function read() {
    const parts = new Map();
    for (const part of location.hash.slice(1).split("&")) {
      const at = part.indexOf("=");
      if (at > 0) parts.set(decode(part.slice(0, at)), part.slice(at + 1).split(",").map(decode).filter(Boolean));
    }
    return parts;
  }

  function isId(text) {
    return ID.test(text);
  }

  function ids(name) {
    return Array.from(new Set((read().get(name) || []).filter(isId)));
  }

  function of(parts) {
    return Object.entries(parts)
      .filter(([, values]) => values && values.length)
      .map(([name, values]) => name + "=" + values.map(encodeURIComponent).join(","))
      .join("&");
  }

  function write(parts, how) {
    const now = read();
    const names = Array.from(carried.keys()).filter(name => now.has(name) && !(name in parts));
    const hash = of(Object.assign({}, parts, Object.fromEntries(names.map(name => [name, now.get(name)]))));
    if (hash === of(Object.fromEntries(now))) return;
    history[how](null, "", location.href.split("#")[0] + (hash ? "#" + hash : ""));
  }

  function drop(name) {
    const parts = read();
    if (parts.has(name)) write(Object.assign(Object.fromEntries(parts), { [name]: [] }), "replaceState");
  }

  function isState(hash) {
    return !hash || hash.includes("=");
  }

  function onChange(done) {
    window.addEventListener("hashchange", () => { if (isState(location.hash)) done(); });
  }

  // A link to the same choice on another page, such as the table and the catalogue.
  function keepState(event) {
    const link = event.target.closest && event.target.closest("a[data-keep='hash']");
    if (link && isState(location.hash)) link.href = link.href.split("#")[0] + location.hash;
  }

  // Where the browser keeps nothing, or keeps it per file on a disk, a link inside the site brings the choices along.
  function bringAlong(event) {
    const link = event.target.closest && event.target.closest("a[href]");
    if (!link) return;
    const target = new URL(link.getAttribute("href"), location.href).href; // link.href is no text where the map has links
    if (!target.startsWith(Kennisbank.root) || (store.works() && location.protocol !== "file:")) return;
    const [page, hash = ""] = target.split("#");
    if (!isState(hash)) return; // a place on a page; there is no room for more
    const own = hash.split("&").filter(part => part && !carried.has(part.split("=")[0]));
    const parts = own.concat(of(Object.fromEntries(Array.from(carried, ([name, values]) => [name, values()]))) || []);
    if (parts.length && page.split("?")[0].endsWith(".html")) link.setAttribute("href", page + "#" + parts.join("&"));
  }

  document.addEventListener("click", keepState, true);
  document.addEventListener("click", bringAlong, true);

  return { read, ids, isId, write, drop, of, onChange, carry: (name, values) => carried.set(name, values) };
});
