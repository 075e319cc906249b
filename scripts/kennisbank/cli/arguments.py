"""How a command is written: its options, its root, and the Dutch answer to whoever writes it otherwise."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from kennisbank import kinds, load


class WrongUseError(Exception):
    """The command was not written as it should be; the text says how, in Dutch."""


class _Parser(argparse.ArgumentParser):
    """A parser that never speaks English: what it would say is replaced by the usage of the command."""

    def error(self, message: str) -> NoReturn:
        raise WrongUseError(load.say("cli.written", usage=load.say(f"usage.{self.prog}")))


def parse(
    command: str,
    arguments: Sequence[str],
    options: Mapping[str, str | bool | None] | None = None,
    names: Sequence[str] = (),
    more: Mapping[str, str] | None = None,
) -> argparse.Namespace:
    """The values of the options (each with its default; of a switch ``False``) and of the ``names`` that must be given.

    ``more`` are names of which there can be other than one, each with ``+`` (one or more) or ``?`` (one or none).

    Every command has ``--root``. Raises ``WrongUseError``.
    """
    known = {"--root": ".", **(options or {})}
    parser = _Parser(prog=command, add_help=False, allow_abbrev=False)
    for option, default in known.items():
        if default is False:
            parser.add_argument(option, action="store_true")
        else:
            parser.add_argument(option, default=default)
    for name in names:
        parser.add_argument(name)
    for name, count in (more or {}).items():
        parser.add_argument(name, nargs=count)
    for argument in arguments:
        option = argument.split("=")[0]
        if len(option) > 1 and option.startswith("-") and option not in known:
            raise WrongUseError(load.say("cli.option", name=load.shown(option), advice=advise(option, known)))
    return parser.parse_args(arguments)


def advise(name: str, options: Iterable[str]) -> str:
    """The option that ``name`` looks like, as a question, or else all of them."""
    names = list(options)
    found = difflib.get_close_matches(name[:40].lower(), names, n=1, cutoff=0.5)
    return load.say("advice.near", near=found[0]) if found else load.say("cli.choices", choices=", ".join(names))


def find_root(given: argparse.Namespace) -> Path:
    """The folder of the knowledge base. Raises ``WrongUseError`` where that has no data."""
    root = Path(given.root)
    if not root.is_dir():
        raise WrongUseError(load.say("cli.no_folder", folder=load.shown(given.root, 200)))
    if not (root / kinds.DATA).is_dir():
        raise WrongUseError(load.say("cli.no_data", folder=load.shown(root.resolve(), 200)))
    return root
