"""The data for other programs keeps its form: contract.md, "Data: site/data/"."""

import csv
import hashlib
import io
import json
import re
from pathlib import Path

import openpyxl
import pytest

from kennisbank import build, edition, export, kinds, model, narrative, package, sheets, views
from tests.helpers import read_script, tell_all

KINDS = [*build.RECORDS, "vocabularies"]


@pytest.fixture(scope="module")
def exported(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the export of the project."""
    folder = tmp_path_factory.mktemp("export")
    export.export_to(project_root, folder)
    return folder


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.slow
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


def test_the_spreadsheet_has_every_record_typed_and_filtered(kb: model.KnowledgeBase, exported: Path) -> None:
    book = openpyxl.load_workbook(exported / "data/kennisbank.xlsx")
    assert book.sheetnames == ["Lees mij", *(kb.fields[kind].title for kind in build.RECORDS), "Alles in één tabel"]
    for kind in build.RECORDS:
        page = book[kb.fields[kind].title]
        assert page.max_row == len(list(export.records_of(kb, kind))) + 1
        assert page.auto_filter.ref and page.freeze_panes == "C2"
        heads = [cell.value for cell in page[1]]
        if kinds.BY_NAME[kind].key == ("id",):  # what it is called stands first, whatever order a page has
            assert heads[0] == next(field.label for field in kb.fields[kind].all if field.name != "id")
        # What is for programs stands behind all that is for readers, and nowhere else.
        codes = ["vaste code" in head.lower() for head in heads]
        assert codes == sorted(codes) and "(id)" not in " ".join(heads)
        ids = set(getattr(kb, kind)) if kinds.BY_NAME[kind].key == ("id",) else set()
        words = {
            cell.value
            for head, column in zip(codes, page.iter_cols(min_row=2), strict=True)
            if not head
            for cell in column
        }
        assert not {one for one in ids if "-" in one} & words, kind
    page = book[kb.fields["interventions"].title]
    cells = {heading.value: cell for heading, cell in zip(page[1], page[2], strict=True)}
    item = kb.interventions[cells["Vaste code"].value]
    assert cells["Naam"].value == item.name
    assert cells["Categorie"].value == kb.term("category", item.category).label
    assert cells["Categorie (vaste code)"].value == item.category
    assert cells["Naast de bronnen gelegd"].is_date


def test_the_spreadsheet_says_what_it_is_and_a_column_is_of_one_kind(kb: model.KnowledgeBase, exported: Path) -> None:
    book = openpyxl.load_workbook(exported / "data/kennisbank.xlsx")
    first, *others = book.worksheets
    told = {row[0].value: (row[1].value, row[2].value) for row in first.iter_rows(min_row=2)}
    assert edition.read(kb.today).version in told["Versie"][0] and package.LICENCE in told["Licentie"][0]
    assert told["Waar vandaan"][0]
    tell_all(
        f"{page.title}: {told.get(page.title)}"
        for page in others
        if page.title not in told or not told[page.title][0] or told[page.title][1] != page.max_row - 1
    )
    tell_all(
        f"{page.title}, {column[0].value}: {found}"
        for page in others
        for column in page.iter_cols()
        if len(found := {"date" if cell.is_date else cell.data_type for cell in column[1:] if cell.value is not None})
        > 1
    )
    history = book[kb.fields["changes"].title]
    heads = {cell.value: cell.column for cell in history[1]}
    shown = {
        name: {str(history.cell(row, heads[kb.fields["changes"].by_name[name].label]).value) for row in range(2, 60)}
        for name in ("kind", "how", "record")
    }
    assert shown["kind"] <= {
        "interventie",
        "aanbod",
        "inrichting",
        "organisatie",
        "bron",
        "training",
        "woord",
        "bekeken en weggelaten",
    }
    assert shown["how"] <= {"nieuw", "gewijzigd", "niet meer in gebruik", "weggehaald"}
    assert not shown["record"] & {change.record for change in kb.changes}


def test_no_cell_of_a_spreadsheet_holds_code_or_a_formula(kb: model.KnowledgeBase) -> None:
    sheet = {"id": "x", "label": "Blad", "names": ["a"], "headings": ["A"], "rows": [["=1+1"], ["+31"], [-3], [True]]}
    page = openpyxl.load_workbook(io.BytesIO(sheets.write_book([sheet], "2026-11-30"))).active
    assert [cell.data_type for (cell,) in page.iter_rows(min_row=2)] == ["s", "s", "n", "b"]
    # In quotes, so that LibreOffice, which offers to cut at a comma too, leaves a sentence whole.
    assert sheets.write_dutch(sheet).decode("utf-8-sig").split() == ['"A"', '"\'=1+1"', '"\'+31"', '"-3"', '"ja"']
    tell_all(
        f"{table['id']}: {value[:60]}"
        for table in views.show_sheets(kb)
        for row in table["rows"]
        for value in row
        if isinstance(value, str) and re.search(r"[{\[]['\"]|\bNone\b|\w+\(id=", value)
    )


def test_dutch_csv_has_a_label_for_every_column_and_numbers_with_a_comma(exported: Path) -> None:
    text = (exported / "data/institutions.nl.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    assert re.fullmatch(r"5\d,\d+", rows[0]["Breedtegraad"])
    assert all(rows[0])


def test_the_matrix_is_a_dutch_table_too(kb: model.KnowledgeBase, exported: Path) -> None:
    """Names and words in place of codes; a cell for each pair that a source speaks of, with its date."""
    text = (exported / "data/matrix.nl.csv").read_bytes().decode("utf-8-sig")
    heads, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    pairs = {(offer.intervention, offer.institution) for offer in kb.offers if offer.institution in kb.institutions}
    named = {item.name: item.id for item in kb.institutions.values()}
    assert pairs == {
        (row[-1], named[head]) for row in rows for head, cell in zip(heads[1:-1], row[1:-1], strict=True) if cell
    }
    told = [cell for row in rows for cell in row[1:-1] if cell]
    tell_all(
        cell for cell in told if not re.search(r"\((\w+ )?(\d+ )?(\w+ )?\w+\)(;|$)", cell) or "&" in cell or "_" in cell
    )
    book = openpyxl.load_workbook(exported / "data/kennisbank.xlsx")
    page = book[book.sheetnames[-1]]
    assert [cell.value for cell in page[1]] == heads and page.max_row == len(rows) + 1


def test_the_data_package_tells_of_every_file_what_it_is(exported: Path) -> None:
    package = json.loads((exported / "data/datapackage.json").read_text(encoding="utf-8"))
    assert package["licenses"] and package["version"]
    named = {resource["path"]: resource for resource in package["resources"]}
    described = {"datapackage.json", "dcat.jsonld"}  # themselves
    assert named.keys() | described == {path.name for path in (exported / "data").iterdir()}
    for name, resource in named.items():
        content = (exported / "data" / name).read_bytes()
        assert resource["bytes"] == len(content), name
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}", name
        assert re.fullmatch(r"[a-z0-9._-]+", resource["name"]), name
        if name.endswith(".csv"):
            delimiter = resource["dialect"]["delimiter"]
            header = next(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))
            assert [field["name"] for field in resource["schema"]["fields"]] == header, name
            assert resource["schema"]["fields"][0]["type"] == "string", name


def test_the_catalogue_for_a_data_portal_names_every_file(exported: Path) -> None:
    data = json.loads((exported / "data/dcat.jsonld").read_text(encoding="utf-8"))
    assert data["@type"] == "dcat:Dataset"
    assert data["dct:license"]["@id"].startswith("https://")
    urls = {item["dcat:downloadURL"]["@id"].rpartition("/")[2] for item in data["dcat:distribution"]}
    assert urls == {path.name for path in (exported / "data").iterdir()} - {"dcat.jsonld"}


@pytest.mark.long
@pytest.mark.slow
def test_the_files_are_the_same_bytes_every_time(kb: model.KnowledgeBase, project_root: Path) -> None:
    first, second = (export.make_files(kb, project_root) for _ in range(2))
    tell_all(name for name in first if first[name] != second[name])


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
