"""What the form for proposals asks and how it judges, as data for the browser: fields, limits, rules and words.

Nothing of it is typed here: the fields and their limits are those of the schemas, the patterns and words those of the
check. ``content/assets/propose/judge.js`` reads both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kennisbank import fields, kinds, load, model, order, views
from kennisbank.check import dates, evidence, links, markup, persons, structure, wording, words, writing
from kennisbank.check.schemas import COMMON, Schemas
from kennisbank.views.meanings import ADULTS

# What somebody can propose: not what the program writes itself.
KINDS = tuple(kind for kind in kinds.RECORDS if kind.by_hand)
# What a schema says of a value that the browser judges by, in the names of JSON schema (draft-07).
KEYWORDS = (
    *("type", "minLength", "maxLength", "pattern", "minimum", "maximum"),
    *("minItems", "maxItems", "uniqueItems", "minProperties"),
)
# What stands in a list of its own is written once, and asked for by name.
NOTES = ("label", "description", "shape", "vocabulary", "refers", "part", "form", "unit", "seen", "when", "ask")
# The messages that a form can give.
CODES = (
    *("KB009", "KB010", "KB011", "KB052", "KB101", "KB104", "KB105", "KB106", "KB107", "KB108", "KB109", "KB110"),
    *("KB111", "KB112", "KB113", "KB114", "KB115", "KB116", "KB117", "KB118", "KB119", "KB120", "KB121", "KB124"),
    *("KB127", "KB128", "KB129", "KB201", "KB202", "KB203", "KB204", "KB205", "KB207", "KB208", "KB210", "KB211"),
    *("KB212", "KB301", "KB302", "KB303", "KB304", "KB306", "KB320", "KB325", "KB326"),
    *("KB401", "KB402", "KB403", "KB404", "KB405"),
    *("KB406", "KB407", "KB408", "KB410", "KB412", "KB420", "KB421", "KB424", "KB430", "KB431", "KB432", "KB702"),
)
# Per code what no text may hold; the first that is found is told.
PATTERNS: Mapping[str, tuple[re.Pattern[str], ...]] = {
    "KB405": (words.HTML,),
    "KB406": (words.TEMPLATE,),
    "KB407": (words.PLACEHOLDER_WORD, re.compile(rf"^(?:{words.PLACEHOLDER})$", re.IGNORECASE)),
    "KB410": (words.GARBLED,),
    "KB424": (writing.LONG_WORD,),
}
# What Python lets pass and JavaScript does not.
NEEDLESS = {'\\"', "\\'", "\\#", "\\%"}
# What is wrong with a date or a document is said in the words of who sees no YAML: those of the spreadsheet.
HINTED = ("KB119", "KB120", "KB121", "KB302", "KB303", "KB702")
# What somebody can type where a number is asked.
TYPED = ("integer_string", "integer_number", "number_string", "comma")
# What a term means to the rules (schema/vocabularies-file.schema.json).
MEANINGS = ("means", "studied", "research", "shown", "home", "inverse", "reported")


def show_forms(kb: model.KnowledgeBase, root: Path) -> dict[str, dict[str, Any]]:
    """What the form asks, by the name of its file: one per kind of record, one for the proposal itself, one for all."""
    schemas = Schemas(root, kb.vocabularies)
    found = {kind.name: show_kind(schemas, kb.fields[kind.name], kind) for kind in KINDS}
    schema = schemas.follow({"$ref": f"{fields.PROPOSAL}{fields.SUFFIX}#"})
    asked = show_group(schemas, schema, kb.fields[fields.PROPOSAL].all)
    proposal = {"kind": fields.PROPOSAL, "key": [], "schema": asked}
    shared = show_lists(kb, proposal)
    # What every proposal asks is there already.
    own = {
        kind.name: {
            **found[kind.name],
            **show_lists(kb, found[kind.name], shared["terms"]),
            "known": show_known(kb, kind),
        }
        for kind in KINDS
    }
    return {**own, "proposal": {**proposal, **shared}, "common": show_common(kb)}


def show_lists(kb: model.KnowledgeBase, form: Mapping[str, Any], known: Iterable[str] = ()) -> dict[str, Any]:
    """What can be chosen in a form: the terms of the lists that it asks and are not ``known``, the parts of a page.

    ``lists`` are the kinds of record that are chosen from, of which ``show_names`` has the names.
    """
    asked = list(walk(form["schema"]))
    terms = dict.fromkeys(node["vocabulary"] for node in asked if "vocabulary" in node)
    labels = {**kb.vocabularies["training_part"], **kb.vocabularies["part"]}
    parts = dict.fromkeys(node["part"] for node in asked if "part" in node)
    return {
        "terms": {name: show_terms(kb, name) for name in terms if name not in known},
        "lists": sorted({node["refers"] for node in asked if "refers" in node}),
        "parts": {part: labels[part].label for part in parts if part in labels},
    }


def show_names(kb: model.KnowledgeBase) -> dict[str, dict[str, str]]:
    """What the records of each kind with ids are called, by id, in the order of their names."""
    return {kind.name: names(kb, kind.name) for kind in KINDS if kind.has_id}


def show_records(kb: model.KnowledgeBase, form: Mapping[str, Any], records: list[Any]) -> dict[str, Any]:
    """Records as they are now, with what those are called that they name: the whole lists come when somebody chooses."""
    named: dict[str, dict[str, str]] = {}
    for record in records:
        own = [(form["kind"], record["id"])] if "id" in record else []
        for kind, record_id in [*own, *find_named(form["schema"], record)]:
            if target := getattr(kb, kind).get(record_id):
                named.setdefault(kind, {})[record_id] = kinds.call(target.get, record_id)
    return {"records": records, "names": named}


def find_named(node: Mapping[str, Any], value: Any) -> Iterator[tuple[str, str]]:
    """The kind and id of every record that a value with this schema names."""
    if isinstance(value, list):
        for item in value:
            yield from find_named(node.get("items", {}), item)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from find_named(node.get("properties", {}).get(name, {}), item)
    elif "refers" in node:
        yield node["refers"], value


def walk(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """A schema of a form, and every schema in it."""
    yield node
    for part in node.get("properties", {}).values():
        yield from walk(part)
    if "items" in node:
        yield from walk(node["items"])


def show_kind(schemas: Schemas, known: fields.Fields, kind: kinds.Kind) -> dict[str, Any]:
    """The fields of one kind of record, in the order in which they are read."""
    record = schemas.follow({"$ref": f"{kind.schema}#/items"})
    return {
        "kind": kind.name,
        "key": list(kind.key),
        "needed": kind.needed,
        "schema": show_group(schemas, record, known.reading),
    }


def show_group(schemas: Schemas, schema: load.Schema, known: tuple[fields.Field, ...]) -> dict[str, Any]:
    """A group of fields: what each holds, and which are needed."""
    group = {name: schema[name] for name in KEYWORDS if name in schema}
    properties = {field.name: show_field(schemas, schema["properties"][field.name], field) for field in known}
    return {**group, "properties": properties, "required": list(schema.get("required", ()))}


def show_field(schemas: Schemas, part: load.Schema, field: fields.Field) -> dict[str, Any]:
    """One field with all that it refers to in its place; a list says in ``items`` what one of it is."""
    schema = schemas.follow(part)
    notes = {name: value for name in NOTES if (value := getattr(field, name)) and name != "description"}
    said = schemas.description(part)
    if schema.get("type") != "array":
        return {**show_value(schemas, schema, field), **notes, "description": said}
    item = schemas.follow(schema["items"])
    limits = {name: schema[name] for name in KEYWORDS if name in schema}
    for name in ("vocabulary", "refers"):  # that is about each of the list
        notes.pop(name, None)
    return {**limits, **notes, "description": said, "items": show_value(schemas, item, field)}


def show_value(schemas: Schemas, schema: load.Schema, field: fields.Field) -> dict[str, Any]:
    """A value that is no list: its limits, its own choices where they are of no closed list, or its fields."""
    if "properties" in schema:
        return show_group(schemas, schema, field.inner)
    value = {name: schema[name] for name in KEYWORDS if name in schema}
    if "enum" in schema:
        value |= {"vocabulary": field.vocabulary} if field.vocabulary else {"enum": schema["enum"]}
        if field.vocabulary and list(schemas.vocabularies[field.vocabulary]) != schema["enum"]:
            value["enum"] = schema["enum"]  # only some of the list
    if field.refers:
        value["refers"] = field.refers
    common = schemas.documents.get(COMMON, {}).get("definitions", {})
    codes = {common[name]["pattern"]: code for name, code in wording.FORMS.items() if name in common}
    if code := codes.get(schema.get("pattern", "")):
        value["code"] = code
    return value


def call_fields(text: str, labels: Mapping[str, str]) -> str:
    """A message with the label of a field where it names one: a form shows no names of fields."""
    return re.sub(r"‘([a-z_]+)’", lambda found: f"‘{labels.get(found[1], found[1])}’", text)


def show_common(kb: model.KnowledgeBase) -> dict[str, Any]:
    """What all kinds share: the day, the words of the check, what no text may hold, the terms, the names of records."""
    table = load.messages.table()
    hints = {code: load.words("cell_hint")[code] for code in HINTED}
    labels = {field.name: field.label for kind in reversed(KINDS) for field in kb.fields[kind.name].by_name.values()}
    return {
        "today": kb.today,
        "earliest": dates.EARLIEST,
        "kinds": [kind.name for kind in KINDS],
        "everywhere": kinds.EVERYWHERE,
        "codes": views.show_codes(),
        "shown": kinds.PUBLISHED,
        "messages": {
            code: [call_fields(text, labels) for text in (table[code].message, hints.get(code, table[code].hint))]
            for code in CODES
        },
        "words": {
            "types": load.words("types"),
            "type_advice": {name: load.words("type_advice")[name] for name in TYPED},
            "kinds": load.words("kinds"),
            "advice": {name: load.words("advice")[name] for name in ("choices", "slug")},
        },
        "patterns": [[code, *for_browser(pattern)] for code, patterns in PATTERNS.items() for pattern in patterns],
        "unwanted": [[code, *for_browser(pattern)] for code, pattern in load.UNWANTED.items()],
        "no_text": list(words.NO_TEXT),
        "macro": words.MACRO,
        "most": structure.MAX_ITEMS,
        "markdown": {
            "fields": [list(names) for names in words.MARKDOWN],
            "refused": [for_browser(words.PAGE_MARKUP), for_browser(markup.BRACES)],
            "links": for_browser(markup.LINK),
        },
        "persons": {
            "mailbox": for_browser(persons.MAILBOX),
            "desks": sorted(persons.DESKS),
            "providers": sorted(persons.PROVIDERS),
            "registered": [for_browser(pattern) for pattern in (persons.NAMED, persons.REGISTERED)],
            "telephone": for_browser(persons.TELEPHONE),
            "quick": for_browser(persons.QUICK),
            "isbn": for_browser(persons.BOOK),
            "names": [for_browser(pattern) for pattern in persons.NAMES],
        },
        "links": {
            "schemes": links.SAFE,
            "refused": [for_browser(links.FORBIDDEN), for_browser(links.WRONG_BYTE)],
            "behind": for_browser(links.BEHIND),
            "label": for_browser(links.LABEL),
            "number": for_browser(links.NUMBER),
            "ends": sorted(links.LOCAL_ENDS),
            "parts": sorted(links.LOCAL_PARTS),
            "domains": links.LOCAL_DOMAINS,
            "letters": "".join(sorted(links.LETTERS)),
            "example": links.EXAMPLE,
        },
    }


def show_known(kb: model.KnowledgeBase, kind: kinds.Kind) -> dict[str, Any]:
    """What the rules about one kind know of other records, by what ``propose/rules.js`` calls it."""
    if kind.name == "offers":
        return {
            "locations": {
                item.id: {location.id: location.name for location in item.locations}
                for item in kb.institutions.values()
                if item.locations
            },
            "adults": [
                item.id for item in kb.institutions.values() if kb.term("institution_kind", item.kind).holds == ADULTS
            ],
        }
    if kind.name == "interventions":
        return {
            "studies": evidence.list_ways_out({name: show_terms(kb, name) for name in kb.vocabularies}),
            "archived": [item.id for item in kb.interventions.values() if item.status not in {kinds.PUBLISHED}],
            "research": [item.id for item in kb.sources.values() if kb.term("source_kind", item.kind).research],
        }
    return {}


def show_terms(kb: model.KnowledgeBase, name: str) -> dict[str, Any]:
    """The terms of a closed list."""
    return {term.id: show_term(term) for term in kb.vocabularies[name].values()}


def show_term(term: model.Term) -> dict[str, Any]:
    """A term with what it means to the rules."""
    means = {name: value for name in MEANINGS if (value := getattr(term, name, None)) is not None}
    return {"label": term.label, **means}


def names(kb: model.KnowledgeBase, kind: str) -> dict[str, str]:
    """What the records of a kind are called, by id, in the order of their names."""
    called = {record.id: kinds.call(record.get, record.id) for record in getattr(kb, kind).values()}
    return dict(sorted(called.items(), key=lambda pair: order.key(pair[1])))


def for_browser(pattern: re.Pattern[str]) -> list[str]:
    """A pattern of Python's as source and flags of one in JavaScript, where a letter is one of any script as well."""
    letters, made, inside = r"\p{L}\p{N}_", "", False
    for sign in re.findall(r"\\.|[^\\]", pattern.pattern.replace("(?P<", "(?<"), re.DOTALL):
        inside = sign == "[" or (inside and sign != "]")
        # Where letters are those of any script, a sign that means nothing else may not be escaped.
        sign = sign.removeprefix("\\") if sign in NEEDLESS else sign
        made += (letters if inside else f"[{letters}]") if sign == r"\w" else sign
    flags = "".join(sign for flag, sign in ((re.IGNORECASE, "i"), (re.MULTILINE, "m")) if pattern.flags & flag)
    return [made, f"{flags}u"]
