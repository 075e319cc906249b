"""A Markdown extension that takes whole blocks of HTML out of the way of Markdown, as our templates print them.

``md_in_html`` reads every tag of a page one by one to find Markdown inside, MkDocs does so again to find ids, and
most of our pages is finished HTML: that was half of the time of a build. A block that begins at the start of a line
behind an empty one, ends with its own closing tag at the end of a line, and holds nothing that Markdown has work at
is put aside as it stands. Everything else is left to ``md_in_html``; without this extension a page is the same, but slower.
"""

from __future__ import annotations

import re

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

OPENING = re.compile(r"<([a-z][a-z0-9]*)(?=[\s>])")
# Markdown inside, a heading for the list of contents, or one that gets an id of Markdown.
WORK = re.compile(r"\bmarkdown[\s=>]|<h(?:[12][\s>]|[3-6]>)")
ID = re.compile(r'\sid="([^"]+)"')
# Stands in for an element with an id, until MkDocs has seen it.
STAND_IN = re.compile(r'<a id="[^"]+">')

# MkDocs collects ids at 21, md_in_html reads the HTML at 20: put aside before both, clear up between them.
BEFORE_IDS, AFTER_IDS = 22, 20.5


class PutAside(Preprocessor):
    """Replaces whole blocks of HTML by a place holder, with a stand-in for each of their ids."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines of the page without its blocks of HTML."""
        kept: list[str] = []
        position = 0
        while position < len(lines):
            is_start = lines[position].startswith("<") and not (position and lines[position - 1].strip())
            end = self.find_end(lines, position) if is_start else None
            if end is None:
                kept.append(lines[position])
                position += 1
            else:
                html = "\n".join(lines[position:end])
                stand_ins = "".join(f'<a id="{name}">' for name in ID.findall(html))
                kept += ["", self.md.htmlStash.store(html) + stand_ins, ""]
                position = end
        return kept

    def find_end(self, lines: list[str], start: int) -> int | None:
        """The line behind the block that begins at ``start``; None when it is no whole block of HTML."""
        opening = OPENING.match(lines[start])
        if not opening or not self.md.is_block_level(opening[1]):
            return None
        closing = f"</{opening[1]}>"
        tags = re.compile(rf"<(/?){opening[1]}(?=[\s>])")
        depth = 0
        for position in range(start, len(lines)):
            line = lines[position]
            if WORK.search(line):
                return None
            depth += sum(-1 if tag[1] else 1 for tag in tags.finditer(line))
            if depth <= 0:
                return position + 1 if line.endswith(closing) else None
        return None


class ClearUp(Preprocessor):
    """Takes the stand-ins away."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines with nothing but the place holders where a block was."""
        return [STAND_IN.sub("", line) if line.startswith("\u0002") else line for line in lines]


class Verbatim(Extension):
    """The extension, for ``markdown_extensions`` in mkdocs.yml."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the name is the library's)
        """Register both steps."""
        md.preprocessors.register(PutAside(md), "kennisbank_put_aside", BEFORE_IDS)
        md.preprocessors.register(ClearUp(md), "kennisbank_clear_up", AFTER_IDS)
