"""The pages of the institutions: what runs here, how sure that is, whom to ask, and what is not known."""

from __future__ import annotations

from kennisbank.model import EVERYWHERE, Institution, KnowledgeBase
from kennisbank.views import common, meanings, offered, shapes
from kennisbank.views.catalogue import listed
from kennisbank.views.map import show_map


def show_institution(kb: KnowledgeBase, institution_id: str) -> common.View:
    """One institution. ``KeyError`` for an unknown id."""
    item = kb.institutions[institution_id]
    rank = common.status_rank(kb)
    offers = sorted(
        (offered.offer_view(kb, offer) for offer in kb.offers_at.get(item.id, ())),
        key=lambda offer: (
            rank[offer["status"]["id"]],
            offer["intervention"]["name"].casefold(),
            offer["location"] or "",
        ),
    )
    named = {offer["intervention"]["id"] for offer in offers}
    everywhere = everywhere_views(kb, item, named)
    known = named | {offer["intervention"]["id"] for offer in everywhere}
    return {
        **heading(kb, item),
        "locations": [location.name for location in item.locations],
        "facts": shapes.show_rows(kb, "institutions", "facts", item),
        "data_note": item.data_note,
        "offers": offers,
        "statuses": status_groups(kb, offers),
        "everywhere": everywhere,
        "as_of": sorted({offer["as_of"] for offer in offers}),
        "stale": any(offer["stale"] for offer in offers),
        "staff": [
            {
                "role": common.term_view(kb, "role", staff.role),
                "text": staff.text,
                "source": common.source_view(kb, staff.source),
            }
            for staff in item.restorative_staff
        ],
        "contacts": contact_views(kb, item),
        "special": common.text_views(kb, item.special),
        "partnerships": common.text_views(kb, item.partnerships),
        "notes": common.note_views(kb, item.editor_notes),
        "silent": [
            {"name": other.name, "url": common.url_of("intervention", other.id)}
            for other in listed(kb)
            if other.id not in known and offered_to_kind(kb, other.id, item)
        ],
        "sources": common.source_views(kb, item.sources),
        "neighbours": neighbour_views(kb, item),
        "catalogue_url": common.filter_url("institution", item.id),
    }


def heading(kb: KnowledgeBase, item: Institution) -> common.View:
    """Name, kind and place of an institution with its address."""
    return {
        "id": item.id,
        "name": item.name,
        "also_known_as": list(item.also_known_as),
        "kind": common.term_view(kb, "institution_kind", item.kind),
        "place": item.place,
        "province": common.term_view(kb, "province", item.province),
        "url": common.url_of("institution", item.id),
        "adult": meanings.holds_adults(kb, item),
        "archived": item.status == "archived",
    }


def everywhere_views(kb: KnowledgeBase, item: Institution, named: set[str]) -> list[common.View]:
    """What is in principle in every PI, with whether this institution is also named; youth institutions have none."""
    if not meanings.holds_adults(kb, item):
        return []
    return [
        {**offered.offer_view(kb, offer), "named_here": offer.intervention in named}
        for offer in kb.offers_at.get(EVERYWHERE, ())
        if meanings.is_present(kb, offer)
    ]


def status_groups(kb: KnowledgeBase, offers: list[offered.OfferView]) -> list[common.View]:
    """The statuses that occur, in vocabulary order, each with its number of rows."""
    counts: dict[str, int] = {}
    for offer in offers:
        counts[offer["status"]["id"]] = counts.get(offer["status"]["id"], 0) + 1
    return [{**view, "count": counts[view["id"]]} for view in common.term_views(kb, "offer_status", counts)]


def contact_views(kb: KnowledgeBase, item: Institution) -> list[common.View]:
    """The organisations behind what is offered here, each with the names of its interventions."""
    contacts: dict[str, common.View] = {}
    names: dict[str, dict[str, None]] = {}
    for offer in kb.offers_at.get(item.id, ()):
        if meanings.is_present(kb, offer):
            view = offered.offer_view(kb, offer)
            for provider in view["ask"]["organisations"]:
                contacts[provider["id"]] = {"name": provider["name"], "url": provider["url"]}
                names.setdefault(provider["id"], {})[view["intervention"]["name"]] = None
    return [
        {**contact, "interventions": sorted(names[key], key=str.casefold)}
        for key, contact in sorted(contacts.items(), key=lambda pair: pair[1]["name"].casefold())
    ]


def offered_to_kind(kb: KnowledgeBase, intervention_id: str, item: Institution) -> bool:
    """Whether a source names the intervention in another institution of the same kind of population."""
    return any(
        meanings.is_present(kb, offer)
        and offer.institution in kb.institutions
        and meanings.same_population(kb, kb.institutions[offer.institution], item)
        for offer in kb.offers_of.get(intervention_id, ())
    )


def neighbour_views(kb: KnowledgeBase, item: Institution) -> list[common.View]:
    """Other institutions of the same population in the same province, by name."""
    return [
        {"name": other.name, "url": common.url_of("institution", other.id)}
        for other in common.by_name(kb.institutions.values())
        if other.id != item.id and other.province == item.province and meanings.same_population(kb, other, item)
    ]


def show_institutions(kb: KnowledgeBase) -> common.View:
    """All institutions by province, with how much is known of each."""
    groups = []
    for province in kb.vocabularies["province"].values():
        members = [
            item
            for item in common.by_name(kb.institutions.values())
            if item.province == province.id and item.status == "published"
        ]
        if members:
            groups.append(
                {"label": province.label, "id": province.id, "institutions": [summary(kb, item) for item in members]}
            )
    return {"map": show_map(kb), "provinces": groups, "total": sum(len(group["institutions"]) for group in groups)}


def summary(kb: KnowledgeBase, item: Institution) -> common.View:
    """One institution in a list: heading and the number of interventions by what a source says."""
    own = kb.offers_at.get(item.id, ())
    running = {offer.intervention for offer in own if meanings.is_running(kb, offer)}
    return {
        "id": item.id,
        "name": item.name,
        "url": common.url_of("institution", item.id),
        "kind": {"label": kb.term("institution_kind", item.kind).label},
        "place": item.place,
        "running": len(running),
        "other": len({offer.intervention for offer in own if meanings.is_present(kb, offer)} - running),
        "data_note": item.data_note,
        "as_of": common.newest(offer.as_of for offer in own),
        "locations": [location.name for location in item.locations],
    }
