"""Choosing, without a browser: the data of the scripts, the codes on paper, the lists of the guide, and the words."""

import json
import re
from pathlib import Path

import pytest

from kennisbank import views
from kennisbank.model import KnowledgeBase
from kennisbank.views import choice, choose

ASSETS = ("choice", "my-pi", "my-list", "list-code", "places", "fit", "facts", "guide", "compare", "list-page")
ASSETS += ("overview", "transfer")


# --- codes on paper --------------------------------------------------------------------------------------


def test_no_two_entries_have_the_same_code(kb: KnowledgeBase) -> None:
    owners: dict[str, str] = {}
    for item in kb.interventions:
        code = choice.code_of(item)
        assert code not in owners, f"{item} and {owners[code]} are both {code}: give the newest a line in GIVEN_CODES"
        owners[code] = item


@pytest.mark.parametrize(
    ("item", "code"),
    [("aan-de-bak", "HZ0"), ("puinruimen", "5VE"), ("sos-groepscursus", "P1G"), ("mijn-kind-en-ik", "H5G")],
)
def test_a_code_never_changes(item: str, code: str) -> None:
    """Lists on paper hold these; a failure here breaks every one of them."""
    assert choice.code_of(item) == code


def test_given_codes_can_be_typed() -> None:
    for code in choice.GIVEN_CODES.values():
        assert len(code) == choice.CODE_LENGTH
        assert set(code) <= set(choice.SIGNS)


# --- data of the scripts ---------------------------------------------------------------------------------


def test_every_term_of_the_rules_is_in_its_list(kb: KnowledgeBase) -> None:
    lists = kb.vocabularies
    rules = choice.RULES
    assert {*rules["units"], *rules["units"].values(), *rules["later"], *choice.AFTER_SETTINGS} <= lists[
        "setting"
    ].keys()
    assert lists["phase"].keys() >= choice.AFTER_PHASES
    assert {*rules["issues"], rules["stay"], rules["unit"], rules["crowd"]} <= lists["exclusion"].keys()
    assert {*rules["together"], *rules["alone"]} <= lists["format"].keys()
    assert {*rules["young"], *choice.NOT_DETAINED} <= lists["target_group"].keys()
    assert set(rules["divisible"]) <= lists["in_parts"].keys()
    vocabulary_of = {"target_groups": "target_group", "settings": "setting", "goals": "goal"}
    for terms in rules["issues"].values():
        for field, names in terms.items():
            assert set(names) <= lists[vocabulary_of[field]].keys()


def test_every_row_of_a_comparison_has_a_label(kb: KnowledgeBase) -> None:
    assert {*choice.COMPARED, *choose.PRACTICAL} <= kb.vocabularies["field"].keys()
    assert set(choose.PRACTICAL) <= set(choice.COMPARED)


def test_the_data_is_plain_and_complete(kb: KnowledgeBase) -> None:
    data = json.loads(json.dumps(views.show_choice(kb)))
    listed = {item.id for item in kb.interventions.values() if item.status == "published"}
    assert {entry["id"] for entry in data["interventions"]} == listed
    assert set(views.show_choice_facts(kb)) == listed
    places = {place["id"] for place in data["institutions"]}
    for entry in data["interventions"]:
        assert {offer["institution"] for offer in entry.get("offers", ())} <= places
        for field, vocabulary in (("settings", "setting"), ("formats", "format"), ("goals", "goal")):
            assert set(entry[field]) <= data["labels"][vocabulary].keys()
    assert {status["means"] for status in data["statuses"].values()} == {"running", "unsure", "absent"}
    assert data["statuses"]["not_offered"]["means"] == data["statuses"]["stopped"]["means"] == "absent"


def test_the_first_offer_of_an_institution_says_most(kb: KnowledgeBase) -> None:
    rank = {status: place for place, status in enumerate(kb.vocabularies["offer_status"])}
    for entry in views.show_choice(kb)["interventions"]:
        seen: dict[str, int] = {}
        for offer in entry.get("offers", ()):
            here = rank[offer["status"]]
            assert seen.setdefault(offer["institution"], here) <= here


