"""The offers as a spreadsheet: what is written, and what is read back or refused by cell."""

import datetime
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kennisbank import cli, days, load
from kennisbank.renewal import sheet
from shelf import WHO, fill_sheet, lay_out
from tests.helpers import ROOT, tell_all

NEW = {"D6": "runs", "E6": "2026-11"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay_out(tmp_path / "root")


@pytest.fixture
def run(capsys: pytest.CaptureFixture, root: Path) -> Callable[..., tuple[int, str, str]]:
    """A function that runs a command: exit code, what it said, and what it said on the side."""

    def run(*arguments: object) -> tuple[int, str, str]:
        code = cli.main([*map(str, arguments), "--root", str(root)])
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def fill(root: Path, tmp_path: Path) -> Callable[..., Path]:
    """A function that writes the sheet, fills cells in and gives the file: `fill({"D5": "Gestopt"}, who=WHO)`."""

    def fill(cells: dict[str, Any], who: dict[int, Any] = WHO) -> Path:
        return fill_sheet(root, tmp_path / "aanbod.xlsx", cells, who)

    return fill


def test_the_ids_are_locked_and_the_rest_is_chosen_from_lists(fill: Callable[..., Path]) -> None:
    book = openpyxl.load_workbook(fill({}, {}))
    offers = book["Aanbod"]
    assert offers.protection.sheet and offers["A3"].protection.locked and not offers["D3"].protection.locked
    assert not offers["A6"].protection.locked  # a row for what is not there yet
    chosen = " ".join(str(choice.sqref) for choice in offers.data_validations.dataValidation)
    assert "D3:D" in chosen and "A6:A" in chosen
    lists = [*offers.data_validations.dataValidation, *book["Wie en hoe"].data_validations.dataValidation]
    # What is not in a list is refused while it is typed, with what to do.
    tell_all(one.sqref for one in lists if not one.showErrorMessage or "pijltje" not in one.error)
    tell_all(one.sqref for one in lists if len(one.error) > 225 or len(one.errorTitle) > 32)  # more is cut off
    assert book["Lijsten"].sheet_state == "hidden"


def test_a_sheet_that_nobody_filled_changes_nothing(run, fill: Callable[..., Path]) -> None:
    code, out, _ = run("apply", fill({}, {}))
    assert code == 0 and "verandert niets" in out


def test_what_was_filled_in_is_applied_and_no_more(run, fill: Callable[..., Path], root: Path) -> None:
    before = load.load(root).records["offers"]
    day = datetime.datetime(2026, 11, 3)
    cells = {
        "D5": "wordt opgestart",
        "E5": day,
        "A6": "zeggen",
        "B6": "PI Zuid",
        "D6": "runs",
        "E6": "november 2026",
    }
    code, out, err = run("apply", fill(cells))
    assert code == 0, err
    assert "Gepland → Wordt opgestart" in out
    after = load.load(root).records["offers"]
    assert after[:2] == before[:2]
    assert (after[2]["status"], after[2]["as_of"]) == ("starting", "2026-11-03")
    assert (after[3]["intervention"], after[3]["institution"], after[3]["as_of"]) == ("zeggen", "zuid", "2026-11")
    assert run("apply", fill({}))[0] == 0


def test_a_date_is_read_however_it_is_written() -> None:
    """The cases of the form too (tests/js/propose.test.js)."""
    cases = json.loads((ROOT / "tests/dates.json").read_text("utf-8"))
    assert len(cases) > 30
    tell_all(f"{written!r}: {days.read(written)!r}" for written, becomes in cases if days.read(written) != becomes)


def test_a_month_that_the_program_made_a_day_is_a_month(run, fill, root: Path) -> None:
    """Who types nov-26 gets the first of November, which the cell does not show."""
    path = fill({"D5": "Wordt opgestart", "E5": datetime.datetime(2026, 11, 1)})
    book = openpyxl.load_workbook(path)
    book["Aanbod"]["E5"].number_format = "mmm\\-yy"
    book.save(path)
    assert run("apply", path)[0] == 0
    assert load.load(root).records["offers"][2]["as_of"] == "2026-11"


def test_an_unknown_day_is_shown_and_read_in_dutch(run, fill, root: Path) -> None:
    data = root / "data/offers.yaml"
    data.write_text(data.read_text("utf-8").replace('as_of: "2026-09"', "as_of: unknown", 1), "utf-8")
    path = fill({})
    assert openpyxl.load_workbook(path)["Aanbod"]["E3"].value == "onbekend"
    assert "verandert niets" in run("apply", path)[1]


def test_a_row_that_is_deleted_asks_for_nothing(run, fill: Callable[..., Path]) -> None:
    path = fill({})
    book = openpyxl.load_workbook(path)
    book["Aanbod"].delete_rows(5)
    book.save(path)
    code, out, _ = run("apply", path)
    assert code == 0 and "verandert niets" in out and "regels weggehaald (1)" in out and "al verwerkt" not in out


def test_a_field_that_is_emptied_goes(run, fill: Callable[..., Path], root: Path) -> None:
    assert run("apply", fill({"F5": None, "E5": "2026-11"}))[0] == 0
    assert "since" not in load.load(root).records["offers"][2]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("cells", "who", "place", "code"),
    [
        ({"D5": "onzin"}, WHO, "Aanbod!D5", "KB105"),
        ({"E5": "november"}, WHO, "Aanbod!E5", "Schrijf een maand zoals november 2026"),
        ({"D5": "Beeindigd"}, WHO, "Aanbod!D5", "Kies uit: Wordt aangeboden, Gepland, Wordt opgestart."),
        ({"D5": "Wordt opgestrat"}, WHO, "Aanbod!D5", "Bedoel je ‘Wordt opgestart’?"),
        ({"D5": "Wordt opgestart"}, WHO, "Aanbod!E5", "de stand is nog die van een oudere bron"),
        ({"G5": "2026-12"}, WHO, "Aanbod!E5", "Zet bij Stand de maand waarin je dit zag"),
        ({"A5": "Puinruimen (puinruimn)"}, WHO, "Aanbod!A5", "Bedoel je ‘Puinruimen (puinruimen)’?"),
        ({"A6": "Puinruimen (puinruimn)", "B6": "PI Zuid"}, WHO, "Aanbod!A6", "Deze interventie bestaat niet"),
        ({"A6": "puinruimn", "B6": "PI Zuid", **NEW}, WHO, "Aanbod!A6", "Deze interventie bestaat niet"),
        ({"A5": "puinruimn", "D4": "onzin"}, WHO, "Aanbod!D4", "Deze interventie bestaat niet"),
        ({"D5": "Wordt opgestart", "E5": "2031"}, WHO, "Aanbod!E5", "Alleen bij Tot"),
        ({"D5": "Wordt opgestart"}, {**WHO, 3: "PI Zuit"}, "Wie en hoe!B3", "Bedoel je ‘PI Zuid (zuid)’?"),
        ({"D5": "Wordt opgestart"}, {}, "Wie en hoe!B2", "‘Wat is je functie?’"),
        ({"J5": "<b>x</b>"}, WHO, "Aanbod!J5", "KB405"),
        ({"D5": None, "E5": "2026-11"}, WHO, "Aanbod!D5", "‘Status’"),
        ({"D5": "Wordt opgestart"}, {**WHO, 2: "Jan"}, "Wie en hoe!B2", "KB105"),
        ({"D5": "Wordt opgestart"}, {}, "Wie en hoe!B2", "KB101"),
        ({"D5": "Wordt opgestart"}, {**WHO, 4: "Uit een document"}, "Wie en hoe!B2", "KB702"),
        ({"B6": "PI Zuid"}, WHO, "Aanbod!A6", "KB706"),
        ({"E5": "=1+1"}, WHO, "", "KB711"),
        ({"A1": "iets"}, WHO, "", "KB711"),
    ],
)
def test_what_is_wrong_is_refused_by_cell(run, fill, root: Path, cells: dict, who: dict, place: str, code: str) -> None:
    before = (root / "data/offers.yaml").read_bytes()
    exit_code, out, err = run("apply", fill(cells, who))
    assert (exit_code, out) == (1, "")
    assert code in err and place in err and "Traceback" not in err, err
    told = err.replace("KB711", "").replace("--take", "")
    assert not re.search(r"as_of|YAML|‘role’|take theirs|--dry|changes\[|format", told), err
    assert (root / "data/offers.yaml").read_bytes() == before


