"""The menu cards: one A4 to hang on a unit, per institution and per audience.

On a wall hangs only what a source says runs: nothing that was planned, starting, tried out, paused or ended, and no
idea. What the source keeps back stays with it: where in the institution, since when, now and then, a contradiction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypedDict

from kennisbank.model import EVERYWHERE, UNDATED, Intervention, KnowledgeBase, Offer
from kennisbank.views import common, fitting, leaflet, meanings, offered
from kennisbank.views.catalogue import listed

# With fewer lines the card of an audience tells what is there for all as well, and says so.
FEWEST = 3
# A poster is one A4, read from a step away: so many lines, so many institutions in a line, and so many signs in all. What
# does not fit is counted on it; on the screen all of it stands. Tried on paper: 2,200 signs take a second sheet.
MOST_LINES, MOST_PLACES, MOST_SIGNS = 5, 4, 1900


def hangs(kb: KnowledgeBase, offer: Offer) -> bool:
    """Whether an offer may stand on a wall."""
    item = kb.interventions[offer.intervention]
    return meanings.is_running(kb, offer) and not meanings.is_trial(kb, offer) and meanings.is_offered(kb, item)


class AgeView(TypedDict):
    """The dates of what is told, oldest first, the ``day`` that all of it has, and whether any is too old."""

    as_of: list[str]
    day: str | None
    past: bool


class MenuCardView(AgeView):
    """What the page `menu_card` is printed from."""

    name: str
    url: str
    adult: bool
    offers: list[common.View]
    everywhere: list[common.View]
    staff: list[common.TermLink]


def show_menu_card(kb: KnowledgeBase, institution_id: str) -> MenuCardView:
    """What ran in this institution: name, one sentence, for whom, whom to ask, and the date."""
    item = kb.institutions[institution_id]
    rank = common.status_rank(kb)
    adult = meanings.holds_adults(kb, item)
    own = kb.offers_at.get(item.id, ())
    offers = [row_view(kb, offer, adult) for offer in own if hangs(kb, offer)]
    offers = [offer for offer in offers if offer["tagline"] or offer["on_card"]]
    offers.sort(key=lambda offer: (rank[offer["status"]["id"]], common.name_key(offer["intervention"]["name"])))
    named = {offer.intervention for offer in own}
    everywhere = [
        with_first(kb, offer)
        for offer in kb.offers_at.get(EVERYWHERE, ())
        if adult and meanings.is_present(kb, offer) and offer.intervention not in named
    ]
    # Whom the card names anyway, and who is no function that somebody can ask for.
    left_out = {
        *kb.ids("role", asked_by=meanings.ADULTS if adult else meanings.YOUTH),
        *kb.ids("role", vague=True),
        *meanings.vacant_at(kb, item),
    }
    return {
        "name": item.name,
        "url": common.url_of("institution", item.id),
        "adult": adult,
        "offers": offers,
        "everywhere": everywhere,
        "staff": common.term_views(kb, "role", {staff.role for staff in item.restorative_staff} - left_out),
        **age_of([*offers, *everywhere]),
    }


def row_view(kb: KnowledgeBase, offer: Offer, adult: bool) -> common.View:
    """An offer on a card; its tagline is left out where that promises a function which the place does not have."""
    view = with_first(kb, offer)
    tagline = view["intervention"]["tagline"]
    absent = [] if adult else [kb.term("role", role).label.casefold() for role in kb.ids("role", with_youth=False)]
    return {**view, "tagline": None if any(label in tagline.casefold() for label in absent) else tagline}


def with_first(kb: KnowledgeBase, offer: Offer) -> common.View:
    """An offer on a card, with the names of what somebody has to do ``first``, one of which is enough."""
    return {**offered.offer_view(kb, offer), "first": fitting.find_first(kb, kb.interventions[offer.intervention])}


def age_of(offers: Sequence[Mapping[str, Any]]) -> AgeView:
    """The dates of what is told, oldest first, and whether any of it is too old for the present tense.

    ``day`` is the one date that all of it has; without it each row says its own.
    """
    dates = sorted({offer["as_of"] for offer in offers}, key=lambda date: (date == UNDATED, date))
    return {
        "as_of": dates,
        "day": dates[0] if len(dates) == 1 and dates[0] != UNDATED else None,
        "past": any(offer["stale"] for offer in offers),
    }


class AudienceCardView(common.TermView, AgeView):
    """What the page `audience_card` is printed from."""

    rows: list[common.View]
    opened: list[common.View]
    also: list[common.View]
    general: common.TermView | None
    left_out: int
    adult: bool
    helps: bool
    outside: bool
    card_url: str


def show_audience_card(kb: KnowledgeBase, target_group_id: str) -> AudienceCardView:
    """What ran in the Netherlands for one audience, with the institutions where a source places it."""
    rows = [audience_row(kb, item, target_group_id) for item in hung_for(kb, target_group_id)]
    also = also_for(kb, target_group_id, {row["id"] for row in rows}) if len(rows) < FEWEST else []
    opened = [row for row in also if meanings.is_open_to(kb, kb.interventions[row["id"]], target_group_id)]
    also = [row for row in also if row not in opened]
    rows, opened, also = widest_first(rows), widest_first(opened), widest_first(also)
    left_out = choose_printed([*rows, *opened, *also])
    return {
        **common.term_view(kb, "target_group", target_group_id),
        "rows": rows,
        "opened": opened,
        "also": also,
        "general": common.term_view(kb, "target_group", general_of(kb, target_group_id)) if also else None,
        "left_out": left_out,
        "adult": found_in(kb, target_group_id) != meanings.YOUTH,
        "helps": bool(kb.term("target_group", target_group_id).helps),
        "outside": bool(kb.term("target_group", target_group_id).outside),
        **age_of(
            [
                offer
                for row in (*rows, *opened, *also)
                for offer in (*row["everywhere"], *(place for date in row["dates"] for place in date["places"]))
            ]
        ),
        "card_url": f"cards/voor-{target_group_id}.html",
    }


def widest_first(rows: list[common.View]) -> list[common.View]:
    """What is in principle everywhere, then what ran in most institutions, then by name: who reads it may be anywhere."""

    def width(row: common.View) -> int:
        return sum(len(group["places"]) for group in row["dates"])

    return sorted(rows, key=lambda row: (not row["everywhere"], -width(row), common.name_key(row["name"])))


def choose_printed(rows: list[common.View]) -> int:
    """Marks the first rows, as many as fit on a sheet, as ``printed``; gives how many do not."""
    signs = 0
    for at, row in enumerate(rows):
        signs += count_signs(row)
        row["printed"] = at < MOST_LINES and signs <= MOST_SIGNS
    return sum(not row["printed"] for row in rows)


def count_signs(row: common.View) -> int:
    """How much of a row is printed, in signs."""
    offers = [*row["everywhere"], *(place for group in row["dates"] for place in group["places"] if place["printed"])]
    limits = [limit for limit in (*row["notes"], *row["conflicts"]) if limit["printed"]]
    texts = [row["name"], row["tagline"], *row["first"]]
    texts += [offer["institution"]["name"] if offer["institution"] else offer["on_card"] for offer in offers]
    texts += [text for offer in offers for text in (offer["location"], offer["since_text"])]
    texts += [text for limit in limits for text in (limit["text"], *limit["names"])]
    return sum(len(text) for text in texts if text)


def also_for(kb: KnowledgeBase, target_group_id: str, known: set[str]) -> list[common.View]:
    """What is for everybody who lives where this audience does, without what its card tells already.

    Nothing for who does not live in an institution, and nothing that a source closes to this audience.
    """
    term = kb.term("target_group", target_group_id)
    if term.helps or term.outside:
        return []
    general = general_of(kb, target_group_id)
    return [
        audience_row(kb, item, general)
        for item in hung_for(kb, general)
        if item.id not in known and not meanings.is_closed_to(kb, item, target_group_id)
    ]


def general_of(kb: KnowledgeBase, target_group_id: str) -> str:
    """The audience of everybody who lives where this one does."""
    population = meanings.YOUTH if found_in(kb, target_group_id) == meanings.YOUTH else meanings.ADULTS
    return kb.ids("target_group", found_in=population)[0]


def audience_row(kb: KnowledgeBase, item: Intervention, target_group_id: str) -> common.View:
    """One intervention with the places where it ran, newest first: a date or a remark of several places stands once."""
    hung = hung_offers(kb, item, target_group_id)
    offers = [offered.offer_view(kb, offer) for offer in hung]
    places = [offer for offer in offers if offer["institution"]]
    places.sort(key=lambda offer: (offered.place_key(offer), offer["location"] or ""))
    dates = sorted({offer["as_of"] for offer in places}, key=lambda date: (date != UNDATED, date), reverse=True)
    dated = [(date, [offer for offer in places if offer["as_of"] == date]) for date in dates]
    printed = [offer for _, group in dated for offer in group][:MOST_PLACES]
    notes = by_text((offer["on_card"], offer) for offer in places)
    conflicts = by_text((offer["conflict"] and offer["conflict"]["about"], offer) for offer in places)
    return {
        "id": item.id,
        "name": item.name,
        "tagline": row_view(kb, hung[0], found_in(kb, target_group_id) != meanings.YOUTH)["tagline"],
        "first": fitting.find_first(kb, item),
        "url": common.url_of("intervention", item.id),
        "ask": offered.ask_about(kb, item, hung),
        "dates": [
            {
                "as_of": date,
                "printed": any(offer in printed for offer in group),
                "places": [{**offer, "printed": offer in printed} for offer in group],
            }
            for date, group in dated
        ],
        "notes": limits_of(notes, printed),
        "conflicts": limits_of(conflicts, printed),
        "unprinted": len(places) - len(printed),
        "everywhere": [offer for offer in offers if not offer["institution"]],
    }


def by_text(found: Iterable[tuple[str | None, offered.OfferView]]) -> dict[str, list[offered.OfferView]]:
    """The offers of each text, so that what several places share stands once."""
    grouped: dict[str, list[offered.OfferView]] = {}
    for text, offer in found:
        if text:
            grouped.setdefault(text, []).append(offer)
    return grouped


def limits_of(grouped: dict[str, list[offered.OfferView]], printed: list[offered.OfferView]) -> list[common.View]:
    """What limits some places, with their names: on paper too where one of them is printed."""
    return [
        {
            "text": text,
            "names": [offer["institution"]["name"] for offer in own if offer["institution"]],
            "printed": any(offer in printed for offer in own),
        }
        for text, own in grouped.items()
    ]


def hung_for(kb: KnowledgeBase, target_group_id: str) -> list[Intervention]:
    """The interventions of an audience that hang on its card, by name."""
    return [
        item for item in listed(kb) if target_group_id in item.target_groups and hung_offers(kb, item, target_group_id)
    ]


def hung_offers(kb: KnowledgeBase, item: Intervention, target_group_id: str) -> list[Offer]:
    """The offers of an intervention that hang on the card of an audience: for adults where adults are, and so on.

    That a part of it runs somewhere is no offer to every audience of the whole: what we concluded stays off the card
    when the intervention is for others too.
    """
    shared = len(item.target_groups) > 1

    def is_for_them(offer: Offer) -> bool:
        is_named = not offer.target_groups or target_group_id in offer.target_groups
        return is_named and not (shared and kb.term("basis", offer.basis).inferred)

    def lives_there(offer: Offer) -> bool:
        place = kb.institutions.get(offer.institution)
        adult = place is None or meanings.holds_adults(kb, place)  # "in every PI" is said of adults
        return found_in(kb, target_group_id) in {meanings.ADULTS if adult else meanings.YOUTH, "any"}

    return [
        offer
        for offer in kb.offers_of.get(item.id, ())
        if hangs(kb, offer) and is_for_them(offer) and lives_there(offer)
    ]


def found_in(kb: KnowledgeBase, target_group_id: str) -> str | None:
    """In which institutions an audience lives: on its card stands no place of another kind."""
    return kb.term("target_group", target_group_id).found_in


def audiences(kb: KnowledgeBase) -> list[str]:
    """The target groups for which at least one intervention in the Netherlands is listed, in vocabulary order."""
    used = {group for item in listed(kb) if not meanings.is_abroad(kb, item) for group in item.target_groups}
    return [group for group in kb.vocabularies["target_group"] if group in used]


class CardsView(TypedDict):
    """What the page `cards` is printed from."""

    institutions: list[common.View]
    audiences: list[common.TermLink]
    others: list[common.TermLink]
    leaflets: list[common.View]


def show_cards(kb: KnowledgeBase) -> CardsView:
    """The list of all cards; those of audiences on which little of their own hangs stand apart."""
    groups: dict[str, common.TermLink] = {
        group: {**common.term_view(kb, "target_group", group), "url": f"cards/voor-{group}.html"}
        for group in audiences(kb)
    }
    own = [group for group in groups if len(hung_for(kb, group)) >= FEWEST]
    return {
        "institutions": [{"name": item.name, "url": f"cards/{item.id}.html"} for item in common.open_institutions(kb)],
        "audiences": [groups[group] for group in own],
        "others": [view for group, view in groups.items() if group not in own],
        "leaflets": [{"name": item.name, "url": url} for item in listed(kb) if (url := leaflet.leaflet_url(kb, item))],
    }
