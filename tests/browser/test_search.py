"""The search: the engine on a small made-up collection, and the search box on the pages of the site."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kennisbank.views import search
from tests.helpers import on_both

ENGINE = ["vendor/minisearch-nl.js", "search-dutch.js", "search-engine.js"]


def entry(identity: str, title: str, kind: str = "intervention", text: str = "", **other) -> tuple[dict, str]:
    """A document of the search as the export makes it, and the text of its page."""
    empty = {"aliases": [], "tagline": "", "keywords": [], "terms": [], "url": f"{identity}.html"}
    return {"id": identity, "type": kind, "title": title, **empty, **other}, text


def collect(*entries: tuple[dict, str], **other) -> dict:
    """All that the search knows, of some documents and the texts of their pages."""
    documents = [document for document, _ in entries]
    words, found_in = search.turn_round(documents, [text for _, text in entries])
    return {"version": "test", "documents": documents, "words": words, "found_in": found_in, **other}


COLLECTION = collect(
    entry(
        "vadergroep",
        "Papa blijft papa",
        tagline="Groepscursus waarin vaders oefenen met bellen en schrijven naar hun kind.",
        terms=[0, 1],
        institutions=["vught", "zwolle"],
    ),
    entry("moeders", "Samen groeien", tagline="Cursus voor moeders met jonge kinderen.", institutions=["zwolle"]),
    entry(
        "schuldkring",
        "De kring",
        tagline="Gesprekken over schuldgevoelens en slachtofferbewustzijn.",
        keywords=["herstel"],
        text="Een deelnemer praat soms ook over vader worden en over de daad.",
    ),
    entry("rustig", "Rustig blijven", tagline="Training over agressie en spanning.", keywords=["boosheid"]),
    entry(
        "huis",
        "Huis van de buurt",
        tagline="Een plek om te wonen na detentie.",
        institutions=[],
        principle=["vught", "zwolle"],
    ),
    entry("podium", "Podium", tagline="Theater maken in de inrichting.", aliases=["P.O.D."]),
    entry("reis", "Re-integratie op maat", tagline="Begeleiding bij de terugkeer."),
    entry("vught", "PI Vught", "institution", keywords=["Vught", "Noord-Brabant"]),
    entry("zwolle", "PI Zwolle", "institution", keywords=["Zwolle", "Overijssel"]),
    entry("woord", "Detentiefasering", "glossary", tagline="Het stap voor stap teruggeven van vrijheid."),
    terms=[["Cursus", "training"], ["Vaders", "vader"]],
    synonyms={"toneel": ["theater"], "slachtofferbewustzijn": ["praten met slachtoffer"], "vader": ["papa", "dad"]},
    places={"vught": ["vught"], "zwolle": ["zwolle"], "overijssel": ["zwolle"], "zuid-oost": ["zuid-oost"]},
)


@pytest.fixture
def ask(browser_page: Callable[..., Page], site_dir: Path) -> Callable[..., dict]:
    """A function that asks the engine on the made-up collection: ids best first, suggestion and places."""
    page = browser_page()
    page.goto("about:blank")
    for name in ENGINE:
        page.add_script_tag(path=site_dir / "assets" / name)
    page.evaluate("data => Kennisbank.search.use(JSON.parse(data))", json.dumps(COLLECTION))

    def run(text: str, kind: str | None = None) -> dict:
        return page.evaluate(
            "([text, type]) => { const answer = Kennisbank.search.query(text, {type});"
            " return {...answer, hits: answer.hits.map(hit => hit.document.id)} }",
            [text, kind],
        )

    run.page = page
    return run


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("vader", "vadergroep"),  # inflection
        ("vaderschap", "vadergroep"),  # derivation
        ("kinderen", "moeders"),
        ("schuldgevoel", "schuldkring"),
        ("gevoelens", "schuldkring"),  # tail of a compound
        ("slachtoffer", "schuldkring"),  # head of a compound
        ("slachtoffer bewustzijn", "schuldkring"),  # a space too many
        ("huisvandebuurt", "huis"),  # spaces forgotten
        ("agresie", "rustig"),  # typing error, one letter short
        ("argessie", "rustig"),  # two letters swapped
        ("boos", "rustig"),
        ("toneel", "podium"),  # synonym
        ("theater", "podium"),
        ("praten met het slachtoffer", "schuldkring"),  # synonym of more words, with a word between
        ("pod", "podium"),  # abbreviation
        ("reintegratie", "reis"),  # hyphen left out
        ("re integratie", "reis"),
        ("re-integratie", "reis"),
        ("détentiefasering", "woord"),  # accents
        ("Papa blijft papa", "vadergroep"),  # a whole name
        ("welke cursus is er voor vaders in Vught?", "vadergroep"),  # a question
        ("wat is er voor moeders", "moeders"),
        ("pi vught", "vught"),
    ],
)
def test_the_right_answer_comes_first(ask, text: str, first: str) -> None:
    assert ask(text)["hits"][0] == first


@pytest.mark.parametrize("text", ["xqzzv", "qqqq", "asdfghjkl", "blorp knetter", "fotosynthese", "!!!", "", "   "])
def test_nonsense_finds_nothing(ask, text: str) -> None:
    assert ask(text)["hits"] == []


def test_words_of_a_page_come_after_names_and_taglines(ask) -> None:
    hits = ask("vader", "intervention")["hits"]
    assert hits.index("vadergroep") < hits.index("schuldkring")


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [("agresie", "agressie"), ("cursus voor moedrs", "cursus voor moeders"), ("vaders", None), ("xqzzv", None)],
)
def test_a_typing_error_is_said(ask, text: str, suggestion: str | None) -> None:
    assert ask(text)["suggestion"] == suggestion


def test_a_place_filters_and_the_rest_ranks(ask) -> None:
    answer = ask("cursus in Vught", "intervention")
    assert [place["title"] for place in answer["places"]] == ["PI Vught"]
    assert answer["rest"] == "cursus"
    assert "vadergroep" in answer["hits"]
    assert "moeders" not in answer["hits"]


def test_a_place_with_a_typing_error_is_known(ask) -> None:
    answer = ask("moeders Zwole", "intervention")
    assert [place["ids"] for place in answer["places"]] == [["zwolle"]]
    assert answer["hits"][0] == "moeders"


def test_what_is_not_in_that_place_is_shown_from_elsewhere(ask) -> None:
    answer = ask("theater in Vught", "intervention")
    assert answer["elsewhere"]
    assert answer["hits"] == ["podium"]


def test_a_place_alone_gives_its_page_and_what_is_there(ask) -> None:
    hits = ask("Vught")["hits"]
    assert hits[0] == "vught"
    assert "vadergroep" in hits
    assert "moeders" not in hits


@pytest.mark.parametrize("text", ["Zuid-Oost", "Zuid Oost", "zuidoost"])
def test_a_place_is_known_in_every_spelling(ask, text: str) -> None:
    assert [place["ids"] for place in ask(text)["places"]] == [["zuid-oost"]]


def test_a_province_filters_like_its_institutions(ask) -> None:
    assert ask("cursus in Overijssel", "intervention")["hits"][0] == "moeders"


def test_a_name_without_its_spaces_is_known(ask) -> None:
    assert ask("paPablijftpapa")["hits"][0] == "vadergroep"


def test_words_are_joined_in_both_directions(ask) -> None:
    assert ask("bewustzijn van slachtoffers")["hits"][0] == "schuldkring"


def test_a_synonym_in_another_language_is_no_dutch_word(ask) -> None:
    matched = ask.page.evaluate("() => Array.from(Kennisbank.search.query('vader').hits[0].matches)")
    assert "daad" not in matched


def test_one_unknown_word_does_not_hide_the_rest(ask) -> None:
    assert ask("cursus moeders zwabberdebab")["hits"][0] == "moeders"


def test_asking_for_one_type_keeps_the_order(ask) -> None:
    everything = ask("cursus vaders Vught")["hits"]
    some = ask("cursus vaders Vught", "intervention")["hits"]
    assert some == [identity for identity in everything if identity in some]


def test_marks_are_whole_words(ask) -> None:
    marked = ask.page.evaluate(
        "() => { const {hits} = Kennisbank.search.query('slachtoffer'); const text = hits[0].document.tagline;"
        " return Kennisbank.search.ranges(text, hits[0].matches).map(([start, end]) => text.slice(start, end)) }"
    )
    assert marked == ["slachtofferbewustzijn"]


def test_the_words_of_the_export_are_words_of_the_engine(ask, site_dir: Path) -> None:
    strange = ask.page.evaluate(
        "source => { (0, eval)(source); const {terms, fold} = Kennisbank.dutch;"
        " return window.KENNISBANK_SEARCH.words.split(' ').filter(word => terms(word).join() !== fold(word)) }",
        (site_dir / "assets/search-data.js").read_text(encoding="utf-8"),
    )
    assert strange == []


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
    target = page.locator(f"#{active}").get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url("**/" + target.lstrip("./"))


def test_answers_are_in_named_groups(home) -> None:
    page = home()
    header_field(page).fill("familie")
    groups = page.locator("#kb-header-search-list [role='group']")
    expect(groups.first).to_be_visible()
    names = groups.evaluate_all(
        "all => all.map(group => document.getElementById(group.getAttribute('aria-labelledby'))?.innerText)"
    )
    assert names and all(names), names


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


def test_nonsense_is_said_and_read_out(home) -> None:
    page = home()
    field = header_field(page)
    field.fill("xqzzv")
    expect(page.locator("form:has(#kb-header-search) [data-kb='search-message']")).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(page.locator("form:has(#kb-header-search) [data-kb='search-live']")).not_to_be_empty()


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
