"""The self-test how to read a claim: ten real claims of the entries with the verdict of the editors."""

from __future__ import annotations

from itertools import zip_longest
from typing import TypedDict

from kennisbank.model import Claim, Intervention, KnowledgeBase
from kennisbank.views import common
from kennisbank.views.catalogue import listed

QUESTIONS = 10


class SelfTestView(TypedDict):
    """What the page `self_test` is printed from."""

    verdicts: list[common.View]
    questions: list[common.View]


def show_self_test(kb: KnowledgeBase) -> SelfTestView:
    """Ten claims, as many verdicts as possible in turn; each with all verdicts to choose from and its answer explained."""
    verdicts = common.term_views(kb, "verdict", kb.vocabularies["verdict"])
    return {
        "verdicts": [
            {"id": view["id"], "label": view["label"], "description": view["description"]} for view in verdicts
        ],
        "questions": [question_view(kb, item, claim) for item, claim in choose_claims(kb)],
    }


def choose_claims(kb: KnowledgeBase) -> list[tuple[Intervention, Claim]]:
    """Explained claims, one of each verdict in turn and never two of one entry, so that no verdict can be guessed."""
    by_verdict: dict[str, list[tuple[Intervention, Claim]]] = {verdict: [] for verdict in kb.vocabularies["verdict"]}
    used: set[str] = set()
    for item in listed(kb):
        for claim in item.claims:
            if claim.note and item.id not in used:
                used.add(item.id)
                by_verdict[claim.verdict].append((item, claim))
    in_turn = [pair for row in zip_longest(*by_verdict.values()) for pair in row if pair]
    return sorted(in_turn[:QUESTIONS], key=lambda pair: common.name_key(pair[0].name))


def question_view(kb: KnowledgeBase, item: Intervention, claim: Claim) -> common.View:
    """One claim: what is said, by whom and where; the verdict and why."""
    return {
        "text": claim.text,
        "claimed_by": claim.claimed_by,
        "source": common.source_view(kb, claim.source),
        "verdict": {"id": claim.verdict, "label": kb.term("verdict", claim.verdict).label},
        "note": claim.note,
        "name": item.name,
        "url": common.url_of("intervention", item.id),
    }
