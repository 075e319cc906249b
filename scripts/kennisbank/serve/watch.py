"""Whether a file has changed: the names, times and sizes of all that a page is made of."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
TEMPLATES = PACKAGE / "templates"
SOURCES = ("data", "content", "overrides", "schema", "mkdocs.yml")
SETTLE = 0.03  # seconds in which nothing may change: an editor that saves writes more than once

Stamp = frozenset[tuple]


def stamp_sources(root: Path) -> Stamp:
    """The state of what an editor or a designer changes: data, pages, looks, schemas, settings and our templates."""
    return frozenset(list_states([*(root / name for name in SOURCES), TEMPLATES]))


def stamp_code() -> Stamp:
    """The state of this program: its code and messages, and which templates there are."""
    states = list_states([PACKAGE])
    return frozenset(state[:1] if state[0].startswith(str(TEMPLATES)) else state for state in states)


def settle(root: Path) -> Stamp:
    """The state of the sources as soon as nothing changes any more."""
    before = stamp_sources(root)
    while True:
        time.sleep(SETTLE)
        now = stamp_sources(root)
        if now == before:
            return now
        before = now


def list_states(paths: Iterable[Path]) -> Iterator[tuple]:
    """Name, time, size and number of each file; what editors and Python keep for themselves is left out."""
    for path in paths:
        if path.is_dir():
            for folder, folders, names in os.walk(path, followlinks=True):
                folders[:] = [name for name in folders if not name.startswith((".", "__pycache__"))]
                yield from (
                    read_state(os.path.join(folder, name))
                    for name in names
                    if not name.startswith(".") and name[-1] != "~"
                )
        else:
            yield read_state(str(path))


def read_state(name: str) -> tuple:
    """The state of one file; one that is gone has a name only."""
    try:
        found = os.stat(name)
    except OSError:
        return (name,)
    return name, found.st_mtime_ns, found.st_size, found.st_ino
