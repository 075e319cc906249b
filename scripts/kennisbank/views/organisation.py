"""The pages of the organisations: who they are and what they offer where."""

from __future__ import annotations

from typing import TypedDict

from kennisbank.model import Intervention, KnowledgeBase, Offer
from kennisbank.views import common, meanings, offered, shapes, standing
from kennisbank.views.catalogue import listed


class OrganisationView(TypedDict):
    """What the page `organisation` is printed from."""

    doubt: str
    name: str
    also_known_as: list[str]
    kind: common.TermView
    country: common.TermView | None
    summary: str
    facts: list[list[shapes.FieldView]]
    archived: common.ArchivedView | None
    mark: common.MarkView | None
    searched: list[common.SearchView]
    programmes: list[common.View]
    made: list[common.View]
    notes: list[common.NoteView]
    sources: list[common.SourceView]
    catalogue_url: str


def show_organisation(kb: KnowledgeBase, organisation_id: str) -> OrganisationView:
    """One organisation with its interventions and their places. ``KeyError`` for an unknown id."""
    item = kb.organisations[organisation_id]
    return {
        "name": item.name,
        "also_known_as": list(item.also_known_as),
        "kind": common.term_view(kb, "organisation_kind", item.kind),
        "country": common.term_view(kb, "country", item.country) if item.country else None,
        "summary": item.summary,
        "facts": shapes.show_rows(kb, "organisations", "facts", item),
        "archived": common.archived_view("organisation", item),
        "mark": common.mark_of(kb, "organisations", item.id),
        "searched": common.search_views(item.searched),
        "programmes": [programme_view(kb, record.id, item.id) for record in listed(kb) if gives(kb, item.id, record)],
        "made": [
            {
                "name": record.name,
                "tagline": record.tagline,
                "url": common.url_of("intervention", record.id),
                "standing": standing.of_intervention(kb, record),
            }
            for record in listed(kb)
            if item.id in record.developed_by and not gives(kb, item.id, record)
        ],
        "notes": common.note_views(kb, item.editor_notes),
        "sources": common.source_views(kb, item.sources),
        "catalogue_url": common.filter_url("provider", item.id),
        "doubt": common.doubt_url("organisations", id=item.id),
    }


def gives(kb: KnowledgeBase, organisation_id: str, record: Intervention) -> bool:
    """Whether an organisation gives an intervention, everywhere or in one place; who only made it does not."""
    named = {giver.organisation for offer in kb.offers_of.get(record.id, ()) for giver in offer.given_by}
    return organisation_id in record.providers or organisation_id in named


def given_by(kb: KnowledgeBase, offer: Offer, organisation_id: str) -> bool:
    """Whether an offer is of this organisation, or of nobody else by name; own staff give for who runs the building."""
    named = {giver.organisation for giver in offer.given_by if giver.organisation}
    if offer.provider:
        named.add(offer.provider)
    if offer.given_by and not kb.organisations[organisation_id].runs_institutions:
        return organisation_id in named
    return organisation_id in named or not named


def programme_view(kb: KnowledgeBase, intervention_id: str, organisation_id: str) -> common.View:
    """One intervention of an organisation with the institutions where it is named, by status."""
    record = kb.interventions[intervention_id]
    rank = common.status_rank(kb)
    offers = [
        offered.offer_view(kb, offer)
        for offer in kb.offers_of.get(intervention_id, ())
        if given_by(kb, offer, organisation_id)
    ]
    places = [offer for offer in offers if offer["institution"]]
    places.sort(key=lambda offer: (rank[offer["status"]["id"]], offered.place_key(offer)))
    return {
        "name": record.name,
        "tagline": record.tagline,
        "url": common.url_of("intervention", record.id),
        "places": places,
        "everywhere": [offer for offer in offers if not offer["institution"]],
        "standing": standing.of_intervention(kb, record),
        "foreign": meanings.is_abroad(kb, record),
    }


class OrganisationsView(TypedDict):
    """What the page `organisations` is printed from."""

    organisations: list[common.View]


def show_organisations(kb: KnowledgeBase) -> OrganisationsView:
    """All organisations by name with the names of what they offer."""
    return {
        "organisations": [
            {
                "id": item.id,
                "name": item.name,
                "url": common.url_of("organisation", item.id),
                "kind": common.term_view(kb, "organisation_kind", item.kind),
                "country": common.term_view(kb, "country", item.country) if item.country else None,
                "audience": item.audience,
                "programmes": [
                    {"name": record.name, "url": common.url_of("intervention", record.id)}
                    for record in listed(kb)
                    if gives(kb, item.id, record)
                ],
            }
            for item in common.by_name(kb.organisations.values())
            if item.status == "published"
        ]
    }
