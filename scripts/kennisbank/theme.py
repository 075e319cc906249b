"""The style sheets of the theme without the rules for what no page of ours can have: more than half of them.

Material dresses parts that its plugins and other extensions of Markdown make, such as its search, tabs inside a text and
highlighted code. A page here has none (``mkdocs.yml``), and a test looks whether that is still so in the built site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

FOLDER = "assets/stylesheets"
OWN = "content/assets"
# The beginnings of the classes of such parts.
PARTS = (
    *("admonition", "arithmatex", "critic", "emojione", "footnote", "gemoji", "giscus", "grid", "headerlink", "highlight"),
    *("key-", "keys", "linedivs", "linenodiv", "linenos", "mermaid", "tabbed-", "task-list", "twemoji"),
    *("md-annotation", "md-author", "md-banner", "md-clipboard", "md-code__", "md-consent", "md-feedback", "md-footer__"),
    *("md-input", "md-meta", "md-pagination", "md-path", "md-post", "md-profile", "md-progress", "md-search", "md-select"),
    *("md-social", "md-source", "md-status", "md-tag", "md-tooltip", "md-version"),
)  # fmt: skip
# Those, a text from right to left, and a colour that a reader cannot choose.
ABSENT = re.compile(rf"\.(?:{'|'.join(PARTS)})|\[dir=rtl\]|\[data-md-color-(?:primary|accent)=(?!custom)")
_RULE = re.compile(r"([^{}@;]+)(\{[^{}]*\})")
_MAP = re.compile(r"/\*# sourceMappingURL=[^*]*\*/")
_EMPTY = re.compile(r"@(?:media|supports)[^{};]*\{\}")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_DECLARED = re.compile(r"(?<=[{;])(--[\w-]+):(?:url\([^)]*\)|[^;{}])*;?")
_ASKED = re.compile(r"var\(\s*(--[\w-]+)")


def read_all(root: Path) -> dict[str, str]:
    """The trimmed style sheets by their addresses; none where the theme is another one."""
    try:
        folder = files("material") / "templates" / FOLDER
        found = sorted((path.name, path.read_text("utf-8")) for path in folder.iterdir() if path.name.endswith(".css"))
    except (ModuleNotFoundError, FileNotFoundError):
        return {}
    sheets = {f"{FOLDER}/{name}": trim(text) for name, text in found}
    own = (path.read_text(encoding="utf-8") for path in sorted((root / OWN).rglob("*.css")))
    asked = {name for text in (*sheets.values(), *own) for name in _ASKED.findall(text)}
    return {address: drop_values(text, asked) for address, text in sheets.items()}


def write_all(root: Path, site: Path) -> None:
    """Put the trimmed sheets in the place of those that the generator copied into the site. Raises ``OSError``.

    What led from a sheet to the lines that it was made of goes: it would be wrong, and weighs ten times as much.
    """
    for address, text in read_all(root).items() if (site / FOLDER).is_dir() else ():
        if (site / address).is_file():
            (site / address).write_text(text, encoding="utf-8")
            (site / f"{address}.map").unlink(missing_ok=True)


def trim(sheet: str) -> str:
    """A style sheet, as the theme has it without remarks, without what dresses the absent parts alone."""

    def keep(rule: re.Match) -> str:
        kept = [selector for selector in split(rule[1]) if not is_absent(selector)]
        return ",".join(kept) + rule[2] if kept else ""

    return _EMPTY.sub("", _RULE.sub(keep, _MAP.sub("", sheet)))


def is_absent(selector: str) -> bool:
    """Whether a selector asks for an absent part; one that stands in brackets is one of several, or is excluded."""
    while _IN_BRACKETS.search(selector):
        selector = _IN_BRACKETS.sub("", selector)
    return ABSENT.search(selector) is not None


def split(selectors: str) -> Iterator[str]:
    """The selectors of a rule, one by one; a comma in brackets parts nothing."""
    depth, start = 0, 0
    for place, sign in enumerate(selectors):
        depth += (sign == "(") - (sign == ")")
        if sign == "," and not depth:
            yield selectors[start:place]
            start = place + 1
    yield selectors[start:]


def drop_values(sheet: str, asked: set[str]) -> str:
    """A style sheet without the values that have a name, such as a picture, and that no rule asks for."""
    return _DECLARED.sub(lambda value: value[0] if value[1] in asked else "", sheet)
