"""What a schema refuses, in words: per keyword that our schemas use, the message and the place."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from kennisbank import days, kinds, load
from kennisbank.check import dates
from kennisbank.check.context import advise, name_term, nearest, slug
from kennisbank.check.schemas import COMMON, Schemas

# What the patterns of schema/common.schema.json stand for, by their names there.
FORMS = {"slug": "KB118", "date": "KB119", "partial_date": "KB120", "partial_date_or_unknown": "KB120"}
UNDATED = "partial_date_or_unknown"
DATES = ("date", "partial_date", UNDATED)
LISTED = 12  # as many options as a message can list
SHORTEST, MOST_NEAR = 4, 3  # of a beginning that says which options are meant, and of those options
# What a text editor makes of a straight quotation mark.
CURLY = "“”„‟«»‘’‚"
_GLUED = re.compile(r"(?P<field>[a-z_]+):\S")
_DECIMAL_COMMA = re.compile(r"-?[0-9]+,[0-9]+")


class Found(NamedTuple):
    """A mistake in a record: the code, the path inside the record, whether it is at the name, and what to fill in."""

    code: str
    path: load.FieldPath
    at_name: bool = False
    values: Mapping[str, Any] = {}  # noqa: RUF012 (never changed)


def explain(error: Any, schemas: Schemas) -> Iterator[Found]:
    """The mistakes that one error of jsonschema stands for."""
    translate = TRANSLATIONS.get(error.validator, _other)
    if "propertyNames" in error.absolute_schema_path:
        translate = _term_name
    yield from translate(error, tuple(error.absolute_path), schemas)


def _missing(error: Any, path: load.FieldPath, schemas: Schemas) -> Iterator[Found]:
    for key in error.validator_value:
        if key not in error.instance:
            part = error.schema["properties"].get(key, {})
            values = {"field": key, "meaning": schemas.description(part), "advice": give_example(key, part, schemas)}
            yield Found("KB101", (*path, key), False, values)


def give_example(key: str, part: load.Schema, schemas: Schemas) -> str:
    """How a field may be filled in: what there is to choose from, or the example of its schema, on one line of YAML."""
    schema = schemas.follow(part)
    if refers := part.get("x-refers") or schema.get("items", {}).get("x-refers"):
        return load.say("advice.refers", file=kinds.BY_NAME[refers].file)
    terms = schema if "enum" in schema else schemas.follow(schema.get("items", {}))
    if options := [str(option) for option in terms.get("enum", ())]:
        return " " + choices(options, schemas)
    examples = part.get("examples") or schema.get("examples")
    if not examples:
        return ""
    import yaml

    layout: dict[str, Any] = {"default_flow_style": True, "allow_unicode": True, "width": math.inf, "sort_keys": False}
    value = re.sub(r"'([0-9-]+)'", r'"\1"', yaml.safe_dump([examples[0]], **layout).strip()[1:-1])
    return load.say("advice.example", example=f"{key}: {value}")


def _unknown(error: Any, path: load.FieldPath, schemas: Schemas) -> Iterator[Found]:
    known = error.schema.get("properties", {})
    for key in error.instance:
        if key in known:
            continue
        if key.startswith("-"):
            yield Found("KB030", (*path, key), True, {})
        else:
            advice = advise(key, known) or load.say("advice.fields", fields=_fields(known)) + " "
            yield Found("KB104", (*path, key), True, {"key": load.Quoted(key), "advice": advice})


def _fields(known: Mapping[str, Any]) -> str:
    """The fields of a group by their names, with their labels where those few are read."""
    if len(known) > LISTED:
        return ", ".join(known)
    return ", ".join(name_term(name, part.get("x-label")) for name, part in known.items())


def _enum(error: Any, path: load.FieldPath, schemas: Schemas) -> Iterator[Found]:
    value = error.instance
    if value is None:
        yield from _empty(path)
        return
    options = [str(option) for option in error.validator_value]
    advice = choices(options, schemas)
    if not isinstance(value, str):
        yield Found("KB105", path, False, {"value": load.Quoted(_written(value)), "advice": advice})
        return
    terms = schemas.vocabularies.get(schemas.list_of(options), {})
    term = meant(value, options, terms)
    if term and schemas.formats:
        advice = load.say("advice.format", term=term) + " " + advice
    several = [] if term else _several(value, options, terms)
    near = [term] if term else [] if several else _nearest_terms(value, options, terms)
    if several:
        advice = load.say("advice.apart", terms=", ".join(several)) + " " + advice
    elif near:
        names = [name_term(one, _label(terms.get(one))) for one in near]
        advice = load.say("advice.near", near=load.say("advice.or").join(names)) + " " + advice
    yield Found("KB105", path, False, {"value": load.Quoted(value), "advice": advice})


def fold(name: str) -> str:
    """A name as it is compared with others: small letters, one space between two words."""
    return " ".join(name.lower().split())


def meant(value: str, options: list[str], terms: Mapping[str, Any]) -> str | None:
    """The one option that ``value`` names; ``None`` when there is none or more than one.

    By its id in other letters, its label or a synonym, or by the first words of its label when those are more than one.
    """
    wanted = fold(value)
    names = list(_names(options, terms))
    tests: list[Callable[[str], bool]] = [lambda name: name == wanted]
    if " " in wanted:
        tests.append(lambda name: name.startswith(f"{wanted} "))
    for test in tests:
        found = {option for option in options if test(option.lower())} or {
            option for name, option in names if test(name)
        }
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _several(value: str, options: list[str], terms: Mapping[str, Any]) -> list[str]:
    """The options that stand behind one another in one value, with commas between them; empty where they do not."""
    found = [meant(part, options, terms) for part in value.split(",")] if "," in value else []
    return [term for term in found if term] if all(found) else []


def _nearest_terms(value: str, options: list[str], terms: Mapping[str, Any]) -> list[str]:
    """The options that somebody most likely meant: those with a name that begins so, else the one that is nearly this.

    What begins several names is no misspelled one: which of them is meant, only the writer knows.
    """
    wanted, names = fold(value), [*_names(options, terms)]
    begun = dict.fromkeys(option for name, option in names if len(wanted) >= SHORTEST and name.startswith(wanted))
    if 0 < len(begun) <= MOST_NEAR:
        return [*begun]
    near = nearest(wanted, dict(names))
    return [next(option for name, option in names if name == near)] if near else []


def _names(options: list[str], terms: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every name of an option in small letters, with that option: ids first, then labels and synonyms."""
    yield from ((option.lower(), option) for option in options)
    for option in options:
        term = terms.get(option)
        if isinstance(term, dict):
            synonyms = term.get("synonyms")
            for word in [term.get("label"), *(synonyms if isinstance(synonyms, list) else [])]:
                if isinstance(word, str):
                    yield word.lower(), option


