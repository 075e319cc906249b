"""What a printed book is made of: the pages of HTML of the whole, of a category and of an institution."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from kennisbank.book import Book, Chapter, Part
from kennisbank.book.tables import share_room
from kennisbank.render import TEMPLATES, print_file

HEADING = re.compile(r"<(/?)h([1-5])(?=[ >])")
INSIDE = re.compile(r'<a( class="[^"]*")? href="#([^"]+)">(.*?)</a>', re.DOTALL)
# The class of a link behind which the number of its page stands.
LISTED = "kb-page"
TARGET = re.compile(r'href="#(interventions-[^"]+)"')
# What has a small book of its own, by its folder on the site.
SHORT = "institutions/"
ID = re.compile(r'\sid="([^"]+)"')
SECTION = re.compile(r"<(/?)section\b")
TABLE = re.compile(r"(<table\b[^<>]*>)(.*?</table>)", re.DOTALL)


@dataclass(frozen=True)
class Outline:
    """What a printed book is to hold: the whole, or some parts or loose chapters of it under a title of its own."""

    book: Book
    title: str
    parts: tuple[Part, ...]
    loose: tuple[Chapter, ...]

    @property
    def is_whole(self) -> bool:
        """Whether it is the whole book, with its cover and register."""
        return not self.title

    @property
    def back(self) -> tuple[Chapter, ...]:
        """The chapters behind the parts."""
        return self.book.back if self.is_whole else self.loose

    @property
    def count(self) -> int:
        """Of how many pieces it is made: what stands in front, the contents, each part, and what stands behind."""
        return 2 + len(self.parts) + bool(self.back)

    @cached_property
    def ids(self) -> frozenset[str]:
        """The places that it holds."""
        parts = [chapter for part in self.parts for chapter in (part.opening, *part.chapters)]
        chapters = [*self.book.front, *parts, *self.back]
        return frozenset(name for chapter in chapters for name in (chapter.id, *ID.findall(chapter.text)))


def outline_all(book: Book) -> Iterator[tuple[str, Outline]]:
    """The whole book and then its smaller ones, with the names of their files.

    There is one for every part that the terms of a closed list make (a category), and one for every record with a page
    of its own in ``SHORT``: that page, and the beginning of every chapter which it links to.
    """
    yield book.edition.name, Outline(book, "", book.parts, ())
    for part in book.parts:
        if part.by_term:
            yield f"{book.edition.name}-{part.id.removeprefix('deel-')}", Outline(book, part.title, (part,), ())
    every = {chapter.id: chapter for part in book.parts for chapter in part.chapters}
    for chapter in every.values():
        if chapter.address.startswith(SHORT):
            named = dict.fromkeys(link.partition("--")[0] for link in TARGET.findall(chapter.text))
            others = [shorten(every[name]) for name in named if name in every and name != chapter.id]
            name = chapter.id.removeprefix(SHORT.replace("/", "-"))
            yield f"{book.edition.name}-{name}", Outline(book, chapter.title, (), (chapter, *others))


def shorten(chapter: Chapter) -> Chapter:
    """A chapter up to its first part: of an intervention that is the one-minute block."""
    depth = 0
    for tag in SECTION.finditer(chapter.text):
        depth += -1 if tag[1] else 1
        if not depth:
            return chapter._replace(text=chapter.text[: tag.end()] + ">")
    return chapter


def print_pieces(outline: Outline, pages: Mapping[str, int]) -> list[str]:
    """The pages of HTML of which a printed book is made: what stands in front, the contents, every part, and what follows.

    ``pages`` says where an id stands, for the contents and the register. A link to what the book does not hold is only
    its words.
    """
    return [print_piece(outline, number, pages) for number in range(outline.count)]


def print_piece(outline: Outline, number: int, pages: Mapping[str, int]) -> str:
    """One of those pages of HTML."""
    part = outline.parts[number - 2] if 2 <= number < 2 + len(outline.parts) else None
    values = {"outline": outline, "book": outline.book, "pages": pages, "lower": lower, "number": number, "part": part}
    piece = print_file("book/paper.html.jinja", **values)

    def link(found: re.Match) -> str:
        attributes, target, words = found.groups()
        if target not in outline.ids:
            return words
        folio = f' <span class="folio">{pages.get(target, 0)}</span>' if attributes and LISTED in attributes else ""
        return found[0] + folio

    return TABLE.sub(_set_columns, INSIDE.sub(link, piece))


def _set_columns(table: re.Match) -> str:
    widths = share_room(ET.fromstring(table[0]))
    columns = "".join(f'<col style="width: {width:.1f}%">' for width in widths)
    return f"{table[1]}<colgroup>{columns}</colgroup>{table[2]}" if widths else table[0]


def lower(text: str, by: int = 1) -> str:
    """XML with its headings one level down, or more: a chapter stands below the title of its part."""
    return HEADING.sub(lambda tag: f"<{tag[1]}h{min(int(tag[2]) + by, 6)}", text)


def folder() -> str:
    """The address of the folder with the styles and letters of the printed book."""
    return (TEMPLATES / "book").as_uri()
