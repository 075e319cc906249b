"""A problem is data: where it is, which code, and what it says in Dutch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kennisbank.load import messages

SHOWN = 60  # characters of a value that a message repeats; more hides the message itself


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake or doubt. ``file`` is relative to the root, ``line`` and ``column`` count from 1."""

    file: str
    line: int
    column: int
    record: str
    field: str
    code: str
    severity: str
    message: str
    hint: str


def only_errors(problems: Iterable[Problem]) -> list[Problem]:
    """Those with which nothing can be done; a warning is none."""
    return [problem for problem in problems if problem.severity == "error"]


def make(
    code: str,
    file: str,
    position: tuple[int, int] = (1, 1),
    record: str = "",
    field: str = "",
    /,
    **values: object,
) -> Problem:
    """The problem with this code, its templates filled with ``values``; text in them is made safe to show."""
    entry = messages.table()[code]
    safe = {name: shown(value) if isinstance(value, Quoted) else value for name, value in values.items()}
    return Problem(
        file=file,
        line=position[0],
        column=position[1],
        record=shown(record),
        field=shown(field, 200),
        code=code,
        severity=entry.severity,
        message=entry.message.format(**safe),
        hint=entry.hint.format(**safe),
    )


class Quoted(str):
    """Text that came from the input and is repeated in a message."""

    __slots__ = ()


def shown(value: object, limit: int = SHOWN) -> str:
    """``value`` as one short line without characters that could disturb a terminal or a log."""
    text = str(value)[: limit + 1]
    text = "".join(char if char.isprintable() else f"<U+{ord(char):04X}>" for char in text)
    return text if len(text) <= limit else text[: limit - 1] + "…"
