"""A page of ``content`` as HTML with its facts in place, without the site around it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from markdown import Markdown

from kennisbank import calls, clean, kinds, styles, views
from kennisbank.book.tree import Element, read_html, text_of
from kennisbank.model import KnowledgeBase
from kennisbank.narrative import FRONT_MATTER
from kennisbank.render import render, share

# As in mkdocs.yml; a test holds both beside each other.
EXTENSIONS = (
    "kennisbank.verbatim:Verbatim",
    "kennisbank.headings:Headings",
    "kennisbank.clean:Cleaning",
    "md_in_html",
    "tables",
    "toc",
)


class Text(NamedTuple):
    """A page: its address on the site, its title, and what it holds below that."""

    address: str
    title: str
    body: Element


class Reader:
    """Reads the pages below ``root`` with the facts of the knowledge base."""

    def __init__(self, root: Path, kb: KnowledgeBase) -> None:
        self.content = root / kinds.CONTENT
        self.kb = kb
        self.shared: Mapping = share(kb)
        self.markdown = Markdown(extensions=list(EXTENSIONS))
        self.colours = styles.read_colours(root)

    def read(self, name: str) -> Text:
        """The page of that name under the content folder. Raises ``OSError`` where there is none.

        Raises ``ValueError`` for a call that is none; ``kennisbank check`` has said so before.
        """
        source = FRONT_MATTER.sub("", (self.content / name).read_text(encoding="utf-8"))
        root = "../" * name.count("/")

        def answer(call) -> str:
            view = views.PAGES[call["name"]](self.kb, *calls.arguments(call))
            return render(call["name"], view, root, self.shared).text

        text, stray = calls.expand(clean.enclose_page(clean.strip(source)), answer)
        if stray:
            raise ValueError(stray)
        self.markdown.reset()
        body = read_html(styles.paint(self.markdown.convert(text), self.colours))
        heading = next((element for element in body if element.tag == "h1"), None)
        title = "" if heading is None else text_of(heading)
        if heading is not None:
            body.remove(heading)
        return Text(name.removesuffix(".md") + ".html", title, body)
