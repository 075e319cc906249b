"""The form for proposals, and the screen form of a control sheet: what can be chosen, and what a blank sheet asks."""

from __future__ import annotations

from typing import TypedDict

from kennisbank import kinds
from kennisbank.model import KnowledgeBase
from kennisbank.views import common
from kennisbank.views.catalogue import listed
from kennisbank.views.choosing import link_view, place_groups

# What is told of on the pages of others and never proposed by itself.
GIVEN = "given"


class SenderView(TypedDict):
    """What everybody who proposes can choose from: institutions, functions, and how they know."""

    places: list[common.View]
    roles: list[common.TermLink]
    bases: list[common.View]


class ProposeView(SenderView):
    """What the form for proposals is printed from."""

    interventions: list[common.LinkView]
    kinds: list[common.View]


def show_propose(kb: KnowledgeBase) -> ProposeView:
    """The choices of the form; per kind of record the fields that a blank sheet leaves room for."""
    return {
        **show_sender(kb),
        "interventions": [link_view(item) for item in listed(kb)],
        "kinds": [{"id": kind.name, "fields": sheet_fields(kb, kind)} for kind in kinds.RECORDS if kind.by_hand],
    }


def show_sender(kb: KnowledgeBase) -> SenderView:
    """What everybody who proposes is asked: how they know, and their function and institution."""
    return {
        "places": place_groups(kb),
        "roles": [view for view in common.term_views(kb, "role", kb.vocabularies["role"]) if asked(kb, view["id"])],
        "bases": [
            {**view, "titled": bool(kb.term("proposal_basis", view["id"]).titled)}
            for view in common.term_views(kb, "proposal_basis", kb.vocabularies["proposal_basis"])
        ],
    }


def show_control_enter(kb: KnowledgeBase) -> SenderView:
    """The screen form of a sheet: the institutions to choose from, and who types it over."""
    return show_sender(kb)


def asked(kb: KnowledgeBase, role: str) -> bool:
    """Whether somebody can say to have this function."""
    term = kb.term("role", role)
    return bool(term.reports) or not term.vague


def sheet_fields(kb: KnowledgeBase, kind: kinds.Kind) -> list[common.View]:
    """The fields of a kind that somebody can propose, as they are read."""
    return [
        {"label": field.label, "needed": field.need == "required"}
        for field in kb.fields[kind.name].reading
        if field.form != GIVEN and field.shape != "id"
    ]
