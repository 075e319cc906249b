"""A Markdown extension: what an editor wrote leaves the build as HTML of an allow-list, whatever it was.

The check refuses everything else beforehand; this holds when the check was not run or is wrong. What our templates
print is not touched: ``enclose`` puts marks around the words of the page before the templates come in between, and what
stands between the marks, once it is HTML, passes nh3 (a Rust library on the parser that a browser uses).
"""

from __future__ import annotations

import re
from html import unescape
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE as AMPERSAND

from kennisbank import allowed, calls

# Characters that no page may hold; what is written there loses them first.
OPEN, CLOSE = "\ue010", "\ue011"
# A tag that is never closed swallows the mark behind it, which is then in no paragraph; without it all is cleaned.
MARKED = re.compile(rf"(?:<p>)?{OPEN}(?:</p>)?(.*?)(?:(?:<p>)?{CLOSE}(?:</p>)?\n?|\Z)", re.DOTALL)
LEFT = re.compile(rf"(?:<p>)?[{OPEN}{CLOSE}](?:</p>)?\n?")
# What Markdown makes of plain text, besides the tags that a page may hold as they are.
TAGS = allowed.TAGS | {"h1", "img", "pre"}
# Names of parts of a drawing are written in both cases, and a parser gives them back in the right one.
ATTRIBUTES = (allowed.ATTRIBUTES | {"viewBox", "src", "alt", "start"}) - {"style", "markdown"}
# Of a style only what moves nothing: the size of a drawing, and how the cells of a table are aligned.
STYLES = {"width", "max-width", "height", "max-height", "text-align"}
TITLE = re.compile(r"\s*# [^\n]*(?:\n|$)")
ADDRESSES = {"href", "src"}
# What a browser passes over in an address.
IGNORED = re.compile(r"[\x00-\x20\x7f]+")
SCHEME = re.compile(r"([^/?#:]*):")
# Behind the step that puts raw HTML back (raw_html is 30), so that nothing comes in after it.
PRIORITY = 5

CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    clean_content_tags={"script", "style"},
    attributes={"*": set(ATTRIBUTES) | {"style"}},
    generic_attribute_prefixes=set(allowed.FREE),
    filter_style_properties=STYLES,
    url_schemes=set(allowed.SCHEMES),
    strip_comments=True,
    link_rel=None,
)


def enclose(text: str) -> str:
    """Markdown of an editor between marks; nothing when there is none.

    A title stays outside, because MkDocs looks for it at the very beginning of a page; it holds no tags.
    """
    title = TITLE.match(text)
    head = title[0].strip().replace("<", "&lt;") + "\n\n" if title else ""
    rest = text[title.end() :].strip() if title else text.strip()
    return head + (f"{OPEN}\n\n{rest}\n\n{CLOSE}" if rest else "")


def enclose_page(page: str) -> str:
    """A page with marks around what its editor wrote: all but the calls."""
    parts, place = [], 0
    for call in calls.CALL.finditer(page):
        parts += [enclose(page[place : call.start()]), call.group()]
        place = call.end()
    return "\n\n".join(filter(None, [*parts, enclose(page[place:])]))


def strip(text: str) -> str:
    """A page without the characters of the marks."""
    return text.replace(OPEN, "").replace(CLOSE, "")


class SafeAddresses(Treeprocessor):
    """Takes away addresses that would run something, also those of Markdown that came from the data."""

    def run(self, root: Element) -> None:
        """Change the links and pictures below ``root``."""
        for element in root.iter():
            for name in ADDRESSES.intersection(element.keys()):
                # Markdown writes the address of a mailbox as numbers of characters.
                address = unescape(element.get(name, "").replace(AMPERSAND, "&"))
                scheme = SCHEME.match(IGNORED.sub("", address))
                if scheme and scheme[1].lower() not in allowed.SCHEMES:
                    del element.attrib[name]


class Clean(Postprocessor):
    """Cleans what stands between the marks, and takes them away."""

    def run(self, text: str) -> str:
        """The HTML of a page."""
        return LEFT.sub("", MARKED.sub(lambda found: CLEANER.clean(found[1]), text))


class Cleaning(Extension):
    """The extension, for ``markdown_extensions`` in mkdocs.yml."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the name is the library's)
        """Register the step."""
        md.treeprocessors.register(SafeAddresses(md), "kennisbank_addresses", PRIORITY)
        md.postprocessors.register(Clean(md), "kennisbank_clean", PRIORITY)
