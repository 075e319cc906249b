"""The pages that help to choose: the guide, the comparison, a reader's own list, the table and the transfer.

The scripts of these pages work with ``views.script_data``; here the same knowledge is made into lists, for readers without
script.
"""

from __future__ import annotations

from typing import TypedDict

from kennisbank.fields import Field
from kennisbank.model import Institution, Intervention, KnowledgeBase
from kennisbank.views import common, meanings, sessions, shapes, standing
from kennisbank.views.catalogue import card_view, facet_views, listed, places_of
from kennisbank.views.script_data import SIDES, show_rules

# Upper ends of the classes of stay, in weeks, for the list without script.
STAY_CLASSES = (4, 8, 13, 26)


class GuideView(TypedDict):
    """What the page `guide` is printed from."""

    total: int
    sessions: common.View
    left_out: int
    places: list[common.View]
    who: list[tuple[str, str]]
    moments: list[tuple[str, str]]
    language: str
    entry_anchor: str | None
    units: list[common.TermLink]
    issues: list[common.TermLink]
    goals: list[common.TermLink]
    cares: list[common.View]
    by_stay: list[common.View]
    by_issue: list[common.View]
    by_unit: list[common.View]


def show_guide(kb: KnowledgeBase) -> GuideView:
    """The questions of the guide, and what it knows as lists: per stay, per exclusion, per unit."""
    items = [item for item in listed(kb) if not meanings.is_for_helpers(kb, item)]
    named = {mention.group for item in items for mention in item.not_suitable}
    named |= {mention.group for item in items for mention in item.open_to}
    rules = show_rules(kb)
    used_goals = {goal for item in items for goal in item.goals}
    return {
        "total": len(items),
        "sessions": sessions.ask_inside(kb),
        "left_out": len(listed(kb)) - len(items),
        "places": place_groups(kb),
        "who": [(term_id, kb.term("target_group", term_id).label) for term_id in rules["who"]],
        "moments": [(term_id, kb.term("phase", term_id).label) for term_id in rules["moments"]],
        "language": rules["language"][0],
        "entry_anchor": kb.term("answer", "entry").anchor,
        "units": common.term_views(kb, "setting", [*rules["units"], *rules["later"]]),
        "issues": [view for view in common.term_views(kb, "exclusion", rules["issues"]) if view["id"] in named],
        "goals": common.term_views(kb, "goal", used_goals),
        "cares": [
            {"goal": goal.id, "issues": [term.id for term in asked], "text": goal.care}
            for goal, asked in meanings.cares(kb)
            if goal.id in used_goals
        ],
        "by_stay": stay_classes(items),
        "by_issue": [
            {
                **view,
                "entries": [
                    {**link_view(item), "text": mention.text, "instead": mention.instead}
                    for item in items
                    for mention in item.not_suitable
                    if mention.group == view["id"]
                ],
                "open": [
                    {**link_view(item), "text": mention.text}
                    for item in items
                    for mention in item.open_to
                    if mention.group == view["id"]
                ],
            }
            for view in common.term_views(kb, "exclusion", named)
        ],
        "by_unit": [
            {**view, "entries": [link_view(item) for item in items if view["id"] in item.settings]}
            for view in common.term_views(kb, "setting", {setting for item in items for setting in item.settings})
        ],
    }


def stay_classes(items: list[Intervention]) -> list[common.View]:
    """Entries by the stay that is needed, in weeks: ``min`` and ``max`` of each class; both ``None`` is not known."""
    ends: list[tuple[int, int | None]] = [
        (low + 1, high) for low, high in zip((0, *STAY_CLASSES), STAY_CLASSES, strict=False)
    ]
    ends.append((STAY_CLASSES[-1] + 1, None))
    classes = [
        {
            "min": low,
            "max": high,
            "entries": in_class(items, low, high),
        }
        for low, high in ends
    ]
    unknown = [link_view(item) for item in items if item.min_stay_weeks is None]
    return [*(group for group in classes if group["entries"]), {"min": None, "max": None, "entries": unknown}]


def in_class(items: list[Intervention], low: int, high: int | None) -> list[common.View]:
    """The entries whose stay in weeks is known and fits, with that number."""
    return [
        {**link_view(item), "weeks": item.min_stay_weeks}
        for item in items
        if item.min_stay_weeks is not None and low <= item.min_stay_weeks <= (high or item.min_stay_weeks)
    ]


class CompareView(TypedDict):
    """What the page `compare` is printed from."""

    entries: list[common.LinkView]
    rows: list[common.View]
    categories: list[common.View]


def show_compare(kb: KnowledgeBase) -> CompareView:
    """What can be compared, the rows in their order, and the categories that have a comparison of their own."""
    return {
        "entries": [link_view(item) for item in listed(kb)],
        "rows": [row_view(field) for field in kb.fields["interventions"].reading if field.compare],
        "categories": [
            {"label": term.label, "url": common.url_of("category", term.id)}
            for term in kb.vocabularies["category"].values()
        ],
    }


