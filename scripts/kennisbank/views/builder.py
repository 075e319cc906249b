"""The builder of sessions: every block of every plan with all it needs, so that the page can put any of them together."""

from __future__ import annotations

from itertools import accumulate
from typing import TypedDict

from kennisbank.model import Block, KnowledgeBase, Material, Training
from kennisbank.views import common, kit, sessions
from kennisbank.views.script_data import SIGNS, code_of
from kennisbank.views.training import block_view, show_part, show_told

# Four signs: with a few hundred blocks three would be the same too often.
CODE_LENGTH = 4


class BuilderView(TypedDict):
    """What the page `builder` is printed from."""

    plans: list[common.View]
    themes: list[common.TermLink]
    forms: list[common.TermLink]
    materials: list[common.View]
    told: list[common.View]
    signs: str
    length: int
    longest: int


def show_builder(kb: KnowledgeBase) -> BuilderView:
    """The plans with their blocks, sheets and answers; the choices of the filters; the names of the materials."""
    plans = sessions.published(kb)
    blocks = [block for plan in plans for block in plan.blocks]
    return {
        "plans": [plan_view(kb, plan) for plan in plans],
        "themes": common.term_views(
            kb, "training_theme", {kit.theme_of(plan, block) for plan in plans for block in plan.blocks}
        ),
        "forms": common.term_views(kb, "step_form", {block.form for block in blocks}),
        "materials": [
            {"id": term.id, "label": term.label, "adds": bool(term.used_up)}
            for term in kb.vocabularies["material"].values()
        ],
        "told": [{"label": term.label, "then": term.then} for term in kb.vocabularies["disclosure"].values()],
        "signs": SIGNS,
        "length": CODE_LENGTH,
        "longest": max((block.minutes for block in blocks), default=0),
    }


def plan_view(kb: KnowledgeBase, item: Training) -> common.View:
    """One plan: its blocks by their keys, its sheets, and what it brings along as a whole."""
    shown = kit.show_kit(kb, item)
    answers = {sheet["id"]: sheet["answers"] for sheet in shown["key"]}
    ends = accumulate(block.minutes for block in item.blocks)
    return {
        "id": item.id,
        "title": item.title,
        "url": common.url_of("training", item.id),
        "minutes": item.minutes,
        "audience": common.term_views(kb, "training_audience", item.audience),
        "most": shown["most"],
        "blocks": [card_of(kb, item, block, end - block.minutes) for block, end in zip(item.blocks, ends, strict=True)],
        "sheets": [
            {
                **{name: value for name, value in sheet.items() if name not in {"id", "counts"}},
                "key": kit.key_of(item, sheet["id"]),
                "answers": answers.get(sheet["id"], []),
            }
            for sheet in shown["sheets"]
        ],
        "materials": materials_of(kb, item.materials),
        **along_of(kb, item),
    }


def along_of(kb: KnowledgeBase, item: Training) -> common.View:
    """What goes along with any block of a plan (``x-along``), by the parts of its page: ``ahead`` of its blocks and ``after`` them.

    Of what to do when somebody tells something serious only what this plan adds: the rest stands in every package once.
    Each anchor begins with the plan, because all plans stand on one page.
    """
    known = kb.fields["trainings"].by_name
    names = list(kb.vocabularies["training_part"])
    split = names.index(known["blocks"].part or names[-1])
    parts = [along_part(kb, name, item) for name in names]
    return {
        "ahead": [part for part in parts[:split] if part["rows"]],
        "after": [part for part in parts[split:] if part["rows"]],
    }


def along_part(kb: KnowledgeBase, name: str, item: Training) -> common.View:
    """The fields of one part that go along, each a row."""
    known = kb.fields["trainings"].by_name
    shown = show_part(kb, name, item)["rows"]
    fields = [field for row in shown for field in row if known[field["name"]].along]
    for field in fields:
        field["anchor"] = f"{item.id}-{field['anchor']}"
        if field["shape"] == "told":
            own = show_told(kb, known[field["name"]], item)
            field["value"] = [{**told, "then": ""} for told in own if told["own"]]
    return {"id": name, "rows": [[field] for field in fields if field["value"] not in (None, [])]}


def card_of(kb: KnowledgeBase, item: Training, block: Block, start: int) -> common.View:
    """A block to choose, and its text."""
    slot = kb.term("block_slot", block.slot) if block.slot else None
    form = kb.term("step_form", block.form)
    size = block.group_size or item.group_size
    titles = {sheet.id: {"title": sheet.title} for sheet in item.handouts}
    uses = [name for name in block.uses if name in titles]
    return {
        "key": kit.key_of(item, block.id),
        "code": block_code(item, block),
        "title": block.title,
        "minutes": block.minutes,
        "start": start,
        "end": start + block.minutes,
        "form": common.term_view(kb, "step_form", block.form),
        "theme": common.term_view(kb, "training_theme", kit.theme_of(item, block)),
        "least": size.min if size else None,
        "most": size.max if size else None,
        "does": slot.does if slot else None,
        "rest": bool(form.rest),
        "talk": bool(form.talk),
        **block_view(kb, block),
        "sheets": [titles[name] for name in uses],
        "uses": [kit.key_of(item, name) for name in uses],
        "amounts": materials_of(kb, block.materials),
    }


def block_code(item: Training, block: Block) -> str:
    """The signs that stand for a block in a typed code."""
    return code_of(kit.key_of(item, block.id), CODE_LENGTH)


def materials_of(kb: KnowledgeBase, materials: tuple[Material, ...]) -> str:
    """Materials for a script: ``pen=1/1 flip-chart=2/0``."""
    return " ".join(f"{one.material}={kit.amounts_view(kb, [one])}" for one in materials)
