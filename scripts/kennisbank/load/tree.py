"""From YAML text to plain data, and from a path in that data back to a line and column.

Values are read in the spirit of YAML 1.2: ``no``, ``ja`` and dates are text, ``007`` is text, ``true`` and
``false`` are the only booleans, and nothing but empty, ``null`` and ``~`` is nothing. Nothing is executed:
the parser only composes nodes, and what a node may mean is decided here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from kennisbank.load.parser import compose, events
from kennisbank.load.problem import Problem, Quoted, make
from kennisbank.load.syntax import explain
from kennisbank.load.text import place as place_of

# A record of ours is six levels deep; the stack of the parser holds thousands.
MAX_DEPTH = 20
# 75 entries have 20,000 parts; each part costs the parser about 600 bytes, so this is under 100 MB.
MAX_PARTS = 150_000

Path = tuple[str | int, ...]

# Where an anchor, alias or tag may start. Often a false alarm ("Moeder & kind"), which costs one extra scan.
# In a flow mapping the value may touch the colon behind a quoted name.
_MARK = re.compile(r"[&*!](?<=[\s\[{,:][&*!])\S|(?<=[:-] )! |\A[&*!]")
# Where brackets may begin a list or group, and what counts between them: quotes, comments, brackets.
_BRACKETS = re.compile(r"(?:^|[-:?] ) *(?=[\[{])", re.MULTILINE)
_BETWEEN = re.compile(r"(?<=[\s\[{,:])(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|#[^\n]*)|[\[{]|[\]}]", re.DOTALL)
# More steps in than any record of ours, and rows of dashes on one line. A fixed first character is searched fast.
_DEEP = "\n" + 60 * " "
_ROWS = (re.compile(r"- +[-?] +[-?] "), re.compile(r"\? +[-?] +[-?] "))
_MERGE_KEY = "<<"
# Behind a value a # begins a remark. One that touches what follows, or stands a single space behind text without
# quotes, was most likely meant as text.
_REMARK = re.compile(r"(?P<space>[ ]+)#(?P<text>.*)")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_CONSTANTS = {"": None, "~": None, "null": None, "true": True, "false": False}
# First characters of plain text that may be something else than text.
_SPECIAL = frozenset("~ntf-.+0123456789")


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was refused at a path in the data, with its place in the text."""

    code: str
    path: Path
    place: tuple[int, int]
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Parsed:
    """Plain data, what was refused in it, the first line (from 0) of each item, and why it was unreadable."""

    data: Any = None
    notes: tuple[Note, ...] = ()
    starts: tuple[int, ...] = ()
    fatal: Problem | None = None


def parse(text: str, name: str) -> Parsed:
    """Read the YAML in ``text``; when that fails ``fatal`` says why. ``name`` is the file as messages call it."""
    try:
        fatal = _trap(text, name) if _is_suspect(text) else None
        if fatal:
            return Parsed(fatal=fatal)
        node = compose(text)
        if node is None:
            return Parsed(fatal=make("KB014", name))
        reader = _Reader(_remarks(text))
        data = reader.read(node, ())
    except yaml.YAMLError as error:
        return Parsed(fatal=explain(error, text, name))
    except RecursionError:
        return Parsed(fatal=make("KB020", name, limit=MAX_DEPTH))
    return Parsed(data, tuple(reader.notes), _starts(node, text))


def _starts(node: yaml.Node, text: str) -> tuple[int, ...]:
    """The line of each item of a list, when each begins a line of its own, with its dash."""
    if not isinstance(node, yaml.SequenceNode) or node.flow_style:
        return ()
    lines = tuple(item.start_mark.line for item in node.value)
    rows = text.split("\n")
    has_dashes = all(rows[line].lstrip(" ").startswith("-") for line in lines)
    return lines if has_dashes and len(set(lines)) == len(lines) else ()


