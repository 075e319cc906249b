"""Which edition this is: its version, from ``pyproject.toml``, and its day. The one place that the names of files,
the foot of every page, the cover of the book and the data ask.
"""

from __future__ import annotations

import os
import uuid
from importlib.metadata import version
from typing import NamedTuple

PROJECT = "restart-kennisbank"
# What an address would be if the book had one; an identifier made of it stays the same for every edition.
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, f"{PROJECT}.book")


class Edition(NamedTuple):
    """A version with its ISO date."""

    version: str
    date: str

    @property
    def name(self) -> str:
        """What the files of this edition begin with."""
        return f"{PROJECT}-{self.version}"

    def identify(self, part: str) -> str:
        """A name for a part of the work (``book``) that no other has, as an EPUB asks it."""
        return f"urn:uuid:{uuid.uuid5(NAMESPACE, part)}"


def read(today: str) -> Edition:
    """The edition that is being made on this ISO date."""
    return Edition(version("kennisbank"), today)


def address() -> str:
    """The public address of the site with its last slash, from ``SITE_URL``; empty where none is known."""
    return os.environ.get("SITE_URL", "")
