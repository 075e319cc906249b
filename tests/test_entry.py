"""The page of an intervention: eight answers first, how it stands, remarks about the source at the end."""

import re
from collections.abc import Callable

import pytest

from kennisbank import model, render
from kennisbank.views import common, entry, meanings, minute, standing
from tests.helpers import tell_all, words

ANSWERS = ["for", "not-for", "asks", "leads", "entry", "where", "certainty", "caution"]


@pytest.fixture(scope="module")
def pages(kb: model.KnowledgeBase, read_page: Callable[[str], str]) -> dict[str, str]:
    """The built page of every intervention, by id."""
    return {item: read_page(f"interventions/{item}.html") for item in kb.interventions}


def test_the_eight_answers_stand_first_and_in_order(pages: dict[str, str]) -> None:
    tell_all(
        f"{name}: {found}"
        for name, page in pages.items()
        if (found := re.findall(r'data-answer="([a-z-]+)"', page)) != ANSWERS
        or page.index('data-part="minute"') > page.index('data-part="facts"')
    )


def test_whom_a_source_both_lets_in_and_keeps_out_stands_once_as_depending(kb: model.KnowledgeBase) -> None:
    views = {item.id: minute.show_minute(kb, item) for item in kb.interventions.values()}
    assert any(view["mixed"] for view in views.values())
    tell_all(
        f"{name}: {label}"
        for name, view in views.items()
        for label in view["open_to"] + view["mixed"]
        if label in view["excluded"] + view["excluded_softly"] or label in view["open_to"] and label in view["mixed"]
    )


def test_how_somebody_comes_in_names_who_refers_or_enrols(kb: model.KnowledgeBase, pages: dict[str, str]) -> None:
    vague = kb.ids("role", vague=True)
    known = {
        item.id: [one.role for one in item.referred_by if one.role not in vague] for item in kb.interventions.values()
    }
    assert any(known.values())
    answers = {
        name: page.partition('data-answer="entry"')[2].partition("</dd>")[0].casefold() for name, page in pages.items()
    }
    tell_all(
        f"{name}: {role}"
        for name, roles in known.items()
        for role in roles
        if kb.term("role", role).label.casefold() not in words(answers[name]).casefold()
    )


def test_what_it_asks_begins_with_words_and_what_has_ended_asks_nobody(kb: model.KnowledgeBase) -> None:
    template = render.environment().get_template("minute.jinja").make_module({})
    wrong, ended = [], 0
    for item in kb.interventions.values():
        stands = standing.of_intervention(kb, item)
        shown = str(template.print(minute.show_minute(kb, item), stands, ""))
        told = dict(re.findall(r'data-answer="([a-z-]+)".*?<dd>(.*?)</dd>', shown, re.DOTALL))
        wrong += [f"{item.id}: {words(told['asks'])}"] if words(told["asks"]).startswith("·") else []
        ended += stands["id"] == standing.ENDED
        wrong += [f"{item.id}: asks"] if stands["id"] == standing.ENDED and "Vraag het" in told["where"] else []
    assert ended
    tell_all(wrong)


def test_every_entry_says_how_it_stands(pages: dict[str, str]) -> None:
    tell_all(f"{name}: no data-standing" for name, page in pages.items() if "data-standing=" not in page)


def test_remarks_about_the_source_stand_together_and_warnings_at_their_part(kb: model.KnowledgeBase) -> None:
    wrong = []
    for item in kb.interventions.values():
        view = entry.show_intervention_end(kb, item.id)
        remarks = {note["text"] for note in view["remarks"]}
        expected = {note.text for note in item.editor_notes if meanings.is_remark(kb, note)}
        if remarks != expected:
            wrong.append(item.id)
    tell_all(wrong)


def test_what_can_go_wrong_and_what_to_do_then_are_in_sight_together(
    kb: model.KnowledgeBase, pages: dict[str, str]
) -> None:
    told = [item for item in kb.interventions.values() if item.risks and item.advice]
    tell_all(
        item.id
        for item in told
        if re.search(r"<details|</section>", pages[item.id].partition('id="risico"')[2].partition('id="advies"')[0])
    )


def test_whether_a_source_says_when_to_stop_is_on_every_page(kb: model.KnowledgeBase, pages: dict[str, str]) -> None:
    label = kb.fields["interventions"].by_name["stop_rules"].label
    tell_all(
        item.id
        for item in kb.interventions.values()
        if (f"{label}</h3>" if item.stop_rules else label[0].lower() + label[1:]) not in pages[item.id]
    )


def test_what_endangers_somebody_is_told_first_of_who_cannot_join(kb: model.KnowledgeBase) -> None:
    """The list is cut short in sight."""
    dangers = set(kb.ids("exclusion", danger=True))
    wrong, seen = [], 0
    for item in kb.interventions.values():
        view = minute.show_minute(kb, item)
        for name in ("excluded", "excluded_softly"):
            is_soft = name == "excluded_softly"
            mixed = meanings.mixed_groups(item)
            groups = [
                one.group
                for one in item.not_suitable
                if meanings.is_soft(one) == is_soft and one.group not in mixed and one.group in dangers
            ]
            told = [kb.term("exclusion", group).label for group in groups]
            seen += len(told)
            wrong += [f"{item.id}: {view[name]}"] if sorted(view[name][: len(told)]) != sorted(told) else []
    assert dangers and seen
    tell_all(wrong)


def test_no_risk_is_folded_away_in_the_first_minute(kb: model.KnowledgeBase, pages: dict[str, str]) -> None:
    """Each begins in sight; and of who cannot join without more all that endangers somebody is."""
    dangers = {kb.term("exclusion", group).label for group in kb.ids("exclusion", danger=True)}
    wrong, seen = [], 0
    for item in kb.interventions.values():
        told = words(pages[item.id].partition('data-answer="caution"')[2].partition("</dd>")[0])
        seen += len(item.risks) > 1
        wrong += [
            f"{item.id}: {risk.text}" for risk in item.risks if words(common.first_sentence(risk.text)) not in told
        ]
        view = minute.show_minute(kb, item)
        wrong += [
            f"{item.id}: {label}" for label in view["excluded_softly"][view["softly_in_sight"] :] if label in dangers
        ]
    assert seen
    tell_all(wrong)
