"""The list of session plans, with the filters and what each plan answers to; the plans that go with an intervention."""

from __future__ import annotations

from typing import TypedDict

from kennisbank.fields import Field
from kennisbank.model import KnowledgeBase, Range, Training
from kennisbank.views import catalogue, common, shapes
from kennisbank.views.training import in_series, published, training_head

# What a trainer is asked before the list, by the names of its filters: for whom, how long, how many, and the room.
ASKED = ("audience", "length", "group", "room")


class TrainingsView(TypedDict):
    """What the page `trainings` is printed from."""

    cards: list[common.View]
    facets: list[common.View]
    total: int
    series: list[common.View]


def show_trainings(kb: KnowledgeBase) -> TrainingsView:
    """The published session plans as cards in file order, the filters with their counts, and the series."""
    cards = [plan_card(kb, item) for item in published(kb)]
    return {
        "cards": cards,
        "facets": catalogue.count_facets(kb, facets(kb), cards, unused=True),
        "total": len(cards),
        "series": [
            {
                "label": term.label,
                "description": term.description,
                "plans": [
                    {"title": plan.title, "url": common.url_of("training", plan.id), "minutes": plan.minutes}
                    for plan in plans
                ],
            }
            for term in kb.vocabularies["series"].values()
            if (plans := in_series(kb, term.id))
        ],
    }


def plan_card(kb: KnowledgeBase, item: Training) -> common.View:
    """One plan in a list: what a trainer needs to choose, and the terms that the filters look at."""
    return {
        **training_head(kb, item.id),
        "url": common.url_of("training", item.id),
        "needs": needs(kb, item),
        "other_minutes": sorted({variation.minutes for variation in item.variations if variation.minutes}),
        "terms": {name: terms_of(kb, field, item) for name, field in facets(kb).items()},
    }


def needs(kb: KnowledgeBase, item: Training) -> list[str]:
    """What the room has to have and how much Dutch it takes, in the words of the lists, and that a case may be open."""
    room = [view["label"] for view in common.term_views(kb, "room_need", item.room)]
    case = [kb.fields["trainings"].by_name["open_case"].label] if item.open_case else []
    return [*room, kb.term("dutch_needed", item.dutch).label, *case]


def ask(kb: KnowledgeBase) -> list[common.View]:
    """The filters that a trainer is asked, each with the terms that some plan answers to."""
    cards = [plan_card(kb, item) for item in published(kb)]
    asked = catalogue.count_facets(kb, {name: facets(kb)[name] for name in ASKED}, cards)
    return [
        {**facet, "terms": [{name: term[name] for name in ("id", "label", "count")} for term in facet["terms"]]}
        for facet in asked
    ]


def ask_inside(kb: KnowledgeBase) -> common.View:
    """The same for a group in detention: ``asked``, the ``audience`` that is known, and for each answer to how much
    Dutch somebody has the terms that he can join.
    """
    terms = list(kb.vocabularies["dutch_needed"].values())
    return {
        "asked": [facet for facet in ask(kb) if facet["id"] != "audience"],
        "audience": ",".join(kb.ids("training_audience", inside=True)),
        "by_dutch": [
            {"least": term.least, "terms": ",".join(other.id for other in terms[: terms.index(term) + 1])}
            for term in terms
        ],
    }


def facets(kb: KnowledgeBase) -> dict[str, Field]:
    """The filters by name, in the order of the schema."""
    known = kb.fields["trainings"]
    found = {field.facet: field for field in known.all if field.facet}
    return {name: found[name] for name in (*known.facets, *(name for name in found if name not in known.facets))}


def terms_of(kb: KnowledgeBase, field: Field, item: Training) -> list[str]:
    """What a plan answers to on one filter: its terms, or the classes that its number or range falls in.

    A variation may have a number of its own: then the plan answers to that as well.
    """
    value = item.get(field.name)
    if not field.classes:
        return list(shapes.ids_of(field, value))
    others = (getattr(variation, field.name, None) for variation in item.variations)
    spans = [ends_of(value), *(ends_of(other) for other in others if other is not None)]
    return [
        term.id
        for term in kb.vocabularies[field.classes].values()
        if any(
            (high is None or (term.low or 0) <= high) and (low is None or low <= (term.high or 0))
            for low, high in spans
        )
    ]


def ends_of(value: object) -> tuple[int | None, int | None]:
    """The smallest and largest of a number or a range; ``None`` where it has no end."""
    if isinstance(value, Range):
        return value.min or value.about, value.max or value.about
    return (value, value) if isinstance(value, int) else (None, None)
