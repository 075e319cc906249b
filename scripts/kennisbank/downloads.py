"""What a reader can take along, with size and checksum: the data, and the book where a release made one.

``KENNISBANK_BOOK`` names the folder with the files of the book; only a release sets it, so that a site never shows a
book that is older than its pages.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from kennisbank.package import digest

FOLDER = "book"
VARIABLE = "KENNISBANK_BOOK"


class Download(NamedTuple):
    """A file: its address on the site, its size in bytes, and its SHA-256."""

    address: str
    size: int
    digest: str


def list_all(data: Mapping[str, bytes]) -> Mapping[str, Download]:
    """Every file by its address: the data files given, and those of the book."""
    files = dict(data)
    for path in _book_files():
        files[f"{FOLDER}/{path.name}"] = path.read_bytes()
    return {name: Download(name, len(content), digest(content)) for name, content in files.items()}


def write_all(target: Path) -> None:
    """Put the files of the book into the folder of the site."""
    for path in _book_files():
        (target / FOLDER).mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target / FOLDER / path.name)


def _book_files() -> list[Path]:
    folder = os.environ.get(VARIABLE)
    return sorted(path for path in Path(folder).iterdir() if path.suffix in {".epub", ".pdf"}) if folder else []
