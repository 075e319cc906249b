"""The catalogue in a real browser: filters, text, address, keyboard, and without script."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import open_all_details
from tests.helpers import on_both, tell_all

ADDRESS = "interventions/index.html"
SHOWN = "article[data-id]:not([hidden])"
FACETS = {
    "category", "institution", "target_group", "setting", "phase", "format", "goal", "pillar", "role", "country",
    "evidence", "kind", "provider",
}  # fmt: skip


@pytest.fixture
def catalogue(visit: Callable[..., Page]) -> Callable[..., Page]:
    """A function that opens the catalogue: `catalogue("#q=yoga", width=320)`."""
    return lambda state="", **options: visit(ADDRESS + state, **options)


def count_shown(page: Page) -> int:
    """The number in the result line; it is also the number of articles in sight."""
    count = int(page.locator("[role='status']").get_attribute("data-count"))
    expect(page.locator(SHOWN)).to_have_count(count)
    return count


def ids_shown(page: Page) -> list[str]:
    """The ids of the articles in sight, in order."""
    return page.locator(SHOWN).evaluate_all("cards => cards.map(card => card.dataset.id)")


def terms_of(page: Page, facet: str) -> dict[str, int]:
    """Every term of a facet with the number beside it."""
    return page.locator(f"input[name='{facet}']").evaluate_all(
        "boxes => Object.fromEntries(boxes.map(box =>"
        " [box.value, +box.closest('label').querySelector('.kb-count').textContent]))"
    )


def ids_with(page: Page, facet: str, term: str) -> set[str]:
    """The ids of all articles that carry a term, in sight or not."""
    found = page.locator("article[data-id]").evaluate_all(
        "(cards, [name, term]) => cards"
        ".filter(card => (card.getAttribute('data-f-' + name) || '').split(' ').includes(term))"
        ".map(card => card.dataset.id)",
        [facet, term],
    )
    return set(found)


def choose(page: Page, facet: str, term: str) -> None:
    """Press a box as a reader does: open the facet and, in a long one, all of its terms first."""
    section = page.locator(f"[data-facet='{facet}']")
    if section.get_attribute("open") is None:
        section.locator("summary").click()
    box = section.locator(f"input[value='{term}']")
    more = section.locator("[data-action='more']")
    if not box.is_visible() and more.count():
        more.click()
    box.click()


def two_terms(page: Page, facet: str = "target_group") -> list[str]:
    """The two terms of a facet that stand with most entries."""
    terms = terms_of(page, facet)
    return sorted(terms, key=lambda term: -terms[term])[:2]


def wait_until(page: Page, condition: str) -> None:
    """Wait until a condition holds. Playwright's own wait_for_function needs `eval`, which the page forbids."""
    for _ in range(200):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(25)
    raise AssertionError(f"did not come true: {condition}")


def wait_for_text(page: Page) -> None:
    """Wait until a text in the address or the field has been answered."""
    wait_until(page, "Kennisbank.modules.has('search/engine')")


def test_every_entry_is_there_and_counted(catalogue) -> None:
    page = catalogue()
    total = page.locator("article[data-id]").count()
    assert total > 0
    assert count_shown(page) == total
    expect(page.locator("[role='status']")).to_have_count(1)


@pytest.mark.long
def test_the_first_text_field_called_q_is_that_of_the_catalogue(catalogue) -> None:
    page = catalogue()
    expect(page.locator("input[name='q']")).to_have_count(1)


def test_facets_are_those_of_the_contract_and_count_their_entries(catalogue) -> None:
    page = catalogue()
    names = page.locator("[data-facet]").evaluate_all("all => all.map(one => one.dataset.facet)")
    assert set(names) <= FACETS
    assert names
    counts = [(name, term, count) for name in names for term, count in terms_of(page, name).items()]
    tell_all(
        f"{name} {term} says {count}"
        for name, term, count in counts
        if not count == len(ids_with(page, name, term)) > 0
    )


def test_terms_of_one_facet_widen_and_facets_narrow(catalogue) -> None:
    page = catalogue()
    one, two = two_terms(page)
    choose(page, "target_group", one)
    assert set(ids_shown(page)) == ids_with(page, "target_group", one)
    choose(page, "target_group", two)
    either = ids_with(page, "target_group", one) | ids_with(page, "target_group", two)
    assert set(ids_shown(page)) == either
    form = two_terms(page, "format")[0]
    choose(page, "format", form)
    assert set(ids_shown(page)) == either & ids_with(page, "format", form)


