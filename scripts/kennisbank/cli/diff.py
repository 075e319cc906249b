"""``kennisbank diff``: what changed between two states of the data, in words."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack

from kennisbank import load
from kennisbank.cli.arguments import WrongUseError, advise, find_root, parse
from kennisbank.cli.reading import refuse_unread
from kennisbank.cli.versions import find_state, last_release
from kennisbank.renewal import compare, words


def run(arguments: Sequence[str]) -> bool:
    """Print the differences. True when one of the two cannot be read; raises ``WrongUseError``."""
    given = parse("diff", arguments, {"--format": words.FORMATS[0]}, more={"old": "?", "new": "?"})
    if given.format not in words.FORMATS:
        advice = advise(given.format, words.FORMATS)
        raise WrongUseError(load.say("cli.format", name=load.shown(given.format), advice=advice))
    root = find_root(given)
    with ExitStack() as stack:
        old = find_state(root, given.old or last_release(root), stack)
        new = find_state(root, given.new, stack) if given.new else root
        before, after = load.load(old), load.load(new)
        if refuse_unread(before, after):
            return True
        print(words.tell(compare.compare(before, after), before, after, given.format), end="")
    return False
