"""How good the search is, over every question of tests/search/queries.yaml, in the browser that readers use.

The floors stand a little below what was measured (make bench prints the figures), so that a change for the worse is seen.
Of the half that nobody tunes on, a failure names no questions.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Page

from kennisbank import model

# Share of questions with a right answer first, and among the first three.
FLOORS = {"tune": (0.94, 0.97), "measure": (0.90, 0.95)}
ASK = """questions => new Promise(done => Kennisbank.ask(["search/engine"], ({ engine }) => {
  const name = found => {
    const id = found.type === "background" ? found.url.split("/").pop().replace(".html", "") : found.id;
    return found.type === "intervention" ? id : `${found.type}:${id}`;
  };
  done(questions.map(question => engine.query(question).hits.map(hit => name(hit.document))));
}))"""


@pytest.fixture(scope="module")
def queries(project_root: Path) -> list[dict]:
    """All questions with their answers."""
    return yaml.safe_load((project_root / "tests/search/queries.yaml").read_text(encoding="utf-8"))


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
    for half, floors in FLOORS.items():
        pairs = [(query, found) for query, found in zip(queries, answers, strict=True) if query["half"] == half]
        assert len(pairs) >= 75
        for within, floor in zip((1, 3), floors, strict=True):
            wrong = [query["q"] for query, found in pairs if not is_right(query, found, within)]
            shown = wrong if half == "tune" else f"{len(wrong)} questions"
            assert len(wrong) <= (1 - floor) * len(pairs), (half, within, shown)


def test_nonsense_finds_nothing(queries: list[dict], answers: list[list[str]]) -> None:
    nonsense = [found for query, found in zip(queries, answers, strict=True) if query["kind"] == "nonsense"]
    assert nonsense
    assert not any(nonsense)


def test_every_expected_answer_exists(queries: list[dict], project_root: Path, kb: model.KnowledgeBase) -> None:
    known = {
        **dict.fromkeys(kb.interventions),
        **{f"institution:{record}": None for record in kb.institutions},
        **{f"organisation:{record}": None for record in kb.organisations},
        **{f"training:{record}": None for record in kb.trainings},
        **{f"glossary:{record}": None for record in kb.glossary},
        **{f"category:{record}": None for record in kb.vocabularies["category"]},
        **{f"background:{path.stem}": None for path in (project_root / "content").rglob("*.md")},
    }
    missing = {answer for query in queries for answer in query["expect"] if answer not in known}
    assert not missing
