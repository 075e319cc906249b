"""The catalogue: every intervention as a card, with the filters and what each card answers to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TypedDict

from kennisbank.fields import Field
from kennisbank.model import EVERYWHERE, Intervention, KnowledgeBase
from kennisbank.views import common, meanings, shapes, standing

CHIP_FACETS = ("target_group", "format", "setting")


class CatalogueView(TypedDict):
    """What the page `catalogue` is printed from."""

    cards: list[common.View]
    facets: list[common.View]
    jump: list[common.View]
    total: int


def show_catalogue(kb: KnowledgeBase) -> CatalogueView:
    """All published interventions by name as cards, with the facets, their terms and their counts."""
    places = places_of(kb)
    cards = [card_view(kb, item, places[item.id]) for item in listed(kb)]
    return {
        "cards": cards,
        "facets": facet_views(kb, cards),
        "jump": jump_views(cards),
        "total": len(cards),
    }


def listed(kb: KnowledgeBase) -> list[Intervention]:
    """The interventions that a reader can choose from, by name; archived ones keep only their page."""
    return common.by_name(item for item in kb.interventions.values() if item.status == "published")


def places_of(kb: KnowledgeBase) -> dict[str, list[str]]:
    """Per intervention the institutions where a source says that it is or was about to be."""
    places: dict[str, list[str]] = {item: [] for item in kb.interventions}
    for offer in kb.offers:
        if offer.institution != EVERYWHERE and meanings.is_present(kb, offer):
            places[offer.intervention].append(offer.institution)
    return {item: list(dict.fromkeys(found)) for item, found in places.items()}


def card_view(kb: KnowledgeBase, item: Intervention, places: list[str]) -> common.View:
    """One card: what a reader needs to choose, and the terms that the filters look at."""
    terms = {facet: facet_terms(kb, facet, item, places) for facet in facets(kb)}
    return {
        "id": item.id,
        "name": item.name,
        "tagline": item.tagline,
        "url": common.url_of("intervention", item.id),
        "category": common.term_view(kb, "category", item.category),
        "standing": standing.of_intervention(kb, item),
        "kind_label": kb.term("kind", item.kind).label,
        "mark": common.mark_of(kb, "interventions", item.id),
        "country_labels": [view["label"] for view in common.term_views(kb, "country", item.countries)],
        "at_home": item.countries == kb.ids("country", home=True),
        "evidence": evidence_view(kb, item),
        "terms": terms,
        "chips": [
            {"facet": facet, **view}
            for facet in CHIP_FACETS
            for view in common.term_views(kb, facet, set(terms[facet]) - set(kb.ids(facet, vague=True)), facet)[:2]
        ],
        "offers_count": meanings.count_places(kb, item.id),
    }


def evidence_view(kb: KnowledgeBase, item: Intervention) -> common.View:
    """The strength of the evidence with its ``bars``; ``None`` where it was studied and nothing speaks for it."""
    term = kb.term("evidence", item.evidence.strength)
    return {
        **common.term_view(kb, "evidence", term.id),
        "bars": None if term.studied and not term.bars else term.bars,
    }


def facets(kb: KnowledgeBase) -> dict[str, Field]:
    """The filters by name, in their order, with the field that each is named after.

    Those on fields of an intervention, and those on fields of an offer, which are places.
    """
    found: dict[str, Field] = {}
    for kind in ("interventions", "offers"):
        for field in kb.fields[kind].reading:
            if field.facet:
                found.setdefault(field.facet, field)
    order = [name for name in kb.fields["interventions"].facets if name in found]
    return {name: found[name] for name in (*order, *(name for name in found if name not in order))}


def facet_terms(kb: KnowledgeBase, facet: str, item: Intervention, places: list[str]) -> list[str]:
    """What a card answers to on one filter: terms, or records that exist."""
    named: dict[str, None] = {}
    own = [field for field in kb.fields["interventions"].reading if field.facet == facet]
    for field in own:
        records = getattr(kb, field.refers) if field.refers else None
        named |= dict.fromkeys(
            name for name in shapes.ids_of(field, item.get(field.name)) if records is None or name in records
        )
    return list(named) if own else places


def facet_views(kb: KnowledgeBase, cards: list[common.View]) -> list[common.View]:
    """The filters of the interventions in their order, each with the terms that occur and their counts."""
    return count_facets(kb, facets(kb), cards)


def count_facets(
    kb: KnowledgeBase, wanted: Mapping[str, Field], cards: list[common.View], unused: bool = False
) -> list[common.View]:
    """These filters, each with the terms that occur, or all, and their counts. A card says its ``terms`` by filter."""
    views = []
    for facet, field in wanted.items():
        counts = Counter(term_id for card in cards for term_id in card["terms"][facet])
        views.append(
            {
                "id": facet,
                "label": field.label,
                "match": field.match,
                "terms": [
                    {"id": term_id, "label": label, "count": counts[term_id], "unsaid": unsaid}
                    for term_id, label, unsaid in facet_options(kb, field)
                    if unused or term_id in counts
                ],
            }
        )
    return views


def facet_options(kb: KnowledgeBase, field: Field) -> list[tuple[str, str, str | None]]:
    """Everything a filter can be set to, as id and label: terms in vocabulary order, records by name.

    And the term that stands where a source does not say which of several it is, such as the unit of an institution.
    """
    if field.refers:
        return [(record.id, record.name, None) for record in common.by_name(getattr(kb, field.refers).values())]
    terms = kb.vocabularies[field.classes or shapes.vocabulary_of(field)]
    return [
        (term.id, term.label, term.unit_of if term.unit_of != term.id and term.unit_of in terms else None)
        for term in terms.values()
    ]


def jump_views(cards: list[common.View]) -> list[common.View]:
    """First letters with the first card of each, for readers without script; a name of signs only has none."""
    first: dict[str, str] = {}
    for card in cards:
        if letter := common.first_letter(card["name"]):
            first.setdefault(letter, card["id"])
    return [{"letter": letter, "id": card_id} for letter, card_id in first.items()]
