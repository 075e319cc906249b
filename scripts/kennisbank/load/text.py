"""From a file to text: size, place, encoding and characters that never belong in it."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from kennisbank.load.problem import Problem, Quoted, make

MAX_BYTES = 2_000_000  # contract.md: over 2 MB is refused before parsing

# Steers the direction of text or is invisible: what you read is then not what is stored (CVE-2021-42574). With soft
# hyphens, fillers of other scripts, tags and what chooses a variant (https://www.unicode.org/reports/tr36/).
INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0d\ufeff\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
# Inside a picture sign these two belong; between letters they are invisible.
_PICTURE = "\u203c-\u3299\U0001f000-\U0001faff"
_JOINER = f"(?<![{_PICTURE}\ufe0f])[\u200c\u200d]|[\u200c\u200d](?![{_PICTURE}])|(?<![{_PICTURE}0-9#*])[\ufe0e\ufe0f]"
# Control characters, and the line ends that YAML counts but an editor does not show.
CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffd-\uffff"
# Signs that only one typeface knows, such as the bullets of a word processor, and places that hold no character.
PRIVATE = "\ue000-\uf8ff\ufdd0-\ufdef\U000f0000-\U0010ffff" + "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 15)
)
# By the code of what is said of it; the first that holds.
UNWANTED = {
    "KB009": re.compile("\0"),
    "KB011": re.compile(f"[{INVISIBLE}]|{_JOINER}"),
    "KB052": re.compile(f"[{PRIVATE}]"),
    "KB010": re.compile(f"[{CONTROL}]"),
}
_UNWANTED = re.compile("|".join(pattern.pattern for pattern in UNWANTED.values()))
# Invisible, and yet printable to Python.
_SEEMS_PRINTABLE = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\ufe0e\ufe0f\uffa0\ufffd"
    + "".join(map(chr, range(0xFE00, 0xFE0E)))
)
# A merge leaves them at the margin; an editor or a formatter may have moved them into a text.
_MERGE_MARK = re.compile(
    r"(?<![^\s\"'>-])(?:<{7}|>{7}|\|{7})(?![<>|\w])|^[ >]*={7}[ ]*$|(?<=\s)={7}(?=\s)", re.MULTILINE
)
_MERGE_SIGNS = ("<<<<<<<", ">>>>>>>", "|||||||", "=======")


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
        real, inside = os.path.realpath(path), os.path.realpath(root)
        if os.path.commonpath([real, inside]) != inside:
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
    if text.replace("\n", "").isprintable() and not any(sign in text for sign in _SEEMS_PRINTABLE):
        return None
    found = _UNWANTED.search(text)
    if not found:
        return None
    char = found.group()
    code = next(code for code, pattern in UNWANTED.items() if pattern.match(text, found.start()))
    return make(code, name, place(text, found.start()), char=f"U+{ord(char):04X}")


def unwanted_in_value(value: str) -> str | None:
    """The first unwanted character of a value (it can come from an escape such as ``"\\u202e"``), named."""
    found = _UNWANTED.search(value)
    return f"U+{ord(found.group()):04X}" if found else None


def _merge_mark(text: str, name: str) -> Problem | None:
    found = _MERGE_MARK.search(text) if any(sign in text for sign in _MERGE_SIGNS) else None
    return (
        make("KB012", name, place(text, found.start()), mark=Quoted(found.group().strip(" >") or found.group().strip()))
        if found
        else None
    )
