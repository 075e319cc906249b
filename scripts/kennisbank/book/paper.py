"""The book on paper: one page of HTML, made into PDF/UA-1 by WeasyPrint, which only a release has.

A PDF that was made before from the same page is taken from the cache: what did not change is not made again.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from pathlib import Path
from typing import NamedTuple

from kennisbank.book import Book, Chapter, Part
from kennisbank.book.tree import read_html, write_xml
from kennisbank.render import TEMPLATES, print_file

# https://pdfa.org/resource/iso-14289-1/: what a screen reader may count on.
VARIANT = "pdf/ua-1"
HEADING = re.compile(r"<(/?)h([1-5])(?=[ >])")
INSIDE = re.compile(r'<a( class="[^"]*")? href="#([^"]+)">(.*?)</a>', re.DOTALL)
# The class of a link behind which the number of its page stands.
LISTED = "kb-page"
TARGET = re.compile(r'href="#(interventions-[^"]+)"')
# What has a small book of its own, by its folder on the site.
SHORT = "institutions/"
ID = re.compile(r'\sid="([^"]+)"')


class NoPressError(Exception):
    """WeasyPrint, or a library of the system that it needs, is not there."""


class Paper(NamedTuple):
    """A printed book: the file, and on which page each id stands."""

    pdf: bytes
    pages: Mapping[str, int]


class Outline(NamedTuple):
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
    body = read_html(chapter.text)
    first = next((place for place, element in enumerate(body) if element.tag == "section"), len(body))
    del body[first + 1 :]
    return chapter._replace(text=write_xml(body))


def print_pieces(outline: Outline, pages: Mapping[str, int]) -> list[str]:
    """The pages of HTML of which a printed book is made: what stands in front, every part, and what stands behind.

    ``pages`` says where an id stands, for the contents and the register. A link to what the book does not hold is only
    its words.
    """
    values = {"outline": outline, "book": outline.book, "pages": pages, "lower": lower, "folder": folder()}
    pieces = [print_file("book/paper.html.jinja", front=True, part=None, back=(), **values)]
    pieces += [print_file("book/paper.html.jinja", front=False, part=part, back=(), **values) for part in outline.parts]
    if outline.back:
        pieces.append(print_file("book/paper.html.jinja", front=False, part=None, back=outline.back, **values))
    present = {name for piece in pieces for name in ID.findall(piece)}

    def link(found: re.Match) -> str:
        attributes, target, words = found.groups()
        if target not in present:
            return words
        number = f' <span class="folio">{pages.get(target, 0)}</span>' if attributes and LISTED in attributes else ""
        return found[0] + number

    return [INSIDE.sub(link, piece) for piece in pieces]


def lower(text: str, by: int = 1) -> str:
    """XML with its headings one level down, or more: a chapter stands below the title of its part."""
    return HEADING.sub(lambda tag: f"<{tag[1]}h{min(int(tag[2]) + by, 6)}", text)


def folder() -> str:
    """The address of the folder with the styles and letters of the printed book."""
    return (TEMPLATES / "book").as_uri()


def make_pdf(outline: Outline, cache: Path | None = None) -> Paper:
    """A PDF of the book. Raises ``NoPressError``.

    Each piece is laid out by itself and the sheets are put behind one another: one layout of all of it took five times
    as long, because its contents and register wait for the numbers of all pages.
    """
    try:
        with redirect_stdout(io.StringIO()):  # where it lacks a library it says so at length, in English
            import weasyprint
    except (ImportError, OSError) as error:
        raise NoPressError from error
    text = "".join(print_pieces(outline, {}))
    key = hashlib.sha256(f"{weasyprint.__version__}\n{_styles()}\n{text}".encode()).hexdigest()[:32]
    kept = cache / key if cache else None
    if kept and kept.with_suffix(".json").is_file():
        return Paper(kept.with_suffix(".pdf").read_bytes(), json.loads(kept.with_suffix(".json").read_text()))
    made = _Press(outline).print_all()
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.with_suffix(".pdf").write_bytes(made.pdf)
        kept.with_suffix(".json").write_text(json.dumps(made.pages))
    return made


class _Press:
    """Lays out the pieces of one book."""

    def __init__(self, outline: Outline) -> None:
        from weasyprint.text.fonts import FontConfiguration

        self.outline = outline
        self.fonts = FontConfiguration()
        self.pages: dict[str, int] = {}

    def print_all(self) -> Paper:
        # What stands in front is laid out twice: first to know how many sheets it takes.
        front = self._lay_out(print_pieces(self.outline, {})[0], 0)
        sheets = [*front.pages]
        self._fill(sheets)
        start = len(sheets)
        behind = 1 if self.outline.is_whole else 0  # a register names the pages of all others
        pieces = print_pieces(self.outline, {})
        for number, piece in enumerate(pieces[1:], 1):
            if behind and number == len(pieces) - 1:
                piece = print_pieces(self.outline, self.pages)[-1]
            self._fill(sheets)
            sheets += self._lay_out(piece, len(sheets)).pages
        front = self._lay_out(print_pieces(self.outline, self.pages)[0], 0)
        sheets[: len(front.pages)] = front.pages
        assert len(front.pages) <= start, "the contents grew by its own numbers"
        return Paper(front.copy(sheets).write_pdf(pdf_variant=VARIANT), dict(self.pages))

    def _fill(self, sheets: list) -> None:
        """A piece begins on a right-hand page."""
        if len(sheets) % 2:
            sheets += self._lay_out(print_file("book/blank.html", folder=folder()), len(sheets)).pages

    def _lay_out(self, html: str, before: int):
        """The document of a piece behind so many pages; where its ids stand is remembered."""
        import weasyprint

        first = weasyprint.CSS(string=print_file("book/first-page.css", number=before + 1))
        document = weasyprint.HTML(string=html, base_url=folder()).render(stylesheets=[first], font_config=self.fonts)
        for number, page in enumerate(document.pages, before + 1):
            self.pages |= dict.fromkeys(page.anchors, number)
        return document


def _styles() -> str:
    return "".join(path.read_text(encoding="utf-8") for path in sorted((TEMPLATES / "book").glob("*.css")))
