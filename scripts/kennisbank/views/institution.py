"""The pages of the institutions: what runs here, how sure that is, whom to ask, and what is not known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from kennisbank.model import EVERYWHERE, Institution, Intervention, KnowledgeBase, SourcedText, StaffFunction
from kennisbank.views import common, meanings, news, offered, sessions, shapes, standing
from kennisbank.views.catalogue import listed
from kennisbank.views.map import show_map


class HeadingView(common.PlaceView):
    """Name, kind and place of an institution with its address."""

    also_known_as: list[str]
    kind: common.TermView
    province: common.TermView
    adult: bool
    archived: common.ArchivedView | None


class EverywhereView(offered.OfferView):
    """What is in principle everywhere, in one institution; ``kin``: its other forms that are not here."""

    kin: list[common.View]


class InstitutionView(HeadingView):
    """What the page `institution` is printed from."""

    doubt: str
    sessions: list[common.View]
    locations: list[str]
    mark: common.MarkView | None
    changes: list[news.ChangeView]
    feed_url: str
    searched: list[common.SearchView]
    facts: list[list[shapes.FieldView]]
    data_note: str | None
    fresh: common.View
    offers: list[offered.OfferView]
    audiences: list[common.View]
    gone: list[offered.OfferView]
    absent: list[offered.OfferView]
    everywhere: list[EverywhereView]
    staff: list[common.View]
    first: list[str]
    functions: list[common.View]
    contacts: list[common.View]
    special: list[common.View]
    partnerships: list[common.View]
    notes: list[common.NoteView]
    remarks: list[common.NoteView]
    silent: common.View
    sources: list[common.SourceView]
    neighbours: list[common.View]
    catalogue_url: str


def show_institution(kb: KnowledgeBase, institution_id: str) -> InstitutionView:
    """One institution. ``KeyError`` for an unknown id."""
    item = kb.institutions[institution_id]
    rank = common.status_rank(kb)
    offers = sorted(
        (offered.offer_view(kb, offer) for offer in kb.offers_at.get(item.id, ())),
        key=lambda offer: (
            rank[offer["status"]["id"]],
            common.name_key(offer["intervention"]["name"]),
            offer["location"] or "",
        ),
    )
    everywhere = everywhere_views(kb, item)
    gone = [offer for offer in offers if offer["standing"]["id"] == standing.ENDED]
    absent = [offer for offer in offers if offer["standing"]["id"] == standing.ABSENT]
    present = [offer for offer in offers if offer not in gone and offer not in absent]
    return {
        **heading(kb, item),
        "sessions": sessions.ask(kb),
        "locations": [location.name for location in item.locations],
        "mark": common.mark_of(kb, "institutions", item.id),
        "changes": news.changes_at(kb, item.id),
        "feed_url": news.feed_url(item.id),
        "searched": common.search_views(item.searched),
        "facts": shapes.show_rows(kb, "institutions", "facts", item),
        "data_note": item.data_note,
        "fresh": freshness(kb, item, offers, present),
        "offers": offers,
        "audiences": audience_groups(kb, item, present),
        "gone": gone,
        "absent": absent,
        "everywhere": everywhere,
        "staff": sorted(
            (staff_view(kb, staff) for staff in item.restorative_staff),
            key=lambda staff: staff["as_of"] or "",
            reverse=True,
        ),
        "first": first_asked(kb, item),
        "functions": function_views(present),
        "contacts": contact_views(kb, present),
        "special": [told_view(kb, told) for told in item.special],
        "partnerships": [told_view(kb, told) for told in item.partnerships],
        "notes": common.note_views(kb, (note for note in item.editor_notes if not meanings.is_remark(kb, note))),
        "remarks": common.note_views(kb, (note for note in item.editor_notes if meanings.is_remark(kb, note))),
        "silent": (silent := silent_view(kb, item)) | {"once": len(silent["once"])},
        "sources": common.source_views(kb, item.sources),
        "neighbours": neighbour_views(kb, item),
        "catalogue_url": common.filter_url("institution", item.id),
        "doubt": common.doubt_url("institutions", id=item.id),
    }


def freshness(
    kb: KnowledgeBase, item: Institution, offers: Sequence[offered.OfferView], present: Sequence[offered.OfferView]
) -> common.View:
    """How many things ran, how each of the others stands, of which dates, and how many rows are of the last 24 months.

    ``others`` are named without having run, ``over`` are those that a source says are not there (any more). What ended
    is a fact with a date like all others, so the dates are of everything that is told here. ``tense``: whether what is
    here is told of the present (``now``), of before (``past``), or of both.
    """
    ran, named = meanings.told_at(kb, item.id)
    told = {offer["intervention"]["id"] for offer in offers}
    dates = common.dated(offer["as_of"] for offer in offers)
    stale = {offer["stale"] for offer in present}
    recent, rows = standing.count_recent(kb, kb.offers_at.get(item.id, ()))
    return {
        "ran": len(ran),
        "named": len(named),
        "others": standing.tally(kb, (standing.at_place(kb, [one], item.id) for one in named), "label"),
        "over": standing.tally(kb, (standing.at_place(kb, [one], item.id) for one in told - ran - named), "label"),
        "rows": rows,
        "recent": recent,
        "oldest": dates[0] if dates else None,
        "newest": dates[-1] if dates else None,
        "undated": len(offers) - len(dates),
        "tense": "both" if len(stale) > 1 else "past" if True in stale else "now",
    }


def audience_groups(kb: KnowledgeBase, item: Institution, offers: Sequence[offered.OfferView]) -> list[common.View]:
    """What runs by audience, and then by how it stands. Each once: with everybody here, or with the first named."""
    general = kb.ids("target_group", found_in=meanings.population_of(kb, item))
    groups: dict[str, dict[tuple[str, str | None], list[offered.OfferView]]] = {}
    for offer in offers:
        named = [group["id"] for group in offer["intervention"]["target_groups"]]
        audience = next((group for group in general if group in named), named[0])
        key = (offer["standing"]["id"], offer["standing"]["year"])
        groups.setdefault(audience, {}).setdefault(key, []).append(offer)
    rank = {term: place for place, term in enumerate(kb.vocabularies["standing"])}
    return [
        {
            "label": term["label"],
            "standings": [
                {"standing": found[0]["standing"], "offers": found}
                for _, found in sorted(
                    groups[term["id"]].items(), key=lambda pair: (rank[pair[0][0]], -int(pair[0][1] or 0))
                )
            ],
        }
        for term in common.term_views(kb, "target_group", groups)
    ]


def first_asked(kb: KnowledgeBase, item: Institution) -> list[str]:
    """Whom to ask first: who has restorative work as a task here, else who has the overview in such an institution."""
    named = {staff.role for staff in item.restorative_staff} - set(kb.ids("role", vague=True))
    named -= meanings.vacant_at(kb, item)
    roles = named or set(kb.ids("role", asked_by=meanings.population_of(kb, item)))
    return [view["label"] for view in common.term_views(kb, "role", roles)]


def heading(kb: KnowledgeBase, item: Institution) -> HeadingView:
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
        "archived": common.archived_view("institution", item),
    }


def staff_view(kb: KnowledgeBase, staff: StaffFunction) -> common.View:
    """Who a source says works there on restoring, with the date of that source and whether it is long ago."""
    dates = common.source_dates(kb, [staff.source])
    return {
        "role": common.term_view(kb, "role", staff.role),
        "text": staff.text,
        "vacant": bool(staff.vacant),
        "as_of": next(iter(common.dated(dates)), None),
        "stale": any(common.is_stale(date, kb.today) for date in dates),
        "source": common.source_view(kb, staff.source),
    }


def told_view(kb: KnowledgeBase, told: SourcedText) -> common.View:
    """What a source says of a place, with the date of that source when the text does not tell the year itself."""
    as_of = next(iter(common.dated(common.source_dates(kb, [told.source]))), None)
    return {
        "text": told.text,
        "as_of": None if as_of is None or as_of.split("-")[0] in told.text else as_of,
        "source": common.source_view(kb, told.source),
    }


def everywhere_views(kb: KnowledgeBase, item: Institution) -> list[EverywhereView]:
    """What is in principle in every PI and not named here; youth institutions have none.

    A report about one of these is about this institution, and not about all of them. ``kin``: its other forms, or what
    comes before it, of which a source says that they are not here.
    """
    return [
        {
            **offered.offer_view(kb, offer),
            "doubt": common.doubt_url("offers", intervention=offer.intervention, institution=item.id),
            "kin": [
                {"name": kb.interventions[other].name, "url": common.url_of("intervention", other)}
                for other in meanings.kin_absent_at(kb, offer.intervention, item.id)
            ],
        }
        for offer in meanings.everywhere_at(kb, item)
    ]


def function_views(offers: Sequence[offered.OfferView]) -> list[common.View]:
    """The functions that give what is here, each with the names of what it gives; who only refers stands apart."""
    names: dict[tuple[str, bool], dict[str, None]] = {}
    for offer in offers:
        for role in offer["ask"]["roles"]:
            names.setdefault((role, offer["ask"]["referring"]), {})[offer["intervention"]["name"]] = None
    return [
        {"role": role, "referring": referring, "interventions": sorted(names[role, referring], key=common.name_key)}
        for role, referring in sorted(names, key=lambda key: (key[1], common.name_key(key[0])))
    ]


def contact_views(kb: KnowledgeBase, offers: Sequence[offered.OfferView]) -> list[common.View]:
    """The organisations that give what is here, each with its website where known, and what it gives."""
    names: dict[str, dict[str, None]] = {}
    for offer in offers:
        for giver in offer["ask"]["organisations"]:
            names.setdefault(giver["id"], {})[offer["intervention"]["name"]] = None
    return [
        {
            "name": giver.name,
            "url": common.url_of("organisation", giver.id),
            "website": giver.website,
            "looked_up_on": giver.looked_up_on,
            "interventions": sorted(names[giver.id], key=common.name_key),
        }
        for giver in common.by_name(kb.organisations[key] for key in names)
    ]


def silent_view(kb: KnowledgeBase, item: Institution) -> common.View:
    """What is named elsewhere and not here, with where that is and in how many it ran, and what the list leaves out.

    ``once``: what exists in one institution only is of that place, elsewhere nobody need wonder about it. ``others``: how
    many are for one sex only, where all that is told is for the other.
    """
    known = {offer.intervention for offer in (*kb.offers_at.get(item.id, ()), *meanings.everywhere_at(kb, item))}
    elsewhere = {other: named_places(kb, other.id, item) for other in listed(kb) if other.id not in known}
    named = [(other, more) for other, (places, more) in elsewhere.items() if places]
    fitting = [(other, more) for other, more in named if not meanings.is_for_others(kb, other, item)]
    return {
        "items": [elsewhere_view(kb, other, item) for other, more in fitting if more],
        "once": [elsewhere_view(kb, other, item) for other, more in fitting if not more],
        "others": len(named) - len(fitting),
    }


def elsewhere_view(kb: KnowledgeBase, other: Intervention, item: Institution) -> common.View:
    """An intervention as seen from one institution: where else it is named, in how many of those it ran, and the form."""
    places, _ = named_places(kb, other.id, item)
    return {
        "id": other.id,
        "name": other.name,
        "url": common.url_of("intervention", other.id),
        "doubt": common.doubt_url("offers", intervention=other.id, institution=item.id),
        "ran": sum(other.id in meanings.told_at(kb, place.id)[0] for place in places),
        "places": [{"name": place.name, "url": common.url_of("institution", place.id)} for place in places],
    }


def named_places(kb: KnowledgeBase, intervention_id: str, item: Institution) -> tuple[list[Institution], bool]:
    """The other institutions of the same population that a source names for it, by name; and whether more than one has it."""
    found = {offer.institution for offer in kb.offers_of.get(intervention_id, ()) if meanings.is_present(kb, offer)}
    same = [kb.institutions[place] for place in found - {EVERYWHERE, item.id}]
    return [place for place in common.by_name(same) if meanings.same_population(kb, place, item)], len(found) > 1


def neighbour_views(kb: KnowledgeBase, item: Institution) -> list[common.View]:
    """Other institutions of the same population in the same province, by name."""
    return [
        {"name": other.name, "url": common.url_of("institution", other.id)}
        for other in common.by_name(kb.institutions.values())
        if other.id != item.id and other.province == item.province and meanings.same_population(kb, other, item)
    ]


class InstitutionsView(TypedDict):
    """What the page `institutions` is printed from."""

    map: common.View
    provinces: list[common.View]
    total: int


def show_institutions(kb: KnowledgeBase) -> InstitutionsView:
    """All institutions by province, with how much is known of each."""
    groups = []
    for province in kb.vocabularies["province"].values():
        members = [item for item in common.open_institutions(kb) if item.province == province.id]
        if members:
            groups.append(
                {"label": province.label, "id": province.id, "institutions": [summary(kb, item) for item in members]}
            )
    return {"map": show_map(kb), "provinces": groups, "total": sum(len(group["institutions"]) for group in groups)}


def summary(kb: KnowledgeBase, item: Institution) -> common.View:
    """One institution in a list: heading and the number of interventions by what a source says."""
    own = kb.offers_at.get(item.id, ())
    ran, named = meanings.told_at(kb, item.id)
    return {
        "id": item.id,
        "name": item.name,
        "url": common.url_of("institution", item.id),
        "kind": {"label": kb.term("institution_kind", item.kind).label},
        "place": item.place,
        "running": len(ran),
        "other": len(named),
        "data_note": item.data_note,
        "years": standing.span(offer.as_of for offer in own if meanings.is_running(kb, offer)),
        "locations": [location.name for location in item.locations],
    }
