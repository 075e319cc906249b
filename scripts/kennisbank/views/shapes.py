"""A field as a page shows it: its label, and its value by its shape.

``SHOW`` has one small function per shape; ``templates/shapes.jinja`` has one macro of the same name. Pages, comparison,
table and exports of a field all begin here, so a field that only the schema knows is shown like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields as parts_of
from dataclasses import is_dataclass
from typing import Any, TypedDict

from kennisbank.fields import Field
from kennisbank.model import (
    Delivery,
    Evidence,
    Exclusion,
    KnowledgeBase,
    Link,
    Opening,
    Record,
    StaffMention,
)
from kennisbank.views import common, meanings

# The shapes of running text.
TEXTS = frozenset(("text", "texts", "points", "paragraphs"))


class FieldView(TypedDict):
    """A field of a record, ready to print. ``value`` is ``None`` or empty when no source says it."""

    name: str
    label: str
    shape: str
    anchor: str
    unit: str
    tone: str
    fold: bool
    value: object
    inside: list[FieldView]


class PartView(TypedDict):
    """A part of a page: its heading, the notes of the editors on it, and its fields in rows of one or two."""

    id: str
    label: str
    anchor: str
    notes: list[common.NoteView]
    rows: list[list[FieldView]]


def show_field(kb: KnowledgeBase, field: Field, record: Record) -> FieldView:
    """One field of a record."""
    value = record.get(field.name)
    known = value is not None and value != ()
    return {
        "name": field.name,
        "label": field.label,
        "shape": field.shape,
        "anchor": field.anchor or field.name.replace("_", "-"),
        "unit": field.unit,
        "tone": field.tone,
        "fold": field.fold,
        "value": SHOW.get(field.shape, show_as_it_is)(kb, field, value) if known else None,
        "inside": [],
    }


def show_rows(kb: KnowledgeBase, kind: str, part: str, record: Record) -> list[list[FieldView]]:
    """The fields of one part in reading order, those that stand next to each other in one row.

    A row of which nothing is known is left out when its fields say that an unknown value is not worth a line.
    """
    rows: dict[str, list[FieldView]] = {}
    inside: dict[str, list[FieldView]] = {}
    worth: set[str] = set()
    for field in kb.fields[kind].of_part(part):
        view = show_field(kb, field, record)
        if field.within:
            inside.setdefault(field.within, []).append(view)
            continue
        row = field.beside or field.name
        rows.setdefault(row, []).append(view)
        if view["value"] not in (None, []) or field.empty != "hide":
            worth.add(row)
    for view in (view for row in rows.values() for view in row):
        view["inside"] = [other for other in inside.get(view["name"], ()) if other["value"]]
    return [row for name, row in rows.items() if name in worth]


def ids_of(field: Field, value: object) -> tuple[str, ...]:
    """The terms or records that a field names, each once: of a group those that its key names."""
    if value is None:
        return ()
    items = value if isinstance(value, tuple) else (value,)
    key = field.key
    if key is not None:
        items = tuple(getattr(item, key.name) for item in items)
    return tuple(dict.fromkeys(str(item) for item in items))


def vocabulary_of(field: Field) -> str:
    """The closed list of the terms that a field names; empty when it names none."""
    return field.key.vocabulary if field.key else field.vocabulary


def texts_of(field: Field, value: object) -> Iterator[str]:
    """The running text in a field: no names, labels, numbers or sources."""
    if value is None or field.search in {"no", "named"}:
        return
    if field.shape in TEXTS:
        yield from value if isinstance(value, tuple) else (str(value),)
    elif field.inner and not (field.shape == "source" or field.shape == "sources"):
        for item in value if isinstance(value, tuple) else (value,):
            for part in field.inner:
                yield from texts_of(part, read_part(item, part.name))


def read_part(item: object, name: str) -> Any:
    """A part of a group, which is an object of the model, or plain data where only the schema knows the field."""
    return item.get(name) if isinstance(item, Mapping) else getattr(item, name, None)


def labels_of(kb: KnowledgeBase, field: Field, value: object) -> list[str]:
    """A field as short texts: the labels of its terms, the names of its records, or its texts."""
    if vocabulary := vocabulary_of(field):
        in_order = kb.vocabularies[vocabulary]
        named = ids_of(field, value)
        # Of a group the order of the source tells something; of a list of terms that of the vocabulary.
        return [in_order[term].label for term in (named if field.key else in_order) if term in named]
    if field.shape in {"record", "records"}:
        return [view["name"] for view in record_views(kb, field, value)]
    if field.shape == "sourced":
        return [item.text for item in value] if isinstance(value, tuple) else []
    return [str(item) for item in value] if isinstance(value, tuple) else [str(value)]


# ------------------------------------------------------------------ one function per shape


def show_as_it_is(_kb: KnowledgeBase, _field: Field, value: object) -> object:
    """Text, numbers and dates; lists of them."""
    return list(value) if isinstance(value, tuple) else value


def show_parts(_kb: KnowledgeBase, _field: Field, value: object) -> object:
    """A group as it is: each part by its name."""
    return {part.name: getattr(value, part.name) for part in parts_of(value)} if is_dataclass(value) else value


def show_terms(kb: KnowledgeBase, field: Field, value: object) -> list[common.TermLink]:
    """One term or several, in the order of the list, with the address of that filter where there is one."""
    return common.term_views(kb, field.vocabulary, ids_of(field, value), field.facet or None)


def show_roles(kb: KnowledgeBase, field: Field, value: Iterable[Delivery]) -> list[common.View]:
    """Who leads it, with the address of that filter."""
    return [{**common.term_views(kb, "role", [item.role], field.facet or None)[0], "note": item.note} for item in value]


def show_mentions(kb: KnowledgeBase, _field: Field, value: Iterable[StaffMention]) -> list[common.View]:
    """What a source says of people in a role."""
    return [
        {
            "label": kb.term("role", item.role).label,
            "text": item.text,
            "source": common.source_view(kb, item.source),
        }
        for item in value
    ]


def record_views(kb: KnowledgeBase, field: Field, value: object) -> list[common.View]:
    """The records that a field names as links, in the order given; those that are not there are left out."""
    records = getattr(kb, field.refers)
    return [
        {"id": item, "name": records[item].name, "url": common.page_url(field.refers, item)}
        for item in ids_of(field, value)
        if item in records
    ]


def show_exclusions(kb: KnowledgeBase, _field: Field, value: Iterable[Exclusion | Opening]) -> list[common.View]:
    """For whom it is not, and what is possible instead; for whom it is."""
    return [
        {
            "group": common.term_view(kb, "exclusion", item.group),
            "text": item.text,
            "instead": getattr(item, "instead", None),
            "soft": meanings.is_soft(item),
            "general": bool(item.in_general),
            "young": item.said_of == meanings.YOUTH,
            "grown": item.said_of == meanings.ADULTS,
            "source": common.source_view(kb, item.source),
        }
        for item in value
    ]


def show_evidence(kb: KnowledgeBase, field: Field, value: Evidence) -> common.View:
    """The strength with the ladder it stands on, and what is known, unknown and studied."""
    return {
        "strength": common.term_views(kb, "evidence", [value.strength], field.facet or None)[0],
        "steps": kb.term("evidence", value.strength).bars,
        "contexts": [view["label"] for view in common.term_views(kb, "evidence_context", value.contexts)],
        "known": value.known,
        "unknown": value.unknown,
        "studied": value.studied,
    }


def show_sourced_parts(kb: KnowledgeBase, field: Field, value: object) -> object:
    """A group, or a list of them, with its source where it names one and a term where it holds one."""
    if isinstance(value, tuple):
        return [show_sourced_parts(kb, field, item) for item in value]
    view: common.View = {}
    for part in field.inner:
        inner = read_part(value, part.name)
        if part.shape == "term":
            view[part.name] = common.term_view(kb, part.vocabulary, inner) if inner else None
        elif part.shape == "source":
            view[part.name] = common.source_view(kb, inner) if inner else None
        else:
            view[part.name] = inner
    return view


def show_links(kb: KnowledgeBase, field: Field, value: Iterable[Link]) -> object:
    """Addresses from a source; one that is withheld has no address, only its reason."""
    return [
        {
            "url": item.url if kb.term("link_status", item.status).shown else None,
            "label": item.label,
            "status": common.term_view(kb, "link_status", item.status),
            "note": item.note,
            "source": common.source_view(kb, item.source) if item.source else None,
        }
        for item in value
    ]


SHOW: Mapping[str, Callable[[KnowledgeBase, Field, Any], object]] = {
    "term": show_terms,
    "terms": show_terms,
    "roles": show_roles,
    "mentions": show_mentions,
    "record": record_views,
    "records": record_views,
    "range": show_parts,
    "dosage": show_parts,
    "sourced": lambda kb, _field, value: common.text_views(kb, value),
    "sources": lambda kb, _field, value: common.source_views(kb, value),
    "exclusions": show_exclusions,
    "openings": show_exclusions,
    "evidence": show_evidence,
    "recognition": show_sourced_parts,
    "claims": show_sourced_parts,
    "figures": show_sourced_parts,
    "searches": show_sourced_parts,
    "groups": show_sourced_parts,
    "group": show_sourced_parts,
    "links": show_links,
}
