"""The shelf of bad input: each file in ``tests/bad`` changes the good tree and says what the check must answer.

A case holds ``about`` (what somebody did wrong), ``change`` (a list of steps, done in order) and ``expect``
(every problem, in order). A step names a ``file`` and one of:

- ``find`` and ``put``: replace the only place where that text stands; ``times`` repeats what is put there
- ``text``: the whole new content; ``times`` repeats it
- ``hex``: the whole new content as bytes
- ``encode``: the present content in another encoding
- ``remove``: delete it; ``folder``: make a folder of that name; ``link``: make it a link to that place
- ``copy``: copy the project's own file of that name, to be changed by a later step
- ``fresh``: make the schema of the terms out of the vocabularies of the good tree

``proposal`` is the text of a proposal file (called ``named``): the answer is then that of ``kennisbank apply``. So it is
with ``sheet``: what somebody changed, by cell, in the spreadsheet of the offers.

``rest`` is the number of further problems, when there are too many to write out.
"""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import yaml

from kennisbank import load
from kennisbank.check import make_enums
from kennisbank.renewal import sheet

TESTS = Path(__file__).parent
GOOD = TESTS / "good"
BAD = TESTS / "bad"
FASTEST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
TODAY = "2026-11-21"
# Who fills the spreadsheet in: function, institution and how they know.
WHO = {2: "Trainer", 3: "PI Zuid (zuid)", 4: "Zelf gezien"}


@dataclass(frozen=True)
class Case:
    """One bad input and the answer to it."""

    name: str
    about: str
    change: tuple[dict, ...]
    expect: tuple[dict, ...]
    rest: int = 0
    proposal: str = ""
    named: str = "voorstel.yaml"
    sheet: Mapping[str, Any] = field(default_factory=dict)


@cache
def read_cases() -> list[Case]:
    """All cases of the shelf, by name."""
    found = []
    for path in sorted(BAD.glob("*.yaml")):
        raw = yaml.load(path.read_text(encoding="utf-8"), FASTEST)
        change, expect = tuple(raw["change"]), tuple(raw["expect"])
        found.append(
            Case(
                path.stem,
                raw["about"],
                change,
                expect,
                raw.get("rest", 0),
                raw.get("proposal", ""),
                raw.get("named", "voorstel.yaml"),
                raw.get("sheet", {}),
            )
        )
    return found


def lay_out(root: Path, changes: tuple[dict, ...] = ()) -> Path:
    """A copy of the good tree in ``root`` with the changes made; gives ``root``."""
    shutil.copytree(GOOD, root, dirs_exist_ok=True)
    for step in changes:
        apply(root, step)
    return root


def apply(root: Path, step: dict) -> None:
    """One step of a case."""
    path = root / step["file"]
    path.parent.mkdir(parents=True, exist_ok=True)
    if "find" in step:
        text = path.read_text(encoding="utf-8")
        assert text.count(step["find"]) == 1, f"{step['find']!r} stands {text.count(step['find'])} times in {path}"
        path.write_text(text.replace(step["find"], step["put"] * step.get("times", 1)), encoding="utf-8", newline="")
    elif "text" in step:
        path.write_text(step["text"] * step.get("times", 1), encoding="utf-8", newline="")
    elif "hex" in step:
        path.write_bytes(bytes.fromhex(step["hex"]))
    elif "encode" in step:
        path.write_bytes(path.read_text(encoding="utf-8").encode(step["encode"]))
    elif "link" in step:
        path.unlink(missing_ok=True)
        path.symlink_to(step["link"])
    elif "copy" in step:
        shutil.copyfile(TESTS.parent / step["file"], path)
    elif step.get("fresh"):
        enums = make_enums(load.load(root).vocabularies, {})
        path.write_text(json.dumps(enums), encoding="utf-8")
    elif step.get("folder"):
        path.unlink(missing_ok=True)
        path.mkdir()
    elif step.get("remove"):
        path.unlink()
    else:
        raise AssertionError(f"a step that does nothing: {step}")


def fill_sheet(root: Path, path: Path, cells: Mapping[str, Any], who: Mapping[int, Any] = WHO) -> Path:
    """The spreadsheet of the offers of a tree in ``path``, with cells changed and the rows of its head filled in."""
    sheet.write(load.load(root), path)
    book = openpyxl.load_workbook(path)
    for row, value in who.items():
        book["Wie en hoe"].cell(row, 2).value = value
    for name, value in cells.items():
        book["Aanbod"][name].value = value
    book.save(path)
    return path


def as_expected(problem) -> dict:
    """A problem in the form of ``expect``."""
    found = {"at": f"{problem.file}:{problem.line}:{problem.column}", "code": problem.code}
    if problem.record:
        found["record"] = problem.record
    if problem.field:
        found["field"] = problem.field
    return {**found, "message": problem.message, "hint": problem.hint}
