"""What every view shares: addresses, terms with their label, sources with their place, the age of facts."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, TypedDict, TypeVar

from kennisbank import kinds
from kennisbank.model import (
    UNDATED,
    EditorNote,
    Institution,
    Intervention,
    KnowledgeBase,
    Offer,
    Organisation,
    SourcedText,
    SourceRef,
)
from kennisbank.views import meanings

# Claims about a place older than this are marked for checking (docs/data-model.md, offers).
STALE_AFTER_MONTHS = 24


# What one page shows: text, numbers, lists and views. ``tests/test_views.py`` holds it to what its template reads.
View = dict[str, Any]
Named = TypeVar("Named", Intervention, Institution, Organisation)

# ------------------------------------------------------------------ what many pages show


class TermView(TypedDict):
    """A term of a closed list. ``means`` is what a status, verdict or severity says (``model.Term``)."""

    id: str
    label: str
    description: str
    symbol: str | None
    icon: str | None
    means: str | None


class TermLink(TermView):
    """A term with the address of that filter, where it is one."""

    url: str | None


class LinkView(TypedDict):
    """A record as a link."""

    id: str
    name: str
    url: str


class PlaceView(LinkView):
    """An institution to choose, with its town."""

    place: str


class SourceView(TypedDict):
    """A source with the place in it; ``outside``: it is none of the documents that the site rests on."""

    name: str
    title: str
    year: int
    where: str
    url: str
    outside: bool


class TextView(TypedDict):
    """A sentence with its source."""

    text: str
    source: SourceView | None


class NoteView(TypedDict):
    """A note of the editors; ``about`` is the field or subject it is on."""

    text: str
    about: str | None
    severity: TermView
    source: SourceView | None


class ConflictView(TypedDict):
    """Two places that disagree."""

    a: str
    b: str


class OfferedView(TypedDict):
    """The intervention of an offer."""

    id: str
    name: str
    tagline: str
    url: str
    target_groups: list[TermLink]


class BasisView(TypedDict):
    """What an offer rests on; ``inferred``: we concluded it."""

    label: str
    description: str
    inferred: bool


class OfferView(TypedDict):
    """What is known of one intervention in one institution, as it stands today.

    ``plain``: where all that is told ran, the status needs no word. ``ended``: its last day is behind us.
    ``institution`` is ``None`` for what is in principle everywhere.
    """

    intervention: OfferedView
    institution: LinkView | None
    location: str | None
    providers: list[LinkView]
    status: TermView
    plain: bool
    ended: bool
    as_of: str
    stale: bool
    since: str | None
    until: str | None
    since_text: str | None
    local_name: str | None
    note: str | None
    conflict: ConflictView | None
    basis: BasisView
    sources: list[SourceView]


SHARED = (
    TermLink,
    TermView,
    LinkView,
    PlaceView,
    SourceView,
    TextView,
    NoteView,
    ConflictView,
    OfferedView,
    BasisView,
    OfferView,
)


def url_of(kind: str, record_id: str) -> str:
    """The address of a record's page, relative to the root of the site."""
    return kinds.address(kind, record_id)


def page_url(records: str, record_id: str) -> str:
    """The address of the page of a record of that kind (``organisations``), relative to the root of the site."""
    return kinds.BY_NAME[records].pages[0].address(record_id)


def filter_url(facet: str, term_id: str) -> str:
    """The address of the catalogue with one filter set, relative to the root of the site."""
    return f"interventions/index.html#{facet}={term_id}"


def term_view(kb: KnowledgeBase, vocabulary: str, term_id: str) -> TermView:
    """A term as a page shows it. ``KeyError`` when the list has no such term."""
    term = kb.term(vocabulary, term_id)
    return {
        "id": term.id,
        "label": term.label,
        "description": term.description,
        "symbol": term.symbol,
        "icon": term.icon,
        "means": term.means,
    }


