"""YAML text becomes plain data and positions; the traps of YAML are closed here.

``load(root)`` reads ``data/<kind>.yaml`` and ``data/<kind>/*.yaml`` and never raises for what is in them. Each kind
is a list; one without a file is an empty list.
"""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from kennisbank import kinds
from kennisbank.load import parser, tree
from kennisbank.load.messages import say, words
from kennisbank.load.problem import Problem, Quoted, make, only_errors, shown
from kennisbank.load.text import UNWANTED, place, read, unwanted_in_value
from kennisbank.load.tree import parse

__all__ = [
    "File",
    "Loaded",
    "UNWANTED",
    "FieldPath",
    "Problem",
    "Quoted",
    "Record",
    "Schema",
    "Vocabularies",
    "field_name",
    "field_path",
    "label",
    "load",
    "make",
    "only_errors",
    "parse",
    "place",
    "read",
    "read_apart",
    "say",
    "shown",
    "sort_key",
    "unwanted_in_value",
    "without_collector",
    "words",
]

# A record as it stands in a file: plain data by the name of the field, not yet held against its schema.
Record: TypeAlias = dict[str, Any]
# The way to a value inside a record or file: names of fields and numbers of items.
FieldPath: TypeAlias = tree.Path
# A JSON schema, or a part of one.
Schema: TypeAlias = Mapping[str, Any]
# The closed lists: per list the terms by id, each as it stands in the file.
Vocabularies: TypeAlias = Mapping[str, Mapping[str, Any]]

SUFFIX = ".yaml"
MAX_NOTES = 200  # per file; more is one mistake repeated
# Texts that stay read: all data files of a project as large as ours, before and after a change.
KEPT = 64
_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")
# The first line that is neither empty nor a comment.
_FIRST_CONTENT = re.compile(r"^(?! *(?:#|$)).", re.MULTILINE)


@dataclass(frozen=True)
class File:
    """One data file: its name under the root, the kind of record it holds, its text and its plain data."""

    name: str
    kind: str
    text: str
    data: Any
    starts: tuple[int, ...] = ()  # the line, from 0, at which each record begins


@dataclass(frozen=True)
class Loaded:
    """Everything read. ``records`` maps each kind to its records as plain dicts, files in order of name."""

    root: Path
    files: tuple[File, ...]
    records: Mapping[str, list[Record]]
    vocabularies: Vocabularies
    problems: tuple[Problem, ...]
    # Kinds (and "vocabularies") of which a file could not be read: what it holds is unknown, not absent.
    unreadable: frozenset[str]
    _nodes: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)
    _lines: dict[str, list[str]] = field(default_factory=dict, repr=False, compare=False)

    def position(self, name: str, path: tree.Path, key: bool = False) -> tuple[int, int]:
        """Line and column, from 1, of the value (or, with ``key``, of the name) at ``path`` in file ``name``.

        Places are looked up on demand: a clean run never needs one.
        """
        file = next((file for file in self.files if file.name == name), None)
        if file is None:
            return 1, 1
        if path and isinstance(path[0], int) and path[0] < len(file.starts):
            first, node = self._record(file, path[0])
            inner = (0, *path[1:]) if parser.is_list(node) else path[1:]
            line, column = tree.locate(node, inner, key)
            return line + first, column
        if name not in self._nodes:
            self._nodes[name] = parser.compose(file.text)
        return tree.locate(self._nodes[name], path, key)

    def _record(self, file: File, index: int) -> tuple[int, Any]:
        """The first line of one record and its nodes: composing only that one is quick in a large file."""
        found = self._nodes.get((file.name, index))
        if found is None:
            if file.name not in self._lines:
                self._lines[file.name] = file.text.split("\n")
            lines = self._lines[file.name]
            first = file.starts[index]
            last = file.starts[index + 1] if index + 1 < len(file.starts) else len(lines)
            found = first, parser.compose("\n".join(lines[first:last]) + "\n")
            self._nodes[file.name, index] = found
        return found


def load(root: Path | str) -> Loaded:
    """Read all data under ``root``. What is wrong is in ``problems``; the rest is read all the same."""
    root = Path(root)
    files: list[File] = []
    problems: list[Problem] = []
    unreadable: set[str] = set()
    with without_collector():
        for kind, name in _names(root, problems):
            source, found = read(root, name)
            if source is not None:
                parsed = _parse(source, name)
                found = _problems(parsed, kind, name)
                if parsed.fatal is None and not _has_wrong_shape(kind, parsed.data):
                    files.append(File(name, kind, source, parsed.data, parsed.starts))
            is_merged = any(problem.code == "KB053" for problem in found)
            if not files or files[-1].name != name or is_merged:
                unreadable.add(kind)
            problems.extend(found)
    return Loaded(
        root=root,
        files=tuple(files),
        records={kind: _records(files, kind) for kind in kinds.NAMES},
        vocabularies=_vocabularies(files),
        problems=tuple(problems),
        unreadable=frozenset(unreadable),
    )


def read_apart(folder: Path, name: str) -> tuple[File | None, list[Problem]]:
    """A file that is none of the data files, such as a proposal, with the same limits; ``None`` with what is wrong."""
    source, found = read(folder, name)
    if source is None:
        return None, found
    parsed = _parse(source, name)
    found = [parsed.fatal] if parsed.fatal else [_at(note, name, "", None) for note in parsed.notes[:MAX_NOTES]]
    return (None, found) if found else (File(name, "", source, parsed.data), [])


