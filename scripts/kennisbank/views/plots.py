"""Five plots of the whole: what stands in each cell, in the order in which it is drawn, with the numbers behind it.

One counting rule. An intervention counts once, under its main category; in an institution once too, as
``meanings.told_at`` has it: what ran, and apart what is only named. Only the plot of ages counts rows, because it is
about rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from kennisbank.model import UNDATED, Institution, Intervention, KnowledgeBase, Offer
from kennisbank.views import common, meanings, standing
from kennisbank.views.catalogue import listed
from kennisbank.views.white_spots import theme_at

# What a table tells of a standing as such.
KINDS = ("symbol", "label", "dated")


class PlotsView(TypedDict):
    """What the page `plots` is printed from: how many interventions there are, and each plot."""

    total: int
    standings: list[dict[str, str | None]]
    evidence: common.View
    ages: common.View
    themes: common.View
    moments: common.View
    weeks: common.View


def show_plots(kb: KnowledgeBase) -> PlotsView:
    """The five plots, and the standings that their signs tell apart."""
    items = listed(kb)
    places = common.open_institutions(kb)
    return {
        "total": len(items),
        "standings": standing.legend(kb),
        "evidence": plot_evidence(kb, items),
        "ages": plot_ages(kb, places),
        "themes": plot_themes(kb, places),
        "moments": plot_moments(kb, items),
        "weeks": plot_weeks(kb, items),
    }


def sign_views(kb: KnowledgeBase, items: Iterable[Intervention]) -> list[common.View]:
    """A sign for each intervention, those of one standing together in the order of that list."""
    rank = list(kb.vocabularies["standing"])
    signs = [{"id": item.id, "name": item.name, "standing": standing.of_intervention(kb, item)} for item in items]
    return sorted(signs, key=lambda sign: rank.index(sign["standing"]["id"]))


# Where an intervention was studied: in a Dutch institution (perhaps elsewhere as well), only elsewhere, or not said.
HERE, AWAY, UNSAID = "here", "away", "unsaid"


def research_of(kb: KnowledgeBase, item: Intervention) -> common.View | None:
    """Where it was studied, and the labels of those places; ``None`` where no source tells of a study."""
    if not meanings.is_studied(kb, item):
        return None
    contexts = item.evidence.contexts
    at_home = bool(set(contexts) & set(kb.ids("evidence_context", home=True)))
    labels = [view["label"] for view in common.term_views(kb, "evidence_context", contexts)]
    return {"at": HERE if at_home else AWAY if contexts else UNSAID, "labels": labels}


def ringed(kb: KnowledgeBase, items: Iterable[Intervention]) -> list[common.View]:
    """A sign for each intervention, with where it was studied as its ``ring``; ``None`` for what was not."""
    signs = sign_views(kb, items)
    found = {sign["id"]: research_of(kb, kb.interventions[sign["id"]]) for sign in signs}
    return [{**sign, "ring": research["at"] if (research := found[sign["id"]]) else None} for sign in signs]


# ------------------------------------------------------------------ the plots


def plot_evidence(kb: KnowledgeBase, items: list[Intervention]) -> common.View:
    """Per category how strong the evidence is: ``steps`` of no to five bars, then what is no step (``bars`` None)."""
    terms = list(kb.vocabularies["evidence"].values())
    steps = sorted({term.bars or 0 for term in terms if term.bars or not term.studied})
    columns: list[common.View] = [
        {
            "bars": step,
            "labels": [term.label for term in terms if (term.bars or 0) == step and (step or not term.studied)],
        }
        for step in steps
    ]
    columns.append({"bars": None, "labels": [term.label for term in terms if term.studied and not term.bars]})
    found = {kb.term("evidence", item.evidence.strength).label for item in items}
    for column in columns:  # a head that names what nothing has would be read as said of what stands below it
        column["labels"] = [label for label in column["labels"] if label in found] or column["labels"]
    rows: list[common.View] = []
    for category in kb.vocabularies["category"].values():
        own = [item for item in items if item.category == category.id]
        cells = [
            ringed(kb, (item for item in own if kb.term("evidence", item.evidence.strength).label in column["labels"]))
            for column in columns
        ]
        rows.append(
            {
                "label": category.label,
                "url": common.url_of("category", category.id),
                "count": len(own),
                "cells": cells,
                "standings": standing.tally(kb, (sign["standing"] for cell in cells for sign in cell), *KINDS),
            }
        )
    studied: list[common.View] = [
        {
            "name": item.name,
            "url": common.url_of("intervention", item.id),
            "strength": kb.term("evidence", item.evidence.strength).label,
            "research": research,
        }
        for item in items
        if (research := research_of(kb, item))
    ]
    return {
        "columns": columns,
        "rows": rows,
        "research": sorted(studied, key=lambda one: (HERE, AWAY, UNSAID).index(one["research"]["at"])),
        "at": {at: sum(one["research"]["at"] == at for one in studied) for at in (HERE, AWAY, UNSAID)},
        "counts": [sum(len(row["cells"][place]) for row in rows) for place in range(len(columns))],
        "studied": len(studied),
    }


def plot_ages(kb: KnowledgeBase, places: list[Institution]) -> common.View:
    """Per institution the rows by year; ``None`` is the column of what bears no date. ``fresh``: of the last 24 months."""
    years = [int(offer.as_of[:4]) for offer in kb.offers if offer.as_of != UNDATED]
    columns = [None, *range(min(years, default=int(kb.today[:4])), int(kb.today[:4]) + 1)]
    rows: list[common.View] = []
    for place in places:
        offers = kb.offers_at.get(place.id, ())
        dates = common.dated(offer.as_of for offer in offers)
        rows.append(
            {
                "label": place.name,
                "url": common.url_of("institution", place.id),
                "count": len(offers),
                "cells": [age_cell(kb, offers, column) for column in columns],
                "oldest": dates[0] if dates else None,
                "newest": dates[-1] if dates else None,
                "fresh": sum(not common.is_stale(offer.as_of, kb.today) for offer in offers),
            }
        )
    return {
        "columns": columns,
        "rows": rows,
        "count": sum(row["count"] for row in rows),
        "fresh": sum(row["fresh"] for row in rows),
    }


def age_cell(kb: KnowledgeBase, offers: Iterable[Offer], year: int | None) -> common.View:
    """The rows of one institution and one year, and whether one of them is of the last 24 months."""
    own = [offer for offer in offers if offer.as_of[:4] == (UNDATED[:4] if year is None else str(year))]
    return {"count": len(own), "fresh": any(not common.is_stale(offer.as_of, kb.today) for offer in own)}


def plot_themes(kb: KnowledgeBase, places: list[Institution]) -> common.View:
    """Per institution how many of each category ran and how many are only named, as in the white spots."""
    rows: list[common.View] = []
    terms = kb.vocabularies["category"].values()
    for place in places:
        cells = {term.id: theme_at(kb, term.id, place.id) for term in terms}
        rows.append(
            {
                "label": place.name,
                "url": common.url_of("institution", place.id),
                "count": sum(cell["count"] for cell in cells.values()),
                "unsure": sum(cell["unsure"] for cell in cells.values()),
                "cells": cells,
            }
        )
    shown = ("count", "unsure")
    columns = [term for term in terms if any(row["cells"][term.id][name] for row in rows for name in shown)]
    for row in rows:
        row["cells"] = [
            {name: row["cells"][term.id][name] for name in (*shown, "standing", "doubts")} for term in columns
        ]
    return {"columns": [term.label for term in columns], "rows": rows}


def plot_moments(kb: KnowledgeBase, items: list[Intervention]) -> common.View:
    """The moments of a detention in the order of time, each with what is for it; one intervention may be for several."""
    phases = sorted(kb.vocabularies["phase"].values(), key=lambda term: term.order or 0)
    columns: list[common.View] = []
    for phase in phases:
        signs = sign_views(kb, (item for item in items if phase.id in item.phases))
        columns.append(
            {
                "label": phase.label,
                "url": common.filter_url("phase", phase.id),
                "signs": [{**sign, "url": common.url_of("intervention", sign["id"])} for sign in signs],
                "standings": standing.tally(kb, (sign["standing"] for sign in signs), *KINDS),
            }
        )
    return {"columns": columns, "unsaid": sum(not item.phases for item in items)}


def plot_weeks(kb: KnowledgeBase, items: list[Intervention]) -> common.View:
    """What takes or asks a known number of weeks, longest first, with a sign for each institution where it is or was.

    Two numbers that are not one: how long it lasts, and, with ``stay``, how long somebody has to be there at least.
    """
    groups: list[common.View] = [
        {"stay": stay, "rows": [week_view(kb, item, weeks) for weeks, item in longest_first(found)]}
        for stay, found in (
            (False, [(item.dosage.weeks if item.dosage else None, item) for item in items]),
            (True, [(item.min_stay_weeks, item) for item in items]),
        )
    ]
    rows = [row for group in groups for row in group["rows"]]
    return {
        "most": max((row["weeks"] for row in rows), default=0),
        "groups": groups,
        "unsaid": len(items) - len({row["url"] for row in rows}),
    }


def longest_first(found: list[tuple[int | None, Intervention]]) -> list[tuple[int, Intervention]]:
    """Those whose number of weeks a source tells."""
    known = [(weeks, item) for weeks, item in found if weeks]
    return sorted(known, key=lambda pair: -pair[0])


def week_view(kb: KnowledgeBase, item: Intervention, weeks: int) -> common.View:
    """One bar; ``note``: what else is told of how long, such as where it goes faster, or what we reckoned."""
    return {
        "label": item.name,
        "url": common.url_of("intervention", item.id),
        "weeks": weeks,
        "note": item.dosage.note if item.dosage else None,
        "standing": standing.of_intervention(kb, item),
        "count": meanings.count_places(kb, item.id),
        "places": [
            {"name": kb.institutions[place].name, "standing": standing.at_place(kb, [item.id], place)}
            for place in places_of(kb, item)
        ],
    }


def places_of(kb: KnowledgeBase, item: Intervention) -> list[str]:
    """The institutions where an intervention is present, by name."""
    found = {offer.institution for offer in kb.offers_of.get(item.id, ()) if meanings.is_present(kb, offer)}
    return [place.id for place in common.by_name(kb.institutions[one] for one in found & kb.institutions.keys())]
