"""Interventions against institutions: one table of what is known, and of what is not."""

from __future__ import annotations

from typing import TypedDict

from kennisbank.model import EVERYWHERE, UNDATED, KnowledgeBase, Offer
from kennisbank.views import common, meanings, offered, standing
from kennisbank.views.catalogue import listed

NO_DATA = "no-data"  # the cell of a pair that no source speaks of; not a status of an offer


class MatrixView(TypedDict):
    """What the page `matrix` is printed from."""

    columns: list[common.View]
    rows: list[common.View]
    statuses: list[common.TermLink]
    categories: list[common.TermLink]
    oldest: str | None
    newest: str | None
    usual: common.View | None
    undated: int
    unplaced: int


def show_matrix(kb: KnowledgeBase) -> MatrixView:
    """Rows are the interventions that a source places somewhere, columns the institutions, adults first.

    Each cell tells the status with its symbol and as-of date, or that nothing is known.
    """
    columns: list[common.View] = [
        {
            "id": item.id,
            "name": item.name,
            "url": common.url_of("institution", item.id),
            "adult": meanings.holds_adults(kb, item),
        }
        for item in common.open_institutions(kb)
    ]
    columns.sort(key=lambda column: not column["adult"])
    usual = offered.usual_date(kb)
    rows: list[common.View] = [
        {
            "id": item.id,
            "name": item.name,
            "url": common.url_of("intervention", item.id),
            "category": common.term_view(kb, "category", item.category),
            "standing": standing.of_intervention(kb, item),
            "everywhere": meanings.is_everywhere(kb, item.id),
            "cells": [cell_view(kb, item.id, column["id"], usual) for column in columns],
        }
        for item in listed(kb)
        if any(offer.institution != EVERYWHERE for offer in kb.offers_of.get(item.id, ()))
    ]
    used = {row["category"]["id"] for row in rows}
    dates = common.dated(offer.as_of for offer in kb.offers)
    return {
        "columns": columns,
        "rows": rows,
        "statuses": status_views(kb),
        "categories": common.term_views(kb, "category", used),
        "oldest": dates[0] if dates else None,
        "newest": dates[-1] if dates else None,
        "usual": usual,
        "undated": len(kb.offers) - len(dates),
        "unplaced": len(listed(kb)) - len(rows),
    }


def status_views(kb: KnowledgeBase) -> list[common.TermLink]:
    """The statuses, each as the cells tell it: in the past tense where all of them do."""
    told: dict[str, set[str]] = {}
    for offer in kb.offers:
        status = offered.status_view(kb, offer)
        told.setdefault(status["id"], set()).add(status["label"])
    views = common.term_views(kb, "offer_status", kb.vocabularies["offer_status"])
    return [
        {**view, "label": "".join(labels)} if len(labels := told.get(view["id"], ())) == 1 else view for view in views
    ]


def cell_view(kb: KnowledgeBase, intervention_id: str, institution_id: str, usual: common.View | None) -> common.View:
    """What is known of one pair; of several locations the one that comes first in the order of statuses.

    ``usual`` is the date that most offers bear.
    """
    offers = offers_between(kb, intervention_id, institution_id)
    if not offers:
        return {
            "institution": institution_id,
            "status": None,
            "id": NO_DATA,
            "as_of": None,
            "year": None,
            "conflict": False,
        }
    first = offers[0]
    ended = meanings.has_ended(first, kb.today)
    return {
        "institution": institution_id,
        "status": offered.status_view(kb, first),
        "standing": standing.at_place(kb, [intervention_id], institution_id),
        "id": meanings.status_of(kb, first),
        "as_of": first.as_of,
        "year": other_year(first.as_of, usual),
        "ended": ended,
        **({"until": first.until} if ended else {}),
        "conflict": any(offer.conflict for offer in offers),
        "local_name": first.local_name,
    }


def other_year(as_of: str, usual: common.View | None) -> str | None:
    """The year of a date where that is another than most offers bear; empty of what has no date, ``None`` if the same."""
    year = "" if as_of == UNDATED else as_of[:4]
    return None if usual and year == usual["date"][:4] else year


def offers_between(kb: KnowledgeBase, intervention_id: str, institution_id: str) -> list[Offer]:
    """The offers of one pair, best status first."""
    rank = common.status_rank(kb)
    offers = [offer for offer in kb.offers_at.get(institution_id, ()) if offer.intervention == intervention_id]
    return sorted(offers, key=lambda offer: rank[meanings.status_of(kb, offer)])


def matrix_rows(kb: KnowledgeBase) -> list[common.View]:
    """The same table as flat rows, for export: one per intervention, one column per institution."""
    view = show_matrix(kb)
    return [
        {
            "intervention": row["id"],
            "name": row["name"],
            **{
                cell["institution"]: f"{cell['id']} ({cell['until'] if cell['ended'] else cell['as_of']})"
                if cell["status"]
                else ""
                for cell in row["cells"]
            },
        }
        for row in view["rows"]
    ]
