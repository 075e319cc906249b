"""What a trainer prints and brings: sheets, cards and materials, counted for a group, and the answers to the cards."""

from __future__ import annotations

from collections.abc import Iterable

from kennisbank.model import Block, Card, Copies, Handout, KnowledgeBase, Material, Training
from kennisbank.views import common

# The sizes of a group for which a page without script counts.
GROUPS = (6, 8, 12)


def count(kb: KnowledgeBase, amounts: Iterable[Copies | Material], adds: bool, people: int) -> int:
    """How many a group of ``people`` needs: the amounts together, or the largest where they are used again.

    Of something for a pair seven people need four. ``content/assets/choose/count.js`` reckons the same.
    """
    numbers = []
    for amount in amounts:
        share = kb.term("share", amount.per).people
        numbers.append(amount.count * (-(-people // share) if share else 1))
    return sum(numbers) if adds else max(numbers)


def key_of(item: Training, name: str) -> str:
    """The name of a block or sheet among those of all plans."""
    return f"{item.id}.{name}"


def theme_of(item: Training, part: Block | Handout) -> str:
    """The theme of a block or sheet: its own, or the first of its plan."""
    return part.theme or item.themes[0]


def show_kit(kb: KnowledgeBase, item: Training) -> common.View:
    """All that a session needs: sheets to print, materials to bring, and what only the trainer reads."""
    trainer = kb.ids("handout_kind", trainer=True)
    return {
        "groups": list(GROUPS),
        "least": item.group_size.min if item.group_size and item.group_size.min else GROUPS[0],
        "most": item.group_size.max if item.group_size and item.group_size.max else GROUPS[-1],
        "sheets": [sheet_view(kb, sheet) for sheet in item.handouts if sheet.kind not in trainer],
        "materials": material_views(kb, item),
        "key": [view for sheet in item.handouts if (view := key_view(sheet, sheet.kind in trainer))],
    }


def sheet_view(kb: KnowledgeBase, sheet: Handout) -> common.View:
    """A sheet or deck: its text, its cards in sheets of A4, and how many copies a group needs."""
    kind = kb.term("handout_kind", sheet.kind)
    size = kind.per_page or 1
    numbered = [{"number": number, **card_view(card)} for number, card in enumerate(sheet.cards, 1)]
    pages = [numbered[at : at + size] for at in range(0, len(numbered), size)]
    return {
        "id": sheet.id,
        "title": sheet.title,
        "kind": common.term_view(kb, "handout_kind", sheet.kind),
        "text": sheet.text,
        "pages": pages,
        "size": size,
        "columns": 2 if size > 2 else 1,
        "rows": size // 2 if size > 2 else size,
        "a4": max(len(pages), 1),
        "share": share_text(kb, [sheet.copies]),
        "amounts": amounts_view(kb, [sheet.copies]),
        "counts": [count(kb, [sheet.copies], True, people) for people in GROUPS],
    }


def card_view(card: Card) -> common.View:
    """The side of a card that a participant reads."""
    return {"title": card.title, "text": card.text, "note": card.note}


def material_views(kb: KnowledgeBase, item: Training) -> list[common.View]:
    """The materials of the plan and its blocks, each once, in the order of the vocabulary."""
    lists = [item.materials, *(block.materials for block in item.blocks)]
    found = [material for materials in lists for material in materials]
    views = []
    for term in kb.vocabularies["material"].values():
        amounts = [material for material in found if material.material == term.id]
        if amounts:
            views.append(
                {
                    "label": term.label,
                    "notes": [material.note for material in amounts if material.note],
                    "adds": bool(term.used_up),
                    "share": share_text(kb, amounts),
                    "amounts": amounts_view(kb, amounts),
                    "counts": [count(kb, amounts, bool(term.used_up), people) for people in GROUPS],
                }
            )
    return views


def amounts_view(kb: KnowledgeBase, amounts: Iterable[Copies | Material]) -> str:
    """Amounts for a script: ``1/3 2/0`` is one for three people and two for all."""
    return " ".join(f"{amount.count}/{kb.term('share', amount.per).people}" for amount in amounts)


def share_text(kb: KnowledgeBase, amounts: Iterable[Copies | Material]) -> list[common.View]:
    """The amounts as they were written, each once: ``count`` and the label of its share."""
    unique = dict.fromkeys((amount.count, amount.per) for amount in amounts)
    return [{"count": number, "label": kb.term("share", per).label} for number, per in unique]


def key_view(sheet: Handout, own: bool) -> common.View | None:
    """The answers to a sheet and its cards, for the trainer; ``None`` where there are none.

    A sheet of the trainer's ``own`` is handed out to nobody, so that its text stands here, above its answers.
    """
    answers: list[common.View] = [
        {"number": number, "on": card.title or card.text, "answer": card.answer, "signal": card.signal}
        for number, card in enumerate(sheet.cards, 1)
        if card.answer or card.signal
    ]
    answers += [{"number": None, "on": key.on, "answer": key.answer, "signal": key.signal} for key in sheet.key]
    if not answers and not own:
        return None
    return {"id": sheet.id, "title": sheet.title, "text": sheet.text if own else None, "answers": answers}
