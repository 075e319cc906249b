"""Make and the shell take no instruction from a value: what somebody gives behind a command is text."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.helpers import some_or_all, tell_all

MARK = "pwned"
# Stands for the python of the environment: says what it was called with.
PYTHON = """#!/usr/bin/env python3
import json, os, sys
print(json.dumps(sys.argv[1:] + [os.environ.get("PYTEST_ADDOPTS", "")]))
"""
HOSTILE = (
    "$(touch pwned)",
    "$(shell touch pwned)",
    "${shell touch pwned}",
    "x; touch pwned",
    "`touch pwned`",
    "x' ; touch pwned '",
    'x" ; touch pwned "',
    "x\ntouch pwned",
    "--root=/etc",
)
IN_ENVIRONMENT = 2
# By the name of what is given, the commands that take it.
COMMANDS = {
    "id": [["new"]],
    "kind": [["new", "id=x"]],
    "FORMAT": [["check"]],
    "PORT": [["serve"]],
    "ARGS": [["quick"], ["bench"]],
}


@pytest.fixture
def folder(project_root: Path, tmp_path: Path) -> Path:
    """The Makefile with an environment that is made already, and does nothing."""
    shutil.copy(project_root / "Makefile", tmp_path)
    (tmp_path / "scripts").mkdir()
    for name in ("requirements.txt", "requirements-dev.txt", "pyproject.toml", "scripts/venv.sh"):
        (tmp_path / name).write_text("", encoding="utf-8")
        os.utime(tmp_path / name, (0, 0))
    (tmp_path / ".venv/bin").mkdir(parents=True)
    for name in (".venv/.site", ".venv/.dev", ".venv/bin/python"):
        (tmp_path / name).write_text(PYTHON, encoding="utf-8")
    (tmp_path / ".venv/bin/python").chmod(0o755)
    return tmp_path


def run(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess:
    environment = {"PATH": os.environ["PATH"], "SOURCE_DATE_EPOCH": "0", **variables}
    return subprocess.run(["make", *arguments], cwd=folder, env=environment, capture_output=True, text=True)


@pytest.mark.slow
@some_or_all
@pytest.mark.parametrize("name", COMMANDS)
def test_no_value_is_an_instruction(name: str, stride: int, folder: Path) -> None:
    """Given behind the command, and the first few also in the environment."""
    wrong = []
    for command in COMMANDS[name]:
        for number, value in [*enumerate(HOSTILE)][::stride]:
            results = [run(folder, *command, f"{name}={value}")]
            results += [run(folder, *command, **{name: value})] if number < IN_ENVIRONMENT else []
            if (folder / MARK).exists():
                wrong.append(f"ran: {command} {name}={value}")
                (folder / MARK).unlink()
            if "$" in value and not all(result.returncode and "dollarteken" in result.stderr for result in results):
                wrong.append(f"not refused: {command} {name}={value}")
    tell_all(wrong)


def test_what_is_given_arrives_as_one_text(folder: Path) -> None:
    assert json.loads(run(folder, "new", "id=a b; c").stdout) == [
        "-m",
        "kennisbank",
        "new",
        "intervention",
        "a b; c",
        "",
    ]
    assert json.loads(run(folder, "check", "FORMAT=json").stdout)[:4] == ["-m", "kennisbank", "check", "--format=json"]
    assert json.loads(run(folder, "check").stdout)[:3] == ["-m", "kennisbank", "check"]
    assert json.loads(run(folder, "quick", 'ARGS=-k "a b" -x').stdout)[-1] == '-k "a b" -x'
    assert json.loads(run(folder, "bench", 'ARGS=check --runs "2"').stdout)[2:-1] == ["check", "--runs", "2"]


@pytest.mark.slow
def test_nobody_gives_the_program_of_a_recipe(folder: Path) -> None:
    for name in ("VENV", "BIN", "PYTHON_IN_VENV", "KENNISBANK", "MKDOCS", "SHELL", "UNSAID", "SETUP"):
        result = run(folder, "check", f"{name}=touch {MARK};")
        assert not (folder / MARK).exists(), name
        assert json.loads(result.stdout)[:3] == ["-m", "kennisbank", "check"], name


def test_every_variable_of_a_recipe_is_known(project_root: Path) -> None:
    """One that is not in GIVEN would be read by make, and one that is comes through the environment."""
    text = (project_root / "Makefile").read_text(encoding="utf-8")
    given = set(re.search(r"^GIVEN := (.*)$", text, re.MULTILINE)[1].split())
    set_here = set(re.findall(r"^(?:override |export )?([A-Z_]+) [:?]?=", text, re.MULTILINE))
    recipes = "\n".join(line for line in text.splitlines() if line.startswith("\t"))
    used = set(re.findall(r"(?<!\$)\$[({](?:if |or )?\$?[({]?(\w+)", recipes))
    assert used - set_here - {"UPGRADE", "MAKEFILE_LIST", "MAKE"} == set()
    assert given >= set(re.findall(r"\(([a-zA-Z]+)=", " ".join(re.findall(r"## (.*)", text)))) - {"x"}
