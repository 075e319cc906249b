/* Dates as people in the Netherlands write them, and as the data has them. Pure.

   Gives read(text, months) -> "2026-11-15", "2026-11", "2026", or the text itself where it is no date
         write(date, months) -> "15 november 2026"; what is no date stays as it is
         month(day) -> "2026-11" of a Date
         isAhead(date, today)    whether all of a date as the data has it lies after that day
           months   the twelve names */
"use strict";

Kennisbank.define("propose/dates", [], () => {
  const two = number => String(number).padStart(2, "0");

  function monthOf(word, months) {
    const short = word.toLowerCase().replace(/\.$/, "");
    const at = months.findIndex(name => name === short || (short.length >= 3 && name.startsWith(short)));
    return at < 0 ? word : two(at + 1);
  }

  function read(text, months) {
    const clean = text.trim().replace(/\s+/g, " ");
    const words = /^(?:(\d{1,2}) )?([a-z]+\.?) (\d{4})$/i.exec(clean);
    if (words) {
      const [, day, name, year] = words;
      const month = monthOf(name, months);
      return /^\d\d$/.test(month) ? [year, month].concat(day ? two(day) : []).join("-") : clean;
    }
    const numbers = /^(?:(\d{1,2})[-/.])?(\d{1,2})[-/.](\d{4})$/.exec(clean);
    if (numbers) {
      const [, day, month, year] = numbers;
      return [year, two(month)].concat(day ? two(day) : []).join("-");
    }
    return clean;
  }

  function write(date, months) {
    const parts = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(date);
    if (!parts || (parts[2] && !months[Number(parts[2]) - 1])) return date;
    const [, year, month, day] = parts;
    return [day && Number(day), month && months[Number(month) - 1], year].filter(Boolean).join(" ");
  }

  function isAhead(date, today) {
    return /^\d{4}(-\d{2}(-\d{2})?)?$/.test(date) && date > today.slice(0, date.length);
  }

  function month(day) {
    return day.getFullYear() + "-" + two(day.getMonth() + 1);
  }

  return { read, write, month, isAhead };
});
