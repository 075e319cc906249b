"""What a term means stands with the term, once: no code keeps a set of ids, and a new term means the same everywhere."""

import ast
import copy
import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kennisbank import build, load, model, views
from kennisbank.views import catalogue, institution, map, matrix, meanings, menu, script_data, search, white_spots

# Lists of the site itself: what its pages, filters and search know. A new term of theirs is a change of the program.
OF_THE_SITE = {"facet", "field", "list", "part", "search_word"}
# The states of a record are the program's own as well: what a state does is what the program does.
OF_THE_SITE |= {"status"}
# How a thing stands is reckoned by the program: every term is one outcome of views/standing.py.
OF_THE_SITE |= {"standing"}
# The answers of "in één minuut" are those of views/minute.py.
OF_THE_SITE |= {"answer"}
# The parts of the page of a session plan are those of templates/training.md.jinja.
OF_THE_SITE |= {"training_part"}
# Ids that are also words with another meaning in code: fields, HTML, words of a language, names in an address.
ORDINARY = {
    *(
        "text",
        "table",
        "group",
        "unit",
        "age",
        "other",
        "website",
        "meaning",
        "aftercare",
    ),  # fields of records and of messages
    *("article", "class", "input", "strong", "self"),  # HTML and its policy
    *("language", "nl", "trauma", "jji", "pi", "info", "mediation"),  # Dutch, and names of mailboxes
    *("adults", "youth", "staff", "after", "start", "end", "parts", "performance", "cards"),  # keys of views
    *("book", "paper"),  # a command, a folder and a module
    "proposal",  # the number of the form of a proposal file
    *("seen", "document"),  # how a thing stands; a page or script as a whole
    *("proposal", "report"),  # a file that the form makes, and the link to that form
    *("unknown", "mixed", "practice", "caution", "serious"),  # results of the scripts, parts and notes of a page
}
# The field of a record, and the closed list that its term is of.
TERM_FIELDS = {
    **{"strength": "evidence", "role": "role", "verdict": "verdict", "severity": "severity", "basis": "basis"},
    **{"relation": "relation", "form": "step_form", "complexity": "complexity", "jurisdiction": "jurisdiction"},
}
SIGNS = {".py", ".js", ".css", ".jinja", ".html"}


def list_sources(root: Path) -> Iterator[Path]:
    """The code of the project that decides what to show."""
    for folder in ("scripts/kennisbank", "content/assets", "overrides"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in SIGNS and not {"vendor", "icons", "__pycache__"} & set(path.parts):
                yield path


@pytest.fixture(scope="module")
def ids(kb: model.KnowledgeBase) -> dict[str, str]:
    """Every id of a closed list that code should not know, with its list."""
    return {term: name for name, terms in kb.vocabularies.items() if name not in OF_THE_SITE for term in terms}


def test_no_code_names_a_term(project_root: Path, ids: dict[str, str]) -> None:
    told = re.compile("[\"'`]({0})[\"'`]|--({0})\\b(?!-)".format("|".join(map_longest(ids.keys() - ORDINARY))))
    found = [
        f"{path.relative_to(project_root)}:{number}: {hit[1] or hit[2]} ({ids[hit[1] or hit[2]]})"
        for path in list_sources(project_root)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for hit in told.finditer(line)
    ]
    assert not found, "give the term a meaning in data/vocabularies.yaml and ask for that:\n" + "\n".join(found)


def map_longest(names: set[str]) -> list[str]:
    """Names for a regular expression, the longest first, so that none is taken for the beginning of another."""
    return [re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name))]


def test_no_code_compares_a_term_with_an_id(project_root: Path, ids: dict[str, str]) -> None:
    """Ordinary words too: ``offer.status == "unknown"``, ``{% if item.verdict.id == "mixed" %}``."""
    found = []
    for path in list_sources(project_root):
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".py":
            found += [f"{path.name}:{line}" for line in compared(text, ids)]
        elif path.suffix in {".jinja", ".html"}:
            for hit in re.finditer(r"\.(\w+)\.id (?:[!=]=|(?:not )?in) [^%}]*?[\"']([\w-]+)[\"']", text):
                found += [f"{path.name}: {hit[0]}"] if hit[2] in ids else []
        elif path.suffix == ".css":
            found += [
                f"{path.name}: {hit[0]}"
                for hit in re.finditer(r"\[data-(?:status|evidence|verdict)[~|^$*]?=.*?\]", text)
            ]
    assert not found


