"""The page of one intervention, in the one order that every entry has."""

from __future__ import annotations

from kennisbank.model import EVERYWHERE, Intervention, KnowledgeBase, Range, Relation
from kennisbank.views import common

PLACES = "NL"  # offers per institution are only known for the Netherlands


def show_intervention(kb: KnowledgeBase, intervention_id: str) -> dict:
    """Everything above the narrative: in short, and for whom. ``KeyError`` for an unknown id."""
    item = kb.interventions[intervention_id]
    return {
        "id": item.id,
        "name": item.name,
        "tagline": item.tagline,
        "summary": item.summary,
        "participant_text": item.participant_text,
        "also_known_as": list(item.also_known_as),
        "archived": item.status == "archived",
        "moved_to": common.url_of("intervention", item.moved_to) if item.moved_to else None,
        "category": {
            **common.term_view(kb, "category", item.category),
            "url": common.url_of("category", item.category),
        },
        "also_in": [
            {**view, "url": common.url_of("category", view["id"])}
            for view in common.term_views(kb, "category", item.also_in)
        ],
        "kind": common.term_views(kb, "kind", [item.kind], "kind"),
        "countries": common.term_views(kb, "country", item.countries, "country"),
        "foreign": PLACES not in item.countries,
        "jurisdiction": common.term_view(kb, "jurisdiction", item.jurisdiction) if item.jurisdiction else None,
        "pillars": common.term_views(kb, "pillar", item.pillars, "pillar"),
        "goals": common.term_views(kb, "goal", item.goals, "goal"),
        "target_groups": common.term_views(kb, "target_group", item.target_groups, "target_group"),
        "target_group_note": item.target_group_note,
        "learners": common.term_views(kb, "learner", item.learners),
        "settings": common.term_views(kb, "setting", item.settings, "setting"),
        "phases": common.term_views(kb, "phase", item.phases, "phase"),
        "formats": common.term_views(kb, "format", item.formats, "format"),
        "age": range_view(item.age),
        "group_size": range_view(item.group_size),
        "dosage": dosage_view(item),
        "min_stay_weeks": item.min_stay_weeks,
        "in_parts": common.term_view(kb, "in_parts", item.in_parts) if item.in_parts else None,
        "delivered_by": delivery_views(kb, item),
        "referred_by": [
            {
                **common.term_views(kb, "role", [mention.role], "role")[0],
                "text": mention.text,
                "source": common.source_view(kb, mention.source),
            }
            for mention in item.referred_by
        ],
        "providers": common.organisation_links(kb, item.providers),
        "evidence": common.term_view(kb, "evidence", item.evidence.strength),
        "offers": offer_counts(kb, item),
        "selection": common.text_views(kb, item.selection),
        "not_suitable": [
            {
                "group": common.term_view(kb, "exclusion", exclusion.group),
                "text": exclusion.text,
                "instead": exclusion.instead,
                "source": common.source_view(kb, exclusion.source),
            }
            for exclusion in item.not_suitable
        ],
        "notes": notes_by_part(kb, item),
        "caution_count": sum(note.severity != "info" for note in item.editor_notes),
    }


