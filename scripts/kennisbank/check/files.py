"""The files beside the pages: the site copies every one, so only those that cannot run stand anywhere."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator, Set
from pathlib import Path

from kennisbank import kinds, load

PAGES = ".md"
PICTURES = {".png", ".jpg", ".jpeg", ".webp", ".gif"}
# Only in the folder that a maintainer looks after (.github/CODEOWNERS).
ASSETS = "assets/"
OWN = {".css", ".js", ".svg", ".txt"}
# What a phone or a slow line still shows at once; the pictures of other people's work are not larger either.
LARGEST = 500_000
_NAME = re.compile(r"[\w.-]*\w", re.ASCII)
_RUNS = re.compile(
    r"<\s*(?:script|foreignObject|iframe|embed|object|animate\w*|set|handler|style)\b|<!(?:DOCTYPE|ENTITY)|<\?xml-stylesheet"
    r"|\bon[a-z]+\s*=|javascript\s*:|&#|(?:href|src)\s*=\s*[\"']?\s*(?!#)[^\s\"'>]|url\s*\(\s*[\"']?(?!#)",
    re.IGNORECASE,
)


def find_problems(context_root: Path, folder: str, names: Set[str]) -> Iterator[load.Problem]:
    """Files under ``folder`` that do not belong on the site, and drawings that hold more than a drawing."""
    lowered: dict[str, str] = {}
    for name in sorted(names):
        file = f"{folder}/{name}"
        stem, suffix = posixpath.splitext(name)
        is_hidden = any(part.startswith(".") for part in name.split("/"))
        other = lowered.setdefault(name.lower(), name)
        if other != name and not is_hidden:
            yield load.make("KB051", file, other=load.Quoted(f"{folder}/{other}"))
        # Of a page of a record the id is judged.
        of_record = any(form.read_id(name) for _, form in kinds.PAGES)
        if not is_hidden and not of_record and not all(map(_is_name, name.split("/"))):
            yield load.make("KB554", file, name=load.Quoted(file))
        elif suffix in PICTURES | OWN and _is_too_large(context_root, file):
            size = os.stat(os.path.join(context_root, file)).st_size // 1000
            yield load.make("KB546", file, name=load.Quoted(file), size=size, limit=LARGEST // 1000)
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


def _is_name(part: str) -> bool:
    """Whether every system can have a file or folder of this name, and an address hold it."""
    return _NAME.fullmatch(part) is not None and part.split(".")[0].lower() not in kinds.DEVICES


def _is_too_large(root: Path, file: str) -> bool:
    try:
        return os.stat(os.path.join(root, file)).st_size > LARGEST
    except OSError:
        return False
