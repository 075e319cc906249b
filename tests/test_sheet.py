"""The offers as a spreadsheet: what is written, and what is read back or refused by cell."""

import datetime
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kennisbank import cli, load
from kennisbank.renewal import sheet
from shelf import lay_out

WHO = {2: "Trainer", 3: "PI Zuid (zuid)", 4: "Zelf gezien"}


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
        path = tmp_path / "aanbod.xlsx"
        sheet.write(load.load(root), path)
        book = openpyxl.load_workbook(path)
        for row, value in who.items():
            book["Wie en hoe"].cell(row, 2).value = value
        for name, value in cells.items():
            book["Aanbod"][name].value = value
        book.save(path)
        return path

    return fill


def test_the_ids_are_locked_and_the_rest_is_chosen_from_lists(fill: Callable[..., Path]) -> None:
    book = openpyxl.load_workbook(fill({}, {}))
    offers = book["Aanbod"]
    assert offers.protection.sheet and offers["A3"].protection.locked and not offers["D3"].protection.locked
    assert not offers["A6"].protection.locked  # a row for what is not there yet
    chosen = " ".join(str(choice.sqref) for choice in offers.data_validations.dataValidation)
    assert "D3:D" in chosen and "A6:A" in chosen
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
        "E6": "2026-11",
    }
    code, out, err = run("apply", fill(cells))
    assert code == 0, err
    assert "Gepland → Wordt opgestart" in out
    after = load.load(root).records["offers"]
    assert after[:2] == before[:2]
    assert (after[2]["status"], after[2]["as_of"]) == ("starting", "2026-11-03")
    assert (after[3]["intervention"], after[3]["institution"], after[3]["as_of"]) == ("zeggen", "zuid", "2026-11")
    assert run("apply", fill({}))[0] == 0


def test_a_field_that_is_emptied_goes(run, fill: Callable[..., Path], root: Path) -> None:
    assert run("apply", fill({"F5": None}))[0] == 0
    assert "since" not in load.load(root).records["offers"][2]


@pytest.mark.parametrize(
    ("cells", "who", "place", "code"),
    [
        ({"D5": "onzin"}, WHO, "Aanbod!D5", "KB105"),
        ({"E5": "november"}, WHO, "Aanbod!E5", "KB121"),
        ({"J5": "<b>x</b>"}, WHO, "Aanbod!J5", "KB405"),
        ({"D5": None}, WHO, "Aanbod!D5", "KB101"),
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
        (["offers", "--to", "x.xlsx", "--institution", "zuit"], "Er is geen inrichting ‘zuit’. Bedoel je ‘zuid’?"),
    ],
)
def test_wrong_use_is_said_in_dutch(run, arguments: list[str], answer: str) -> None:
    code, _, err = run("sheet", *arguments)
    assert code == 2 and answer in err
