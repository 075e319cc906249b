"""Checked data becomes a ``KnowledgeBase``: the only place where dicts turn into objects."""

from __future__ import annotations

import datetime
import os
import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from kennisbank import fields as schema_fields
from kennisbank import kinds, load, model


def read(root: Path) -> model.KnowledgeBase:
    """Load and build the data below ``root``, for callers that know that it passed the check.

    Made once and kept until a data file changes: a site generator may ask for it on every page.
    """
    if root in _held:
        return _held[root]
    times = ((str(path), path.stat().st_mtime_ns) for path in sorted((root / "data").rglob("*.yaml")))
    return read_once(root, tuple(times))


@lru_cache(maxsize=1)
def read_once(root: Path, _times: tuple[tuple[str, int], ...]) -> model.KnowledgeBase:
    """The knowledge base for one state of the data files."""
    return build(load.load(root))


# What `read` gives for a root, whatever its files say.
_held: dict[Path, model.KnowledgeBase] = {}


def hold(root: Path, kb: model.KnowledgeBase) -> None:
    """Let ``read`` give this until another is held: for who looks at the files, and keeps the last that were good."""
    _held[root] = kb


def build(loaded: load.Loaded, today: str | None = None) -> model.KnowledgeBase:
    """Make the knowledge base out of loaded data that passed the check.

    ``today`` is an ISO date; without it the build date is taken. Drafts are left out.
    Raises ``TypeError`` on a field that neither model nor schema knows and on one that is missing, ``KeyError`` on an
    unknown field inside a group and on a record without its key.
    """
    known = schema_fields.read(loaded.root)
    with_id = [kind.name for kind in kinds.RECORDS if kind.has_id]
    collections: dict[str, Mapping[str, typing.Any]] = {
        kind: types.MappingProxyType(
            {
                record["id"]: make_record(RECORDS[kind], record, known[kind])
                for record in loaded.records.get(kind, ())
                if record.get("status") in kinds.SHOWN
            }
        )
        for kind in with_id
    }
    offers = tuple(
        make_record(model.Offer, record, known["offers"])
        for record in loaded.records.get("offers", ())
        if record["intervention"] in collections["interventions"]
        and record["institution"] in {*collections["institutions"], model.EVERYWHERE}
    )
    return model.KnowledgeBase(
        today=today or build_date(),
        vocabularies=make_vocabularies(loaded.vocabularies),
        offers=offers,
        changes=tuple(
            make_record(model.Change, record, known["changes"]) for record in loaded.records.get("changes", ())
        ),
        fields=known,
        drafts=frozenset(
            (kind, record["id"])
            for kind in with_id
            for record in loaded.records.get(kind, ())
            if record.get("status") not in kinds.SHOWN
        ),
        **collections,
    )


def build_date() -> str:
    """The ISO date of this build: SOURCE_DATE_EPOCH (seconds) when set, else the clock.

    https://reproducible-builds.org/specs/source-date-epoch/
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date().isoformat()
    return datetime.date.today().isoformat()


def make_vocabularies(raw: Mapping[str, Mapping[str, Mapping[str, object]]]) -> Mapping[str, Mapping[str, model.Term]]:
    """The closed lists as ``vocabulary -> term id -> Term``, in file order."""
    return types.MappingProxyType(
        {
            name: types.MappingProxyType(
                {term_id: make(model.Term, {"id": term_id, **term}) for term_id, term in terms.items()}
            )
            for name, terms in raw.items()
        }
    )


# The types of a value that the model does not name, by its shape; other values are text and numbers, lists tuples.
SHAPES = {"range": model.Range, "sourced": tuple[model.SourcedText, ...], "sources": tuple[model.SourceRef, ...]}


def make_record(target: type, record: Mapping[str, object], known: schema_fields.Fields) -> Any:
    """A record of that type; fields that only the schema knows go into ``extra``. ``TypeError`` on any other field."""
    own = {name: value for name, value in record.items() if name in field_types(target)}
    extra = {name: value for name, value in record.items() if name not in own}
    strange = sorted(extra.keys() - known.by_name.keys())
    if strange:
        raise TypeError(f"no schema and no model knows the field {strange[0]}")
    if extra:
        own["extra"] = types.MappingProxyType(
            {name: make_extra(known.by_name[name].shape, extra[name]) for name in extra}
        )
    return target(
        **{name: value if name == "extra" else make(field_types(target)[name], value) for name, value in own.items()}
    )


def make_extra(shape: str, value: object) -> object:
    """The value of a field that only the schema knows."""
    if shape in SHAPES:
        return make(SHAPES[shape], value)
    return tuple(value) if isinstance(value, list) else value


def make(target: Any, value: Any) -> Any:
    """Turn plain data into the given type, field by field, lists into tuples."""
    inner = tuple_item(target)
    if inner is not None:
        return tuple(make(inner, item) for item in value)
    if isinstance(target, type) and is_dataclass(target):
        known = field_types(target)
        return target(**{key: make(known[key], item) for key, item in value.items()})
    return value


@cache
def field_types(target: Any) -> Mapping[str, Any]:
    """The type of each field of a dataclass, without its ``None``."""
    hints = typing.get_type_hints(target)
    return {item.name: without_none(hints[item.name]) for item in fields(target)}


def without_none(hint: Any) -> Any:
    """``X | None`` becomes ``X``; anything else stays."""
    options = [item for item in typing.get_args(hint) if item is not type(None)]
    return options[0] if isinstance(hint, types.UnionType) else hint


@cache
def tuple_item(hint: Any) -> Any:
    """``tuple[X, ...]`` gives ``X``; anything else ``None``."""
    return typing.get_args(hint)[0] if typing.get_origin(hint) is tuple else None


def record_type(kind: str) -> type:
    """The dataclass of the records of a kind, as the knowledge base says that it holds them."""
    hint = typing.get_type_hints(model.KnowledgeBase)[kind]
    return next(part for part in typing.get_args(hint) if isinstance(part, type) and is_dataclass(part))


# The dataclass of each kind of record.
RECORDS = {kind: record_type(kind) for kind in kinds.NAMES}
