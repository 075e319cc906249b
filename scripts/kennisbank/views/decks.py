"""Cards to talk about: the decks of all session plans by theme, to cut out or to show one by one."""

from __future__ import annotations

from typing import TypedDict

from kennisbank.model import KnowledgeBase
from kennisbank.views import common, kit, sessions


class DecksView(TypedDict):
    """What the page `decks` is printed from."""

    themes: list[common.View]


def show_decks(kb: KnowledgeBase) -> DecksView:
    """The themes that have decks, in the order of the vocabulary, each with its decks in the order of the plans."""
    kinds = {kind for kind in kb.vocabularies["handout_kind"] if is_deck(kb, kind)}
    found: dict[str, list[common.View]] = {theme: [] for theme in kb.vocabularies["training_theme"]}
    for item in sessions.published(kb):
        for sheet in item.handouts:
            if sheet.kind in kinds and sheet.cards:
                view = kit.sheet_view(kb, sheet)
                found[kit.theme_of(item, sheet)].append(
                    {
                        "key": kit.key_of(item, sheet.id),
                        "title": sheet.title,
                        "text": sheet.text,
                        "plan": {"title": item.title, "url": common.url_of("training", item.id)},
                        "number": len(sheet.cards),
                        **{name: view[name] for name in ("pages", "size", "columns", "rows")},
                    }
                )
    return {
        "themes": [
            {"label": kb.term("training_theme", theme).label, "decks": decks} for theme, decks in found.items() if decks
        ]
    }


def is_deck(kb: KnowledgeBase, kind: str) -> bool:
    """Whether sheets of this kind are cards with an answer, more than one to a sheet: those one talks about."""
    term = kb.term("handout_kind", kind)
    return bool(term.keyed) and (term.per_page or 1) > 1
