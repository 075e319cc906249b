"""The book as EPUB 3.3: a zip of XHTML pages, a list of them, and what it is called.

https://www.w3.org/TR/epub-33/ and, for what the metadata say of access, https://www.w3.org/TR/epub-a11y-11/
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from kennisbank.archive import pack
from kennisbank.book import Book
from kennisbank.render import TEMPLATES, print_file

MEDIA = "application/epub+zip"
FOLDER = "EPUB"
STYLES = "book.css"
COVER = "cover"
PAGE = "blad-"  # how the ids of printed pages begin
# A link inside the book names an id; in an EPUB the page it stands on comes first.
LINK = re.compile(r'href="#([^"]+)"')
# What may hold the mark of a printed page, with its id.
PLACE = re.compile(r'<(?:h[1-6]|p|li|dt|dd|td|th|caption)\b[^<>]*\sid="([^"]+)"[^<>]*>')


def make_epub(book: Book, pages: Mapping[str, int] | None = None) -> bytes:
    """The file. ``pages`` says on which page of the printed book an id stands, for the list of pages."""
    breaks = _find_breaks(book, pages or {})
    files = {
        "mimetype": MEDIA,
        "META-INF/container.xml": print_file("book/container.xml", folder=FOLDER),
        f"{FOLDER}/package.opf": print_file("book/package.opf.jinja", book=book, printed=bool(pages)),
        f"{FOLDER}/nav.xhtml": print_file("book/nav.xhtml.jinja", book=book, pages=breaks.values()),
        f"{FOLDER}/{STYLES}": (TEMPLATES / "book" / STYLES).read_text(encoding="utf-8"),
        f"{FOLDER}/{COVER}.svg": print_file("book/cover.svg.jinja", edition=book.edition),
        f"{FOLDER}/{COVER}.xhtml": print_file("book/cover.xhtml.jinja", edition=book.edition),
    }
    openings = {part.opening.id: part for part in book.parts}
    for chapter in book.chapters:
        part = openings.get(chapter.id)
        text = LINK.sub(lambda link: f'href="{_file_of(link[1])}"', chapter.text)
        text = PLACE.sub(lambda place: place[0] + _mark(breaks.get(place[1])), text)
        files[f"{FOLDER}/{chapter.id}.xhtml"] = print_file(
            "book/chapter.xhtml.jinja",
            chapter=chapter,
            part=part,
            text=text,
            file_of=_file_of,
            mark=_mark(breaks.get(chapter.id)),
        )
    return pack({name: text.encode() for name, text in files.items()}, first="mimetype")


def _file_of(place: str) -> str:
    """The address in the EPUB of a place in the book."""
    chapter, _, rest = place.partition("--")
    return f"{chapter}.xhtml#{place}" if rest else f"{chapter}.xhtml"


class Break(NamedTuple):
    """Where a printed page begins: its number, and the address of its mark."""

    number: int
    address: str


def _find_breaks(book: Book, pages: Mapping[str, int]) -> dict[str, Break]:
    """The first place of every printed page that can hold its mark: a chapter, or an id inside one."""
    places = {place for chapter in book.chapters for place in (chapter.id, *PLACE.findall(chapter.text))}
    first: dict[int, str] = {}
    for place, number in pages.items():
        if place in places:
            first.setdefault(number, place)
    return {
        place: Break(number, f"{place.partition('--')[0]}.xhtml#{PAGE}{number}")
        for number, place in sorted(first.items())
    }


def _mark(found: Break | None) -> str:
    """The mark of a printed page, if one begins here."""
    return print_file("book/page-break.jinja", number=found.number, page=PAGE).strip() if found else ""
