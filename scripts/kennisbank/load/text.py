"""From a file to text: size, place, encoding and characters that never belong in it."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from kennisbank.load.problem import Problem, Quoted, make

MAX_BYTES = 2_000_000  # contract.md: over 2 MB is refused before parsing

# Steers the direction of text or is invisible: what you read is then not what is stored (CVE-2021-42574).
INVISIBLE = "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
# Control characters, and the line ends that YAML counts but an editor does not show.
CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffd-\uffff"
# By the code of what is said of it; the first that holds.
UNWANTED = {"KB009": "\0", "KB011": INVISIBLE, "KB010": CONTROL}
_UNWANTED = re.compile(f"[{CONTROL}{INVISIBLE}]")
_MERGE_MARK = re.compile(r"^(?:<{7}|>{7}|\|{7})(?: .*)?$", re.MULTILINE)


def read(root: Path, name: str) -> tuple[str | None, list[Problem]]:
    """The text of the file ``name`` under ``root`` with ``\\n`` line ends, or ``None`` with the reason.

    Unwanted characters and merge marks are reported; after those the text is ``None`` too, because
    whatever a parser says next would be about the same mistake.
    """
    raw, problem = _bytes(root, name)
    if problem:
        return None, [problem]
    text, problem = _decode(raw, name)
    if problem:
        return None, [problem]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    problem = unwanted(text, name) or _merge_mark(text, name)
    return (None, [problem]) if problem else (text, [])


def _bytes(root: Path, name: str) -> tuple[bytes, Problem | None]:
    path = os.path.join(root, name)
    try:
        real = os.path.realpath(path)
        if os.path.commonpath([real, os.path.realpath(root)]) != os.path.realpath(root):
            return b"", make("KB004", name)
        info = os.stat(path)
        if not stat.S_ISREG(info.st_mode):
            return b"", make("KB003", name)
        if info.st_size > MAX_BYTES:
            return b"", make("KB005", name, size=f"{info.st_size / 1e6:.1f}".replace(".", ","))
        with open(path, "rb") as file:
            return file.read(MAX_BYTES + 1), None
    except FileNotFoundError:
        return b"", make("KB001", name)
    except (OSError, ValueError):
        return b"", make("KB002", name)


def _decode(raw: bytes, name: str) -> tuple[str, Problem | None]:
    """UTF-8 with or without byte order mark; anything else is named."""
    # Without a byte order mark UTF-16 shows itself by a zero in every other byte.
    zeros = raw[:200].count(0)
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or zeros * 3 > len(raw[:200]):
        return "", make("KB006", name)
    try:
        return raw.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        # Bytes before the first wrong one are UTF-8, so the place is known.
        good = raw[: error.start].decode("utf-8-sig", "replace")
        place = (good.count("\n") + 1, len(good) - good.rfind("\n"))
        wrong = raw[error.start : error.start + 1]
        try:
            raw.decode("cp1252")
            return "", make("KB007", name, place, char=wrong.decode("cp1252"))
        except UnicodeDecodeError:
            return "", make("KB008", name, place)


def place(text: str, index: int) -> tuple[int, int]:
    """Line and column, from 1, of the character at ``index``."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def unwanted(text: str, name: str) -> Problem | None:
    """The first control, direction or invisible character in ``text``."""
    # A text without them is the rule, and asking whether all is printable is ten times faster than searching.
    if "\ufffd" not in text and text.replace("\n", "").isprintable():
        return None
    found = _UNWANTED.search(text)
    if not found:
        return None
    char = found.group()
    code = next(code for code, signs in UNWANTED.items() if re.match(f"[{signs}]", char))
    return make(code, name, place(text, found.start()), char=f"U+{ord(char):04X}")


def unwanted_in_value(value: str) -> str | None:
    """The first unwanted character of a value (it can come from an escape such as ``"\\u202e"``), named."""
    found = _UNWANTED.search(value)
    return f"U+{ord(found.group()):04X}" if found else None


def _merge_mark(text: str, name: str) -> Problem | None:
    found = _MERGE_MARK.search(text) if ("<<<<<<<" in text or ">>>>>>>" in text) else None
    return make("KB012", name, place(text, found.start()), mark=Quoted(found.group()[:7])) if found else None