def test_counts_follow_the_other_facets_and_not_their_own(catalogue) -> None:
    page = catalogue()
    one = two_terms(page)[0]
    before = terms_of(page, "target_group")
    choose(page, "target_group", one)
    assert terms_of(page, "target_group") == before
    within = ids_with(page, "target_group", one)
    counts = terms_of(page, "format")
    assert counts
    assert counts == {term: len(within & ids_with(page, "format", term)) for term in counts}


@pytest.mark.long
@on_both
def test_choice_is_in_the_address_and_in_the_history(catalogue) -> None:
    page = catalogue()
    total = count_shown(page)
    one, two = two_terms(page)
    choose(page, "target_group", one)
    assert page.evaluate("location.hash") == f"#target_group={one}"
    first = ids_shown(page)
    choose(page, "target_group", two)
    page.go_back()
    expect(page.locator("[role='status']")).to_have_attribute("data-count", str(len(first)))
    assert ids_shown(page) == first
    expect(page.locator(f"input[name='target_group'][value='{two}']")).not_to_be_checked()
    page.go_back()
    expect(page.locator("[role='status']")).to_have_attribute("data-count", str(total))
    page.go_forward()
    expect(page.locator("[role='status']")).to_have_attribute("data-count", str(len(first)))
    expect(page.locator(f"input[name='target_group'][value='{one}']")).to_be_checked()


@pytest.mark.long
def test_a_shared_address_gives_the_same_list(catalogue) -> None:
    page = catalogue()
    one, two = two_terms(page)
    choose(page, "target_group", one)
    choose(page, "target_group", two)
    choose(page, "format", two_terms(page, "format")[0])
    other = catalogue(page.evaluate("location.hash"))
    assert ids_shown(other) == ids_shown(page)


@pytest.mark.long
@on_both
def test_a_link_on_the_page_itself_changes_the_list(catalogue) -> None:
    page = catalogue()
    one = two_terms(page)[0]
    page.evaluate("hash => { location.hash = hash }", f"target_group={one}")
    count = len(ids_with(page, "target_group", one))
    expect(page.locator("[role='status']")).to_have_attribute("data-count", str(count))


UNKNOWN = (
    "#target_group=bestaat-niet",
    "#bestaat_niet=iets",
    "#q=",
    "#target_group=",
    "#==&&=",
    "#constructor=x&__proto__=y",
    "#letter-a",
)


@pytest.mark.long
def test_what_is_unknown_in_an_address_is_ignored(catalogue, site_url: str) -> None:
    page, wrong = catalogue(), []
    for state in UNKNOWN:
        page.goto("about:blank")
        page.goto(site_url + ADDRESS + state)
        wrong += [state] if count_shown(page) != page.locator("article[data-id]").count() else []
    tell_all(wrong)


@pytest.mark.long
def test_a_known_term_beside_an_unknown_one_counts(catalogue) -> None:
    one = two_terms(catalogue())[0]
    page = catalogue(f"#target_group={one},bestaat-niet&x=y")
    assert set(ids_shown(page)) == ids_with(page, "target_group", one)


@pytest.mark.long
def test_a_lone_percent_sign_in_an_address_does_no_harm(catalogue) -> None:
    page = catalogue("#q=100%")
    wait_for_text(page)
    expect(page.locator("input[name='q']")).to_have_value("100%")


@pytest.mark.long
def test_what_is_chosen_can_be_taken_away_one_by_one(catalogue) -> None:
    page = catalogue()
    one, two = two_terms(page)
    choose(page, "target_group", one)
    choose(page, "target_group", two)
    chosen = page.locator("[data-kb='chosen'] li button")
    expect(chosen).to_have_count(2)
    chosen.first.focus()
    page.keyboard.press("Enter")
    expect(chosen).to_have_count(1)
    expect(chosen.first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-kb='chosen']")).to_be_hidden()
    assert count_shown(page) == page.locator("article[data-id]").count()


