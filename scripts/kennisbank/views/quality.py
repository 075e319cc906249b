"""How good our own data is: what is filled, how old it is, and what is doubted."""

from __future__ import annotations

from collections import Counter
from typing import TypedDict

from kennisbank.fields import Field
from kennisbank.model import UNDATED, Intervention, KnowledgeBase, Offer
from kennisbank.views import common, meanings, offered, standing
from kennisbank.views.catalogue import listed
from kennisbank.views.control import control_url

# How many of the oldest rows the page names.
OLDEST = 20


class QualityView(TypedDict):
    """What the page `quality` is printed from."""

    total: int
    fields: list[common.View]
    ages: list[common.View]
    seen: int
    strips: list[common.View]
    oldest: list[common.View]
    stale: int
    undated: int
    offers: int
    conflicts: list[offered.OfferView]
    strengths: list[common.View]
    unstudied: list[common.View]
    verdicts: list[common.View]
    claims: list[common.View]
    notes: list[common.View]
    links: list[common.View]
    silent_institutions: list[common.View]
    reviewed: list[str]


def show_quality(kb: KnowledgeBase) -> QualityView:
    """Fill rate per field, age of claims about places, entries without a study, doubts and withheld links."""
    items = listed(kb)
    return {
        "total": len(items),
        "fields": [
            {
                "field": field.name,
                "label": field.label,
                "filled": filled,
                "total": len(items),
                "percent": round(100 * filled / len(items)) if items else 0,
            }
            for field, filled in fill_rates(kb, items)
        ],
        "ages": age_views(kb),
        "seen": standing.count_seen(kb, kb.offers),
        "strips": strip_views(kb),
        "oldest": oldest_views(kb),
        "stale": sum(common.is_stale(offer.as_of, kb.today) for offer in kb.offers if offer.as_of != UNDATED),
        "undated": sum(offer.as_of == UNDATED for offer in kb.offers),
        "offers": len(kb.offers),
        "conflicts": [
            {**offered.offer_view(kb, offer)}
            for offer in kb.offers
            if offer.conflict and offer.intervention in kb.interventions
        ],
        "strengths": [
            {**view, "count": sum(item.evidence.strength == view["id"] for item in items)}
            for view in common.term_views(kb, "evidence", kb.vocabularies["evidence"], "evidence")
        ],
        "unstudied": [link(item) for item in items if not meanings.is_studied(kb, item)],
        "verdicts": [
            {**view, "count": sum(claim.verdict == view["id"] for item in items for claim in item.claims)}
            for view in common.term_views(kb, "verdict", kb.vocabularies["verdict"])
        ],
        "claims": [
            {
                **link(item),
                "text": claim.text,
                "claimed_by": claim.claimed_by,
                "verdict": common.term_view(kb, "verdict", claim.verdict),
            }
            for item in items
            for claim in item.claims
            if kb.term("verdict", claim.verdict).means not in {"sound", "impression"}
        ],
        "notes": [
            {**link(item), "text": note.text}
            for item in items
            for note in item.editor_notes
            if kb.term("severity", note.severity).means == "doubt"
        ],
        "links": [
            {**link(item), "label": printed.label, "note": printed.note}
            for item in items
            for printed in item.links
            if not kb.term("link_status", printed.status).shown
        ],
        "silent_institutions": [
            {"name": item.name, "url": common.url_of("institution", item.id), "note": item.data_note}
            for item in kb.institutions.values()
            if item.data_note
        ],
        "reviewed": sorted({item.reviewed_on for item in items}),
    }


def link(item: Intervention) -> common.View:
    """Name and address of an intervention."""
    return {"name": item.name, "url": common.url_of("intervention", item.id)}


def fill_rates(kb: KnowledgeBase, items: list[Intervention]) -> list[tuple[Field, int]]:
    """Per field how many interventions have it, in the order of the data model, emptiest last."""
    counted = [field for field in kb.fields["interventions"].all if field.is_counted]
    rates = [(field, sum(item.get(field.name) not in (None, ()) for item in items)) for field in counted]
    return sorted(rates, key=lambda rate: -rate[1])


def strip_views(kb: KnowledgeBase) -> list[common.View]:
    """Per institution how many rows there are of each year, newest first, and how many of what is not over were seen in 24 months.

    ``stale``: of that year nothing is recent any more; ``share``: its part of the rows, in percent.
    """
    found = []
    for item in common.open_institutions(kb):
        offers = kb.offers_at.get(item.id, ())
        seen, rows = standing.count_recent(kb, offers)
        years = Counter(offer.as_of if offer.as_of == UNDATED else offer.as_of[:4] for offer in offers)
        found.append(
            {
                "name": item.name,
                "url": common.url_of("institution", item.id),
                "sheet": control_url(item.id),
                "rows": rows,
                "seen": seen,
                "years": [
                    {
                        "year": year,
                        "count": count,
                        "share": round(100 * count / len(offers), 1),
                        "stale": all(
                            common.is_stale(offer.as_of, kb.today) for offer in offers if of_year(offer, year)
                        ),
                    }
                    for year, count in sorted(
                        years.items(), key=lambda pair: pair[0] if pair[0] != UNDATED else "", reverse=True
                    )
                ],
            }
        )
    return found


def of_year(offer: Offer, year: str) -> bool:
    """Whether the date of an offer is in that year; undated ones are a year of their own."""
    return offer.as_of.startswith(year)


def oldest_views(kb: KnowledgeBase) -> list[common.View]:
    """What was confirmed longest ago in one institution, oldest first, with the sheet to have it confirmed on."""
    dated = [offer for offer in kb.offers if offer.as_of != UNDATED and offer.institution in kb.institutions]
    dated.sort(
        key=lambda offer: (offer.as_of, common.name_key(kb.institutions[offer.institution].name), offer.intervention)
    )
    return [
        {
            "name": kb.interventions[offer.intervention].name,
            "url": common.url_of("intervention", offer.intervention),
            "place": kb.institutions[offer.institution].name,
            "sheet": control_url(offer.institution),
            "as_of": offer.as_of,
        }
        for offer in dated[:OLDEST]
    ]


def age_views(kb: KnowledgeBase) -> list[common.View]:
    """How many claims about a place there are per date, newest first."""
    counts: dict[str, int] = {}
    for offer in kb.offers:
        counts[offer.as_of] = counts.get(offer.as_of, 0) + 1
    return [
        {"as_of": as_of, "count": count, "stale": common.is_stale(as_of, kb.today)}
        for as_of, count in sorted(counts.items(), reverse=True)
    ]
