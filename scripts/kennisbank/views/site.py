"""The pages about the whole: home, sources, glossary and the figures of the about page."""

from __future__ import annotations

from typing import TypedDict

from kennisbank.model import UNDATED, KnowledgeBase
from kennisbank.views import common, meanings, offered
from kennisbank.views.catalogue import facets, listed
from kennisbank.views.category import show_categories
from kennisbank.views.entry import jurisdiction_view
from kennisbank.views.map import show_map

# Closed lists whose terms a reader meets on pages and may want explained, in the order of the glossary.
EXPLAINED = (
    "evidence",
    "offer_status",
    "verdict",
    "pillar",
    "setting",
    "role",
    "kind",
    "institution_kind",
    "basis",
    "evidence_context",
)


class HomeView(TypedDict):
    """What the page `home` is printed from."""

    figures: FiguresView
    map: common.View
    parts: list[int]
    usual: common.View | None
    categories: list[common.View]
    institutions: list[common.View]
    trainings: int


def show_home(kb: KnowledgeBase) -> HomeView:
    """The front page: categories, institutions by name to choose from, figures, and the date that most places have."""
    return {
        "figures": show_figures(kb),
        "map": small_map(kb),
        "parts": known_parts(kb),
        "usual": offered.usual_date(kb),
        "categories": [
            {name: view[name] for name in ("id", "label", "url", "icon", "count")}
            for view in show_categories(kb)["categories"]
        ],
        "institutions": [
            {"name": item.name, "url": common.url_of("institution", item.id)} for item in common.open_institutions(kb)
        ],
        "trainings": sum(training.status == "published" for training in kb.trainings.values()),
    }


def small_map(kb: KnowledgeBase) -> common.View:
    """The drawing of the map with only what a picture needs of each institution."""
    drawn = show_map(kb)
    names = ("x", "y", "radius", "adult", "standing")
    return {
        "width": drawn["width"],
        "height": drawn["height"],
        "dots": [{name: dot[name] for name in names} for dot in drawn["dots"]],
    }


def known_parts(kb: KnowledgeBase) -> list[int]:
    """How many interventions nobody studied, are told of from practice or explained, and were studied; together all."""
    studied = [meanings.is_studied(kb, item) for item in listed(kb)]
    told = [bool(kb.term("evidence", item.evidence.strength).bars) for item in listed(kb)]
    by_practice = sum(tells and not studies for tells, studies in zip(told, studied, strict=True))
    return [len(studied) - by_practice - sum(studied), by_practice, sum(studied)]


class FiguresView(TypedDict):
    """What the page `figures` is printed from."""

    interventions: int
    institutions: int
    offers: int
    organisations: int
    sources: int
    outside: int
    undated: int
    studied: int
    doubtful_claims: int
    oldest: str | None
    newest: str | None


def show_figures(kb: KnowledgeBase) -> FiguresView:
    """Counts over all published records, and the oldest and newest date of what is told about a place."""
    dates = common.dated(offer.as_of for offer in kb.offers)
    items = listed(kb)
    return {
        "interventions": len(items),
        "institutions": sum(item.status == "published" for item in kb.institutions.values()),
        "offers": len(kb.offers),
        "organisations": sum(item.status == "published" for item in kb.organisations.values()),
        "sources": sum(not source.outside for source in kb.sources.values()),
        "outside": sum(bool(source.outside) for source in kb.sources.values()),
        "undated": len(kb.offers) - len(dates),
        "studied": sum(meanings.is_studied(kb, item) for item in items),
        "doubtful_claims": sum(
            kb.term("verdict", claim.verdict).means != "sound" for item in items for claim in item.claims
        ),
        "oldest": dates[0] if dates else None,
        "newest": dates[-1] if dates else None,
    }


class ImprintView(TypedDict):
    """Nothing: the edition and the settings say it."""


def show_contact(_kb: KnowledgeBase) -> ImprintView:
    """Who can be reached about this copy: what the settings say."""
    return {}


def show_citation(_kb: KnowledgeBase) -> ImprintView:
    """How to refer to the whole: the edition and the address say it."""
    return {}


class SourcesView(TypedDict):
    """What the page `sources` is printed from."""

    documents: list[common.View]
    others: list[common.View]


def show_sources(kb: KnowledgeBase) -> SourcesView:
    """All sources, the documents first, each with what rests on it."""
    used: dict[str, list[common.View]] = {source: [] for source in kb.sources}
    for item in listed(kb):
        for source_id in dict.fromkeys(ref.id for ref in item.sources):
            used[source_id].append({"name": item.name, "url": common.url_of("intervention", item.id)})
    views = {
        source.id: {
            "id": source.id,
            "title": source.title,
            "authors": list(source.authors),
            "year": source.year,
            "publisher": source.publisher,
            "kind": common.term_view(kb, "source_kind", source.kind),
            "country": common.term_view(kb, "country", source.country),
            "method": source.method,
            "limits": source.limits,
            "url": source.url,
            "as_of": source.as_of if source.as_of != UNDATED else None,
            "looked_up_on": source.looked_up_on,
            "used_for": source.used_for,
            "unread": common.unread(kb, source),
            "used": used[source.id],
            "doubt": common.doubt_url("sources", id=source.id),
            "offers": sum(any(ref.id == source.id for ref in offer.sources) for offer in kb.offers),
        }
        for source in kb.sources.values()
    }
    return {
        "documents": [views[source.id] for source in kb.sources.values() if not source.outside],
        "others": [views[source.id] for source in kb.sources.values() if source.outside],
    }


class GlossaryView(TypedDict):
    """What the page `glossary` is printed from."""

    letters: list[common.View]
    lists: list[common.View]


def show_glossary(kb: KnowledgeBase) -> GlossaryView:
    """Words of the field by first letter, then the closed lists that pages use."""
    words = sorted(kb.glossary.values(), key=lambda entry: common.name_key(entry.term))
    letters: dict[str, list[common.View]] = {}
    for entry in words:
        letters.setdefault(common.first_letter(entry.term), []).append(
            {
                "id": entry.id,
                "term": entry.term,
                "abbreviation": entry.abbreviation,
                "also_known_as": list(entry.also_known_as),
                "description": entry.description,
                "jurisdiction": jurisdiction_view(kb, entry.jurisdiction),
                "see_also": [
                    {"id": other, "term": kb.glossary[other].term} for other in entry.see_also if other in kb.glossary
                ],
                "sources": common.source_views(kb, entry.sources),
                "doubt": common.doubt_url("glossary", id=entry.id),
            }
        )
    return {
        "letters": [{"letter": letter, "entries": entries} for letter, entries in letters.items()],
        "lists": [
            {
                "id": name,
                "terms": common.term_views(kb, name, kb.vocabularies[name], name if name in facets(kb) else None),
            }
            for name in EXPLAINED
        ],
    }


class SelfScanView(TypedDict):
    """What the page `self_scan` is printed from."""

    pillars: list[common.TermLink]


def show_self_scan(kb: KnowledgeBase) -> SelfScanView:
    """The pillars that the self-scan asks about; its questions stand in the template."""
    return {"pillars": common.term_views(kb, "pillar", kb.vocabularies["pillar"])}