@pytest.mark.long
def test_a_card_without_the_word_says_by_which_it_was_found(catalogue) -> None:
    """Most answers to “schaamte” speak of guilt or remorse, and of some only the page does."""
    page = catalogue("#q=schaamte")
    wait_for_text(page)
    cards = page.locator(SHOWN)
    expect(cards.locator("mark").first).to_be_attached()
    bare = cards.filter(has_not=page.locator("mark"))
    assert bare.count() > 5
    for card in bare.all():
        expect(card).to_contain_text(re.compile("Gevonden (met|via het kenmerk) “"))
    expect(cards.filter(has=page.locator("mark")).first).not_to_contain_text("Gevonden ")


def test_who_names_a_language_hears_who_may_be_kept_out_by_it(catalogue) -> None:
    page = catalogue("#q=engels ter apel")
    wait_for_text(page)
    expect(page.locator("article[data-id='aan-de-bak']")).to_contain_text("Niet zonder meer voor: Te weinig Nederlands")


def test_sessions_about_it_are_named_above_the_list(catalogue) -> None:
    page = catalogue("#q=creatief weinig Nederlands")
    wait_for_text(page)
    expect(page.locator("[data-kb='notice'] a[href*='trainings/']").first).to_be_visible()


@pytest.mark.long
def test_clear_takes_away_everything(catalogue) -> None:
    page = catalogue()
    choose(page, "target_group", two_terms(page)[0])
    page.locator("input[name='q']").fill("groep")
    wait_for_text(page)
    page.locator("[data-action='clear']").click()
    assert count_shown(page) == page.locator("article[data-id]").count()
    expect(page.locator("input[name='q']")).to_have_value("")
    assert page.evaluate("location.hash") == ""


@on_both
def test_text_ranks_the_list_and_clearing_it_restores_the_order(catalogue) -> None:
    page = catalogue()
    by_name = ids_shown(page)
    last = page.locator("article[data-id] h3 a").last.text_content()
    page.locator("input[name='q']").fill(last)
    wait_for_text(page)
    expect(page.locator(SHOWN).first.locator("h3 a")).to_have_text(last)
    assert count_shown(page) < len(by_name)
    assert page.locator(SHOWN).first.locator("mark").count() > 0
    page.locator("input[name='q']").fill("")
    assert ids_shown(page) == by_name
    assert page.locator("article[data-id] mark").count() == 0


def test_names_answer_while_the_search_is_on_its_way(browser_page: Callable[..., Page], base_url: str) -> None:
    page = browser_page()
    waiting = []
    page.route("**/assets/search-data.js", lambda route: waiting.append(route))
    page.goto(base_url + ADDRESS)
    total = page.locator("article[data-id]").count()
    name = page.locator("article[data-id] h3 a").last.text_content()
    start = re.search(r"\w{4}", name)[0]
    page.locator("input[name='q']").fill(start.upper())
    names = page.locator(f"{SHOWN} h3 a").all_text_contents()
    assert name in names and len(names) < total
    assert all(re.search(rf"\b{start}", one, re.IGNORECASE) for one in names), names
    expect(page.locator("[data-kb='notice']")).to_be_visible()
    page.locator("input[name='q']").fill("qzzx")  # begins no name, and may be a word all the same
    assert count_shown(page) == total
    for route in waiting:
        route.continue_()
    expect(page.locator(SHOWN)).to_have_count(0)


@pytest.mark.long
@on_both
def test_typing_is_no_step_in_the_history(catalogue) -> None:
    page = catalogue()
    before = page.evaluate("history.length")
    page.locator("input[name='q']").press_sequentially("groep")
    wait_until(page, "location.hash === '#q=groep'")
    assert page.evaluate("history.length") == before


def test_the_list_has_the_order_of_the_search_itself(catalogue) -> None:
    page = catalogue("#q=" + quote("familie en kinderen"))
    wait_for_text(page)
    found = page.evaluate(
        "Kennisbank.modules.get('search/engine').query('familie en kinderen').hits.filter(hit => hit.document.type === 'intervention')"
        ".map(hit => hit.document.id)"
    )
    assert ids_shown(page) == found


