"""The search box on the pages of the site. The engine has its own tests in tests/js."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from kennisbank import model
from kennisbank.views import offered
from tests.helpers import on_both, some_or_all, tell_all

# --- the box on the site ---------------------------------------------------------------------------------


@pytest.fixture
def home(visit: Callable[..., Page]) -> Callable[..., Page]:
    """A function that opens the home page: `home(width=320)`."""
    return lambda **options: visit("index.html", **options)


def header_field(page: Page):
    """The field in the header."""
    return page.locator("#kb-header-search")


def options_of(page: Page):
    """The answers under the field in the header that lead to a page."""
    return page.locator("#kb-header-search-list [role='option']")


@on_both
def test_nothing_of_the_search_is_loaded_before_it_is_used(home) -> None:
    page = home()
    page.wait_for_load_state("networkidle")
    assert page.locator("script[src$='search-data.js']").count() == 0
    header_field(page).focus()
    expect(page.locator("script[src$='search-data.js']")).to_have_count(1)


@on_both
def test_keys_walk_through_the_answers_and_enter_opens_one(home) -> None:
    page = home()
    field = header_field(page)
    field.fill("cursus")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    active = field.get_attribute("aria-activedescendant")
    expect(page.locator(f"#{active}")).to_have_attribute("aria-selected", "true")
    expect(field).to_be_focused()
    page.keyboard.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    target = page.locator(f"#{active}").evaluate("link => link.href")
    page.keyboard.press("Enter")
    page.wait_for_url(target)


@pytest.mark.long
def test_answers_are_in_named_groups(home) -> None:
    page = home()
    header_field(page).fill("familie")
    groups = page.locator("#kb-header-search-list [role='group']")
    expect(groups.first).to_be_visible()
    names = groups.evaluate_all(
        "all => all.map(group => document.getElementById(group.getAttribute('aria-labelledby'))?.innerText)"
    )
    assert names and all(names), names


@pytest.mark.long
def test_escape_closes_and_then_clears(home) -> None:
    page = home()
    field = header_field(page)
    field.fill("cursus")
    expect(options_of(page).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("cursus")
    page.keyboard.press("Escape")
    expect(field).to_have_value("")


@pytest.mark.long
@on_both
def test_enter_goes_to_the_catalogue_with_the_same_order(home) -> None:
    page = home()
    field = header_field(page)
    field.fill("familie en kinderen")
    expect(options_of(page).first).to_be_visible()
    listed = page.locator("#kb-header-search-list [role='group'] a[href*='interventions/']").evaluate_all(
        "links => links.map(link => link.pathname.split('/').pop().replace('.html', ''))"
    )
    page.keyboard.press("Enter")
    page.wait_for_url("**/interventions/index.html#q=*")
    expect(page.locator("article[data-id]:not([hidden]) mark").first).to_be_attached()
    shown = page.locator("article[data-id]:not([hidden])").evaluate_all("cards => cards.map(card => card.dataset.id)")
    assert listed
    assert shown[: len(listed)] == listed


ASKED_FOR = {
    "witte vlekken": "institutions/gaps",
    "excel": "downloads",
    "citeren": "about/index",
    "overplaatsing": "institutions/transfer",
    "wat is niet onderzocht": "about/data-quality",
    "waarover weten we niets": "institutions/gaps",
    "van Arnhem naar Zwolle": "institutions/transfer",
}


@some_or_all
def test_enter_goes_to_the_page_that_is_asked_for(stride: int, home, site_url: str) -> None:
    page = home()
    for text, name in [*ASKED_FOR.items()][::stride]:
        page.goto(site_url + "index.html")
        header_field(page).fill(text)
        expect(options_of(page).first).to_be_visible()
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(rf"/{name}\.html(#|$)"))


@pytest.mark.parametrize(
    "text",
    [
        "overgeplaatst naar Zwolle uit PI Arnhem",
        *(
            pytest.param(text, marks=pytest.mark.long)
            for text in ("overplaatsing arnhem zwolle", "van arnhem naar zwolle")
        ),
    ],
)
def test_a_search_for_a_transfer_fills_in_both_institutions_and_denies_nothing(home, text: str) -> None:
    page = home()
    header_field(page).fill(text)
    expect(options_of(page).first).to_have_text("Overplaatsing van PI Arnhem naar PI Zwolle")
    assert "niets" not in page.locator("form:has(#kb-header-search) [data-kb='search-message']").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/institutions/transfer.html#from=arnhem&to=zwolle")
    expect(page.locator("[data-kb='transfer'] [role='status']")).to_contain_text("Van PI Arnhem naar PI Zwolle")


def test_the_catalogue_without_answers_names_the_pages_that_have_them(visit: Callable[..., Page]) -> None:
    page = visit("interventions/index.html#q=excel")
    links = page.locator("[data-kb='advice'] a")
    expect(links.first).to_have_text("Downloads")


def test_above_the_answers_stands_what_comes_first(home, axe) -> None:
    """Our advice before contact with a victim, the comparison of two names, and the page that asks for a number."""
    page = home()
    field = header_field(page)
    panel = page.locator("form:has(#kb-header-search) [data-kb='search-panel']")
    care = panel.locator("[data-kb='search-care']")
    first = options_of(page).first
    field.fill("brief aan slachtoffer")
    expect(care).to_contain_text("Vraag eerst")
    expect(page.locator("form:has(#kb-header-search) [data-kb='search-live']")).to_contain_text("Vraag eerst")
    axe(page)
    field.fill("Puinruimen of Lef Hebben")
    expect(first).to_have_attribute("href", re.compile(r"choose/compare\.html#ids=puinruimen,lef-hebben$"))
    expect(care).to_be_hidden()
    field.fill("in 6 weken")
    expect(first).to_have_attribute("href", re.compile(r"choose/index\.html#weeks=6$"))
    field.fill("trainingen over schaamte")
    expect(panel.locator(".kb-group__title", has_text="Geen training gaat over “schaamte”")).to_be_visible()
    field.fill("schaamte")
    expect(panel.locator(".kb-group__title", has_text="Geen training gaat over “schaamte”")).to_be_visible()
    expect(panel.locator("[role='option'][data-url^='trainings/']").first).to_be_attached()
    field.fill("vergeving")
    expect(panel.locator("[href$='trainings/index.html']")).to_contain_text("Geen training gaat over “vergeving”")
    field.fill("vaders Vught")
    expect(panel).not_to_contain_text("Geen training")
    field.fill("trainingen over bemiddeling")
    expect(panel.locator("[href*='bemiddeling-of-mediation']")).to_contain_text("Voor: Medewerkers van een PI")
    field.fill("creatiefs weinig Nederlands")
    expect(first).to_have_attribute("href", re.compile(r"trainings/index\.html#q=creatiefs&dutch=few-words$"))
    expect(panel).not_to_contain_text("Geen training")
    page.keyboard.press("Escape")
    field.fill("in 6 weken")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/choose/index.html#weeks=6")
    expect(page.locator("input[name='weeks']")).to_have_value("6")


def test_the_lists_say_it_too(visit: Callable[..., Page]) -> None:
    page = visit("interventions/index.html#q=slachtoffer%20schrijven")
    expect(page.locator(".kb-catalogue [data-kb='search-care']")).to_contain_text("Vraag eerst")
    page.locator("#kb-q").fill("cursus")
    expect(page.locator(".kb-entry__kind mark").first).to_be_attached()
    changed = page.locator(".kb-entry__kind:has(mark)", has_text="gewijzigd")
    assert 0 < changed.count() == changed.locator(".kb-new").count()
    page.locator("#kb-q").fill("trainingen over schaamte")
    notice = page.locator("[data-kb='notice']")
    expect(notice).to_contain_text("Geen training gaat over “schaamte”. Het dichtst erbij:")
    page.locator("#kb-q").fill("schaamte")
    expect(notice).to_contain_text("Geen training gaat over “schaamte”. Het dichtst erbij:")
    page.locator("#kb-q").fill("groep van 8 mensen")
    expect(notice.locator("a[href*='trainings/index.html#group=']")).to_be_visible()
    expect(page.locator("article[data-id='puinruimen']")).to_contain_text("Past volgens de bron bij 8 deelnemers")
    page.locator("#kb-q").fill("creatiefs weinig Nederlands")
    expect(notice.locator("a[href$='trainings/index.html#q=creatiefs&dutch=few-words']")).to_be_visible()
    expect(notice).not_to_contain_text("Geen training")
    page.locator("#kb-q").fill("tien mannen huis van bewaring")
    expect(notice.locator("a[href$='#q=huis%20van%20bewaring&group=9-to-10-people&audience=detained']")).to_be_visible()
    expect(notice).not_to_contain_text("Geen training")
    page.locator("#kb-q").fill("trainingen over bemiddeling")
    expect(notice).to_contain_text("(Voor: Medewerkers van een PI")
    page.locator("#kb-q").fill("Puinruimen vergelijken met Dapper")
    expect(notice.locator("a[href$='compare.html#ids=puinruimen,dapper']")).to_be_visible()
    page.goto(page.url.split("interventions/")[0] + "trainings/index.html#q=schaamte")
    expect(page.locator("[role='status']").first).to_contain_text("Geen training gaat over “schaamte”")
    page.locator("#kb-q").fill("90 minuten")
    expect(page.locator("[role='status']").first).to_contain_text("best passende eerst")
    page.locator("#kb-q").fill("creatiefs weinig Nederlands")
    expect(page.locator("[role='status']").first).not_to_contain_text("Geen training")
    page.locator("#kb-q").fill("90 minuten")
    assert "“”" not in page.locator("[data-kb='cards']").inner_text()


def test_nonsense_is_said_and_read_out(home) -> None:
    page = home()
    field = header_field(page)
    field.fill("xqzzv")
    expect(page.locator("form:has(#kb-header-search) [data-kb='search-message']")).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(page.locator("form:has(#kb-header-search) [data-kb='search-live']")).not_to_be_empty()


@pytest.mark.long
def test_leaving_the_box_closes_it(home) -> None:
    page = home()
    header_field(page).fill("cursus")
    expect(options_of(page).first).to_be_visible()
    page.mouse.click(5, 700)
    expect(options_of(page).first).to_be_hidden()


def test_without_script_there_is_no_box(home) -> None:
    expect(header_field(home(javascript=False))).to_be_hidden()


def test_axe_finds_nothing_with_the_answers_open(home, axe) -> None:
    page = home()
    header_field(page).fill("agresie")
    expect(options_of(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    axe(page)


def test_a_hit_says_how_it_stands_in_the_place_that_is_asked_for(
    visit: Callable[..., Page], kb: model.KnowledgeBase
) -> None:
    """Of every row of a place, be it that it is not there; nothing is said to be or have been there of its own."""
    page = visit("index.html")
    rows = {
        (offer.intervention, offer.institution)
        for offer in kb.offers
        if offer.institution in kb.institutions and kb.interventions[offer.intervention].status == "published"
    }
    asked = [
        [item, place, f"{kb.interventions[item].name} {kb.institutions[place].name}"] for item, place in sorted(rows)
    ]
    found = page.evaluate(
        """asked => new Promise(done => Kennisbank.ask(["search/engine"], ({ engine }) => done(asked.map(([id, place, text]) => {
          const { elsewhere, hits } = engine.query(text);
          const hit = hits.find(one => one.document.type === "intervention" && one.document.id === id);
          return [elsewhere, hit && hit.there ? hit.there.standing.words : null];
        }))))""",
        asked,
    )
    labels = {(offer.intervention, offer.institution, offered.status_view(kb, offer)["label"]) for offer in kb.offers}
    tell_all(
        f"{text}: {words}, elsewhere: {elsewhere}"
        for (item, place, text), (elsewhere, words) in zip(asked, found, strict=True)
        if elsewhere or not any((item, place, label) in labels for label in labels_in(words))
    )


def labels_in(words: str | None) -> set[str]:
    """The status in what a hit says, with and without its year."""
    return {words or "", (words or "").rpartition(" ")[0]}
