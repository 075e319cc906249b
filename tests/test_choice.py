"""Choosing, without a browser: the data of the scripts, the codes on paper, the lists of the guide, and the words."""

import json
import re
from pathlib import Path

import pytest

from kennisbank import views
from kennisbank.model import KnowledgeBase
from kennisbank.render import render, share
from kennisbank.views import choosing, fitting, meanings, script_data
from tests.helpers import ROOT, tell_all

CODE = re.compile(rf"[{script_data.SIGNS}]{{{script_data.CODE_LENGTH}}}")
ASSETS = ROOT / "content/assets"
SCRIPTS = sorted(path for path in ASSETS.rglob("*.js") if "vendor" not in path.parts)


# --- codes on paper --------------------------------------------------------------------------------------


def test_no_two_entries_have_the_same_code(kb: KnowledgeBase) -> None:
    owners: dict[str, list[str]] = {}
    for item in kb.interventions:
        owners.setdefault(script_data.code_of(item), []).append(item)
    assert [items for items in owners.values() if len(items) > 1] == [], "give the newest a line in GIVEN_CODES"


@pytest.mark.parametrize(
    ("item", "code"),
    [("aan-de-bak", "HZ0"), ("puinruimen", "5VE"), ("sos-groepscursus", "P1G"), ("mijn-kind-en-ik", "H5G")],
)
def test_a_code_never_changes(item: str, code: str) -> None:
    """Lists on paper hold these; a failure here breaks every one of them."""
    assert script_data.code_of(item) == code


def test_every_code_can_be_typed(kb: KnowledgeBase) -> None:
    codes = {item: script_data.code_of(item) for item in (*kb.interventions, *script_data.GIVEN_CODES)}
    tell_all(f"{item}: {code}" for item, code in codes.items() if not CODE.fullmatch(code))


# --- data of the scripts ---------------------------------------------------------------------------------


def test_every_term_of_the_rules_is_in_its_list(kb: KnowledgeBase) -> None:
    lists = kb.vocabularies
    rules = script_data.show_rules(kb)
    vocabulary_of_rule = {
        **dict.fromkeys(("units", "grown", "juvenile", "later"), "setting"),
        **dict.fromkeys(("issues", "dangers", "meant", "stay", "unit", "crowd", "language", "pending"), "exclusion"),
        **dict.fromkeys(("together", "alone", "remote"), "format"),
        **dict.fromkeys(("moments", "phases", "anytime"), "phase"),
        **dict.fromkeys(("who", "young", "both", "adults", "parents", "outside"), "target_group"),
        **dict.fromkeys(("divisible", "once"), "in_parts"),
        "home": "country",
    }
    assert rules.keys() == vocabulary_of_rule.keys()
    for name, terms in rules.items():
        assert terms, f"the guide has no term for {name}"
        assert set(terms) <= lists[vocabulary_of_rule[name]].keys(), name
    assert set(rules["units"].values()) <= lists["setting"].keys()
    vocabulary_of = {"target_groups": "target_group", "settings": "setting", "goals": "goal"}
    for terms in rules["meant"].values():
        for field, names in terms.items():
            assert set(names) <= lists[vocabulary_of[field]].keys()


def test_every_row_of_a_comparison_has_a_label(kb: KnowledgeBase) -> None:
    rows, printed = (views.PAGES[page](kb)["rows"] for page in ("compare", "my_list"))
    assert all(row["label"] for row in rows)
    assert printed
    assert {row["id"] for row in printed} <= {row["id"] for row in rows}


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
    wrong = []
    for entry in views.show_choice(kb)["interventions"]:
        seen: dict[str, int] = {}
        for offer in entry.get("offers", ()):
            here = rank[offer["status"]]
            if seen.setdefault(offer["institution"], here) > here:
                wrong.append(f"{entry['id']} at {offer['institution']}")
    tell_all(wrong)


# --- lists for readers without script --------------------------------------------------------------------


def test_every_entry_is_once_in_the_list_of_stays(kb: KnowledgeBase) -> None:
    guide = choosing.show_guide(kb)
    ids = [entry["id"] for group in guide["by_stay"] for entry in group["entries"]]
    assert len(ids) == len(set(ids)) == guide["total"]
    known = [(group, entry) for group in guide["by_stay"][:-1] for entry in group["entries"]]
    assert known
    tell_all(
        f"{entry['id']}: {entry['weeks']} weeks"
        for group, entry in known
        if not group["min"] <= entry["weeks"] <= (group["max"] or entry["weeks"])
    )


def test_what_the_guide_asks_occurs_in_the_data(kb: KnowledgeBase) -> None:
    guide = choosing.show_guide(kb)
    assert guide["issues"]
    listed = {group["id"] for group in guide["by_issue"]}
    assert {issue["id"] for issue in guide["issues"]} <= listed
    assert guide["by_unit"]
    tell_all(
        group["id"] for group in guide["by_issue"] + guide["by_unit"] if not (group["entries"] or group.get("open"))
    )


