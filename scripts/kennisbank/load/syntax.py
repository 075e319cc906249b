"""What an editor did, guessed from where the parser stopped and what stands there. Never from its English words.

Those differ from parser to parser and from version to version. The place does not, nor whether signs or their order
were wrong; and what stands at that place is read here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import yaml

from kennisbank.load.parser import scan
from kennisbank.load.problem import Problem, Quoted, make
from kennisbank.load.text import place

_FIELD = r"(?:- +)*[\w-]+"
_FIELD_LINE = re.compile(rf"\s*(?:{_FIELD}:(?:\s|$)|- )")
_NO_SPACE_AFTER_COLON = re.compile(rf"\s*(?P<field>{_FIELD}):[^\s:/]")
_NO_SPACE_AFTER_DASH = re.compile(r"\s*-[^\s-]")
_FIELD_BEFORE = re.compile(r"\s*(?:- +)*[^\s\"'\[{#][^\"']*?:\s")
_BEGINS_SPECIAL = re.compile(r"\s*(?:(?:- +)*[\w-]+: +|(?:- +)+)(?P<sign>[@`%*&!|>])")
_WORDS = re.compile(r"\s*(?:- +)*(?P<field>[\w-]+)(?: |$)")
# Signs with which no value begins, here or between brackets; and those that want something else behind them.
_STARTS_NOTHING, _WANTS_MORE = frozenset("@`%|>?"), frozenset("&|>")
_OPENING, _CLOSING = ("[", "{"), ("]", "}")
_SINGLE_QUOTED = re.compile(r"'(?:[^']|'')*'")
# Between double quotes: text, an escape (YAML 1.2, 5.7), a backslash that begins none, or the closing quote.
_DOUBLE_QUOTED = re.compile(
    r"[^\"\\]+|\\(?:[0abtnvfre \"/\\N_LP\t\n]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})"
    r"|(?P<wrong>\\)|(?P<closing>\")"
)


class Found(NamedTuple):
    """The code of a problem, its line and column from 1, and what to fill in."""

    code: str
    place: tuple[int, int]
    values: dict[str, Any] = {}  # noqa: RUF012 (never changed)


@dataclass(frozen=True)
class Stop:
    """Where the parser stopped (``mark``) in a text, and where it began (``start``) what it was busy with."""

    error: yaml.YAMLError
    text: str
    mark: yaml.Mark
    start: yaml.Mark

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, and an empty one behind it, where the end of the text lies."""
        return [*self.text.split("\n"), ""]

    @property
    def here(self) -> tuple[int, int]:
        """The place where the parser stopped."""
        return self.mark.line + 1, self.mark.column + 1

    @property
    def began(self) -> tuple[int, int]:
        """The place of ``start``."""
        return self.start.line + 1, self.start.column + 1

    @property
    def line(self) -> str:
        """The line where the parser stopped."""
        return self.lines[self.mark.line]

    @property
    def before(self) -> str:
        """That line up to where the parser stopped."""
        return self.line[: self.mark.column].rstrip()

    @property
    def sign(self) -> str:
        """The character at which the parser stopped; empty at the end of a line."""
        return self.line[self.mark.column : self.mark.column + 1]

    @property
    def opening(self) -> str:
        """The character at ``start``."""
        return self.lines[self.start.line][self.start.column : self.start.column + 1]

    @property
    def is_about_signs(self) -> bool:
        """Whether the text could not be cut into signs and words."""
        return isinstance(self.error, yaml.scanner.ScannerError)

    @property
    def is_about_order(self) -> bool:
        """Whether signs and words stand in an order that means nothing."""
        return isinstance(self.error, yaml.parser.ParserError)


def explain(error: yaml.YAMLError, text: str, name: str) -> Problem:
    """The one problem that best says what is wrong in ``text``, given where and how the parser stopped."""
    start = getattr(error, "context_mark", None)
    mark = getattr(error, "problem_mark", None) or start
    found = _diagnose(Stop(error, text, mark, start or mark)) if mark else Found("KB037", (1, 1))
    return make(found.code, name, found.place, **found.values)


