"""What every view shares: addresses, terms with their label, sources with their place, the age of facts."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Any, TypedDict, TypeVar

from kennisbank import kinds
from kennisbank.model import (
    UNDATED,
    EditorNote,
    Institution,
    Intervention,
    KnowledgeBase,
    LeftOut,
    Organisation,
    Search,
    Source,
    SourcedText,
    SourceRef,
    Training,
)
from kennisbank.order import first_letter as first_letter
from kennisbank.order import key as name_key

# Claims about a place older than this are marked for checking (docs/data-model.md, offers).
STALE_AFTER_MONTHS = 24
# So long something is told to be new or changed.
NEW_FOR_DAYS = 60
# Where one sentence ends and the next begins.
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ‘“])")


# What one page shows: text, numbers, lists and views. ``tests/test_views.py`` holds it to what its template reads.
View = dict[str, Any]
Named = TypeVar("Named", Intervention, Institution, Organisation, LeftOut)

# ------------------------------------------------------------------ what many pages show


class ArchivedView(TypedDict):
    """That a record is no longer in use."""

    moved_to: str | None


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
    """A source with the place in it; ``outside``: it is none of the documents that the site rests on.

    ``year`` is ``None`` for a source that bears no date. ``unread`` says so of a report from practice that no second
    reader saw yet; of any other source it is ``None``.
    """

    name: str
    title: str
    year: int | None
    where: str
    url: str
    outside: bool
    unread: str | None


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


class MarkView(TypedDict):
    """That a record is new or changed lately: ``how`` (see ``model.Change``), and since when."""

    how: str
    on: str


class SearchView(TypedDict):
    """Where something was looked for without much result."""

    on: str
    where: str
    result: str


SHARED = (
    MarkView,
    SearchView,
    TermLink,
    TermView,
    LinkView,
    PlaceView,
    SourceView,
    TextView,
    NoteView,
)


def url_of(kind: str, record_id: str) -> str:
    """The address of a record's page, relative to the root of the site."""
    return kinds.address(kind, record_id)


def page_url(records: str, record_id: str) -> str:
    """The address of the page of a record of that kind (``organisations``), relative to the root of the site."""
    return kinds.BY_NAME[records].pages[0].address(record_id)


def archived_view(kind: str, item: Institution | Intervention | Organisation | Training) -> ArchivedView | None:
    """For a record that is no longer in use: where it went, if it went somewhere."""
    if item.status != "archived":
        return None
    moved = item.get("moved_to")
    return {"moved_to": url_of(kind, str(moved)) if moved else None}


def filter_url(facet: str, term_id: str) -> str:
    """The address of the catalogue with one filter set, relative to the root of the site."""
    return f"interventions/index.html#{facet}={term_id}"


def doubt_url(kind: str, **key: str | None) -> str:
    """The address of the form that says what is wrong with a record, relative to the root of the site."""
    state = "&".join(f"{name}={value}" for name, value in {"kind": kind, **key}.items() if value)
    return f"editors/propose.html#{state}"


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
        "unread": unread(kb, source),
    }


def unread(kb: KnowledgeBase, source: Source) -> str | None:
    """The words for a report that still waits for its second reader; ``None`` for what does not."""
    term = kb.term("second_reader", source.second_reader) if source.second_reader else None
    return term.label if term and term.pending else None


def source_dates(kb: KnowledgeBase, refs: Iterable[SourceRef]) -> list[str]:
    """The date of each source, ``UNDATED`` for one that bears none; those that are not there are left out."""
    return [kb.sources[ref.id].as_of for ref in refs if ref.id in kb.sources]


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


def mark_of(kb: KnowledgeBase, kind: str, *key: str | None) -> MarkView | None:
    """Whether a record changed lately, as of the day of the edition; ``None`` when it did not."""
    change = kb.last_change.get((kind, "/".join(part for part in key if part)))
    if change is None:
        return None
    age = datetime.date.fromisoformat(kb.today) - datetime.date.fromisoformat(change.on)
    return {"how": change.how, "on": change.on} if age.days <= NEW_FOR_DAYS else None


def search_views(searches: Iterable[Search]) -> list[SearchView]:
    """Where something was looked for, in the order given."""
    return [{"on": item.on, "where": item.where, "result": item.result} for item in searches]


def first_sentence(text: str) -> str:
    """A text up to the first full stop that a capital or a quotation follows; the whole where it is one sentence."""
    return SENTENCE_END.split(text.strip(), maxsplit=1)[0]


def open_institutions(kb: KnowledgeBase) -> list[Institution]:
    """The institutions that a reader can choose, by name."""
    return by_name(item for item in kb.institutions.values() if item.status == kinds.PUBLISHED)


def dated(dates: Iterable[str]) -> list[str]:
    """The dates that say something, oldest first."""
    return sorted(date for date in dates if date != UNDATED)


def newest(dates: Iterable[str]) -> str | None:
    """The latest of some dates; ``UNDATED`` when none has one, ``None`` when there are none."""
    return max(dates, key=lambda date: "" if date == UNDATED else date, default=None)


def is_stale(as_of: str, today: str) -> bool:
    """Whether a fact as of a date (2021, 2021-09 or 2021-09-15) is older than the limit on the given day.

    A year alone counts from its first month: nobody can say that it was later. What bears no date always is.
    """
    if as_of == UNDATED:
        return True
    year, month = (as_of.split("-") + ["01"])[:2]
    day = datetime.date.fromisoformat(today)
    return (day.year - int(year)) * 12 + day.month - int(month) > STALE_AFTER_MONTHS


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
    """Records sorted by name as a Dutch reader expects."""
    return sorted(records, key=lambda record: name_key(record.name))
