"""``kennisbank history``: what changed since the last release becomes part of the history of the data."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from contextlib import ExitStack

from kennisbank import kinds, load
from kennisbank.check import record_schema
from kennisbank.cli import edit, files
from kennisbank.cli.arguments import find_root, parse
from kennisbank.cli.reading import refuse_unread
from kennisbank.cli.versions import find_state, last_release
from kennisbank.renewal import compare, history


def run(arguments: Sequence[str]) -> bool:
    """Add what is not there yet, and name the edition of what has none. True when something cannot be read."""
    given = parse("history", arguments, {"--edition": "", "--on": ""}, more={"old": "?"})
    root = find_root(given)
    after = load.load(root)
    with ExitStack() as stack:
        before = load.load(find_state(root, given.old or last_release(root), stack))
        if refuse_unread(before, after):
            return True
        day = given.on or datetime.date.today().isoformat()
        entries = [
            entry
            for entry in history.make_entries(compare.compare(before, after), before, after, day)
            if not _is_told(entry, after)
        ]
    order = {history.KIND: record_schema(after, history.KIND)}
    if given.edition:
        entries = [{**entry, "edition": given.edition} for entry in entries]
    changed, added = history.merge(entries, after)
    if given.edition:
        for file in after.files:
            for number, record in enumerate(file.data if file.kind == history.KIND else ()):
                if "edition" not in record:
                    known = changed.get((file.name, number), record)
                    changed[file.name, number] = {**known, "edition": given.edition}
    texts = edit.rewrite(after, changed, {history.KIND: added}, order)
    if texts:
        files.replace_all(root, texts)
    name = kinds.BY_NAME[history.KIND].file
    print(load.say("history.written", file=name, count=len(changed) + len(added)))
    return False


def _is_told(entry: load.Record, loaded: load.Loaded) -> bool:
    """Whether the history has this already since the last edition, on whatever day."""
    return any(
        (record.get("kind"), record.get("record")) == (entry["kind"], entry["record"])
        and set(entry.get("told", ())) <= set(record.get("told", ()))
        and "edition" not in record
        for record in loaded.records[history.KIND]
    )
