"""References: every id that a record names belongs to a record that exists."""

from __future__ import annotations

from collections.abc import Iterator

from kennisbank import kinds, load
from kennisbank.check.context import Context, advise, is_text, mappings

# Kind, field, and the kind that the ids in that field belong to. A field holds one id or a list of them.
FIELDS = (
    ("interventions", "providers", "organisations"),
    ("interventions", "developed_by", "organisations"),
    ("offers", "intervention", "interventions"),
    ("offers", "institution", "institutions"),
    ("offers", "provider", "organisations"),
    ("trainings", "interventions", "interventions"),
    ("glossary", "see_also", "glossary"),
)


def references_exist(context: Context) -> Iterator[load.Problem]:
    """Fields with ids name records that exist."""
    for kind, field, target in FIELDS:
        for entry in context.entries[kind]:
            value = entry.data.get(field)
            if value == kinds.EVERYWHERE and field == "institution":
                continue
            if isinstance(value, list):
                for index, item in enumerate(value):
                    yield from _judge(context, entry, (field, index), item, target)
            else:
                yield from _judge(context, entry, (field,), value, target)


def related_exist(context: Context) -> Iterator[load.Problem]:
    """Related interventions, what is possible instead, who gives it and the targets of moves exist."""
    for entry in context.entries["interventions"]:
        for index, relation in mappings(entry.data.get("related")):
            yield from _judge(context, entry, ("related", index, "id"), relation.get("id"), "interventions")
        for index, exclusion in mappings(entry.data.get("not_suitable")):
            value = exclusion.get("instead_of")
            yield from _judge(context, entry, ("not_suitable", index, "instead_of"), value, "interventions")
    for entry in context.entries["offers"]:
        for index, giver in mappings(entry.data.get("given_by")):
            yield from _judge(
                context, entry, ("given_by", index, "organisation"), giver.get("organisation"), "organisations"
            )
    for entry in context.all_entries:
        yield from _judge(context, entry, ("moved_to",), entry.data.get("moved_to"), entry.kind)


def sources_exist(context: Context) -> Iterator[load.Problem]:
    """Every source that is named, also inside a claim or a figure, is in sources.yaml."""
    for entry in context.all_entries:
        for path, name in _source_ids(entry.data, ()):
            yield from _judge(context, entry, path, name, "sources")


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


def _source_ids(value: load.Record, path: load.FieldPath) -> Iterator[tuple[load.FieldPath, object]]:
    """The ids under every ``source`` and ``sources`` in a record, at any depth."""
    for key, item in value.items():
        if isinstance(item, dict):
            if key == "source":
                yield (*path, key, "id"), item.get("id")
            else:
                yield from _source_ids(item, (*path, key))
        elif isinstance(item, list):
            for index, part in enumerate(item):
                if isinstance(part, dict):
                    if key == "sources":
                        yield (*path, key, index, "id"), part.get("id")
                    else:
                        yield from _source_ids(part, (*path, key, index))
