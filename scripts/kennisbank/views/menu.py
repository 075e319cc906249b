"""The menu cards: one A4 to hang on a unit, per institution and per audience."""

from __future__ import annotations

from kennisbank.model import KnowledgeBase
from kennisbank.views import common
from kennisbank.views.catalogue import PRESENT, listed
from kennisbank.views.institution import everywhere_views, heading

# On a wall only what a source places here; that it is not known whether it goes on is for the page.
HUNG = PRESENT - {"unknown"}
# Whom the card names anyway: adults have a mentor, who is a unit officer, and a case manager, young people a mentor, who
# is a group leader, and someone who treats them.
ASKED_BY_ADULTS = {"unit-officer", "case-manager"}
ASKED_BY_YOUNG = {"group-worker", "psychologist"}


def show_menu_card(kb: KnowledgeBase, institution_id: str) -> dict:
    """What someone in this institution can ask for: name, one sentence, for whom, whom to ask, and the date."""
    item = kb.institutions[institution_id]
    rank = common.status_rank(kb)
    offers = [common.offer_view(kb, offer) for offer in kb.offers_at.get(item.id, ()) if offer.status in HUNG]
    offers.sort(key=lambda offer: (rank[offer["status"]["id"]], offer["intervention"]["name"].casefold()))
    named = {offer["intervention"]["id"] for offer in offers}
    view = heading(kb, item)
    always = ASKED_BY_ADULTS if view["adult"] else ASKED_BY_YOUNG
    return {
        **view,
        "offers": offers,
        "everywhere": [offer for offer in everywhere_views(kb, item, named) if not offer["named_here"]],
        "staff": common.term_views(
            kb, "role", {staff.role for staff in item.restorative_staff} - always - common.VAGUE
        ),
        "as_of": sorted({offer["as_of"] for offer in offers}),
        "card_url": f"cards/{item.id}.html",
    }


def show_audience_card(kb: KnowledgeBase, target_group_id: str) -> dict:
    """What there is in the Netherlands for one audience, with the institutions where a source places it."""
    rows = []
    for item in listed(kb):
        if target_group_id not in item.target_groups or "NL" not in item.countries:
            continue
        offers = [common.offer_view(kb, offer) for offer in kb.offers_of.get(item.id, ()) if offer.status in PRESENT]
        rows.append(
            {
                "name": item.name,
                "tagline": item.tagline,
                "url": common.url_of("intervention", item.id),
                "providers": common.organisation_links(kb, item.providers),
                "places": sorted({offer["institution"]["name"] for offer in offers if offer["institution"]}),
                "everywhere": any(offer["institution"] is None for offer in offers),
                "as_of": common.newest(offer["as_of"] for offer in offers),
            }
        )
    return {
        **common.term_view(kb, "target_group", target_group_id),
        "rows": rows,
        "card_url": f"cards/voor-{target_group_id}.html",
    }


def audiences(kb: KnowledgeBase) -> list[str]:
    """The target groups for which at least one intervention in the Netherlands is listed, in vocabulary order."""
    used = {group for item in listed(kb) if "NL" in item.countries for group in item.target_groups}
    return [group for group in kb.vocabularies["target_group"] if group in used]


def show_cards(kb: KnowledgeBase) -> dict:
    """The list of all cards."""
    return {
        "institutions": [
            {"name": item.name, "url": f"cards/{item.id}.html"}
            for item in common.by_name(kb.institutions.values())
            if item.status == "published"
        ],
        "audiences": [
            {**common.term_view(kb, "target_group", group), "url": f"cards/voor-{group}.html"}
            for group in audiences(kb)
        ],
    }
