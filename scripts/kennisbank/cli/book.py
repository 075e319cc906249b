"""``kennisbank book``: the book as EPUB and PDF, from data without errors."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from kennisbank import build, load
from kennisbank.book import epub, paper, pieces, read_book
from kennisbank.book.paper import NoPressError
from kennisbank.cli.arguments import WrongUseError, find_root, parse
from kennisbank.cli.export import refuse

CACHE = ".cache/book"


def run(arguments: Sequence[str]) -> bool:
    """Write the files. True when it was refused; raises ``WrongUseError`` and ``OSError``."""
    given = parse("book", arguments, {"--to": None, "--epub": False, "--pdf": False})
    if given.to is None:
        raise WrongUseError(load.say("cli.written", usage=load.say("usage.book")))
    root = find_root(given)
    if refuse(root):
        return True
    kinds = {name for name in ("epub", "pdf") if getattr(given, name)} or {"epub", "pdf"}
    try:
        for name, data in make(root, kinds):
            target = Path(given.to) / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            print(load.say("cli.book_made", file=load.shown(str(target), 200), size=len(data)))
    except NoPressError:
        print(load.say("cli.no_paper"), file=sys.stderr)
        return True
    return False


def make(root: Path, kinds: set[str]) -> Iterator[tuple[str, bytes]]:
    """The files of the book by their names. Raises ``NoPressError`` where what makes a PDF is not there."""
    # As for the site (mkdocs.yml).
    book = read_book(root, build.read(root), os.environ.get("SITE_URL", ""))
    pages: Mapping[str, int] = {}
    if "pdf" in kinds:
        for name, outline in pieces.outline_all(book):
            made = paper.make_pdf(outline, root / CACHE)
            pages = pages or made.pages  # the first is the whole book
            gc.collect()  # commands run without the collector, and a layout is full of circles
            yield f"{name}.pdf", made.pdf
    if "epub" in kinds:
        yield f"{book.edition.name}.epub", epub.make_epub(book, pages)