def _label(term: object) -> str:
    label = term.get("label") if isinstance(term, dict) else None
    return label if isinstance(label, str) else ""


def choices(options: list[str], schemas: Schemas) -> str:
    """What can be chosen from: the options with their labels, or the place where so many stand."""
    name = schemas.list_of(options)
    if len(options) <= LISTED or not name:
        terms = schemas.vocabularies.get(name, {})
        return load.say("advice.choices", choices=", ".join(name_term(one, _label(terms.get(one))) for one in options))
    return load.say("advice.vocabulary", name=name, count=len(options))


def _type(error: Any, path: load.FieldPath, schemas: Schemas) -> Iterator[Found]:
    expected, value = error.validator_value, error.instance
    names = load.words("types")
    if value is None:
        yield from _empty(path)
        return
    glued = _GLUED.match(value) if isinstance(value, str) and expected == "object" else None
    if glued:
        yield Found("KB029", path, False, {"field": load.Quoted(glued["field"])})
    elif expected == "string" and isinstance(value, int | float):
        yield Found("KB106", path, False, {"value": load.Quoted(_written(value))})
    elif expected == "boolean":
        yield Found("KB124", path, False, {"value": load.Quoted(_written(value))})
    else:
        advice = load.words("type_advice").get(f"{expected}_{_kind(value)}", "")
        if isinstance(value, str) and _DECIMAL_COMMA.fullmatch(value):
            advice = load.say("type_advice.comma")
        values = {"expected": names[expected], "actual": names[_kind(value)], "advice": advice}
        yield Found("KB107", path, False, values)


def _empty(path: load.FieldPath) -> Iterator[Found]:
    yield Found("KB108", path, True, {"field": last_name(path), "advice": ""})


def _too_long(error: Any, path: load.FieldPath, schemas: Schemas) -> Iterator[Found]:
    length, limit = len(error.instance), error.validator_value
    yield Found("KB109", path, False, {"length": length, "limit": limit, "over": length - limit})


def _too_short(error: Any, path: load.FieldPath, schemas: Schemas) -> Iterator[Found]:
    yield Found("KB110", path, False, {"field": last_name(path)})


def _few_items(error: Any, path: load.FieldPath, schemas: Schemas) -> Iterator[Found]:
    if error.instance:
        yield Found("KB113", path, False, {"count": len(error.instance), "limit": error.validator_value})
    else:
        yield Found("KB111", path, True, {"field": last_name(path)})


