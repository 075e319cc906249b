"""A page of the site as a chapter of the book: what only works on a screen goes, links lead to pages of the book.

What a template marks with ``data-book="no"`` stands elsewhere in the book, and so not here.

What is changed for whom: an id must be the only one in a whole book (PDF), a ``div`` in a ``dl``, a paragraph, a
heading or a ``dl`` in a ``li`` and a ``li`` that stands in a line break the tags of a PDF/UA file as WeasyPrint 70 makes it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Sequence

from kennisbank.book.tree import Element, Node, classes, make, nodes, text_of

# What a reader of a book cannot use.
GONE_TAGS = {"nav", "form", "button", "template", "script", "style", "input", "textarea", "select", "label"}
GONE = {"kb-screen", "kb-js-only", "kb-no-js-only", "kb-print", "kb-strength", "kb-scale", "kb-mychoice", "kb-strip"}
# Lists of chips stand in one line on the site; in the book they are one line of text.
CHIPS = {"kb-chips", "kb-badges"}
BETWEEN = " · "
KEPT = {
    "id", "class", "href", "lang", "scope", "colspan", "rowspan", "start", "type", "src", "alt",
    "aria-labelledby", "aria-describedby", "aria-hidden", "headers", "width", "height",
}  # fmt: skip
REFERENCES = ("aria-labelledby", "aria-describedby", "headers")
OUTWARD = re.compile(r"(?:https?|mailto|tel):")
# Elements that say nothing when they hold nothing.
EMPTY = {"p", "ul", "ol", "dl", "div", "section", "span", "strong", "em", "figure"}
DRAWING, SVG = "svg", "http://www.w3.org/2000/svg"
# Elements that tell a program something, and a reader of a book nothing.
NO_MORE = {"time"}
HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
# A table of more columns has no room beside each other on a small screen.
WIDE = 5
# A row of more characters, and so many more for each item of a list in it, may break over two sheets.
LONG, ITEM = 700, 40
# What may not stand in a ``li`` of a PDF/UA file, and becomes a line there.
LINES = {"p", "div", *HEADINGS}

# An address of the site (``glossary.html#dji``) to the id of its place in the book, or nothing.
Find = Callable[[str], str | None]


def adapt(page: Element, address: str, chapter: str, find: Find, order: Sequence[str] = ()) -> Element:
    """The text of a page as a chapter. ``page`` is used up.

    ``address`` is that of the page on the site, ``chapter`` what its ids begin with. ``order`` names the parts of the
    page (``data-part``) that the book holds, in its order; without it the page stays whole.
    """
    if order:
        _sort_parts(page, order)
    return _Chapter(address, chapter, find).make_all(page)


def make_id(chapter: str, place: str = "") -> str:
    """The id in the book of a place in a chapter, or of the chapter."""
    return f"{chapter}--{place}" if place else chapter


def _sort_parts(page: Element, order: Sequence[str]) -> None:
    parts = {element.get("data-part"): element for element in page if element.get("data-part")}
    for element in parts.values():
        page.remove(element)
    for name in order:
        if name in parts:
            page.append(parts[name])


class _Chapter:
    def __init__(self, address: str, chapter: str, find: Find) -> None:
        self.address = address
        self.folder = posixpath.dirname(address)
        self.chapter = chapter
        self.find = find
        self.ids: set[str] = set()
        self.given: set[str] = set()

    def make_all(self, page: Element) -> Element:
        self.ids = {element.get("id", "") for element in page.iter() if element.get("id")}
        return make("div", {}, self._all(page))

    def _all(self, element: Element) -> Iterator[Node]:
        for node in nodes(element):
            if isinstance(node, str):
                yield node
            else:
                if node.tag == "li" and element.tag not in ("ul", "ol"):
                    node.tag = "div"  # Markdown broke the list off; a browser shows it all the same
                yield from self._one(node)

    def _one(self, element: Element) -> Iterator[Node]:
        """What stands in the book for one element: nothing, itself, what it holds, or something of the same meaning."""
        tag, names = element.tag, classes(element)
        if tag in GONE_TAGS or names & GONE or "hidden" in element.attrib:
            return
        if tag == DRAWING:
            if element.get("aria-hidden") != "true":
                yield _name_drawing(element)
            return
        if tag == "a":
            yield from self._link(element)
            return
        if element.get("data-book") == "no" or (tag == "details" and _is_way(element)):
            return
        if tag == "details":
            yield from self._fold(element)
            return
        if tag == "ul" and names & CHIPS:
            yield from self._chips(element)
            return
        if "kb-scroll" in names or tag in NO_MORE:
            yield from self._all(element)
            return
        if tag == "table":
            _label_wide(element)
            _mark_long(element)
        content = list(self._all(element))
        if tag in EMPTY and not any(isinstance(node, Element) or node.strip() for node in content):
            return
        if tag == "p" and _only_lost(element, content):
            return
        if tag == "th" and not any(isinstance(node, Element) or node.strip() for node in content):
            content = [BETWEEN.strip()]  # a heading of nothing is a mistake, and so is a column without one
        if tag == "dl":
            content = [part for node in content for part in _flat(node)]
        if tag == "li":
            content = list(_in_line(content))
        attributes = self._attributes(element)
        if tag == "span" and not attributes:
            yield from content  # it says nothing, and a PDF tells of each
        else:
            yield make(tag, attributes, content)

    def _attributes(self, element: Element) -> dict[str, str]:
        kept = {name: value for name, value in element.attrib.items() if name in KEPT}
        if "id" in kept:
            name = kept.pop("id")
            if name in self.ids - self.given:  # of two with the same name a link finds the first
                kept["id"] = make_id(self.chapter, name)
                self.given.add(name)
        for name in REFERENCES:
            if name in kept:
                here = [make_id(self.chapter, one) for one in kept[name].split() if one in self.ids]
                kept[name] = " ".join(here)
                if not here:
                    del kept[name]
        return kept

    def _link(self, element: Element) -> Iterator[Node]:
        """A link to a page of the book, to the world outside, or only its words."""
        target = self._target(element.get("href", ""))
        content = list(self._all(element))
        if target:
            attributes = self._attributes(element)
            attributes["href"] = target
            yield make("a", attributes, content)
        elif classes(element) & {"kb-source"}:
            yield make("span", {"class": "kb-source"}, content)
        else:
            yield from content

    def _target(self, address: str) -> str | None:
        if OUTWARD.match(address):
            return address
        if address.startswith("#"):
            return f"#{make_id(self.chapter, address[1:])}" if address[1:] in self.ids else None
        path, _, place = address.partition("#")
        site = posixpath.normpath(posixpath.join(self.folder, path)).replace(".md", ".html")
        found = self.find(f"{site}#{place}" if place else site)
        return f"#{found}" if found else None

    def _fold(self, element: Element) -> Iterator[Node]:
        """What is folded on a screen is open in a book; its words stay where no heading says the same."""
        summary = next((child for child in element if child.tag == "summary"), None)
        label: list[Node] = []
        if summary is not None:
            label = list(self._all(summary))
            summary.clear()
            summary.tag = "template"
        content = list(self._all(element))
        if any(
            isinstance(node, Element) and node.tag not in ("table", "ul", "ol") and _has_heading(node)
            for node in content
        ):
            label = []
        if label:
            content.insert(0, make("p", {"class": "kb-fold"}, label))
        yield make("div", {}, content)

    def _chips(self, element: Element) -> Iterator[Node]:
        line: list[Node] = []
        for item in element:
            chip = make("span", {}, self._all(item))
            if text_of(chip):
                line += [*([BETWEEN] if line else []), *nodes(chip)]
        if line:
            yield make("p", {"class": "kb-chips"}, line)


def _name_drawing(element: Element) -> Element:
    """A drawing that says in words what it shows, where a PDF looks for them, and leads nowhere."""
    element.set("xmlns", SVG)  # HTML knows by itself what it is
    for part in element.iter():
        if part.tag == "a":
            part.tag = "g"
            part.attrib.pop("href", "")
        for name in [name for name in part.attrib if name.startswith("data-")]:
            del part.attrib[name]
    label = element.attrib.pop("aria-label", "")
    if label and element.find("title") is None:
        element.insert(0, make("title", {}, [label]))
    return element


def _is_way(fold: Element) -> bool:
    """Whether a fold holds nothing but links in columns: a way through the site, which a book has in its register."""
    held = [child for child in fold if child.tag != "summary"]
    return bool(held) and all("kb-columns" in classes(child) for child in held)


def _has_heading(element: Element) -> bool:
    return any(part.tag in HEADINGS for part in element.iter())


def _label_wide(table: Element) -> None:
    """Write the heading of its column before each cell of a wide table: a narrow page shows such a row as lines."""
    headings = [text_of(cell) for cell in table.iterfind("thead/tr/th")]
    if len(headings) <= WIDE:
        return
    table.set("class", f"{table.get('class', '')} kb-wide".strip())
    for row in table.iterfind("tbody/tr"):
        for cell, heading in list(zip(row, headings, strict=False))[1:]:
            label = make("span", {"class": "kb-label"}, [f"{heading}: "])
            label.tail, cell.text = cell.text, None
            cell.insert(0, label)


def _mark_long(table: Element) -> None:
    """Mark the rows that may break: kept whole, one that fills a sheet leaves the sheet before it empty."""
    for row in table.iter("tr"):
        if len(text_of(row)) + ITEM * sum(1 for _ in row.iter("li")) > LONG:
            row.set("class", f"{row.get('class', '')} kb-long".strip())


def _only_lost(element: Element, content: list[Node]) -> bool:
    """Whether a paragraph was a link and nothing else, to what is no page of the book."""
    inside = list(element.iter("a"))
    return (
        len(inside) == 1
        and text_of(inside[0]) == text_of(element)
        and not any(isinstance(node, Element) for node in content)
    )


def _flat(node: Node) -> Iterator[Node]:
    """The pairs of a ``dl`` without the ``div`` around each, whose id goes to the term."""
    if isinstance(node, Element) and node.tag == "div":
        parts = nodes(node)
        term = next((part for part in parts if isinstance(part, Element) and part.tag == "dt"), None)
        if term is not None and node.get("id"):
            term.set("id", node.get("id", ""))
        yield from parts
    else:
        yield node


def _lines(node: Node) -> Iterator[Node]:
    """A ``dl`` as a paragraph for each of its pairs; anything else as it is."""
    if not isinstance(node, Element) or node.tag != "dl":
        yield node
        return
    line: list[Node] = []
    for part in node:
        if part.tag == "dt" and line:
            yield make("p", {}, line)
            line = []
        line += [make("strong", {}, nodes(part))] if part.tag == "dt" else [" ", *nodes(part)]
    yield make("p", {}, line)


def _in_line(content: list[Node]) -> Iterator[Node]:
    """What a ``li`` holds, with each paragraph, heading or term with its meaning as words in a line of their own."""
    seen = False
    for node in (line for part in content for line in _lines(part)):
        if isinstance(node, Element) and node.tag in LINES:
            if seen:
                yield Element("br")
            seen = True
            tag = "strong" if node.tag in HEADINGS else "span"
            yield make(tag, {"class": node.get("class", "")} if node.get("class") else {}, nodes(node))
        else:
            seen = seen or bool(isinstance(node, Element) or node.strip())
            yield node
