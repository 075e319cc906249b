"""The data of the scripts that help to choose, and the terms they choose by (``RULES``).

The scripts decide in the browser. Nothing here judges a person: a source that is silent gives "not known",
never "no".
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from kennisbank.model import EVERYWHERE, Intervention, KnowledgeBase, Offer
from kennisbank.views import common
from kennisbank.views.catalogue import listed
from kennisbank.views.common import ADULT_KINDS
from kennisbank.views.entry import delivery_views, dosage_view, range_view

# Units that a reader can say to work on. A source that names no unit says the term behind the colon.
UNITS = {
    **dict.fromkeys(("remand", "prison", "arrestees", "ezv", "ppc", "isd", "low-security", "women-unit"), "prison-any"),
    **dict.fromkeys(("youth-short", "youth-long"), "youth-any"),
}
# What the guide asks about a person, as terms of the list of exclusions; each may stand in the way somewhere. Behind
# it the terms that say the opposite: an entry that names these is meant for people to whom it applies.
ISSUES = {
    "sexual-offence": {},
    "psychiatric": {"target_groups": ("mental-health",), "settings": ("ppc",)},
    "mild-intellectual-disability": {},
    "addiction": {"target_groups": ("trauma-or-addiction",), "goals": ("substance-use",)},
    "language": {"target_groups": ("other-language",)},
}
# The kind of what is given to staff, also where its target groups name the people they work for.
FOR_STAFF = "staff-training"
HOME = "NL"
# Target groups that are of one sex, and those that say that both can be meant.
OF_ONE_SEX = {"women": {"women", "mothers"}, "men": {"men", "fathers"}}
OF_BOTH = {"adults", "youth", "young-adults"}
# Target groups that say how old: of young people only, and of adults.
YOUNG, GROWN = "youth", "adults"
RULES = {
    "units": UNITS,
    "issues": ISSUES,
    "together": ("group", "unit-wide", "class"),
    "alone": ("one-to-one",),
    "later": ("after-release",),  # settings outside detention: the length of the stay does not matter there
    "home": HOME,
    "young": ("youth",),  # target groups that are only found in youth institutions
    "divisible": ("single", "parts"),  # terms of in_parts: some of it is of use in a shorter stay
    "stay": "too-short-stay",
    "unit": "unit-type",
    "crowd": "group-unsuitable",
}
# Target groups that are no people in detention: what is only for them is left out of the guide.
NOT_DETAINED = {"staff", "volunteers"}
# Settings and phases of what exists after release.
AFTER_SETTINGS, AFTER_PHASES = {"after-release"}, {"transition", "after"}
# What a status means (common.MEANS) in the words of the scripts.
SAID = {"running": "running", "coming": "unsure", "unsure": "unsure", "over": "absent", "absent": "absent"}
# The rows of a comparison: facts in the order of the entry page. Labels come from the list of fields.
COMPARED = (
    "category",
    "kind",
    "countries",
    "target_groups",
    "goals",
    "pillars",
    "settings",
    "phases",
    "formats",
    "dosage",
)
COMPARED += (
    "group_size",
    "age",
    "min_stay_weeks",
    "delivered_by",
    "providers",
    "not_suitable",
    "evidence",
    "reviewed_on",
)
# Crockford's base 32 has no I, L, O and U, which are easily misread: https://www.crockford.com/base32.html
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 3
# An id whose code is taken by an older id gets one here; a test says when. A code is a promise: never change a line.
GIVEN_CODES: dict[str, str] = {}


def code_of(intervention_id: str) -> str:
    """The three signs that stand for an entry on paper: the last 15 bits of the CRC-32 of its id (RFC 1952, 8)."""
    given = GIVEN_CODES.get(intervention_id)
    if given:
        return given
    number = zlib.crc32(intervention_id.encode("utf-8"))
    return "".join(SIGNS[number >> 5 * place & 31] for place in reversed(range(CODE_LENGTH)))


def show_choice(kb: KnowledgeBase) -> dict:
    """What the scripts choose with: institutions, interventions with their offers, labels and the rules.

    Fields that are not known are left out. Archived entries only have their name and address, so that an old code
    still leads somewhere.
    """
    vocabularies = ("category", "format", "setting", "target_group", "goal", "country", "exclusion")
    return {
        "today": kb.today,
        "labels": {name: {term.id: term.label for term in kb.vocabularies[name].values()} for name in vocabularies},
        "statuses": {
            term.id: status_view(term.id, term.label, term.symbol) for term in kb.vocabularies["offer_status"].values()
        },
        "rules": RULES,
        "institutions": [
            {
                "id": item.id,
                "name": item.name,
                "place": item.place,
                "lat": item.lat,
                "lon": item.lon,
                "kind": item.kind,
                "adult": item.kind in ADULT_KINDS,
                "url": common.url_of("institution", item.id),
            }
            for item in open_institutions(kb)
        ],
        "interventions": [choice_view(kb, item) for item in listed(kb)],
        "archived": [
            {"id": item.id, "code": code_of(item.id), "name": item.name, "url": common.url_of("intervention", item.id)}
            for item in kb.interventions.values()
            if item.status == "archived"
        ],
    }


def status_view(status_id: str, label: str, symbol: str | None) -> dict:
    """A status with what it means for somebody who wants to take part: ``running``, ``unsure`` or ``absent``."""
    return {"label": label, "symbol": symbol, "means": SAID[common.MEANS[status_id]]}


def choice_view(kb: KnowledgeBase, item: Intervention) -> dict:
    """One intervention for the scripts; offers best status first, so that the first of an institution speaks for it."""
    rank = common.status_rank(kb)
    offers = sorted(
        kb.offers_of.get(item.id, ()), key=lambda offer: (offer.institution, rank[common.status_of(kb, offer)])
    )
    view = {
        "id": item.id,
        "code": code_of(item.id),
        "name": item.name,
        "url": common.url_of("intervention", item.id),
        "tagline": item.tagline,
        "category": item.category,
        "also_in": list(item.also_in),
        "countries": list(item.countries),
        "target_groups": list(item.target_groups),
        "goals": list(item.goals),
        "settings": list(item.settings),
        "phases": list(item.phases),
        "formats": list(item.formats),
        "min_stay_weeks": item.min_stay_weeks,
        "in_parts": item.in_parts,
        "sessions": item.dosage.sessions if item.dosage else None,
        "weeks": item.dosage.weeks if item.dosage else None,
        "not_suitable": [
            without_unknown({"group": mention.group, "text": mention.text, "instead": mention.instead})
            for mention in item.not_suitable
        ],
        "everywhere": next(
            (offer.as_of for offer in offers if offer.institution == EVERYWHERE and common.is_present(kb, offer)), None
        ),
        "offers": [offer_data(kb, offer) for offer in offers if offer.institution in kb.institutions],
        "for_staff": is_for_staff(item) or None,
        "sex": sex_of(item),
        "after": is_after(item) or None,
    }
    return without_unknown(view)


def offer_data(kb: KnowledgeBase, offer: Offer) -> dict:
    """An offer for the scripts; ``until``, ``stale`` and ``conflict`` are there when it has ended, is old, is doubted."""
    return without_unknown(
        {
            "institution": offer.institution,
            "status": common.status_of(kb, offer),
            "until": offer.until if common.has_ended(offer, kb.today) else None,
            "as_of": offer.as_of,
            "local_name": offer.local_name,
            "stale": common.is_stale(offer.as_of, kb.today) or None,
            "conflict": True if offer.conflict else None,
        }
    )


def is_after(item: Intervention) -> bool:
    """Whether a source says that it is for after release."""
    return bool(AFTER_SETTINGS & set(item.settings) or AFTER_PHASES & set(item.phases))


def is_for_staff(item: Intervention) -> bool:
    """Whether it is for those who work with people in detention, and not for them."""
    return set(item.target_groups) <= NOT_DETAINED or item.kind == FOR_STAFF


def sex_of(item: Intervention) -> str | None:
    """``women`` or ``men`` where the target groups name the one and nothing that holds the other; else ``None``."""
    groups = set(item.target_groups)
    named = [sex for sex, own in OF_ONE_SEX.items() if own & groups]
    return named[0] if len(named) == 1 and not groups & OF_BOTH else None


def populations_of(kb: KnowledgeBase, item: Intervention) -> tuple[str, ...]:
    """Whom it is for, as terms of age: young people where it names them or is placed with them, adults else or too."""
    groups = set(item.target_groups)
    kinds = {
        kb.institutions[offer.institution].kind in ADULT_KINDS
        for offer in kb.offers_of.get(item.id, ())
        if offer.institution in kb.institutions and common.is_present(kb, offer)
    }
    young = YOUNG in groups or False in kinds
    grown = GROWN in groups or True in kinds or not young
    return tuple(name for name, holds in ((GROWN, grown), (YOUNG, young)) if holds)


def without_unknown(view: dict) -> dict:
    """The same without what is not known."""
    return {key: value for key, value in view.items() if value is not None and value != []}


def show_choice_facts(kb: KnowledgeBase) -> dict:
    """The facts behind comparing and printing, per id: ``summary`` and the rows of ``COMPARED`` as lists of labels.

    A row that no source speaks of is left out. Numbers stay numbers: the words around them are those of the page.
    """
    return {item.id: facts_view(kb, item) for item in listed(kb)}


def facts_view(kb: KnowledgeBase, item: Intervention) -> dict:
    """The facts of one intervention."""

    def labels(vocabulary: str, ids: Iterable[str]) -> list[str]:
        return [term["label"] for term in common.term_views(kb, vocabulary, ids)]

    dosage = dosage_view(item)
    rows = {
        "category": labels("category", [item.category]),
        "kind": labels("kind", [item.kind]),
        "countries": labels("country", item.countries),
        "target_groups": labels("target_group", item.target_groups),
        "goals": labels("goal", item.goals),
        "pillars": labels("pillar", item.pillars),
        "settings": labels("setting", item.settings),
        "phases": labels("phase", item.phases),
        "formats": labels("format", item.formats),
        "dosage": without_unknown(dosage) if dosage else None,
        "group_size": without_unknown(range_view(item.group_size)) if item.group_size else None,
        "age": without_unknown(range_view(item.age)) if item.age else None,
        "min_stay_weeks": item.min_stay_weeks,
        "delivered_by": list(dict.fromkeys(view["label"] for view in delivery_views(kb, item))),
        "providers": [view["name"] for view in common.organisation_links(kb, item.providers)],
        "not_suitable": list(dict.fromkeys(kb.term("exclusion", mention.group).label for mention in item.not_suitable)),
        "evidence": labels("evidence", [item.evidence.strength]),
        "reviewed_on": item.reviewed_on,
    }
    return {"summary": item.summary, **without_unknown(rows)}


def open_institutions(kb: KnowledgeBase) -> list:
    """The institutions that a reader can choose, by name."""
    return common.by_name(item for item in kb.institutions.values() if item.status == "published")
