"""Dutch where an id is asked: the label of a term or the name of a record, as the site has it, becomes its id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

import yaml

from kennisbank import fields, load
from kennisbank.check import wording
from kennisbank.fields import Steps
from kennisbank.load import parser, tree


class Words(NamedTuple):
    """What stands for an id: the terms of each list by their ids, and the ids of records by their names.

    ``names`` is by the kind of those records, ``refers`` says which kind is named where, by the kind of the record there.
    """

    lists: Mapping[tuple[str, ...], load.Schema]
    names: Mapping[str, Mapping[str, str]]
    refers: Mapping[str, Mapping[Steps, str]]


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
    return Words({tuple(terms): terms for terms in loaded.vocabularies.values()}, names, refers)


def _names(record: Mapping[str, object]) -> Iterator[str]:
    """What a record is called, in small letters."""
    for name in (record.get("name"), record.get("title"), record.get("term")):
        if isinstance(name, str):
            yield wording.fold(name)


def with_ids(file: load.File, order: load.Schema, words: Words) -> load.File:
    """The file with every such label and name replaced by the one id that it can mean; everything else stays as it is.

    ``order`` is the schema of one record, references followed.
    """
    refers = words.refers.get(file.kind, {})
    known = {(None, *steps): words.names.get(kind, {}) for steps, kind in refers.items()}
    found = sorted(_labels(parser.compose(file.text), {"items": order}, words.lists, known), reverse=True)
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
    lists: Mapping[tuple[str, ...], load.Schema],
    known: Mapping[Steps, Mapping[str, str]],
    steps: Steps = (),
) -> Iterator[tuple[int, int, str]]:
    """Where a label or name begins and ends in the text, with the id that belongs there; ``steps`` lead to the node."""
    if isinstance(node, yaml.MappingNode):
        parts = order.get("properties", {})
        for key, value in node.value:
            yield from _labels(value, parts.get(key.value, {}), lists, known, (*steps, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _labels(item, order.get("items", {}), lists, known, (*steps, None))
    elif isinstance(node, yaml.ScalarNode):
        names = known.get(steps, {})
        term = None
        if "enum" in order and node.value not in order["enum"]:
            options = [str(option) for option in order["enum"]]
            term = wording.meant(node.value, options, lists.get(tuple(options), {}))
        elif node.value not in names.values():
            term = names.get(wording.fold(node.value))
        # A folded block ends where the next thing begins: such a label is left to its editor.
        if term and node.style not in ("|", ">"):
            yield node.start_mark.index, node.end_mark.index, _written(term)


def _written(term: str) -> str:
    """An id as it stands in YAML: some readers take NO for a boolean."""
    return f'"{term}"' if term.isupper() else term
