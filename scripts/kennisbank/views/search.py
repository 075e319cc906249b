"""What the search engine knows: one document per page a reader can look for, and the words that mean the same.

The words of the page texts are by far the most of it. They are turned round here (per word the documents in which
it stands), because that weighs half of the texts themselves and is what the engine needs. Everything else stays as
it is read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from kennisbank.model import (
    Exclusion,
    Institution,
    Intervention,
    KnowledgeBase,
    Opening,
    Organisation,
    Record,
    Term,
    Training,
)
from kennisbank.narrative import Page
from kennisbank.views import amounts, common, fitting, meanings, offered, sessions, shapes, standing
from kennisbank.views.catalogue import listed, places_of

# A word in more of the page texts than this share, and than this number, tells nothing of a page; and the lists of
# documents of such words are the longest.
TOO_COMMON = 1 / 3
NEVER_COMMON = 10

# Whom a source keeps out, and whom it lets in.
SIDES = ("closed", "open")

# The folder of the pages to read; the others are to do something with.
BACKGROUND = "background/"

# The list of sessions.
SESSIONS = "trainings/index.html"

# How the schema marks a field with notes on the sources (``x-search``).
NOTES = "notes"

# The text of a page, and the notes on its sources.
Texts = tuple[str, str]
NO_TEXTS: Texts = ("", "")

# The kinds of record that have a page.
Published = TypeVar("Published", Intervention, Institution, Organisation, Training)

WORD = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]*|[^\W_]+(?:-[^\W_]+)*")


def show_search(
    kb: KnowledgeBase, texts: Mapping[str, str] | None = None, pages: list[Page] | None = None
) -> common.View:
    """All that the search engine knows.

    ``texts`` gives the narrative per address (plain text); ``pages`` are the pages without a record, which become
    documents of type ``background`` or ``tool``. The result holds

    - ``documents``: ``id``, ``type``, ``title``, ``aliases``, ``tagline``, ``keywords`` (which stand on no page),
      ``headings`` (which weigh as much and do), ``url``, ``terms`` (places in the list ``terms``) and for an intervention its ``institutions`` and, when it is "in principle everywhere",
      the others in ``principle``; per institution of which a source says how it stands there the place of that in
      ``states`` (``told``); whom to ask (``ask``); ``unplaced`` is what people do for each other, of which no source can say
      where; the people that a source keeps out (``closed``) or lets in (``open``), as places in
      ``terms``; its ``standing`` and its ``amounts``; for a page that asks for institutions the words before each
      (``takes``). ``away`` is what nobody here can join (any more), and an
      organisation abroad; ``ended`` is of that what a source calls over;
    - ``terms``: per term of a closed list its label and synonyms;
    - ``measures``: what may stand behind a number (``amounts``); ``filters``: what words and numbers choose in the list
      of ``sessions``; the document of a session has in ``suits`` the places of what it answers to, and in ``audience``
      whom it is for when those are not in detention, and in ``unseen`` the terms that its page does not name; ``cares``: what the editors advise who asks for a goal
      to do first, with the names of that goal;
    - ``asked``: whom to ask, in words; in ``ask`` of a document their places in it, by institution where it is, and
      under ``""`` for all others;
    - ``states``: how something can stand in one place, as ``standing`` has it;
    - ``words`` and ``found_in``: the words of the page texts, and for each the documents in which it stands;
    - ``synonyms``: per everyday word the words of the field; ``apart``: per everyday word how words begin that look
      like it and mean something else; ``places``: per place name the institutions.
    """
    texts = texts or {}
    table: dict[tuple[str, str], int] = {}
    states: dict[tuple[tuple[str, str], ...], int] = {}
    asked: dict[str, int] = {}
    documents, page_texts, page_notes = [], [], []
    for document, terms, (text, notes) in all_documents(kb, pages or []):
        # One number per term: the same labels and synonyms stand at dozens of documents.
        sides = {side: document.pop(side, []) for side in (*SIDES, "unseen")}
        named = {side: [table.setdefault(term, len(table)) for term in found] for side, found in sides.items()}
        document |= {side: numbers for side, numbers in named.items() if numbers}
        if told := document.pop("told", {}):
            document["told"] = {
                place: states.setdefault(tuple(state.items()), len(states)) for place, state in told.items()
            }
        if ask := document.pop("ask", {}):
            document["ask"] = {place: asked.setdefault(", ".join(names), len(asked)) for place, names in ask.items()}
        document["terms"] = [table.setdefault(term, len(table)) for term in dict.fromkeys(terms)]
        documents.append(document)
        page_texts.append(f"{text} {texts.get(document['url'], '')}")
        page_notes.append(notes)
    words, found_in = turn_round(documents, page_texts, page_notes)
    return {
        "documents": documents,
        "terms": [words_of(kb.term(*term)) for term in table],
        "measures": amounts.show_measures(kb),
        "sessions": SESSIONS,
        "filters": sessions.read_as_filters(kb),
        "cares": [
            {
                "names": [name for term in (goal, *asked) for name in words_of(term)],
                "text": goal.care,
                "first": [item.id for item in listed(kb) if item.goals[:1] == (goal.id,)],
            }
            for goal, asked in meanings.cares(kb)
        ],
        "states": [dict(state) for state in states],
        "asked": list(asked),
        "words": words,
        "found_in": found_in,
        "synonyms": synonym_groups(kb),
        "apart": {term.label: list(term.apart) for term in kb.vocabularies["search_word"].values() if term.apart},
        "places": place_words(kb),
    }


def all_documents(kb: KnowledgeBase, pages: list[Page]) -> Iterator[tuple[common.View, list[tuple[str, str]], Texts]]:
    """Every document with its terms (``(vocabulary, id)``) and the texts of its page."""
    places = places_of(kb)
    called = [word for page in pages if page.url == SESSIONS for word in page.keywords if " " not in word]
    for item in listed(kb):
        document = intervention_document(kb, item, places[item.id])
        yield (
            document,
            [*record_terms(kb, "interventions", item), *(term for side in SIDES for term in document[side])],
            page_texts_of(kb, "interventions", item),
        )
    for place in published(kb.institutions):
        yield (
            institution_document(kb, place),
            record_terms(kb, "institutions", place),
            page_texts_of(kb, "institutions", place),
        )
    for organisation in published(kb.organisations):
        document = make_document(
            organisation.id,
            "organisation",
            organisation.name,
            common.first_sentence(organisation.summary),
            organisation.also_known_as,
        )
        if organisation.country and organisation.country not in kb.ids("country", home=True):
            document["away"] = True
        yield (
            document,
            record_terms(kb, "organisations", organisation),
            page_texts_of(kb, "organisations", organisation),
        )
    for training in published(kb.trainings):
        yield (
            training_document(kb, training, called),
            [*record_terms(kb, "trainings", training), *case_terms(kb, training)],
            page_texts_of(kb, "trainings", training),
        )
    for term in kb.vocabularies["category"].values():
        yield make_document(term.id, "category", term.label, term.description, keywords=term.synonyms), [], NO_TEXTS
    for entry in kb.glossary.values():
        aliases = [*([entry.abbreviation] if entry.abbreviation else []), *entry.also_known_as]
        url = f"glossary.html#{entry.id}"
        yield make_document(entry.id, "glossary", entry.term, entry.description, aliases, url=url), [], NO_TEXTS
    for page in pages:
        kind = "background" if page.url.startswith(BACKGROUND) else "tool"
        document = make_document(page.url, kind, page.title, page.tagline, keywords=page.keywords, url=page.url)
        yield document | ({"takes": dict(page.takes)} if page.takes else {}), [], (page.text, "")


def published(records: Mapping[str, Published]) -> Iterator[Published]:
    """The records that readers see, in file order."""
    return (record for record in records.values() if record.status == "published")


def make_document(
    record_id: str,
    kind: str,
    title: str,
    tagline: str | None = None,
    aliases: Iterable[str] = (),
    keywords: Iterable[str] = (),
    url: str | None = None,
) -> common.View:
    """One document; without ``url`` it is the page of the record."""
    return {
        "id": record_id,
        "type": kind,
        "title": title,
        "aliases": list(dict.fromkeys(aliases)),
        "tagline": tagline or "",
        "keywords": list(dict.fromkeys(keywords)),
        "url": url or common.url_of(kind, record_id),
    }


def intervention_document(kb: KnowledgeBase, item: Intervention, places: list[str]) -> common.View:
    """One intervention, found by its names, those it has in an institution, and its own search words."""
    local = [offer.local_name for offer in kb.offers_of.get(item.id, ()) if offer.local_name]
    aliases = [*item.also_known_as, *local]
    document = make_document(item.id, "intervention", item.name, item.tagline, aliases, item.keywords)
    stands = standing.of_intervention(kb, item)
    return document | {
        "institutions": places,
        "principle": principle_places(kb, item),
        "told": told_places(kb, item),
        "ask": names_to_ask(kb, item),
        **({"unplaced": True} if fitting.find_out(kb, item) == fitting.OWN else {}),
        **({"away": True} if stands["id"] in standing.AWAY else {}),
        **({"ended": True} if stands["id"] == standing.ENDED else {}),
        **amounts_in(amounts.amounts_of(kb, "interventions", item)),
        "closed": groups_of(kb, item.not_suitable),
        "open": groups_of(kb, item.open_to),
        "standing": standing.brief(stands),
    }


def told_places(kb: KnowledgeBase, item: Intervention) -> dict[str, dict[str, str]]:
    """How it stands in each institution that a source names: its standing in the words of its status.

    Where it stands in several ways, such as on two locations, the best is told.
    """
    found: dict[str, dict[str, str]] = {}
    for offer in sorted(kb.offers_of.get(item.id, ()), key=lambda offer: standing.rank(kb, offer)):
        if offer.institution in kb.institutions:
            seen = standing.of_offer(kb, offer) | {"words": offered.status_view(kb, offer)["label"]}
            found.setdefault(offer.institution, standing.brief(seen))
    return found


def names_to_ask(kb: KnowledgeBase, item: Intervention) -> dict[str, list[str]]:
    """Whom to ask, by institution where that is not whom to ask anywhere; ``""`` is anywhere."""
    usual = fitting.ask_names(offered.ask_about(kb, item))
    return ({"": usual} if usual else {}) | fitting.ask_places(kb, item)


def groups_of(kb: KnowledgeBase, mentions: Iterable[Exclusion | Opening]) -> list[tuple[str, str]]:
    """The groups of people that some exclusions or openings are about, as terms; those that tell of a person."""
    groups = dict.fromkeys(mention.group for mention in mentions)
    return [("exclusion", group) for group in groups if kb.term("exclusion", group).asked_as in fitting.TELLING]


def principle_places(kb: KnowledgeBase, item: Intervention) -> list[str]:
    """Where else it is when a source says "in principle everywhere": all for adults of which no source says more."""
    if not meanings.is_everywhere(kb, item.id):
        return []
    named = {offer.institution for offer in kb.offers_of[item.id]}
    adult = (place for place in published(kb.institutions) if meanings.holds_adults(kb, place))
    return [place.id for place in adult if place.id not in named]


def institution_document(kb: KnowledgeBase, item: Institution) -> common.View:
    """One institution, found by name, place, location and former name."""
    kind = kb.term("institution_kind", item.kind)
    aliases = [*item.also_known_as, *(location.name for location in item.locations)]
    document = make_document(item.id, "institution", item.name, f"{kind.label} · {item.place}", aliases, kind.synonyms)
    return document | {"headings": [item.place, kind.label]}


def training_document(kb: KnowledgeBase, item: Training, called: Sequence[str] = ()) -> common.View:
    """One session plan; the titles of its blocks and handouts say what it is about.

    ``called`` is what the list of sessions is found by, in one word: each of them is called so too.
    """
    titles = [*(block.title for block in item.blocks), *(handout.title for handout in item.handouts)]
    keywords = [*called, *(word for term in kb.ids("kind", helps=True) for word in words_of(kb.term("kind", term)))]
    if item.open_case:
        titles.append(kb.fields["trainings"].by_name["open_case"].label)
    document = make_document(item.id, "training", item.title, item.tagline, keywords=keywords) | {"headings": titles}
    others = [] if set(item.audience) & set(kb.ids("training_audience", inside=True)) else item.audience
    own = {name: sessions.terms_of(kb, field, item) for name, field in sessions.facets(kb).items()}
    suits = [at for at, one in enumerate(sessions.read_as_filters(kb)) if one["id"] in own[one["facet"]]]
    audience = [view["label"] for view in common.term_views(kb, "training_audience", others)]
    document |= {"suits": suits, "unseen": case_terms(kb, item)} | ({"audience": audience} if audience else {})
    return document | amounts_in(amounts.amounts_of(kb, "trainings", item))


def amounts_in(found: Mapping[str, list[float | None]]) -> common.View:
    """The amounts of a document, where it has any."""
    return {"amounts": found} if found else {}


def case_terms(kb: KnowledgeBase, item: Training) -> list[tuple[str, str]]:
    """What a session is found by that can be given while a case is open: that, and the units where people wait for it."""
    if not item.open_case:
        return []
    cases = kb.ids("exclusion", asked_as="case")
    meant = [found for case in cases if (found := kb.term("exclusion", case).meant_for)]
    return [
        *(("exclusion", case) for case in cases),
        *(("setting", setting) for found in meant for setting in found.settings),
    ]


def page_texts_of(kb: KnowledgeBase, kind: str, record: Record) -> Texts:
    """The running text of a record as its page shows it, and the notes on its sources apart.

    It is everything that is no name, label, number or source. What a note says is true of a source, such as that it has
    an English summary, and not of the thing itself.
    """
    found: dict[bool, list[str]] = {False: [], True: []}
    for field in kb.fields[kind].all:
        found[field.search == NOTES].extend(shapes.texts_of(field, record.get(field.name)))
    return " ".join(found[False]), " ".join(found[True])


def record_terms(kb: KnowledgeBase, kind: str, record: Record) -> list[tuple[str, str]]:
    """The terms (closed list and id) by whose labels and synonyms a record is found."""
    return [
        (shapes.vocabulary_of(field), term_id)
        for field in kb.fields[kind].reading
        if field.search == "terms"
        for term_id in shapes.ids_of(field, record.get(field.name))
    ]


# ------------------------------------------------------------------ the words of the page texts


def turn_round(documents: list[common.View], page_texts: list[str], page_notes: Sequence[str] = ()) -> tuple[str, str]:
    """The words of the texts in alphabetical order, and for each the documents in which it stands.

    Both are one text with a space between the parts. The documents of a word are steps: the first number is a
    position in the list of documents, the next ones are what is to be added; all in base 36, with commas between.
    Behind a semicolon stand those of which only the notes have it. Left out is what would not change an answer: words
    that the document has in its name, aliases, headings or tagline, figures, and words that most texts share.
    """
    found: dict[str, tuple[list[int], list[int]]] = {}
    written: dict[str, str] = {}
    texts = zip(page_texts, page_notes or [""] * len(page_texts), strict=True)
    for position, (document, parts) in enumerate(zip(documents, texts, strict=True)):
        own = [*document["aliases"], *document.get("headings", ())]
        named = " ".join([document["title"], document["tagline"], *own])
        known = {fold(word) for word in words_in(named)}
        for place, part in enumerate(parts):
            words = {fold(word): word for word in words_in(part)}
            for term in sorted(words.keys() - known):
                found.setdefault(term, ([], []))[place].append(position)
                # One spelling per word; that with accents, so that a repaired typing error shows them.
                written[term] = max(written.get(term, ""), words[term])
            known |= words.keys()
    most = max(NEVER_COMMON, TOO_COMMON * sum(1 for text in page_texts if text.strip()))
    kept = sorted(term for term, (own, noted) in found.items() if len(own) + len(noted) <= most and not term.isdigit())
    places = (";".join(steps(part) for part in found[term]).rstrip(";") for term in kept)
    return " ".join(written[term] for term in kept), " ".join(places)


def words_in(text: str) -> Iterator[str]:
    """The words of a text in lower case, cut as search-dutch.js does: "re-integratie" gives its parts and the whole."""
    for word in WORD.findall(unicodedata.normalize("NFC", text).lower()):
        if "." in word:
            parts = [word.replace(".", "")]
        elif "-" in word:
            parts = [*word.split("-"), word.replace("-", "")]
        else:
            parts = [word]
        yield from (part for part in parts if len(part) > 1)


def fold(word: str) -> str:
    """A word without accents."""
    if word.isascii():
        return word  # nearly every word, and taking a word apart is slow
    return "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))


def steps(positions: list[int]) -> str:
    """Rising numbers as the steps between them: ``[3, 5, 40]`` is ``3,2,z``."""
    return ",".join(to_base_36(after - before) for before, after in zip([0, *positions], positions, strict=False))


def to_base_36(number: int) -> str:
    """A number as JavaScript's ``parseInt(text, 36)`` reads it."""
    digits = ""
    while number or not digits:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
    return digits


