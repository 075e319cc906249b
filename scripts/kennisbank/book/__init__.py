"""The knowledge base as a book, from the same pages as the site: parts, chapters, and where each link leads.

``read_book`` gives the text; ``epub`` and ``paper`` make files of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from kennisbank import edition, views
from kennisbank.book.adapt import adapt, make_id
from kennisbank.book.text import Reader, Text
from kennisbank.book.tree import Element, read_html, write_xml
from kennisbank.model import KnowledgeBase
from kennisbank.render import print_file

REGISTER = "register"
# A page of the site that is a drawing in the book, for a table of thirty columns fits no sheet.
MATRIX = "matrix"
MATRIX_PAGE = "institutions/matrix.html"


class Chapter(NamedTuple):
    """A chapter: its id, which its ids begin with, its title, and its text as XML without a title."""

    id: str
    title: str
    text: str
    address: str = ""


class Part(NamedTuple):
    """A part of the book: how it opens, and its chapters. ``by_term``: it is about a term of a closed list."""

    id: str
    title: str
    description: str
    number: int
    by_term: bool
    opening: Chapter
    chapters: tuple[Chapter, ...]


class Book(NamedTuple):
    """The whole, with its edition."""

    edition: edition.Edition
    front: tuple[Chapter, ...]
    parts: tuple[Part, ...]
    back: tuple[Chapter, ...]

    @property
    def chapters(self) -> list[Chapter]:
        """Every chapter and opening in the order of reading."""
        parts = [chapter for part in self.parts for chapter in (part.opening, *part.chapters)]
        return [*self.front, *parts, *self.back]


def read_book(root: Path, kb: KnowledgeBase, address: str = "") -> Book:
    """The book of the pages and data below ``root``. Raises ``OSError`` where a page cannot be read.

    ``address``: where the edition stands on the web, as far as that is known.
    """
    return _Binder(root, kb, address).bind()


class _Binder:
    def __init__(self, root: Path, kb: KnowledgeBase, address: str) -> None:
        self.kb = kb
        self.address = address
        self.reader = Reader(root, kb)
        self.places: dict[str, str] = {}  # address on the site -> id in the book

    def bind(self) -> Book:
        plans = views.plan_book(self.kb)
        read: list[tuple[views.PartPlan, Text | None, list[Text]]] = []
        for plan in plans:
            opening = self.reader.read(plan["page"]) if plan["page"] else None
            names = _linked(opening) if plan["links"] and opening else plan["chapters"]
            taken = {other["page"] for other in plans}
            read.append((plan, opening, [self.reader.read(name) for name in names if name not in taken]))
        self.places[MATRIX_PAGE] = MATRIX
        for plan, opening, texts in read:
            if opening:
                self._place(opening, _part_id(plan))
            for text in texts:
                self._place(text, _chapter_id(text.address))
        parts: list[Part] = []
        for plan, opening, texts in read:
            number = len(parts) + 1
            chapters = tuple(self._chapter(text, _chapter_id(text.address)) for text in texts)
            opener = self._open(plan, opening)
            parts.append(
                Part(_part_id(plan), plan["label"], plan["description"], number, plan["by_term"], opener, chapters)
            )
        found = edition.read(self.kb.today)
        colophon = self._print("colophon", {"edition": found, "address": self.address})
        register = self._print(REGISTER, {"groups": views.show_register(self.kb)})
        matrix = self._print(MATRIX, views.show_matrix(self.kb))
        return Book(found, (colophon,), tuple(parts), (matrix, register))

    def _place(self, text: Text, chapter: str) -> None:
        self.places[text.address] = chapter
        for element in text.body.iter():
            place = element.get("id")
            if place:
                self.places[f"{text.address}#{place}"] = make_id(chapter, place)

    def _find(self, address: str) -> str | None:
        return self.places.get(address) or self.places.get(address.partition("#")[0])

    def _chapter(self, text: Text, chapter: str) -> Chapter:
        kind = text.address.partition("/")[0]
        order = self.kb.fields[kind].book if kind in self.kb.fields else ()
        body = adapt(text.body, text.address, chapter, self._find, order)
        return Chapter(chapter, text.title, write_xml(body), text.address)

    def _open(self, plan: views.PartPlan, text: Text | None) -> Chapter:
        if text is not None:
            return self._chapter(text, _part_id(plan))._replace(title=plan["label"])
        return Chapter(_part_id(plan), plan["label"], "")

    def _print(self, name: str, view: Mapping) -> Chapter:
        """A chapter that is no page of the site, from its own template."""
        text = print_file(f"book/{name}.html.jinja", view=view, kb=self.kb, find=self._find, **self.reader.shared)
        body = read_html(text)
        heading = body.find("h1")
        title = "" if heading is None else "".join(heading.itertext())
        if heading is not None:
            body.remove(heading)
        return Chapter(name, title, write_xml(adapt(body, f"{name}.html", name, self._find)))


def _part_id(plan: views.PartPlan) -> str:
    return f"deel-{plan['id']}"


def _chapter_id(address: str) -> str:
    return address.removesuffix(".html").replace("/", "-")


def _linked(page: Text) -> list[str]:
    """The pages of the site that a page links to, in its order, as files under the content folder."""
    folder = page.address.rpartition("/")[0]
    found: dict[str, None] = {}
    for link in page.body.iter("a"):
        target: Element = link
        name = target.get("href", "").partition("#")[0]
        if name.endswith(".md") and "/" not in name:
            found[f"{folder}/{name}"] = None
    return list(found)
