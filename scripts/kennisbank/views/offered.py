"""One intervention in one institution as a row: how it stands, since when, what limits it, and whom to ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TypedDict

from kennisbank.model import EVERYWHERE, UNDATED, Conflict, Giver, Intervention, KnowledgeBase, Offer
from kennisbank.views import common, meanings, standing
from kennisbank.views.common import LinkView, SourceView, TermLink, TermView
from kennisbank.views.standing import StandingView

# So many places can be named in a line; of more, a fact is told without them.
FEW = 2


class ConflictView(TypedDict):
    """Two places that disagree, and on what."""

    about: str
    a: str
    b: str


class OfferedView(TypedDict):
    """The intervention of an offer; ``target_groups``: for whom it is there."""

    id: str
    name: str
    tagline: str
    url: str
    target_groups: list[TermLink]


class BasisView(TypedDict):
    """What an offer rests on; ``inferred``: we concluded it."""

    label: str
    description: str
    inferred: bool


class AskView(TypedDict):
    """Whom to ask: functions as labels, organisations as links. ``referring`` says that these refer, and do not give it."""

    roles: list[str]
    organisations: list[LinkView]
    referring: bool


class OfferView(TypedDict):
    """What is known of one intervention in one institution, as it stands today.

    ``plain``: where all that is told ran, the status needs no word. ``ended``: its last day is behind us. ``over``: it is not
    there, by a source or by that day, so nobody gives it.
    ``institution`` is ``None`` for what is in principle everywhere.
    """

    intervention: OfferedView
    institution: LinkView | None
    location: str | None
    ask: AskView
    standing: StandingView
    status: TermView
    plain: bool
    ended: bool
    over: bool
    as_of: str
    stale: bool
    since: str | None
    until: str | None
    since_text: str | None
    local_name: str | None
    note: str | None
    on_card: str | None
    conflict: ConflictView | None
    basis: BasisView
    sources: list[SourceView]
    doubt: str
    searched: list[common.SearchView]
    mark: common.MarkView | None


SHARED = (ConflictView, OfferedView, BasisView, AskView, OfferView)


def offer_view(kb: KnowledgeBase, offer: Offer) -> OfferView:
    """What is known of one intervention in one institution, ready to print as a row."""
    intervention = kb.interventions[offer.intervention]
    institution = kb.institutions.get(offer.institution)
    location = (
        next((item.name for item in institution.locations if item.id == offer.location), None) if institution else None
    )
    basis = kb.term("basis", offer.basis)
    return {
        "intervention": {
            "id": intervention.id,
            "name": intervention.name,
            "tagline": intervention.tagline,
            "url": common.url_of("intervention", intervention.id),
            "target_groups": common.term_views(
                kb, "target_group", offer.target_groups or meanings.audience_at(kb, intervention, institution)
            ),
        },
        "institution": {
            "id": institution.id,
            "name": institution.name,
            "url": common.url_of("institution", institution.id),
        }
        if institution
        else None,
        "location": location,
        "ask": ask_at(kb, offer),
        "standing": standing.of_offer(kb, offer),
        "status": status_view(kb, offer),
        "plain": meanings.is_plain(kb, offer),
        "ended": meanings.has_ended(offer, kb.today),
        "over": not meanings.is_present(kb, offer),
        "as_of": offer.as_of,
        "stale": common.is_stale(offer.as_of, kb.today),
        "since": offer.since,
        "until": offer.until,
        "since_text": offer.since_text,
        "local_name": offer.local_name,
        "note": offer.note,
        "on_card": offer.card_text or offer.note,
        "conflict": conflict_view(kb, offer.conflict) if offer.conflict else None,
        "basis": {"label": basis.label, "description": basis.description, "inferred": bool(basis.inferred)},
        "sources": common.source_views(kb, offer.sources),
        "doubt": common.doubt_url(
            "offers",
            intervention=offer.intervention,
            institution=offer.institution,
            location=offer.location,
        ),
        "searched": common.search_views(offer.searched),
        "mark": common.mark_of(kb, "offers", offer.intervention, offer.institution, offer.location),
    }


def conflict_view(kb: KnowledgeBase, conflict: Conflict) -> ConflictView:
    """What two places disagree on, and both sides."""
    return {"about": kb.term("conflict_about", conflict.about).label, "a": conflict.a, "b": conflict.b}


def status_view(kb: KnowledgeBase, offer: Offer) -> TermView:
    """The status of an offer as it is told today: in the past tense when nobody confirmed it for 24 months."""
    term = kb.term("offer_status", meanings.status_of(kb, offer))
    view = common.term_view(kb, "offer_status", term.id)
    if term.past and common.is_stale(offer.as_of, kb.today):
        view["label"] = term.past
    return view


class DayView(TypedDict):
    """From when the facts of an intervention as a whole are: one ``day``, or that of ``most`` places; else the ``years``.

    ``places``: the only ones that it is known of, where those are few.
    """

    day: str | None
    most: bool
    years: str | None
    places: list[str]
    stale: bool


def day_of(kb: KnowledgeBase, item: Intervention) -> DayView:
    """From when what is told of an intervention as a whole is: never the day of one place for all of them.

    What a source says of every institution; else the day of more than half of the places; without one, or without
    places, the years of all. ``stale``: any of it is too old for the present tense.
    """
    offers = [offer for offer in kb.offers_of.get(item.id, ()) if meanings.is_present(kb, offer)]
    general = [offer.as_of for offer in offers if offer.institution == EVERYWHERE]
    dates = general or [offer.as_of for offer in offers] or common.source_dates(kb, item.sources)
    day, times = max(Counter(dates).items(), key=lambda pair: pair[1], default=(UNDATED, 0))
    shared = times == len(dates) or (bool(offers) and times * 2 > len(dates))
    places = common.by_name(kb.institutions[place] for place in {offer.institution for offer in offers} - {EVERYWHERE})
    return {
        "day": day if shared and day != UNDATED else None,
        "most": shared and times < len(dates),
        "years": None if shared else standing.span(dates),
        "places": [] if general or len(places) > FEW else [place.name for place in places],
        "stale": any(common.is_stale(date, kb.today) for date in dates),
    }


def usual_date(kb: KnowledgeBase) -> common.View | None:
    """The date that most of the offers bear, of two the later, and how many do; ``None`` where none is dated."""
    dates = Counter(common.dated(offer.as_of for offer in kb.offers))
    usual = max(dates, key=lambda date: (dates[date], date), default=None)
    return {"date": usual, "offers": dates[usual]} if usual else None


def place_key(offer: OfferView) -> tuple[str, str]:
    """What an offer is sorted by for the name of its institution; what is in principle everywhere comes first."""
    return common.name_key(offer["institution"]["name"] if offer["institution"] else "")


def ask_at(kb: KnowledgeBase, offer: Offer) -> AskView:
    """Whom to ask in one institution: who gives it there, else who gives it at all, else who refers."""
    return ask_about(kb, kb.interventions[offer.intervention], [offer])


def ask_about(
    kb: KnowledgeBase, item: Intervention, offers: Iterable[Offer] | None = None, young: bool = False
) -> AskView:
    """Whom to ask in all of these places, or wherever a source says it is: all who give it there, else who gives it.

    ``young``: who asks is young, and lives where some functions are not; so it is where all the places hold the young.
    Nor is anybody sent to a function in which there was nobody in any of the places, by the newest source.
    """
    chosen = (
        list(offers)
        if offers is not None
        else [offer for offer in kb.offers_of.get(item.id, ()) if meanings.is_present(kb, offer)]
    )
    given = [giver for offer in chosen for giver in offer.given_by]
    named = [offer.provider for offer in chosen if offer.provider]
    if not named and (offers is None or not given):
        named = list(item.providers)
    places = [kb.institutions[offer.institution] for offer in chosen if offer.institution in kb.institutions]
    young = young or bool(places) and not any(meanings.holds_adults(kb, place) for place in places)
    vacant = set.intersection(*(meanings.vacant_at(kb, place) for place in places)) if places else set()
    return ask(kb, item, given, named, vacant | (set(kb.ids("role", with_youth=False)) if young else set()))


def ask(
    kb: KnowledgeBase, item: Intervention, given: Iterable[Giver], organisations: Iterable[str], absent: set[str]
) -> AskView:
    """Whom to ask, never only who made it.

    A role that says that the source does not say which is no answer, nor is one that is ``absent`` where it is asked,
    or that is not asked: who take part themselves, and who decide. Nor is the organisation that runs the building: who
    asks is in it. Of what only comes by a referral, who leads it and gives it cannot be asked by anybody.
    """
    vague = set(kb.ids("role", vague=True)) | set(kb.ids("role", asked=False)) | absent
    given = list(given)
    roles = {giver.role for giver in given if giver.role} - vague
    known = [*(giver.organisation for giver in given if giver.organisation), *organisations]
    named = dict.fromkeys(name for name in known if is_asked(kb, name))
    referred = meanings.is_referred(kb, item)
    referring = False
    if not roles and not named and not referred:
        roles = {delivery.role for delivery in item.delivered_by} - vague
    if not roles and not named:
        roles = {mention.role for mention in item.referred_by} - vague
        referring = bool(roles) and not referred
    return {
        "roles": [view["label"] for view in common.term_views(kb, "role", roles)],
        "organisations": common.organisation_links(kb, named),
        "referring": referring,
    }


def is_asked(kb: KnowledgeBase, organisation_id: str) -> bool:
    """Whether who wants something can go to an organisation: not where it runs the building, nor where one is referred."""
    organisation = kb.organisations[organisation_id]
    return not organisation.runs_institutions and not kb.term("organisation_kind", organisation.kind).referred
