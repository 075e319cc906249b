"""The schema: which fields there are, what they hold. Every keyword that our schemas use is explained here."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from kennisbank import load
from kennisbank.check.context import TO_FILL, Context, Entry, advise, nearest, slug, walk
from kennisbank.check.quick import Compiler, UnsupportedError

SCHEMA_FOLDER = "schema"
# The project's own schemas, for a root that has none.
PROJECT = Path(__file__).resolve().parents[3]
ENUMS = "vocabularies.schema.json"
COMMON = "common.schema.json"
VOCABULARIES = "vocabularies-file.schema.json"
WITHOUT_DRAFT = {"offers", "vocabularies"}
MAX_STEPS = 10  # references that lead to references
MAX_PER_FILE = 200  # more than this is one mistake repeated; explaining each costs seconds
MAX_ITEMS = 500  # in one list or group of fields; comparing each with each would take minutes
LISTED = 12  # as many options as a message can list
_GLUED = re.compile(r"(?P<field>[a-z_]+):\S")
_DECIMAL_COMMA = re.compile(r"-?[0-9]+,[0-9]+")

Found = tuple[str, tuple, bool, dict]  # code, path inside the record, at the name?, values


def make_enums(vocabularies: Mapping[str, Mapping], present: Mapping) -> dict:
    """The schema with one ``enum`` per vocabulary, in file order; the other keys as in ``present``."""
    return {**present, "definitions": {name: {"enum": list(terms)} for name, terms in vocabularies.items()}}


def record_schema(loaded: load.Loaded, kind: str) -> Mapping:
    """The schema of one record of this kind with every reference followed: properties, items, required."""
    schemas = Schemas(Context(loaded, ""))
    return _resolved(schemas, schemas.follow({"$ref": f"{kind}.schema.json#/items"}))


def _resolved(schemas: Schemas, schema: Mapping) -> Mapping:
    found = dict(schema)
    if "properties" in schema:
        parts = schema["properties"].items()
        found["properties"] = {name: _resolved(schemas, schemas.follow(part)) for name, part in parts}
    if "items" in schema:
        found["items"] = _resolved(schemas, schemas.follow(schema["items"]))
    return found


class Schemas:
    """The schemas of a root, or the project's where it has none, with the vocabularies of the data filled in."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.problems: list[load.Problem] = []
        root = context.loaded.root
        own = root / SCHEMA_FOLDER
        self.folder = own if own.is_dir() else PROJECT / SCHEMA_FOLDER
        self.documents = {path.name: self._read(path) for path in sorted(self.folder.glob("*.json"))}
        if context.knows("vocabularies"):
            fresh = make_enums(context.loaded.vocabularies, self.documents.get(ENUMS, {}))
            if self.folder == own and fresh != self.documents.get(ENUMS):
                self.problems.append(load.make("KB126", f"{SCHEMA_FOLDER}/{ENUMS}"))
            self.documents[ENUMS] = fresh
        elif self.folder != own:
            # The terms of this root are unknown, and those of the project are not its terms.
            names = self.documents.get(ENUMS, {}).get("definitions", {})
            self.documents[ENUMS] = {"definitions": {name: {} for name in names}}
        self._compiler = Compiler(self.documents)

    def _read(self, path: Path) -> dict:
        name = f"{SCHEMA_FOLDER}/{path.name}"
        text, found = load.read(self.folder.parent, name)
        self.problems += found
        try:
            document = json.loads(text) if text is not None else {}
        except (ValueError, RecursionError):
            self.problems.append(load.make("KB125", name))
            return {}
        return document if isinstance(document, dict) else {}

    def accepts(self, name: str, pointer: str) -> Callable[[object], bool]:
        """A predicate that is only true of data that fits the schema ``name`` at ``pointer``."""
        try:
            return self._compiler.compile({"$ref": f"{name}#{pointer}"}, name)
        except (UnsupportedError, re.error, RecursionError):
            return lambda value: False

    def judge(self, name: str, pointer: str, data: object) -> Iterator:
        """jsonschema's errors, the leaves only. Raises nothing; a schema that cannot be used is reported once."""
        # Slow to import (70 ms) and seldom needed.
        from jsonschema import Draft7Validator
        from referencing.exceptions import Unresolvable

        validator = Draft7Validator({"$ref": f"{name}#{pointer}"}, registry=self._registry)
        try:
            yield from validator.iter_errors(data)
        except (Unresolvable, re.error, TypeError, AttributeError, ValueError):
            problem = load.make("KB125", f"{SCHEMA_FOLDER}/{name}")
            if problem not in self.problems:
                self.problems.append(problem)

    def describe(self, name: str, path: tuple) -> tuple[str, Mapping]:
        """The Dutch description of the field at ``path`` in a record, and its schema, as far as ``name`` goes."""
        schema: Mapping = self.follow({"$ref": f"{name}#/items"})
        meaning = ""
        for step in path:
            part = schema.get("items", {}) if isinstance(step, int) else schema.get("properties", {}).get(step, {})
            schema = self.follow(part)
            # What a mere reference refers to says less about an item than the name of its list does.
            general = meaning if isinstance(step, int) else schema.get("description", meaning)
            meaning = part.get("description") or general
        return meaning, schema

    def follow(self, schema: Mapping) -> Mapping:
        """The schema that is meant where one only refers to another."""
        for _ in range(MAX_STEPS):
            if "allOf" in schema:
                schema = schema["allOf"][0]
            elif "$ref" in schema:
                name, _, pointer = schema["$ref"].partition("#")
                # Within a file a reference has no file name; only common.schema.json does that.
                schema = self.documents.get(name or COMMON, {})
                for step in pointer.split("/")[1:]:
                    schema = schema.get(step, {}) if isinstance(schema, Mapping) else {}
            else:
                break
        return schema

    @cached_property
    def _registry(self):
        from referencing import Registry
        from referencing.jsonschema import DRAFT7

        resources = [(name, DRAFT7.create_resource(document)) for name, document in self.documents.items()]
        return Registry().with_resources(resources)

    @cached_property
    def vocabulary_names(self) -> dict[tuple, str]:
        """The vocabulary of each list of terms."""
        return {tuple(terms): name for name, terms in self.context.loaded.vocabularies.items()}


