"""What an editor adds in data and schema alone is shown everywhere: a field, a filter, a term, an institution, a relation.

Everything is added to a copy; no line of code knows of it. A test that fails here names a place that keeps a list of
its own.
"""

import csv
import json
import re
import shutil
from pathlib import Path

import pytest

from kennisbank import build, check, export, load, model, views
from kennisbank.render import render, share

INTERVENTION, OTHER, INSTITUTION = "sociaal-netwerk-en-relaties", "urban-jungle-book", "testdam"
COSTS = "Kost ongeveer drie tientjes verfkwasten per deelnemer."
TEXT_FIELD = {
    "description": "Wat het kost, volgens de bron.",
    "type": "string",
    "minLength": 1,
    "maxLength": 300,
    "x-label": "Wat het kost",
    "x-part": "facts",
    "x-need": "wanted",
    "x-compare": True,
    "x-table": True,
}
LIST_FIELD = {
    "description": "In welke taal.",
    "type": "array",
    "items": {"$ref": "vocabularies.schema.json#/definitions/tongue"},
    "uniqueItems": True,
    "minItems": 1,
    "x-label": "Taal",
    "x-part": "facts",
    "x-need": "optional",
    "x-facet": "tongue",
    "x-search": "terms",
    "x-compare": True,
    "x-table": True,
}
TONGUES = """
tongue:
  papiamentu:
    label: Papiaments
    description: In het Papiaments.
    synonyms: [antilliaans]
"""
STATUS = """offer_status:
  on-request:
    label: Op aanvraag
    description: Alleen als iemand erom vraagt.
    symbol: "◇"
    means: running
    trial: false
    synonyms: []
"""
PLACE = f"""
- id: {INSTITUTION}
  name: PI Testdam
  kind: pi
  place: Testdam
  province: drenthe
  lat: 52.9
  lon: 6.5
  sources:
    - id: wodc-2021
      where: §1
  status: published
"""
OFFER = f"""
- intervention: {INTERVENTION}
  institution: {INSTITUTION}
  status: on-request
  as_of: 2021-09
  basis: text
  sources:
    - id: wodc-2021
      where: §1
"""
FIELDS = f"""- id: {INTERVENTION}
  costs: {COSTS}
  tongues: [papiamentu]
  related:
    - id: {OTHER}
      relation: instead-of
"""


def change(path: Path, before: str, after: str) -> None:
    """Put ``after`` in place of the one ``before``."""
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, f"{path.name} holds {before!r} {text.count(before)} times"
    path.write_text(text.replace(before, after), encoding="utf-8")


def insert(path: Path, record: str, before: str) -> None:
    """Put a record before the first one that begins with ``before``."""
    text = path.read_text(encoding="utf-8")
    assert before in text, f"{path.name} holds no {before!r}"
    path.write_text(text.replace(before, record.lstrip("\n") + "\n" + before, 1), encoding="utf-8")


