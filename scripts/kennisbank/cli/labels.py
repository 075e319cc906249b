"""Dutch where an id is asked: the label or a synonym of a term, as an editor reads it on the site, becomes its id."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import yaml

from kennisbank import load
from kennisbank.check import wording
from kennisbank.load import parser, tree


def with_ids(file: load.File, order: load.Schema, vocabularies: load.Vocabularies) -> load.File:
    """The file with every such label replaced by the one id that it can mean; everything else stays as it stands.

    ``order`` is the schema of one record, references followed.
    """
    lists = {tuple(terms): terms for terms in vocabularies.values()}
    found = sorted(_labels(parser.compose(file.text), {"items": order}, lists), reverse=True)
    if not found:
        return file
    text = file.text
    for start, end, term in found:
        text = text[:start] + term + text[end:]
    parsed = tree.parse(text, file.name)
    return replace(file, text=text, data=parsed.data, starts=parsed.starts)


def _labels(
    node: yaml.Node | None, order: load.Schema, lists: dict[tuple[str, ...], load.Schema]
) -> Iterator[tuple[int, int, str]]:
    """Where a label begins and ends in the text, with the id that belongs there."""
    if isinstance(node, yaml.MappingNode):
        parts = order.get("properties", {})
        for key, value in node.value:
            yield from _labels(value, parts.get(key.value, {}), lists)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _labels(item, order.get("items", {}), lists)
    elif isinstance(node, yaml.ScalarNode) and "enum" in order and node.value not in order["enum"]:
        options = [str(option) for option in order["enum"]]
        term = wording.meant(node.value, options, lists.get(tuple(options), {}))
        # A folded block ends where the next thing begins: such a label is left to its editor.
        if term and node.style not in ("|", ">"):
            yield node.start_mark.index, node.end_mark.index, _written(term)


def _written(term: str) -> str:
    """An id as it stands in YAML: some readers take NO for a boolean."""
    return f'"{term}"' if term.isupper() else term