def check_structure(context: Context) -> Iterator[load.Problem]:
    """Every place where the data does not fit the schema, and every field that is still to be filled in."""
    schemas = Schemas(context)
    for file in context.loaded.files:
        is_list = file.kind != "vocabularies"
        name = f"{file.kind}.schema.json" if is_list else VOCABULARIES
        if name not in schemas.documents:
            schemas.problems.append(load.make("KB125", f"{SCHEMA_FOLDER}/{name}"))
            continue
        accepts = schemas.accepts(name, "/items" if is_list else "")
        records = enumerate(file.data) if is_list else [(None, file.data)]
        found = (
            problem
            for index, record in records
            if not accepts(record)
            for problem in _judge(schemas, name, file, index, record)
        )
        yield from itertools.islice(found, MAX_PER_FILE)
        if next(found, None):
            yield load.make("KB123", file.name, limit=MAX_PER_FILE)
    yield from _still_to_fill(context, schemas)
    yield from schemas.problems


def _judge(schemas: Schemas, name: str, file: load.File, index: int | None, record: object):
    path = () if index is None else (index,)
    entry = Entry(file.name, file.kind, path, record if isinstance(record, dict) else {})
    for code, inner, at_key, values in _explain(schemas, name, entry, record):
        yield schemas.context.at(code, entry, inner, at_key, **values)


def _still_to_fill(context: Context, schemas: Schemas) -> Iterator[load.Problem]:
    for entry, path, text in context.texts_with([TO_FILL.lower()]):
        if TO_FILL in text:
            meaning, schema = schemas.describe(f"{entry.kind}.schema.json", path)
            options = [str(option) for option in schema.get("enum", ())]
            advice = " " + _choices(options, schemas.vocabulary_names.get(tuple(options))) if options else ""
            advice += _draft_advice(entry)
            code = "KB102" if entry.is_draft else "KB103"
            yield context.at(code, entry, path, field=_last_name(path), meaning=meaning, advice=advice)


