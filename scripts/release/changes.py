"""``CHANGES.md``: what changed since the edition before, for a reader. The newest part of CHANGELOG.md, and what
``kennisbank diff`` tells of the data where the edition before has a tag.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from kennisbank.edition import Edition
from kennisbank.render import print_file

UNRELEASED = "Not released yet."  # until this edition was made
HEADING = re.compile(r"^## .*$", re.MULTILINE)


def describe(root: Path, found: Edition) -> str:
    """The text, in Markdown."""
    log = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    parts = [log[here.end() : there] for here, there in _parts(log)]
    log = parts[0].replace(UNRELEASED, "").strip() if parts else ""
    return print_file("changes.markdown.jinja", edition=found, log=log, data=_compare(root))


def _parts(log: str) -> list[tuple[re.Match, int]]:
    headings = list(HEADING.finditer(log))
    return list(zip(headings, [*(heading.start() for heading in headings[1:]), len(log)], strict=True))


def _compare(root: Path) -> str:
    """What changed in the data since the tag before; nothing where there is none."""
    command = ["git", "describe", "--tags", "--abbrev=0", "HEAD^"]
    before = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False).stdout.strip()
    if not before:
        return ""
    told = [sys.executable, "-m", "kennisbank", "diff", before, "--format", "markdown"]
    return subprocess.run(told, cwd=root, capture_output=True, text=True, check=True).stdout
