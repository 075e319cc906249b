"""The tour, the self-test and the decks: every task of the tour is done, and its answer is the one that the page gives."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from kennisbank import model
from tests.helpers import tell_all


def find_answer(page: Page, task: str) -> str:
    """What a reader finds who does the task."""
    if task in {"catalogue", "sessions"}:
        return page.locator("main [role='status'][data-count]").first.get_attribute("data-count") or ""
    if task == "institution":
        return str(page.locator("table[data-table='offers'] tbody tr[data-intervention]").count())
    if task == "evidence":
        return page.locator("[data-part='evidence'] .kb-evidence strong").first.inner_text().rstrip(".")
    if task == "source":
        year = re.search(r"\b(?:19|20)\d\d\b", page.locator(".kb-sourcecard:target, :target").first.inner_text())
        return year[0] if year else ""
    return page.locator("[data-total='buffer']").get_attribute("data-value") or ""


def test_every_task_of_the_tour_has_the_answer_that_its_page_gives(visit: Callable[..., Page]) -> None:
    page = visit("trainings/guide.html", javascript=False)
    tasks = [
        (
            item.get_attribute("data-task") or "",
            item.locator("[data-answer]").text_content() or "",
            item.get_by_role("link", include_hidden=True).last.get_attribute("href") or "",
        )
        for item in page.locator("li[data-task]").all()
    ]
    assert len(tasks) == 6
    wrong = []
    for task, answer, link in tasks:
        found = find_answer(visit("trainings/" + link), task)
        wrong += [f"{task}: the page says {found!r}, the tour {answer!r}"] if found != answer else []
    tell_all(wrong)


def test_the_self_test_explains_and_keeps_nothing(visit: Callable[..., Page]) -> None:
    page = visit("trainings/self-test.html")
    items = page.locator("li[data-verdict]")
    expect(items).to_have_count(10)
    first = items.first
    verdict = first.get_attribute("data-verdict")
    expect(first.locator("details")).not_to_have_attribute("open", "")
    first.locator(f"input[value='{verdict}']").check()
    expect(first.get_by_text("Dat vindt de redactie ook.")).to_be_visible()
    items.nth(1).locator(f"input:not([value='{items.nth(1).get_attribute('data-verdict')}'])").first.check()
    expect(items.nth(1).get_by_text("De redactie oordeelt anders.")).to_be_visible()
    expect(page.locator("[data-kb='test-count']")).to_have_text(
        "2 van 10 beantwoord, 1 keer hetzelfde als de redactie."
    )
    page.reload()
    expect(page.locator("[data-kb='test-count']")).to_have_text("")
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_a_deck_is_shown_card_by_card_with_the_keyboard(visit: Callable[..., Page], kb: model.KnowledgeBase) -> None:
    page = visit("trainings/cards.html")
    deck = page.locator("[data-deck='buddy-begeleiden.situatiekaarten']")
    cards = next(sheet for sheet in kb.trainings["buddy-begeleiden"].handouts if sheet.id == "situatiekaarten").cards
    deck.get_by_role("button", name="Een voor een").press("Enter")
    shown = page.locator("[data-kb='deck-card']")
    expect(shown).to_contain_text(cards[0].text)
    page.keyboard.press("ArrowRight")
    expect(shown).to_contain_text(cards[1].text)
    assert page.url.endswith("#deck=buddy-begeleiden.situatiekaarten&card=2")
    page.keyboard.press("End")
    expect(page.locator("[data-kb='deck-place']")).to_have_text(f"Kaart {len(cards)} van {len(cards)}")
    expect(page.get_by_role("button", name="Volgende")).to_be_disabled()
    page.keyboard.press("Escape")
    expect(shown).to_be_hidden()
    assert deck.get_by_role("button", name="Een voor een").evaluate("button => button === document.activeElement")
