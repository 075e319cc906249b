"""A Markdown extension: a heading may end with its id and classes, ``## Waarom { #waarom .kb-unseen }``.

In place of ``attr_list``, which gives any element any attribute, ``onclick`` too, wherever a page or a handout
holds a pair of braces.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

NAMES = re.compile(r"[ ]+\{[ ]*(#[\w-]+(?:[ ]+\.[\w-]+)*)[ ]*\}$")
TAGS = {f"h{level}" for level in range(1, 7)}
# Where attr_list stood: behind the inline marks, before the list of contents.
PRIORITY = 8


class NameHeadings(Treeprocessor):
    """Gives headings the id and the classes behind their text."""

    def run(self, root: Element) -> None:
        """Change the headings below ``root``."""
        for heading in root.iter():
            if heading.tag in TAGS:
                last = heading[-1] if len(heading) else None
                text = heading.text if last is None else last.tail
                found = NAMES.search(text or "")
                if found:
                    rest = text[: found.start()]
                    if last is None:
                        heading.text = rest
                    else:
                        last.tail = rest
                    name, *classes = found[1].split()
                    heading.set("id", name[1:])
                    if classes:
                        heading.set("class", " ".join(word[1:] for word in classes))


class Headings(Extension):
    """The extension, for ``markdown_extensions`` in mkdocs.yml."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the name is the library's)
        """Register the step."""
        md.treeprocessors.register(NameHeadings(md), "kennisbank_headings", PRIORITY)
