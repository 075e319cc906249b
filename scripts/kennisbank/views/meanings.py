"""What terms mean to a page: does it run, who lives there, is it said at all. Asked of the lists, never of an id."""

from __future__ import annotations

from collections.abc import Collection

from kennisbank.model import (
    EVERYWHERE,
    UNDATED,
    EditorNote,
    Exclusion,
    Institution,
    Intervention,
    KnowledgeBase,
    Offer,
    Opening,
    Term,
)

# What the statuses of an offer mean (schema/vocabularies-file.schema.json, ``offer_status.means``).
RUNNING, UNSURE, RESTING, COMING, OVER, ABSENT = "running", "unsure", "resting", "coming", "over", "absent"
PRESENT = {RUNNING, RESTING, COMING, UNSURE}
# The same in the words of the scripts, which tell three apart.
SAID = {RUNNING: "running", **dict.fromkeys((RESTING, COMING, UNSURE), "unsure"), OVER: "absent", ABSENT: "absent"}
# Whom an institution holds (``institution_kind.holds``), and where people are found (``target_group.found_in``).
ADULTS, YOUTH, ANY = "adults", "youth", "any"
# What a source says there is (``kind.stands``).
OFFER, IDEA = "offer", "idea"
# What a note of the editors means (``severity.means``): a remark changes nothing for who uses the text.
REMARK = "remark"
# What nobody knows any more where a source contradicts itself (``conflict_about.doubts``), besides whether it runs.
OFTEN = "often"
# Of one sex (``target_group.sex``), and of both.
SEXES, BOTH = ("female", "male"), "both"

# ------------------------------------------------------------------ offers


def has_ended(offer: Offer, today: str) -> bool:
    """Whether the last day that a source gives (2021, 2021-12 or 2021-12-31) lies before ``today`` (2026-11-30)."""
    return offer.until is not None and today[: len(offer.until)] > offer.until


def status_of(kb: KnowledgeBase, offer: Offer) -> str:
    """The status of an offer as it is shown: that of the source, or that it is over when it was to end before today."""
    return kb.ids("offer_status", means=OVER)[0] if has_ended(offer, kb.today) else offer.status


def means(kb: KnowledgeBase, offer: Offer) -> str:
    """What an offer says to somebody who wants to take part, as one of the meanings above."""
    return kb.term("offer_status", status_of(kb, offer)).means or UNSURE


def is_running(kb: KnowledgeBase, offer: Offer) -> bool:
    """Whether a person could take part on the as-of date."""
    return means(kb, offer) == RUNNING


def is_present(kb: KnowledgeBase, offer: Offer) -> bool:
    """Whether an offer makes an institution a place to find the intervention, or to ask for it."""
    return means(kb, offer) in PRESENT


def is_trial(kb: KnowledgeBase, offer: Offer) -> bool:
    """Whether it was tried out: it ran, but nobody can be told years later that it is there."""
    return bool(kb.term("offer_status", offer.status).trial)


def doubts_of(kb: KnowledgeBase, offer: Offer) -> str | None:
    """What is in doubt because a source contradicts itself: ``running``, ``often``, or ``None`` for neither."""
    found = kb.term("conflict_about", offer.conflict.about).doubts if offer.conflict else None
    return found if found in {RUNNING, OFTEN} else None


def is_plain(kb: KnowledgeBase, offer: Offer) -> bool:
    """Whether the status needs no word where all that is told ran: the first of the list that means so."""
    return status_of(kb, offer) == kb.ids("offer_status", means=RUNNING)[0]


def count_places(kb: KnowledgeBase, intervention_id: str) -> int:
    """In how many institutions a source says it runs: the one way in which places are counted."""
    offers = kb.offers_of.get(intervention_id, ())
    return len({offer.institution for offer in offers if is_running(kb, offer)} - {EVERYWHERE})


def told_at(kb: KnowledgeBase, institution_id: str) -> tuple[set[str], set[str]]:
    """The interventions that ran in one institution, and the others that a source names there without saying so.

    The one way in which they are counted: each once, whatever the number of locations. What was planned, or of which it
    is not known whether it ran, is named; what ended or is said not to be there is in neither.
    """
    offers = kb.offers_at.get(institution_id, ())
    ran = {offer.intervention for offer in offers if is_running(kb, offer)}
    return ran, {offer.intervention for offer in offers if is_present(kb, offer)} - ran


def everywhere_at(kb: KnowledgeBase, item: Institution) -> list[Offer]:
    """The offers "in principle everywhere" of what no source names in this institution; those are for adults."""
    if not holds_adults(kb, item):
        return []
    named = {offer.intervention for offer in kb.offers_at.get(item.id, ())}
    return [
        offer for offer in kb.offers_at.get(EVERYWHERE, ()) if is_present(kb, offer) and offer.intervention not in named
    ]


