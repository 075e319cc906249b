"""The pages of the categories: what binds a group, and its entries side by side."""

from __future__ import annotations

from kennisbank.model import KnowledgeBase
from kennisbank.views import common
from kennisbank.views.catalogue import card_view, listed, places_of


def show_category(kb: KnowledgeBase, category_id: str) -> dict:
    """One category with its own entries compared, and the entries that also belong to it."""
    places = places_of(kb)
    own = [item for item in listed(kb) if item.category == category_id]
    also = [item for item in listed(kb) if category_id in item.also_in]
    cards = {item.id: card_view(kb, item, places[item.id]) for item in (*own, *also)}
    return {
        **common.term_view(kb, "category", category_id),
        "entries": [
            {
                **cards[item.id],
                "target_groups": common.term_views(kb, "target_group", item.target_groups),
                "formats": common.term_views(kb, "format", item.formats),
                "roles": common.term_views(kb, "role", [delivery.role for delivery in item.delivered_by]),
                "dosage": {"sessions": item.dosage.sessions, "minutes": item.dosage.minutes} if item.dosage else None,
            }
            for item in own
        ],
        "also": [cards[item.id] for item in also],
        "filter_url": common.filter_url("category", category_id),
    }


def show_categories(kb: KnowledgeBase) -> dict:
    """All categories with the number of their entries and a few names."""
    items = listed(kb)
    return {
        "categories": [
            {
                **common.term_view(kb, "category", category_id),
                "url": common.url_of("category", category_id),
                "names": [item.name for item in items if item.category == category_id],
                "count": sum(item.category == category_id for item in items),
            }
            for category_id in kb.vocabularies["category"]
        ]
    }
