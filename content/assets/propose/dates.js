/* Dates as people in the Netherlands write them, and as the data has them. Pure.

   Gives read(text, months) -> "2026-11-15", "2026-11", "2026", or the text itself where it is no date
         write(date, months) -> "15 november 2026"; what is no date stays as it is
         month(day) -> "2026-11" of a Date
         isAhead(date, today)    whether all of a date as the data has it lies after that day
           months   the twelve names, and behind them in the same order other names
         days.py reads the same; the cases of both are tests/dates.json */
"use strict";

Kennisbank.define("propose/dates", [], () => {
  const SHORTEST = 3; // letters of a month
  const FORMS = [
    /^(?:(?<day>\d{1,2})[ -])?(?<month>\p{L}+)\.?[ -](?<year>\d{4})$/u,
    /^(?:(?<day>\d{1,2})[-/.])?(?<month>\d{1,2})[-/.](?<year>\d{4})$/,
    /^(?<year>\d{4})[-/.](?<month>\d{1,2})(?:[-/.](?<day>\d{1,2}))?$/
  ];
  const two = number => String(number).padStart(2, "0");

  /** The number of a month, or 0. */
  function monthOf(word, months) {
    const name = word.toLowerCase();
    if (/^\d+$/.test(name)) return Number(name);
    return name.length < SHORTEST ? 0 : months.findIndex(one => one.startsWith(name)) % 12 + 1;
  }

  function read(text, months) {
    const clean = text.trim().replace(/\s+/g, " ");
    const { groups } = FORMS.map(form => form.exec(clean)).find(Boolean) || {};
    const month = groups ? monthOf(groups.month, months) : 0;
    return month ? [groups.year, two(month)].concat(groups.day ? two(groups.day) : []).join("-") : clean;
  }

  function write(date, months) {
    const parts = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(date);
    const [, year, month, day] = parts || [];
    const name = months.slice(0, 12)[Number(month) - 1];
    if (!parts || (month && !name)) return date;
    return [day && Number(day), name, year].filter(Boolean).join(" ");
  }

  function isAhead(date, today) {
    return /^\d{4}(-\d{2}(-\d{2})?)?$/.test(date) && date > today.slice(0, date.length);
  }

  function month(day) {
    return day.getFullYear() + "-" + two(day.getMonth() + 1);
  }

  return { read, write, month, isAhead };
});
