"""``kennisbank export``: the data of the site as JSON and CSV, from data without errors."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from kennisbank import load
from kennisbank.check import check, report
from kennisbank.cli.arguments import WrongUseError, find_root, parse


def run(arguments: Sequence[str]) -> bool:
    """Write the data. True when it was refused; raises ``WrongUseError`` and ``OSError``."""
    given = parse("export", arguments, {"--to": None})
    if given.to is None:
        raise WrongUseError(load.say("cli.written", usage=load.say("usage.export")))
    root = find_root(given)
    if refuse(root):
        return True
    from kennisbank import export  # slow to import, and of no use to whoever has errors

    export.export_to(root, Path(given.to))
    print(load.say("cli.exported", folder=load.shown(given.to, 200)))
    return False


def refuse(root: Path) -> bool:
    """Whether the data have errors, of which nothing is made; they are told."""
    problems = check(load.load(root))
    if not report.count(problems)[0]:
        return False
    print(report.as_text(load.only_errors(problems)), file=sys.stderr)
    print(load.say("cli.not_exported"), file=sys.stderr)
    return True
