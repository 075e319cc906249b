"""The scripts of the pages: which module needs which, read from the first lines of the modules themselves.

``content/assets/kb.js`` brings the modules of a page. It would learn what a module needs only when that has arrived; so
that all files come side by side, the built site tells it beforehand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

FOLDER = "content/assets"
FIRST = "kb.js"
OTHERS = "vendor"  # what others wrote defines nothing
DEFINE = re.compile(r'^Kennisbank\.define\(\s*"([^"]*)",\s*\[([^\]]*)\]', re.MULTILINE)


def find_modules(root: Path) -> Iterator[tuple[str, Path]]:
    """Every script of ours below ``root`` but the first one: its name, which is its path, and its file."""
    folder = root / FOLDER
    for path in sorted(folder.rglob("*.js")):
        name = path.relative_to(folder).with_suffix("").as_posix()
        if name != Path(FIRST).stem and not name.startswith(f"{OTHERS}/"):
            yield name, path


def read_needs(text: str) -> dict[str, list[str]]:
    """What the modules that a text defines need, by their names."""
    return {name: re.findall(r'"([^"]+)"', needs) for name, needs in DEFINE.findall(text)}


def read_graph(root: Path) -> dict[str, list[str]]:
    """What every module needs, by its name."""
    return {
        name: needs
        for _, path in find_modules(root)
        for name, needs in read_needs(path.read_text(encoding="utf-8")).items()
    }


def write_first(root: Path, site: Path) -> None:
    """Write the first script of every page into the site, with the graph behind it. Raises ``OSError``."""
    text = (root / FOLDER / FIRST).read_text(encoding="utf-8")
    graph = json.dumps(read_graph(root), separators=(",", ":"))
    (site / "assets" / FIRST).write_text(f"{text}Kennisbank.graph({graph});\n", encoding="utf-8")
