"""How a thing stands: seen lately, told of by a source, an idea, elsewhere, ended, or not known.

The distinction that a reader needs first. It is reckoned here from the offers, the dates and the kind of an
intervention, and nowhere typed. The words stand in the list ``standing``, one term for each outcome.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import TypedDict

from kennisbank.model import UNDATED, Intervention, KnowledgeBase, Offer
from kennisbank.views import common, meanings

SEEN, REPORTED, RESTING, COMING = "seen", "reported", "resting", "coming"
DESCRIBED, IDEA, ELSEWHERE = "described", "idea", "elsewhere"
ENDED, UNKNOWN, ABSENT = "ended", "unknown", "absent"
# What counts for an intervention when its offers differ: the best that any place gives. That it is absent in one place
# says nothing of the others.
BEST_FIRST = (SEEN, REPORTED, RESTING, COMING, UNKNOWN, ENDED)
# What a status tells without a look at its date.
AS_TOLD = {
    **{meanings.RESTING: RESTING, meanings.COMING: COMING},
    **{meanings.OVER: ENDED, meanings.ABSENT: ABSENT},
}
# What nobody in an institution here can join, or can join any more.
AWAY = {IDEA, ELSEWHERE, ENDED}
SPAN = "–"  # between the first and the last year


class StandingView(TypedDict):
    """A standing ready to print: ``words`` go before ``year`` when there is one."""

    id: str
    words: str
    year: str | None
    symbol: str
    description: str


def of_offer(kb: KnowledgeBase, offer: Offer) -> StandingView:
    """How one intervention stands in one institution."""
    return of_offers(kb, judge_offer(kb, offer), [offer])


def of_intervention(kb: KnowledgeBase, item: Intervention) -> StandingView:
    """How an intervention stands at best: ended where a source says so of the whole; without offers it is described.

    A source that names no institution does not say that it ran anywhere, however new it is; only what people do for each
    other by themselves can be seen without a place.
    """
    if meanings.is_proposal(kb, item):
        return view(kb, IDEA, ())
    if meanings.is_abroad(kb, item):
        return view(kb, ELSEWHERE, ())
    if item.ended:
        return view(kb, ENDED, ())
    judged = [(judge_offer(kb, offer), offer) for offer in kb.offers_of.get(item.id, ())]
    found = {standing for standing, _ in judged} - {ABSENT}
    if found:
        best = next(standing for standing in BEST_FIRST if standing in found)
        return of_offers(kb, best, [offer for standing, offer in judged if standing == best])
    dates = common.source_dates(kb, item.sources)
    newest = common.newest(dates)
    lately = newest is not None and not common.is_stale(newest, kb.today)
    return view(kb, SEEN if lately and not meanings.is_offered(kb, item) else DESCRIBED, dates)


def at_place(kb: KnowledgeBase, interventions: Collection[str], institution_id: str) -> StandingView | None:
    """How the best of some interventions stands in one institution; ``None`` when no source speaks of them there."""
    offers = [offer for offer in kb.offers_at.get(institution_id, ()) if offer.intervention in interventions]
    judged = [(judge_offer(kb, offer), offer) for offer in offers]
    found = {standing for standing, _ in judged}
    for best in (*BEST_FIRST, ABSENT):
        if best in found:
            return of_offers(kb, best, [offer for standing, offer in judged if standing == best])
    return None


def of_offers(kb: KnowledgeBase, standing: str, offers: Collection[Offer]) -> StandingView:
    """How some offers of one standing stand: of what ended the year in which it did, where all of them tell it.

    Without, the year is that of who saw that it was over, which may be long after.
    """
    ends = [offer.until for offer in offers if offer.until]
    if standing == ENDED and len(ends) == len(offers):
        term = kb.term("standing", standing)
        return {**view(kb, standing, ends), "words": term.in_year or term.label}
    return view(kb, standing, [offer.as_of for offer in offers])


def count_places(kb: KnowledgeBase, intervention_id: str) -> dict[str, int]:
    """In how many institutions it was seen lately (``seen``), and in how many others it ran before (``reported``)."""
    found: dict[str, set[str]] = {SEEN: set(), REPORTED: set()}
    for offer in kb.offers_of.get(intervention_id, ()):
        if offer.institution in kb.institutions and (judged := judge_offer(kb, offer)) in found:
            found[judged].add(offer.institution)
    return {SEEN: len(found[SEEN]), REPORTED: len(found[REPORTED] - found[SEEN])}


def count_seen(kb: KnowledgeBase, offers: Iterable[Offer]) -> int:
    """How many of some offers were seen lately."""
    return sum(judge_offer(kb, offer) == SEEN for offer in offers)


def count_recent(kb: KnowledgeBase, offers: Iterable[Offer]) -> tuple[int, int]:
    """Of the offers that are not over: how many were seen lately, and how many they are. The one way to count both."""
    here = [offer for offer in offers if meanings.is_present(kb, offer)]
    return count_seen(kb, here), len(here)


def judge_offer(kb: KnowledgeBase, offer: Offer) -> str:
    """The standing of an offer, as the id of its term."""
    means = meanings.means(kb, offer)
    if means in AS_TOLD:
        return AS_TOLD[means]
    if means != meanings.RUNNING or meanings.is_proposal(kb, kb.interventions[offer.intervention]):
        return UNKNOWN
    return REPORTED if common.is_stale(offer.as_of, kb.today) else SEEN


def rank(kb: KnowledgeBase, offer: Offer) -> int:
    """The place of the standing of an offer among all, the best first."""
    return (*BEST_FIRST, ABSENT).index(judge_offer(kb, offer))


def last_year(view: StandingView) -> str | None:
    """The year of the newest date, for whoever reckons with it."""
    return view["year"] and view["year"].split(SPAN)[-1]


def legend(kb: KnowledgeBase, found: Collection[str] | None = None) -> list[dict[str, str | None]]:
    """The standings as such, in their order: all of them, or those of ``found``. ``dated`` goes before a year."""
    return [
        {"symbol": term.symbol, "label": term.label, "dated": term.dated, "description": term.description}
        for term in kb.vocabularies["standing"].values()
        if found is None or term.id in found
    ]


def tally(kb: KnowledgeBase, found: Iterable[StandingView | None], *names: str) -> list[dict[str, object]]:
    """How many (``count``) there are of each standing that occurs, in the order of the list, with these of its fields.

    Its ``label`` agrees with the number.
    """
    counts = Counter(one["id"] for one in found if one)
    told = {
        term.id: replace(term, label=term.several) if term.several and counts[term.id] > 1 else term
        for term in kb.vocabularies["standing"].values()
    }
    return [
        {**{name: getattr(term, name) for name in names}, "count": counts[term.id]}
        for term in told.values()
        if counts[term.id]
    ]


def brief(view: StandingView) -> dict[str, str]:
    """A standing for the scripts: its id, its sign, and its words with the year."""
    words = " ".join([view["words"], *([view["year"]] if view["year"] else [])])
    return {"id": view["id"], "symbol": view["symbol"], "words": words}


def span(dates: Iterable[str]) -> str | None:
    """The first and the last year of some dates (``2021–2024``), or the one; ``None`` where none is dated."""
    years = sorted({date[:4] for date in dates if date != UNDATED})
    return SPAN.join(dict.fromkeys((years[0], years[-1]))) if years else None


def view(kb: KnowledgeBase, standing: str, dates: Iterable[str]) -> StandingView:
    """A standing with the year of its dates, where its term has words for a year and a source bears a date.

    Of dates in several years the first and the last: the newest alone would make the others seem as new.
    """
    term = kb.term("standing", standing)
    year = span(dates) if term.dated else None
    return {
        "id": term.id,
        "words": term.dated if year and term.dated else term.label,
        "year": year,
        "symbol": term.symbol or "",
        "description": term.description,
    }
