"""``kennisbank serve``: the site on this computer, made again where the data or a page changed."""

from __future__ import annotations

from collections.abc import Sequence

from kennisbank import load
from kennisbank.cli.arguments import WrongUseError, find_root, parse

LAST_PORT = 65_535


def run(arguments: Sequence[str]) -> bool:
    """Serve until the reader stops it. True when it could not begin; raises ``WrongUseError``."""
    given = parse("serve", arguments, {"--port": "8000", "--plain": False})
    if not (given.port.isascii() and given.port.isdigit() and 0 < int(given.port) <= LAST_PORT):
        raise WrongUseError(load.say("serve.port", port=load.shown(given.port)))
    root = find_root(given)
    from kennisbank import serve  # slow to import

    return serve.serve(root, int(given.port), given.plain) != 0
