"""The build of a page: headings that descend one step at a time, tables with a head and even rows, marks that close."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

# As Python-Markdown reads them: signs at the margin, with or without a space; or a line below the text.
_HEADING = re.compile(
    r"^(?P<signs>#{1,6})[ ]*(?P<text>[^\n]*?)[ ]*#*[ ]*$|^(?P<above>[^\s|<>#`~-][^\n]*)\n(?P<line>=+|-+)[ ]*$",
    re.MULTILINE,
)
_NAME = re.compile(r"[ ]*\{[^}\n]*\}$")
_ROW = re.compile(r"^[ ]{0,3}\|[^\n]*$|^[ ]{0,3}[^\s|][^\n]*\|[^\n]*$", re.MULTILINE)
_RULE = re.compile(r"[ ]*\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*")
_FENCE = re.compile(r"^(?:`{3,}|~{3,})[^\n]*", re.MULTILINE)
# What Markdown reads as one text: a paragraph, an item of a list, a row of a table.
_BLOCK = re.compile(r"^(?:[^\n]*\S[^\n]*\n?)+?(?=\s*\n|\s*\Z|[ ]*(?:[-*+]|\d+\.)[ ]|[ ]*\|)", re.MULTILINE)
_BOLD = re.compile(r"(?<![\\*])\*\*(?!\*)")
_BAR = re.compile(r"(?<!\\)\|")


class Heading(NamedTuple):
    """A heading: where it begins, its level and its text without a name behind it."""

    start: int
    level: int
    text: str


class Fault(NamedTuple):
    """What is wrong: where, and the name of the words for it in messages.yaml."""

    start: int
    name: str
    text: str


def list_headings(text: str) -> list[Heading]:
    """The headings of a page, of which calls and code were made blank."""
    found = []
    for match in _HEADING.finditer(text) if "#" in text or "\n=" in text or "\n-" in text else ():
        level = len(match["signs"]) if match["signs"] else 1 if match["line"].startswith("=") else 2
        found.append(Heading(match.start(), level, _NAME.sub("", match["text"] or match["above"] or "").strip()))
    return found


def find_heading_faults(headings: list[Heading], top: int, printed: Mapping[int, int]) -> Iterator[Fault]:
    """Headings that are empty, too large, jump or stand there twice. The page begins below ``top``.

    ``printed`` has the places of macros that print headings, each with the level of the deepest.
    """
    seen: set[tuple] = set()
    above: dict[int, str] = {}
    before, place = top, 0
    for heading in headings:
        before = max([before, *(level for call, level in printed.items() if place <= call < heading.start)])
        place = heading.start
        if heading.level <= top:
            yield Fault(heading.start, "top" if top == 1 else "large", heading.text)
            continue
        above = {level: text for level, text in above.items() if level < heading.level}
        key = (heading.level, heading.text, *above.values())
        above[heading.level] = heading.text
        if not heading.text:
            yield Fault(heading.start, "empty", "")
        elif heading.level > before + 1:
            yield Fault(heading.start, "jump", heading.text)
        elif key in seen:
            yield Fault(heading.start, "twice", heading.text)
        seen.add(key)
        before = heading.level


def find_table_faults(text: str) -> Iterator[Fault]:
    """Tables without a line below their head, with a head that is empty, or with rows of another length."""
    block: list[re.Match] = []
    for row in (*(_ROW.finditer(text) if "|" in text else ()), None):
        if row and block and row.start() == block[-1].end() + 1:
            block.append(row)
            continue
        yield from _judge(block)
        block = [row] if row else []


def find_open_marks(text: str) -> Iterator[Fault]:
    """Bold or code that begins and does not end: Markdown prints the signs, or all that follows as code.

    ``text`` is a page of which calls and closed code were made blank.
    """
    for fence in _FENCE.finditer(text) if "```" in text or "~~~" in text else ():
        yield Fault(fence.start(), "code", fence[0])
        return  # what follows is code to a reader, whatever it says
    for block in _BLOCK.finditer(text) if "**" in text else ():
        marks = list(_BOLD.finditer(block[0]))
        if len(marks) % 2:
            start = block.start() + marks[-1].start()
            yield Fault(start, "bold", text[start : block.end()].split("\n", 1)[0][:30])


def _judge(rows: list[re.Match]) -> Iterator[Fault]:
    """At most one fault of the rows that stand together."""
    if len(rows) < 2:
        if (
            rows
            and rows[0][0].strip().startswith("|")
            and rows[0][0].strip().endswith("|")
            and rows[0][0].count("|") > 2
        ):
            yield Fault(rows[0].start(), "no_line", rows[0][0].strip())
        return
    if not _RULE.fullmatch(rows[1][0]):
        if all(row[0].strip().startswith("|") for row in rows):
            yield Fault(rows[0].start(), "no_line", rows[0][0].strip())
        return
    counts = [len(_cells(row[0])) for row in rows]
    wrong = next((number for number, count in enumerate(counts) if count != counts[0]), None)
    if not any(_cells(rows[0][0])):
        yield Fault(rows[0].start(), "no_head", rows[1][0].strip())
    elif not all(_cells(rows[0][0])[1:]):
        yield Fault(rows[0].start(), "empty_head", rows[0][0].strip())
    elif wrong is not None:
        yield Fault(rows[wrong].start(), "uneven", rows[wrong][0].strip())


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in _BAR.split(row.strip().removeprefix("|").removesuffix("|"))]
