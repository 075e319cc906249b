"""Ids: unique, in order, never lost."""

from __future__ import annotations

import collections
from collections.abc import Iterator

from kennisbank import kinds, load
from kennisbank.check.context import Context, Entry, is_slug, is_text, texts_in

# What is no entry of its own on the site: a source tells of what was left out.
_APART = ("left_out", "sources", "changes")
# The fields by which a record without an id is known, and what they refer to.
_REFERRING = {"intervention": "interventions", "institution": "institutions"}


def ids_are_unique(context: Context) -> Iterator[load.Problem]:
    """Two records of one kind never share an id."""
    for kind, entries in context.entries.items():
        if not kinds.BY_NAME[kind].has_id:
            continue
        first = context.by_id[kind]
        for entry in entries:
            name = entry.data.get("id")
            if is_text(name) and first[name] is not entry:
                other = first[name]
                place = context.loaded.position(other.file, (*other.path, "id"))
                where = f"{other.file}:{place[0]}"
                yield context.at("KB201", entry, ("id",), id=load.Quoted(name), where=where)


def offers_are_unique(context: Context) -> Iterator[load.Problem]:
    """An intervention stands once with each institution (and location)."""
    seen: dict[tuple[str, ...], Entry] = {}
    for entry in context.entries["offers"]:
        key = load.sort_key("offers", entry.data)
        if not (key[0] and key[1]):
            continue
        if key in seen:
            other = seen[key]
            where = f"{other.file}:{context.loaded.position(other.file, other.path)[0]}"
            yield context.at("KB202", entry, ("intervention",), pair=load.Quoted(entry.id), where=where)
        else:
            seen[key] = entry


def records_are_sorted(context: Context) -> Iterator[load.Problem]:
    """The records of a file stand in order of id; the first that does not is named. One that stands twice has no place."""
    known = {name: context.ids(kind) | {kinds.EVERYWHERE} for name, kind in _REFERRING.items() if context.knows(kind)}
    for kind, entries in context.entries.items():
        before: Entry | None = None
        reported: set[str] = set()
        of_kind = kinds.BY_NAME[kind]
        present = collections.Counter(load.sort_key(kind, entry.data) for entry in entries)
        for entry in entries:
            key = load.sort_key(kind, entry.data)[: of_kind.needed]
            if not (is_slug(entry.data.get("id")) if of_kind.has_id else all(key)):
                continue  # a wrong id has no place yet
            if present[load.sort_key(kind, entry.data)] > 1:
                continue  # which of them goes is to be decided first
            if any(entry.data.get(name) not in ids for name, ids in known.items() if name in of_kind.key):
                continue  # a slip in what it refers to is told by itself
            is_next = before and before.file == entry.file and entry.file not in reported
            if before and is_next and load.sort_key(kind, before.data) > load.sort_key(kind, entry.data):
                reported.add(entry.file)
                yield context.at("KB206", entry, id=load.Quoted(entry.id), before=load.Quoted(before.id))
            before = entry


def moves_lead_somewhere(context: Context) -> Iterator[load.Problem]:
    """A record that moved is archived and points to another record of its kind."""
    for entry in context.all_entries:
        target = entry.data.get("moved_to")
        if not is_text(target):
            continue
        if target == entry.data.get("id"):
            yield context.at("KB207", entry, ("moved_to",))
        elif entry.data.get("status") == "published":
            yield context.at("KB208", entry, ("status",), target=load.Quoted(target))


def what_was_left_out_stays_out(context: Context) -> Iterator[load.Problem]:
    """No record has the id or the name of something that was looked at and left out."""
    left: dict[str, Entry] = {}
    for entry in context.entries["left_out"]:
        for name in (entry.data.get("id"), entry.data.get("name"), *texts_in(entry.data.get("also_known_as"))):
            if is_text(name) and not entry.is_draft:
                left.setdefault(name.casefold(), entry)
    for entry in context.all_entries if left else ():
        for field in ("id", "name", "title"):
            name = entry.data.get(field)
            found = left.get(name.casefold()) if is_text(name) and entry.kind not in _APART else None
            if found:
                where = f"{found.file}:{context.loaded.position(found.file, found.path)[0]}"
                why = load.Quoted(found.data.get("why", ""))
                yield context.at("KB222", entry, (field,), name=load.Quoted(name), where=where, why=why)
                break


def ids_mean_nothing_else(context: Context) -> Iterator[load.Problem]:
    """No record is called by a word that means something else, or so that its page would be another's."""
    for kind in kinds.RECORDS:
        for name, entry in context.by_id[kind.name].items() if kind.has_id else ():
            if is_slug(name) and not kinds.is_free(kind, name):
                is_everywhere = kind.name == "institutions" and name == kinds.EVERYWHERE
                yield context.at("KB209" if is_everywhere else "KB244", entry, ("id",), id=load.Quoted(name))
