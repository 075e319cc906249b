/* A value held against its schema, with the answers of `kennisbank check` (scripts/kennisbank/check/wording.py). Pure.

   The schema is that of forms.py: JSON schema (draft-07) with every reference in its place. An own reader of the dozen
   keywords that our schemas use, and no compiled validator: a field or a limit that an editor adds in the schema works
   without a tool or a program, and it is a fifth of the size. tests/test_forms.py holds it to the check.

   Gives judge(schema, common, value) -> [{code, path, values}]   path: names and numbers, as in the check
         same(one, other)            whether two values are the same, whatever the order of their names */
"use strict";

Kennisbank.define("propose/judge", ["core/words"], ({ words: { fill } }) => {
  const COMMA = /^-?[0-9]+,[0-9]+$/;

  function typeOf(value) {
    if (Array.isArray(value)) return "array";
    if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
    return typeof value;
  }

  function same(one, other) {
    if (one === other) return true;
    if (!one || !other || typeof one !== "object" || typeof other !== "object") return false;
    if (Array.isArray(one) !== Array.isArray(other)) return false;
    const names = Object.keys(one);
    return names.length === Object.keys(other).length && names.every(name => Object.hasOwn(other, name) && same(one[name], other[name]));
  }

  /** Python counts characters, JavaScript halves of some. */
  function lengthOf(text) {
    return Array.from(text).length;
  }

  function lastName(path) {
    return path.filter(step => typeof step === "string").pop() || "";
  }

  function judge(schema, common, value) {
    const found = [];
    const large = tooLarge(value, []);
    if (large) tell("KB128", large.path, { count: large.count, limit: common.most });
    else look(schema, value, []);
    return found;

    /** The first list or group that no person can have written. */
    function tooLarge(item, path) {
      if (!item || typeof item !== "object") return null;
      const count = Object.keys(item).length;
      if (count > common.most) return { path, count };
      const names = Array.isArray(item) ? item.map((one, at) => at) : Object.keys(item);
      for (const name of names) {
        const inside = tooLarge(item[name], path.concat(name));
        if (inside) return inside;
      }
      return null;
    }

    function tell(code, path, values) {
      found.push({ code, path, values: Object.assign({ field: lastName(path) }, values) });
    }

    function look(node, item, path) {
      if (item === null || item === undefined) return tell("KB108", path, { advice: "" });
      if (node.enum || node.vocabulary) return choice(node, item, path);
      const fits = !node.type || hasType(node, item, path);
      if (typeof item === "number") number(node, item, path);
      if (!fits) return;
      if (typeof item === "string") text(node, item, path);
      if (Array.isArray(item)) list(node, item, path);
      else if (typeof item === "object") group(node, item, path);
    }

    function hasType(node, item, path) {
      const actual = typeOf(item);
      if (actual === node.type || (node.type === "number" && actual === "integer")) return true;
      if (node.type === "string" && typeof item !== "object") tell("KB106", path, { value: item });
      else if (node.type === "boolean") tell("KB124", path, { value: item });
      else {
        const advice = COMMA.test(item) ? "comma" : node.type + "_" + actual;
        const { type_advice: advices, types } = common.words;
        tell("KB107", path, { expected: types[node.type], actual: types[actual], advice: advices[advice] || "" });
      }
      return false;
    }

    function choice(node, item, path) {
      const choices = node.enum || Object.keys(common.terms[node.vocabulary]);
      if (choices.includes(item)) return;
      const labels = choices.map(id => ((common.terms[node.vocabulary] || {})[id] || { label: id }).label);
      tell("KB105", path, { value: item, advice: fill(common.words.advice.choices, { choices: labels.join(", ") }) });
    }

    function text(node, item, path) {
      const length = lengthOf(item);
      if (node.maxLength && length > node.maxLength) {
        tell("KB109", path, { length, limit: node.maxLength, over: length - node.maxLength });
      }
      if (!item && (node.minLength || node.pattern)) return tell("KB110", path);
      if (node.pattern && !new RegExp(node.pattern, "u").test(item)) {
        tell(node.code || "KB121", path, { value: item, example: common.words.advice.slug, meaning: node.description || "" });
      }
    }

    function number(node, item, path) {
      if (node.minimum !== undefined && item < node.minimum) tell("KB115", path, { value: item, limit: node.minimum });
      if (node.maximum !== undefined && item > node.maximum) tell("KB116", path, { value: item, limit: node.maximum });
    }

    function list(node, items, path) {
      const count = items.length;
      if (node.minItems && count < node.minItems) tell(count ? "KB113" : "KB111", path, { count, limit: node.minItems });
      if (node.maxItems && count > node.maxItems) {
        tell("KB112", path, { count, limit: node.maxItems, over: count - node.maxItems });
      }
      if (node.uniqueItems) {
        const first = items.map(item => items.findIndex(other => same(item, other)));
        const again = first.findIndex((place, at) => place < at);
        if (again >= 0) {
          const value = typeof items[again] === "string" ? items[again] : "";
          tell("KB114", path.concat(again), { value, first: first[again] + 1 });
        }
      }
      items.forEach((item, at) => look(node.items, item, path.concat(at)));
    }

    function group(node, item, path) {
      const names = Object.keys(item);
      if (!names.length && !path.length) return tell("KB127", path);
      if (!names.length && node.minProperties) return tell("KB117", path);
      for (const name of node.required) {
        if (!Object.hasOwn(item, name)) tell("KB101", path.concat(name), { meaning: node.properties[name].description || "", advice: "" });
      }
      for (const name of names) {
        if (Object.hasOwn(node.properties, name)) look(node.properties[name], item[name], path.concat(name));
        else tell("KB104", path.concat(name), { key: name, advice: "" });
      }
    }
  }

  return { judge, same };
});