def _many_items(error: Any, path: load.FieldPath, schemas: Schemas) -> Iterator[Found]:
    count, limit = len(error.instance), error.validator_value
    yield Found("KB112", path, True, {"count": count, "limit": limit, "over": count - limit})


def _repeated(error: Any, path: load.FieldPath, schemas: Schemas) -> Iterator[Found]:
    items = error.instance
    for index, item in enumerate(items):
        if item in items[:index]:
            value = load.Quoted(item if isinstance(item, str) else "")
            yield Found("KB114", (*path, index), False, {"value": value, "first": items.index(item) + 1})
            return


def _below(error: Any, path: load.FieldPath, schemas: Schemas) -> Iterator[Found]:
    yield Found("KB115", path, False, {"value": _written(error.instance), "limit": error.validator_value})


def _above(error: Any, path: load.FieldPath, schemas: Schemas) -> Iterator[Found]:
    yield Found("KB116", path, False, {"value": _written(error.instance), "limit": error.validator_value})


def _no_fields(error: Any, path: load.FieldPath, schemas: Schemas) -> Iterator[Found]:
    yield Found("KB117", path, True, {"field": last_name(path)})


def _pattern(error: Any, path: load.FieldPath, schemas: Schemas) -> Iterator[Found]:
    """Ids and dates by what they should look like; any other pattern by its description."""
    if not error.instance:
        if not error.schema.get("minLength"):  # which says itself that it is empty
            yield from _too_short(error, path, schemas)
        return
    common = schemas.documents.get(COMMON, {}).get("definitions", {})
    for name, code in FORMS.items():
        if common.get(name, {}).get("pattern") == error.validator_value:
            if name == "slug":
                more = {"example": slug(error.instance) or load.say("advice.slug")}
            else:
                advice = _date_advice(error.instance, error.validator_value, schemas)
                more = {"advice": advice, "undated": load.say("advice.undated") if name == UNDATED else ""}
            yield Found(code, path, False, {"value": load.Quoted(error.instance), **more})
            return
    meaning = schemas.description(error.schema)
    yield Found("KB121", path, False, {"value": load.Quoted(error.instance), "meaning": meaning})


def _date_advice(text: str, pattern: str, schemas: Schemas) -> str:
    """The date that was meant, as the data has it; that ``format`` writes it, where that is so."""
    date = meant_date(text, pattern)
    curly = load.say("advice.quotes") + " " if text.strip(CURLY) != text else ""
    if not date:
        return curly
    near = load.say("advice.near", near=date) + " " + curly
    return near + (load.say("advice.format", term=date) + " " if schemas.formats else "")


def meant_date(text: str, pattern: str) -> str | None:
    """The date in the form of ``pattern`` that somebody wrote in another form; ``None`` when that is none."""
    bare = text.strip(CURLY)
    date = bare if bare != text and dates.is_date(bare) else days.read(bare)
    return date if date != text and dates.is_date(date) and re.fullmatch(pattern, date) else None


def _term_name(error: Any, path: load.FieldPath, schemas: Schemas) -> Iterator[Found]:
    yield Found("KB122", (*path, error.instance), True, {"value": load.Quoted(error.instance)})


def _other(error: Any, path: load.FieldPath, schemas: Schemas) -> Iterator[Found]:
    """A keyword that our schemas did not use when this was written: say at least what the field is for."""
    values = {"value": load.Quoted(_written(error.instance)), "meaning": schemas.description(error.schema)}
    yield Found("KB121", path, False, values)


TRANSLATIONS: Mapping[str, Callable[..., Iterator[Found]]] = {
    "required": _missing,
    "additionalProperties": _unknown,
    "enum": _enum,
    "type": _type,
    "maxLength": _too_long,
    "minLength": _too_short,
    "minItems": _few_items,
    "maxItems": _many_items,
    "uniqueItems": _repeated,
    "minimum": _below,
    "maximum": _above,
    "minProperties": _no_fields,
    "pattern": _pattern,
}


def last_name(path: load.FieldPath) -> str:
    """The name of the field at or around ``path``."""
    return next((load.shown(step) for step in reversed(path) if isinstance(step, str)), "")


def _kind(value: object) -> str:
    """The schema's name for the type of a value."""
    if isinstance(value, bool):
        return "boolean"
    kinds = {str: "string", int: "integer", float: "number", list: "array", dict: "object"}
    return kinds.get(type(value), "string")


def _written(value: object) -> str:
    """A value as it stands in YAML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int | float) else load.words("types")[_kind(value)]
