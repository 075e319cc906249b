"""References: every id that a record names belongs to a record that exists."""

from __future__ import annotations

from collections.abc import Iterator

from kennisbank import fields, kinds, load
from kennisbank.check.context import Context, advise, is_text, mappings


def references_exist(context: Context) -> Iterator[load.Problem]:
    """Every id that a record names, at any depth, is of a record that exists."""
    for entry in context.all_entries:
        for path, field, value in context.values(entry, _is_reference):
            if value != kinds.EVERYWHERE or path != ("institution",):
                yield from _judge(context, entry, path, value, field.refers)


def _is_reference(field: fields.Field) -> bool:
    return bool(field.refers)


def locations_exist(context: Context) -> Iterator[load.Problem]:
    """A location in an offer is one of its institution; what runs everywhere has none."""
    for entry in context.entries["offers"]:
        location, name = entry.data.get("location"), entry.data.get("institution")
        if not is_text(location):
            continue
        if name == kinds.EVERYWHERE:
            yield context.at("KB205", entry, ("location",))
            continue
        institution = context.by_id["institutions"].get(name) if is_text(name) else None
        if institution:
            ids = [item.get("id") for _, item in mappings(institution.data.get("locations"))]
            known = [other for other in ids if is_text(other)]
            if len(known) == len(ids) and location not in known:
                advice = load.say("advice.choices", choices=", ".join(known)) + " " if known else ""
                values = {"location": load.Quoted(location), "institution": load.Quoted(name)}
                yield context.at("KB204", entry, ("location",), advice=advice, **values)


def _judge(context: Context, entry, path: load.FieldPath, name: object, kind: str) -> Iterator[load.Problem]:
    if not is_text(name) or not context.knows(kind) or name in context.ids(kind):
        return
    values = {"id": load.Quoted(name), "kind": load.words("kinds")[kind], "file": kinds.BY_NAME[kind].file}
    yield context.at("KB203", entry, path, advice=advise(name, context.by_id[kind]), **values)