# --- lists for readers without script --------------------------------------------------------------------


def test_every_entry_is_once_in_the_list_of_stays(kb: KnowledgeBase) -> None:
    guide = choose.show_guide(kb)
    ids = [entry["id"] for group in guide["by_stay"] for entry in group["entries"]]
    assert len(ids) == len(set(ids)) == guide["total"]
    for group in guide["by_stay"][:-1]:
        for entry in group["entries"]:
            assert group["min"] <= entry["weeks"] <= (group["max"] or entry["weeks"])


def test_what_the_guide_asks_occurs_in_the_data(kb: KnowledgeBase) -> None:
    guide = choose.show_guide(kb)
    assert guide["issues"]
    listed = {group["id"] for group in guide["by_issue"]}
    assert {issue["id"] for issue in guide["issues"]} <= listed
    assert all(group["entries"] for group in guide["by_issue"] + guide["by_unit"])


def test_the_table_has_every_entry_with_the_facets_of_the_catalogue(kb: KnowledgeBase) -> None:
    table, catalogue = choose.show_overview(kb), views.PAGES["catalogue"](kb)
    assert [row["id"] for row in table["rows"]] == [card["id"] for card in catalogue["cards"]]
    assert table["facets"] == catalogue["facets"]


def test_a_transfer_leads_nobody_abroad_or_to_what_is_for_staff(kb: KnowledgeBase) -> None:
    """Over all entries: what is after release and what is everywhere is in the Netherlands, and for the person."""
    view = choose.show_transfer(kb)
    assert view["after"] and view["everywhere"]
    for link in (*view["after"], *view["everywhere"]):
        item = kb.interventions[link["id"]]
        assert "NL" in item.countries, item.id
        assert item.kind != "staff-training", item.id
        assert set(item.target_groups) - {"staff", "volunteers"}, item.id
    for link in view["after"]:
        young = "youth" in kb.interventions[link["id"]].target_groups
        assert young <= ("youth" in [group["id"] for group in link["populations"]]), link["id"]


def test_an_entry_for_one_sex_is_known_as_such(kb: KnowledgeBase) -> None:
    for item in kb.interventions.values():
        groups = set(item.target_groups)
        women, men = {"women", "mothers"} & groups, {"men", "fathers"} & groups
        assert (choice.sex_of(item) == "women") <= bool(women and not men), item.id
        assert (choice.sex_of(item) == "men") <= bool(men and not women), item.id
        if set(item.settings) == {"women-unit"}:
            assert choice.sex_of(item) == "women", item.id


# --- words -----------------------------------------------------------------------------------------------


def test_every_word_that_a_script_says_is_in_a_template(project_root: Path) -> None:
    folder = project_root / "scripts" / "kennisbank" / "templates"
    files = [folder / "choose-words.html", *(project_root / "overrides" / "kennisbank").glob("*.html")]
    known = set(re.findall(r'data-word="([\w-]+)"', "".join(file.read_text(encoding="utf-8") for file in files)))
    for name in ASSETS:
        text = (project_root / "content/assets" / f"{name}.js").read_text(encoding="utf-8")
        said = set(re.findall(r'\bsay\("([\w-]+)"[,)]', text))  # not "here-" + kind
        said |= {word for both in re.findall(r'\bsay\([^"()]+\? "([\w-]+)" : "([\w-]+)"[,)]', text) for word in both}
        if name == "fit":
            said = {f"fit-{finding}" for finding in re.findall(r'id: (?:\w+ \? )?"([\w-]+)"', text)}
            assert len(said) > 15
        assert said <= known, name


def test_a_script_of_ours_writes_no_html_and_asks_for_nothing(project_root: Path) -> None:
    for name in ASSETS:
        text = (project_root / "content/assets" / f"{name}.js").read_text(encoding="utf-8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|fetch\(|XMLHttpRequest|import\(", text
        )
