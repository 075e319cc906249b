"""The styles of every page as one file: a browser asks once, the source stands in files by what they dress.

``content/assets/kb.css`` names the parts, and works as it is; the built site holds them in its place, without remarks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

FOLDER = "assets/"
ADDRESS = f"{FOLDER}kb.css"
PART = re.compile(r'@import url\("([^"]+)"\);\n')
COLOURS = "assets/core/tokens.css"
# The first of a name is the light one, which is that of paper.
COLOUR = re.compile(r"(--[\w-]+): (#[0-9a-f]+);")
ASKED = re.compile(r"var\((--[\w-]+)\)")
REMARK = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


def list_parts(path: Path) -> list[Path]:
    """The files that a style sheet imports, in order. Raises ``OSError``."""
    return [path.parent / name for name in PART.findall(path.read_text(encoding="utf-8"))]


def is_sheet(root: Path, address: str) -> bool:
    """Whether the file at an address of the site is written by ``write_all``, and no copy of what lies in ``content``."""
    return address.startswith(FOLDER) and address.endswith(".css") and (root / "content" / address).is_file()


def write_all(root: Path, target: Path) -> None:
    """Write the style sheets into the folder of the site, without remarks, the parts as one file. Raises ``OSError``."""
    content = root / "content"
    for source in sorted((content / FOLDER).rglob("*.css")):
        path = target / source.relative_to(content)
        path.parent.mkdir(parents=True, exist_ok=True)
        parts = list_parts(source) if source == content / ADDRESS else [source]
        text = "".join(part.read_text(encoding="utf-8") for part in parts)
        path.write_text(REMARK.sub("", text), encoding="utf-8")


def read_colours(root: Path) -> dict[str, str]:
    """The colours of the site by the names that its drawings call them by, as on paper; none without styles of ours."""
    path = root / "content" / COLOURS
    found = COLOUR.findall(path.read_text(encoding="utf-8")) if path.is_file() else []
    return dict(reversed(found))


def paint(text: str, colours: Mapping[str, str]) -> str:
    """A text with the colours themselves in place of their names, for a reader that knows no names."""
    return ASKED.sub(lambda asked: colours.get(asked[1], asked[0]), text)
