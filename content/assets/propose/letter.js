/* A proposal as an address that opens a mail or an issue with it; never longer than what reads it takes.

   Gives mail({to, subject, body, text, instead}) -> address   with the text of the proposal, or with `instead` in its
                                                place where that is too long; the body is cut where even that is
         issue({url, subject, text, instead}) -> address        the same for the code host */
"use strict";

Kennisbank.define("propose/letter", [], () => {
  const MOST_IN_ISSUE = 8191;   // bytes that the code host takes (github/docs#4537)
  const MOST_IN_MAIL = 1900;    // Outlook and Windows cut an address at about 2,000
  const MOST_IN_SUBJECT = 100;  // letters; what is longer nobody reads in a list of mails

  function cut(text, most) {
    const letters = Array.from(text); // never half of a sign
    return letters.length > most ? letters.slice(0, most - 1).join("") + "…" : text;
  }

  // The longest beginning of the text with which the address still fits.
  function fit(address, text, most) {
    let [fits, over] = [0, Array.from(text).length + 1];
    while (over - fits > 1) {
      const middle = Math.floor((fits + over) / 2);
      if (address(cut(text, middle)).length <= most) fits = middle;
      else over = middle;
    }
    return address(cut(text, fits));
  }

  function addressOf(start, names, subject) {
    const [first, second] = names;
    const head = start + (start.includes("?") ? "&" : "?") + first + "=" + encodeURIComponent(cut(subject, MOST_IN_SUBJECT));
    return words => head + "&" + second + "=" + encodeURIComponent(words);
  }

  function mail({ to, subject, body, text, instead }) {
    const address = addressOf("mailto:" + to, ["subject", "body"], subject);
    const whole = address(body + "\n\n" + text);
    return whole.length <= MOST_IN_MAIL ? whole : fit(words => address(words + "\n\n" + instead), body, MOST_IN_MAIL);
  }

  function issue({ url, subject, text, instead }) {
    const address = addressOf(url, ["title", "body"], subject);
    const whole = address("```yaml\n" + text + "```\n");
    return whole.length <= MOST_IN_ISSUE ? whole : address(instead);
  }

  return { mail, issue };
});
