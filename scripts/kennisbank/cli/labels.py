"""Dutch where an id is asked: the label of a term or the name of a record, as the site has it, becomes its id.

So does a date as people write it, such as ``30-11-2026`` or ``november 2026``, become one as the data has it.

In the files (``kennisbank format``), and in what somebody types behind a command.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

import yaml

from kennisbank import fields, kinds, load
from kennisbank.check import wording
from kennisbank.check.context import is_text, name_some, name_term, nearest, texts_in
from kennisbank.check.schemas import COMMON, Schemas
from kennisbank.cli.arguments import WrongUseError
from kennisbank.fields import Steps
from kennisbank.load import parser, tree

MOST = 12  # records that a name can be of, as many as a message can list


class Words(NamedTuple):
    """What stands for an id: the terms of each list by their ids, and the ids of records by their names.

    ``names`` is by the kind of those records, ``refers`` says which kind is named where, by the kind of the record there;
    ``dates`` are the patterns of dates in the schemas.
    """

    lists: Mapping[tuple[str, ...], load.Schema]
    names: Mapping[str, Mapping[str, str]]
    refers: Mapping[str, Mapping[Steps, str]]
    dates: frozenset[str] = frozenset()


def read_words(loaded: load.Loaded) -> Words:
    """The labels and names of loaded data. A name that two records have means neither."""
    names: dict[str, dict[str, str]] = {}
    for kind, records in loaded.records.items():
        known = [(name, record.get("id")) for record in records for name in _names(record)]
        counts = Counter(name for name, _ in set(known))
        names[kind] = {name: record for name, record in known if isinstance(record, str) and counts[name] == 1}
    refers = {
        kind: {steps: field.refers for steps, field in known.places(lambda field: bool(field.refers))}
        for kind, known in fields.read(loaded.root).items()
    }
    lists = {tuple(terms): terms for terms in loaded.vocabularies.values()}
    common = Schemas(loaded.root, loaded.vocabularies).documents.get(COMMON, {}).get("definitions", {})
    patterns = frozenset(common[name]["pattern"] for name in wording.DATES if name in common)
    return Words(lists, names, refers, patterns)


def _names(record: Mapping[str, object]) -> Iterator[str]:
    """What a record is called, in small letters."""
    for name in (record.get("name"), record.get("title"), record.get("term")):
        if isinstance(name, str):
            yield wording.fold(name)


def read_kind(name: str, among: Iterable[kinds.Kind]) -> kinds.Kind:
    """The kind that is meant: by its name here or in Dutch, of one or of many. Raises ``WrongUseError``."""
    words, listed = load.words("kinds"), list(among)
    known = {word: kind for kind in listed for word in (kind.singular, kind.name, words[kind.name])}
    kind = known.get(wording.fold(name))
    if kind is None:
        near = nearest(name, known)
        choices = ", ".join(name_term(kind.singular, words[kind.name]) for kind in listed)
        advice = load.say("advice.near", near=near) if near else load.say("cli.choices", choices=choices)
        raise WrongUseError(load.say("cli.kind", name=load.shown(name), advice=advice))
    return kind


def read_record(name: str, kind: kinds.Kind, loaded: load.Loaded) -> str:
    """The id of the record that is meant: by its id, a name, where it is, or a part of those. Raises ``WrongUseError``."""
    records = {str(record.get("id")): record for record in loaded.records[kind.name]}
    wanted = wording.fold(name)
    called = {record_id: [wording.fold(one) for one in _calls(record)] for record_id, record in records.items()}
    tests: tuple[Callable[[str], bool], ...] = (lambda one: one == wanted, lambda one: f" {wanted} " in f" {one} ")
    found: list[str] = []
    for test in tests if wanted else ():
        found = found or [record_id for record_id, names in called.items() if any(map(test, names))]
    if len(found) == 1:
        return found[0]
    values = {"kind": load.words("kinds")[kind.name], "name": load.shown(name), "file": kind.file}
    named = {record_id: name_term(record_id, record.get("name")) for record_id, record in records.items()}
    near = nearest(wanted, (one for names in called.values() for one in names))
    listed = [named[one] for one in found or [one for one, names in called.items() if near in names]]
    advice = load.say("cli.choices", choices=name_some(listed, MOST)) if listed else load.say("cli.listed", **values)
    advice = load.say("advice.near", near=listed[0]) if len(listed) == 1 else advice
    raise WrongUseError(load.say("cli.several" if found else "cli.no_record", **values, advice=advice))


def read_id(name: str, kind: kinds.Kind, loaded: load.Loaded) -> str:
    """The id with which a record begins: of a term by its label, of what joins two records by what those are called.

    Of a record with an id of its own that id is new, and stays as it is. Raises ``WrongUseError``.
    """
    if kind.vocabulary:
        terms = loaded.vocabularies.get(kind.vocabulary, {})
        return wording.meant(name, list(terms), terms) or name
    if kind.has_id:
        return name
    parts = name.split("/")
    named = zip(kind.key, parts, strict=False)
    ids = [
        part
        if part == kinds.EVERYWHERE or field not in kinds.BY_SINGULAR
        else read_record(part, kinds.BY_SINGULAR[field], loaded)
        for field, part in named
    ]
    return "/".join([*ids, *parts[len(ids) :]])


def _calls(record: load.Record) -> Iterator[str]:
    """What somebody may call a record: its id, its names, the place where it is."""
    names = [record.get(part) for part in ("id", *kinds.CALLED, "place")]
    yield from (one for one in (*names, *texts_in(record.get("also_known_as"))) if is_text(one))


def with_ids(file: load.File, order: load.Schema, words: Words) -> load.File:
    """The file with every such label and name replaced by the one id that it can mean; everything else stays as it is.

    ``order`` is the schema of one record, references followed.
    """
    refers = words.refers.get(file.kind, {})
    known = {(None, *steps): words.names.get(kind, {}) for steps, kind in refers.items()}
    found = sorted(_labels(parser.compose(file.text), {"items": order}, words, known), reverse=True)
    if not found:
        return file
    text = file.text
    for start, end, term in found:
        text = text[:start] + term + text[end:]
    parsed = tree.parse(text, file.name)
    return replace(file, text=text, data=parsed.data, starts=parsed.starts)


def _labels(
    node: yaml.Node | None,
    order: load.Schema,
    words: Words,
    known: Mapping[Steps, Mapping[str, str]],
    steps: Steps = (),
) -> Iterator[tuple[int, int, str]]:
    """Where a label or name begins and ends in the text, with the id that belongs there; ``steps`` lead to the node."""
    if isinstance(node, yaml.MappingNode):
        parts = order.get("properties", {})
        for key, value in node.value:
            yield from _labels(value, parts.get(key.value, {}), words, known, (*steps, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _labels(item, order.get("items", {}), words, known, (*steps, None))
    elif isinstance(node, yaml.ScalarNode):
        names = known.get(steps, {})
        term = None
        if "enum" in order and node.value not in order["enum"]:
            options = [str(option) for option in order["enum"]]
            term = wording.meant(node.value, options, words.lists.get(tuple(options), {}))
        elif order.get("pattern") in words.dates:
            term = wording.meant_date(node.value, order["pattern"])
        elif node.value not in names.values():
            term = names.get(wording.fold(node.value))
        # A folded block ends where the next thing begins: such a label is left to its editor.
        if term and node.style not in ("|", ">"):
            yield node.start_mark.index, node.end_mark.index, _written(term)


def _written(term: str) -> str:
    """An id as it stands in YAML: some readers take NO for a boolean, and a date for no text."""
    return f'"{term}"' if term.isupper() or term[0].isdigit() else term