class MyListView(TypedDict):
    """What the page `my_list` is printed from."""

    rows: list[common.View]


def show_my_list(kb: KnowledgeBase) -> MyListView:
    """The facts that are printed with an entry of a reader's own list."""
    return {
        "rows": [
            {"id": field.name, "label": field.label} for field in kb.fields["interventions"].reading if field.listed
        ]
    }


def row_view(field: Field) -> common.View:
    """A row that a script fills.

    ``kind`` is ``text`` where two entries always differ, so that it is not worth a mark, and ``mentions`` where what is
    not named is not known; ``many`` where each cell is a list.
    """
    kind = "text" if field.shape in {"date", "text", "sourced"} else "mentions" if field.shape in SIDES else ""
    return {"id": field.name, "label": field.label, "kind": kind, "many": field.many}


class OverviewView(TypedDict):
    """What the page `overview` is printed from."""

    columns: list[common.View]
    rows: list[common.View]
    facets: list[common.View]
    total: int


def show_overview(kb: KnowledgeBase) -> OverviewView:
    """All entries as rows with the terms that the catalogue filters on, and the filters themselves.

    ``order`` is what a column sorts by where that is not its text: a number, or the place in the vocabulary.
    """
    places = places_of(kb)
    columns = [field for field in kb.fields["interventions"].reading if field.table]
    cards = [card_view(kb, item, places[item.id]) for item in listed(kb)]
    rows = [
        {
            "id": card["id"],
            "name": card["name"],
            "url": card["url"],
            "terms": card["terms"],
            "standing": card["standing"],
            "cells": [cell_view(kb, field, kb.interventions[card["id"]]) for field in columns],
            "everywhere": meanings.is_everywhere(kb, card["id"]),
            "offers_count": card["offers_count"],
        }
        for card in cards
    ]
    return {
        "columns": [{"id": field.column or field.facet or field.name, "label": field.label} for field in columns],
        "rows": rows,
        "facets": facet_views(kb, cards),
        "total": len(rows),
    }


def cell_view(kb: KnowledgeBase, field: Field, item: Intervention) -> common.View:
    """One cell of the table: its texts, or its number; ``order`` where it is not sorted by its text."""
    value = item.get(field.name)
    if field.shape in {"dosage", "least", "number"}:
        number = getattr(value, "sessions", None) if field.shape == "dosage" else value
        return {"number": number, "numeric": True, "texts": [], "order": number}
    texts = shapes.labels_of(kb, field, value) if value not in (None, ()) else []
    ranked = list(kb.vocabularies[shapes.vocabulary_of(field)]) if field.shape == "evidence" else []
    return {
        "number": None,
        "numeric": False,
        "texts": texts,
        "order": ranked.index(shapes.ids_of(field, value)[0]) if ranked else None,
    }


class TransferView(TypedDict):
    """What the page `transfer` is printed from."""

    places: list[common.View]
    sexes: list[common.TermLink]
    everywhere: list[common.View]
    after: list[common.View]


def show_transfer(kb: KnowledgeBase) -> TransferView:
    """The institutions to choose from, what is in principle everywhere, and what exists after release.

    Only what is in the Netherlands and for people in or after detention; what is for one sex or age says so.
    """
    items = [item for item in listed(kb) if not meanings.is_abroad(kb, item) and not meanings.is_for_helpers(kb, item)]
    ages = {
        held: kb.term("target_group", kb.ids("target_group", found_in=held)[0]).label
        for held in (meanings.ADULTS, meanings.YOUTH)
        if kb.ids("target_group", found_in=held)
    }
    return {
        "places": place_groups(kb),
        "sexes": common.term_views(kb, "target_group", meanings.sexes(kb)),
        "everywhere": [
            {**link_view(item), "standing": standing.of_intervention(kb, item)}
            for item in items
            if meanings.is_everywhere(kb, item.id)
        ],
        "after": [
            {
                **link_view(item),
                "tagline": item.tagline,
                "standing": standing.of_intervention(kb, item),
                "sex": meanings.sex_of(kb, item),
                "populations": [{"id": held, "label": ages[held]} for held in meanings.populations_of(kb, item)],
            }
            for item in items
            if meanings.is_outside(kb, item) and standing.of_intervention(kb, item)["id"] != standing.ENDED
        ],
    }


def place_groups(kb: KnowledgeBase) -> list[common.View]:
    """The institutions to choose from: those for adults, then those for young people."""
    return [
        {
            "adult": adult,
            "institutions": [
                place_view(item) for item in common.open_institutions(kb) if meanings.holds_adults(kb, item) == adult
            ],
        }
        for adult in (True, False)
    ]


def place_view(item: Institution) -> common.PlaceView:
    """An institution to choose."""
    return {"id": item.id, "name": item.name, "place": item.place, "url": common.url_of("institution", item.id)}


def link_view(item: Intervention) -> common.LinkView:
    """Id, name and address of an intervention."""
    return {"id": item.id, "name": item.name, "url": common.url_of("intervention", item.id)}
