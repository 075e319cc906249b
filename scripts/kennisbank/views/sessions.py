"""The list of session plans, with the filters and what each plan answers to; the plans that go with an intervention."""

from __future__ import annotations

from typing import TypedDict

from kennisbank.fields import Field
from kennisbank.model import KnowledgeBase, Range, Short, Term, Training, Variation
from kennisbank.views import catalogue, common, shapes
from kennisbank.views.training import in_series, published, training_head

# What a trainer is asked before the list, by the names of its filters: for whom, how long, how many, and the room.
ASKED = ("audience", "length", "group", "room")

# The filters that the words of a search may choose: by themselves, or only beside another that does.
LEADING = "dutch"
JOINING = "audience"


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
        "other_minutes": sorted({version.minutes for version in versions(item) if version.minutes}),
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


def read_as_filters(kb: KnowledgeBase) -> list[common.View]:
    """What a search can choose in the list: terms by their ``names``, and classes by a number of their ``measure``.

    ``meant`` are the names of who a term is for; ``joins`` is set where a term only narrows what another chooses.
    """
    found: list[common.View] = []
    for name, field in facets(kb).items():
        if field.classes and field.measure:
            found += [
                {"facet": name, "id": term.id, "label": term.label, "measure": field.measure, "low": term.low or 0}
                | {"high": term.high or 0}
                for term in kb.vocabularies[field.classes].values()
            ]
        elif name in (LEADING, JOINING):
            found += [
                {"facet": name, "id": term.id, "label": term.label, "names": [term.label, *term.synonyms]}
                | {"meant": meant_names(kb, term), "joins": name == JOINING}
                for term in kb.vocabularies[shapes.vocabulary_of(field)].values()
            ]
    return found


def meant_names(kb: KnowledgeBase, term: Term) -> list[str]:
    """The labels and synonyms of the people and places that a term is for."""
    if not term.meant_for:
        return []
    groups = [kb.term("target_group", group) for group in term.meant_for.target_groups]
    settings = [kb.term("setting", setting) for setting in term.meant_for.settings]
    return [name for other in (*groups, *settings) for name in (other.label, *other.synonyms)]


def facets(kb: KnowledgeBase) -> dict[str, Field]:
    """The filters by name, in the order of the schema."""
    known = kb.fields["trainings"]
    found = {field.facet: field for field in known.all if field.facet}
    return {name: found[name] for name in (*known.facets, *(name for name in found if name not in known.facets))}


def terms_of(kb: KnowledgeBase, field: Field, item: Training) -> list[str]:
    """What a plan answers to on one filter: its terms, or the classes that a number falls in or a range holds whole.

    Who has any number of such a class is served then. A variation and the short version may have a number of their
    own: then the plan answers to that as well.
    """
    value = item.get(field.name)
    if not field.classes:
        return list(shapes.ids_of(field, value))
    others = (getattr(version, field.name, None) for version in versions(item))
    own = [value, *(other for other in others if other is not None)]
    return [
        term.id
        for term in kb.vocabularies[field.classes].values()
        if any(suits(found, term.low or 0, term.high or 0) for found in own)
    ]


def versions(item: Training) -> list[Variation | Short]:
    """The other ways to do a session: shorter, longer, and in twenty minutes."""
    return [*item.variations, *([item.short] if item.short else [])]


def suits(value: object, low: int, high: int) -> bool:
    """Whether a number falls in a class or a range holds all of it; what a plan does not say keeps nothing out."""
    if isinstance(value, Range):
        least, most = value.min or value.about, value.max or value.about
        return (least is None or least <= low) and (most is None or high <= most)
    return value is None or (isinstance(value, int) and low <= value <= high)
