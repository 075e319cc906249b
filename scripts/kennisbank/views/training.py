"""The page of a session plan: its strip of time, its parts, its blocks, and the kit to print (``kit``)."""

from __future__ import annotations

from itertools import accumulate
from typing import TypedDict

from kennisbank.fields import Field
from kennisbank.model import Block, KnowledgeBase, Short, Step, Told, Training
from kennisbank.views import common, kit, shapes

# What a sub-step tells, in the order in which it stands on paper.
CUES = ("do", "say", "ask", "watch")


class TrainingHead(TypedDict):
    """What a list of plans says of each."""

    id: str
    title: str
    tagline: str | None
    audience: list[common.TermLink]
    minutes: int
    group_size: object
    complexity: common.TermView


class TrainingView(TrainingHead):
    """What the page `training` is printed from."""

    doubt: str
    archived: common.ArchivedView | None
    tried: common.TermView
    buffer: int
    strip: list[common.View]
    parts: list[shapes.PartView]
    kit: common.View


def show_training(kb: KnowledgeBase, training_id: str) -> TrainingView:
    """One session plan. ``KeyError`` for an unknown id."""
    item = kb.trainings[training_id]
    return {
        **training_head(kb, training_id),
        "archived": common.archived_view("training", item),
        "doubt": common.doubt_url("trainings", id=item.id),
        "tried": common.term_view(kb, "tried_out", item.tried_out),
        "buffer": item.buffer,
        "strip": strip_views(kb, item),
        "parts": [show_part(kb, part, item) for part in kb.vocabularies["training_part"]],
        "kit": kit.show_kit(kb, item),
    }


def published(kb: KnowledgeBase) -> list[Training]:
    """The plans that a reader can choose from."""
    return [item for item in kb.trainings.values() if item.status == "published"]


def in_series(kb: KnowledgeBase, series_id: str) -> list[Training]:
    """The published plans of a series, in its order."""
    own = [(item.series.place, item) for item in published(kb) if item.series and item.series.id == series_id]
    return [item for _, item in sorted(own, key=lambda pair: pair[0])]


def training_head(kb: KnowledgeBase, training_id: str) -> TrainingHead:
    """A session plan in a list, and at the top of its page."""
    item = kb.trainings[training_id]
    return {
        "id": item.id,
        "title": item.title,
        "tagline": item.tagline,
        "audience": common.term_views(kb, "training_audience", item.audience),
        "minutes": item.minutes,
        "group_size": shapes.show_field(kb, kb.fields["trainings"].by_name["group_size"], item)["value"],
        "complexity": common.term_view(kb, "complexity", item.complexity),
    }


def strip_views(kb: KnowledgeBase, item: Training) -> list[common.View]:
    """The blocks along the clock, in minutes from the start."""
    ends = list(accumulate(block.minutes for block in item.blocks))
    titles = {sheet.id: sheet.title for sheet in item.handouts}
    return [
        {
            "id": block.id,
            "title": block.title,
            "minutes": block.minutes,
            "start": end - block.minutes,
            "end": end,
            "form": common.term_view(kb, "step_form", block.form),
            "rest": bool(kb.term("step_form", block.form).rest),
            "uses": [titles[name] for name in block.uses if name in titles],
        }
        for block, end in zip(item.blocks, ends, strict=True)
    ]


def show_part(kb: KnowledgeBase, part_id: str, item: Training) -> shapes.PartView:
    """One part of the page: its heading and its fields; the blocks with their clock."""
    part = kb.term("training_part", part_id)
    rows = shapes.show_rows(kb, "trainings", part_id, item)
    for view in (view for row in rows for view in row):
        show = SHOW.get(view["shape"])
        field = kb.fields["trainings"].by_name[view["name"]]
        if show:
            view["value"] = show(kb, field, item)
        elif field.vocabulary:  # the filter of this field is that of the list of plans
            view["value"] = [
                {**term, "url": list_url(field.facet, term["id"]) if field.facet else None}
                for term in common.term_views(kb, field.vocabulary, shapes.ids_of(field, item.get(field.name)))
            ]
    return {"id": part.id, "label": part.label, "anchor": part.anchor or part.id, "notes": [], "rows": rows}