def term_views(kb: KnowledgeBase, vocabulary: str, term_ids: Iterable[str], facet: str | None = None) -> list[TermLink]:
    """Terms in the order of the vocabulary; with ``facet`` each has the ``url`` of that filter."""
    chosen = set(term_ids)
    return [
        {**term_view(kb, vocabulary, term_id), "url": filter_url(facet, term_id) if facet else None}
        for term_id in kb.vocabularies[vocabulary]
        if term_id in chosen
    ]


def source_view(kb: KnowledgeBase, ref: SourceRef) -> SourceView:
    """A source with the place in it: ``name``, ``where`` and the ``url`` on the page of sources."""
    source = kb.sources[ref.id]
    return {
        "name": source.short or source.title,
        "title": source.title,
        "year": source.year,
        "where": ref.where,
        "url": f"sources.html#{source.id}",
        "outside": source.outside,
    }


def source_views(kb: KnowledgeBase, refs: Iterable[SourceRef]) -> list[SourceView]:
    """Several sources with their places, in the order given."""
    return [source_view(kb, ref) for ref in refs]


def text_views(kb: KnowledgeBase, texts: Iterable[SourcedText]) -> list[TextView]:
    """Sentences with their source."""
    return [{"text": item.text, "source": source_view(kb, item.source)} for item in texts]


def note_views(kb: KnowledgeBase, notes: Iterable[EditorNote]) -> list[NoteView]:
    """Notes of the editors."""
    return [
        {
            "text": note.text,
            "about": note.about,
            "severity": term_view(kb, "severity", note.severity),
            "source": source_view(kb, note.source) if note.source else None,
        }
        for note in notes
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


def offer_view(kb: KnowledgeBase, offer: Offer) -> OfferView:
    """What is known of one intervention in one institution, ready to print as a row."""
    intervention = kb.interventions[offer.intervention]
    institution = kb.institutions.get(offer.institution)
    location = (
        next((item.name for item in institution.locations if item.id == offer.location), None) if institution else None
    )
    providers = (offer.provider,) if offer.provider else intervention.providers
    basis = kb.term("basis", offer.basis)
    return {
        "intervention": {
            "id": intervention.id,
            "name": intervention.name,
            "tagline": intervention.tagline,
            "url": url_of("intervention", intervention.id),
            "target_groups": term_views(kb, "target_group", intervention.target_groups),
        },
        "institution": {
            "id": institution.id,
            "name": institution.name,
            "url": url_of("institution", institution.id),
        }
        if institution
        else None,
        "location": location,
        "providers": organisation_links(kb, providers),
        "status": term_view(kb, "offer_status", meanings.status_of(kb, offer)),
        "plain": meanings.is_plain(kb, offer),
        "ended": meanings.has_ended(offer, kb.today),
        "as_of": offer.as_of,
        "stale": is_stale(offer.as_of, kb.today),
        "since": offer.since,
        "until": offer.until,
        "since_text": offer.since_text,
        "local_name": offer.local_name,
        "note": offer.note,
        "conflict": {"a": offer.conflict.a, "b": offer.conflict.b} if offer.conflict else None,
        "basis": {"label": basis.label, "description": basis.description, "inferred": bool(basis.inferred)},
        "sources": source_views(kb, offer.sources),
    }


def place_name(offer: OfferView) -> str:
    """The name of the institution of an offer, to sort by; empty for what is in principle everywhere."""
    return offer["institution"]["name"].casefold() if offer["institution"] else ""


def organisation_links(kb: KnowledgeBase, organisation_ids: Iterable[str]) -> list[LinkView]:
    """Organisations as links: ``id``, ``name`` and ``url``; unknown ids are left out."""
    return [
        {"id": item, "name": kb.organisations[item].name, "url": url_of("organisation", item)}
        for item in organisation_ids
        if item in kb.organisations
    ]


def status_rank(kb: KnowledgeBase) -> dict[str, int]:
    """The place of each offer status in the order of the vocabulary."""
    return {term_id: place for place, term_id in enumerate(kb.vocabularies["offer_status"])}


def by_name(records: Iterable[Named]) -> list[Named]:
    """Records sorted by name as a Dutch reader expects: case does not count."""
    return sorted(records, key=lambda record: record.name.casefold())
