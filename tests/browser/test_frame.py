"""What frame.js takes over from the theme's own script: colours and the drawer, by mouse and by keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.helpers import on_both, tell_all


def scheme(page: Page) -> str:
    """The colour scheme that the page shows."""
    return page.evaluate("document.body.getAttribute('data-md-color-scheme')")


@on_both
def test_the_reader_chooses_dark_and_keeps_it(visit: Callable[..., Page], site_url: str) -> None:
    page = visit("sources.html")
    assert scheme(page) == "default"
    page.locator("label[title='Donker maken']").click()
    assert scheme(page) == "slate"
    page.goto(site_url + "glossary.html")
    assert scheme(page) == "slate"


def test_without_a_choice_the_system_decides(visit: Callable[..., Page]) -> None:
    page = visit("sources.html", scheme="dark")
    assert scheme(page) == "slate"


@pytest.mark.long
def test_whatever_stands_in_the_store_the_page_has_colours(visit: Callable[..., Page]) -> None:
    page, wrong = visit("about/privacy.html"), []
    for kept in ('{"index":"constructor"}', '{"index":-1}', '{"index":9}', '"x"', "7"):
        page.evaluate("kept => localStorage.setItem(new URL(Kennisbank.root).pathname + '.__palette', kept)", kept)
        page.reload()
        before = scheme(page)
        page.locator("label[title='Donker maken']").click()
        wrong += [kept] if (before, scheme(page)) != ("default", "slate") else []
    tell_all(wrong)


@pytest.mark.long
@on_both
def test_forgetting_leaves_what_others_keep_at_the_same_address(visit: Callable[..., Page], site_url: str) -> None:
    page = visit("about/privacy.html#mine=puinruimen")
    page.locator("label[title='Donker maken']").click()
    page.evaluate("localStorage.setItem('of-others', '1'); localStorage.setItem('kennisbank.my-pi', 'zwolle')")
    page.locator("[data-action='forget']").click()
    expect(page.locator("[data-kb='forgotten']")).not_to_be_empty()
    assert page.evaluate("Object.keys(localStorage)") == ["of-others"]


@pytest.mark.long
def test_the_drawer_opens_and_closes_by_keyboard(visit: Callable[..., Page]) -> None:
    page = visit("sources.html", width=360)
    drawer = page.locator("#__drawer")
    page.locator("label.md-header__button[for='__drawer']").first.click()
    expect(drawer).to_be_checked()
    page.keyboard.press("Escape")
    expect(drawer).not_to_be_checked()


def test_the_keys_reach_the_menu_of_a_narrow_screen_and_nothing_of_it_while_it_is_closed(
    visit: Callable[..., Page],
) -> None:
    page = visit("sources.html", width=360)
    menu = page.get_by_role("button", name="Menu")
    expect(menu).to_have_attribute("aria-expanded", "false")
    menu.focus()
    for _ in range(6):
        page.keyboard.press("Tab")
        assert not page.evaluate("document.activeElement.closest('.md-sidebar--primary')"), "the focus is out of sight"
    menu.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    assert page.evaluate("document.activeElement.closest('.md-sidebar--primary') !== null")
    part = page.locator(".md-nav--primary").get_by_role("button", name="Inrichtingen")
    part.press("Enter")
    expect(page.locator(".md-nav--primary a[href$='institutions/matrix.html']")).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()


def test_the_button_for_colours_says_what_it_does_and_keeps_the_focus(visit: Callable[..., Page]) -> None:
    page = visit("sources.html")
    page.get_by_role("button", name="Donker maken").press("Enter")
    assert scheme(page) == "slate"
    expect(page.get_by_role("button", name="Licht maken")).to_be_focused()
    expect(page.get_by_role("banner").get_by_role("radio")).to_have_count(0)
    page.keyboard.press("Space")
    assert scheme(page) == "default"


def test_the_page_listens_to_no_single_letter(visit: Callable[..., Page]) -> None:
    page = visit("sources.html")
    before = page.url
    for key in ("p", "n", "s", "f", ".", ","):
        page.keyboard.press(key)
    assert page.url == before
    assert page.evaluate("document.activeElement === document.body")


@pytest.mark.long
def test_an_address_opens_what_is_folded_there(visit: Callable[..., Page]) -> None:
    """The fold itself, and a place within one."""
    page = visit("institutions/gaps.html#gemist-arnhem")
    expect(page.locator("#gemist-arnhem")).to_have_attribute("open", "")
    page.evaluate("location.hash = 'gemist-zwolle'")
    expect(page.locator("#gemist-zwolle p").last).to_be_in_viewport()
    page = visit("institutions/arnhem.html#onbekend-lijst")
    expect(page.locator("#onbekend-lijst")).to_be_visible()
