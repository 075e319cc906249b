"""Two states of the data side by side: which records differ, and in which fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kennisbank import fields, kinds, load
from kennisbank.renewal.plan import same


@dataclass(frozen=True)
class Difference:
    """A record that differs: ``old`` is ``None`` when it is new, ``new`` when it is gone; ``fields`` are those that differ.

    Fields stand in the order of the schema, each as (name, old value or ``None``, new value or ``None``).
    """

    kind: str
    key: tuple[str, ...]
    old: load.Record | None
    new: load.Record | None
    fields: tuple[tuple[str, Any, Any], ...] = ()

    @property
    def record(self) -> load.Record:
        """The record as it is, or else as it was."""
        return self.new if self.new is not None else self.old or {}


def compare(before: load.Loaded, after: load.Loaded) -> list[Difference]:
    """Every record that differs, in the order of kinds and keys."""
    known = fields.read(after.root)
    found = []
    for kind in kinds.WRITTEN:
        old, new = _by_key(before, kind), _by_key(after, kind)
        for key in sorted({*old, *new}):
            was, becomes = old.get(key), new.get(key)
            if was is None or becomes is None:
                found.append(Difference(kind, key, was, becomes))
            elif not same(was, becomes):
                order = list(known[kind].by_name) if kind in known else []
                names = sorted({*was, *becomes}, key=lambda name: (order.index(name) if name in order else 999, name))
                parts = tuple(
                    (name, was.get(name), becomes.get(name))
                    for name in names
                    if not same(was.get(name), becomes.get(name))
                )
                found.append(Difference(kind, key, was, becomes, parts))
    return found


def _by_key(loaded: load.Loaded, kind: str) -> Mapping[tuple[str, ...], load.Record]:
    return {load.sort_key(kind, record): record for record in loaded.records[kind]}
