"""Lays out the pieces of a printed book with WeasyPrint, and puts their sheets behind one another."""

from __future__ import annotations

import gc
import re

import weasyprint
import weasyprint.html
from weasyprint.pdf import pydyf
from weasyprint.text.fonts import FontConfiguration

from kennisbank.book.pieces import Outline, folder, print_piece
from kennisbank.render import TEMPLATES, print_file

# https://pdfa.org/resource/iso-14289-1/: what a screen reader may count on.
VARIANT = "pdf/ua-1"
CONTENTS = 1  # the number of its piece
# What the library's own sheet says of notes, which this book has none of, and of marks, which only a list has. It says
# so of every element, each of which then has six styles that nobody asks for.
NOTES = re.compile(r"^::(?:footnote|note)-.*\n", re.MULTILINE)
MARKS = re.compile(r"^::marker", re.MULTILINE)


def _keep_references(make=pydyf.PDF.page_references.fget) -> None:
    """Let a PDF keep the list of its pages, which each tag asks for and which is made anew each time."""

    def keep(pdf: pydyf.PDF) -> tuple[bytes, ...]:
        kept = vars(pdf).get("kept", ())
        if len(kept) != pdf.pages["Count"]:
            kept = pdf.kept = make(pdf)
        return kept

    pydyf.PDF.page_references = property(keep)


_keep_references()


class Sheet(weasyprint.HTML):
    """A page of HTML with what a browser does by itself, as far as a book asks for it.

    Without this method, whose name is the library's own, the book is the same, only slower.
    """

    styles = weasyprint.CSS(string=MARKS.sub("li::marker", NOTES.sub("", weasyprint.html.UA)))

    def _ua_stylesheets(self, forms=False):
        return [self.styles]


class Press:
    """Lays out the pieces of one book."""

    fonts = FontConfiguration()
    styles = weasyprint.CSS(filename=TEMPLATES / "book/paper.css", font_config=fonts)

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.pages: dict[str, int] = {}
        self.blank = self._lay_out(print_file("book/blank.html"), 0).pages

    def print_all(self) -> tuple[bytes, dict[str, int]]:
        """The PDF, and on which page each id stands."""
        front = self._print(0, 0)
        sheets = [*front.pages]
        place = len(sheets)
        # The contents are laid out twice: first to know how many sheets they take.
        contents = self._print(CONTENTS, place).pages
        sheets += contents
        for number in range(CONTENTS + 1, self.outline.count):
            self._fill(sheets)
            sheets += self._print(number, len(sheets)).pages
        numbered = self._print(CONTENTS, place).pages
        assert len(numbered) == len(contents), "the contents grew by its own numbers"
        sheets[place : place + len(contents)] = numbered
        made = front.copy(sheets).write_pdf(pdf_variant=VARIANT)
        gc.unfreeze()
        return made, dict(self.pages)

    def _fill(self, sheets: list) -> None:
        """A piece begins on a right-hand page."""
        if len(sheets) % 2:
            sheets += self.blank

    def _print(self, number: int, before: int):
        # A register names the pages of all other pieces, and stands behind them.
        return self._lay_out(print_piece(self.outline, number, self.pages), before)

    def _lay_out(self, html: str, before: int):
        """The document of a piece behind so many pages; where its ids stand is remembered."""
        first = weasyprint.CSS(string=print_file("book/first-page.css", number=before + 1))
        sheet = Sheet(string=html, base_url=folder())
        document = sheet.render(stylesheets=[self.styles, first], font_config=self.fonts)
        for number, page in enumerate(document.pages, before + 1):
            self.pages |= dict.fromkeys(page.anchors, number)
        # What a layout leaves behind is full of circles and as large as its sheets, which need not be looked at again.
        gc.collect()
        gc.freeze()
        return document
