"""The words an editor reads: every message of the check and the command line, from ``messages.yaml``.

Lives in ``load`` because every layer that speaks to an editor may import that one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PATH = Path(__file__).parent.parent / "messages.yaml"


@dataclass(frozen=True, slots=True)
class Message:
    """What one code says: ``message`` and ``hint`` are templates, ``example`` is input that provokes it."""

    code: str
    severity: str
    message: str
    hint: str
    example: str


@cache
def _content() -> Mapping[str, Mapping]:
    # Read on first use: a clean check prints one line and should not pay for a hundred messages.
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(PATH.read_bytes(), Loader=loader)


@cache
def table() -> Mapping[str, Message]:
    """Every code (``KB001``…) with its message, in the order of the file."""
    return {code: Message(code, **entry) for code, entry in _content()["problems"].items()}


def say(name: str, /, **values: object) -> str:
    """The words called ``name`` (``group.word``) with the values filled in; ``name_one`` where ``count`` is one and it exists.

    Raises ``KeyError`` for words that are not in the file.
    """
    group, word = name.split(".")
    texts = _content()["words"][group]
    text = texts.get(f"{word}_one") if values.get("count") == 1 else None
    return (text or texts[word]).format(**values)


def words(group: str) -> Mapping[str, str]:
    """All words of one group, such as the Dutch names of the record kinds."""
    return _content()["words"][group]
