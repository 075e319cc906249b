"""The leaflet of an intervention: one sheet for the person, in short words, about what somebody here can ask for.

Nothing on it tells of evidence, of offences or of what staff should know: it lies on a table in a cell.
"""

from __future__ import annotations

import re
from typing import TypedDict

from kennisbank import kinds
from kennisbank.model import Intervention, KnowledgeBase
from kennisbank.views import common, meanings, offered, standing

PAGE = next(page for page in kinds.BY_NAME["interventions"].pages if page.by_some)
# More functions than this help nobody to choose whom to ask.
MOST_FUNCTIONS = 4
# What a form of working is for who takes part (``format.company``).
TOGETHER, ALONE = "together", "alone"
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def has_leaflet(kb: KnowledgeBase, item: Intervention) -> bool:
    """Whether a person in a Dutch institution can join it or ask about it, and there is a text to give.

    What has ended keeps its leaflet, which says so: an address stays.
    """
    found = standing.of_intervention(kb, item)["id"]
    return (
        item.participant_text is not None
        and meanings.is_offered(kb, item)
        and not meanings.is_for_helpers(kb, item)
        and found not in {standing.IDEA, standing.ELSEWHERE}
    )


def leaflet_url(kb: KnowledgeBase, item: Intervention) -> str | None:
    """The address of the leaflet, while somebody can still ask for it."""
    ended = standing.of_intervention(kb, item)["id"] == standing.ENDED
    return PAGE.address(item.id) if has_leaflet(kb, item) and not ended else None


class LeafletView(TypedDict):
    """What the page `leaflet` is printed from."""

    name: str
    text: str | None
    functions: list[str]
    grown_functions: list[str]
    for_others: bool
    outside: bool
    organisations: list[str]
    referred: bool
    cares: list[str]
    together: bool
    alone: bool
    formats: list[str]
    sessions: int | None
    weeks: int | None
    adults: bool
    young: bool
    ended: bool
    day: offered.DayView
    dated: bool
    url: str


def show_leaflet(kb: KnowledgeBase, intervention_id: str) -> LeafletView:
    """What it is, how, how often, whom to ask and in which words, and of when that is."""
    item = kb.interventions[intervention_id]
    populations = meanings.populations_of(kb, item)
    functions = functions_of(kb, item)
    # The sheet of what is for both is handed to young people too, who have no such function to ask.
    mixed = len(populations) > 1 and not meanings.is_referred(kb, item)
    grown = {kb.term("role", role).label for role in kb.ids("role", with_youth=False)} if mixed else set()
    company = {kb.term("format", name).company for name in item.formats}
    found = standing.of_intervention(kb, item)["id"]
    return {
        "name": item.name,
        "text": item.participant_text,
        "functions": [label for label in functions if label not in grown],
        "grown_functions": [label for label in functions if label in grown],
        "for_others": meanings.is_for_those_outside(kb, item),
        "outside": meanings.is_outside(kb, item),
        "organisations": [link["name"] for link in offered.ask_about(kb, item)["organisations"]],
        "referred": meanings.is_referred(kb, item),
        "cares": meanings.cares_of(kb, item),
        "together": TOGETHER in company,
        "alone": ALONE in company,
        "formats": [view["label"] for view in common.term_views(kb, "format", item.formats)],
        "sessions": item.dosage.sessions if item.dosage else None,
        "weeks": item.dosage.weeks if item.dosage else None,
        "adults": meanings.ADULTS in populations,
        "young": meanings.YOUTH in populations,
        "ended": found == standing.ENDED,
        "day": offered.day_of(kb, item),
        # A sheet that tells a year cannot say of itself that it has none.
        "dated": bool(YEAR.search(item.participant_text or "")),
        "url": PAGE.address(item.id),
    }


def functions_of(kb: KnowledgeBase, item: Intervention) -> list[str]:
    """The functions in the building that a source names for it: who gives it, then who leads, then who refers.

    Without the mentors, whom a leaflet names anyway, and for young people without those that their institutions lack.
    Of what comes by a referral only: whom to ask for that.
    """
    if meanings.is_referred(kb, item):
        return offered.ask_about(kb, item)["roles"]
    populations = meanings.populations_of(kb, item)
    mentors = {role for held in populations for role in kb.ids("role", asked_by=held, with_youth=True)}
    absent = set() if meanings.ADULTS in populations else set(kb.ids("role", with_youth=False))
    asked = set(kb.ids("role", indoors=True)) - mentors - absent
    offers = [offer for offer in kb.offers_of.get(item.id, ()) if meanings.is_present(kb, offer)]
    named = (
        {giver.role for offer in offers for giver in offer.given_by},
        {delivery.role for delivery in item.delivered_by},
        {mention.role for mention in item.referred_by},
    )
    labels = [view["label"] for roles in named for view in common.term_views(kb, "role", asked & roles)]
    return list(dict.fromkeys(labels))[:MOST_FUNCTIONS]
