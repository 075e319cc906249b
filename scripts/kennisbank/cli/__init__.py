"""The command ``kennisbank``: each of its commands is a module here. Its words are in ``messages.yaml``."""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from kennisbank import load
from kennisbank.cli.arguments import WrongUseError, advise

CLEAN, ERRORS, WRONG_USE = 0, 1, 2
# Each is a module of this name with a function ``run``, imported when it is asked for: `check` should start fast.
COMMANDS = ("check", "serve", "new", "format", "schema", "export", "book", "apply", "diff", "history", "sheet")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with these arguments (default: those of the process); the exit code of contract.md."""
    if arguments is None:
        # A command lives a second and its data lives as long: collecting costs more than it frees.
        gc.disable()
        arguments = sys.argv[1:]
    arguments = list(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that knows no → shows ? instead of failing
    try:
        return _run(arguments)
    except WrongUseError as error:
        print(error, file=sys.stderr)
        return WRONG_USE
    except BrokenPipeError:
        # The reader of our output (head, less) has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ERRORS
    except KeyboardInterrupt:
        return ERRORS
    except OSError as error:
        print(load.say("cli.disk", file=load.shown(error.filename or "", 200)), file=sys.stderr)
        return ERRORS
    except Exception as error:
        if os.environ.get("KENNISBANK_DEBUG"):
            raise
        print(load.say("cli.bug", kind=type(error).__name__), file=sys.stderr)
        return ERRORS


def _run(arguments: list[str]) -> int:
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(load.say("cli.help"), file=sys.stdout if arguments else sys.stderr)
        return CLEAN if arguments else WRONG_USE
    name, *rest = arguments
    if name not in COMMANDS:
        raise WrongUseError(load.say("cli.command", name=load.shown(name), advice=advise(name, COMMANDS)))
    if "-h" in rest or "--help" in rest:
        print(load.say(f"usage.{name}"))
        return CLEAN
    return ERRORS if import_module(f"kennisbank.cli.{name}").run(rest) else CLEAN
