"""What a page says of itself to programs, in the words of schema.org: an intervention, an organisation, the data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypedDict

from kennisbank.model import KnowledgeBase
from kennisbank.views import common


class CitedView(TypedDict):
    """A source that is cited."""

    title: str
    publisher: str | None
    year: int | None
    url: str | None


class LinkedIntervention(TypedDict):
    """See ``link_intervention``."""

    name: str
    other_names: list[str]
    description: str
    modified: str
    url: str
    category: str
    makers: list[str]
    sources: list[CitedView]


class LinkedOrganisation(TypedDict):
    """See ``link_organisation``."""

    name: str
    other_names: list[str]
    description: str
    website: str | None
    url: str


class LinkedDataset(TypedDict):
    """See ``link_dataset``."""

    first: str | None
    last: str | None
    subjects: list[str]


def link_intervention(kb: KnowledgeBase, intervention_id: str) -> LinkedIntervention:
    """The page of an intervention, with what it rests on."""
    item = kb.interventions[intervention_id]
    sources = dict.fromkeys(ref.id for ref in item.sources)
    return {
        "name": item.name,
        "other_names": list(item.also_known_as),
        "description": item.tagline,
        "modified": item.reviewed_on,
        "url": common.url_of("intervention", item.id),
        "category": kb.term("category", item.category).label,
        "makers": [view["name"] for view in common.organisation_links(kb, item.developed_by)],
        "sources": [
            {
                "title": source.title,
                "publisher": source.publisher,
                "year": source.year,
                "url": source.url,
            }
            for source in (kb.sources[name] for name in sources)
        ],
    }


def link_organisation(kb: KnowledgeBase, organisation_id: str) -> LinkedOrganisation:
    """An organisation."""
    item = kb.organisations[organisation_id]
    return {
        "name": item.name,
        "other_names": list(item.also_known_as),
        "description": item.summary,
        "website": item.website,
        "url": common.url_of("organisation", item.id),
    }


def link_dataset(kb: KnowledgeBase) -> LinkedDataset:
    """The data as a whole: what there is of it, and over which time."""
    dates = common.dated(offer.as_of for offer in kb.offers)
    return {
        "first": dates[0] if dates else None,
        "last": dates[-1] if dates else None,
        "subjects": [term.label for term in kb.vocabularies["category"].values()],
    }


LINKED: Mapping[str, Callable[..., Mapping[str, object]]] = {
    "intervention": link_intervention,
    "organisation": link_organisation,
    "downloads": link_dataset,
}
