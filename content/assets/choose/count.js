/* How many of something a group needs; views/kit.py reckons the same for the page. Pure: no DOM.

   Gives read(text)             "1/3 2/0" -> [{count, people}]: one for three people, two for all
         count(amounts, adds, people) -> number   together, or the largest where it is used again */
"use strict";

Kennisbank.define("choose/count", [], () => {
  function read(text) {
    return text.split(" ").filter(Boolean).map(amount => {
      const [count, people] = amount.split("/").map(Number);
      return { count, people };
    });
  }

  function count(amounts, adds, people) {
    const numbers = amounts.map(one => one.count * (one.people ? Math.ceil(people / one.people) : 1));
    return adds ? numbers.reduce((sum, number) => sum + number, 0) : Math.max(...numbers);
  }

  return { count, read };
});
