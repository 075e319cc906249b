"""Session plans: what a group needs, the clock, the list with its filters."""

import dataclasses

import pytest

from kennisbank import model, views
from kennisbank.views import kit, sessions, training
from tests.helpers import tell_all


@pytest.mark.parametrize(
    ("count", "per", "people", "number"),
    [
        (1, "participant", 12, 12),
        (2, "participant", 7, 14),
        (1, "pair", 7, 4),
        (1, "trio", 8, 3),
        (3, "session", 12, 3),
    ],
)
def test_a_group_needs_as_many_as_it_has_parts(
    kb: model.KnowledgeBase, count: int, per: str, people: int, number: int
) -> None:
    assert kit.count(kb, [model.Copies(count, per)], True, people) == number


def test_what_is_used_again_is_counted_once(kb: model.KnowledgeBase) -> None:
    pens = [model.Material("pen", 1, "participant"), model.Material("pen", 1, "pair")]
    assert kit.count(kb, pens, False, 10) == 10
    assert kit.count(kb, pens, True, 10) == 15


def test_the_clock_of_every_plan_ends_where_its_buffer_begins(kb: model.KnowledgeBase) -> None:
    ends = {
        plan.id: (training.strip_views(kb, plan)[-1]["end"] + plan.buffer, plan.minutes)
        for plan in kb.trainings.values()
    }
    tell_all(f"{plan}: {found}, not {meant}" for plan, (found, meant) in ends.items() if found != meant)


def test_every_sheet_of_a_plan_is_in_its_kit_and_every_answer_in_its_key(kb: model.KnowledgeBase) -> None:
    lacking = []
    for plan in kb.trainings.values():
        shown = kit.show_kit(kb, plan)
        sheets = {sheet["id"] for sheet in (*shown["sheets"], *(own for own in shown["key"] if own["text"]))}
        lacking += [f"{plan.id}: {sheet.id}" for sheet in plan.handouts if sheet.id not in sheets]
        answers = [answer["answer"] for sheet in shown["key"] for answer in sheet["answers"]]
        cards = [card for sheet in plan.handouts for card in sheet.cards if card.answer]
        lacking += [f"{plan.id}: {card.text[:40]}" for card in cards if card.answer not in answers]
    assert kb.trainings
    tell_all(lacking)


def test_a_number_or_a_range_falls_in_the_classes_that_it_touches(kb: model.KnowledgeBase) -> None:
    plan = next(iter(kb.trainings.values()))
    fields = sessions.facets(kb)
    classes = kb.vocabularies["group_class"]
    small = dataclasses.replace(plan, group_size=model.Range(min=4, max=7))
    held = [term.id for term in classes.values() if term.low <= 7 and term.high >= 4]
    assert sessions.terms_of(kb, fields["group"], small) == held and len(held) == 2
    anybody = dataclasses.replace(plan, group_size=None)
    assert sessions.terms_of(kb, fields["group"], anybody) == list(classes)
    lengths = kb.vocabularies["session_length"]
    for others, number in (((), 1), ((45, 300), 3)):
        shown = tuple(model.Variation(kind="other", text="Anders.", minutes=minutes) for minutes in others)
        timed = dataclasses.replace(plan, minutes=100, variations=shown)
        wanted = [term.id for term in lengths.values() if any(term.low <= m <= term.high for m in (100, *others))]
        assert sessions.terms_of(kb, fields["length"], timed) == wanted and len(wanted) == number


def test_the_list_can_be_narrowed_by_time_group_audience_and_weight(kb: model.KnowledgeBase) -> None:
    view = views.PAGES["trainings"](kb)
    assert [facet["id"] for facet in view["facets"]][:4] == ["length", "group", "audience", "complexity"]
    assert (
        view["total"]
        == len(view["cards"])
        == len([plan for plan in kb.trainings.values() if plan.status == "published"])
    )
