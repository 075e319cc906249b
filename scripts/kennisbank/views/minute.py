"""The eight answers of "in één minuut": what a member of staff needs before anything else, one line each.

Each answer leads to the part of the page that says more. What no source says is ``None`` or empty.
"""

from __future__ import annotations

from typing import TypedDict

from kennisbank.model import Intervention, KnowledgeBase
from kennisbank.views import common, meanings, offered, shapes, standing

# Where a note stands that names no part of the page.
UNPLACED = "claims"

# Groups in sight that a source does not close without more; what endangers somebody is never folded.
LEAST_SOFTLY = 2

# In characters: a longer sentence takes the first screen of what decides.
LONGEST_TOLD = 90


class MinuteView(TypedDict):
    """The answers, ready to print by ``templates/minute.jinja``."""

    headings: dict[str, common.View]
    groups: list[str]
    open_to: list[str]
    mixed: list[str]
    excluded: list[str]
    excluded_softly: list[str]
    softly_in_sight: int
    instead: list[common.View]
    asks: list[shapes.FieldView]
    told: str | None
    told_more: bool
    formats: list[str]
    leads: list[str]
    entry: str | None
    referring: list[str]
    entry_more: int
    everywhere: bool
    places: dict[str, int]
    ask: offered.AskView
    certainty: common.View
    cautions: list[str]
    cautions_more: bool
    cares: list[str]
    doubts: list[common.View]


def show_minute(kb: KnowledgeBase, item: Intervention) -> MinuteView:
    """The answers about one intervention."""
    first = common.first_sentence(item.selection[0].text) if item.selection else None
    doubted = [note for note in item.editor_notes if not meanings.is_remark(kb, note)]
    parts = dict.fromkeys(note.part or UNPLACED for note in doubted)
    evidence = kb.term("evidence", item.evidence.strength)
    mixed = meanings.mixed_groups(item)
    told = told_of_dosage(item)
    is_long = told is not None and len(told) > LONGEST_TOLD
    dangers = kb.ids("exclusion", danger=True)
    cautions = [common.first_sentence(risk.text) for risk in item.risks]
    closed = sorted(
        (one for one in item.not_suitable if one.group not in mixed), key=lambda one: one.group not in dangers
    )
    dangerous = tuple(one for one in closed if meanings.is_soft(one) and one.group in dangers)
    return {
        "headings": {
            term.id: {"label": term.label, "anchor": term.anchor} for term in kb.vocabularies["answer"].values()
        },
        "groups": labels(kb, item, "target_groups"),
        "open_to": labels(kb, item, "open_to", tuple(one for one in item.open_to if one.group not in mixed)),
        "mixed": labels(kb, item, "open_to", tuple(one for one in item.open_to if one.group in mixed)),
        "excluded": labels(kb, item, "not_suitable", tuple(one for one in closed if not meanings.is_soft(one))),
        "excluded_softly": labels(kb, item, "not_suitable", tuple(one for one in closed if meanings.is_soft(one))),
        "softly_in_sight": max(LEAST_SOFTLY, len(labels(kb, item, "not_suitable", dangerous))),
        "instead": instead_views(kb, item),
        "asks": [
            field(kb, item, name) for name in ("dosage", "group_size", "min_stay_weeks") if item.get(name) is not None
        ],
        "told": None if is_long else told,
        "told_more": is_long,
        "formats": labels(kb, item, "formats"),
        "leads": labels(kb, item, "delivered_by"),
        "entry": first,
        "referring": referring_labels(kb, item),
        "entry_more": len(item.selection) - (first is not None and first == item.selection[0].text),
        "everywhere": meanings.is_everywhere(kb, item.id),
        "places": standing.count_places(kb, item.id),
        "ask": offered.ask_about(kb, item),
        "certainty": {
            "label": evidence.label,
            "bars": evidence.bars,
            "studied": evidence.studied,
            "recognised": item.recognition.level if item.recognition else None,
        },
        "cautions": cautions,
        "cautions_more": any(told != risk.text for told, risk in zip(cautions, item.risks, strict=True)),
        "cares": meanings.cares_of(kb, item),
        "doubts": [
            {"label": kb.term("part", part).label, "anchor": kb.term("part", part).anchor}
            for part in kb.vocabularies["part"]
            if part in parts
        ],
    }


def instead_views(kb: KnowledgeBase, item: Intervention) -> list[common.View]:
    """What a source names for who cannot join, each with the groups for whom that have a word."""
    found: dict[str, list[str]] = {}
    for one in item.not_suitable:
        term = kb.term("exclusion", one.group)
        if one.instead_of:
            found.setdefault(one.instead_of, []).extend([] if term.vague else [term.label])
    return [
        {"name": kb.interventions[name].name, "url": common.url_of("intervention", name), "groups": groups}
        for name, groups in found.items()
    ]


def referring_labels(kb: KnowledgeBase, item: Intervention) -> list[str]:
    """Who refers or enrols, by function; a role that says that the source does not say which is no answer."""
    vague = kb.ids("role", vague=True)
    return labels(kb, item, "referred_by", tuple(one for one in item.referred_by if one.role not in vague))


def told_of_dosage(item: Intervention) -> str | None:
    """What is said first of how often and how long, where no source gives a number."""
    dosage = item.dosage
    if dosage is None or dosage.note is None or dosage.sessions or dosage.minutes or dosage.weeks:
        return None
    return common.first_sentence(dosage.note)


def field(kb: KnowledgeBase, item: Intervention, name: str) -> shapes.FieldView:
    """One field by its shape."""
    return shapes.show_field(kb, kb.fields["interventions"].by_name[name], item)


def labels(kb: KnowledgeBase, item: Intervention, name: str, values: tuple[object, ...] | None = None) -> list[str]:
    """A field as short texts, each once; of some of its ``values`` when these are given."""
    chosen = item.get(name) or () if values is None else values
    found = shapes.labels_of(kb, kb.fields["interventions"].by_name[name], chosen)
    return list(dict.fromkeys(found))
