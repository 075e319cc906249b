"""What the guide knows of each entry beyond ``choice-data``: both sides of an exclusion, whom to ask, a text to hand over.

Only the pages of the guide and the transfer load it, because it weighs more than all that the other pages choose with.
"""

from __future__ import annotations

import re
from collections import defaultdict

from kennisbank.model import Exclusion, Intervention, KnowledgeBase, Opening, Term
from kennisbank.views import common, meanings, offered, standing
from kennisbank.views.catalogue import listed

# Questions of the guide in which a person is told of, so that a source may open or close something to them.
TELLING = ("issue", "language", "case")
# Why nobody in a Dutch institution can join; the last is the standing of that name.
OUT = (HELPERS, ABROAD, PROPOSED, OWN, _) = ("helpers", "abroad", "idea", "own", standing.ENDED)


def show_guide_data(kb: KnowledgeBase) -> common.View:
    """Per entry, by id, and without what is not known:

    ``not_suitable``, ``open_to``: both sides, each with ``group``, ``text`` and ``source``, ``soft`` where it is no firm
    exclusion, and ``said_of`` (adults, youth) where it is said of one of the two; an exclusion of another
    entry that sends people here counts as open for them, with the name of that entry in ``sent_by``. ``told``: the
    groups whose words stand in the record without being one of these. ``out``: why it is nothing to join here.
    ``first``: the names of what somebody has to do first, one of which is enough. ``ask``: whom to ask; ``ask_at``: whom instead, by
    institution; ``ask_young``: whom instead, where young people live. ``length``: what a source says of how long it takes,
    where it gives no number; ``sheet``: the text for the person;
    ``cards``: what limits it in an institution, as a card there tells it; ``day``: from when it is as a whole
    (``offered.DayView``), for the person who gets that text.
    """
    items = listed(kb)
    sent = find_sent(kb, items)
    return {item.id: entry_data(kb, item, sent[item.id]) for item in items}


def find_sent(kb: KnowledgeBase, items: list[Intervention]) -> dict[str, list[common.View]]:
    """Per entry the exclusions of others that send people to it."""
    sent: dict[str, list[common.View]] = defaultdict(list)
    for item in items:
        for mention in item.not_suitable:
            if mention.instead_of and is_asked(kb.term("exclusion", mention.group)):
                view = mention_data(kb, mention) | {"text": mention.instead, "sent_by": item.name}
                view.pop("instead", None)
                sent[mention.instead_of].append(view)
    return sent


def is_asked(term: Term) -> bool:
    """Whether the guide has a question about an exclusion."""
    return term.asked_as != "nothing"


def entry_data(kb: KnowledgeBase, item: Intervention, sent: list[common.View]) -> common.View:
    """One entry; see ``show_guide_data``."""
    both = {mention.group for mention in item.not_suitable} | {mention.group for mention in item.open_to}
    both |= {view["group"] for view in sent}
    view = {
        "not_suitable": [mention_data(kb, mention) for mention in item.not_suitable],
        "open_to": [*(mention_data(kb, mention) for mention in item.open_to), *sent],
        "told": [group for group in find_told(kb, item) if group not in both],
        "out": find_out(kb, item),
        "first": find_first(kb, item),
        "ask": ask_names(offered.ask_about(kb, item)),
        "ask_at": ask_places(kb, item),
        "ask_young": ask_young(kb, item),
        "length": length_of(item),
        "sheet": item.participant_text,
        "cards": card_texts(kb, item),
        "day": day_data(kb, item) if item.participant_text else None,
    }
    return {name: value for name, value in view.items() if value not in (None, [], {})}


def mention_data(kb: KnowledgeBase, mention: Exclusion | Opening) -> common.View:
    """One side of an exclusion, with the short name of its source and the place in it."""
    source = common.source_view(kb, mention.source)
    view = {"group": mention.group, "text": mention.text, "source": f"{source['name']}, {source['where']}"}
    instead = getattr(mention, "instead", None)
    notes = {
        "instead": instead,
        "soft": meanings.is_soft(mention),
        "said_of": mention.said_of,
    }
    return view | {name: value for name, value in notes.items() if value}


