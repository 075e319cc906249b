"""What stands on the pages themselves, for search and book: the words, without calls, tags, addresses and signs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import yaml

from kennisbank import calls

FRONT_MATTER = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
MARKS = re.compile(r"^\s*(#+|[-*]|\d+\.)\s+|[*_`]|\{[^}]*\}|^---$", re.MULTILINE)
FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
STEP = re.compile(r"^### (.+)$", re.MULTILINE)
HEADING = re.compile(r"^# (.+)$", re.MULTILINE)


class Page(NamedTuple):
    """A page that has a title of its own, and so is about no record.

    ``keywords`` are other words to find it by; ``takes`` has per part of its address that is an institution the words
    that stand before such a place: ``(("to", ("naar",)),)``.
    """

    title: str
    url: str
    text: str
    tagline: str = ""
    keywords: tuple[str, ...] = ()
    takes: tuple[tuple[str, tuple[str, ...]], ...] = ()


def read_all(content: Path) -> tuple[Mapping[str, str], list[Page]]:
    """The plain text of every page about a record, by address, and the pages that have a title of their own.

    An index of a section is found through what it lists, unless its front matter gives it ``keywords``.
    """
    texts: dict[str, str] = {}
    pages = []
    for path in sorted(content.rglob("*.md")):
        source = path.read_text(encoding="utf-8-sig")
        url = path.relative_to(content).with_suffix(".html").as_posix()
        front = front_matter(source)
        heading = HEADING.search(source)
        title = heading[1] if heading else front.get("title")
        keywords = tuple(front.get("keywords") or ())
        if heading is None and not keywords:
            texts[url] = plain_text(source)
        elif path.name != "index.md" or keywords:
            takes = tuple((name, tuple(words)) for name, words in (front.get("takes") or {}).items())
            pages.append(Page(title or "", url, plain_text(source), front.get("description") or "", keywords, takes))
    return texts, pages


def front_matter(source: str) -> Mapping:
    """The fields above a page, as the check let them pass."""
    found = FRONT_MATTER.match(source)
    return (yaml.safe_load(found[1]) if found else None) or {}


def fold(markdown: str, wrap: Callable[[list[str], str], str]) -> str:
    """The page with its narrative in two: the first section in sight, the others as ``wrap`` prints them.

    ``wrap`` gets the headings of the others and their Markdown. A page with fewer than two sections between its two
    calls stays as it is.
    """
    found = list(calls.CALL.finditer(markdown))
    if len(found) < 2:
        return markdown
    seen = FENCE.sub(lambda fence: " " * len(fence[0]), markdown)
    steps = list(STEP.finditer(seen, found[0].end(), found[-1].start()))
    if len(steps) < 2:
        return markdown
    start, end = steps[1].start(), found[-1].start()
    return (
        markdown[:start] + wrap([step[1] for step in steps[1:]], markdown[start:end].strip()) + "\n\n" + markdown[end:]
    )


def plain_text(markdown: str) -> str:
    """The words of a page."""
    body = calls.CALL.sub(" ", FRONT_MATTER.sub("", markdown))
    return " ".join(MARKS.sub(" ", LINK.sub(r"\1", TAG.sub(" ", body))).split())
