"""The pages of the categories: what binds a group, and its entries side by side."""

from __future__ import annotations

from typing import TypedDict

from kennisbank.model import Intervention, KnowledgeBase
from kennisbank.views import common, meanings, standing
from kennisbank.views.catalogue import listed


class CategoryView(common.TermView):
    """What the page `category` is printed from."""

    entries: list[common.View]
    also: list[common.View]
    filter_url: str


def show_category(kb: KnowledgeBase, category_id: str) -> CategoryView:
    """One category with its own entries compared, and the entries that also belong to it."""
    own = [item for item in listed(kb) if item.category == category_id]
    also = [item for item in listed(kb) if category_id in item.also_in]
    return {
        **common.term_view(kb, "category", category_id),
        "entries": [compared_view(kb, item) for item in own],
        "also": [
            {
                "name": item.name,
                "url": common.url_of("intervention", item.id),
                "tagline": item.tagline,
                "standing": standing.of_intervention(kb, item),
                "category": {"label": kb.term("category", item.category).label},
            }
            for item in also
        ],
        "filter_url": common.filter_url("category", category_id),
    }


def compared_view(kb: KnowledgeBase, item: Intervention) -> common.View:
    """One entry beside the others of its category."""
    return {
        "id": item.id,
        "name": item.name,
        "tagline": item.tagline,
        "url": common.url_of("intervention", item.id),
        "standing": standing.of_intervention(kb, item),
        "target_groups": common.term_views(kb, "target_group", item.target_groups),
        "formats": common.term_views(kb, "format", item.formats),
        "roles": common.term_views(kb, "role", [delivery.role for delivery in item.delivered_by]),
        "dosage": {"sessions": item.dosage.sessions, "minutes": item.dosage.minutes} if item.dosage else None,
        "evidence": {"label": kb.term("evidence", item.evidence.strength).label},
        "everywhere": meanings.is_everywhere(kb, item.id),
        "offers_count": meanings.count_places(kb, item.id),
        "country_labels": [view["label"] for view in common.term_views(kb, "country", item.countries)],
    }


class CategoriesView(TypedDict):
    """What the page `categories` is printed from."""

    categories: list[common.View]


def show_categories(kb: KnowledgeBase) -> CategoriesView:
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
