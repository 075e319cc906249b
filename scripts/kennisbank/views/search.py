"""What the search engine knows: one document per page a reader can look for, and the words that mean the same."""

from __future__ import annotations

from collections.abc import Mapping

from kennisbank.model import Intervention, KnowledgeBase
from kennisbank.views import common
from kennisbank.views.catalogue import listed, places_of

# Closed lists whose labels and synonyms help to find an intervention, with the field that uses them.
SEARCHED = {
    "category": lambda item: (item.category, *item.also_in),
    "kind": lambda item: (item.kind,),
    "goal": lambda item: item.goals,
    "target_group": lambda item: item.target_groups,
    "setting": lambda item: item.settings,
    "phase": lambda item: item.phases,
    "format": lambda item: item.formats,
    "pillar": lambda item: item.pillars,
    "country": lambda item: item.countries,
}


def show_search(kb: KnowledgeBase, texts: Mapping[str, str] | None = None, pages: list[dict] | None = None) -> dict:
    """All documents for the search engine.

    ``texts`` gives the narrative per address (plain text); ``pages`` are the pages without a record
    (``title``, ``url``, ``text``), which become documents of type ``background``.
    """
    texts = texts or {}
    places = places_of(kb)
    documents = [intervention_document(kb, item, places[item.id]) for item in listed(kb)]
    documents += [institution_document(kb, item) for item in kb.institutions.values() if item.status == "published"]
    documents += [
        {
            "id": item.id,
            "type": "organisation",
            "title": item.name,
            "aliases": list(item.also_known_as),
            "tagline": item.audience or "",
            "keywords": [],
            "text": item.summary,
            "url": common.url_of("organisation", item.id),
        }
        for item in kb.organisations.values()
        if item.status == "published"
    ]
    documents += [
        {
            "id": item.id,
            "type": "training",
            "title": item.title,
            "aliases": [],
            "tagline": item.tagline or "",
            "keywords": [],
            "text": " ".join(item.objectives),
            "url": common.url_of("training", item.id),
        }
        for item in kb.trainings.values()
        if item.status == "published"
    ]
    documents += [
        {
            "id": term.id,
            "type": "category",
            "title": term.label,
            "aliases": [],
            "tagline": term.description,
            "keywords": list(term.synonyms),
            "text": "",
            "url": common.url_of("category", term.id),
        }
        for term in kb.vocabularies["category"].values()
    ]
    documents += [
        {
            "id": entry.id,
            "type": "glossary",
            "title": entry.term,
            "aliases": [*([entry.abbreviation] if entry.abbreviation else []), *entry.also_known_as],
            "tagline": entry.description,
            "keywords": [],
            "text": "",
            "url": f"glossary.html#{entry.id}",
        }
        for entry in kb.glossary.values()
    ]
    documents += [
        {"id": page["url"], "type": "background", "aliases": [], "keywords": [], "tagline": "", **page}
        for page in pages or []
    ]
    for document in documents:
        extra = texts.get(document["url"])
        if extra:
            document["text"] = f"{document['text']} {extra}".strip()
    return {"documents": documents, "synonyms": synonym_groups(kb), "places": place_words(kb)}


def intervention_document(kb: KnowledgeBase, item: Intervention, places: list[str]) -> dict:
    """One intervention with every word that a reader may use for it."""
    keywords = list(item.keywords)
    for vocabulary, pick in SEARCHED.items():
        for term_id in pick(item):
            term = kb.term(vocabulary, term_id)
            keywords += [term.label, *term.synonyms]
    local = [offer.local_name for offer in kb.offers_of.get(item.id, ()) if offer.local_name]
    return {
        "id": item.id,
        "type": "intervention",
        "title": item.name,
        "aliases": list(dict.fromkeys([*item.also_known_as, *local])),
        "tagline": item.tagline,
        "keywords": list(dict.fromkeys(keywords)),
        "text": item.summary,
        "url": common.url_of("intervention", item.id),
        "institutions": places,
        "own_keywords": list(item.keywords),
    }


def institution_document(kb: KnowledgeBase, item) -> dict:
    """One institution, found by name, place, location and former name."""
    return {
        "id": item.id,
        "type": "institution",
        "title": item.name,
        "aliases": [*item.also_known_as, *(location.name for location in item.locations)],
        "tagline": f"{kb.term('institution_kind', item.kind).label} · {item.place}",
        "keywords": [item.place, kb.term("province", item.province).label],
        "text": "",
        "url": common.url_of("institution", item.id),
    }


def synonym_groups(kb: KnowledgeBase) -> dict[str, list[str]]:
    """Per everyday word the words of the field that mean it, from the ``search_word`` list."""
    return {term.label: list(term.synonyms) for term in kb.vocabularies["search_word"].values()}


def place_words(kb: KnowledgeBase) -> dict[str, str]:
    """Words for a place with the id of the institution they mean, when they mean only one."""
    found: dict[str, set[str]] = {}
    for item in kb.institutions.values():
        for word in (item.place, item.name, *item.also_known_as, *(location.name for location in item.locations)):
            found.setdefault(word.casefold(), set()).add(item.id)
    return {word: ids.pop() for word, ids in found.items() if len(ids) == 1}
