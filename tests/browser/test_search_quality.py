"""How good the search is, over every question of tests/search, in the browser that readers use.

The floors stand a little below what was measured (make bench prints the figures), so that a change for the worse is seen.
Of the half that nobody tunes on, a failure names no questions.
"""

import html
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Page, expect

from kennisbank import model
from kennisbank.views import standing
from kennisbank.views.search import fold, words_in
from tests.helpers import tell_all

# Share of questions with a right answer first, and among the first three.
FLOORS = {
    "queries": {"tune": (0.94, 0.97), "measure": (0.90, 0.95)},
    "second": {"tune": (0.79, 0.93), "measure": (0.84, 0.93)},
}
NAME = """
  const name = found => {
    if (found.type === "background" || found.type === "tool") {
      return "background:" + found.url.replace("/index.html", ".html").split("/").pop().replace(".html", "");
    }
    return found.type === "intervention" ? found.id : `${found.type}:${found.id}`;
  };
"""
ASK = f"""questions => new Promise(done => Kennisbank.ask(["search/engine"], ({{ engine }}) => {{ {NAME}
  done(questions.map(question => engine.query(question).hits.map(hit => name(hit.document))));
}}))"""


@pytest.fixture(scope="module")
def queries(project_root: Path) -> list[dict]:
    """All questions with their answers, and the list that each is of."""
    return [
        query | {"list": name}
        for name in FLOORS
        for query in yaml.safe_load((project_root / f"tests/search/{name}.yaml").read_text(encoding="utf-8"))
    ]


def is_right(query: dict, found: list[str], within: int) -> bool:
    """Whether a right answer is among the first ones; a question without answers must find nothing."""
    return not found if not query["expect"] else bool(set(query["expect"]) & set(found[:within]))


@pytest.fixture
def answers(queries: list[dict], browser_page: Callable[..., Page], file_url: str) -> list[list[str]]:
    """What the search finds for each question."""
    page = browser_page()
    page.goto(file_url + "index.html")
    return page.evaluate(ASK, [query["q"] for query in queries])


def test_the_search_stays_as_good_as_it_was(queries: list[dict], answers: list[list[str]]) -> None:
    for name, halves in FLOORS.items():
        for half, floors in halves.items():
            pairs = [
                (query, found)
                for query, found in zip(queries, answers, strict=True)
                if (query["list"], query["half"]) == (name, half)
            ]
            assert len(pairs) >= 30
            for within, floor in zip((1, 3), floors, strict=True):
                wrong = [query["q"] for query, found in pairs if not is_right(query, found, within)]
                shown = wrong if half == "tune" else f"{len(wrong)} questions"
                assert len(wrong) <= (1 - floor) * len(pairs), (name, half, within, shown)


def test_nonsense_finds_nothing(queries: list[dict], answers: list[list[str]]) -> None:
    nonsense = [found for query, found in zip(queries, answers, strict=True) if query["kind"] == "nonsense"]
    assert nonsense
    assert not any(nonsense)


# Abbreviations of the work floor, with the exclusion that each means.
GROUPS = {
    "LVB": "mild-intellectual-disability",
    "zedendelinquent": "sexual-offence",
    "contactverbod": "domestic-violence",
    "spreekt geen nederlands": "language",
    "geen nederlands": "language",
    "anderstalig": "language",
}
ASK_SIDES = """texts => new Promise(done => Kennisbank.ask(["search/engine"], ({ engine }) => done(texts.map(text => (
  engine.query(text).hits.map(hit => [hit.document.id, hit.sides.map(side => side.mixed ? "mixed" : side.open), (hit.standing || {}).id])
)))))"""


def test_who_asks_for_a_group_sees_what_is_open_and_what_is_closed_to_it(
    kb: model.KnowledgeBase, browser_page: Callable[..., Page], file_url: str
) -> None:
    page = browser_page()
    page.goto(file_url + "index.html")
    faults = []
    for (text, group), hits in zip(GROUPS.items(), page.evaluate(ASK_SIDES, list(GROUPS)), strict=True):
        told = {entry: sides for entry, sides, _ in hits}
        for item in kb.interventions.values():
            opens = any(mention.group == group for mention in item.open_to)
            closes = any(mention.group == group for mention in item.not_suitable)
            expected = ["mixed"] if opens and closes else [True] * opens + [False] * closes
            if expected and told.get(item.id) != expected:
                faults.append(f"{text}: {item.id} says {told.get(item.id)}, the record {expected}")
    tell_all(faults)


def test_a_hit_says_how_it_stands(kb: model.KnowledgeBase, browser_page: Callable[..., Page], file_url: str) -> None:
    page = browser_page()
    page.goto(file_url + "index.html")
    field = page.locator("#kb-home-search")
    field.fill("lvb")
    options = page.locator("[role='option'][data-standing]")
    expect(options.first).to_be_visible()
    faults = []
    for option in options.all():
        item = next(
            one for one in kb.interventions.values() if option.get_attribute("data-url").endswith(f"/{one.id}.html")
        )
        view = standing.of_intervention(kb, item)
        if option.get_attribute("data-standing") != view["id"] or view["words"] not in option.inner_text():
            faults.append(f"{item.id}: {option.inner_text()}")
    tell_all(faults)
    assert "Niet zonder meer voor" in page.locator("[role='listbox']:visible").inner_text()
    for word, page_name in {"overplaatsing": "transfer", "posters": "cards/index", "keuzehulp": "choose/index"}.items():
        field.fill(word)
        expect(page.locator(f"[role='option'][data-url*='{page_name}']").first).to_be_visible()


