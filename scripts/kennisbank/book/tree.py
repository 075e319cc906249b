"""HTML as a tree, and a tree as XML: what the pages of the site are read with, and the book is written with."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from html.parser import HTMLParser

Element = ET.Element
Node = str | Element

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# SVG minds capitals, and the parser of the standard library makes every name small.
CAPITALS = {"viewbox": "viewBox", "preserveaspectratio": "preserveAspectRatio"}
# An element that holds nothing, as XML shortens it; HTML would take all that follows for what it holds.
SHORT = re.compile(r"<(\w+)([^<>]*?) />")
# XML 1.0 allows no other control characters.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.builder = ET.TreeBuilder()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.start(tag, {CAPITALS.get(name, name): value or "" for name, value in attrs})
        if tag in VOID:
            self.builder.end(tag)
        else:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        # What was not closed ends with what it stands in, as in a browser; what was never opened says nothing.
        if tag in self.open:
            while True:
                last = self.open.pop()
                self.builder.end(last)
                if last == tag:
                    return

    def handle_data(self, data: str) -> None:
        self.builder.data(CONTROL.sub("", data))


def read_html(text: str) -> Element:
    """A piece of HTML as the children of one ``div``."""
    reader = _Reader()
    reader.feed(f"<div>{text}")
    reader.close()
    reader.handle_endtag("div")
    return reader.builder.close()


def write_xml(element: Element) -> str:
    """What an element holds, as XML that a reader of HTML takes in the same way; itself left out."""
    inner = "".join(ET.tostring(child, encoding="unicode") for child in element)
    inner = SHORT.sub(lambda tag: tag[0] if tag[1] in VOID else f"<{tag[1]}{tag[2]}></{tag[1]}>", inner)
    return ET.tostring(_text(element.text), encoding="unicode")[3:-4] + inner if element.text else inner


def _text(text: str | None) -> Element:
    element = Element("t")
    element.text = text
    return element


def text_of(element: Element) -> str:
    """The text of an element in one line."""
    return " ".join("".join(element.itertext()).split())


def nodes(element: Element) -> list[Node]:
    """What an element holds, in order: texts and elements, each element without the text behind it."""
    found: list[Node] = [element.text] if element.text else []
    for child in element:
        tail, child.tail = child.tail, None
        found.append(child)
        if tail:
            found.append(tail)
    return found


def make(tag: str, attributes: dict[str, str], content: Iterable[Node]) -> Element:
    """An element of these nodes."""
    element = Element(tag, attributes)
    last: Element | None = None
    for node in content:
        if isinstance(node, Element):
            element.append(node)
            last = node
        elif last is None:
            element.text = (element.text or "") + node
        else:
            last.tail = (last.tail or "") + node
    return element


def classes(element: Element) -> set[str]:
    """The classes of an element."""
    return set(element.get("class", "").split())
