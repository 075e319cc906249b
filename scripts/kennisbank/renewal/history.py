"""The history of the data: what changed becomes records of the kind ``changes``, which stay when git is not there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kennisbank import kinds, load
from kennisbank.renewal.compare import Difference
from kennisbank.renewal.words import Teller

KIND = next(kind.name for kind in kinds.RECORDS if not kind.by_hand)
# What is told to an editor and is no news to a reader: wording, where a fact comes from, how the record is kept.
QUIET = frozenset(
    (
        *("text", "texts", "sourced", "notes", "sources", "searches", "claims", "evidence", "figures", "links"),
        *("givers", "locations", "mentions", "exclusions", "openings", "advice", "roles", "relations", "conflict"),
        *("group", "groups", "url"),
    )
)
LONGEST = 300  # as in schema/changes.schema.json


def make_entries(found: Iterable[Difference], before: load.Loaded, after: load.Loaded, day: str) -> list[load.Record]:
    """The entry of each difference that is news to a reader, on that day (ISO date)."""
    teller = Teller(before, after)
    return [entry for item in found if item.kind != "sources" and (entry := _make_entry(teller, item, day))]


def _make_entry(teller: Teller, item: Difference, day: str) -> load.Record | None:
    known = teller.fields[item.kind].by_name
    loud = [
        part
        for part in item.fields
        if part[0] in known and known[part[0]].shape not in QUIET and not _is_of_the_editors(item.kind, known[part[0]])
    ]
    how = teller.how(item)
    if item.fields and not loud:
        return None
    # Of a group of fields its name says enough.
    told = [
        known[name].label if isinstance(new or old, dict) else _say(teller.field(item.kind, name, old, new))
        for name, old, new in loud
    ]
    if not item.fields and not kinds.BY_NAME[item.kind].has_id:
        told = [_say(view) for view in teller.summary(item)]
    entry: load.Record = {
        "on": day,
        "kind": item.kind,
        "record": "/".join(part for part in item.key if part),
        "how": how,
    }
    return {**entry, "told": list(dict.fromkeys(told))} if told else entry


def _is_of_the_editors(kind: str, field: Any) -> bool:
    """The day on which the text was laid beside its sources, what an offer rests on, words only for searching."""
    return (field.shape == "date" and kinds.BY_NAME[kind].has_id) or field.vocabulary == "basis"


def _say(view: dict[str, Any]) -> str:
    """One field in a line: what it is, and what it was before that; of a list what came and what went."""
    old, new = view["old"], view["new"]
    lost = [line for line in old if line not in new]
    added = [line for line in new if line not in old]
    if len(old) > 1 or len(new) > 1:
        parts = [load.say("history.added", values=", ".join(added))] if added else []
        parts += [load.say("history.lost", values=", ".join(lost))] if lost else []
        text = f"{view['label']}: {'; '.join(parts)}"
    else:
        words = [", ".join(values) or load.say("renewal.empty") for values in (old, new)]
        text = f"{view['label']}: {' → '.join(words if old else words[1:])}"
    return text if len(text) <= LONGEST and (lost or added) else view["label"]


def merge(
    entries: Iterable[load.Record], loaded: load.Loaded
) -> tuple[dict[tuple[str, int], load.Record], list[load.Record]]:
    """The entries as records to change (by file and number: told again on the same day) and records to add."""
    present = {
        load.sort_key(KIND, record): (file.name, number, record)
        for file in loaded.files
        if file.kind == KIND
        for number, record in enumerate(file.data)
        if isinstance(record, dict)
    }
    changed: dict[tuple[str, int], load.Record] = {}
    added = []
    for entry in entries:
        found = present.get(load.sort_key(KIND, entry))
        if found is None:
            added.append(entry)
            continue
        name, number, old = found
        told = list(dict.fromkeys([*old.get("told", ()), *entry.get("told", ())]))
        new = {**old, **({"told": told} if told else {})}
        if new != old:
            changed[name, number] = new
    return changed, added