def test_the_table_has_every_entry_with_the_facets_of_the_catalogue(kb: KnowledgeBase) -> None:
    table, catalogue = choosing.show_overview(kb), views.PAGES["catalogue"](kb)
    assert [row["id"] for row in table["rows"]] == [card["id"] for card in catalogue["cards"]]
    assert table["facets"] == catalogue["facets"]


def test_a_transfer_leads_nobody_abroad_or_to_what_is_for_staff(kb: KnowledgeBase) -> None:
    """Over all entries: what is after release and what is everywhere is in the Netherlands, and for the person."""
    view = choosing.show_transfer(kb)
    assert view["after"] and view["everywhere"]
    for link in (*view["after"], *view["everywhere"]):
        item = kb.interventions[link["id"]]
        assert "NL" in item.countries, item.id
        assert item.kind != "staff-training", item.id
        assert set(item.target_groups) - {"staff", "volunteers"}, item.id
    for link in view["after"]:
        young = "youth" in kb.interventions[link["id"]].target_groups
        assert young <= ("youth" in [group["id"] for group in link["populations"]]), link["id"]


def test_the_paper_for_staff_says_to_ask_and_when_it_was_printed(kb: KnowledgeBase) -> None:
    text = render("guide", views.PAGES["guide"](kb), "../", share(kb)).text
    outcome = text[text.index('data-kb="outcome"') : text.index('data-kb="sheets"')]
    staff = outcome[outcome.index("Niet meegeven") :]
    assert 'data-kb="printed"' in staff[: staff.index("</p>")]
    asked = re.findall(r'<p class="([^"]*)">[^<]*Vraag het na', outcome)
    assert asked and not any("kb-screen" in classes for classes in asked)


def test_a_transfer_keeps_what_an_old_source_says_apart(kb: KnowledgeBase) -> None:
    text = render("transfer", views.PAGES["transfer"](kb), "../", share(kb)).text
    assert 'data-list="old"' in text and "Liep in beide volgens bronnen uit {min}" in text and "Ging door" not in text


def test_an_entry_for_one_sex_is_known_as_such(kb: KnowledgeBase) -> None:
    for item in kb.interventions.values():
        groups = set(item.target_groups)
        women, men = {"women", "mothers"} & groups, {"men", "fathers"} & groups
        assert (meanings.sex_of(kb, item) == "women") <= bool(women and not men), item.id
        assert (meanings.sex_of(kb, item) == "men") <= bool(men and not women), item.id
        if set(item.settings) == {"women-unit"}:
            assert meanings.sex_of(kb, item) == "women", item.id


# --- words -----------------------------------------------------------------------------------------------


def find_said(script: Path) -> set[str]:
    """The words that a script says by their whole name; not those it puts together, such as "here-" + kind."""
    text = script.read_text(encoding="utf-8")
    if script.name == "fit.js":
        said = re.findall(r'\b(?:yes|no|unknown|close|allow)\("([\w-]+\w)"', text)
        said += re.findall(r'"(issue-\w+)"', text) + [f"kind-{out}" for out in fitting.OUT]
        return {f"fit-{finding}" for finding in said}
    said = set(re.findall(r'\bsay\("([\w-]+)"[,)]', text))
    return said | {word for both in re.findall(r'\bsay\([^"()]+\? "([\w-]+)" : "([\w-]+)"[,)]', text) for word in both}


def test_every_word_that_a_script_says_is_in_a_template(project_root: Path) -> None:
    folders = (project_root / "scripts/kennisbank/templates", project_root / "overrides")
    templates = "".join(
        path.read_text(encoding="utf-8")
        for folder in folders
        for path in folder.rglob("*")
        if path.suffix in {".html", ".jinja"}
    )
    known = set(re.findall(r'data-word="([\w-]+)"', templates))
    said = {path.name: find_said(path) for path in SCRIPTS}
    assert len(said["fit.js"]) > 40
    assert sum(map(bool, said.values())) > 5
    tell_all(f"{name}: {word}" for name, words in said.items() for word in sorted(words - known))


def test_what_can_go_wrong_is_compared_and_printed_with_my_list(kb: KnowledgeBase) -> None:
    """And of who cannot join, what endangers somebody comes first."""
    rows = {row["id"]: row["kind"] for row in choosing.show_compare(kb)["rows"]}
    assert rows["risks"] == "text"
    assert {"risks", "not_suitable"} <= {row["id"] for row in choosing.show_my_list(kb)["rows"]}
    dangers = {kb.term("exclusion", group).label for group in kb.ids("exclusion", danger=True)}
    wrong, seen = [], 0
    for item in kb.interventions.values():
        facts = script_data.facts_view(kb, item)
        wrong += [f"{item.id}: {risk.text}" for risk in item.risks if risk.text not in facts["risks"]]
        told = [one if isinstance(one, str) else one["word"] for one in facts.get("not_suitable", ())]
        dangerous = [label in dangers for label in told]
        seen += any(dangerous)
        wrong += [f"{item.id}: {told}"] if dangerous != sorted(dangerous, reverse=True) else []
    assert seen
    tell_all(wrong)
