"""``kennisbank check``: all problems, for a reader, a program or GitHub."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from kennisbank import kinds, load
from kennisbank.check import check, report
from kennisbank.cli.arguments import WrongUseError, advise, find_root, parse
from kennisbank.cli.versions import read_committed

FORMATS = ("text", "json", "github")


def run(arguments: Sequence[str]) -> bool:
    """Print the problems. True when there are errors among them; raises ``WrongUseError``."""
    given = parse("check", arguments, {"--format": "text", "--today": None})
    if given.format not in FORMATS:
        advice = advise(given.format, FORMATS)
        raise WrongUseError(load.say("cli.format", name=load.shown(given.format), advice=advice))
    root = find_root(given)
    # An offer says in its record of when it is; that it says so too of a change shows beside the record before it.
    earlier = read_committed(root, kinds.BY_NAME["offers"])
    problems = check(load.load(root), _today(given.today), earlier=earlier)
    if given.format == "json":
        print(report.as_json(problems))
    elif given.format == "github":
        print(report.as_github(problems, _prefix(root)))
    else:
        print(report.as_text(problems, sys.stdout.isatty() and "NO_COLOR" not in os.environ))
    return report.count(problems)[0] > 0


def _today(value: str | None) -> str | None:
    if value is None:
        return None
    try:
        if len(value) == len("2026-11-21"):
            return datetime.date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    raise WrongUseError(load.say("cli.today", value=load.shown(value)))


def _prefix(root: Path) -> str:
    """The way from the repository (or else the current folder) to the root, for annotations."""
    base = Path(os.environ.get("GITHUB_WORKSPACE") or ".").resolve()
    found = root.resolve()
    inside = found.is_relative_to(base) and found != base
    return f"{found.relative_to(base).as_posix()}/" if inside else ""
