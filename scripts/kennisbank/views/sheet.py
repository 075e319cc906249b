"""The records of a kind as a table for a spreadsheet: Dutch headings, labels, and behind all of them the ids for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypedDict

from kennisbank import kinds
from kennisbank.fields import Field, Fields
from kennisbank.model import EVERYWHERE, UNDATED, Change, KnowledgeBase, Offer
from kennisbank.views import news, offered, shapes
from kennisbank.views.matrix import show_matrix

# A cell holds one of these; ``None`` is what no source says, and a dict names the file of words that are printed there,
# with what they are about.
Cell = str | int | float | bool | dict[str, Any] | None
NEXT, WITHIN = "\n", " · "
STATUS = "status"
# What the history names by a word of the program, and the files of words for it; and what it says of a record by its id.
SAID = {"kind": "change-kind", "how": "change-how"}
RECORD = "record"
# What a record, and a part of one that others name, is called for good.
OWN = "id"


class Sheet(TypedDict):
    """One table: its name, its headings, and its rows. ``names`` are the fields behind the columns."""

    id: str
    label: str | dict[str, Any]
    names: list[str]
    headings: list[str | dict[str, Any]]
    rows: list[list[Cell]]


def show_sheets(kb: KnowledgeBase) -> list[Sheet]:
    """A table for every kind of record, and one of all interventions against all institutions."""
    return [*(_show(kb, name, kb.fields[name]) for name in kinds.NAMES), _show_matrix(kb)]


def _show_matrix(kb: KnowledgeBase) -> Sheet:
    view = show_matrix(kb)
    label = kb.fields["offers"].by_name["intervention"].label
    return {
        "id": "matrix",
        "label": {"said": "matrix"},
        "names": ["intervention", *(column["id"] for column in view["columns"]), "intervention.id"],
        "headings": [label, *(column["name"] for column in view["columns"]), {"said": "code", "label": label}],
        "rows": [
            [
                row["name"],
                *({"said": "matrix-cell", "cell": cell} if cell["status"] else None for cell in row["cells"]),
                row["id"],
            ]
            for row in view["rows"]
        ],
    }


def _show(kb: KnowledgeBase, kind: str, known: Fields) -> Sheet:
    columns = [(field, False) for field in known.reading if field.name != OWN]
    columns += [(field, True) for field in known.reading if field.name == OWN or _has_ids(field)]
    records = getattr(kb, kind)
    return {
        "id": kind,
        "label": known.title,
        "names": [f"{field.name}.id" if is_id and field.name != OWN else field.name for field, is_id in columns],
        "headings": [
            {"said": "code", "label": None if field.name == OWN else field.label} if is_id else field.label
            for field, is_id in columns
        ],
        "rows": [
            [
                _write_ids(field, record.get(field.name)) if is_id else _write_field(kb, field, record)
                for field, is_id in columns
            ]
            for record in (records if isinstance(records, tuple) else records.values())
        ],
    }


def _has_ids(field: Field) -> bool:
    return bool(field.shape in {"term", "terms", "record", "records", "state"} or field.key)


def _write_ids(field: Field, value: object) -> Cell:
    key = field.key
    items = value if isinstance(value, tuple) else (value,)
    ids = (shapes.read_part(item, key.name) if key else item for item in items)
    return NEXT.join(dict.fromkeys(str(name) for name in ids if name is not None)) or None


def _write_field(kb: KnowledgeBase, field: Field, record: Any) -> Cell:
    """A field of a record as a cell. How an offer stands is told in the past where nobody confirmed it of late."""
    value = record.get(field.name)
    if isinstance(record, Offer) and field.name == STATUS:
        return offered.status_view(kb, record)["label"]
    if isinstance(record, Change) and field.name in SAID:
        return {"said": SAID[field.name], "value": value}
    if isinstance(record, Change) and field.name == RECORD:
        return news.name_change(kb, record)
    if value == EVERYWHERE and field.refers:
        return {"said": "everywhere"}
    if value == UNDATED and field.shape == "date":
        return {"said": "undated"}
    return _write(kb, field, value)


def _write(kb: KnowledgeBase, field: Field, value: object) -> Cell:
    """A value as a cell: what is one number or yes and no stays that, everything else is words."""
    if value is None or value == ():
        return None
    if isinstance(value, (bool, int, float)):
        return value
    return NEXT.join(_lines(kb, field, value)) or None


def _lines(kb: KnowledgeBase, field: Field, value: object) -> Iterator[str]:
    """A value as lines: one for each of several, the parts of a group behind one another."""
    if field.inner:
        for item in value if isinstance(value, tuple) else (value,):
            parts = [
                (part, shapes.read_part(item, part.name)) for part in field.inner if part.name != OWN or part.refers
            ]
            yield WITHIN.join(text for part, inner in parts for text in _inner(kb, part, inner))
    elif field.vocabulary or field.refers:
        yield from _names(kb, field, value)
    else:
        yield from (str(item) for item in (value if isinstance(value, tuple) else (value,)))


def _inner(kb: KnowledgeBase, field: Field, value: object) -> Iterator[str]:
    """A part of a group. A number, and yes, say what they are of; no says nothing."""
    if value is None or value == () or value is False:
        return
    words = field.label or field.description.partition(".")[0]
    if value is True:
        yield words
    elif isinstance(value, (int, float)):
        yield f"{words}: {value}"
    else:
        yield from _lines(kb, field, value)


def _names(kb: KnowledgeBase, field: Field, value: object) -> Iterator[str]:
    """The labels of the terms, or the names of the records, that a field names; of one that is not there its id."""
    terms = kb.vocabularies.get(field.vocabulary, {})
    records = getattr(kb, field.refers) if field.refers else {}
    for name in value if isinstance(value, tuple) else (value,):
        if name in terms:
            yield terms[name].label
        elif name in records:
            record = records[name]
            yield next(str(getattr(record, key)) for key in ("name", "title", "term") if hasattr(record, key))
        else:
            yield str(name)
