/* Dutch for the search: how a text becomes words, and which words are forms of one word.
   Pure: no DOM, no data of ours.

   Gives fold(text)          as search/letters has it
         tokens(text)        [{term, start, end}]: folded words with their place in the text
         terms(text)         only the folded words
         stem(term)          form shared by the inflections of a word: vaders, vader -> vader
         root(term)          form shared by its derivations too: opvoeding, opvoeder -> opvoed
         sound(term)         form shared by words that sound alike: lijden, leiden
         distance(a, b)      typing steps between two words; two swapped letters are one step
         isIrregular(term)   true for a form that no rule reaches: kinderen, las
         isNumber(term)      true for a number in words or figures
         numberOf(term)      the number itself, or null
         isStop(term)        true for words that carry no subject: welke, voor, is */
"use strict";

Kennisbank.define("search/dutch", ["search/letters", "vendor/minisearch-nl"], ({ letters: { fold }, minisearchNl: vendor }) => {
  // Words that ask or connect. Dropped from a query unless nothing else is left.
  const STOP = new Set((
    "de het een der den des ten ter dit dat deze die dezer er hier daar " +
    "in op aan van voor met tegen om te tot bij naar uit door over onder tussen tijdens na via vanuit " +
    "en of maar dan als want omdat dus toch ook nog al wel niet geen zo zoals heel erg " +
    "ik je jij jou jouw u uw hij zij ze wij we jullie mij me mijn haar hun hen ons onze zich " +
    "is ben bent zijn was waren wordt worden werd heeft hebben heb hebt had " +
    "kan kun kunt kunnen mag mogen moet moeten wil wilt willen zou zouden zal zullen gaat gaan " +
    "doe doet doen maak maakt maken goed geeft geven biedt bieden bestaat bestaan vind vinden zoek zoeken krijgt krijgen " +
    "welke welk wat wie waar wanneer waarom waarmee waarvoor waarover waarvan waaraan hoe hoeveel " +
    "zit zitten werkt zonder ergens nergens niets nu eens weer loopt lopen draait draaien duurt lang komt mogelijk betekent betekenis verschil terecht mee " +
    "maximaal minimaal max hooguit hoogstens minstens ongeveer circa " +
    "iets iemand alle alles elke elk veel meer andere anders graag willen weten"
  ).split(" "));

  // Plurals and verb forms that no rule reaches.
  const IRREGULAR = new Map(Object.entries({
    kinderen: "kind", kindje: "kind", kindjes: "kind", kleinkinderen: "kleinkind", stiefkinderen: "stiefkind",
    steden: "stad", leden: "lid", bezoekleden: "bezoeklid", schepen: "schip", ouders: "ouder",
    boze: "boos", kwade: "kwaad", dode: "dood", goede: "goed", beste: "goed", betere: "goed", beter: "goed",
    sprak: "spreken", gesproken: "spreken", geschreven: "schrijven", schreef: "schrijven",
    gezongen: "zingen", zong: "zingen", gelezen: "lezen", las: "lezen", gevonden: "vinden",
    gestolen: "stelen", stal: "stelen", vrijgekomen: "vrijkomen", vrijkomt: "vrijkomen", vrijkom: "vrijkomen",
    schulden: "geldschuld", // money, not guilt
    excuus: "excuses", musea: "museum", traumas: "trauma",
    pasen: "paasfeest", // passen is no feast
    pis: "pi", jjis: "jji", gvs: "gv", workshops: "workshop", piwers: "piw", piwer: "piw"
  }));

  // Numbers are whole: ten is no part of fourteen, and one and a half not of another.
  const NUMBERS = new Map(Object.entries({
    een: 1, twee: 2, drie: 3, vier: 4, vijf: 5, zes: 6, zeven: 7, acht: 8, negen: 9, tien: 10, elf: 11, twaalf: 12,
    dertien: 13, veertien: 14, vijftien: 15, twintig: 20, dertig: 30, veertig: 40, vijftig: 50, zestig: 60, negentig: 90,
    honderd: 100, half: 0.5, halve: 0.5, anderhalf: 1.5, anderhalve: 1.5
  }));

  // Endings that make another word of the same root; taken off a stem that keeps four letters.
  const DERIVED = /(?:iviteit|igheid|enaar|atisch|erij|atief|schap|iteit|baar|loos|lijk|heid|ation|atie|ator|isme|aar|ief|ist|isch|ing|ster|eer|ar|er|ie)$/;

  // opgevoed, vrijgelaten, aangemeld: ge inside the verb.
  const SPLIT_VERB = /^(op|aan|uit|af|mee|toe|vast|vrij|samen|weg|terug|voor|door|over|thuis)ge(?=.{3})/;

  // They end like that, but are not made that way.
  const WHOLE = new Set("moeder broeder grootvader grootmoeder theater kalender november december september oktober".split(" "));

  // Spellings with the same sound, for typing errors of people who write by ear.
  const SOUNDS = [
    [/ij|y/g, "ei"], [/ou/g, "au"], [/ph/g, "f"], [/th/g, "t"], [/sch?r/g, "sr"], [/ch/g, "g"], [/ck|c(?=[aoukrlt])/g, "k"],
    [/c/g, "s"], [/qu/g, "kw"], [/x/g, "ks"], [/z/g, "s"], [/v/g, "f"], [/dt\b|d\b/g, "t"], [/ie/g, "i"], [/(.)\1+/g, "$1"]
  ];

  const WORD = /(?:\p{L}\.){2,}\p{L}*|(?<![\p{L}\p{N}])\p{L}(?: \p{L}){2,}(?![\p{L}\p{N}])|\p{L}&\p{L}(?!\p{L})|[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu;
  const PART = /[\p{L}\p{N}]+/gu;

  // One letter is no word, one figure is.
  function isTerm(term) {
    return term.length > 1 || (term >= "0" && term <= "9");
  }

  /** Words of a text. "re-integratie" gives re, integratie and reintegratie; "S.T.E.Ps" gives steps, "K I N D" kind. */
  function tokens(text) {
    const found = [];
    const whole = text.normalize("NFC");
    for (const match of whole.matchAll(WORD)) {
      const word = match[0];
      const start = match.index;
      const end = start + word.length;
      if (/[.& ]/.test(word)) {
        found.push({ term: fold(word.replace(/[.& ]/g, "")), start, end });
        continue;
      }
      if (word.includes("-")) {
        for (const part of word.matchAll(PART)) {
          found.push({ term: fold(part[0]), start: start + part.index, end: start + part.index + part[0].length });
        }
        found.push({ term: fold(word.replace(/-/g, "")), start, end, joined: true });
        continue;
      }
      found.push({ term: fold(word), start, end });
    }
    return found.filter(token => isTerm(token.term));
  }

  /** The words of `tokens` without their places; much faster, for whole pages. */
  function terms(text) {
    const found = [];
    for (const word of fold(text).match(WORD) || []) {
      if (/[.& ]/.test(word)) {
        found.push(word.replace(/[.& ]/g, ""));
      } else if (word.includes("-")) {
        found.push(...word.split("-"), word.replace(/-/g, ""));
      } else {
        found.push(word);
      }
    }
    return found.filter(isTerm);
  }

  // One final consonant, one vowel before it, f for v and s for z:
  // taallessen and taalles, sociaal and sociale, huizen and huis meet.
  function settle(form) {
    return form
      .replace(/([bcdfgklmnprst])\1$/, "$1")
      .replace(/([aeou])\1([^aeiou])$/, "$1$2")
      .replace(/v$/, "f")
      .replace(/z$/, "s");
  }

  // maatje and maatjes are maat, kaartje is kaart, stoeltje is stoel.
  function enlarge(term) {
    if (term.length < 6 || !/jes?$/.test(term)) return term;
    return term.replace(/jes?$/, "").replace(/((?:uu|eu|ie|oe)r|(?:aa|ee|oo|ei|ij|ui|oe|eu)n|[lwy])t$/, "$1");
  }

  const stems = new Map();
  function stem(term) {
    let form = stems.get(term);
    if (form === undefined) {
      const known = IRREGULAR.get(term);
      // gevoelens is gevoelen, families is familie, vaardigheden is vaardigheid
      const single = known || enlarge(term).replace(/ens$/, "en").replace(/ies$/, "ie").replace(/heden$/, "heid");
      form = settle(vendor.stem(single));
      stems.set(term, form);
    }
    return form;
  }

  function isNumber(term) {
    return NUMBERS.has(term) || /^\d+$/.test(term);
  }

  function numberOf(term) {
    return NUMBERS.has(term) ? NUMBERS.get(term) : /^\d{1,4}$/.test(term) ? Number(term) : null;
  }

  function isIrregular(term) {
    return IRREGULAR.has(term);
  }

  const roots = new Map();
  function root(term) {
    let form = roots.get(term);
    if (form === undefined) {
      form = stem(term.replace(SPLIT_VERB, "$1"));
      // getraind, gestraft; hij bemiddelt, zij schaamde, verslaafd
      if (form.length >= 6) form = form.replace(/^ge(?=.{3,}[^aeiou][dt]$)/, "").replace(/([^aeiou])[dt]$/, "$1");
      const shorter = WHOLE.has(form) ? form : form.replace(DERIVED, "");
      if (shorter.length >= 4) form = shorter;
      if (form.length >= 6) form = form.replace(/a$/, "");
      form = settle(form);
      roots.set(term, form);
    }
    return form;
  }

  function sound(term) {
    return SOUNDS.reduce((form, pair) => form.replace(pair[0], pair[1]), term);
  }

  /** Steps (insert, delete, replace, swap neighbours) from a to b; stops counting above `most`. */
  function distance(a, b, most = 3) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let before = [];
    let above = Array.from({ length: b.length + 1 }, (_, column) => column);
    for (let row = 1; row <= a.length; row++) {
      const line = [row];
      let least = row;
      for (let column = 1; column <= b.length; column++) {
        const same = a[row - 1] === b[column - 1];
        let steps = Math.min(above[column] + 1, line[column - 1] + 1, above[column - 1] + (same ? 0 : 1));
        if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
          steps = Math.min(steps, before[column - 2] + 1);
        }
        line.push(steps);
        if (steps < least) least = steps;
      }
      if (least > most) return most + 1;
      before = above;
      above = line;
    }
    return above[b.length];
  }

  return { fold, tokens, terms, stem, root, sound, distance, isIrregular, isNumber, numberOf, isStop: term => STOP.has(term) };
});
