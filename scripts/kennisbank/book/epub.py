"""The book as EPUB 3.3: a zip of XHTML pages, a list of them, and what it is called.

https://www.w3.org/TR/epub-33/ and, for what the metadata say of access, https://www.w3.org/TR/epub-a11y-11/
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from kennisbank.archive import pack
from kennisbank.book import Book
from kennisbank.render import TEMPLATES, print_file

MEDIA = "application/epub+zip"
FOLDER = "EPUB"
STYLES = "book.css"
COVER = "cover"
# A link inside the book names an id; in an EPUB the page it stands on comes first.
LINK = re.compile(r'href="#([^"]+)"')


def make_epub(book: Book, pages: Mapping[str, int] | None = None) -> bytes:
    """The file. ``pages`` says on which page of the printed book an id stands, for the list of pages."""
    ids = {chapter.id for chapter in book.chapters}
    files = {
        "mimetype": MEDIA,
        "META-INF/container.xml": print_file("book/container.xml", folder=FOLDER),
        f"{FOLDER}/package.opf": print_file("book/package.opf.jinja", book=book, printed=bool(pages)),
        f"{FOLDER}/nav.xhtml": print_file("book/nav.xhtml.jinja", book=book, pages=_list_pages(pages or {}, ids)),
        f"{FOLDER}/{STYLES}": (TEMPLATES / "book" / STYLES).read_text(encoding="utf-8"),
        f"{FOLDER}/{COVER}.svg": print_file("book/cover.svg.jinja", edition=book.edition),
        f"{FOLDER}/{COVER}.xhtml": print_file("book/cover.xhtml.jinja", edition=book.edition),
    }
    openings = {part.opening.id: part for part in book.parts}
    for chapter in book.chapters:
        part = openings.get(chapter.id)
        text = LINK.sub(lambda link: f'href="{_file_of(link[1])}"', chapter.text)
        files[f"{FOLDER}/{chapter.id}.xhtml"] = print_file(
            "book/chapter.xhtml.jinja", chapter=chapter, part=part, text=text, file_of=_file_of
        )
    return pack({name: text.encode() for name, text in files.items()}, first="mimetype")


def _file_of(place: str) -> str:
    """The address in the EPUB of a place in the book."""
    chapter, _, rest = place.partition("--")
    return f"{chapter}.xhtml#{place}" if rest else f"{chapter}.xhtml"


def _list_pages(pages: Mapping[str, int], chapters: set[str]) -> list[tuple[int, str]]:
    """The first place of every printed page, as its number and its address."""
    first: dict[int, str] = {}
    for place, number in pages.items():
        if place.partition("--")[0] in chapters:
            first.setdefault(number, _file_of(place))
    return sorted(first.items())
