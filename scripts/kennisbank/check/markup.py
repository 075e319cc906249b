"""What Markdown may hold: text, links and plain layout, and nothing that a browser would run.

Everything is looked for in the text as it stands. Only what surely becomes code is passed over: a fence that the
Markdown of the site closes too, and code between single backticks that can be paired in one way only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from kennisbank.allowed import ATTRIBUTES, FREE, STYLE, TAGS

# What a browser takes for the beginning of a tag, a comment or an instruction.
OPENING = re.compile(r"<(?=[a-zA-Z/!?])")
# The only way to write a tag: nothing that Markdown, a browser and this check could read differently.
_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?P<rest>(?:\s+[a-zA-Z][\w-]*(?:=\"[^\"<>]*\")?)*)\s*/?>"
)
_ATTRIBUTE = re.compile(r"([a-zA-Z][\w-]*)(?:=\"([^\"<>]*)\")?")
_END = re.compile(r"[<>\n]")
_AUTOLINK = re.compile(r"<(?:(?P<url>https?://[^\s<>\"'`]+)|[\w.+-]+@[\w.-]+)>")
# As Python-Markdown reads it: from the margin, closed by the same signs.
_FENCE = re.compile(r"(?P<sign>~{3,}|`{3,}) *[\w#.+-]* *")
_BLOCK = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+")
_CODE = re.compile(r"`[^`\n]+`")
_HEADING = re.compile(r"^#{2,6} [^\n{}]*(?P<name>\{ *#[a-z0-9-]+ *\}) *$", re.MULTILINE)
BRACES = re.compile(r"\{:[^\n]{0,40}|\{ *[#.][\w-][^\n]{0,40}|\{[^{}\n]{0,200}=[^\n]{0,40}")
LINK = re.compile(
    r"\]\(\s*(?:<(?P<angled>[^>\n]{0,500})|(?P<plain>[^)\s]{1,500}))|\]:\s*(?:<(?P<held>[^>\n]{0,500})|(?P<bare>\S{1,500}))"
)
_TARGET = re.compile(r"\]\((?!mailto:)[^)\n]{1,500}\)")
# Tags, the address of a link and attributes behind braces: no words of the narrative.
NO_PROSE = re.compile(r"<[^<>]{1,500}>|\]\([^)\n]{1,500}\)|\{[^}\n]{1,500}\}")
_IGNORED = re.compile(r"[\x00-\x20\x7f]+")


def find_html(text: str, has_layout: bool) -> Iterator[tuple[int, str]]:
    """Place and text of HTML that may not be there; ``has_layout`` when plain layout may."""
    for opening in OPENING.finditer(text):
        link = _AUTOLINK.match(text, opening.start())
        tag = _TAG.match(text, opening.start()) if has_layout and not link else None
        if not (link or (tag and _is_plain(tag))):
            end = _END.search(text, opening.end())
            yield opening.start(), text[opening.start() : end.start() if end else None][:30]


def _is_plain(tag: re.Match) -> bool:
    """Whether a well-written tag is one of those that only lay out, with attributes that do no more."""
    if tag["name"].lower() not in TAGS:
        return False
    for name, value in _ATTRIBUTE.findall(tag["rest"]):
        name = name.lower()
        if name not in ATTRIBUTES and not name.startswith(FREE):
            return False
        if name == "style" and not STYLE.fullmatch(unescape(value)):
            return False
    return True


def find_attributes(text: str, may_name: bool) -> Iterator[tuple[int, str]]:
    """Place and text of attribute lists; ``may_name`` when a heading may end with its id."""
    if "{" not in text:
        return
    if may_name:
        text = _HEADING.sub(
            lambda heading: heading.group()[: heading.start("name") - heading.start()].ljust(len(heading.group())), text
        )
    for found in BRACES.finditer(text):
        yield found.start(), found.group()[:30]


def find_links(text: str, has_layout: bool = True) -> Iterator[tuple[int, str]]:
    """Place and address of every link, as a browser reads it: in Markdown, as a definition, or, with ``has_layout``, in a tag."""
    for link in LINK.finditer(text) if "](" in text or "]:" in text else ():
        url = link["angled"] or link["plain"] or link["held"] or link["bare"] or ""
        yield link.start(), clean(url)
    for tag in _TAG.finditer(text) if has_layout and "<" in text else ():
        for name, value in _ATTRIBUTE.findall(tag["rest"]):
            if name.lower() == "href":
                yield tag.start(), clean(value)
    for link in _AUTOLINK.finditer(text) if "<http" in text else ():
        if link["url"]:
            yield link.start(), clean(link["url"])


def clean(url: str) -> str:
    """An address without what a browser passes over, and with the characters that entities stand for."""
    return _IGNORED.sub("", unescape(url)).rstrip(">")


def has_scheme(url: str) -> bool:
    """Whether an address says how to open it (``https:``, ``javascript:``) or names a host: it is not a path."""
    return re.match(r"[^/?#]*:|[/\\]{2}", url) is not None


def without_code(text: str) -> str:
    """The text with what is surely code made blank, every character still in its place."""
    if "`" not in text and "~~~" not in text:
        return text
    plain = _without_fences(text)
    if plain is None:
        return text
    text = plain
    # Inside HTML that Markdown does not read a backtick is a backtick, and what it holds a tag.
    outside = _CODE.sub(_blank, text)
    if any(not tag["close"] and not re.search(r"\smarkdown\b", tag["rest"]) for tag in _TAG.finditer(outside)):
        return text
    return _BLOCK.sub(lambda block: _without_inline(block.group()), text)


def plain(text: str) -> str:
    """The words of a line of Markdown, without its signs."""
    return re.sub(r"[*_`]|!?\[([^\]]*)\]\([^)]*\)", r"\1", _TAG.sub("", unescape(text)))


def without_tags(text: str) -> str:
    """The text with its tags and the addresses of its links made blank, every other character still in its place."""
    text = _TAG.sub(_blank, text) if "<" in text else text
    return _TARGET.sub(_blank, text) if "](" in text else text


def _without_fences(text: str) -> str | None:
    """The text with fences made blank; ``None`` when one is not closed or not plain, for then all else may differ."""
    lines = text.split("\n")
    sign = ""
    for number, line in enumerate(lines):
        opening = _FENCE.fullmatch(line) if not sign and line.startswith(("```", "~~~")) else None
        if sign:
            lines[number] = " " * len(line)
            sign = "" if line.rstrip(" \t") == sign else sign
        elif opening:
            sign, lines[number] = opening["sign"], " " * len(line)
        elif line.startswith(("```", "~~~")):
            return None
    return None if sign else "\n".join(lines)


def _without_inline(block: str) -> str:
    """A paragraph with its inline code made blank, when every line holds pairs of single backticks only."""
    for line in block.split("\n"):
        if line.count("`") % 2 or "``" in line or "\\`" in line:
            return block
    return _CODE.sub(_blank, block)


def _blank(found: re.Match) -> str:
    return re.sub(r"[^\n]", " ", found.group())
