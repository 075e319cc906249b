"""Every task from its start to its end with the keyboard alone: Tab to go on, letters to choose, Enter or space to do."""

import re

import pytest
from playwright.sync_api import Page, expect

MOST_STEPS = 400  # more Tabs than any page has stops before what a task needs


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on what the selector names, and see that it is in sight."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            assert page.evaluate("document.activeElement.getClientRects().length") > 0, f"{selector} is not in sight"
            return
    raise AssertionError(f"Tab never comes to {selector}")


def choose(page: Page, selector: str, name: str) -> None:
    """Choose from a list by typing the name."""
    tab_to(page, selector)
    page.keyboard.type(name)


@pytest.mark.long
def test_my_pi_is_chosen_and_forgotten(visit) -> None:
    page = visit("index.html")
    tab_to(page, "[data-kb='pi-pick'] > summary")
    page.keyboard.press("Enter")
    expect(page.locator("[data-kb='pi-pick'] optgroup")).to_have_count(2)
    choose(page, "[data-kb='pi-pick'] select", "PI Zwolle")
    expect(page.locator("[data-kb='mine-pi'] a")).to_have_text("PI Zwolle")
    tab_to(page, "[data-action='forget-pi']")
    page.keyboard.press("Enter")
    expect(page.locator("[data-kb='mine-pi']")).to_be_hidden()


def test_the_filters_can_be_passed_by(visit) -> None:
    for url, target in (
        ("interventions/index.html#target_group=fathers", "#kb-results-title"),
        ("choose/table.html", "#tabel-alles"),
    ):
        page = visit(url)
        before = page.evaluate("location.hash")
        tab_to(page, "[data-action='past']")
        page.keyboard.press("Enter")
        assert page.evaluate("target => document.activeElement.matches(target)", target)
        assert page.evaluate("location.hash") == before


def test_what_runs_in_my_institution_is_found_from_home(visit) -> None:
    page = visit("index.html")
    tab_to(page, ".kb-door .kb-pick > summary")
    page.keyboard.press("Enter")
    tab_to(page, "a[href='institutions/zwolle.html']")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("PI Zwolle")
    tab_to(page, ".kb-runs a")


def test_a_question_is_asked_in_the_header(visit) -> None:
    page = visit("about/index.html")
    tab_to(page, "#kb-header-search")
    page.keyboard.type("mijn kind en ik")
    expect(page.locator("#kb-header-search-list [role='option']").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Mijn Kind en Ik")


@pytest.mark.long
def test_entries_are_compared(visit) -> None:
    page = visit("choose/compare.html")
    for name in ("Puinruimen", "SOS-groepscursus"):
        choose(page, "select[name='add']", name)
        tab_to(page, "[data-action='add']")
        page.keyboard.press("Enter")
        expect(page.locator("table[data-table='compare'] thead th", has_text=name)).to_be_visible()
    tab_to(page, "input[name='only']")
    page.keyboard.press("Space")
    expect(page.locator("tr[data-row='kind']")).to_be_hidden()


@pytest.mark.long
def test_a_list_is_collected_and_noted(visit, site_url: str) -> None:
    page = visit("interventions/index.html")
    tab_to(page, "article[data-id] [data-kb='save']")
    page.keyboard.press("Enter")
    saved = page.evaluate("document.activeElement.dataset.save")
    page.goto(f"{site_url}choose/list.html")
    entry = f"[data-entry='{saved}']"
    expect(page.locator(entry)).to_be_visible()
    tab_to(page, f"{entry} textarea")
    page.keyboard.type("Vragen aan de casemanager")
    page.keyboard.press("Tab")
    assert "casemanager" in page.evaluate("localStorage.getItem('kennisbank.my-list')")


@pytest.mark.long
def test_a_transfer_is_looked_up(visit) -> None:
    page = visit("institutions/transfer.html")
    choose(page, "select[name='from']", "PI Zwolle")
    choose(page, "select[name='to']", "PI Rotterdam")
    first = page.locator("[data-list] .kb-fit a").first
    expect(first).to_be_visible()
    tab_to(page, "[data-list] .kb-fit a")
    page.keyboard.press("Enter")
    expect(page.locator("[data-part='facts']")).to_be_visible()


@pytest.mark.long
def test_the_matrix_is_printed_on_one_sheet_narrowed_and_read(visit) -> None:
    page = visit("institutions/matrix.html")
    page.evaluate("window.print = () => { window.printed = true }")
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed")
    assert len(re.findall(rb"/Type */Page\b", page.pdf(prefer_css_page_size=True))) == 1
    rows = page.locator("table[data-table='matrix'] tbody tr:not([hidden])")
    before = rows.count()
    choose(page, "select[name='category']", "Ouderschap")
    expect(rows).not_to_have_count(before)
    tab_to(page, ".kb-matrix")
    page.keyboard.press("ArrowRight")
    tab_to(page, "table[data-table='matrix'] tbody a")


def test_the_map_is_narrowed_and_followed(visit) -> None:
    page = visit("institutions/index.html")
    choose(page, "select[name='intervention']", "DAPPER")
    expect(page.locator("[data-kb='map-count']")).to_contain_text("DAPPER")
    tab_to(page, ".kb-map svg a")
    page.keyboard.press("Enter")
    expect(page.locator(".kb-runs")).to_be_visible()
