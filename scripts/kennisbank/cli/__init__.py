"""The command ``kennisbank``: check, serve, new, format, schema, export. Its words are in ``messages.yaml``."""

from __future__ import annotations

import argparse
import datetime
import difflib
import gc
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from kennisbank import load

CLEAN, ERRORS, WRONG_USE = 0, 1, 2
FORMATS = ("text", "json", "github")
LAST_PORT = 65_535
# What `new` makes; the same names as in kennisbank.cli.scaffold, which is only imported when needed.
NEW = ("intervention", "institution", "organisation", "source", "training", "offer")


class WrongUseError(Exception):
    """The command was not written as it should be; the text says how, in Dutch."""


class _Parser(argparse.ArgumentParser):
    """A parser that never speaks English: what it would say is replaced by the usage of the command."""

    def error(self, message: str) -> None:
        raise WrongUseError(load.say("cli.written", usage=load.say(f"usage.{self.prog}")))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with these arguments (default: those of the process); the exit code of contract.md."""
    if arguments is None:
        # A command lives a second and its data lives as long: collecting costs more than it frees.
        gc.disable()
        arguments = sys.argv[1:]
    arguments = list(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
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
        raise WrongUseError(load.say("cli.command", name=load.shown(name), advice=_near(name, COMMANDS)))
    if "-h" in rest or "--help" in rest:
        print(load.say(f"usage.{name}"))
        return CLEAN
    parser, run = COMMANDS[name]
    options = parser(name)
    given = _parse(options, rest)
    return run(given)


def _parse(parser: _Parser, arguments: list[str]) -> argparse.Namespace:
    known = [option for action in parser._actions for option in action.option_strings]
    for argument in arguments:
        option = argument.split("=")[0]
        if option.startswith("-") and option not in known and len(option) > 1:
            raise WrongUseError(load.say("cli.option", name=load.shown(option), advice=_near(option, known)))
    return parser.parse_args(arguments)


def _near(name: str, options: Sequence[str] | Mapping) -> str:
    found = difflib.get_close_matches(name[:40].lower(), list(options), n=1, cutoff=0.5)
    return load.say("advice.near", near=found[0]) if found else load.say("cli.choices", choices=", ".join(options))


def _parser(name: str) -> _Parser:
    parser = _Parser(prog=name, add_help=False, allow_abbrev=False)
    parser.add_argument("--root", default=".")
    return parser


def _check_parser(name: str) -> _Parser:
    parser = _parser(name)
    parser.add_argument("--format", default="text")
    parser.add_argument("--today", default=None)
    return parser


def _comparing_parser(name: str) -> _Parser:
    parser = _parser(name)
    parser.add_argument("--check", action="store_true")
    return parser


def _new_parser(name: str) -> _Parser:
    parser = _parser(name)
    parser.add_argument("kind")
    parser.add_argument("id")
    return parser


def _export_parser(name: str) -> _Parser:
    parser = _parser(name)
    parser.add_argument("--to", required=True)
    return parser


def _serve_parser(name: str) -> _Parser:
    parser = _parser(name)
    parser.add_argument("--port", default="8000")
    parser.add_argument("--plain", action="store_true")
    return parser


def _root(given: argparse.Namespace) -> Path:
    root = Path(given.root)
    if not root.is_dir():
        raise WrongUseError(load.say("cli.no_folder", folder=load.shown(given.root, 200)))
    if not (root / load.FOLDER).is_dir():
        raise WrongUseError(load.say("cli.no_data", folder=load.shown(root.resolve(), 200)))
    return root


def _check(given: argparse.Namespace) -> int:
    from kennisbank.check import check
    from kennisbank.cli import report

    if given.format not in FORMATS:
        advice = _near(given.format, FORMATS)
        raise WrongUseError(load.say("cli.format", name=load.shown(given.format), advice=advice))
    root = _root(given)
    problems = check(load.load(root), _today(given.today))
    if given.format == "json":
        print(report.as_json(problems))
    elif given.format == "github":
        print(report.as_github(problems, _prefix(root)))
    else:
        print(report.as_text(problems, sys.stdout.isatty() and "NO_COLOR" not in os.environ))
    return ERRORS if report.count(problems)[0] else CLEAN


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


def _format(given: argparse.Namespace) -> int:
    from kennisbank.check.structure import record_schema
    from kennisbank.cli import canon, files, report

    root = _root(given)
    loaded = load.load(root)
    refused = {problem.file for problem in loaded.problems}
    changed, failed = 0, bool(refused)
    if loaded.problems:
        print(report.as_text(loaded.problems), file=sys.stderr)
    for file in loaded.files:
        if file.kind == "vocabularies" or file.name in refused:
            continue
        try:
            text = canon.canonical(file, record_schema(loaded, file.kind))
        except canon.CommentLostError:
            print(load.say("cli.not_formatted", file=file.name), file=sys.stderr)
            failed = True
            continue
        # Compared with the bytes: a byte order mark or Windows line end is not canonical either.
        if (root / file.name).read_bytes() == text.encode():
            continue
        changed += 1
        print(load.say("cli.would_format" if given.check else "cli.formatted", file=file.name))
        if not given.check:
            files.replace(root / file.name, text)
    if not changed and not failed:
        print(load.say("cli.canonical"))
    return ERRORS if failed or (given.check and changed) else CLEAN


def _new(given: argparse.Namespace) -> int:
    from kennisbank.check.structure import record_schema
    from kennisbank.cli import files, report, scaffold

    if given.kind not in scaffold.KINDS:
        advice = _near(given.kind, NEW)
        raise WrongUseError(load.say("cli.kind", name=load.shown(given.kind), advice=advice))
    kind = scaffold.KINDS[given.kind]
    identity = scaffold.identify(kind, given.id)
    if identity is None:
        raise WrongUseError(load.say("cli.offer_id" if kind == "offers" else "cli.id", id=load.shown(given.id)))
    root = _root(given)
    loaded = load.load(root)
    unread = [problem for problem in loaded.problems if problem.file.startswith(f"data/{kind}")]
    if unread:
        print(report.as_text(unread), file=sys.stderr)
        print(load.say("cli.not_added"), file=sys.stderr)
        return ERRORS
    if scaffold.exists(loaded, kind, identity):
        print(load.say("cli.exists", id=given.id, file=f"data/{kind}.yaml"), file=sys.stderr)
        return ERRORS
    page = scaffold.make_page(kind, identity)
    name, text = scaffold.add_record(loaded, kind, identity, record_schema(loaded, kind))
    for target in [name, *(page or ())[:1]]:
        if not files.is_inside(root, root / target):
            print(load.say("cli.outside", file=target), file=sys.stderr)
            return ERRORS
    files.replace(root / name, text)
    line = text[: text.index(f": {next(iter(identity.values()))}\n")].count("\n") + 1 if kind != "offers" else 0
    print(load.say("cli.added", file=f"{name}:{line}" if line else name))
    if page:
        if (root / page[0]).exists():
            print(load.say("cli.page_kept", file=page[0]))
        else:
            files.replace(root / page[0], page[1])
            print(load.say("cli.page_added", file=page[0]))
    print(load.say("cli.now_fill"))
    return CLEAN


def _schema(given: argparse.Namespace) -> int:
    import json

    from kennisbank.check import ENUMS, SCHEMA_FOLDER, make_enums
    from kennisbank.cli import files, report

    root = _root(given)
    loaded = load.load(root)
    problems = [problem for problem in loaded.problems if problem.file == load.VOCABULARIES]
    if problems:
        print(report.as_text(problems), file=sys.stderr)
        return ERRORS
    path = root / SCHEMA_FOLDER / ENUMS
    name = f"{SCHEMA_FOLDER}/{ENUMS}"
    try:
        old = path.read_text(encoding="utf-8")
        present = json.loads(old)
    except (OSError, ValueError):
        old, present = "", {}
    notes = {"$schema": "http://json-schema.org/draft-07/schema#", **load.words("schema")}
    present = present if isinstance(present, dict) else {}
    text = json.dumps(make_enums(loaded.vocabularies, notes | present), ensure_ascii=False, indent=2) + "\n"
    if text == old:
        print(load.say("cli.schema_fresh", file=name))
        return CLEAN
    if given.check:
        print(load.say("cli.schema_stale", file=name))
        return ERRORS
    files.replace(path, text)
    print(load.say("cli.schema_made", file=name))
    return CLEAN


def _export(given: argparse.Namespace) -> int:
    from kennisbank.check import check
    from kennisbank.cli import report

    root = _root(given)
    problems = check(load.load(root))
    if report.count(problems)[0]:
        print(report.as_text([problem for problem in problems if problem.severity == "error"]), file=sys.stderr)
        print(load.say("cli.not_exported"), file=sys.stderr)
        return ERRORS
    from kennisbank import export

    export.export_to(root, Path(given.to))
    print(load.say("cli.exported", folder=load.shown(given.to, 200)))
    return CLEAN


def _serve(given: argparse.Namespace) -> int:
    if not (given.port.isascii() and given.port.isdigit() and 0 < int(given.port) <= LAST_PORT):
        raise WrongUseError(load.say("serve.port", port=load.shown(given.port)))
    root = _root(given)
    from kennisbank import serve

    return serve.serve(root, int(given.port), given.plain)


COMMANDS: Mapping[str, tuple[Callable[[str], _Parser], Callable[[argparse.Namespace], int]]] = {
    "check": (_check_parser, _check),
    "serve": (_serve_parser, _serve),
    "new": (_new_parser, _new),
    "format": (_comparing_parser, _format),
    "schema": (_comparing_parser, _schema),
    "export": (_export_parser, _export),
}