def _explain(schemas: Schemas, name: str, entry: Entry, record: object) -> Iterator[Found]:
    """The mistakes in one record, each once."""
    if not record and isinstance(record, dict) and entry.path:
        yield "KB127", (), False, {}
        return
    large = _too_large(record, ())
    if large:
        path, count = large
        yield "KB128", path, True, {"count": count, "limit": MAX_ITEMS}
        return
    errors = list(schemas.judge(name, "/items" if entry.path else "", record))
    misspelled: set[tuple] = set()
    for error in errors:
        if error.validator == "additionalProperties":
            for key in error.instance:
                near = nearest(key, error.schema["properties"]) if key not in error.schema["properties"] else None
                misspelled.add((*error.absolute_path, near))
    for error in errors:
        path = tuple(error.absolute_path)
        if isinstance(error.instance, str) and error.instance.startswith(TO_FILL):
            continue  # named by the rule about what is still to fill in
        if error.validator in ("minItems", "uniqueItems") and any(TO_FILL in text for _, text in walk(error.instance)):
            continue  # the list is not finished either
        translate = _TRANSLATIONS.get(error.validator, _other)
        if "propertyNames" in error.absolute_schema_path:
            translate = _term_name
        for code, inner, at_key, values in translate(error, path, schemas):
            if inner in misspelled:
                continue  # the field is there, under a misspelled name
            if code == "KB101":
                code = "KB102" if entry.is_draft else code
                values["advice"] = _draft_advice(entry)
            yield code, inner, at_key, values


def _too_large(value: object, path: tuple) -> tuple[tuple, int] | None:
    """Path and size of the first list or group in a record that no person can have written."""
    if not isinstance(value, dict | list):
        return None
    if len(value) > MAX_ITEMS:
        return path, len(value)
    items = value.items() if isinstance(value, dict) else enumerate(value)
    return next((found for key, item in items if (found := _too_large(item, (*path, key)))), None)


def _draft_advice(entry: Entry) -> str:
    """That a record may wait as a draft, for those that can and are not."""
    if entry.is_draft or entry.kind in WITHOUT_DRAFT:
        return ""
    return " " + load.say("advice.draft")


def _missing(error, path: tuple, schemas: Schemas) -> Iterator[Found]:
    # jsonschema makes one error per missing field and names it only in its English message.
    for key in error.validator_value:
        if key not in error.instance and error.message.startswith(repr(key)):
            meaning = _description(error.schema["properties"].get(key, {}), schemas)
            yield "KB101", (*path, key), False, {"field": key, "meaning": meaning}


def _unknown(error, path: tuple, schemas: Schemas) -> Iterator[Found]:
    known = error.schema.get("properties", {})
    for key in error.instance:
        if key in known:
            continue
        if key.startswith("-"):
            yield "KB030", (*path, key), True, {}
        else:
            advice = advise(key, known) or load.say("advice.fields", fields=", ".join(known)) + " "
            yield "KB104", (*path, key), True, {"key": load.Quoted(key), "advice": advice}


def _enum(error, path: tuple, schemas: Schemas) -> Iterator[Found]:
    value = error.instance
    if value is None:
        yield from _empty(path)
        return
    options = [str(option) for option in error.validator_value]
    name = schemas.vocabulary_names.get(tuple(options))
    terms = schemas.context.loaded.vocabularies.get(name, {})
    if not isinstance(value, str):
        values = {"value": load.Quoted(_written(value)), "advice": _choices(options, name)}
        yield "KB105", path, False, values
        return
    term = _term(value, options, terms)
    advice = _choices(options, name)
    if term:
        label = _label(terms.get(term))
        near = f"{term} ({label})" if label and label.lower() != term else term
        advice = load.say("advice.near", near=near) + " " + advice
    yield "KB105", path, False, {"value": load.Quoted(value), "advice": advice}


def _term(value: str, options: list[str], terms: Mapping) -> str | None:
    """The option that somebody most likely meant: by its label, a synonym, or nearly its id."""
    wanted = value.strip().lower()
    names = {option.lower(): option for option in options}
    for option in options:
        term = terms.get(option)
        if isinstance(term, dict):
            synonyms = term.get("synonyms")
            for word in [term.get("label"), *(synonyms if isinstance(synonyms, list) else [])]:
                if isinstance(word, str):
                    names.setdefault(word.lower(), option)
    if wanted in names:
        return names[wanted]
    near = nearest(wanted, names)
    return names[near] if near else None


def _label(term: object) -> str:
    label = term.get("label") if isinstance(term, dict) else None
    return label if isinstance(label, str) else ""


def _choices(options: list[str], name: str | None) -> str:
    if len(options) <= LISTED or name is None:
        return load.say("advice.choices", choices=", ".join(options))
    return load.say("advice.vocabulary", name=name, count=len(options))


