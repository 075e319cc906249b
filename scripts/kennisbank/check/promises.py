"""Addresses are a promise: what was on the site once stays, archived if need be.

The promises stand in ``data/published_ids.txt``, one a line, as ``kind/id``. ``kennisbank new`` and ``kennisbank
format`` add to that list; nothing ever takes from it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from kennisbank import kinds, load
from kennisbank.check.context import Context, is_slug

FILE = f"{kinds.DATA}/published_ids.txt"
_COMMENT = "#"
_WITH_ID = tuple(kind.name for kind in kinds.RECORDS if kind.has_id and kind.promised)


def promises_are_kept(context: Context) -> Iterator[load.Problem]:
    """What has been on the site is still there, and what is there is in the list."""
    text, problems = load.read(context.loaded.root, FILE)
    yield from problems
    if text is None:
        return
    promised = _read(text)
    for line, number in promised.items():
        kind, _, name = line.partition("/")
        if kind not in _WITH_ID or not is_slug(name):
            yield load.make("KB218", FILE, (number, 1), line=load.Quoted(line))
        elif context.knows(kind):
            entry = context.by_id[kind].get(name)
            if entry is None and name not in context.ids(kind):
                yield load.make("KB215", FILE, (number, 1), name=load.Quoted(line))
            elif entry and entry.is_draft:
                yield context.at("KB216", entry, ("status",))
    for kind in _WITH_ID:
        for entry in context.by_id[kind].values():
            name = _promise(kind, entry.data)
            if name and name not in promised:
                yield context.at("KB217", entry, ("id",), file=FILE, name=name)


def renewed(loaded: load.Loaded) -> str | None:
    """The text of the list with the addresses of all records on the site added; ``None`` when it cannot be read."""
    text, _ = load.read(loaded.root, FILE)
    if text is None and os.path.lexists(loaded.root / FILE):
        return None
    present = {_promise(kind, record) for kind in _WITH_ID for record in loaded.records[kind]} - {""}
    lines = sorted({*_read(text or ""), *present}, key=_order)
    return "\n".join([load.say("promises.head"), *lines]) + "\n"


def _read(text: str) -> dict[str, int]:
    """The promises with the line, from 1, on which each stands."""
    lines = ((line.strip(), number) for number, line in enumerate(text.split("\n"), 1))
    return {line: number for line, number in lines if line and not line.startswith(_COMMENT)}


def _order(line: str) -> tuple[int, str]:
    kind = line.partition("/")[0]
    return (_WITH_ID.index(kind) if kind in _WITH_ID else len(_WITH_ID)), line


def _promise(kind: str, record: load.Record) -> str:
    """The line of a record on the site; empty for any other."""
    is_shown = record.get("status") in kinds.SHOWN and is_slug(record.get("id"))
    return f"{kind}/{record['id']}" if is_shown else ""
