"""The canonical form of a data file: records by id, fields as in the schema, one way of writing. Comments stay.

Written by hand instead of with a round-trip library, because those tie a comment to the value before it:
sort the records and every heading ends up at another one. Here a comment belongs to what follows it.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from kennisbank import load
from kennisbank.load import parser, tree

WIDTH = 100  # columns; longer text becomes a folded block, in which colons and quotes mean nothing
# Tells the editor which schema explains and completes the fields.
_LANGUAGE_SERVER = "# yaml-language-server:"

_COMMENT = re.compile(r"(?:^|(?<=\s))#.*$")
# Text that some YAML reader takes for something else than text, or that looks like a number or a code.
_QUOTED_ANYWAY = re.compile(r"[0-9][0-9:._-]*|[A-Z]{2}|[-+.][0-9].*")
_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`](?:[^:#\n\t]|:(?=\S)|(?<=\S)#)*|-(?=[^\s])[^:#\n\t]*")
_RESOLVER = yaml.resolver.Resolver()


def header(name: str, kind: str) -> str:
    """The first line of the data file ``name``: where its schema is."""
    return f"{_LANGUAGE_SERVER} $schema={'../' * name.count('/')}schema/{kind}.schema.json"


class CommentLostError(Exception):
    """The text cannot be rewritten with every comment kept."""


def canonical(file: load.File, order: Mapping) -> str:
    """The text of a data file in canonical form. ``order`` is the schema of one record, references followed.

    Raises ``CommentLostError`` when something would be lost; the file is then better left alone.
    """
    node: Any = parser.compose(file.text)  # a list, or there would be no file
    comments = Comments(file.text, node)
    writer = Writer(comments)
    records = sorted(zip(file.data, node.value, strict=True), key=lambda pair: _sort_key(file.kind, pair[0]))
    blocks = ["\n".join(writer.item(item, order, 0)) for _, item in records]
    top = comments.header
    if _LANGUAGE_SERVER not in "".join(top):
        top = ["\n".join([header(file.name, file.kind), *top])]
    text = "\n\n".join([*top, *(blocks or ["[]"]), *comments.footer]) + "\n"
    prove_same(file, text, [data for data, _ in records], comments)
    return text


def _sort_key(kind: str, record: object) -> tuple[str, ...]:
    return load.sort_key(kind, record) if isinstance(record, dict) else ("",)


def prove_same(file: load.File, text: str, records: list, comments: Comments) -> None:
    """The rewritten text must read as the same data and hold every comment."""
    parsed = tree.parse(text, file.name)
    kept = all(text.count(line) >= count for line, count in comments.counts.items())
    if parsed.fatal or parsed.notes or parsed.data != records or not kept:
        raise CommentLostError(file.name)


class Comments:
    """The comments of a text, each tied to the node that follows it or stands on its line."""

    def __init__(self, text: str, root: yaml.Node) -> None:
        self.above: dict[int, list[str]] = {}  # id of a node → comment lines above it
        self.below: dict[int, list[str]] = {}  # id of a record → indented comment lines after its last field
        self.beside: dict[int, str] = {}
        self.header: list[str] = []
        self.footer: list[str] = []
        self.counts: dict[str, int] = {}
        lines = text.split("\n")
        starts = sorted(_starts(root, 0), key=lambda start: (start[0], start[1]))
        ends, covered = _extent(root, len(lines))
        top = self._take_header(lines, covered)
        for number, line in enumerate(lines):
            if number < top or number in covered:
                continue
            found = _COMMENT.search(line, ends.get(number, 0))
            if found:
                comment = found.group().rstrip()
                self.counts[comment] = self.counts.get(comment, 0) + 1
                if line[: found.start()].strip():
                    self._beside(comment, number, starts)
                else:
                    self._above(comment, number, found.start(), starts)

    def _take_header(self, lines: list[str], covered: set[int]) -> int:
        """The comment lines at the top, up to the first blank line or record; how many lines that are."""
        header = []
        for line in lines:
            if not line.startswith("#"):
                break
            header.append(line.rstrip())
        if header:
            self.header = ["\n".join(header)]
        return len(header)

    def _above(self, comment: str, number: int, column: int, starts: list) -> None:
        following = next((start for start in starts if start[0] > number), None)
        before = [start for start in starts if start[0] < number and start[2] == 0]
        if column and before and (following is None or following[2] == 0):
            self.below.setdefault(before[-1][3], []).append(comment)
        elif following:
            self.above.setdefault(following[3], []).append(comment)
        elif self.footer:
            self.footer[0] += f"\n{comment}"
        else:
            self.footer.append(comment)

    def _beside(self, comment: str, number: int, starts: list) -> None:
        owner = [start for start in starts if start[0] <= number][-1][3]
        if owner in self.beside:
            self.above.setdefault(owner, []).append(comment)
        else:
            self.beside[owner] = comment


def _starts(node: yaml.Node, depth: int) -> Iterator[tuple[int, int, int, int]]:
    """Line, order, depth and identity of every item and field, outermost first."""
    children = node.value if isinstance(node, yaml.SequenceNode) else []
    if isinstance(node, yaml.MappingNode):
        children = [key for key, _ in node.value]
    for child in children:
        mark = child.start_mark
        yield mark.line, mark.column * 100 + depth, depth, id(child)
    nested = [value for _, value in node.value] if isinstance(node, yaml.MappingNode) else children
    for child in nested:
        if not isinstance(child, yaml.ScalarNode):
            yield from _starts(child, depth + 1)


def _extent(root: yaml.Node, count: int) -> tuple[dict[int, int], set[int]]:
    """Per line the column behind its last scalar, and the lines that are inside a scalar."""
    ends: dict[int, int] = {}
    covered: set[int] = set()
    stack = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, yaml.MappingNode):
            stack += [part for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            stack += node.value
        elif isinstance(node, yaml.ScalarNode):
            first, last = node.start_mark, node.end_mark
            if node.style in ("|", ">"):
                # The end is where the next thing begins, behind comments that are not part of the text.
                content = len(node.value.rstrip("\n").split("\n")) if node.style == "|" else None
                end = first.line + content if content else last.line - 1
                covered.update(range(first.line + 1, min(end, count - 1) + 1))
            else:
                covered.update(range(first.line, last.line))
                ends[last.line] = max(ends.get(last.line, 0), last.column)
    return ends, covered


class Writer:
    """Writes nodes as lines."""

    def __init__(self, comments: Comments) -> None:
        self.comments = comments

    def item(self, node: yaml.Node, order: Mapping, indent: int) -> list[str]:
        """An item of a list, with its dash."""
        space = " " * indent
        above = [space + line for line in self.comments.above.get(id(node), [])]
        below = [f"{space}  {line}" for line in self.comments.below.get(id(node), [])]
        if isinstance(node, yaml.MappingNode) and node.value:
            lines = self.fields(node, order, indent + 2)
            first = next(index for index, line in enumerate(lines) if not line.lstrip().startswith("#"))
            lines[first] = f"{space}- {lines[first][indent + 2 :]}"
            above += [space + line.lstrip() for line in lines[:first]]
            return [*above, *lines[first:], *below]
        head, rest = self._value(node, order, indent, indent + 2)
        return [*above, f"{space}- {head}{self._beside(node)}".rstrip(), *rest, *below]

    def fields(self, node: yaml.MappingNode, order: Mapping, indent: int) -> list[str]:
        """The fields of a mapping, in the order of the schema; unknown ones last."""
        space = " " * indent
        known = list(order.get("properties", {}))
        pairs = sorted(node.value, key=lambda pair: known.index(pair[0].value) if pair[0].value in known else 999)
        lines = []
        for key, value in pairs:
            lines += [space + line for line in self.comments.above.get(id(key), [])]
            name = f"{space}{_scalar_text(key.value)}: "
            head, rest = self._value(value, order.get("properties", {}).get(key.value, {}), indent, len(name))
            lines.append(f"{name}{head}".rstrip() + self._beside(key))
            lines += rest
        return lines

    def _beside(self, node: yaml.Node) -> str:
        comment = self.comments.beside.get(id(node))
        return f"  {comment}" if comment else ""

    def _value(self, node: yaml.Node, order: Mapping, indent: int, used: int) -> tuple[str, list[str]]:
        """What stands behind the name or dash, which took ``used`` columns, and the lines below it."""
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node, indent, used)
        if not node.value:
            return ("{}" if isinstance(node, yaml.MappingNode) else "[]"), []
        if isinstance(node, yaml.MappingNode):
            return "", self.fields(node, order, indent + 2)
        return "", [line for item in node.value for line in self.item(item, order.get("items", {}), indent + 2)]


def _scalar(node: yaml.ScalarNode, indent: int, used: int) -> tuple[str, list[str]]:
    value = node.value
    if not node.style and not isinstance(tree.plain(value), str):
        return value, []
    space = " " * (indent + 2)
    if "\n" in value and _is_blockable(value):
        sign = "|" if value.endswith("\n") else "|-"
        return sign, [f"{space}{line}".rstrip() for line in value.rstrip("\n").split("\n")]
    short = _scalar_text(value)
    if used + len(short) <= WIDTH or not _is_foldable(value):
        return short, []
    lines = textwrap.wrap(
        value, WIDTH - len(space), break_long_words=False, break_on_hyphens=False, drop_whitespace=True
    )
    return ">-", [space + line for line in lines]


def _is_blockable(value: str) -> bool:
    """Whether a literal block gives back exactly this text."""
    lines = value.removesuffix("\n").split("\n")
    return bool(lines[0].strip()) and not any(line != line.rstrip() or line.startswith((" ", "\t")) for line in lines)


def _is_foldable(value: str) -> bool:
    """Whether a folded block gives back exactly this text: single spaces only, and characters that show."""
    return value == " ".join(value.split(" ")) and value == " ".join(value.split()) and value.isprintable()


def _scalar_text(value: str) -> str:
    """Text on one line: bare where no reader can misread it, else between double quotes."""
    tag = _RESOLVER.resolve(yaml.ScalarNode, value, (True, False))
    is_text = tag == "tag:yaml.org,2002:str" and not _QUOTED_ANYWAY.fullmatch(value)
    if is_text and value == value.strip() and value.isprintable() and _PLAIN.fullmatch(value):
        return value
    return json.dumps(value, ensure_ascii=False)
