"""By role: what someone may lead or refer to according to the sources, and what is needed first."""

from __future__ import annotations

from typing import TypedDict

from kennisbank.model import Intervention, KnowledgeBase
from kennisbank.views import common, standing
from kennisbank.views.catalogue import listed


class RolesView(TypedDict):
    """What the page `roles` is printed from."""

    roles: list[common.View]
    unnamed: list[common.View]


def show_roles(kb: KnowledgeBase) -> RolesView:
    """Every role that a source names, with what it leads and refers to, and the interventions led by nobody named."""
    views = []
    vague = set(kb.ids("role", vague=True))
    for role in kb.vocabularies["role"].values():
        if role.id in vague:
            continue
        leads = [
            {
                **entry_view(kb, item),
                "needs": common.text_views(kb, item.preconditions)[:3],
                "note": next((mention.note for mention in item.delivered_by if mention.role == role.id), None),
            }
            for item in listed(kb)
            if any(mention.role == role.id for mention in item.delivered_by)
        ]
        refers = [
            {**entry_view(kb, item), "texts": [mention.text for mention in item.referred_by if mention.role == role.id]}
            for item in listed(kb)
            if any(mention.role == role.id for mention in item.referred_by)
        ]
        if leads or refers:
            views.append({**common.term_view(kb, "role", role.id), "leads": leads, "refers": refers})
    unnamed = [entry_view(kb, item) for item in listed(kb) if {mention.role for mention in item.delivered_by} <= vague]
    return {"roles": views, "unnamed": unnamed}


def entry_view(kb: KnowledgeBase, item: Intervention) -> common.View:
    """An intervention in a list of a role, and how it stands."""
    return {
        "name": item.name,
        "url": common.url_of("intervention", item.id),
        "standing": standing.of_intervention(kb, item),
    }
