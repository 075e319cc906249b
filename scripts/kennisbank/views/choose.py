"""The pages that help to choose: the guide, the comparison, a reader's own list, the table and the transfer.

The scripts of these pages work with ``views.choice``; here the same knowledge is made into lists, for readers without
script.
"""

from __future__ import annotations

from collections.abc import Callable

from kennisbank.model import Intervention, KnowledgeBase
from kennisbank.views import common
from kennisbank.views.catalogue import card_view, facet_views, listed, places_of
from kennisbank.views.choice import (
    COMPARED,
    HOME,
    ISSUES,
    OF_ONE_SEX,
    RULES,
    UNITS,
    is_after,
    is_for_staff,
    open_institutions,
    populations_of,
    sex_of,
)
from kennisbank.views.common import ADULT_KINDS
from kennisbank.views.entry import offer_counts

# Upper ends of the classes of stay, in weeks, for the list without script.
STAY_CLASSES = (4, 8, 13, 26)

# The facts that are printed with an entry of a reader's own list.
PRACTICAL = (
    "target_groups",
    "settings",
    "formats",
    "dosage",
    "group_size",
    "min_stay_weeks",
    "delivered_by",
    "providers",
)


def show_guide(kb: KnowledgeBase) -> dict:
    """The questions of the guide, and what it knows as lists: per stay, per exclusion, per unit."""
    items = [item for item in listed(kb) if not is_for_staff(item)]
    excluded = {mention.group for item in items for mention in item.not_suitable}
    used_goals = {goal for item in items for goal in item.goals}
    return {
        "total": len(items),
        "left_out": len(listed(kb)) - len(items),
        "places": place_groups(kb),
        "units": common.term_views(kb, "setting", [*UNITS, *RULES["later"]]),
        "issues": [view for view in common.term_views(kb, "exclusion", ISSUES) if view["id"] in excluded],
        "goals": common.term_views(kb, "goal", used_goals),
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
            }
            for view in common.term_views(kb, "exclusion", excluded)
        ],
        "by_unit": [
            {**view, "entries": [link_view(item) for item in items if view["id"] in item.settings]}
            for view in common.term_views(kb, "setting", {setting for item in items for setting in item.settings})
        ],
    }


def stay_classes(items: list[Intervention]) -> list[dict]:
    """Entries by the stay that is needed, in weeks: ``min`` and ``max`` of each class; both ``None`` is not known."""
    ends = [(low + 1, high) for low, high in zip((0, *STAY_CLASSES), STAY_CLASSES, strict=False)]
    ends.append((STAY_CLASSES[-1] + 1, None))
    classes = [
        {
            "min": low,
            "max": high,
            "entries": in_class(items, lambda weeks, low=low, high=high: low <= weeks <= (high or weeks)),
        }
        for low, high in ends
    ]
    unknown = [link_view(item) for item in items if item.min_stay_weeks is None]
    return [*(group for group in classes if group["entries"]), {"min": None, "max": None, "entries": unknown}]


def in_class(items: list[Intervention], fits: Callable[[int], bool]) -> list[dict]:
    """The entries whose stay in weeks is known and fits, with that number."""
    return [
        {**link_view(item), "weeks": item.min_stay_weeks}
        for item in items
        if item.min_stay_weeks is not None and fits(item.min_stay_weeks)
    ]


def show_compare(kb: KnowledgeBase) -> dict:
    """What can be compared, the rows in their order, and the categories that have a comparison of their own."""
    return {
        "entries": [link_view(item) for item in listed(kb)],
        "rows": [{"id": row, "label": kb.term("field", row).label} for row in COMPARED],
        "categories": [
            {"label": term.label, "url": common.url_of("category", term.id)}
            for term in kb.vocabularies["category"].values()
        ],
    }


def show_my_list(kb: KnowledgeBase) -> dict:
    """The facts that are printed with an entry of a reader's own list."""
    return {"rows": [{"id": row, "label": kb.term("field", row).label} for row in PRACTICAL]}


def show_overview(kb: KnowledgeBase) -> dict:
    """All entries as rows with the terms that the catalogue filters on, and the filters themselves.

    ``order`` is what a column sorts by where that is not its text: a number, or the place in the vocabulary.
    """
    places = places_of(kb)
    strengths = list(kb.vocabularies["evidence"])
    cards = [card_view(kb, item, places[item.id]) for item in listed(kb)]
    rows = []
    for card in cards:
        item = kb.interventions[card["id"]]
        rows.append(
            {
                **card,
                "target_groups": common.term_views(kb, "target_group", item.target_groups),
                "goals": common.term_views(kb, "goal", item.goals),
                "settings": common.term_views(kb, "setting", item.settings),
                "formats": common.term_views(kb, "format", item.formats),
                "sessions": item.dosage.sessions if item.dosage else None,
                "min_stay_weeks": item.min_stay_weeks,
                "order": strengths.index(item.evidence.strength),
                "mentioned": offer_counts(kb, item)["mentioned"],
            }
        )
    return {"rows": rows, "facets": facet_views(kb, cards), "total": len(rows)}


def show_transfer(kb: KnowledgeBase) -> dict:
    """The institutions to choose from, what is in principle everywhere, and what exists after release.

    Only what is in the Netherlands and for people in or after detention; what is for one sex or age says so.
    """
    items = [item for item in listed(kb) if HOME in item.countries and not is_for_staff(item)]
    return {
        "places": place_groups(kb),
        "sexes": common.term_views(kb, "target_group", OF_ONE_SEX),
        "everywhere": [link_view(item) for item in items if common.is_everywhere(kb, item.id)],
        "after": [
            {
                **link_view(item),
                "tagline": item.tagline,
                "sex": sex_of(item),
                "populations": common.term_views(kb, "target_group", populations_of(kb, item)),
            }
            for item in items
            if is_after(item)
        ],
    }


def place_groups(kb: KnowledgeBase) -> list[dict]:
    """The institutions to choose from: those for adults, then those for young people."""
    views = [
        {
            "id": item.id,
            "name": item.name,
            "place": item.place,
            "url": common.url_of("institution", item.id),
            "adult": item.kind in ADULT_KINDS,
        }
        for item in open_institutions(kb)
    ]
    return [
        {"adult": adult, "institutions": [view for view in views if view["adult"] == adult]} for adult in (True, False)
    ]


def link_view(item: Intervention) -> dict:
    """Id, name and address of an intervention."""
    return {"id": item.id, "name": item.name, "url": common.url_of("intervention", item.id)}
