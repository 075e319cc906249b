"""The numbers of a record by which somebody may search: how many weeks, meetings or people (closed list ``measure``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kennisbank.fields import Field
from kennisbank.model import KnowledgeBase, Range, Record
from kennisbank.views import common, shapes

# What a source says "about": a fifth more or less is still that. Ours; no source says how far about goes.
ABOUT = 0.2


def amounts_of(kb: KnowledgeBase, kind: str, record: Record) -> dict[str, list[float | None]]:
    """Per measure the least and the most of a record; ``None`` where the source sets no bound.

    Of two fields of one measure the later one of the schema counts: how long somebody has to stay says more than how
    long the course takes.
    """
    return dict(read_amounts((field, record.get(field.name)) for field in kb.fields[kind].all))


def read_amounts(values: Iterable[tuple[Field, object]]) -> Iterator[tuple[str, list[float | None]]]:
    """The amounts in some fields with their values, at any depth."""
    for field, value in values:
        if value is None:
            continue
        if field.measure:
            yield field.measure, bounds_of(value)
        elif field.inner and not field.many:
            yield from read_amounts((part, shapes.read_part(value, part.name)) for part in field.inner)


def bounds_of(value: object) -> list[float | None]:
    """The least and the most of a number or a range."""
    if not isinstance(value, Range):
        return [value, value] if isinstance(value, int) else [None, None]
    if value.about is not None:
        return [round(value.about * (1 - ABOUT)), round(value.about * (1 + ABOUT))]
    return [value.min, value.max]


def show_measures(kb: KnowledgeBase) -> list[common.View]:
    """Every measure with the words for it, what fits it, and the page that asks for such a number.

    ``of`` and ``times`` say how it is reckoned in another, which has the rest; ``page`` is the address of a page that
    asks for the number, up to that number.
    """
    return [
        {"id": term.id, "names": [term.label, *term.synonyms]}
        | (
            {"of": term.counts_as, "times": term.times or 1}
            if term.counts_as
            else {
                "label": term.label,
                "within": term.fits == "within",
                "page": f"{term.page}#{term.state}=" if term.page else None,
            }
        )
        for term in kb.vocabularies["measure"].values()
    ]
