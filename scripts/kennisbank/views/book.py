"""The book: its parts in order, what each holds, and the register at its end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from kennisbank import kinds
from kennisbank.model import KnowledgeBase
from kennisbank.views import common, meanings
from kennisbank.views.catalogue import listed


class PartPlan(TypedDict):
    """A part of the book: its words, the page it opens with, and its chapters as pages under the content folder.

    ``links``: the chapters are the pages which the first one links to; ``by_term``: it is about a term of a kind.
    """

    id: str
    label: str
    description: str
    page: str | None
    chapters: list[str]
    links: bool
    by_term: bool


class RegisterRow(TypedDict):
    """A name, with where it stands."""

    name: str
    links: list[NameLink]


class RegisterGroup(TypedDict):
    """The names of one kind."""

    id: str
    rows: list[RegisterRow]


class NameLink(TypedDict):
    """A page by its name. ``url`` is its address on the site."""

    name: str
    url: str


def plan_book(kb: KnowledgeBase) -> list[PartPlan]:
    """The parts of the book in the order of the list ``book_part``.

    One that holds the terms of a kind (``categories``) is a part for each of them, opened by the page of the term.
    """
    parts: list[PartPlan] = []
    for term in kb.vocabularies["book_part"].values():
        kind = kinds.BY_NAME.get(term.chapters or "")
        if kind and kind.vocabulary:
            parts += _plan_terms(kb, kind)
            continue
        parts.append(
            {
                "id": term.id,
                "label": term.label,
                "description": term.description,
                "page": term.page,
                "chapters": [kind.pages[0].file.format(id=name) for name in _published(kb, kind.name)] if kind else [],
                "links": bool(term.chapters) and kind is None,
                "by_term": False,
            }
        )
    return parts


def _plan_terms(kb: KnowledgeBase, kind: kinds.Kind) -> Iterable[PartPlan]:
    page = kinds.BY_NAME["interventions"].pages[0].file
    for term in kb.vocabularies[kind.vocabulary].values():
        chapters = [page.format(id=item.id) for item in listed(kb) if getattr(item, kind.vocabulary) == term.id]
        if chapters:
            yield {
                "id": term.id,
                "label": term.label,
                "description": term.description,
                "page": kind.pages[0].file.format(id=term.id),
                "chapters": chapters,
                "links": False,
                "by_term": True,
            }


def _published(kb: KnowledgeBase, name: str) -> list[str]:
    """The ids of the published records of a kind: by name where they have one, else in the order of the file."""
    records = [record for record in getattr(kb, name).values() if record.status == kinds.PUBLISHED]
    if records and hasattr(records[0], "name"):
        records = common.by_name(records)
    return [record.id for record in records]


def show_register(kb: KnowledgeBase) -> list[RegisterGroup]:
    """The register: interventions by every name, institutions, organisations and target groups, with where each stands.

    ``url`` is that of the page on the site.
    """
    items = listed(kb)
    links: dict[str, NameLink] = {
        item.id: {"name": item.name, "url": common.url_of("intervention", item.id)} for item in items
    }
    names: dict[str, list[NameLink]] = {}
    for item in items:
        for name in dict.fromkeys((item.name, *item.also_known_as)):
            names.setdefault(name, []).append(links[item.id])
    places: dict[str, list[NameLink]] = {}
    for place in common.open_institutions(kb):
        here = [offer.intervention for offer in kb.offers_at.get(place.id, ()) if meanings.is_present(kb, offer)]
        places[place.name] = [
            {"name": place.name, "url": common.url_of("institution", place.id)},
            *(links[name] for name in dict.fromkeys(here) if name in links),
        ]
    givers: dict[str, list[NameLink]] = {}
    for giver in common.by_name(item for item in kb.organisations.values() if item.status == kinds.PUBLISHED):
        for name in dict.fromkeys((giver.name, *giver.also_known_as)):
            givers.setdefault(name, []).append({"name": giver.name, "url": common.url_of("organisation", giver.id)})
    groups = {
        term.label: [links[item.id] for item in items if term.id in item.target_groups]
        for term in kb.vocabularies["target_group"].values()
    }
    return [
        {"id": kind, "rows": [{"name": name, "links": found[name]} for name in order if found[name]]}
        for kind, found, order in (
            ("interventions", names, sorted(names, key=common.name_key)),
            ("institutions", places, list(places)),
            ("organisations", givers, sorted(givers, key=common.name_key)),
            ("target_groups", groups, list(groups)),
        )
    ]
