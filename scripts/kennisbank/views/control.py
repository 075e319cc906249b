"""The control sheet of an institution: what we say of it, row by row, for somebody who works there to confirm or end."""

from __future__ import annotations

from typing import TypedDict

from kennisbank.model import Institution, KnowledgeBase
from kennisbank.views import common, institution, meanings, offered, standing

# How many lines a sheet leaves for what we do not have.
BLANK = 4


class RowView(TypedDict):
    """A line of a sheet: what we say of an intervention there; ``until``: its last day, when that is behind us."""

    intervention: str
    name: str
    known_as: str | None
    location: str | None
    status: common.TermView
    as_of: str
    until: str | None
    standing: str
    note: str | None


class SheetView(TypedDict):
    """What the sheet of one institution is printed from; ``blank``: lines for what we do not have."""

    id: str
    name: str
    url: str
    offers: list[RowView]
    everywhere: list[RowView]
    blank: int


class SheetsView(TypedDict):
    """What the page with all sheets is printed from."""

    sheets: list[SheetView]


class SheetIndexView(TypedDict):
    """What the list of the sheets is printed from."""

    sheets: list[common.View]


def show_control_sheet(kb: KnowledgeBase, institution_id: str) -> SheetView:
    """The sheet of one institution: a row for each offer, then what is said to be everywhere. ``KeyError`` if unknown."""
    item = kb.institutions[institution_id]
    offers = sorted(
        (row_view(offered.offer_view(kb, offer)) for offer in kb.offers_at.get(item.id, ())),
        key=lambda row: (common.name_key(row["name"]), row["location"] or ""),
    )
    return {
        "id": item.id,
        "name": item.name,
        "url": common.url_of("institution", item.id),
        "offers": offers,
        "everywhere": [row_view(offer) for offer in institution.everywhere_views(kb, item)],
        "blank": BLANK,
    }


def row_view(offer: offered.OfferView) -> RowView:
    """One line of a sheet."""
    return {
        "intervention": offer["intervention"]["id"],
        "name": offer["local_name"] or offer["intervention"]["name"],
        "known_as": offer["intervention"]["name"] if offer["local_name"] else None,
        "location": offer["location"],
        "status": offer["status"],
        "as_of": offer["as_of"],
        "until": offer["until"] if offer["ended"] else None,
        "standing": offer["standing"]["id"],
        "note": offer["note"],
    }


def show_control_sheets(kb: KnowledgeBase) -> SheetsView:
    """The sheets of all institutions that are open, by name."""
    return {"sheets": [show_control_sheet(kb, item.id) for item in common.open_institutions(kb)]}


def show_control_index(kb: KnowledgeBase) -> SheetIndexView:
    """All sheets by name, with how many rows each has and how many of those nobody confirmed for 24 months."""
    return {"sheets": [summary(kb, item) for item in common.open_institutions(kb)]}


def control_url(institution_id: str) -> str:
    """The address of the sheet of an institution, relative to the root of the site."""
    return f"editors/control/{institution_id}.html"


def summary(kb: KnowledgeBase, item: Institution) -> common.View:
    """One sheet in a list."""
    offers = kb.offers_at.get(item.id, ())
    return {
        "name": item.name,
        "url": control_url(item.id),
        "rows": len(offers),
        "seen": standing.count_seen(kb, offers),
        "newest": common.newest(offer.as_of for offer in offers),
        "adult": meanings.holds_adults(kb, item),
    }
