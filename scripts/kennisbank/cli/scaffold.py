"""A new record and its page, in their sorted places, with what is still to fill in plain to see."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kennisbank import load
from kennisbank.check import pages
from kennisbank.check.context import TO_FILL, is_slug
from kennisbank.cli import canon

# What `new` can make, with the kind of record.
KINDS = {
    "intervention": "interventions",
    "institution": "institutions",
    "organisation": "organisations",
    "source": "sources",
    "training": "trainings",
    "offer": "offers",
}
LONGEST_ID = 60
# Kinds without a page of their own.
WITHOUT_PAGE = {"sources", "offers"}


def identify(kind: str, name: str) -> dict | None:
    """The fields that make the id: of an offer ``intervention/institution[/location]``; ``None`` when it is no id."""
    names = ("intervention", "institution", "location") if kind == "offers" else ("id",)
    parts = name.split("/")
    fewest = 2 if kind == "offers" else 1
    if not fewest <= len(parts) <= len(names):
        return None
    if not all(is_slug(part) and len(part) <= LONGEST_ID for part in parts):
        return None
    return dict(zip(names, parts, strict=False))


def exists(loaded: load.Loaded, kind: str, identity: Mapping) -> bool:
    """Whether a record with this id is there already."""
    wanted = load.sort_key(kind, identity)
    return any(load.sort_key(kind, record) == wanted for record in loaded.records[kind])


def add_record(loaded: load.Loaded, kind: str, identity: Mapping, order: Mapping) -> tuple[str, str]:
    """The file that gets the record and its new text. ``order`` is the schema of one record."""
    wanted = load.sort_key(kind, identity)
    lines = _fields({**_skeleton(order), **identity}, order, 2)
    lines[0] = f"- {lines[0][2:]}"
    record = "\n".join(lines)
    files = [file for file in loaded.files if file.kind == kind]
    if not files:
        name = f"{load.FOLDER}/{kind}.yaml"
        return name, f"{canon.header(name, kind)}\n\n{record}\n"
    # With more files the record goes where its neighbours are.
    before = [file for file in files if file.data and _key(kind, file.data[0]) <= wanted]
    file = before[-1] if before else files[0]
    if not file.data:
        kept = re.sub(r"^\[\s*\]\s*$", "", file.text, flags=re.MULTILINE).rstrip("\n")
        return file.name, f"{kept}\n\n{record}\n".lstrip("\n")
    after = next((index for index, item in enumerate(file.data) if _key(kind, item) > wanted), None)
    if after is None:
        return file.name, f"{file.text.rstrip(chr(10))}\n\n{record}\n"
    text_lines = file.text.split("\n")
    place = loaded.position(file.name, (after,))[0] - 1
    # Comments right above a record belong to it.
    while place > 0 and text_lines[place - 1].startswith("#"):
        place -= 1
    if place == 0:  # nothing but the header of the file: the record goes below it
        place = loaded.position(file.name, (after,))[0] - 1
    return file.name, "\n".join([*text_lines[:place], *record.split("\n"), "", *text_lines[place:]])


def make_page(kind: str, identity: Mapping) -> tuple[str, str] | None:
    """The name and text of the page of a new record; ``None`` when its kind has no pages."""
    if kind in WITHOUT_PAGE:
        return None
    macro, name = pages.MACRO[kind], identity["id"]
    parts = [f'<!--[[ {macro}("{name}") ]]-->']
    if kind in pages.CLOSED:
        for heading, advice in load.words("page").items():
            parts += [f"### {load.say(f'headings.{heading}')}", f"{TO_FILL}: {advice}"]
        parts.append(f'<!--[[ {macro}_end("{name}") ]]-->')
    return f"content/{kind}/{name}.md", "\n\n".join(parts) + "\n"


def _key(kind: str, record: object) -> tuple[str, ...]:
    return load.sort_key(kind, record) if isinstance(record, dict) else ("",)


def _skeleton(order: Mapping) -> object:
    """What the schema requires, each text, number and term as ``TO_FILL``."""
    if "properties" in order:
        record = {name: _skeleton(order["properties"][name]) for name in order.get("required", ())}
        # A draft is what says that the rest may still be missing.
        return {**record, "status": "draft"} if "status" in record and "id" in record else record
    if "items" in order:
        return [_skeleton(order["items"])]
    return TO_FILL


def _fields(record: Mapping, order: Mapping, indent: int) -> list[str]:
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
