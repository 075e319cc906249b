"""The data for other programs keeps its form: contract.md, "Data: site/data/"."""

import csv
import io
import json
from pathlib import Path

import pytest

from kennisbank import build, export, narrative
from tests.helpers import read_script, tell_all

KINDS = [*build.RECORDS, "vocabularies"]


@pytest.fixture(scope="module")
def exported(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the export of the project."""
    folder = tmp_path_factory.mktemp("export")
    export.export_to(project_root, folder)
    return folder


@pytest.mark.parametrize("kind", KINDS)
def test_every_file_says_what_it_is(kind: str, exported: Path) -> None:
    data = json.loads((exported / f"data/{kind}.json").read_text(encoding="utf-8"))
    assert list(data) == ["meta", kind]
    assert set(data["meta"]) == {"version", "licence", "as_of", "source", "schema"}
    assert (exported / "data" / data["meta"]["schema"]).is_file()


@pytest.mark.parametrize("kind", build.RECORDS)
def test_csv_and_json_hold_the_same_records(kind: str, exported: Path) -> None:
    records = json.loads((exported / f"data/{kind}.json").read_text(encoding="utf-8"))[kind]
    raw = (exported / f"data/{kind}.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert len(rows) == len(records)
    pairs = zip(rows, records, strict=True)
    tell_all(record for row, record in pairs if {column for column, cell in row.items() if cell} != set(record))


@pytest.mark.parametrize("kind", export.PAGES)
def test_every_record_with_a_page_has_its_address(kind: str, exported: Path, site_dir: Path) -> None:
    records = json.loads((exported / f"data/{kind}.json").read_text(encoding="utf-8"))[kind]
    assert records
    tell_all(record["url"] for record in records if not (site_dir / record["url"]).is_file())


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_cell_is_a_formula(sign: str) -> None:
    assert export.cell(f"{sign}1+1") == f"'{sign}1+1"
    assert export.cell(f"\t{sign}1+1").startswith("'")
    assert export.cell([f"{sign}1", "b"]).startswith("'")


def test_a_negative_number_stays_a_number() -> None:
    assert export.cell(-3) == "-3"


def test_lists_are_joined_and_nested_values_are_json() -> None:
    assert export.cell(["a", "b"]) == "a|b"
    assert json.loads(export.cell({"min": 3})) == {"min": 3}
    assert json.loads(export.cell([{"a": 1}])) == [{"a": 1}]


def test_the_search_data_is_a_classic_script(exported: Path) -> None:
    script = (exported / "assets/search-data.js").read_text(encoding="utf-8")
    assert script.startswith("window.KENNISBANK_SEARCH = {")
    known = read_script(script)
    assert {"documents", "synonyms", "places", "version"} <= set(known)
    assert len({(document["type"], document["id"]) for document in known["documents"]}) == len(known["documents"])


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ('<!--[[ intervention("a") ]]-->\n\n### Kop\n\nEen *woord* en een [link](b.md).', "Kop Een woord en een link."),
        ("---\ntitle: X\n---\n# Titel { #id }\n\n1. Eerste\n- Tweede", "Titel Eerste Tweede"),
    ],
)
def test_the_text_of_a_page_is_its_words(markdown: str, expected: str) -> None:
    assert narrative.plain_text(markdown) == expected
