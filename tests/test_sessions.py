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


def test_a_plan_suits_every_number_of_the_classes_of_its_group(kb: model.KnowledgeBase) -> None:
    field, classes = sessions.facets(kb)["group"], kb.vocabularies["group_class"]
    wrong = []
    for plan in kb.trainings.values():
        size = plan.group_size
        wrong += [
            f"{plan.id}: {term}"
            for term in sessions.terms_of(kb, field, plan)
            if size and ((size.min or 0) > classes[term].low or (size.max or 999) < classes[term].high)
        ]
    assert kb.trainings
    tell_all(wrong)
    plan = next(iter(kb.trainings.values()))
    small = dataclasses.replace(plan, group_size=model.Range(min=4, max=10))
    assert sessions.terms_of(kb, field, small) == ["up-to-5-people", "6-to-8-people", "9-to-10-people"]
    assert sessions.terms_of(kb, field, dataclasses.replace(plan, group_size=None)) == list(classes)


@pytest.mark.parametrize(
    ("minutes", "others", "terms"),
    [
        (75, (), {"up-to-90-minutes", "up-to-120-minutes"}),
        (120, (60,), {"up-to-60-minutes", "up-to-90-minutes", "up-to-120-minutes"}),
        (120, (150,), {"up-to-120-minutes", "over-120-minutes"}),
        (150, (), {"over-120-minutes"}),
    ],
)
def test_what_fits_in_an_hour_fits_in_two(
    kb: model.KnowledgeBase, minutes: int, others: tuple[int, ...], terms: set[str]
) -> None:
    field = sessions.facets(kb)["length"]
    plan = dataclasses.replace(
        next(iter(kb.trainings.values())),
        minutes=minutes,
        variations=tuple(model.Variation(kind="other", text="Anders.", minutes=other) for other in others),
        short=None,
    )
    assert set(sessions.terms_of(kb, field, plan)) == terms
    short = dataclasses.replace(plan, short=model.Short(steps=(model.Step(minutes=12), model.Step(minutes=8))))
    assert set(sessions.terms_of(kb, field, short)) == terms | {"up-to-45-minutes"}
    assert 20 in sessions.plan_card(kb, short)["other_minutes"]


def test_the_list_can_be_narrowed_by_time_group_audience_and_weight(kb: model.KnowledgeBase) -> None:
    view = views.PAGES["trainings"](kb)
    assert [facet["id"] for facet in view["facets"]][:4] == ["length", "group", "audience", "complexity"]
    assert (
        view["total"]
        == len(view["cards"])
        == len([plan for plan in kb.trainings.values() if plan.status == "published"])
    )