def find_told(kb: KnowledgeBase, item: Intervention) -> list[str]:
    """The groups that the guide asks of and whose words stand anywhere in what the record says of who can join."""
    parts = [item.summary, item.target_group_note or ""]
    parts += [part.text for part in item.selection] + [mention.text for mention in item.open_to]
    parts += [f"{mention.text} {mention.instead or ''}" for mention in item.not_suitable]
    text = " ".join(parts).casefold()
    terms = [term for term in kb.vocabularies["exclusion"].values() if term.asked_as in TELLING]
    return [term.id for term in terms if any(re.search(rf"\b{re.escape(word)}", text) for word in words_of(term))]


def words_of(term: Term) -> list[str]:
    """The words by which a text speaks of a group."""
    return [word.casefold() for word in (term.label, *term.synonyms)]


def find_out(kb: KnowledgeBase, item: Intervention) -> str | None:
    """Why nobody in a Dutch institution can join: for helpers, abroad, an idea, what people do themselves, or ended."""
    if meanings.is_for_helpers(kb, item):
        return HELPERS
    if meanings.is_abroad(kb, item):
        return ABROAD
    if meanings.is_proposal(kb, item):
        return PROPOSED
    if not meanings.is_offered(kb, item):
        return OWN
    return standing.ENDED if standing.of_intervention(kb, item)["id"] == standing.ENDED else None


def length_of(item: Intervention) -> str | None:
    """The first sentence on how long it takes, where no number of weeks or meetings is known."""
    dosage = item.dosage
    counted = dosage and (dosage.weeks is not None or dosage.sessions is not None)
    return common.first_sentence(dosage.note) if dosage and dosage.note and not counted else None


def find_first(kb: KnowledgeBase, item: Intervention) -> list[str]:
    """The names of what somebody has to have done before this, from both sides of the relations."""
    first = [other for name, other in meanings.relations_of(kb, item) if kb.term("relation", name).needs_first]
    return [kb.interventions[other].name for other in first]


def ask_places(kb: KnowledgeBase, item: Intervention) -> dict[str, list[str]]:
    """Whom to ask in an institution, where that is not whom to ask anywhere."""
    usual = ask_names(offered.ask_about(kb, item))
    offers = [offer for offer in kb.offers_of.get(item.id, ()) if offer.institution in kb.institutions]
    found = {
        offer.institution: ask_names(offered.ask_at(kb, offer)) for offer in offers if meanings.is_present(kb, offer)
    }
    return {place: names for place, names in found.items() if names and names != usual}


def ask_young(kb: KnowledgeBase, item: Intervention) -> list[str]:
    """Whom young people ask, where that is not whom to ask anywhere: some functions are not where they live."""
    if meanings.YOUTH not in meanings.populations_of(kb, item):
        return []
    names = ask_names(offered.ask_about(kb, item, young=True))
    return names if names != ask_names(offered.ask_about(kb, item)) else []


def card_texts(kb: KnowledgeBase, item: Intervention) -> dict[str, str]:
    """What a card tells of it in an institution where it is, those of several locations behind one another."""
    found: dict[str, list[str]] = defaultdict(list)
    for offer in kb.offers_of.get(item.id, ()):
        if offer.card_text and offer.institution in kb.institutions and meanings.is_present(kb, offer):
            found[offer.institution].append(offer.card_text)
    return {place: " ".join(texts) for place, texts in found.items()}


def day_data(kb: KnowledgeBase, item: Intervention) -> common.View:
    """From when it is as a whole: the parts that say something."""
    found = offered.day_of(kb, item)
    return {name: value for name, value in found.items() if value and name != "stale"}


def ask_names(ask: offered.AskView) -> list[str]:
    """Names to ask: functions first, because those are in the building."""
    return [*ask["roles"], *(link["name"] for link in ask["organisations"])]
