"""The tour of the site: twenty minutes of tasks with answers that are reckoned from the data, so that they stay true."""

from __future__ import annotations

from typing import TypedDict

from kennisbank.model import KnowledgeBase
from kennisbank.views import common, sessions
from kennisbank.views.catalogue import listed

# Minutes: one task each, and what stands around them.
TASK, OPENING = 3, 2


class TourView(TypedDict):
    """What the page `tour` is printed from."""

    minutes: int
    opening: int
    each: int
    tasks: list[common.View]


def show_tour(kb: KnowledgeBase) -> TourView:
    """The tasks, each with its page and its answer, in the order of the tour; without those that the data leave no answer."""
    tasks = [task for make in TASKS if (task := make(kb))]
    return {
        "minutes": OPENING + TASK * len(tasks),
        "opening": OPENING,
        "each": TASK,
        "tasks": tasks,
    }


def task_catalogue(kb: KnowledgeBase) -> common.View | None:
    """How many entries are for parents in detention."""
    term = kb.ids("target_group", parent=True)[0]
    number = sum(term in item.target_groups for item in listed(kb))
    return {
        "id": "catalogue",
        "word": kb.term("target_group", term).label,
        "url": "interventions/index.html",
        "check": common.filter_url("target_group", term),
        "answer": number,
    }


def task_institution(kb: KnowledgeBase) -> common.View | None:
    """How many rows the institution with most offers has."""
    rows, place_id = max(((len(kb.offers_at.get(name, ())), name) for name in kb.institutions), default=(0, ""))
    if not rows:
        return None
    place = kb.institutions[place_id]
    return {
        "id": "institution",
        "word": place.name,
        "url": "institutions/index.html",
        "check": common.url_of("institution", place.id),
        "answer": rows,
    }


def task_evidence(kb: KnowledgeBase) -> common.View | None:
    """What is known of the entry with most claims."""
    item = max(listed(kb), key=lambda entry: (len(entry.claims), entry.id), default=None)
    if not item:
        return None
    return {
        "id": "evidence",
        "word": item.name,
        "url": "interventions/index.html",
        "check": common.url_of("intervention", item.id),
        "answer": kb.term("evidence", item.evidence.strength).label,
    }


def task_source(kb: KnowledgeBase) -> common.View | None:
    """On what the source that most entries name rests: when it was made."""
    named = [ref.id for item in listed(kb) for ref in item.sources]
    if not named:
        return None
    source = kb.sources[max(sorted(set(named)), key=named.count)]
    return {
        "id": "source",
        "word": source.short or source.title,
        "url": "sources.html",
        "check": f"sources.html#{source.id}",
        "answer": source.year,
    }


def task_sessions(kb: KnowledgeBase) -> common.View | None:
    """How many session plans are for who holds the most of them."""
    field = sessions.facets(kb)["audience"]
    counts = {
        term: sum(term in sessions.terms_of(kb, field, item) for item in sessions.published(kb))
        for term in kb.vocabularies["training_audience"]
    }
    term = max(counts, key=lambda name: counts[name])
    if not counts[term]:
        return None
    return {
        "id": "sessions",
        "word": kb.term("training_audience", term).label,
        "url": "trainings/index.html",
        "check": f"trainings/index.html#audience={term}",
        "answer": counts[term],
    }


def task_builder(kb: KnowledgeBase) -> common.View | None:
    """How many minutes a plan leaves free."""
    plan = next(iter(sessions.published(kb)), None)
    if not plan:
        return None
    return {
        "id": "builder",
        "word": plan.title,
        "url": "trainings/builder.html",
        "check": f"trainings/builder.html#plan={plan.id}",
        "answer": plan.buffer,
    }


TASKS = (task_catalogue, task_institution, task_evidence, task_source, task_sessions, task_builder)