def compared(source: str, ids: dict[str, str]) -> Iterator[int]:
    """The lines of Python that hold a field with a term against the id of one."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Compare):
            fields = {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}
            texts = {
                part.value for part in ast.walk(node) if isinstance(part, ast.Constant) if isinstance(part.value, str)
            }
            lists = {TERM_FIELDS[field] for field in fields & TERM_FIELDS.keys()}
            lists |= {"offer_status", "link_status"} if "status" in fields else set()
            if any(ids.get(text) in lists for text in texts):
                yield node.lineno


def test_a_comparison_is_seen(ids: dict[str, str]) -> None:
    assert list(compared('x = offer.status == "unknown"', ids)) == [1]
    assert list(compared('x = claim.verdict not in {"supported"}', ids)) == [1]
    assert not list(compared('x = item.status == "published"', ids))


# --- a new term ----------------------------------------------------------------------------------------------

ID, INTERVENTION, INSTITUTION = "on-request", "puinruimen", "zwolle"


def with_status(loaded: load.Loaded, means: str) -> model.KnowledgeBase:
    """The knowledge base in which one offer has a status that nobody knew, with that meaning."""
    vocabularies = copy.deepcopy(dict(loaded.vocabularies))
    vocabularies["offer_status"][ID] = {
        **{"label": "Op aanvraag", "description": "Alleen als iemand erom vraagt.", "symbol": "◇"},
        **{"means": means, "trial": False, "synonyms": []},
    }
    records = copy.deepcopy(dict(loaded.records))
    others = [
        offer
        for offer in records["offers"]
        if (offer["intervention"], offer["institution"]) != (INTERVENTION, INSTITUTION)
    ]
    offer = {
        "intervention": INTERVENTION,
        "institution": INSTITUTION,
        "status": ID,
        "as_of": "2021-09",
        "basis": "text",
    }
    records["offers"] = [*others, {**offer, "sources": [{"id": "wodc-2021", "where": "§1"}]}]
    return build.build(dataclasses.replace(loaded, vocabularies=vocabularies, records=records), today="2026-11-30")


@pytest.mark.parametrize(
    "means",
    [
        "running",
        "resting",
        "over",
        *(pytest.param(name, marks=pytest.mark.long) for name in ("unsure", "coming", "absent")),
    ],
)
@pytest.mark.slow
def test_a_new_status_says_the_same_everywhere(project_root: Path, means: str) -> None:
    kb = with_status(load.load(project_root), means)
    here = kb.institutions[INSTITUTION]
    present = means in {"running", "unsure", "resting", "coming"}
    answers = {
        "catalogue": INSTITUTION in catalogue.places_of(kb)[INTERVENTION],
        "search": INSTITUTION in document(search.show_search(kb), INTERVENTION)["institutions"],
    }
    assert answers == dict.fromkeys(answers, present)
    # What was planned or is not sure counts nowhere as something that ran, and on a wall hangs only what ran.
    category = kb.interventions[INTERVENTION].category
    counted = {
        "map": INTERVENTION in dot(map.show_map(kb), INSTITUTION)["offers"],
        "white spots": kb.interventions[INTERVENTION].name in white_spots.theme_at(kb, category, INSTITUTION)["names"]
        and white_spots.theme_at(kb, category, INSTITUTION)["state"] == white_spots.FOUND,
        "elsewhere": kb.interventions[INTERVENTION].name
        not in {item["name"] for found in white_spots.missing_views(kb, here).values() for item in found},
    }
    announced = means == "running"
    assert counted == dict.fromkeys(counted, announced)
    assert (
        INTERVENTION in {row["intervention"]["id"] for row in menu.show_menu_card(kb, INSTITUTION)["offers"]}
    ) == announced
    # Guide, comparison, list and transfer all read this.
    data = script_data.show_choice(kb)
    told = {"running": "running", "over": "absent", "absent": "absent"}
    assert data["statuses"][ID]["means"] == told.get(means, "unsure")
    running = meanings.count_places(kb, INTERVENTION)
    before = meanings.count_places(build.build(load.load(project_root)), INTERVENTION)
    was = any(
        offer.intervention == INTERVENTION and catalogue.meanings.is_running(kb, offer)
        for offer in build.build(load.load(project_root)).offers_at[INSTITUTION]
    )
    assert running - before == (means == "running") - was
    cell = cell_of(matrix.show_matrix(kb), INTERVENTION, INSTITUTION)
    assert (cell["id"], cell["status"]["means"]) == (ID, means)
    page = institution.show_institution(kb, INSTITUTION)
    listed = [
        (group["standing"]["id"], offer["intervention"]["id"])
        for audience in page["audiences"]
        for group in audience["standings"]
        for offer in group["offers"]
    ]
    listed += [(offer["standing"]["id"], offer["intervention"]["id"]) for offer in (*page["gone"], *page["absent"])]
    stands = {"running": "reported", "unsure": "unknown", "over": "ended"}
    assert [how for how, name in listed if name == INTERVENTION] == [stands.get(means, means)]


def cell_of(table: matrix.MatrixView, intervention_id: str, institution_id: str) -> dict:
    row = next(item for item in table["rows"] if item["id"] == intervention_id)
    return next(cell for cell in row["cells"] if cell["institution"] == institution_id)


def document(data: dict, record_id: str) -> dict:
    return next(item for item in data["documents"] if item["id"] == record_id)


def dot(data: dict, institution_id: str) -> dict:
    return next(item for item in data["dots"] if item["id"] == institution_id)


def test_every_strength_is_drawn(kb: model.KnowledgeBase) -> None:
    """No bar at all is for what was studied and found nothing; an empty one for what nobody studied."""
    for card in views.PAGES["catalogue"](kb)["cards"]:
        term = kb.term("evidence", card["evidence"]["id"])
        assert card["evidence"]["bars"] == (None if term.studied and not term.bars else term.bars)