def test_a_sheet_that_is_older_than_the_data_is_a_conflict(run, fill: Callable[..., Path], root: Path) -> None:
    path = fill({"D5": "Wordt opgestart", "E5": "2026-11"})
    data = root / "data/offers.yaml"
    data.write_text(data.read_text("utf-8").replace("  status: planned\n", "  status: runs\n"), "utf-8")
    code, _, err = run("apply", path)
    assert code == 1 and "Aanbod!D5" in err and "KB708" in err


def test_a_file_that_swells_is_refused(run, tmp_path: Path) -> None:
    path = tmp_path / "bom.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * (sheet.MAX_UNPACKED + 1))
    code, _, err = run("apply", path)
    assert code == 1 and "te groot" in err


def test_a_text_that_looks_like_a_formula_is_written_as_text(root: Path, tmp_path: Path) -> None:
    data = root / "data/offers.yaml"
    data.write_text(data.read_text("utf-8").replace("  basis: text\n", '  note: "=1+1"\n  basis: text\n', 1), "utf-8")
    sheet.write(load.load(root), tmp_path / "x.xlsx")
    cells = openpyxl.load_workbook(tmp_path / "x.xlsx")["Aanbod"]
    assert [cell.data_type for cell in cells["J"] if cell.value == "=1+1"] == ["s"]


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (["offers"], "Zo schrijf je deze opdracht: kennisbank sheet offers --to BESTAND.xlsx"),
        (["ofers", "--to", "x.xlsx"], "Bedoel je ‘offers’?"),
        (
            ["offers", "--to", "x.xlsx", "--institution", "zuit"],
            "Er is geen inrichting ‘zuit’. Bedoel je ‘zuid (PI Zuid)’?",
        ),
    ],
)
def test_wrong_use_is_said_in_dutch(run, arguments: list[str], answer: str) -> None:
    code, _, err = run("sheet", *arguments)
    assert code == 2 and answer in err


@pytest.mark.parametrize("name", ["zuid", "Zuid", "PI Zuid", "pi  zuid", "Middelburg"])
def test_an_institution_is_asked_by_any_of_its_names(run, tmp_path: Path, name: str) -> None:
    code, out, err = run("sheet", "Aanbod", "--to", tmp_path / "x.xlsx", "--institution", name)
    assert (code, err) == (0, "") and "met 1 regel aanbod" in out


def test_a_name_of_two_institutions_is_asked_again(run, tmp_path: Path) -> None:
    code, _, err = run("sheet", "offers", "--to", tmp_path / "x.xlsx", "--institution", "PI")
    assert code == 2 and err == "Welke inrichting bedoel je met ‘PI’? Kies uit: noord (PI Noord), zuid (PI Zuid).\n"
