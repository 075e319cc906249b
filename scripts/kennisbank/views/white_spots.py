"""White spots: what others have and a place lacks, whole; which themes are found where.

What is unknown is kept apart from what is not there.
"""

from __future__ import annotations

from typing import TypedDict

from kennisbank.model import Institution, KnowledgeBase
from kennisbank.views import common, meanings, offered, standing
from kennisbank.views.catalogue import listed
from kennisbank.views.control import control_url
from kennisbank.views.institution import elsewhere_view, silent_view

# What a cell can say: in how many a source says that it ran, that one is named but not that it ran, stated absence or
# end, or nothing known.
FOUND, UNSURE, NONE, UNKNOWN = "found", "unsure", "none", "unknown"
# What an institution can lack, the surest first to ask about: nothing known, only named, said of every place only, over
# or said not to be here while others have it, and what one other place alone has.
LACKS = SILENT, NAMED, GENERAL, OVER, ONCE = "silent", "named", "general", "over", "once"


class LackView(TypedDict):
    """All that others have and one institution lacks or may lack, and how old what is known of it is.

    ``groups``: by what is lacking (``LACKS``), those that hold something; ``others``: left out, being for the other sex;
    ``seen`` of the ``rows`` of what is not over are from the last 24 months.
    """

    institution: common.LinkView
    peers: int
    groups: list[common.View]
    total: int
    others: int
    rows: int
    seen: int
    sheet: str


class WhiteSpotsView(TypedDict):
    """What the page `gaps` is printed from."""

    standings: list[dict[str, str | None]]
    institutions: list[common.LinkView]
    by_institution: list[common.View]
    unplaced: list[common.TermLink]
    settings: list[common.TermLink]
    by_setting: list[common.View]
    missing: list[LackView]


def show_gaps(kb: KnowledgeBase) -> WhiteSpotsView:
    """What each institution lacks; and two tables: categories against institutions, and categories against units."""
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
        "missing": [lack_view(kb, item) for item in places],
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


def lack_view(kb: KnowledgeBase, item: Institution) -> LackView:
    """What one institution lacks, whole, counted as its own page counts it."""
    peers = [
        other for other in kb.institutions.values() if other.id != item.id and meanings.same_population(kb, item, other)
    ]
    seen, rows = standing.count_recent(kb, kb.offers_at.get(item.id, ()))
    groups = missing_views(kb, item)
    return {
        "institution": common_link(item),
        "peers": len(peers),
        "groups": [{"lack": lack, "items": groups[lack]} for lack in LACKS if groups[lack]],
        "total": sum(len(found) for found in groups.values()),
        "others": silent_view(kb, item)["others"],
        "rows": rows,
        "seen": seen,
        "sheet": control_url(item.id),
    }


def missing_views(kb: KnowledgeBase, item: Institution) -> dict[str, list[common.View]]:
    """What others have and an institution lacks or may lack, by what is lacking (``LACKS``), most common first.

    Others: the institutions of the same population. Each says in how many of those it ran or is named, what a source says
    of it here, if any does, and whom to ask.
    """
    silent = silent_view(kb, item)
    ran, named = meanings.told_at(kb, item.id)
    told = {offer.intervention for offer in kb.offers_at.get(item.id, ())}
    over = [elsewhere_view(kb, kb.interventions[one], item) for one in told - ran - named]
    found = {
        SILENT: silent["items"],
        NAMED: [elsewhere_view(kb, kb.interventions[one], item) for one in named],
        GENERAL: [
            elsewhere_view(kb, kb.interventions[offer.intervention], item) for offer in meanings.everywhere_at(kb, item)
        ],
        OVER: [one for one in over if one["places"]],
        ONCE: silent["once"],
    }
    return {
        lack: sorted(
            (
                {
                    **{name: one[name] for name in ("name", "url", "doubt", "ran", "places")},
                    "standing": standing.at_place(kb, [one["id"]], item.id),
                    "ask": offered.ask_about(kb, kb.interventions[one["id"]]),
                }
                for one in items
            ),
            key=lambda one: (-one["ran"], -len(one["places"]), common.name_key(one["name"])),
        )
        for lack, items in found.items()
    }
