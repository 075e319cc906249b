"""A new record and its pages, in their sorted places, with what is still to fill in plain to see."""

from __future__ import annotations

import re
from typing import Any

from kennisbank import fields, kinds, load
from kennisbank.check.context import TO_FILL, is_slug
from kennisbank.cli import canon

LONGEST_ID = 60


def identify(kind: kinds.Kind, name: str) -> load.Record | None:
    """The fields that make the id: of an offer ``intervention/institution[/location]``; ``None`` when it is no id."""
    parts = name.split("/")
    if not kind.needed <= len(parts) <= len(kind.key):
        return None
    if not all(is_slug(part) and len(part) <= LONGEST_ID for part in parts):
        return None
    return dict(zip(kind.key, parts, strict=False))


def exists(loaded: load.Loaded, kind: kinds.Kind, identity: load.Record) -> bool:
    """Whether this record, or this term of a closed list, is there already."""
    if kind.vocabulary:
        return identity["id"] in loaded.vocabularies.get(kind.vocabulary, {})
    wanted = load.sort_key(kind.name, identity)
    return any(load.sort_key(kind.name, record) == wanted for record in loaded.records[kind.name])


def add_record(
    loaded: load.Loaded, kind: kinds.Kind, identity: load.Record, order: load.Schema
) -> tuple[str, str, int]:
    """The file that gets the record, its new text, and the line of the record. ``order`` is the schema of one."""
    status = {"status": kinds.DRAFT} if kind.drafts else {}  # says that the rest may still be missing
    lines = _fields({**_skeleton(order), **identity, **status}, order, 2)
    record = [f"- {lines[0][2:]}", *lines[1:]]
    name, above, below = _place(loaded, kind.name, load.sort_key(kind.name, identity))
    return name, "\n".join([*above, *record, "", *below]), len(above) + 1


def _place(loaded: load.Loaded, kind: str, wanted: tuple[str, ...]) -> tuple[str, list[str], list[str]]:
    """The file in which a record has its sorted place, and the lines above and below that place."""
    file = find_file(loaded, kind, wanted)
    if file is None:
        return kinds.BY_NAME[kind].file, [canon.header(kinds.BY_NAME[kind].file, kind), ""], []
    line = find_line(loaded, file, wanted)
    if line is not None:
        lines = file.text.split("\n")
        return file.name, lines[:line], lines[line:]
    text = file.text if file.data else re.sub(r"^\[\s*\]\s*$", "", file.text, flags=re.MULTILINE)
    kept = text.rstrip("\n")
    return file.name, [*kept.split("\n"), ""] if kept else [], []


def find_file(loaded: load.Loaded, kind: str, wanted: tuple[str, ...]) -> load.File | None:
    """The file in which the record with this sort key has its place; ``None`` when the kind has none yet."""
    files = [file for file in loaded.files if file.kind == kind]
    # With more files the record goes where its neighbours are.
    before = [file for file in files if file.data and _key(kind, file.data[0]) <= wanted]
    return before[-1] if before else next(iter(files), None)


def find_line(loaded: load.Loaded, file: load.File, wanted: tuple[str, ...]) -> int | None:
    """The line, from 0, before which a record with this sort key belongs; ``None`` when it comes last."""
    lines = file.text.split("\n")
    after = next((index for index, item in enumerate(file.data) if _key(file.kind, item) > wanted), None)
    if after is None:
        return None
    first = place = loaded.position(file.name, (after,))[0] - 1
    # Comments right above a record belong to it.
    while place > 0 and lines[place - 1].startswith("#"):
        place -= 1
    # Nothing but the header of the file: the record goes below it.
    return place or first


def make_pages(kind: kinds.Kind, record_id: str) -> dict[str, str]:
    """The pages that go with a new record: the text of each by its name under the root."""
    return {page.name(record_id): _page(page, record_id) for page in kind.pages}


def _page(page: kinds.Page, record_id: str) -> str:
    parts = [kinds.line(page.macro, record_id)]
    if page.closing:
        for heading, advice in load.words("page").items():
            parts += [f"### {load.say(f'headings.{heading}')}", f"{TO_FILL}: {advice}"]
        parts.append(kinds.line(page.closing, record_id))
    return page.head + "\n\n".join(parts) + "\n"


def _key(kind: str, record: object) -> tuple[str, ...]:
    return load.sort_key(kind, record) if isinstance(record, dict) else ("",)


def _skeleton(order: load.Schema) -> Any:
    """What a new record holds, each text, number and term as ``TO_FILL``; of a group that requires nothing one part."""
    if "properties" in order:
        parts = order["properties"]
        needed = order.get("required") or list(parts)[:1]
        return {name: _skeleton(part) for name, part in parts.items() if name in needed or part.get(fields.NEW)}
    if "items" in order:
        return [_skeleton(order["items"])]
    return TO_FILL


def _fields(record: load.Record, order: load.Schema, indent: int) -> list[str]:
    space = " " * indent
    lines = []
    for name in [name for name in order["properties"] if name in record]:
        value = record[name]
        part = order["properties"][name]
        if isinstance(value, dict):
            lines += [f"{space}{name}:", *_fields(value, part, indent + 2)]
        elif isinstance(value, list):
            lines.append(f"{space}{name}:")
            for item in value:
                inner = _fields(item, part["items"], indent + 4) if isinstance(item, dict) else [f"{space}    {item}"]
                lines += [f"{space}  - {inner[0][indent + 4 :]}", *inner[1:]]
        else:
            lines.append(f"{space}{name}: {value}")
    return lines
