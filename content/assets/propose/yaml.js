/* A proposal as a YAML file, and such a file read again. Pure.

   A string of JSON is one of YAML as well, so writing needs no library, and neither does reading what was written here.
   Files of other hands are read by `kennisbank apply`.

   Gives write(value) -> text
         read(text) -> value   throws SyntaxError where the text is not of this form */
"use strict";

Kennisbank.define("propose/yaml", [], () => {
  const PLAIN = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
  const RESERVED = /^(y|n|yes|no|on|off|true|false|null)$/; // no text in YAML 1.1
  const KEY = /^("(?:[^"\\]|\\.)*"|[a-z_][a-z0-9_]*):(?: (.*))?$/;

  function scalar(value) {
    return typeof value === "string" && PLAIN.test(value) && !RESERVED.test(value) ? value : JSON.stringify(value);
  }

  function key(name) {
    return /^[a-z_]+$/.test(name) && !RESERVED.test(name) ? name : JSON.stringify(name);
  }

  function isEmpty(value) {
    return Object.keys(value).length === 0;
  }

  function lines(value, indent) {
    const inside = indent + "  ";
    if (Array.isArray(value)) {
      return value.flatMap(item => {
        if (typeof item !== "object" || isEmpty(item)) return [indent + "- " + scalar(item)];
        const [first, ...rest] = lines(item, inside);
        return [indent + "- " + first.slice(inside.length), ...rest];
      });
    }
    return Object.entries(value).flatMap(([name, item]) => {
      if (typeof item !== "object" || isEmpty(item)) return [indent + key(name) + ": " + scalar(item)];
      return [indent + key(name) + ":", ...lines(item, inside)];
    });
  }

  function write(value) {
    return lines(value, "").join("\n") + "\n";
  }

  function read(text) {
    const rows = text.replace(/^\ufeff/, "").split(/\r?\n/)
      .filter(row => row.trim() && !row.trim().startsWith("#"))
      .map(row => ({ indent: row.length - row.trimStart().length, text: row.trim() }));
    let at = 0;

    function value(written) {
      if (PLAIN.test(written) && !RESERVED.test(written)) return written;
      return JSON.parse(written);
    }

    function block(indent) {
      if (at >= rows.length || rows[at].indent !== indent) throw new SyntaxError(rows[at] ? rows[at].text : "");
      return rows[at].text.startsWith("- ") ? items(indent) : fields(indent);
    }

    function items(indent) {
      const found = [];
      while (at < rows.length && rows[at].indent === indent && rows[at].text.startsWith("- ")) {
        const rest = rows[at].text.slice(2);
        if (KEY.test(rest)) {
          rows[at] = { indent: indent + 2, text: rest };
          found.push(block(indent + 2));
        } else {
          at += 1;
          found.push(value(rest));
        }
      }
      return found;
    }

    function fields(indent) {
      const found = {};
      while (at < rows.length && rows[at].indent === indent) {
        const [, name, written] = KEY.exec(rows[at].text) || [];
        if (!name) throw new SyntaxError(rows[at].text);
        at += 1;
        const own = name.startsWith("\"") ? JSON.parse(name) : name;
        if (Object.hasOwn(found, own)) throw new SyntaxError(own);
        // As a property of its own, whatever it is called.
        Object.defineProperty(found, own, {
          value: written === undefined ? block(rows[at] ? rows[at].indent : -1) : value(written),
          configurable: true, enumerable: true, writable: true
        });
      }
      return found;
    }

    const found = block(0);
    if (at < rows.length) throw new SyntaxError(rows[at].text);
    return found;
  }

  return { write, read };
});