def kin_absent_at(kb: KnowledgeBase, intervention_id: str, institution_id: str) -> list[str]:
    """Other forms of an intervention, or what has to come first, of which a source says that they are not in a place.

    "In principle everywhere" is said of all places at once; what is said of this one stands beside it.
    """
    here = {offer.intervention: means(kb, offer) for offer in kb.offers_at.get(institution_id, ())}
    related = relations_of(kb, kb.interventions[intervention_id])
    kin = dict.fromkeys(
        other for name, other in related if kb.term("relation", name).same or kb.term("relation", name).needs_first
    )
    return [other for other in kin if here.get(other) in {OVER, ABSENT}]


def relations_of(kb: KnowledgeBase, item: Intervention) -> list[tuple[str, str]]:
    """Every relation of an intervention with the id of the other, from both sides."""
    own = [(relation.relation, relation.id) for relation in item.related]
    others = [(kb.term("relation", link.relation).inverse, other) for other, link in kb.relations_to.get(item.id, ())]
    return own + [(name, other) for name, other in others if name]


def is_everywhere(kb: KnowledgeBase, intervention_id: str) -> bool:
    """Whether a source says that an intervention is in principle in every institution for adults."""
    return any(
        offer.institution == EVERYWHERE and is_present(kb, offer) for offer in kb.offers_of.get(intervention_id, ())
    )


# ------------------------------------------------------------------ institutions


def holds_adults(kb: KnowledgeBase, institution: Institution) -> bool:
    """Whether an institution holds adults; the others hold young people."""
    return kb.term("institution_kind", institution.kind).holds == ADULTS


def population_of(kb: KnowledgeBase, institution: Institution) -> str:
    """Whom an institution holds: ``adults`` or ``youth``."""
    return ADULTS if holds_adults(kb, institution) else YOUTH


def vacant_at(kb: KnowledgeBase, institution: Institution) -> set[str]:
    """The functions of which the newest source on them says that nobody was in them there."""
    newest: dict[str, tuple[str, bool]] = {}
    for staff in institution.restorative_staff:
        source = kb.sources.get(staff.source.id)
        as_of = source.as_of if source and source.as_of != UNDATED else ""
        newest[staff.role] = max(newest.get(staff.role, ("", True)), (as_of, not staff.vacant))
    return {role for role, (_, filled) in newest.items() if not filled}


def audience_at(kb: KnowledgeBase, item: Intervention, institution: Institution | None) -> list[str]:
    """For whom an intervention is in one institution, ``None`` being every one for adults: nobody who is not there.

    Where it names only people of another kind of institution, it is there for whoever lives there.
    """
    population = population_of(kb, institution) if institution else ADULTS
    here = {group: kb.term("target_group", group).found_in for group in item.target_groups}
    named = [group for group, found_in in here.items() if found_in in {population, ANY}]
    return named or list(kb.ids("target_group", found_in=population))


def same_population(kb: KnowledgeBase, one: Institution, other: Institution) -> bool:
    """Whether two institutions hold the same population: adults or young people."""
    return holds_adults(kb, one) == holds_adults(kb, other)


# ------------------------------------------------------------------ interventions


def is_abroad(kb: KnowledgeBase, item: Intervention) -> bool:
    """Whether no source tells of it in the country of which the institutions are known."""
    return not set(item.countries) & set(kb.ids("country", home=True))


def is_studied(kb: KnowledgeBase, item: Intervention) -> bool:
    """Whether the evidence rests on a study."""
    return bool(kb.term("evidence", item.evidence.strength).studied)


def is_offered(kb: KnowledgeBase, item: Intervention) -> bool:
    """Whether it is something to join: no proposal, and not what people do for each other by themselves."""
    return kb.term("kind", item.kind).stands == OFFER


def is_proposal(kb: KnowledgeBase, item: Intervention) -> bool:
    """Whether a source only proposes it."""
    return kb.term("kind", item.kind).stands == IDEA


def is_for_helpers(kb: KnowledgeBase, item: Intervention) -> bool:
    """Whether it is for those who work with people in detention, and not for them."""
    return set(item.target_groups) <= set(kb.ids("target_group", helps=True)) or bool(kb.term("kind", item.kind).helps)


def is_referred(kb: KnowledgeBase, item: Intervention) -> bool:
    """Whether only who decides in the case sends people to it, as all who offer it say: no place has it."""
    kinds = [kb.organisations[name].kind for name in item.providers]
    return bool(kinds) and all(kb.term("organisation_kind", kind).referred for kind in kinds)


def cares(kb: KnowledgeBase) -> list[tuple[Term, list[Term]]]:
    """The goals with what the editors advise to do first, each with the exclusions that ask for it too (``care_of``)."""
    exclusions = kb.vocabularies["exclusion"].values()
    goals = [goal for goal in kb.vocabularies["goal"].values() if goal.care]
    return [(goal, [term for term in exclusions if goal.id in term.care_of]) for goal in goals]


