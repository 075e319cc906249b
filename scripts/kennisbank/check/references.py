"""References: every id that a record names belongs to a record that exists."""

from __future__ import annotations

from collections.abc import Iterator

from kennisbank import fields, kinds, load
from kennisbank.check.context import Context, Entry, is_text, mappings, name_term, say_also


def references_exist(context: Context) -> Iterator[load.Problem]:
    """Every id that a record names, at any depth, is of a record that exists; each that is not is told once."""
    missing: dict[tuple[str, str], list[tuple[Entry, load.FieldPath]]] = {}
    for entry in context.all_entries:
        for path, field, value in context.values(entry, _is_reference):
            is_everywhere = value == kinds.EVERYWHERE and path == ("institution",)
            if is_text(value) and not is_everywhere and value not in context.ids(field.refers):
                missing.setdefault((field.refers, value), []).append((entry, path))
    for (kind, name), places in missing.items():
        if context.knows(kind):
            yield _missing(context, kind, name, places)


def references_lead_to_what_is_shown(context: Context) -> Iterator[load.Problem]:
    """What is on the site names no draft, which is not; each draft is told once."""
    named: dict[tuple[str, str], list[tuple[Entry, load.FieldPath]]] = {}
    for entry in context.all_entries:
        if entry.kind == "offers" or entry.is_draft:
            continue  # an offer of a draft waits with it
        for path, field, value in context.values(entry, _is_reference):
            other = context.by_id[field.refers].get(value) if is_text(value) else None
            if other and context.is_waiting(other):
                named.setdefault((field.refers, str(value)), []).append((entry, path))
    for (kind, name), places in named.items():
        entry, path = places[0]
        values = {"id": load.Quoted(name), "kind": load.words("kinds")[kind]}
        yield context.at("KB243", entry, path, more=say_also([entry.id for entry, _ in places]), **values)


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
            places = list(mappings(institution.data.get("locations")))
            ids = [item.get("id") for _, item in places]
            known = [other for other in ids if is_text(other)]
            if len(known) == len(ids) and location not in known:
                named = [name_term(item["id"], item.get("name")) for _, item in places if item.get("id") in known]
                advice = load.say("advice.choices", choices=", ".join(named)) + " " if known else ""
                values = {"location": load.Quoted(location), "institution": load.Quoted(name)}
                yield context.at("KB204", entry, ("location",), advice=advice, **values)


def _missing(context: Context, kind: str, name: str, places: list[tuple[Entry, load.FieldPath]]) -> load.Problem:
    values = {"id": load.Quoted(name), "kind": load.words("kinds")[kind], "file": kinds.BY_NAME[kind].file}
    values["new"] = load.say("advice.new", kind=kinds.BY_NAME[kind].singular)
    advice = context.advise(name, context.by_id[kind])
    entry, path = places[0]
    return context.at("KB203", entry, path, advice=advice, more=say_also([entry.id for entry, _ in places]), **values)