def list_url(facet: str, term_id: str) -> str:
    """The address of the list of plans with one filter set, relative to the root of the site."""
    return f"trainings/index.html#{facet}={term_id}"


def show_blocks(kb: KnowledgeBase, _field: Field, item: Training) -> list[common.View]:
    """The blocks with all that a trainer reads standing."""
    sheets = {sheet.id: {"id": sheet.id, "title": sheet.title} for sheet in item.handouts}
    return [
        {
            **{name: strip[name] for name in ("id", "title", "minutes", "start", "end", "form")},
            **block_view(kb, block),
            "sheets": [sheets[name] for name in block.uses if name in sheets],
        }
        for strip, block in zip(strip_views(kb, item), item.blocks, strict=True)
    ]


def block_view(kb: KnowledgeBase, block: Block) -> common.View:
    """What a block says of itself, whatever plan it stands in."""
    return {
        "purpose": block.purpose,
        "group_size": shapes.show_parts(kb, GROUP, block.group_size) if block.group_size else None,
        "heavy": block.heavy,
        "materials": [
            {
                "label": kb.term("material", material.material).label,
                "count": material.count,
                "share": kb.term("share", material.per).label,
                "note": material.note,
            }
            for material in block.materials
        ],
        "steps": [step_view(step) for step in block.steps],
        "safety": block.safety,
        "write_down": block.write_down,
    }


GROUP = Field("group_size", "range")


def step_view(step: Step) -> common.View:
    """A sub-step: its minutes and its cues in the order of paper."""
    cues = [{"cue": cue, "text": text} for cue in CUES if (text := getattr(step, cue))]
    return {"minutes": step.minutes, "cues": cues}


def show_short(kb: KnowledgeBase, _field: Field, item: Training) -> common.View | None:
    """The version of twenty minutes."""
    short: Short | None = item.short
    if short is None:
        return None
    titles = {sheet.id: sheet.title for sheet in item.handouts}
    return {
        "steps": [step_view(step) for step in short.steps],
        "uses": [titles[name] for name in short.uses if name in titles],
    }


def show_told(kb: KnowledgeBase, _field: Field, item: Training) -> list[common.View]:
    """What to do when somebody tells something serious: what holds for every session, and what this one adds."""
    own: dict[str, Told] = {told.kind: told for told in item.told}
    return [
        {
            "label": term.label,
            "description": term.description,
            "then": term.then,
            "own": own[term.id].text if term.id in own else None,
        }
        for term in kb.vocabularies["disclosure"].values()
    ]


def show_series(kb: KnowledgeBase, _field: Field, item: Training) -> common.View | None:
    """The series of a plan with all its plans in order; this one has no address."""
    if item.series is None:
        return None
    others = in_series(kb, item.series.id)
    return {
        "label": kb.term("series", item.series.id).label,
        "place": item.series.place,
        "total": len(others),
        "plans": [
            {"title": plan.title, "url": None if plan.id == item.id else common.url_of("training", plan.id)}
            for plan in others
        ],
    }


def show_variations(kb: KnowledgeBase, _field: Field, item: Training) -> list[common.View]:
    """Other ways to do it."""
    return [
        {"label": kb.term("variation", variation.kind).label, "text": variation.text} for variation in item.variations
    ]


def show_objectives(kb: KnowledgeBase, _field: Field, item: Training) -> list[common.View]:
    """What a participant can do afterwards, with the question that shows it."""
    return [{"text": goal.text, "exit": goal.exit} for goal in item.objectives]


# Fields of a plan that are more than their value, by their shape.
SHOW = {
    "blocks": show_blocks,
    "short": show_short,
    "told": show_told,
    "series": show_series,
    "variations": show_variations,
    "objectives": show_objectives,
}