@pytest.fixture(scope="module")
def grown(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of data and schema in which all of this is added."""
    root = tmp_path_factory.mktemp("grown")
    for name in ("data", "schema"):
        shutil.copytree(project_root / name, root / name)
    (root / "content").mkdir()
    interventions = root / "schema/interventions.schema.json"
    schema = json.loads(interventions.read_text(encoding="utf-8"))
    schema["items"]["properties"] |= {"costs": TEXT_FIELD, "tongues": LIST_FIELD}
    interventions.write_text(json.dumps(schema), encoding="utf-8")
    lists = root / "schema/vocabularies-file.schema.json"
    schema = json.loads(lists.read_text(encoding="utf-8"))
    schema["properties"]["tongue"] = schema["properties"]["pillar"]
    lists.write_text(json.dumps(schema), encoding="utf-8")
    vocabularies = root / "data/vocabularies.yaml"
    change(vocabularies, "\noffer_status:\n", TONGUES + "\n" + STATUS)
    text = (root / "data/interventions.yaml").read_text(encoding="utf-8")
    start = text.index(f"\n- id: {INTERVENTION}\n") + 1
    assert "\n  related:" not in text[start : text.index("\n- id: ", start)], "choose one without relations"
    change(root / "data/interventions.yaml", f"\n- id: {INTERVENTION}\n", "\n" + FIELDS)
    insert(root / "data/institutions.yaml", PLACE, "- id: veenhuizen\n")
    with (root / "data/published_ids.txt").open("a", encoding="utf-8") as ids:  # as `kennisbank format` does
        ids.write(f"institutions/{INSTITUTION}\n")
    insert(root / "data/offers.yaml", OFFER, f"- intervention: {INTERVENTION}\n  institution: veenhuizen")
    enums = root / "schema/vocabularies.schema.json"
    present = json.loads(enums.read_text(encoding="utf-8"))
    fresh = check.make_enums(load.load(root).vocabularies, present)  # what `kennisbank schema` writes
    enums.write_text(json.dumps(fresh), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def grown_kb(grown: Path) -> model.KnowledgeBase:
    """The knowledge base of that copy."""
    return build.build(load.load(grown), today="2026-11-30")


def show(kb: model.KnowledgeBase, page: str, *record: str) -> str:
    """A page as it is printed."""
    return render(page, views.PAGES[page](kb, *record), "../", share(kb)).text


@pytest.mark.slow
def test_the_check_accepts_it(grown: Path) -> None:
    found = check.check(load.load(grown), today="2026-11-30")
    # The copy has no pages (KB5…); `kennisbank new` makes those of the institution.
    wrong = [problem for problem in found if problem.severity == "error" and not problem.code.startswith("KB5")]
    assert not wrong


@pytest.mark.slow
def test_the_check_judges_the_new_field(grown: Path, tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(grown, root)
    change(root / "data/interventions.yaml", "tongues: [papiamentu]", "tongues: [klingon]")
    codes = [problem.code for problem in check.check(load.load(root)) if problem.field == "tongues[0]"]
    assert codes == ["KB105"]


def test_the_page_shows_it(grown_kb: model.KnowledgeBase) -> None:
    page = show(grown_kb, "intervention", INTERVENTION)
    assert "<dt>Wat het kost</dt>" in page and COSTS in page
    assert "<dt>Taal</dt>" in page and "#tongue=papiamentu" in page and "Papiaments" in page
    silent = show(grown_kb, "intervention", OTHER)
    assert re.search(r"Niet vermeld in de bron:</strong>[^<]*wat het kost", silent)


def test_catalogue_and_table_show_it(grown_kb: model.KnowledgeBase) -> None:
    for page in ("catalogue", "overview"):
        text = show(grown_kb, page)
        assert 'data-facet="tongue"' in text and 'name="tongue" value="papiamentu"' in text, page
        assert 'data-f-tongue="papiamentu"' in text, page
        assert f'value="{INSTITUTION}"' in text, page
    table = show(grown_kb, "overview")
    assert 'data-label="Wat het kost"' in table and COSTS in table
    assert 'data-label="Taal"' in table and "<td>Papiaments</td>" in table


def test_the_comparison_shows_it(grown_kb: model.KnowledgeBase) -> None:
    page = show(grown_kb, "compare")
    assert 'data-row="costs"' in page and "Wat het kost" in page and 'data-row="tongues"' in page
    facts = views.show_choice_facts(grown_kb)[INTERVENTION]
    assert facts["costs"] == [COSTS]
    assert facts["tongues"] == ["Papiaments"]


def test_the_search_finds_it(grown_kb: model.KnowledgeBase) -> None:
    data = views.show_search(grown_kb)
    assert "verfkwasten" in data["words"].split(" ")
    document = next(item for item in data["documents"] if item["id"] == INTERVENTION)
    assert ["Papiaments", "antilliaans"] in [data["terms"][place] for place in document["terms"]]
    assert INSTITUTION in document["institutions"]
    assert INSTITUTION in {item["id"] for item in data["documents"] if item["type"] == "institution"}
    assert INSTITUTION in data["places"]["testdam"]


def test_the_quality_page_counts_it(grown_kb: model.KnowledgeBase) -> None:
    page = show(grown_kb, "quality")
    for field, label in (("costs", "Wat het kost"), ("tongues", "Taal")):
        assert f'<tr data-field="{field}"><th scope="row">{label}</th>' in page


@pytest.mark.slow
def test_the_exports_hold_it(grown: Path, grown_kb: model.KnowledgeBase, tmp_path: Path) -> None:
    export.export_site(grown_kb, grown, tmp_path)
    records = json.loads((tmp_path / "data/interventions.json").read_text(encoding="utf-8"))["interventions"]
    item = next(record for record in records if record["id"] == INTERVENTION)
    assert (item["costs"], item["tongues"]) == (COSTS, ["papiamentu"])
    with (tmp_path / "data/interventions.csv").open(encoding="utf-8-sig", newline="") as file:
        row = next(row for row in csv.DictReader(file) if row["id"] == INTERVENTION)
    assert (row["costs"], row["tongues"]) == (COSTS, "papiamentu")
    places = json.loads((tmp_path / "data/institutions.json").read_text(encoding="utf-8"))["institutions"]
    assert INSTITUTION in {record["id"] for record in places}
    assert INSTITUTION in (tmp_path / "data/matrix.csv").read_text(encoding="utf-8")


def test_the_new_institution_and_status_are_everywhere(grown_kb: model.KnowledgeBase) -> None:
    page = show(grown_kb, "institution", INSTITUTION)
    assert "PI Testdam" in page and "Op aanvraag" in page and 'class="kb-status" data-standing="reported"' in page
    assert INSTITUTION in show(grown_kb, "institutions")
    assert "PI Testdam" in show(grown_kb, "cards")
    assert INTERVENTION in show(grown_kb, "menu_card", INSTITUTION)
    assert f'data-institution="{INSTITUTION}" data-status="on-request"' in show(grown_kb, "matrix")
    assert f'value="{INSTITUTION}"' in show(grown_kb, "guide") and f'value="{INSTITUTION}"' in show(
        grown_kb, "transfer"
    )
    assert "PI Testdam" in show(grown_kb, "intervention", INTERVENTION)
    data = views.show_choice(grown_kb)
    assert INSTITUTION in {item["id"] for item in data["institutions"]}
    assert data["statuses"]["on-request"]["means"] == "running"


def test_the_new_relation_is_on_both_pages(grown_kb: model.KnowledgeBase) -> None:
    for page, other in ((INTERVENTION, OTHER), (OTHER, INTERVENTION)):
        assert f"interventions/{other}.html" in show(grown_kb, "intervention_end", page)
