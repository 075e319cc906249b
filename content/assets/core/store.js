/* What the reader asked this browser to keep; without storage it lasts as long as the page.

   Gives read(name), write(name, value), remove(name)   text; name without the prefix
         readObject(name)       what was kept with writeObject; an empty one when that is nothing, or not ours
         writeObject(name, value)
         clear()                throws away all of ours, and nothing of others at the same address
         works()                false when the browser refuses storage (private mode, policy)
         onChange(name, done)   done() when another tab changed it */
"use strict";

Kennisbank.define("core/store", [], () => {
  const PREFIX = "kennisbank.";

  const memory = new Map();
  let broken = false;

  // Touching localStorage at all throws where it is forbidden, and writing throws where it is full.
  function withStorage(work, otherwise) {
    if (!broken) {
      try {
        return work(window.localStorage);
      } catch {
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

  function readObject(name) {
    try {
      return JSON.parse(read(name)) || {};
    } catch {
      return {}; // somebody else's value under our name
    }
  }

  function writeObject(name, value) {
    write(name, JSON.stringify(value));
  }

  function remove(name) {
    memory.delete(name);
    withStorage(storage => storage.removeItem(PREFIX + name), () => {});
  }

  function clear() {
    memory.clear();
    withStorage(storage => {
      for (const key of Object.keys(storage)) if (key.startsWith(PREFIX)) storage.removeItem(key);
    }, () => {});
  }

  function works() {
    read("");
    return !broken;
  }

  function onChange(name, done) {
    // Without a key everything was cleared at once.
    window.addEventListener("storage", event => { if (event.key === null || event.key === PREFIX + name) done(); });
  }

  return { read, write, readObject, writeObject, remove, clear, works, onChange };
});
