"""The page of one intervention: what stands in its heading, and its parts with their fields (``shapes``)."""

from __future__ import annotations

from typing import TypedDict

from kennisbank.model import Intervention, KnowledgeBase, Relation
from kennisbank.views import common, leaflet, meanings, minute, offered, sessions, shapes, standing

# The part that holds the narrative: what comes up to it stands above the text of the page, the rest below.
NARRATIVE = "how"
# Parts that are no list of fields: the answers at the top, and the remarks about the source.
MINUTE, ABOUT = "minute", "about"


class EntryView(TypedDict):
    """What the page `intervention` is printed from."""

    doubt: str
    id: str
    name: str
    tagline: str
    summary: str
    archived: common.ArchivedView | None
    mark: common.MarkView | None
    category: common.View
    standing: standing.StandingView
    minute: minute.MinuteView
    kind: str
    countries: list[str]
    jurisdiction: common.View | None
    parts: list[shapes.PartView]
    offers: common.View
    leaflet: str | None


def show_intervention(kb: KnowledgeBase, intervention_id: str) -> EntryView:
    """Everything above the narrative: the heading and the parts up to it. ``KeyError`` for an unknown id."""
    item = kb.interventions[intervention_id]
    above, _ = split_parts(kb)
    return {
        "id": item.id,
        "name": item.name,
        "tagline": item.tagline,
        "summary": item.summary,
        "archived": common.archived_view("intervention", item),
        "mark": common.mark_of(kb, "interventions", item.id),
        "category": {
            "label": kb.term("category", item.category).label,
            "url": common.url_of("category", item.category),
        },
        "standing": standing.of_intervention(kb, item),
        "minute": minute.show_minute(kb, item),
        "kind": kb.term("kind", item.kind).label,
        "countries": [view["label"] for view in common.term_views(kb, "country", item.countries)],
        "jurisdiction": jurisdiction_view(kb, item.jurisdiction) if item.jurisdiction else None,
        "parts": [show_part(kb, part, item) for part in above],
        "offers": show_offers(kb, item),
        "leaflet": leaflet.leaflet_url(kb, item),
        "doubt": common.doubt_url("interventions", id=item.id),
    }


class EntryEndView(TypedDict):
    """What the page `intervention_end` is printed from."""

    doubt: str
    parts: list[shapes.PartView]
    other_notes: list[common.NoteView]
    remarks: list[common.NoteView]
    trainings: list[common.View]


def show_intervention_end(kb: KnowledgeBase, intervention_id: str) -> EntryEndView:
    """Everything below the narrative: the other parts, and the session plans that go with it."""
    item = kb.interventions[intervention_id]
    _, below = split_parts(kb)
    return {
        "parts": [show_part(kb, part, item) for part in below],
        "other_notes": common.note_views(
            kb, (note for note in item.editor_notes if note.part is None and not meanings.is_remark(kb, note))
        ),
        "remarks": common.note_views(kb, (note for note in item.editor_notes if meanings.is_remark(kb, note))),
        "trainings": [
            {name: view for name, view in sessions.plan_card(kb, training).items() if name not in {"id", "terms"}}
            for training in sessions.published(kb)
            if item.id in training.interventions
        ],
        "doubt": common.doubt_url("interventions", id=item.id),
    }


def show_offers(kb: KnowledgeBase, item: Intervention) -> common.View:
    """Where it runs: what is in principle everywhere, the places by how it stands there, and each row."""
    offers = [offered.offer_view(kb, offer) for offer in kb.offers_of.get(item.id, ())]
    rank = {term: place for place, term in enumerate(kb.vocabularies["standing"])}
    places = [offer for offer in offers if offer["institution"]]
    places.sort(key=lambda offer: (rank[offer["standing"]["id"]], offered.place_key(offer)))
    groups: dict[tuple[str, str | None], list[offered.OfferView]] = {}
    for offer in places:
        groups.setdefault((offer["standing"]["id"], offer["standing"]["year"]), []).append(offer)
    stands: list[common.View] = [{"standing": group[0]["standing"], "places": group} for group in groups.values()]
    return {
        "everywhere": [offer for offer in offers if not offer["institution"]],
        "groups": [shown for shown in stands if shown["standing"]["id"] != standing.ENDED],
        "gone": [shown for shown in stands if shown["standing"]["id"] == standing.ENDED],
        "places": places,
        "foreign": meanings.is_abroad(kb, item),
    }


def split_parts(kb: KnowledgeBase) -> tuple[list[str], list[str]]:
    """The parts of a page in order: up to the one with the narrative, and behind it."""
    parts = [part for part in kb.vocabularies["part"] if part not in {MINUTE, ABOUT}]
    middle = parts.index(NARRATIVE) + 1
    return parts[:middle], parts[middle:]


def show_part(kb: KnowledgeBase, part_id: str, item: Intervention) -> shapes.PartView:
    """One part: its heading, the notes of the editors that belong to it, and its fields."""
    part = kb.term("part", part_id)
    rows = shapes.show_rows(kb, "interventions", part.id, item)
    for view in (view for row in rows for view in row):
        if view["shape"] == "relations":  # also those that others have to this one
            view["value"] = relation_views(kb, item)
    return {
        "id": part.id,
        "label": part.label,
        "anchor": part.anchor or part.id,
        "notes": common.note_views(
            kb, (note for note in item.editor_notes if note.part == part.id and not meanings.is_remark(kb, note))
        ),
        "rows": rows,
    }


def jurisdiction_view(kb: KnowledgeBase, jurisdiction: str) -> common.View:
    """Whose rules a text speaks of, with ``warn`` where a reader may take them for their own."""
    term = kb.term("jurisdiction", jurisdiction)
    return {"label": term.label, "warn": term.warn}


def relation_views(kb: KnowledgeBase, item: Intervention) -> list[common.View]:
    """Relations from both sides, each pair once, in the order of the vocabulary and by name."""
    pairs: dict[tuple[str, str], Relation] = {}
    for relation in item.related:
        pairs[relation.relation, relation.id] = relation
    for other_id, relation in kb.relations_to.get(item.id, ()):
        inverse = kb.term("relation", relation.relation).inverse or relation.relation
        pairs.setdefault((inverse, other_id), Relation(other_id, inverse, relation.note))
    order = list(kb.vocabularies["relation"])
    return [
        {
            "relation": {"label": kb.term("relation", name).label},
            "name": kb.interventions[other_id].name,
            "tagline": kb.interventions[other_id].tagline,
            "url": common.url_of("intervention", other_id),
            "standing": standing.of_intervention(kb, kb.interventions[other_id]),
            "note": relation.note,
        }
        for (name, other_id), relation in sorted(
            pairs.items(),
            key=lambda pair: (order.index(pair[0][0]), pair[0][1]),
        )
        if other_id in kb.interventions
    ]
