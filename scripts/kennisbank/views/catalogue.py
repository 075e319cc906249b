"""The catalogue: every intervention as a card, with the filters and what each card answers to."""

from __future__ import annotations

from kennisbank.model import EVERYWHERE, Intervention, KnowledgeBase
from kennisbank.views import common
from kennisbank.views.entry import offer_counts

CHIP_FACETS = ("target_group", "format", "setting")


def show_catalogue(kb: KnowledgeBase) -> dict:
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
        if offer.institution != EVERYWHERE and common.is_present(kb, offer):
            places[offer.intervention].append(offer.institution)
    return {item: list(dict.fromkeys(found)) for item, found in places.items()}


def card_view(kb: KnowledgeBase, item: Intervention, places: list[str]) -> dict:
    """One card: what a reader needs to choose, and the terms that the filters look at."""
    terms = {
        "category": [item.category, *item.also_in],
        "institution": places,
        "target_group": list(item.target_groups),
        "setting": list(item.settings),
        "phase": list(item.phases),
        "format": list(item.formats),
        "goal": list(item.goals),
        "pillar": list(item.pillars),
        "role": list(dict.fromkeys(delivery.role for delivery in item.delivered_by)),
        "country": list(item.countries),
        "evidence": [item.evidence.strength],
        "kind": [item.kind],
        "provider": [provider for provider in item.providers if provider in kb.organisations],
    }
    counts = offer_counts(kb, item)
    return {
        "id": item.id,
        "name": item.name,
        "tagline": item.tagline,
        "url": common.url_of("intervention", item.id),
        "category": common.term_view(kb, "category", item.category),
        "kind_label": kb.term("kind", item.kind).label,
        "country_labels": [view["label"] for view in common.term_views(kb, "country", item.countries)],
        "countries": list(item.countries),
        "evidence": common.term_view(kb, "evidence", item.evidence.strength),
        "terms": terms,
        "chips": [
            {"facet": facet, **view}
            for facet in CHIP_FACETS
            for view in common.term_views(kb, facet, set(terms[facet]) - common.VAGUE, facet)[:2]
        ],
        "offers_count": counts["running"],
        "everywhere": counts["everywhere"],
    }


def facet_views(kb: KnowledgeBase, cards: list[dict]) -> list[dict]:
    """The filters in the order of the vocabulary, each with the terms that occur and their counts."""
    views = []
    for facet_id, facet in kb.vocabularies["facet"].items():
        counts: dict[str, int] = {}
        for card in cards:
            for term_id in card["terms"][facet_id]:
                counts[term_id] = counts.get(term_id, 0) + 1
        views.append(
            {
                "id": facet_id,
                "label": facet.label,
                "description": facet.description,
                "terms": [
                    {**term, "count": counts[term["id"]]}
                    for term in facet_options(kb, facet_id)
                    if term["id"] in counts
                ],
            }
        )
    return views


def facet_options(kb: KnowledgeBase, facet_id: str) -> list[dict]:
    """Everything a filter can be set to: terms in vocabulary order, records by name."""
    records = {"institution": kb.institutions, "provider": kb.organisations}.get(facet_id)
    if records is None:
        return common.term_views(kb, facet_id, kb.vocabularies[facet_id])
    return [{"id": record.id, "label": record.name, "description": None} for record in common.by_name(records.values())]


def jump_views(cards: list[dict]) -> list[dict]:
    """First letters with the first card of each, for readers without script."""
    first: dict[str, str] = {}
    for card in cards:
        first.setdefault(next(letter for letter in card["name"].upper() if letter.isalnum()), card["id"])
    return [{"letter": letter, "id": card_id} for letter, card_id in first.items()]
