"""How wide the columns of a printed table are, from the words in them.

WeasyPrint finds that out by setting every word of every cell by itself, with each of its hyphenations: a tenth to a
quarter of the time of a category. A count of characters gives much the same, by the same rule
(https://www.w3.org/TR/css-tables-3/#width-distribution-algorithm).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kennisbank.book.tree import Element, classes

# How many characters of a table stand beside each other on a sheet of A4, and how many the edges of a cell take.
ROOM, EDGES = 140, 2
# A longer word is hyphenated.
LONGEST = 10
WORD = re.compile(r"[^\s/]+")
BREAKS = {"br", "p", "li", "div", "ul", "ol"}
BREAK_CLASSES = {"kb-line"}
# What is not printed.
UNSEEN = {"kb-unseen", "kb-label"}


def share_room(table: Element) -> list[float]:
    """The width of each column of a table, as a percentage of the whole; empty where its words do not tell."""
    columns: dict[int, list[str]] = {}
    for row in table.iter("tr"):
        place = 0
        for cell in row:
            if "rowspan" in cell.attrib:
                return []
            wide = int(cell.get("colspan", "1"))
            if wide == 1:
                columns.setdefault(place, []).extend("".join(_text(cell)).split("\n"))
            place += wide
    if len(columns) != max(columns, default=-1) + 1:
        return []
    lines = [columns[place] for place in sorted(columns)]
    least = [min(max(map(_longest_word, column)), LONGEST) + EDGES for column in lines]
    most = [min(max(len(" ".join(line.split())) for line in column), ROOM) + EDGES for column in lines]
    part = min(1.0, max(ROOM - sum(least), 0) / max(sum(most) - sum(least), 1))
    widths = [small + part * (large - small) for small, large in zip(least, most, strict=True)]
    return [100 * width / sum(widths) for width in widths]


def _longest_word(text: str) -> int:
    return max(map(len, WORD.findall(text)), default=0)


def _text(element: Element) -> Iterator[str]:
    names = classes(element)
    if names & UNSEEN:
        return
    yield element.text or ""
    for child in element:
        is_line = child.tag in BREAKS or classes(child) & BREAK_CLASSES
        yield "\n" if is_line else ""
        yield from _text(child)
        yield child.tail or ""
