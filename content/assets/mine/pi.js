/* My PI: the reader names an institution once. Kept in this browser as kennisbank.my-pi; #pi=<id> in the address sets
   it as well. Unknown ids are ignored.

   Gives id()               the id of my PI, or ""
         institution()      its record, or undefined while the data is not there
         former()           the record of what an address from somebody else replaced, or undefined
         set(id, done)      done(record) when it is set
         clear(), undo()    undo: back to the former one
         withData(work)     work(data) with choice-data.js; without a choice nothing is loaded before this
         onChange(done)     done() when it changed, here or in another tab, and when its record is there
         onFail(done)       done() when the data could not be read */
"use strict";

Kennisbank.define("mine/pi", ["core/store", "core/address"], ({ store, address }) => {
  const NAME = "my-pi";

  const listeners = [];
  const failures = [];
  let current = store.read(NAME) || "";
  let before = null; // what an address from somebody else replaced
  let known = null;  // records by id, once the data is there

  function recordOf(id) {
    return known ? known.institutions.get(id) : undefined;
  }

  function withData(work) {
    Kennisbank.ask(["choice-data", "core/data"], got => {
      if (!got) return failures.forEach(done => done());
      known = got.data.of(got.choiceData);
      work(got.choiceData);
    });
  }

  function tell() {
    const paint = () => listeners.forEach(done => done());
    if (current && !known) withData(paint);
    else paint();
  }

  function change(id, former) {
    current = id;
    before = former;
    if (id) store.write(NAME, id);
    else store.remove(NAME);
    tell();
  }

  function set(id, done) {
    withData(() => {
      if (!recordOf(id)) return;
      change(id, null);
      done(recordOf(id));
    });
  }

  function clear() {
    address.drop("pi");
    change("", null);
  }

  function takeAddress() {
    const [wanted] = address.ids("pi");
    if (!wanted) return;
    withData(() => {
      if (recordOf(wanted) && wanted !== current) change(wanted, current || null);
      // Where the browser keeps the choice, the address need not: it would be in the way when the reader changes it.
      if (store.works()) address.drop("pi");
    });
  }

  function takeStore() {
    current = store.read(NAME) || "";
    before = null;
    tell();
  }

  store.onChange(NAME, takeStore);
  address.onChange(takeAddress);
  address.carry("pi", () => current ? [current] : []);
  // A page that the browser kept in its cache may be older than the choice.
  window.addEventListener("pageshow", event => { if (event.persisted && store.works()) takeStore(); });
  takeAddress();
  tell();

  return {
    id: () => current,
    institution: () => recordOf(current),
    former: () => before === null ? undefined : recordOf(before),
    set,
    clear,
    undo: () => change(before, null),
    withData,
    onChange: done => listeners.push(done),
    onFail: done => failures.push(done)
  };
});