def label(kind: str, record: object, number: int) -> str:
    """What a record is called in a message: its id, of an offer what it joins, or else its number from 1."""
    parts = [part for part in sort_key(kind, record) if part] if isinstance(record, dict) else []
    return " · ".join(parts) or f"#{number}"


def field_name(path: tree.Path) -> str:
    """A path as editors write it: ``sources[0].where``."""
    name = ""
    for step in path:
        name += f"[{step}]" if isinstance(step, int) else f".{step}" if name else step
    return name


def field_path(name: str) -> FieldPath:
    """The path that ``field_name`` wrote."""
    return tuple(int(number) if number else step for number, step in _STEP.findall(name))


def _at(note: tree.Note, name: str, kind: str, data: object) -> Problem:
    """The problem of a note, with the record in which it stands."""
    path, record = note.path, ""
    if path and isinstance(path[0], int) and isinstance(data, list):
        record, path = label(kind, data[path[0]], path[0] + 1), path[1:]
    return make(note.code, name, note.place, record, field_name(path), **note.values)


def sort_key(kind: str, record: Mapping) -> tuple[str, ...]:
    """What records of this kind are sorted by: their key, where what is no text counts as empty."""
    values = (record.get(name) for name in kinds.BY_NAME[kind].key)
    return tuple(value if isinstance(value, str) else "" for value in values)


@contextmanager
def without_collector() -> Iterator[None]:
    """Pause the garbage collector: millions of small objects that all stay make it quadratic."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _names(root: Path, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """The data files as (kind, name), in order; whatever else stands among them is reported, for nobody reads it."""
    folder = root / kinds.DATA
    known = {f"{kind}{SUFFIX}" for kind in (*kinds.NAMES, kinds.VOCABULARIES)} | {os.path.basename(kinds.PROMISES_FILE)}
    _tell_strays(kinds.DATA, [name for name in _listing(folder) if name not in known | set(kinds.NAMES)], problems)
    yield kinds.VOCABULARIES, kinds.VOCABULARIES_FILE
    for kind in kinds.NAMES:
        if os.path.lexists(folder / f"{kind}{SUFFIX}"):
            yield kind, f"{kinds.DATA}/{kind}{SUFFIX}"
        names = _listing(folder / kind)
        read_here = [name for name in names if name.endswith(SUFFIX) and not os.path.isdir(folder / kind / name)]
        _tell_strays(f"{kinds.DATA}/{kind}", [name for name in names if name not in read_here], problems)
        lowered: dict[str, str] = {}
        for name in read_here:
            other = lowered.setdefault(name.lower(), name)
            if other != name:
                problems.append(make("KB051", f"{kinds.DATA}/{kind}/{name}", other=Quoted(other)))
            yield kind, f"{kinds.DATA}/{kind}/{name}"


def _tell_strays(folder: str, names: list[str], problems: list[Problem]) -> None:
    problems += [make("KB038", f"{folder}/{name}", name=Quoted(name)) for name in names]


def _listing(folder: Path) -> list[str]:
    """What stands in a folder; of the hidden files, which are the system's, only those that look like data."""
    try:
        names = os.listdir(folder)
    except OSError:
        return []
    return sorted(name for name in names if not name.startswith(".") or name.lower().endswith((".yaml", ".yml")))


@lru_cache(maxsize=KEPT)
def _parse(source: str, name: str) -> tree.Parsed:
    """A data file, read once as long as its text stays the same: its data is shared, and nobody may change it."""
    found = source.find("\t")
    if found >= 0:
        line = place(source, found)[0]
        others = sum("\t" in row for row in source.split("\n")[line:])
        more = " " + say("advice.tabs", count=others) if others else ""
        return tree.Parsed(fatal=make("KB013", name, place(source, found), more=more))
    first = _FIRST_CONTENT.search(source)
    if first and first.group() == "%":
        return tree.Parsed(fatal=make("KB016", name, place(source, first.start())))
    return tree.parse(source, name)


def _problems(parsed: tree.Parsed, kind: str, name: str) -> list[Problem]:
    """What is wrong with a file apart from its fields."""
    if parsed.fatal:
        return [parsed.fatal]
    found = [_at(note, name, kind, parsed.data) for note in parsed.notes[:MAX_NOTES]]
    if len(parsed.notes) > MAX_NOTES:
        found.append(make("KB123", name, limit=MAX_NOTES))
    if _has_wrong_shape(kind, parsed.data):
        found.append(make("KB041" if kind == kinds.VOCABULARIES else "KB040", name))
    return found


def _has_wrong_shape(kind: str, data: object) -> bool:
    """Whether a list file is no list, or the vocabularies have no fields."""
    return not isinstance(data, dict if kind == kinds.VOCABULARIES else list)


def _records(files: list[File], kind: str) -> list[Record]:
    return [record for file in files if file.kind == kind for record in file.data if isinstance(record, dict)]


def _vocabularies(files: list[File]) -> dict[str, dict[str, Any]]:
    raw: dict[str, Any] = next((file.data for file in files if file.kind == kinds.VOCABULARIES), {})
    return {name: terms for name, terms in raw.items() if isinstance(terms, dict)}