@pytest.fixture
def long_catalogue(browser_page: Callable[..., Page], base_url: str, site_dir: Path) -> Page:
    """The catalogue with every entry four times, as if the knowledge base had grown."""
    source = (site_dir / ADDRESS).read_text(encoding="utf-8")
    opening, closing = '<article class="kb-entry"', "</article>"
    start, end = source.index(opening), source.index(closing, source.rindex(opening)) + len(closing)
    cards = source[start:end]
    more = [
        cards.replace('data-id="', f'data-id="copy-{number}-').replace(' id="', f' id="copy-{number}-')
        for number in range(3)
    ]
    page = browser_page()
    body = source[:start] + "".join([cards, *more]) + source[end:]
    page.route(f"**/{ADDRESS}", lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
    page.goto(base_url + ADDRESS)
    return page


def test_a_long_list_is_shown_bit_by_bit(long_catalogue: Page) -> None:
    page, line = long_catalogue, long_catalogue.locator("[role='status']")
    total = page.locator("article[data-id]").count()
    expect(line).to_have_attribute("data-count", str(total))
    first = page.locator(SHOWN).count()
    assert 0 < first < total
    expect(line).to_contain_text(f"de eerste {first} staan hieronder")
    page.locator("[data-action='more-cards']").press("Enter")  # under a mouse cards that are laid out late may move it
    expect(page.locator(SHOWN)).to_have_count(2 * first)
    # The reader goes on where the list went on.
    assert (
        page.evaluate("document.activeElement.textContent") == page.locator(f"{SHOWN} h3 a").nth(first).text_content()
    )
    choose(page, "target_group", two_terms(page)[0])
    found = int(line.get_attribute("data-count"))
    expect(page.locator(SHOWN)).to_have_count(min(first, found))
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(SHOWN)).to_have_count(found)


def test_nothing_found_gives_advice_that_works(catalogue) -> None:
    page = catalogue("#q=xqzzv&target_group=" + two_terms(catalogue())[0])
    wait_for_text(page)
    assert count_shown(page) == 0
    advice = page.locator("[data-kb='advice']")
    expect(advice).to_be_visible()
    advice.locator("li button").first.click()
    assert count_shown(page) > 0
    expect(advice).to_be_hidden()


@pytest.mark.long
@on_both
def test_the_search_is_loaded_when_it_is_needed(catalogue) -> None:
    page = catalogue()
    page.wait_for_load_state("networkidle")
    assert page.locator("script[src$='search-data.js']").count() == 0
    page.locator("input[name='q']").focus()
    wait_for_text(page)
    assert page.locator("script[src$='search-data.js']").count() == 1


@pytest.mark.long
def test_without_script_the_whole_list_and_the_letters_remain(catalogue) -> None:
    page = catalogue("#q=xqzzv", javascript=False)
    expect(page.locator(SHOWN)).to_have_count(page.locator("article[data-id]").count())
    expect(page.locator("input[name='q']")).to_be_hidden()
    letters = page.locator(".kb-letters a")
    assert letters.count() > 0
    letters.last.click()
    expect(page.locator(page.evaluate("location.hash"))).to_be_in_viewport()


@pytest.mark.long
def test_filters_work_with_the_keyboard_alone(catalogue) -> None:
    page = catalogue()
    page.locator("input[name='q']").focus()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "checkbox":
            break
    page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.checked")
    assert page.evaluate("location.hash").startswith("#")
    assert count_shown(page) < page.locator("article[data-id]").count()


@pytest.mark.long
def test_on_a_narrow_screen_the_filters_are_folded_away(catalogue) -> None:
    page = catalogue(width=320)
    expect(page.locator("[data-facet]").first).to_be_hidden()
    page.locator("[data-kb='panel'] > summary").click()
    expect(page.locator("[data-facet]").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.long
def test_axe_finds_nothing(catalogue, axe) -> None:
    page = catalogue("#q=agresie")
    wait_for_text(page)
    open_all_details(page)
    axe(page)
    page.locator("input[name='q']").fill("xqzzv")
    expect(page.locator("[data-kb='advice']")).to_be_visible()
    axe(page)


def test_what_does_not_say_which_unit_is_offered_beside_the_unit(catalogue: Callable[..., Page]) -> None:
    """Somebody in remand reads that more may run there than the sources name for that unit."""
    page = catalogue("#setting=remand&format=group")
    sure = set(ids_shown(page))
    both = ids_with(page, "setting", "prison-any") & ids_with(page, "format", "group")
    notice = page.locator("[data-kb='notice']")
    expect(notice).to_contain_text(f"Nog {len(both - sure)} noemen “PI, afdeling niet vermeld”")
    notice.get_by_role("button", name="Zet erbij").click()
    expect(page).to_have_url(re.compile("setting=remand,prison-any"))
    assert set(ids_shown(page)) == sure | both
    expect(notice).to_be_hidden()
