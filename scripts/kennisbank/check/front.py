"""The lines above a page: a few known fields with plain values, for they are printed in its head and decide what it loads."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Set
from typing import Any

from kennisbank import load
from kennisbank.check import words
from kennisbank.check.context import advise

TEXTS = ("title", "description")
HIDDEN = {"toc", "navigation"}
LONGEST = 200
# What only a page without a record may ask for: files of our own, and words to be found by.
FILES = {"styles": ".css"}
WORDS = "keywords"
# Which parts of its address are an institution, each with the words before such a place; the first of them is shown.
TAKEN = "takes"
ASSETS = "assets/"
# As MkDocs reads them: between dashes, or else as fields on the first lines of the page.
_DASHES = re.compile(r"-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*\n", re.DOTALL)
_BARE = re.compile(r" {0,3}([A-Za-z0-9_-]+):")
_NAME = re.compile(r"[a-z]+")
_FILE = re.compile(r"(?:[a-z]+/)?[a-z0-9-]+\.[a-z]+")


def end(text: str) -> int:
    """Where the page begins behind its fields."""
    found = _DASHES.match(text)
    return found.end() if found else 0


def find_problems(name: str, text: str, names: Set[str] | None) -> Iterator[load.Problem]:
    """What is wrong above the page ``name``. ``names`` are the files that it may load, ``None`` when it may load none."""
    known = (*TEXTS, "hide", *((*FILES, WORDS, TAKEN) if names is not None else ()))
    found = _DASHES.match(text)
    if not found:
        bare = _BARE.match(text)
        if bare:
            yield _unknown(name, (1, 1), bare[1], known)
        return
    parsed = load.parse(found[1], name)
    if parsed.fatal:
        yield dataclasses.replace(parsed.fatal, line=parsed.fatal.line + 1)
        return
    for note in parsed.notes:
        yield load.make(note.code, name, (note.place[0] + 1, note.place[1]), **note.values)
    if not isinstance(parsed.data, dict):
        yield load.make("KB516", name, key="---", advice="", fields=", ".join(known))
        return
    for key, value in parsed.data.items():
        line = next((n for n, row in enumerate(found[1].split("\n"), 2) if row.lstrip("\"'").startswith(key)), 1)
        if key not in known:
            yield _unknown(name, (line, 1), key, known)
        else:
            wrong = _wrong(key, value, names)
            if wrong:
                yield load.make("KB517", name, (line, 1), key=key, found=load.Quoted(wrong[0]))


def _unknown(name: str, place: tuple[int, int], key: str, known: tuple[str, ...]) -> load.Problem:
    return load.make("KB516", name, place, key=load.Quoted(key), advice=advise(key, known), fields=", ".join(known))


def _wrong(key: str, value: Any, names: Set[str] | None) -> tuple[str, ...]:
    """The part of a value that cannot be; nothing when all is well."""
    if key in TEXTS:
        return () if _is_safe(value) else ("" if value is None else str(value),)
    if key == TAKEN:
        return _wrong_taken(value)
    if not isinstance(value, list):
        return ("" if value is None else str(value),)
    for item in value:
        is_known = isinstance(item, str) and (
            item in HIDDEN
            if key == "hide"
            else _is_safe(item)
            if key == WORDS
            else _FILE.fullmatch(item) and item.endswith(FILES[key]) and ASSETS + item in (names or ())
        )
        if not is_known:
            return (str(item),)
    return ()


def _wrong_taken(value: Any) -> tuple[str, ...]:
    """The part of a mapping that is no name with a list of words; nothing when all is well."""
    if not isinstance(value, dict) or not value:
        return ("" if value is None else str(value),)
    for name, own in value.items():
        is_name = isinstance(name, str) and _NAME.fullmatch(name)
        if not (is_name and isinstance(own, list) and own and all(_is_safe(word) for word in own)):
            return (f"{name}: {own}",)
    return ()


def _is_safe(value: Any) -> bool:
    """Whether a value is plain words that can stand in the head of a page."""
    is_plain = isinstance(value, str) and 0 < len(value) <= LONGEST and value.isprintable() and value.strip()
    return bool(is_plain and not words.HTML.search(value) and not words.TEMPLATE.search(value))
