"""Every kind of page in a real browser: accessible, inside its width, without script, from disk, and on paper."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kennisbank import build, model

# One page of each kind; what is particular to the catalogue and the search has tests of its own.
KINDS = {
    "home": "index.html",
    "catalogue": "interventions/index.html",
    "entry": "interventions/puinruimen.html",
    "foreign entry": "interventions/sing-sing-rta.html",
    "category": "categories/herstelgerichte-cursus.html",
    "categories": "categories/index.html",
    "institution": "institutions/zwolle.html",
    "institutions": "institutions/index.html",
    "matrix": "institutions/matrix.html",
    "white spots": "institutions/gaps.html",
    "menu card": "cards/zwolle.html",
    "audience card": "cards/voor-fathers.html",
    "roles": "choose/roles.html",
    "organisation": "organisations/humanitas.html",
    "organisations": "organisations/index.html",
    "trainings": "trainings/index.html",
    "training": "trainings/grijs-gebied.html",
    "background": "background/peer-support.html",
    "sources": "sources.html",
    "glossary": "glossary.html",
    "about": "about/index.html",
    "privacy": "about/privacy.html",
    "data quality": "about/data-quality.html",
    "downloads": "downloads.html",
    "editors": "editors/index.html",
}


def open_all_details(page: Page) -> None:
    """Opens what folds, such as the filters."""
    page.evaluate("document.querySelectorAll('details').forEach(item => item.open = true)")


@pytest.mark.parametrize("url", KINDS.values(), ids=KINDS.keys())
def test_axe_finds_nothing_wide_and_narrow_light_and_dark(
    url: str, browser_page: Callable[..., Page], base_url: str, axe: Callable[..., None]
) -> None:
    page = browser_page()
    page.goto(base_url + url)
    open_all_details(page)
    central = {KINDS[kind] for kind in ("home", "entry", "category", "institution")}
    ways = [(1280, "light"), (320, "dark")] + ([(1280, "dark"), (320, "light")] if url in central else [])
    for width, scheme in ways:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        shown = {"light": "default", "dark": "slate"}[scheme]
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", shown)
        axe(page)


@pytest.mark.parametrize("url", KINDS.values(), ids=KINDS.keys())
def test_nothing_sticks_out_at_320_pixels(url: str, browser_page: Callable[..., Page], base_url: str) -> None:
    page = browser_page(width=320)
    page.goto(base_url + url)
    open_all_details(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("host", ["http", "file"])
@pytest.mark.parametrize("url", KINDS.values(), ids=KINDS.keys())
def test_a_page_works_on_the_web_and_from_disk(
    url: str, host: str, browser_page: Callable[..., Page], base_url: str, file_url: str
) -> None:
    """The fixture fails on a request to elsewhere and a script that throws; this also on a file that fails to load."""
    page = browser_page()
    mistakes: list[str] = []
    page.on("console", lambda message: mistakes.append(message.text) if message.type == "error" else None)
    page.on("requestfailed", lambda request: mistakes.append(request.url))
    page.goto((base_url if host == "http" else file_url) + url)
    expect(page.locator("h1").first).to_be_visible()
    assert browser_page.recorder.all
    assert not mistakes


@pytest.mark.parametrize("url", KINDS.values(), ids=KINDS.keys())
def test_a_page_reads_without_javascript(url: str, browser_page: Callable[..., Page], base_url: str) -> None:
    page = browser_page(javascript=False)
    page.goto(base_url + url)
    assert page.locator("h1").first.is_visible()
    assert len(page.locator("main").inner_text()) > 200


def test_without_script_the_whole_catalogue_can_be_read(browser_page: Callable[..., Page], file_url: str) -> None:
    page = browser_page(javascript=False)
    page.goto(file_url + "interventions/index.html")
    cards = page.locator("article[data-id]")
    assert cards.count() > 30
    expect(cards.last).to_be_visible()
    expect(page.locator(".kb-letters")).to_be_visible()
    expect(page.locator('input[name="q"]')).to_be_hidden()


def test_without_script_nothing_that_needs_it_is_shown(browser_page: Callable[..., Page], file_url: str) -> None:
    for url in ("index.html", "institutions/matrix.html", "institutions/index.html"):
        page = browser_page(javascript=False)
        page.goto(file_url + url)
        for element in page.locator(".kb-js-only").all():
            expect(element).to_be_hidden()


def test_from_the_home_page_an_institution_is_one_choice_away(browser_page: Callable[..., Page], base_url: str) -> None:
    page = browser_page()
    page.goto(base_url)
    page.get_by_text("Kies je inrichting").click()
    page.get_by_role("link", name="PI Zwolle", exact=True).click()
    expect(page.locator("h1")).to_have_text("PI Zwolle")
    expect(page.locator('table[data-table="offers"]')).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("width", [360, 768, 1280, 1920])
def test_every_choice_of_an_open_list_is_in_sight_or_further_down(
    width: int, javascript: bool, browser_page: Callable[..., Page], base_url: str, kb: model.KnowledgeBase
) -> None:
    page = browser_page(width=width, javascript=javascript)
    page.goto(base_url)
    page.locator(".kb-door summary", has_text="Kies je inrichting").click()
    links = page.locator(".kb-door .kb-pick a")
    names = links.all_inner_texts()
    assert sorted(names) == sorted(item.name for item in kb.institutions.values() if item.status == "published")
    assert names == sorted(names, key=str.casefold)
    card = page.locator(".kb-door", has=page.locator(".kb-pick")).bounding_box()
    for link in links.all():
        box = link.bounding_box()
        assert card["x"] <= box["x"] and box["x"] + box["width"] <= card["x"] + card["width"], link.inner_text()
        assert card["y"] <= box["y"] and box["y"] + box["height"] <= card["y"] + card["height"], link.inner_text()
    # Nothing in between scrolls by itself, so the page is all that has to.
    inner = page.locator(".kb-door .kb-pick, .kb-door .kb-pick ul")
    for element in inner.all() if javascript else []:
        assert element.evaluate("e => e.scrollHeight <= e.clientHeight + 1 && e.scrollWidth <= e.clientWidth + 1")
    assert page.locator(".kb-door .kb-pick").count() == 1


def test_the_skip_link_is_the_first_stop(browser_page: Callable[..., Page], base_url: str) -> None:
    page = browser_page()
    page.goto(base_url + KINDS["entry"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href') || ''").startswith("#")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") != ""


@pytest.mark.parametrize("url", [KINDS["entry"], KINDS["institution"], KINDS["training"]])
def test_a_keyboard_reaches_every_link_and_the_focus_can_be_seen(
    url: str, browser_page: Callable[..., Page], base_url: str
) -> None:
    page = browser_page()
    page.goto(base_url + url)
    seen = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.add(
            page.evaluate(
                "(() => { const e = document.activeElement, s = getComputedStyle(e);"
                " return e.tagName + (s.outlineStyle === 'none' && s.boxShadow === 'none' ? ' unseen' : '') })()"
            )
        )
    assert "A" in seen
    assert not [name for name in seen if name.endswith("unseen") and not name.startswith("BODY")]


@pytest.mark.parametrize("kind", ["institution", "menu card", "entry", "training"])
def test_on_paper_only_the_content_remains(kind: str, browser_page: Callable[..., Page], file_url: str) -> None:
    page = browser_page()
    page.goto(file_url + KINDS[kind])
    page.emulate_media(media="print")
    for name in (".md-header", ".md-footer", ".kb-bar", ".kb-screen", ".md-sidebar"):
        for element in page.locator(name).all():
            expect(element).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()


def count_sheets(page: Page) -> int:
    """How many A4 sheets the page takes on paper."""
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_a_session_plan_fits_two_sheets_and_one_for_each_hand_out(
    browser_page: Callable[..., Page], file_url: str, project_root: Path
) -> None:
    page = browser_page()
    for training in build.read(project_root).trainings.values():
        page.goto(f"{file_url}trainings/{training.id}.html")
        assert count_sheets(page) <= 2 + len(training.handouts), training.id


def test_a_menu_card_fits_one_sheet(browser_page: Callable[..., Page], file_url: str, project_root: Path) -> None:
    page = browser_page()
    for institution in build.read(project_root).institutions:
        page.goto(f"{file_url}cards/{institution}.html")
        assert count_sheets(page) == 1, institution


def test_the_matrix_keeps_its_filter_in_the_address(browser_page: Callable[..., Page], base_url: str) -> None:
    page = browser_page()
    page.goto(base_url + "institutions/matrix.html#population=youth&category=nonsense&weird=1")
    rows = page.locator('table[data-table="matrix"] tbody tr:visible')
    youth = rows.count()
    assert 0 < youth < page.locator('table[data-table="matrix"] tbody tr').count()
    page.get_by_label("Thema").select_option("herstelgerichte-cursus")
    assert "category=herstelgerichte-cursus" in page.url
    page.go_back()
    expect(rows).to_have_count(youth)


def test_the_map_shows_where_one_intervention_is(browser_page: Callable[..., Page], file_url: str) -> None:
    page = browser_page()
    page.goto(file_url + "institutions/index.html#intervention=dapper")
    shown = page.locator(".kb-dot:not(.kb-dot--off)")
    assert sorted(dot.get_attribute("data-institution") for dot in shown.all()) == [
        "jji-teylingereind",
        "rjji-de-hartelborgt",
        "rjji-den-hey-acker",
    ]


def test_what_the_browser_remembers_can_be_wiped(browser_page: Callable[..., Page], base_url: str) -> None:
    page = browser_page()
    page.goto(base_url + "about/privacy.html")
    page.evaluate("localStorage.setItem('kennisbank.my-pi', 'zwolle')")
    page.get_by_role("button", name="Wis wat deze browser onthoudt").click()
    assert page.evaluate("localStorage.length") == 0
    expect(page.locator('[data-kb="forgotten"]')).not_to_be_empty()


def test_no_page_sets_a_cookie(browser_page: Callable[..., Page], base_url: str) -> None:
    page = browser_page()
    for url in KINDS.values():
        page.goto(base_url + url)
    assert page.context.cookies() == []
