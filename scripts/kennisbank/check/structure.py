"""The structure: whether the data fits its schema, and what is still to be filled in."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kennisbank import kinds, load
from kennisbank.check import wording
from kennisbank.check.context import TO_FILL, Context, Entry, nearest, say_also, walk
from kennisbank.check.schemas import SCHEMA_FOLDER, VOCABULARIES, Schemas
from kennisbank.check.wording import Found

MAX_PER_FILE = 200  # more than this is one mistake repeated; explaining each costs seconds
MAX_ITEMS = 500  # in one list or group of fields; comparing each with each would take minutes


def check_structure(context: Context) -> Iterator[load.Problem]:
    """Every place where the data does not fit the schema, and every field that is still to be filled in."""
    loaded = context.loaded
    vocabularies = loaded.vocabularies if context.knows(kinds.VOCABULARIES) else None
    schemas = Schemas(loaded.root, vocabularies, context.formats)
    for file in loaded.files:
        is_list = file.kind != kinds.VOCABULARIES
        name = kinds.BY_NAME[file.kind].schema if is_list else VOCABULARIES
        if name not in schemas.documents:
            schemas.problems.append(load.make("KB125", f"{SCHEMA_FOLDER}/{name}"))
            continue
        accepts = schemas.accepts(name, "/items" if is_list else "")
        records = enumerate(file.data) if is_list else [(None, file.data)]
        found = (
            problem
            for index, record in records
            if not accepts(record)
            for problem in _judge(context, schemas, name, file, index, record)
        )
        yield from _gather(itertools.islice(found, MAX_PER_FILE))
        if next(found, None):
            yield load.make("KB123", file.name, limit=MAX_PER_FILE)
    yield from _still_to_fill(context, schemas)
    yield from schemas.problems


def check_alone(root: Path, vocabularies: load.Vocabularies, file: load.File, name: str) -> Iterator[load.Problem]:
    """Every place where a file of its own, such as a proposal, does not fit the schema ``name``."""
    alone = load.Loaded(root, (file,), {}, vocabularies, (), frozenset())
    schemas = Schemas(root, vocabularies, formats=False)
    if name not in schemas.documents:
        yield load.make("KB125", f"{SCHEMA_FOLDER}/{name}")
    elif not schemas.accepts(name, "")(file.data):
        yield from itertools.islice(_judge(Context(alone, ""), schemas, name, file, None, file.data), MAX_PER_FILE)


def _gather(problems: Iterator[load.Problem]) -> list[load.Problem]:
    """The problems, where a value that is no term is told once: it is the list that changed, or one habit."""
    found: list[load.Problem] = []
    others: dict[tuple[str, str, str], list[load.Problem]] = {}
    for problem in problems:
        same = others.setdefault((problem.code, problem.message, problem.hint), [])
        if problem.code != "KB105" or not same:
            found.append(problem)
        same.append(problem)
    for number, problem in enumerate(found):
        same = others[problem.code, problem.message, problem.hint]
        if problem.code == "KB105" and len(same) > 1:
            more = say_also([other.record for other in same])
            found[number] = dataclasses.replace(problem, message=problem.message + more)
    return found


def _judge(
    context: Context, schemas: Schemas, name: str, file: load.File, index: int | None, record: Any
) -> Iterator[load.Problem]:
    path = () if index is None else (index,)
    entry = Entry(file.name, file.kind, path, record if isinstance(record, dict) else {})
    for found in _explain(schemas, name, entry, record):
        yield context.at(found.code, entry, found.path, found.at_name, **found.values)


def _still_to_fill(context: Context, schemas: Schemas) -> Iterator[load.Problem]:
    for entry, path, text in context.texts_with([TO_FILL.lower()]):
        if TO_FILL in text:
            meaning, schema = schemas.describe(kinds.BY_NAME[entry.kind].schema, path)
            advice = wording.give_example(wording.last_name(path), schema, schemas) + _draft_advice(entry)
            code = "KB102" if entry.is_draft else "KB103"
            yield context.at(code, entry, path, field=wording.last_name(path), meaning=meaning, advice=advice)


def _explain(schemas: Schemas, name: str, entry: Entry, record: Any) -> Iterator[Found]:
    """The mistakes in one record, each once."""
    if not record and isinstance(record, dict) and entry.path:
        yield Found("KB127", ())
        return
    large = _too_large(record, ())
    if large:
        path, count = large
        yield Found("KB128", path, True, {"count": count, "limit": MAX_ITEMS})
        return
    errors = list(schemas.judge(name, "/items" if entry.path else "", record))
    misspelled = {name for error in errors for name in _misspelled(error)}
    said = set()
    for error in errors:
        # jsonschema makes an error of every missing field; one says them all.
        place = (*error.absolute_path, "/", *error.absolute_schema_path)
        if _is_unfinished(error) or (error.validator == "required" and place in said):
            continue
        said.add(place)
        for found in wording.explain(error, schemas):
            if found.path in misspelled:  # such a field is there, under a misspelled name
                continue
            if found.code == "KB101":
                yield _for_draft(found, entry)
            elif found.code == "KB108":
                yield found._replace(values={**found.values, "advice": _empty_advice(schemas, name, entry, found.path)})
            else:
                yield found


def _misspelled(error: Any) -> Iterator[load.FieldPath]:
    """The paths of the fields that somebody meant by names that the schema does not know."""
    if error.validator == "additionalProperties":
        known = error.schema["properties"]
        for key in error.instance:
            near = None if key in known else nearest(key, known)
            if near:
                yield (*error.absolute_path, near)


def _is_unfinished(error: Any) -> bool:
    """Whether this is about something that is still to be filled in, which has a message of its own."""
    value = error.instance
    if isinstance(value, str):
        return value.startswith(TO_FILL)
    return error.validator in ("minItems", "uniqueItems") and any(TO_FILL in text for _, text in walk(value))


def _for_draft(found: Found, entry: Entry) -> Found:
    """A missing field: of a draft only a warning."""
    values = {**found.values, "advice": found.values["advice"] + _draft_advice(entry)}
    return found._replace(code="KB102" if entry.is_draft else found.code, values=values)


def _empty_advice(schemas: Schemas, name: str, entry: Entry, path: load.FieldPath) -> str:
    """What to do where a field stands without a value: only one that is not asked for can go."""
    # A term of a vocabulary has another root, and all that stands there is asked for by name.
    around = schemas.describe(name, path[:-1])[1] if path and entry.path else {}
    needed = bool(path) and path[-1] in around.get("required", ())
    return load.say("advice.empty_needed" if needed else "advice.empty_optional")


def _too_large(value: object, path: load.FieldPath) -> tuple[load.FieldPath, int] | None:
    """Path and size of the first list or group in a record that no person can have written."""
    if not isinstance(value, dict | list):
        return None
    if len(value) > MAX_ITEMS:
        return path, len(value)
    items = value.items() if isinstance(value, dict) else enumerate(value)
    return next((found for key, item in items if (found := _too_large(item, (*path, key)))), None)


def _draft_advice(entry: Entry) -> str:
    """That a record may wait as a draft, for those that can and are not."""
    kind = kinds.BY_NAME.get(entry.kind)
    if entry.is_draft or kind is None or not kind.drafts:
        return ""
    return " " + load.say("advice.draft")
