"""What an editor did, guessed from where and how the parser stopped. Never a word of the parser itself."""

from __future__ import annotations

import re

import yaml

from kennisbank.load.parser import scan
from kennisbank.load.problem import Problem, Quoted, make

_FIELD = r"(?:- +)*[\w-]+"
_FIELD_LINE = re.compile(rf"\s*(?:{_FIELD}:(?:\s|$)|- )")
_NO_SPACE_AFTER_COLON = re.compile(rf"\s*(?P<field>{_FIELD}):[^\s:/]")
_NO_SPACE_AFTER_DASH = re.compile(r"\s*-[^\s-]")
_FIELD_BEFORE = re.compile(r"\s*(?:- +)*[^\s\"'\[{#][^\"']*?:\s")
_BEGINS_SPECIAL = re.compile(r"\s*(?:(?:- +)*[\w-]+: +|(?:- +)+)(?P<sign>[@`%*&!|>])")
_WORDS = re.compile(r"\s*(?:- +)*(?P<field>[\w-]+)(?: |$)")


def explain(error: yaml.YAMLError, text: str, name: str) -> Problem:
    """The one problem that best says what is wrong in ``text``, given the parser's complaint."""
    what, values, place = _diagnose(error, text)
    return make(what, name, place, **values)


def _diagnose(error: yaml.YAMLError, text: str) -> tuple[str, dict, tuple[int, int]]:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        return "KB037", {}, (1, 1)
    lines = text.split("\n")
    here = (mark.line + 1, mark.column + 1)
    start = getattr(error, "context_mark", None) or mark
    began = (start.line + 1, start.column + 1)
    line = lines[mark.line] if mark.line < len(lines) else ""
    complaint = f"{error.context or ''} {error.problem or ''}"

    if "single document" in complaint:
        return "KB015", {}, here
    if "directive" in complaint:
        return "KB016", {}, began
    if "tag" in complaint:
        return "KB019", {"tag": Quoted(line[start.column :].split(" ")[0])}, began

    # A quote that is not closed swallows lines until the next quote, and the parser stumbles only there.
    opening = _swallowing_quote(text, lines)
    if opening or "quoted scalar" in complaint and "end of stream" in complaint:
        return "KB025", {}, opening or began
    if "escape" in complaint or "hexdecimal" in complaint:
        # libyaml points to the backslash, PyYAML's own parser to what follows it.
        column = line.rfind("\\", 0, mark.column + 1)
        return "KB035", {}, (mark.line + 1, column + 1) if column >= 0 else here
    if "quoted scalar" in complaint:
        return "KB025", {}, began
    if _follows_quote(line, mark.column):
        return "KB026", {}, here

    if line[mark.column :].startswith(":") and not line[: mark.column].strip(" -"):
        return "KB023", {}, here

    special = _BEGINS_SPECIAL.match(lines[start.line] if start.line < len(lines) else "")
    if special and start.line == mark.line or "cannot start any token" in complaint:
        column = special.start("sign") if special else mark.column
        sign = line[column : column + 1]
        return "KB034", {"sign": Quoted(sign)}, (mark.line + 1, column + 1)
    if "mapping keys are not allowed" in complaint:
        return "KB034", {"sign": "?"}, here

    if "sequence entries are not allowed" in complaint:
        return "KB033", {}, here
    if "flow" in complaint:
        return _bracket(lines[start.line], start)
    if line[: mark.column].rstrip().endswith(("]", "}")):
        return "KB036", {}, here
    if "mapping values are not allowed" in complaint:
        return _colon(lines, mark)
    if "could not find expected ':'" in complaint:
        return _no_colon(lines, start)
    if _NO_SPACE_AFTER_DASH.match(line):
        return "KB030", {}, (mark.line + 1, len(line) - len(line.lstrip()) + 1)
    if "document start" in complaint and any(item.rstrip() in ("---", "...") for item in lines[1 : mark.line]):
        return "KB015", {}, here
    if "block" in complaint or "document start" in complaint:
        return "KB031", {}, here
    return "KB037", {}, here


def _swallowing_quote(text: str, lines: list[str]) -> tuple[int, int] | None:
    """Where a quote opens that runs over a line that looks like a field of its own."""
    for token in scan(text):
        if not isinstance(token, yaml.ScalarToken) or token.style not in ("'", '"'):
            continue
        first, last = token.start_mark.line, token.end_mark.line
        if any(_FIELD_LINE.match(lines[number]) for number in range(first + 1, last + 1)):
            return first + 1, token.start_mark.column + 1
    return None


def _follows_quote(line: str, column: int) -> bool:
    """Whether the parser stopped right behind a closing quote: another quote stood inside the text."""
    before = line[:column].rstrip()
    return bool(before) and before[-1] in "\"'" and line[column : column + 1] not in ("", "#")


def _bracket(line: str, start: yaml.Mark) -> tuple[str, dict, tuple[int, int]]:
    """A list or group between brackets that goes wrong; the place is that of its opening bracket."""
    column = start.column
    if line[column : column + 1] not in ("[", "{"):
        column = max(line.rfind("[", 0, column), line.rfind("{", 0, column), 0)
    return "KB032", {"sign": Quoted(line[column : column + 1])}, (start.line + 1, column + 1)


def _colon(lines: list[str], mark: yaml.Mark) -> tuple[str, dict, tuple[int, int]]:
    """A colon where no field can begin."""
    line = lines[mark.line]
    if _FIELD_BEFORE.match(line[: mark.column]):
        return "KB027", {}, (mark.line + 1, mark.column + 1)
    number = _previous(lines, mark.line)
    before = lines[number] if number is not None else ""
    if not before:
        return "KB031", {}, (mark.line + 1, len(line) - len(line.lstrip()) + 1)
    missing = _no_colon_in(before)
    if missing:
        code, values, column = missing
        return code, values, (number + 1, column)
    return "KB031", {}, (mark.line + 1, len(line) - len(line.lstrip()) + 1)


def _no_colon(lines: list[str], start: yaml.Mark) -> tuple[str, dict, tuple[int, int]]:
    """A line that should be ``field: value`` and has no colon where one is needed."""
    line = lines[start.line]
    found = _no_colon_in(line)
    if found:
        code, values, column = found
        return code, values, (start.line + 1, column)
    return "KB031", {}, (start.line + 1, start.column + 1)


def _no_colon_in(line: str) -> tuple[str, dict, int] | None:
    """Code, values and column when this line lacks a colon, or a space behind it or behind its dash."""
    if _NO_SPACE_AFTER_DASH.match(line):
        return "KB030", {}, len(line) - len(line.lstrip()) + 1
    glued = _NO_SPACE_AFTER_COLON.match(line)
    if glued:
        return "KB029", {"field": Quoted(glued["field"].lstrip("- "))}, glued.end("field") + 1
    words = _WORDS.match(line)
    if words and ":" not in line:
        return "KB028", {"field": Quoted(words["field"])}, words.start("field") + 1
    return None


def _previous(lines: list[str], number: int) -> int | None:
    """The number of the last line before ``number`` that holds something."""
    for index in range(number - 1, -1, -1):
        if lines[index].strip() and not lines[index].lstrip().startswith("#"):
            return index
    return None