def locate(node: yaml.Node | None, path: Path, key: bool = False) -> tuple[int, int]:
    """Line and column, from 1, of what stands at ``path``; of its name when ``key``.

    Where the path does not exist (a missing field) it is the place of the last part that does.
    """
    mark = node.start_mark if node else None
    for step in path:
        found = _step(node, step) if node else None
        if found is None:
            break
        name, node = found
        mark = name.start_mark if key and name is not None else node.start_mark
        # An empty value has no place of its own that an editor would recognise.
        if name is not None and node.start_mark.index == node.end_mark.index:
            mark = name.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _step(node: yaml.Node, step: str | int) -> tuple[yaml.Node | None, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None


def plain(value: str) -> object:
    """What text without quotes stands for: nothing, a boolean, a number, or else itself."""
    if value in _CONSTANTS:
        return _CONSTANTS[value]
    if _NUMBER.fullmatch(value):
        return float(value) if "." in value else int(value)
    return value


class _Reader:
    """Turns nodes into plain data and notes what it had to refuse, each with its path."""

    def __init__(self, remarks: dict[int, str]) -> None:
        self.notes: list[Note] = []
        self.remarks = remarks

    def read(self, node: yaml.Node, path: Path) -> object:
        """The plain data of one node."""
        if type(node) is yaml.ScalarNode:
            value = node.value
            if self.remarks and node.end_mark.line in self.remarks:
                self._remark(node, path)
            if node.style or (value and value[0] not in _SPECIAL):
                return value
            return self._plain(node, value, path)
        if type(node) is yaml.MappingNode:
            return self._mapping(node, path)
        return [self.read(item, (*path, index)) for index, item in enumerate(node.value)]

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        data: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for key, value in node.value:
            name = key.value
            if type(name) is str and name in data and name == node.value[0][0].value and self._is_next(node, key, path):
                break
            if type(key) is not yaml.ScalarNode or not name:
                self._note("KB023", path, key)
            elif name in data:
                self._note("KB022", (*path, name), key, key=Quoted(name), first=lines[name])
            elif name == _MERGE_KEY and not key.style:
                self._note("KB018", (*path, name), key)
            else:
                lines[name] = key.start_mark.line + 1
                data[name] = self.read(value, (*path, name))
        return data

    def _is_next(self, node: yaml.MappingNode, key: yaml.Node, path: Path) -> bool:
        """Whether the fields begin anew at this one: a dash is missing, which is one mistake and not one for each."""
        names = [name.value for name, _ in node.value if type(name) is yaml.ScalarNode]
        is_next = len(names) - len(set(names)) > 1
        if is_next:
            self._note("KB053", (*path, key.value), key, field=Quoted(key.value))
        return is_next

    def _plain(self, node: yaml.ScalarNode, value: str, path: Path) -> object:
        if _NOT_FINITE.fullmatch(value):
            self._note("KB024", path, node, value=Quoted(value))
        return plain(value)

    def _remark(self, node: yaml.ScalarNode, path: Path) -> None:
        """A value that seems to go on behind a #."""
        found = _REMARK.fullmatch(self.remarks[node.end_mark.line], node.end_mark.column)
        if not found or node.style in ("|", ">") or not node.value:
            return
        touches = found["text"] and not found["text"].startswith((" ", "#", "!"))
        if touches or (not node.style and found["space"] == " " and found["text"].strip()):
            place = (node.end_mark.line + 1, found.end("space") + 1)
            self.notes.append(Note("KB050", path, place, {"text": Quoted(f"#{found['text']}")}))

    def _note(self, code: str, path: Path, node: yaml.Node, **values: object) -> None:
        place = (node.start_mark.line + 1, node.start_mark.column + 1)
        self.notes.append(Note(code, path, place, values))


def _remarks(text: str) -> dict[int, str]:
    """The lines, by their number from 0, in which a value may end at a #."""
    return {line: row for line, row in enumerate(text.split("\n")) if " #" in row} if " #" in text else {}


def _is_suspect(text: str) -> bool:
    """Whether the text may hold what must be seen before composing: marks, depth, or too many parts."""
    opening = text.count("[") + text.count("{")
    fields = text.count(": ") + text.count(":\n")
    # An upper bound: a field is a name and a value; commas only divide parts between brackets.
    parts = 2 * fields + text.count("- ") + text.count("-\n") + 2 * text.count("? ")
    parts += 3 * (text.count(",") + text.count(":") + opening) if opening else 0
    if opening > 400 or parts > MAX_PARTS or _DEEP in text:
        return True
    if any(sign in text for sign in "&*!") and _MARK.search(text):
        return True
    return any(row.search(text) for row in _ROWS)


def _deep_bracket(text: str) -> int | None:
    """Where the first bracket stands that has ``MAX_DEPTH`` open ones around it."""
    end = 0
    for begin in _BRACKETS.finditer(text):
        if begin.end() < end:
            continue  # within the brackets that were just read
        depth = 0
        for part in _BETWEEN.finditer(text, begin.end()):
            end = part.end()
            depth += (part.group() in "[{") - (part.group() in "]}")
            if depth > MAX_DEPTH:
                return part.start()
            if depth <= 0:
                break
    return None


def _trap(text: str, name: str) -> Problem | None:
    """The first anchor, alias, tag or excess in the stream of events, which costs no memory."""
    # Some parsers refuse deep brackets themselves, in their own words, before an event comes of them.
    deep = _deep_bracket(text)
    if deep is not None:
        return make("KB020", name, place_of(text, deep), limit=MAX_DEPTH)
    depth = parts = 0
    for event in events(text):
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
            continue
        if not isinstance(event, yaml.NodeEvent):
            continue
        parts += 1
        mark: Any = event.start_mark  # an event of a text has one
        place = (mark.line + 1, mark.column + 1)
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            return make("KB017", name, place, sign=sign, name=Quoted(event.anchor))
        tag = getattr(event, "tag", None)  # an alias has none
        if tag:
            return make("KB019", name, place, tag=Quoted(tag.replace("tag:yaml.org,2002:", "!!")))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                return make("KB020", name, place, limit=MAX_DEPTH)
        if parts > MAX_PARTS:
            return make("KB021", name, place, limit=f"{MAX_PARTS:,}".replace(",", "."))
    return None
