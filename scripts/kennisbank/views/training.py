"""The pages of the session plans."""

from __future__ import annotations

from itertools import accumulate

from kennisbank.model import KnowledgeBase
from kennisbank.views import common, shapes


def show_training(kb: KnowledgeBase, training_id: str) -> common.View:
    """One session plan with the clock of its steps in minutes from the start. ``KeyError`` for an unknown id."""
    item = kb.trainings[training_id]
    ends = list(accumulate(step.minutes for step in item.steps))
    return {
        **training_head(kb, training_id),
        "archived": item.status == "archived",
        "report": common.report_url("trainings", id=item.id),
        "objectives": list(item.objectives),
        "preparation": list(item.preparation),
        "materials": list(item.materials),
        "steps": [
            {
                "title": step.title,
                "text": step.text,
                "minutes": step.minutes,
                "start": end - step.minutes,
                "end": end,
                "form": common.term_view(kb, "step_form", step.form),
            }
            for step, end in zip(item.steps, ends, strict=True)
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


def training_head(kb: KnowledgeBase, training_id: str) -> common.View:
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


def show_trainings(kb: KnowledgeBase) -> common.View:
    """All session plans in file order."""
    return {
        "trainings": [
            {**training_head(kb, item.id), "url": common.url_of("training", item.id)}
            for item in kb.trainings.values()
            if item.status == "published"
        ]
    }
