"""Clean check means clean build: what the check lets pass is printed, built without a warning, and passes as a site."""

from __future__ import annotations

import subprocess
import sys
from functools import reduce
from pathlib import Path

import pytest

from kennisbank import check, kinds, load
from previews import copy_project, environment
from tests import extremes
from tests.helpers import ROOT, tell_all

pytestmark = pytest.mark.slow

TODAY = "2026-11-30"
# These do not spoil each other: one tree holds them all.
AT_ONCE = ("drafts", "archived twins", "lonely", "terms dropped", "signs", "line ends", "pictures for names")
GONE = [name for name in extremes.SETS if name.startswith("no ")]
# The other pages link to records by their ids, so what has other ids, or is gone, is no whole site any more.
PRINTED = [*GONE, "longest ids"]
BUILT = [name for name in extremes.SETS if name not in PRINTED]


def find_errors(root: Path) -> list[str]:
    """What the check refuses of a project."""
    loaded = load.load(root)
    errors = load.only_errors([*loaded.problems, *check.check(loaded, TODAY)])
    return [f"{problem.code} {problem.file}:{problem.line}: {problem.message}" for problem in errors]


@pytest.mark.long
def test_what_nobody_would_write_is_printed(tmp_path: Path) -> None:
    """All at once, each macro about its first and its last record; ``make fuzz`` builds each apart."""
    data = reduce(lambda data, name: extremes.SETS[name](data), AT_ONCE, extremes.read())
    root = extremes.lay_out(tmp_path / "root", data)
    tell_all(extremes.print_all(root, TODAY, some=True))


def test_without_interventions_everything_is_printed(tmp_path: Path) -> None:
    data = extremes.without(extremes.read(), "interventions")
    tell_all(extremes.print_all(extremes.lay_out(tmp_path / "root", data), TODAY, some=True))


@pytest.mark.long
@pytest.mark.parametrize("name", PRINTED)
def test_what_is_no_whole_site_is_printed(name: str, tmp_path: Path) -> None:
    data = extremes.SETS[name](extremes.read())
    assert name not in GONE or data[name.removeprefix("no ")] == []
    tell_all(extremes.print_all(extremes.lay_out(tmp_path / "root", data), TODAY))


@pytest.mark.long
@pytest.mark.parametrize("name", BUILT)
def test_what_passes_the_check_is_built(name: str, tmp_path: Path) -> None:
    root = copy_project(ROOT, tmp_path / "root", few=False)
    data = extremes.SETS[name](extremes.read())
    extremes.lay_out(root, data)
    extremes.make_pages(root, data)
    tell_all(find_errors(root))
    site = tmp_path / "site"
    for command in (
        ["-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(site)],
        [str(ROOT / "scripts/site_check.py"), str(site)],
    ):
        result = subprocess.run(
            [sys.executable, *command], cwd=root, env=environment(root), capture_output=True, text=True
        )
        assert result.returncode == 0, (result.stdout + result.stderr)[-4000:]


def test_every_kind_of_record_can_be_gone() -> None:
    """A source is what everything rests on, so without sources nothing is left to print."""
    assert {name.removeprefix("no ") for name in GONE} == set(kinds.NAMES) - {"sources"}
