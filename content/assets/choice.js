/* What the scripts that help to choose share: memory in the browser, state in the address, data on demand.
   On every page, before my-pi.js, my-list.js and the scripts of the page itself.

   Kennisbank.store     what the reader asked this browser to keep; without storage it lasts as long as the page
     read(name) / write(name, value) / remove(name)   text; name without the prefix
     works()            false when the browser refuses storage (private mode, policy)
     onChange(name, done)   done() when another tab changed it
   Kennisbank.address   state in the hash, as #name=value,value&…; unknown names are left alone on reading
     read()             Map(name -> [value])
     write(parts, how)  parts: {name: [value]}; how: "pushState" (a step in the history) or "replaceState"
     of(parts)          the same as text, to make a link of
     onChange(done)     done() when another state stands in the address; not for a plain anchor (#aanbod)
   Kennisbank.choice.load(done, facts)   done(data, facts) with choice-data.js and, when asked, choice-facts.js;
                        done(null) when a file could not be read */
(function (scope) {
  "use strict";

  const PREFIX = "kennisbank.";
  const CARRIED = ["pi", "mine"]; // my PI and my list, where the address has to bring them along (my-pi.js, my-list.js)
  const root = new URL("../", document.currentScript.src).href; // of the site; this script lies in assets/

  // ---------------------------------------------------------------- memory

  const memory = new Map();
  let broken = false;

  // Touching localStorage at all throws where it is forbidden, and writing throws where it is full.
  function withStorage(work, otherwise) {
    if (!broken) {
      try {
        return work(scope.localStorage);
      } catch (error) {
        broken = true;
      }
    }
    return otherwise();
  }

  function read(name) {
    return withStorage(storage => storage.getItem(PREFIX + name), () => memory.get(name) ?? null);
  }

  function write(name, value) {
    memory.set(name, value);
    withStorage(storage => storage.setItem(PREFIX + name, value), () => {});
  }

  function remove(name) {
    memory.delete(name);
    withStorage(storage => storage.removeItem(PREFIX + name), () => {});
  }

  function works() {
    read("");
    return !broken;
  }

  function onStoreChange(name, done) {
    // Without a key everything was cleared at once.
    scope.addEventListener("storage", event => { if (event.key === null || event.key === PREFIX + name) done(); });
  }

  // ---------------------------------------------------------------- address

  function decode(text) {
    try {
      return decodeURIComponent(text.replace(/\+/g, " "));
    } catch (error) {
      return text; // a lone % sign that somebody typed
    }
  }

  function readAddress() {
    const parts = new Map();
    for (const part of location.hash.slice(1).split("&")) {
      const at = part.indexOf("=");
      if (at > 0) parts.set(decode(part.slice(0, at)), part.slice(at + 1).split(",").map(decode).filter(Boolean));
    }
    return parts;
  }

  function textOf(parts) {
    return Object.entries(parts)
      .filter(([, values]) => values && values.length)
      .map(([name, values]) => name + "=" + values.map(encodeURIComponent).join(","))
      .join("&");
  }

  function writeAddress(parts, how) {
    const now = readAddress();
    const kept = Object.fromEntries(CARRIED.filter(name => now.has(name) && !(name in parts)).map(name => [name, now.get(name)]));
    const hash = textOf(Object.assign({}, parts, kept));
    if (hash === textOf(Object.fromEntries(now))) return;
    history[how](null, "", location.href.split("#")[0] + (hash ? "#" + hash : ""));
  }

  function onAddressChange(done) {
    scope.addEventListener("hashchange", () => { if (!location.hash || location.hash.includes("=")) done(); });
  }

  // A link to the same choice on another page, such as the table and the catalogue.
  document.addEventListener("click", event => {
    const link = event.target.closest && event.target.closest("a[data-keep='hash']");
    if (link && (!location.hash || location.hash.includes("="))) link.href = link.href.split("#")[0] + location.hash;
  }, true);

  // Where the browser keeps nothing, or keeps it per file on a disk, a link inside the site brings the choices along.
  function carry() {
    const carried = () => Object.fromEntries(CARRIED.map(name => [name, carriers[name] ? carriers[name]() : []]));
    document.addEventListener("click", event => {
      const link = event.target.closest && event.target.closest("a[href]");
      if (!link) return;
      const target = new URL(link.getAttribute("href"), location.href).href; // link.href is no text where the map has links
      if (!target.startsWith(root) || (works() && location.protocol !== "file:")) return;
      const [page, hash = ""] = target.split("#");
      if (hash && !hash.includes("=")) return; // a place on a page; there is no room for more
      const own = hash.split("&").filter(part => part && !CARRIED.includes(part.split("=")[0]));
      const parts = own.concat(textOf(carried()) || []);
      if (parts.length && page.split("?")[0].endsWith(".html")) link.setAttribute("href", page + "#" + parts.join("&"));
    }, true);
  }

  const carriers = {}; // name -> what to carry, set by the script that owns the choice
  carry();

  // ---------------------------------------------------------------- data

  const waiting = new Map(); // file -> callbacks, or true or false when it is known

  function loadFile(file, done) {
    const state = waiting.get(file);
    if (state === true || state === false) return done(state);
    if (state) return void state.push(done);
    waiting.set(file, [done]);
    const finish = ok => {
      const callbacks = waiting.get(file);
      waiting.set(file, ok);
      callbacks.forEach(call => call(ok));
    };
    const script = document.createElement("script");
    script.src = root + "assets/" + file;
    script.onload = () => finish(true);
    script.onerror = () => finish(false);
    document.head.append(script);
  }

  function load(done, facts) {
    const files = ["choice-data.js", "places.js", "here.js"].concat(facts ? ["choice-facts.js"] : []);
    let left = files.length;
    let all = true;
    for (const file of files) {
      loadFile(file, ok => {
        all = all && ok;
        left -= 1;
        if (!left) done(all ? scope.KENNISBANK_CHOICE : null, scope.KENNISBANK_FACTS);
      });
    }
  }

  scope.Kennisbank = scope.Kennisbank || {};
  scope.Kennisbank.store = { read, write, remove, works, onChange: onStoreChange };
  scope.Kennisbank.address = { read: readAddress, write: writeAddress, of: textOf, onChange: onAddressChange, carriers };
  scope.Kennisbank.choice = { load, root };
})(window);