# ------------------------------------------------------------------ words that mean the same, words for places


def words_of(term: Term) -> list[str]:
    """What a reader may call a term: its label and synonyms."""
    return [term.label, *term.synonyms]


def synonym_groups(kb: KnowledgeBase) -> dict[str, list[str]]:
    """Per everyday word the words of the field that mean it, from the ``search_word`` list."""
    return {term.label: list(term.synonyms) for term in kb.vocabularies["search_word"].values()}


def place_words(kb: KnowledgeBase) -> dict[str, list[str]]:
    """Words for a place with the institutions they mean: towns, provinces, and names long and short."""
    found: dict[str, list[str]] = {}
    for item in published(kb.institutions):
        names = [item.name, *item.also_known_as, *(location.name for location in item.locations)]
        words = [item.place, *words_of(kb.term("province", item.province))]
        words += [form for name in names for form in name_forms(kb, item, name)]
        words += [short for word in words if (short := word.partition(" aan ")[0])]
        for word in dict.fromkeys(word.casefold() for word in words):
            found.setdefault(word, []).append(item.id)
    return found


def name_forms(kb: KnowledgeBase, item: Institution, name: str) -> list[str]:
    """A name as people say it: whole, without "PI", without "De", and what stands between brackets by itself."""
    outer, _, inner = name.partition(" (")
    forms = [outer, inner.rstrip(")")]
    kind = kb.term("institution_kind", item.kind)
    for opening in (*words_of(kind), kind.id):
        forms += [form[len(opening) + 1 :] for form in forms if form.casefold().startswith(f"{opening.casefold()} ")]
    forms += [form.partition(" ")[2] for form in forms if form.partition(" ")[0] in {"De", "Den"}]
    return [name, *(form for form in forms if form)]