ASK_TOOLS = """() => new Promise(done => Kennisbank.ask(["search-data", "search/engine"], ({ engine, searchData }) => done(
  searchData.documents.filter(one => one.keywords.length && ["tool", "background"].includes(one.type)).flatMap(one => (
    [one.title].concat(one.keywords).map(text => (
      [text, one.url, engine.query(text).hits.slice(0, 3).map(hit => hit.document.url)]
    ))
  ))
)))"""


def test_every_tool_is_found_by_its_name_and_by_everyday_words(
    browser_page: Callable[..., Page], file_url: str
) -> None:
    page = browser_page()
    page.goto(file_url + "index.html")
    asked = page.evaluate(ASK_TOOLS)
    assert len({url for _, url, _ in asked}) >= 15
    tell_all(f"{text}: not {url} but {found}" for text, url, found in asked if url not in found)


ASK_MEANT = f"""texts => new Promise(done => Kennisbank.ask(["search/engine"], ({{ engine }}) => {{ {NAME}
  done(texts.map(text => {{
    const {{ cares, hits, leads, named }} = engine.query(text);
    return {{
      cares, named: named.map(one => one.id), leads: leads.filter(lead => lead.sessions).map(lead => lead.url.split("#")[1]).join(" "), found: hits.map(hit => name(hit.document)),
      matches: hits.length ? Array.from(hits[0].matches) : []
    }};
  }}));
}}))"""


@pytest.fixture
def ask(browser_page: Callable[..., Page], file_url: str) -> Callable[[list[str]], list[dict]]:
    """A function that gives what the search says to some texts: advice, names, hits, and the words that answered."""
    page = browser_page()
    page.goto(file_url + "index.html")
    return lambda texts: page.evaluate(ASK_MEANT, texts)


def test_a_search_finds_what_is_meant(
    kb: model.KnowledgeBase, project_root: Path, ask: Callable[[list[str]], list[dict]]
) -> None:
    """The list of searches; and over all records: no word that is kept apart, each by its own name, each two to compare."""
    searches = yaml.safe_load((project_root / "tests/search/meant.yaml").read_text(encoding="utf-8"))
    faults = []
    for search, told in zip(searches, ask([search["q"] for search in searches]), strict=True):
        found = told["found"]
        faults += [f"{search['q']}: {one}" for one in search.get("never", []) if one in found]
        faults += [
            f"{search['q']}: {first} not above {second}"
            for first, second in search.get("before", [])
            if first not in found or (second in found and found.index(first) > found.index(second))
        ]
        if "cares" in search and bool(told["cares"]) != search["cares"]:
            faults.append(f"{search['q']}: {told['cares']}")
        if sorted(search.get("leads", told["leads"]).split("&")) != sorted(told["leads"].split("&")):
            faults.append(f"{search['q']}: {told['leads']}")

    apart = [term for term in kb.vocabularies["search_word"].values() if term.apart]
    for term, told in zip(apart, ask([f"{term.label} " for term in apart]), strict=True):
        own = (term.label, *term.synonyms)
        faults += [
            f"{term.label}: {word}"
            for word in told["matches"]
            if word.startswith(term.apart) and not word.startswith(own)
        ]

    items = [item for item in kb.interventions.values() if item.status == "published"]
    for item, told in zip(items, ask([item.name for item in items]), strict=True):
        best = next(one for one in told["found"] if ":" not in one)
        if best != item.id:
            faults.append(f"{item.name}: {best}")

    pairs = list(zip(items, items[1:], strict=False))
    texts = [f"verschil tussen {first.name} en {second.name}" for first, second in pairs]
    for text, (first, second), told in zip(texts, pairs, ask(texts), strict=True):
        if told["named"] != [first.id, second.id]:
            faults.append(f"{text}: {told['named']}")
    tell_all(faults)


ASK_WHY = """texts => new Promise(done => Kennisbank.ask(["search/engine"], ({ engine }) => done(texts.map(text => (
  engine.query(text).hits.filter(hit => ["intervention", "training"].includes(hit.document.type)).map(hit => [hit.document.url, hit.why()])
)))))"""


@pytest.mark.long
def test_a_reason_stands_on_the_page(
    kb: model.KnowledgeBase, site_dir: Path, browser_page: Callable[..., Page], file_url: str
) -> None:
    """No hit is said to be found by a word that its page does not have, or through a term that is not named there."""
    page = browser_page()
    page.goto(file_url + "index.html")
    texts = [term.label for term in kb.vocabularies["search_word"].values()]
    texts += [word for term in kb.vocabularies["goal"].values() for word in term.synonyms]
    faults = []
    read = cache(lambda url: plain_text((site_dir / url).read_text(encoding="utf-8")))
    for text, hits in zip(texts, page.evaluate(ASK_WHY, texts), strict=True):
        for url, why in hits:
            shown, words = read(url)
            faults += [f"{text}: {url} has no word {word}" for word in why["words"] if fold(word) not in words]
            faults += [f"{text}: {url} does not name {term}" for term in why["terms"] if term not in shown]
    tell_all(faults)


def plain_text(page: str) -> tuple[str, set[str]]:
    """The text of a page between its tags, and the words in it as the search has them."""
    shown = html.unescape(re.sub(r"<[^>]+>", " ", page.partition("<article")[2].rpartition("</article>")[0]))
    return shown, {fold(word) for word in words_in(shown)}
