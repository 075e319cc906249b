"""What the commands do when the data cannot be read."""

from __future__ import annotations

import sys

from kennisbank import load
from kennisbank.check import report


def refuse_unread(*states: load.Loaded) -> bool:
    """Whether one of these states of the data cannot be read; what is wrong with it is told."""
    unread = load.only_errors(problem for state in states for problem in state.problems)
    if unread:
        print(report.as_text(unread), file=sys.stderr)
    return bool(unread)