def cares_of(kb: KnowledgeBase, item: Intervention) -> list[str]:
    """What the editors advise to do first, by its goals (``goal.care``)."""
    return [care for goal in item.goals if (care := kb.term("goal", goal).care)]


def is_soft(mention: Exclusion | Opening) -> bool:
    """Whether a source says of an exclusion that it is not always one."""
    return getattr(mention, "firm", None) is False


def manner_of(mention: Exclusion | Opening, mixed: Collection[str]) -> str | None:
    """How far one side of an exclusion holds; ``None``: without more. ``mixed``: the groups of both sides."""
    if mention.group in mixed:
        return "mixed"
    if mention.in_general:
        return "general"
    return "soft" if is_soft(mention) else None


def mixed_groups(item: Intervention) -> set[str]:
    """The groups of people of whom the sources say both that they can take part and that they cannot: it depends."""
    return {mention.group for mention in item.open_to} & {mention.group for mention in item.not_suitable}


def is_after(kb: KnowledgeBase, item: Intervention) -> bool:
    """Whether a source says that it is for after release."""
    return bool(
        set(item.settings) & set(kb.ids("setting", after=True)) or set(item.phases) & set(kb.ids("phase", after=True))
    )


def is_closed_to(kb: KnowledgeBase, item: Intervention, target_group_id: str) -> bool:
    """Whether a source names an exclusion that this audience is the other side of."""
    terms = (kb.term("exclusion", mention.group) for mention in item.not_suitable)
    return any(term.meant_for and target_group_id in term.meant_for.target_groups for term in terms)


def is_open_to(kb: KnowledgeBase, item: Intervention, target_group_id: str) -> bool:
    """Whether a source says in so many words that people of this audience can take part."""
    terms = (kb.term("exclusion", mention.group) for mention in item.open_to)
    return any(term.meant_for and target_group_id in term.meant_for.target_groups for term in terms)


def is_outside(kb: KnowledgeBase, item: Intervention) -> bool:
    """Whether somebody can begin with it after release: no source puts it inside as well."""
    return bool(item.settings) and set(item.settings) <= set(kb.ids("setting", after=True))


def is_for_those_outside(kb: KnowledgeBase, item: Intervention) -> bool:
    """Whether it is only for people who never were inside: those who stay behind, victims."""
    return set(item.target_groups) <= set(kb.ids("target_group", outside=True)) and not is_after(kb, item)


def sexes(kb: KnowledgeBase) -> list[str]:
    """The target groups that stand for one sex: the first of each in the list."""
    return [kb.ids("target_group", sex=sex)[0] for sex in SEXES if kb.ids("target_group", sex=sex)]


def sex_of(kb: KnowledgeBase, item: Intervention | Offer) -> str | None:
    """The target group of one sex where its own name that one and nothing that holds the other; else ``None``."""
    found = {kb.term("target_group", group).sex for group in item.target_groups}
    named = [sex for sex in SEXES if sex in found]
    return kb.ids("target_group", sex=named[0])[0] if len(named) == 1 and BOTH not in found else None


def is_for_others(kb: KnowledgeBase, item: Intervention, institution: Institution) -> bool:
    """Whether it is for one sex only, and all that the sources say of an institution is for the other.

    Who lives there they say of a place, and by what is there; in one of several locations it says nothing of the rest.
    """
    named = {kb.term("target_group", group).sex for group in institution.populations}
    there = {offer.intervention for offer in kb.offers_at.get(institution.id, ()) if is_present(kb, offer)}
    own = {kb.term("target_group", group).sex for one in there if (group := sex_of(kb, kb.interventions[one]))}
    group = sex_of(kb, item)
    sexes_here = (named | own) & set(SEXES)
    return bool(
        group and len(institution.locations) < 2 and sexes_here and kb.term("target_group", group).sex not in sexes_here
    )


def populations_of(kb: KnowledgeBase, item: Intervention) -> tuple[str, ...]:
    """Whom it is for: ``youth`` where it names them or is placed with them, ``adults`` else or too."""
    found = {kb.term("target_group", group).found_in for group in item.target_groups}
    held = {
        holds_adults(kb, kb.institutions[offer.institution])
        for offer in kb.offers_of.get(item.id, ())
        if offer.institution in kb.institutions and is_present(kb, offer)
    }
    young = YOUTH in found or False in held
    grown = ADULTS in found or True in held or not young
    return tuple(name for name, holds in ((ADULTS, grown), (YOUTH, young)) if holds)


# ------------------------------------------------------------------ notes


def is_remark(kb: KnowledgeBase, note: EditorNote) -> bool:
    """Whether a note of the editors is about the source and changes nothing for who uses the text."""
    return kb.term("severity", note.severity).means == REMARK
