"""The book on paper: one page of HTML, made into PDF/UA-1 by WeasyPrint, which only a release has.

A PDF that was made before from the same page is taken from the cache: what did not change is not made again.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from kennisbank.book import Book, Chapter, Part
from kennisbank.book.tree import read_html, write_xml
from kennisbank.render import TEMPLATES, print_file

# https://pdfa.org/resource/iso-14289-1/: what a screen reader may count on.
VARIANT = "pdf/ua-1"
HEADING = re.compile(r"<(/?)h([1-5])(?=[ >])")
INSIDE = re.compile(r'<a( class="[^"]*")? href="#([^"]+)">(.*?)</a>', re.DOTALL)
TARGET = re.compile(r'href="#(interventions-[^"]+)"')
# What has a small book of its own, by its folder on the site.
SHORT = "institutions/"
ID = re.compile(r'\sid="([^"]+)"')


class Paper(NamedTuple):
    """A printed book: the file, and on which page each id stands."""

    pdf: bytes
    pages: Mapping[str, int]


def print_html(
    book: Book, title: str = "", parts: Sequence[Part] | None = None, chapters: Sequence[Chapter] = ()
) -> str:
    """The page of HTML for the whole book, or with ``title`` for some parts or chapters of it.

    A link to what this one does not hold is only its words.
    """
    whole = parts is None and not chapters
    shown = book._replace(parts=tuple(book.parts if whole else parts or ()))
    if not whole:
        shown = shown._replace(back=(), front=book.front)
    html = print_file(
        "book/paper.html.jinja",
        book=shown,
        title=title,
        loose=tuple(chapters),
        whole=whole,
        lower=lower,
        folder=folder(),
    )
    present = set(ID.findall(html))
    return INSIDE.sub(lambda link: link[0] if link[2] in present else link[3], html)


def print_all(book: Book) -> Iterator[tuple[str, str]]:
    """The whole book and then its smaller ones, as names of files and pages of HTML.

    There is one for every part that the terms of a closed list make (a category), and one for every record with a page
    of its own in ``SHORT``: that page, and the beginning of every chapter which it links to.
    """
    yield book.edition.name, print_html(book)
    for part in book.parts:
        if part.by_term:
            yield f"{book.edition.name}-{part.id.removeprefix('deel-')}", print_html(book, part.title, [part])
    every = {chapter.id: chapter for part in book.parts for chapter in part.chapters}
    for chapter in every.values():
        if chapter.address.startswith(SHORT):
            named = dict.fromkeys(link.partition("--")[0] for link in TARGET.findall(chapter.text))
            others = [shorten(every[name]) for name in named if name in every and name != chapter.id]
            yield (
                f"{book.edition.name}-{chapter.id.rpartition('/')[2].removeprefix(SHORT[:-1] + '-')}",
                print_html(book, chapter.title, chapters=[chapter, *others]),
            )


def shorten(chapter: Chapter) -> Chapter:
    """A chapter up to its first part: of an intervention that is the one-minute block."""
    body = read_html(chapter.text)
    first = next((place for place, element in enumerate(body) if element.tag == "section"), len(body))
    del body[first + 1 :]
    return chapter._replace(text=write_xml(body))


def lower(text: str, by: int = 1) -> str:
    """XML with its headings one level down, or more: a chapter stands below the title of its part."""
    return HEADING.sub(lambda tag: f"<{tag[1]}h{min(int(tag[2]) + by, 6)}", text)


def folder() -> str:
    """The address of the folder with the styles and letters of the printed book."""
    return (TEMPLATES / "book").as_uri()


def make_pdf(html: str, cache: Path | None = None) -> Paper:
    """A PDF of this page. ``ImportError`` or ``OSError`` where WeasyPrint or its system libraries are not there."""
    import weasyprint

    key = hashlib.sha256(f"{weasyprint.__version__}\n{_styles()}\n{html}".encode()).hexdigest()[:32]
    kept = cache / key if cache else None
    if kept and kept.with_suffix(".json").is_file():
        return Paper(kept.with_suffix(".pdf").read_bytes(), json.loads(kept.with_suffix(".json").read_text()))
    document = weasyprint.HTML(string=html, base_url=folder()).render()
    pages = {name: number for number, page in enumerate(document.pages, 1) for name in page.anchors}
    made = Paper(document.write_pdf(pdf_variant=VARIANT), pages)
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.with_suffix(".pdf").write_bytes(made.pdf)
        kept.with_suffix(".json").write_text(json.dumps(pages))
    return made


def _styles() -> str:
    return "".join(path.read_text(encoding="utf-8") for path in sorted((TEMPLATES / "book").glob("*.css")))