def _diagnose(stop: Stop) -> Found:
    return next((found for rule in _RULES if (found := rule(stop))), Found("KB037", stop.here))


def _second_document(stop: Stop) -> Found | None:
    """Anchors and aliases were refused before, so composing can complain of nothing else."""
    return Found("KB015", stop.here) if isinstance(stop.error, yaml.composer.ComposerError) else None


def _directive(stop: Stop) -> Found | None:
    return Found("KB016", stop.began) if stop.opening == "%" and stop.start.column == 0 else None


def _tag(stop: Stop) -> Found | None:
    tag = stop.lines[stop.start.line][stop.start.column :].split(" ")[0]
    return Found("KB019", stop.began, {"tag": Quoted(tag)}) if tag.startswith("!") else None


def _swallowing_quote(stop: Stop) -> Found | None:
    """A quote that is not closed swallows lines until the next quote, and the parser stumbles only there.

    It is one that runs over a line that looks like a field of its own.
    """
    for token in scan(stop.text):
        if not isinstance(token, yaml.ScalarToken) or token.style not in ("'", '"'):
            continue
        first, last = token.start_mark.line, token.end_mark.line
        if any(_FIELD_LINE.match(line) for line in stop.lines[first + 1 : last + 1]):
            return Found("KB025", (first + 1, token.start_mark.column + 1))
    return None


def _quote(stop: Stop) -> Found | None:
    """A quote that is not closed where the parser stopped, or a backslash in it that begins no escape."""
    if not stop.is_about_signs:
        return None
    end = None
    if stop.opening == '"':
        for part in _DOUBLE_QUOTED.finditer(stop.text, stop.start.index + 1):
            if part["wrong"]:
                return Found("KB035", place(stop.text, part.start()))
            if part["closing"]:
                end = part.end()
                break
    elif stop.opening == "'":
        closed = _SINGLE_QUOTED.match(stop.text, stop.start.index)
        end = closed.end() if closed else None
    else:
        return None
    return Found("KB025", stop.began) if end is None or stop.mark.index < end else None


def _text_behind_quote(stop: Stop) -> Found | None:
    """The parser stopped right behind a closing quote: another quote stood inside the text."""
    is_behind = stop.before.endswith(("'", '"')) and stop.sign not in ("", "#")
    return Found("KB026", stop.here) if is_behind else None


def _nameless_field(stop: Stop) -> Found | None:
    return Found("KB023", stop.here) if stop.sign == ":" and not stop.before.strip(" -") else None


def _special_sign(stop: Stop) -> Found | None:
    """A value that begins with a sign that means something in YAML."""
    special = _BEGINS_SPECIAL.match(stop.line)
    line, column = stop.mark.line, stop.mark.column
    if special and stop.start.line == line:
        column = special.start("sign")
    elif stop.is_about_signs and stop.opening in _WANTS_MORE:
        line, column = stop.start.line, stop.start.column
    elif not (stop.is_about_signs and stop.began == stop.here and stop.sign in _STARTS_NOTHING):
        return None
    return Found("KB034", (line + 1, column + 1), {"sign": Quoted(stop.lines[line][column : column + 1])})


def _dash(stop: Stop) -> Found | None:
    return Found("KB033", stop.here) if stop.is_about_signs and stop.sign == "-" else None


def _star(stop: Stop) -> Found | None:
    """A star where a list has its dash; the message without a name of its own says how to make a list."""
    return Found("KB037", stop.began) if stop.is_about_signs and stop.opening == "*" else None


