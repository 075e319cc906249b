"""The files beside the pages: the site copies every one, so only those that cannot run stand anywhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Set

from kennisbank import load

PAGES = ".md"
PICTURES = {".png", ".jpg", ".jpeg", ".webp", ".gif"}
# Only in the folder that a maintainer looks after (.github/CODEOWNERS).
ASSETS = "assets/"
OWN = {".css", ".js", ".svg", ".txt"}
_RUNS = re.compile(
    r"<\s*(?:script|foreignObject|iframe|embed|object|animate\w*|set|handler|style)\b|<!(?:DOCTYPE|ENTITY)|<\?xml-stylesheet"
    r"|\bon[a-z]+\s*=|javascript\s*:|&#|(?:href|src)\s*=\s*[\"']?\s*(?!#)[^\s\"'>]|url\s*\(\s*[\"']?(?!#)",
    re.IGNORECASE,
)


def find_problems(context_root, folder: str, names: Set[str]) -> Iterator[load.Problem]:
    """Files under ``folder`` that do not belong on the site, and drawings that hold more than a drawing."""
    for name in sorted(names):
        file = f"{folder}/{name}"
        suffix = posixpath.splitext(name)[1]
        if suffix == PAGES or any(part.startswith(".") for part in name.split("/")):
            continue
        if suffix not in PICTURES and not (suffix in OWN and name.startswith(ASSETS)):
            yield load.make("KB518", file, name=load.Quoted(file))
        elif suffix == ".svg":
            text, problems = load.read(context_root, file)
            yield from problems
            found = _RUNS.search(text) if text else None
            if text and found:
                place = load.place(text, found.start())
                yield load.make("KB519", file, place, found=load.Quoted(text[found.start() :][:30].split("\n")[0]))
