"""What went wrong while a page was made, as a problem: in which file, on which line, in Dutch."""

from __future__ import annotations

import os
import re
import traceback
from pathlib import Path

import jinja2
import yaml
from mkdocs.exceptions import MkDocsException

from kennisbank import load
from kennisbank.serve.watch import PACKAGE

SETTINGS = "mkdocs.yml"
LONGEST = 300  # characters of somebody else's message
FRAME = re.compile(r'^ *File "([^"]+)", line (\d+)', re.MULTILINE)


def describe(error: BaseException, root: Path, source: str, remarks: list[str]) -> list[load.Problem]:
    """The problem behind an error of MkDocs, a template or our own code.

    ``source`` is the file that was being made into a page, under ``root``; named when the error does not say where it
    is. ``remarks`` are what MkDocs logged before: some of its errors say no more than that they happened.
    """
    # MkDocs ends the process and the macros stop the build; what moved them to it stands behind that.
    while isinstance(error, (SystemExit, MkDocsException)) and (error.__cause__ or error.__context__):
        error = error.__cause__ or error.__context__
    place = find_place(error, root) or (source, 1)
    if isinstance(error, SystemExit):
        text = " ".join(remarks)
    elif isinstance(error, MkDocsException):
        text = str(error)
    else:
        text = f"{type(error).__name__}: {getattr(error, 'problem', '') or error}"
    return [make_problem("page", *place, text)]


def find_place(error: BaseException, root: Path) -> tuple[str, int] | None:
    """The file and the line of an error: the last step of it that lies in the project."""
    if isinstance(error, jinja2.TemplateSyntaxError) and error.filename:
        return name_file(error.filename, root), error.lineno
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return SETTINGS, error.problem_mark.line + 1
    frames = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    ours = [frame for frame in frames if is_ours(frame[0], root)]
    return (name_file(ours[-1][0], root), ours[-1][1] or 1) if ours else None


def read_traceback(text: str) -> list[load.Problem]:
    """The problem in what Python printed when it could not start our program."""
    places = [(name, int(line)) for name, line in FRAME.findall(text) if is_ours(name, PACKAGE)]
    name, line = places[-1] if places else (str(PACKAGE / "messages.yaml"), 1)
    last = text.strip().splitlines()[-1:]
    return [make_problem("code", name_file(name, PACKAGE.parents[1]), line, *last or [""])]


def make_problem(name: str, file: str, line: int, text: str) -> load.Problem:
    """A problem without a code: the check has no rule for it."""
    message, hint = load.say(f"serve.{name}", error=load.shown(text, LONGEST)), load.say(f"serve.{name}_hint")
    return load.Problem(file, line, 1, "", "", "", "error", message, hint)


def is_ours(name: str, root: Path) -> bool:
    """Whether a file is part of the project or of this program; the server itself is never the cause."""
    path = Path(name)
    is_inside = any(path.is_relative_to(folder) for folder in (PACKAGE, root / "overrides", root / "content"))
    return is_inside and not path.is_relative_to(PACKAGE / "serve")


def name_file(name: str, root: Path) -> str:
    """A file as an editor knows it: from the folder of the project."""
    for folder in (root, PACKAGE.parents[1]):
        if Path(name).is_relative_to(folder):
            return Path(name).relative_to(folder).as_posix()
    return os.path.basename(name)
