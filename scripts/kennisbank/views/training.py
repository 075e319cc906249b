"""The pages of the session plans."""

from __future__ import annotations

from itertools import accumulate
from typing import TypedDict

from kennisbank.model import KnowledgeBase, Material, Objective
from kennisbank.views import common, shapes


class TrainingHead(TypedDict):
    """What a list of plans says of each."""

    title: str
    tagline: str | None
    audience: list[common.TermLink]
    minutes: int
    group_size: object
    complexity: common.TermView


class TrainingView(TrainingHead):
    """What the page `training` is printed from."""

    doubt: str
    archived: bool
    objectives: list[Objective]
    preparation: list[str]
    materials: list[common.View]
    blocks: list[common.View]
    debrief: list[str]
    tips: list[str]
    variations: list[common.View]
    safety: str | None
    handouts: list[common.View]
    interventions: list[common.View]
    sources: list[common.SourceView]
    reviewed_on: str


def show_training(kb: KnowledgeBase, training_id: str) -> TrainingView:
    """One session plan with the clock of its steps in minutes from the start. ``KeyError`` for an unknown id."""
    item = kb.trainings[training_id]
    ends = list(accumulate(block.minutes for block in item.blocks))
    return {
        **training_head(kb, training_id),
        "archived": item.status == "archived",
        "doubt": common.doubt_url("trainings", id=item.id),
        "objectives": list(item.objectives),
        "preparation": list(item.preparation),
        "materials": [material_view(kb, material) for material in item.materials],
        "blocks": [
            {
                "id": block.id,
                "title": block.title,
                "minutes": block.minutes,
                "start": end - block.minutes,
                "end": end,
                "form": common.term_view(kb, "step_form", block.form),
                "steps": list(block.steps),
            }
            for block, end in zip(item.blocks, ends, strict=True)
        ],
        "debrief": list(item.debrief),
        "tips": list(item.tips),
        "variations": [
            {"kind": common.term_view(kb, "variation", variation.kind), "text": variation.text}
            for variation in item.variations
        ],
        "safety": item.safety,
        "handouts": [
            {
                "id": sheet.id,
                "title": sheet.title,
                "kind": common.term_view(kb, "handout_kind", sheet.kind),
                "text": sheet.text,
                "cards": list(sheet.cards),
            }
            for sheet in item.handouts
        ],
        "interventions": [
            {
                "name": kb.interventions[other].name,
                "tagline": kb.interventions[other].tagline,
                "url": common.url_of("intervention", other),
            }
            for other in item.interventions
            if other in kb.interventions
        ],
        "sources": common.source_views(kb, item.sources),
        "reviewed_on": item.reviewed_on,
    }


def material_view(kb: KnowledgeBase, material: Material) -> common.View:
    """Something to bring, and how many of it."""
    return {
        "label": kb.term("material", material.material).label,
        "count": material.count,
        "per": kb.term("share", material.per).label,
        "note": material.note,
    }


def training_head(kb: KnowledgeBase, training_id: str) -> TrainingHead:
    """A session plan in a list, and at the top of its page."""
    item = kb.trainings[training_id]
    return {
        "title": item.title,
        "tagline": item.tagline,
        "audience": common.term_views(kb, "training_audience", item.audience),
        "minutes": item.minutes,
        "group_size": shapes.show_field(kb, kb.fields["trainings"].by_name["group_size"], item)["value"],
        "complexity": common.term_view(kb, "complexity", item.complexity),
    }


class TrainingsView(TypedDict):
    """What the page `trainings` is printed from."""

    trainings: list[common.View]


def show_trainings(kb: KnowledgeBase) -> TrainingsView:
    """All session plans in file order."""
    return {
        "trainings": [
            {**training_head(kb, item.id), "url": common.url_of("training", item.id)}
            for item in kb.trainings.values()
            if item.status == "published"
        ]
    }
