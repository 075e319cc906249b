"""The book on paper: one page of HTML, made into PDF/UA-1 by WeasyPrint, which only a release has.

A PDF that was made before from the same page is taken from the cache: what did not change is not made again.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from contextlib import redirect_stdout
from pathlib import Path
from typing import NamedTuple

from kennisbank.book.pieces import Outline, print_pieces
from kennisbank.render import TEMPLATES


class NoPressError(Exception):
    """WeasyPrint, or a library of the system that it needs, is not there."""


class Paper(NamedTuple):
    """A printed book: the file, and on which page each id stands."""

    pdf: bytes
    pages: Mapping[str, int]


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
    from kennisbank.book.press import Press

    made = Paper(*Press(outline).print_all())
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.with_suffix(".pdf").write_bytes(made.pdf)
        kept.with_suffix(".json").write_text(json.dumps(made.pages))
    return made


def _styles() -> str:
    return "".join(path.read_text(encoding="utf-8") for path in sorted((TEMPLATES / "book").glob("*.css")))
