"""Addresses are a promise: what was on the site once stays, archived if need be.

The promises stand in ``data/published_ids.txt``, one a line, as ``kind/id``; of what has no id, such as the offers, it
holds the number, as ``kind: number``. ``kennisbank new`` and ``kennisbank format`` add to that list; nothing ever
takes from it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator

from kennisbank import kinds, load
from kennisbank.check.context import CHANGED, Context, Promises, is_slug, name_some

FILE = kinds.PROMISES_FILE
MISSING = "KB217"  # that an address is not in the list yet is what adding it mends
_WITH_ID = tuple(kind.name for kind in kinds.RECORDS if kind.has_id and kind.promised)
_COUNTED = tuple(kind.name for kind in kinds.RECORDS if not kind.has_id)


def promises_are_kept(context: Context) -> Iterator[load.Problem]:
    """What has been on the site is still there, and what is there is in the list."""
    promises = context.promises
    yield from promises.problems
    if promises.text is None:
        return
    for line, number in promises.wrong.items():
        yield load.make("KB218", FILE, (number, 1), line=load.Quoted(line))
    for kind in _WITH_ID:
        yield from _gone(context, kind)
        promised = promises.ids.get(kind, {})
        renamed = context.renamed(kind).values()
        for name, entry in context.by_id[kind].items():
            if name in promised and entry.is_draft:
                yield context.at("KB216", entry, ("status",))
            elif (
                _promise(kind, entry.data)
                and name not in promised
                and name not in renamed
                and kinds.is_free(kinds.BY_NAME[kind], name)
            ):
                yield context.at("KB217", entry, ("id",), file=FILE, name=_promise(kind, entry.data))


def _gone(context: Context, kind: str) -> Iterator[load.Problem]:
    """What is there no longer: under another id, one by one, or a part of the file at once."""
    renamed, promised = context.renamed(kind), context.promises.ids.get(kind, {})
    for old, new in renamed.items():
        yield context.at("KB240", context.by_id[kind][new], ("id",), old=load.Quoted(old), new=load.Quoted(new))
    lost = [name for name in context.gone(kind) if name not in renamed]
    if not lost or not context.is_read(kind):
        return
    if len(lost) <= CHANGED:
        for name in lost:
            yield load.make("KB215", FILE, (promised[name], 1), name=load.Quoted(f"{kind}/{name}"))
        return
    yield load.make("KB241", kinds.BY_NAME[kind].file, count=len(lost), names=name_some(lost))


def nothing_without_an_id_is_lost(context: Context) -> Iterator[load.Problem]:
    """Of what has no id there are at least as many as there were."""
    for kind, (before, number) in context.promises.counts.items():
        present = len(context.entries[kind])
        if present < before and kind not in context.loaded.unreadable:
            values = {"kind": kind, "file": kinds.BY_NAME[kind].file, "present": present, "earlier": before}
            yield load.make("KB242", FILE, (number, 1), **values)


def renewed(loaded: load.Loaded, judge: Callable[[], Iterable[load.Problem]] = list) -> str | None:
    """The text of the list with the addresses of all records on the site added; ``None`` when it cannot be read.

    What ``judge`` says is wrong with a record keeps it out: nobody can take an address back. It is asked of new ones only.
    """
    old = Promises(loaded.root)
    if old.text is None and os.path.lexists(loaded.root / FILE):
        return None
    lines = {f"{kind}/{name}" for kind, names in old.ids.items() for name in names} | set(old.wrong)
    new = {
        (file.name, load.label(file.kind, record, number)): line
        for file in loaded.files
        if file.kind in _WITH_ID
        for number, record in enumerate(file.data, 1)
        if isinstance(record, dict) and (line := _promise(file.kind, record)) and line not in lines
    }
    problems = load.only_errors(judge()) if new else []
    wrong = {(problem.file, problem.record) for problem in problems if problem.code != MISSING}
    lines |= {line for record, line in new.items() if record not in wrong}
    for kind in _COUNTED:
        count = max(len(loaded.records[kind]), old.counts.get(kind, (0, 0))[0])
        lines |= {f"{kind}: {count}"} if count else set()
    return "\n".join([load.say("promises.head"), *sorted(lines, key=_order)]) + "\n"


def _order(line: str) -> tuple[int, str]:
    kind = line.partition("/")[0]
    return (_WITH_ID.index(kind) if kind in _WITH_ID else len(_WITH_ID)), line


def _promise(kind: str, record: load.Record) -> str:
    """The line of a record on the site; empty for any other."""
    is_shown = record.get("status") in kinds.SHOWN and is_slug(record.get("id"))
    return f"{kind}/{record['id']}" if is_shown else ""
