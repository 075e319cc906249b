"""The menu of the site: every page that is about no record stands in it, and it names no page that is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kennisbank import kinds, load
from kennisbank.check.context import Context

FILE = "mkdocs.yml"
_NAV = re.compile(r"^nav:[ ]*\n((?:[ ]+.*\n|[ ]*(?:#.*)?\n)+)", re.MULTILINE)
_PAGE = re.compile(r"^[ ]*- (?:[^#\n]*: )?[\"']?([\w./-]+\.md)[\"']?[ ]*$", re.MULTILINE)


def find_problems(context: Context, pages: Sequence[str]) -> Iterator[load.Problem]:
    """Of ``pages``, under the content folder, those that nobody finds; and what the menu names in vain."""
    if not (context.loaded.root / FILE).is_file():
        return
    text, _ = load.read(context.loaded.root, FILE)
    found = _NAV.search(text or "")
    if not text or not found:
        return
    named = {match[1]: found.start(1) + match.start(1) for match in _PAGE.finditer(found[1])}
    for page in pages:
        if page not in named:
            yield load.make("KB550", f"{kinds.CONTENT}/{page}", file=FILE, page=load.Quoted(page))
    for page, place in named.items():
        if page not in pages:
            yield load.make("KB551", FILE, load.place(text, place), page=load.Quoted(page))