def _type(error, path: tuple, schemas: Schemas) -> Iterator[Found]:
    expected, value = error.validator_value, error.instance
    names = load.words("types")
    if value is None:
        yield from _empty(path)
        return
    glued = _GLUED.match(value) if isinstance(value, str) and expected == "object" else None
    if glued:
        yield "KB029", path, False, {"field": load.Quoted(glued["field"])}
    elif expected == "string" and isinstance(value, int | float):
        yield "KB106", path, False, {"value": load.Quoted(_written(value))}
    elif expected == "boolean":
        yield "KB124", path, False, {"value": load.Quoted(_written(value))}
    else:
        advice = load.words("type_advice").get(f"{expected}_{_kind(value)}", "")
        if isinstance(value, str) and _DECIMAL_COMMA.fullmatch(value):
            advice = load.say("type_advice.comma")
        values = {"expected": names[expected], "actual": names[_kind(value)], "advice": advice}
        yield "KB107", path, False, values


def _empty(path: tuple) -> Iterator[Found]:
    yield "KB108", path, True, {"field": _last_name(path)}


def _too_long(error, path: tuple, schemas: Schemas) -> Iterator[Found]:
    length, limit = len(error.instance), error.validator_value
    yield "KB109", path, False, {"length": length, "limit": limit, "over": length - limit}


def _too_short(error, path: tuple, schemas: Schemas) -> Iterator[Found]:
    yield "KB110", path, False, {"field": _last_name(path)}


def _few_items(error, path: tuple, schemas: Schemas) -> Iterator[Found]:
    if error.instance:
        yield "KB113", path, False, {"count": len(error.instance), "limit": error.validator_value}
    else:
        yield "KB111", path, True, {"field": _last_name(path)}


def _many_items(error, path: tuple, schemas: Schemas) -> Iterator[Found]:
    count, limit = len(error.instance), error.validator_value
    yield "KB112", path, True, {"count": count, "limit": limit, "over": count - limit}


def _repeated(error, path: tuple, schemas: Schemas) -> Iterator[Found]:
    items = error.instance
    for index, item in enumerate(items):
        if item in items[:index]:
            value = load.Quoted(item if isinstance(item, str) else "")
            yield "KB114", (*path, index), False, {"value": value, "first": items.index(item) + 1}
            return


def _below(error, path: tuple, schemas: Schemas) -> Iterator[Found]:
    yield "KB115", path, False, {"value": _written(error.instance), "limit": error.validator_value}


def _above(error, path: tuple, schemas: Schemas) -> Iterator[Found]:
    yield "KB116", path, False, {"value": _written(error.instance), "limit": error.validator_value}


def _no_fields(error, path: tuple, schemas: Schemas) -> Iterator[Found]:
    yield "KB117", path, True, {"field": _last_name(path)}


def _pattern(error, path: tuple, schemas: Schemas) -> Iterator[Found]:
    """Ids and dates by what they should look like; any other pattern by its description."""
    if not error.instance:
        if not error.schema.get("minLength"):  # which says itself that it is empty
            yield from _too_short(error, path, schemas)
        return
    common = schemas.documents.get(COMMON, {}).get("definitions", {})
    codes = {"slug": "KB118", "date": "KB119", "partial_date": "KB120"}
    for name, code in codes.items():
        if common.get(name, {}).get("pattern") == error.validator_value:
            example = {"example": slug(error.instance) or load.say("advice.slug")} if name == "slug" else {}
            yield code, path, False, {"value": load.Quoted(error.instance), **example}
            return
    meaning = _description(error.schema, schemas)
    yield "KB121", path, False, {"value": load.Quoted(error.instance), "meaning": meaning}


def _term_name(error, path: tuple, schemas: Schemas) -> Iterator[Found]:
    yield "KB122", (*path, error.instance), True, {"value": load.Quoted(error.instance)}


def _other(error, path: tuple, schemas: Schemas) -> Iterator[Found]:
    """A keyword that our schemas did not use when this was written: say at least what the field is for."""
    yield (
        "KB121",
        path,
        False,
        {
            "value": load.Quoted(_written(error.instance)),
            "meaning": _description(error.schema, schemas),
        },
    )


_TRANSLATIONS: Mapping[str, Callable[..., Iterator[Found]]] = {
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


def _description(schema: object, schemas: Schemas) -> str:
    """The Dutch description of a field; of a mere reference the description it refers to."""
    if not isinstance(schema, Mapping):
        return ""
    return schema.get("description") or schemas.follow(schema).get("description", "")


def _last_name(path: tuple) -> str:
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