def show_intervention_end(kb: KnowledgeBase, intervention_id: str) -> dict:
    """Everything below the narrative: needs, practice, evidence, claims, places, links, sources."""
    item = kb.interventions[intervention_id]
    offers = [common.offer_view(kb, offer) for offer in kb.offers_of.get(item.id, ())]
    rank = common.status_rank(kb)
    places = [offer for offer in offers if offer["institution"]]
    places.sort(key=lambda offer: (rank[offer["status"]["id"]], offer["institution"]["name"].casefold()))
    return {
        "id": item.id,
        "preconditions": common.text_views(kb, item.preconditions),
        "delivered_by": delivery_views(kb, item),
        "core_elements": common.text_views(kb, item.core_elements),
        "adaptable": common.text_views(kb, item.adaptable),
        "success_factors": common.text_views(kb, item.success_factors),
        "challenges": common.text_views(kb, item.challenges),
        "risks": common.text_views(kb, item.risks),
        "evidence": {
            "strength": common.term_views(kb, "evidence", [item.evidence.strength], "evidence")[0],
            "steps": strength_steps(kb, item.evidence.strength),
            "contexts": common.term_views(kb, "evidence_context", item.evidence.contexts),
            "known": item.evidence.known,
            "unknown": item.evidence.unknown,
            "studied": item.evidence.studied,
        },
        "recognition": {
            "level": item.recognition.level,
            "body": item.recognition.body,
            "date": item.recognition.date,
            "url": item.recognition.url,
            "source": common.source_view(kb, item.recognition.source),
        }
        if item.recognition
        else None,
        "figures": [
            {
                "label": figure.label,
                "value": figure.value,
                "unit": figure.unit,
                "period": figure.period,
                "note": figure.note,
                "source": common.source_view(kb, figure.source),
            }
            for figure in item.figures
        ],
        "claims": [
            {
                "text": claim.text,
                "claimed_by": claim.claimed_by,
                "verdict": common.term_view(kb, "verdict", claim.verdict),
                "note": claim.note,
                "source": common.source_view(kb, claim.source),
            }
            for claim in item.claims
        ],
        "notes": notes_by_part(kb, item),
        "places": places,
        "everywhere": [offer for offer in offers if not offer["institution"]],
        "foreign": PLACES not in item.countries,
        "links": [
            {
                "url": link.url if link.status != "withheld" else None,
                "label": link.label,
                "status": common.term_view(kb, "link_status", link.status),
                "note": link.note,
                "source": common.source_view(kb, link.source),
            }
            for link in item.links
        ],
        "related": relation_views(kb, item),
        "trainings": [
            {"title": training.title, "url": common.url_of("training", training.id), "minutes": training.minutes}
            for training in kb.trainings.values()
            if item.id in training.interventions
        ],
        "sources": common.source_views(kb, item.sources),
        "reviewed_on": item.reviewed_on,
    }


def notes_by_part(kb: KnowledgeBase, item: Intervention) -> dict[str, list[dict]]:
    """The editors' notes per part of the page, so that a doubt stands beside the fact; the rest under ``other``."""
    notes = {part: common.note_views(kb, item.editor_notes, part) for part in kb.vocabularies["part"]}
    return {**notes, "other": [note for note in common.note_views(kb, item.editor_notes) if note["part"] is None]}


def range_view(value: Range | None) -> dict | None:
    """From and to, or nothing."""
    return {"min": value.min, "max": value.max, "about": value.about} if value else None


def dosage_view(item: Intervention) -> dict | None:
    """Sessions, minutes, weeks and remark, or nothing."""
    if item.dosage is None:
        return None
    return {
        "sessions": item.dosage.sessions,
        "minutes": item.dosage.minutes,
        "weeks": item.dosage.weeks,
        "note": item.dosage.note,
    }


def delivery_views(kb: KnowledgeBase, item: Intervention) -> list[dict]:
    """Who leads it, with the address of that filter."""
    return [
        {**common.term_views(kb, "role", [delivery.role], "role")[0], "note": delivery.note}
        for delivery in item.delivered_by
    ]


def offer_counts(kb: KnowledgeBase, item: Intervention) -> dict:
    """In how many institutions a source says it runs, and whether it is in principle everywhere."""
    own = kb.offers_of.get(item.id, ())
    running = {offer.institution for offer in own if common.is_running(kb, offer)}
    return {
        "running": len(running - {EVERYWHERE}),
        "mentioned": len({offer.institution for offer in own} - {EVERYWHERE}),
        "everywhere": common.is_everywhere(kb, item.id),
        "as_of": common.newest(offer.as_of for offer in own),
    }


def strength_steps(kb: KnowledgeBase, strength: str) -> list[dict]:
    """The ladder of evidence in vocabulary order, with ``reached`` for the present step only."""
    return [
        {**common.term_view(kb, "evidence", step), "reached": step == strength} for step in kb.vocabularies["evidence"]
    ]


def relation_views(kb: KnowledgeBase, item: Intervention) -> list[dict]:
    """Relations from both sides, each pair once, in the order of the vocabulary and by name."""
    pairs: dict[tuple[str, str], Relation] = {}
    for relation in item.related:
        pairs[relation.relation, relation.id] = relation
    for other_id, relation in kb.relations_to.get(item.id, ()):
        inverse = kb.term("relation", relation.relation).inverse
        pairs.setdefault((inverse, other_id), Relation(other_id, inverse, relation.note))
    order = list(kb.vocabularies["relation"])
    return [
        {
            "relation": common.term_view(kb, "relation", name),
            "id": other_id,
            "name": kb.interventions[other_id].name,
            "tagline": kb.interventions[other_id].tagline,
            "url": common.url_of("intervention", other_id),
            "note": relation.note,
        }
        for (name, other_id), relation in sorted(
            pairs.items(),
            key=lambda pair: (order.index(pair[0][0]), pair[0][1]),
        )
        if other_id in kb.interventions
    ]
