"""White spots: which themes are found where, with what is unknown kept apart from what is not there."""

from __future__ import annotations

from collections import Counter
from typing import TypedDict

from kennisbank.model import Institution, KnowledgeBase
from kennisbank.views import common, meanings, offered, standing
from kennisbank.views.catalogue import listed
from kennisbank.views.institution import silent_view

# What a cell can say: in how many a source says that it ran, that one is named but not that it ran, stated absence or
# end, or nothing known.
FOUND, UNSURE, NONE, UNKNOWN = "found", "unsure", "none", "unknown"
# An intervention is worth naming to an institution when at least this share of comparable ones has it.
COMMON_SHARE = 0.25


class WhiteSpotsView(TypedDict):
    """What the page `gaps` is printed from."""

    standings: list[dict[str, str | None]]
    institutions: list[common.LinkView]
    by_institution: list[common.View]
    unplaced: list[common.TermLink]
    settings: list[common.TermLink]
    by_setting: list[common.View]
    missing: list[common.View]


def show_gaps(kb: KnowledgeBase) -> WhiteSpotsView:
    """Two tables: categories against institutions, and categories against units."""
    places = common.open_institutions(kb)
    places.sort(key=lambda item: not meanings.holds_adults(kb, item))
    placed = {offer.intervention for offer in kb.offers}
    settings = used_settings(kb)
    categories = [
        term
        for term in kb.vocabularies["category"].values()
        if any(item.category == term.id and item.id in placed for item in listed(kb))
    ]
    by_institution: list[common.View] = [
        {
            **common.term_view(kb, "category", term.id),
            "url": common.url_of("category", term.id),
            "cells": [theme_at(kb, term.id, item.id) for item in places],
        }
        for term in categories
    ]
    themes = {row["id"] for row in by_institution}
    cells = [cell for row in by_institution for cell in row["cells"]]
    told = {one["id"] for cell in cells for one in (cell["standing"], *cell["doubts"]) if one}
    return {
        "standings": standing.legend(kb, told),
        "institutions": [common_link(item) for item in places],
        "by_institution": by_institution,
        "unplaced": [
            {**common.term_view(kb, "category", term), "url": common.url_of("category", term)}
            for term in kb.vocabularies["category"]
            if term not in themes
        ],
        "settings": common.term_views(kb, "setting", settings),
        "by_setting": [
            {
                **common.term_view(kb, "category", term.id),
                "url": common.url_of("category", term.id),
                "cells": [
                    theme_in(kb, term.id, setting) for setting in kb.vocabularies["setting"] if setting in settings
                ],
            }
            for term in kb.vocabularies["category"].values()
        ],
        "missing": [
            {
                "institution": common_link(item),
                "items": missing_views(kb, item)[:8],
                "unknown": len(silent_view(kb, item)["items"]),
            }
            for item in places
        ],
    }


def common_link(item: Institution) -> common.LinkView:
    """Name and address of an institution."""
    return {"id": item.id, "name": item.name, "url": common.url_of("institution", item.id)}


def used_settings(kb: KnowledgeBase) -> set[str]:
    """The settings that at least one listed intervention names."""
    return {setting for item in listed(kb) for setting in item.settings}


def theme_at(kb: KnowledgeBase, category_id: str, institution_id: str) -> common.View:
    """What a source says of one theme in one institution: ``count`` that ran, ``unsure`` that are only named.

    ``standing`` is that of what ran, else of what is told; ``doubts`` tell how many of what is only
    named stand how.
    """
    offers = kb.offers_at.get(institution_id, ())
    told = {one.intervention for one in offers if kb.interventions[one.intervention].category == category_id}
    ran, unsure = (found & told for found in meanings.told_at(kb, institution_id))
    return {
        "state": FOUND if ran else UNSURE if unsure else NONE if told else UNKNOWN,
        "count": len(ran),
        "unsure": len(unsure),
        "names": sorted((kb.interventions[item].name for item in ran or unsure or told), key=common.name_key),
        "standing": standing.at_place(kb, ran or unsure or told, institution_id),
        "doubts": standing.tally(
            kb, (standing.at_place(kb, [one], institution_id) for one in unsure), "id", "symbol", "label"
        ),
    }


def theme_in(kb: KnowledgeBase, category_id: str, setting_id: str) -> common.View:
    """How many interventions of one theme name one kind of unit; none named is unknown, not absent."""
    names = [item.name for item in listed(kb) if item.category == category_id and setting_id in item.settings]
    return {"state": FOUND if names else UNKNOWN, "count": len(names), "unsure": 0, "names": names, "standing": None}


def missing_views(kb: KnowledgeBase, item: Institution) -> list[common.View]:
    """What ran in comparable institutions and is not known to have run in this one, most common first.

    Comparable means: the same population (adults or youth). What is for the other sex only is left out. Each says in how many comparable institutions it ran, what a source says of it here, if any does, whether it is in
    principle everywhere, and whom to ask. What has neither stands in the list of what is not known (``silent_view``).
    """
    peers = [
        other for other in kb.institutions.values() if other.id != item.id and meanings.same_population(kb, item, other)
    ]
    counts = Counter(intervention for other in peers for intervention in meanings.told_at(kb, other.id)[0])
    own = kb.offers_at.get(item.id, ())
    here = {offer.intervention: offered.status_view(kb, offer) for offer in own}
    everywhere = {offer.intervention for offer in meanings.everywhere_at(kb, item)}
    present, _ = meanings.told_at(kb, item.id)
    return [
        {
            "name": kb.interventions[intervention].name,
            "url": common.url_of("intervention", intervention),
            "count": count,
            "peers": len(peers),
            "status": here.get(intervention),
            "everywhere": intervention in everywhere,
            "ask": offered.ask_about(kb, kb.interventions[intervention]),
        }
        for intervention, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        if intervention not in present
        and count >= COMMON_SHARE * len(peers)
        and not meanings.is_for_others(kb, kb.interventions[intervention], item)
    ]