def _open_bracket(stop: Stop) -> Found | None:
    """A list or group between brackets that goes wrong; the place is that of its opening bracket."""
    opened = []
    for token in scan(stop.text):
        if token.start_mark.index >= stop.mark.index:
            break
        if isinstance(token, yaml.FlowSequenceStartToken | yaml.FlowMappingStartToken):
            opened.append(token.start_mark)
        elif isinstance(token, yaml.FlowSequenceEndToken | yaml.FlowMappingEndToken) and opened:
            opened.pop()
    # Behind a bracket that nothing closes the parser may still hope for a colon, and give no sign before it.
    if not opened and not (stop.is_about_signs and stop.opening in _OPENING):
        return None
    mark = opened[-1] if opened else stop.start
    return Found("KB032", (mark.line + 1, mark.column + 1), {"sign": stop.lines[mark.line][mark.column]})


def _text_behind_bracket(stop: Stop) -> Found | None:
    return Found("KB036", stop.here) if stop.before.endswith(_CLOSING) else None


def _colon(stop: Stop) -> Found | None:
    """A colon where no field can begin."""
    if not (stop.is_about_signs and stop.sign == ":"):
        return None
    if _FIELD_BEFORE.match(stop.line[: stop.mark.column]):
        return Found("KB027", stop.here)
    number = _previous(stop.lines, stop.mark.line)
    lacking = _no_colon_in(stop.lines[number], number) if number is not None else None
    return lacking or Found("KB031", (stop.mark.line + 1, _indent(stop.line) + 1))


def _no_colon(stop: Stop) -> Found | None:
    """A line that should be ``field: value``: the parser looked for a colon further on and found none."""
    if not stop.is_about_signs or stop.began == stop.here:
        return None
    return _no_colon_in(stop.lines[stop.start.line], stop.start.line) or Found("KB031", stop.began)


def _no_space_behind_dash(stop: Stop) -> Found | None:
    found = _no_colon_in(stop.line, stop.mark.line)
    return found if found and found.code == "KB030" else None


def _second_document_behind_text(stop: Stop) -> Found | None:
    """A document that ended where it should go on: without a context it is the end of the whole that was looked for."""
    is_end = stop.is_about_order and getattr(stop.error, "context_mark", None) is None
    is_marked = is_end and any(line.rstrip() in ("---", "...") for line in stop.lines[1 : stop.mark.line])
    return Found("KB015", stop.here) if is_marked else None


def _bracket_without_field(stop: Stop) -> Found | None:
    is_first = stop.is_about_order and stop.sign in _OPENING
    return Found("KB032", stop.here, {"sign": stop.sign}) if is_first else None


def _indentation(stop: Stop) -> Found | None:
    return Found("KB031", stop.here) if stop.is_about_order else None


# In order: the first that recognises the mistake says what it is.
_RULES: tuple[Callable[[Stop], Found | None], ...] = (
    _second_document,
    _directive,
    _tag,
    _swallowing_quote,
    _quote,
    _text_behind_quote,
    _nameless_field,
    _special_sign,
    _star,
    _open_bracket,
    _no_colon,
    _dash,
    _text_behind_bracket,
    _colon,
    _no_space_behind_dash,
    _second_document_behind_text,
    _bracket_without_field,
    _indentation,
)


def _no_colon_in(line: str, number: int) -> Found | None:
    """What this line lacks (``number`` counts from 0): a colon, or a space behind its colon or dash."""
    if _NO_SPACE_AFTER_DASH.match(line):
        return Found("KB030", (number + 1, _indent(line) + 1))
    glued = _NO_SPACE_AFTER_COLON.match(line)
    if glued:
        return Found("KB029", (number + 1, glued.end("field") + 1), {"field": Quoted(glued["field"].lstrip("- "))})
    words = _WORDS.match(line)
    if words and ":" not in line:
        return Found("KB028", (number + 1, words.start("field") + 1), {"field": Quoted(words["field"])})
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _previous(lines: list[str], number: int) -> int | None:
    """The number of the last line before ``number`` that holds something."""
    for index in range(number - 1, -1, -1):
        if lines[index].strip() and not lines[index].lstrip().startswith("#"):
            return index
    return None
