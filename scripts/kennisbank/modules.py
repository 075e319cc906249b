"""The modules of the scripts in the browser: which module needs which, read from the first lines of the modules themselves.

``content/assets/kb.js`` brings the modules of a page. It would learn what a page asks for only when all of that is
there, and what a module needs only when that has arrived. So that all files come side by side, a built page names the
scripts that it starts with, in an order in which each has what it needs, and ``kb.js`` knows the rest beforehand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

FOLDER = "content/assets"
FIRST = "kb.js"
FRAME = "frame/frame"  # stands in the header of every page
OTHERS = "vendor"  # what others wrote defines nothing
# The remarks that have lines of their own, and the space before a line: no text of ours runs over a line end.
REMARK = re.compile(r"^[ \t]*(?:/\*(?:(?!\*/)(?s:.))*\*/\n|//.*\n|\n)|^[ \t]+", re.MULTILINE)
EVERYWHERE = "mine"  # stands on every page, around its own text
HOOK = re.compile(r'\bdata-kb="([\w-]+)"')
DEFINE = re.compile(r'^Kennisbank\.define\(\s*"([^"]*)",\s*\[([^\]]*)\]', re.MULTILINE)


def find_modules(root: Path) -> Iterator[tuple[str, Path]]:
    """Every script of ours below ``root`` but the first one: its name, which is its path, and its file."""
    folder = root / FOLDER
    for path in sorted(folder.rglob("*.js")):
        name = path.relative_to(folder).with_suffix("").as_posix()
        if name != Path(FIRST).stem and not name.startswith(f"{OTHERS}/"):
            yield name, path


def is_module(root: Path, address: str) -> bool:
    """Whether the file at an address of the site is written by ``write_all``, and no copy of what lies in ``content``."""
    name = address.removeprefix("assets/")
    is_ours = name != address and name.endswith(".js") and not name.startswith(f"{OTHERS}/")
    return is_ours and (root / FOLDER / name).is_file()


def read_needs(text: str) -> dict[str, list[str]]:
    """What the modules that a text defines need, by their names."""
    return {name: re.findall(r'"([^"]+)"', needs) for name, needs in DEFINE.findall(text)}


@lru_cache(maxsize=1)
def read_graph(root: Path) -> Mapping[str, list[str]]:
    """What every module needs, by its name; read once for all pages, until ``forget_graph``."""
    texts = (path.read_text(encoding="utf-8") for _, path in find_modules(root))
    return MappingProxyType({name: needs for text in texts for name, needs in read_needs(text).items()})


forget_graph = read_graph.cache_clear


def list_started(root: Path, text: str) -> list[str]:
    """The modules that a page with this text starts with, each behind those that it needs."""
    graph = read_graph(root)
    hooks = [EVERYWHERE, *dict.fromkeys(HOOK.findall(text))]
    doors = [name for hook in hooks for name in (f"pages/{hook}", f"{hook}/{hook}") if name in graph]
    return list(dict.fromkeys(_walk(graph, doors)))


def _walk(graph: Mapping[str, list[str]], names: Iterable[str]) -> Iterator[str]:
    """All that these need, and they; a page has its frame already."""
    for name in names:
        if name in graph and name != FRAME:
            yield from _walk(graph, graph[name])
            yield name


def write_all(root: Path, site: Path) -> None:
    """Write the modules into the site without their remarks and margins, which are a third of what a reader would load.

    Behind the first script of every page stands the graph. Raises ``OSError``.
    """
    if not (root / FOLDER / FIRST).is_file():
        return  # a site without scripts of ours
    paths = dict(find_modules(root))
    texts = {f"{name}.js": REMARK.sub("", path.read_text(encoding="utf-8")) for name, path in paths.items()}
    first = REMARK.sub("", (root / FOLDER / FIRST).read_text(encoding="utf-8"))
    graph = json.dumps(dict(read_graph(root)), separators=(",", ":"))
    texts[FIRST] = f"{first}Kennisbank.graph({graph});\n"
    for name, text in texts.items():
        path = site / "assets" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
