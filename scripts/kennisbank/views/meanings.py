"""What terms mean to a page: does it run, who lives there, is it said at all. Asked of the lists, never of an id."""

from __future__ import annotations

from kennisbank.model import Institution, Intervention, KnowledgeBase, Offer

# What the statuses of an offer mean (schema/vocabularies-file.schema.json, ``offer_status.means``).
RUNNING, UNSURE, COMING, OVER, ABSENT = "running", "unsure", "coming", "over", "absent"
PRESENT = {RUNNING, COMING, UNSURE}


def means(kb: KnowledgeBase, offer: Offer) -> str:
    """What the status of an offer means: ``running``, ``unsure``, ``coming``, ``over`` or ``absent``."""
    return kb.term("offer_status", offer.status).means


def is_running(kb: KnowledgeBase, offer: Offer) -> bool:
    """Whether a person could take part on the as-of date."""
    return means(kb, offer) == RUNNING


def is_present(kb: KnowledgeBase, offer: Offer) -> bool:
    """Whether the institution is a place to find the intervention, now, soon, or perhaps."""
    return means(kb, offer) in PRESENT


def is_announced(kb: KnowledgeBase, offer: Offer) -> bool:
    """Whether a source places it there without doubt: it runs or it is coming. Fit to hang on a wall."""
    return means(kb, offer) in {RUNNING, COMING}


def is_ruled_out(kb: KnowledgeBase, offer: Offer) -> bool:
    """Whether a source says that it is not there and does not say that it was."""
    return means(kb, offer) == ABSENT


def holds_adults(kb: KnowledgeBase, institution: Institution) -> bool:
    """Whether an institution holds adults; the others hold young people."""
    return kb.term("institution_kind", institution.kind).holds == "adults"


def same_population(kb: KnowledgeBase, one: Institution, other: Institution) -> bool:
    """Whether two institutions hold the same population: adults or young people."""
    return holds_adults(kb, one) == holds_adults(kb, other)


def is_abroad(kb: KnowledgeBase, item: Intervention) -> bool:
    """Whether no source tells of it in the country of which the institutions are known."""
    return not set(item.countries) & set(kb.ids("country", home=True))


def is_studied(kb: KnowledgeBase, item: Intervention) -> bool:
    """Whether the evidence rests on a study."""
    return bool(kb.term("evidence", item.evidence.strength).studied)


def is_for_helpers(kb: KnowledgeBase, item: Intervention) -> bool:
    """Whether it is only for those who help, such as staff, and not for people in detention."""
    return set(item.target_groups) <= set(kb.ids("target_group", helps=True))


def is_after(kb: KnowledgeBase, item: Intervention) -> bool:
    """Whether a source says that it is for after release."""
    return bool(
        set(item.settings) & set(kb.ids("setting", after=True)) or set(item.phases) & set(kb.ids("phase", after=True))
    )
