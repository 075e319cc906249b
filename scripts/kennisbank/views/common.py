"""What every view shares: addresses, terms with their label, sources with their place, the age of facts."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from kennisbank.model import UNDATED, KnowledgeBase, Offer, SourcedText, SourceRef
from kennisbank.views import meanings

# Claims about a place older than this are marked for checking (docs/data-model.md, offers).
STALE_AFTER_MONTHS = 24

FOLDERS = {
    "intervention": "interventions",
    "institution": "institutions",
    "organisation": "organisations",
    "category": "categories",
    "training": "trainings",
}


def url_of(kind: str, record_id: str) -> str:
    """The address of a record's page, relative to the root of the site."""
    return f"{FOLDERS[kind]}/{record_id}.html"


def page_url(records: str, record_id: str) -> str:
    """The address of the page of a record of that kind (``organisations``), relative to the root of the site."""
    return f"{records}/{record_id}.html"


def filter_url(facet: str, term_id: str) -> str:
    """The address of the catalogue with one filter set, relative to the root of the site."""
    return f"interventions/index.html#{facet}={term_id}"


def term_view(kb: KnowledgeBase, vocabulary: str, term_id: str) -> dict:
    """A term as a page shows it: ``id``, ``label``, ``description``, ``symbol``, ``icon``, ``means``."""
    term = kb.term(vocabulary, term_id)
    return {
        "id": term.id,
        "label": term.label,
        "description": term.description,
        "symbol": term.symbol,
        "icon": term.icon,
        "means": term.means,
    }


def term_views(kb: KnowledgeBase, vocabulary: str, term_ids: Iterable[str], facet: str | None = None) -> list[dict]:
    """Terms in the order of the vocabulary; with ``facet`` each has the ``url`` of that filter."""
    chosen = set(term_ids)
    views = [term_view(kb, vocabulary, term_id) for term_id in kb.vocabularies[vocabulary] if term_id in chosen]
    for view in views:
        view["url"] = filter_url(facet, view["id"]) if facet else None
    return views


def source_view(kb: KnowledgeBase, ref: SourceRef | None) -> dict | None:
    """A source with the place in it: ``name``, ``where`` and the ``url`` on the page of sources."""
    if ref is None:
        return None
    source = kb.sources[ref.id]
    return {
        "id": source.id,
        "name": source.short or source.title,
        "title": source.title,
        "year": source.year,
        "where": ref.where,
        "url": f"sources.html#{source.id}",
        "outside": source.outside,
    }


def source_views(kb: KnowledgeBase, refs: Iterable[SourceRef]) -> list[dict]:
    """Several sources with their places, in the order given."""
    return [source_view(kb, ref) for ref in refs]


def text_views(kb: KnowledgeBase, texts: Iterable[SourcedText]) -> list[dict]:
    """Sentences with their source."""
    return [{"text": item.text, "source": source_view(kb, item.source)} for item in texts]


def note_views(kb: KnowledgeBase, notes: Iterable, part: str | None = None) -> list[dict]:
    """Notes of the editors; with ``part`` only those that belong to that part of the page."""
    return [
        {
            "text": note.text,
            "about": note.about,
            "part": note.part,
            "severity": term_view(kb, "severity", note.severity),
            "source": source_view(kb, note.source),
        }
        for note in notes
        if part is None or note.part == part
    ]


def newest(dates: Iterable[str]) -> str | None:
    """The latest of some dates; ``UNDATED`` when none has one, ``None`` when there are none."""
    return max(dates, key=lambda date: "" if date == UNDATED else date, default=None)


def is_stale(as_of: str, today: str) -> bool:
    """Whether a fact as of a date (2021, 2021-09 or 2021-09-15) is older than the limit on the given day.

    What bears no date always is.
    """
    if as_of == UNDATED:
        return True
    year, month = (as_of.split("-") + ["12"])[:2]
    day = datetime.date.fromisoformat(today)
    return (day.year - int(year)) * 12 + day.month - int(month) > STALE_AFTER_MONTHS


def offer_view(kb: KnowledgeBase, offer: Offer) -> dict:
    """What is known of one intervention in one institution, ready to print as a row."""
    intervention = kb.interventions[offer.intervention]
    institution = kb.institutions.get(offer.institution)
    location = (
        next((item.name for item in institution.locations if item.id == offer.location), None) if institution else None
    )
    providers = (offer.provider,) if offer.provider else intervention.providers
    return {
        "intervention": {
            "id": intervention.id,
            "name": intervention.name,
            "tagline": intervention.tagline,
            "url": url_of("intervention", intervention.id),
            "category": term_view(kb, "category", intervention.category),
            "target_groups": term_views(kb, "target_group", intervention.target_groups),
            "formats": term_views(kb, "format", intervention.formats),
            "evidence": term_view(kb, "evidence", intervention.evidence.strength),
        },
        "institution": {
            "id": institution.id,
            "name": institution.name,
            "place": institution.place,
            "url": url_of("institution", institution.id),
        }
        if institution
        else None,
        "location": location,
        "providers": organisation_links(kb, providers),
        "status": term_view(kb, "offer_status", meanings.status_of(kb, offer)),
        "plain": meanings.is_plain(kb, offer),
        "ended": meanings.has_ended(offer, kb.today),
        "present": meanings.is_present(kb, offer),
        "as_of": offer.as_of,
        "stale": is_stale(offer.as_of, kb.today),
        "since": offer.since,
        "until": offer.until,
        "since_text": offer.since_text,
        "local_name": offer.local_name,
        "note": offer.note,
        "conflict": {"a": offer.conflict.a, "b": offer.conflict.b} if offer.conflict else None,
        "basis": {**term_view(kb, "basis", offer.basis), "inferred": kb.term("basis", offer.basis).inferred},
        "sources": source_views(kb, offer.sources),
    }


def organisation_links(kb: KnowledgeBase, organisation_ids: Iterable[str]) -> list[dict]:
    """Organisations as links: ``id``, ``name`` and ``url``; unknown ids are left out."""
    return [
        {"id": item, "name": kb.organisations[item].name, "url": url_of("organisation", item)}
        for item in organisation_ids
        if item in kb.organisations
    ]


def status_rank(kb: KnowledgeBase) -> dict[str, int]:
    """The place of each offer status in the order of the vocabulary."""
    return {term_id: place for place, term_id in enumerate(kb.vocabularies["offer_status"])}


def by_name(records: Iterable) -> list:
    """Records sorted by name as a Dutch reader expects: case does not count."""
    return sorted(records, key=lambda record: record.name.casefold())
