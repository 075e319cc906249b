"""Records changed in, or added to, the text of a data file; every other record stays as it is, byte for byte."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from kennisbank import kinds, load
from kennisbank.cli import canon, scaffold
from kennisbank.load import parser, tree

# Lines to put in place of those from the first up to, not with, the second.
Edit = tuple[int, int, list[str]]


def rewrite(
    loaded: load.Loaded,
    changed: Mapping[tuple[str, int], load.Record],
    added: Mapping[str, Sequence[load.Record]],
    orders: Mapping[str, load.Schema],
) -> dict[str, str]:
    """The new text of each file in which something changes, by its name.

    ``changed`` are whole records by file and number, ``added`` those that are new by kind, ``orders`` the schema of
    one record of each kind. A changed record gets its canonical form; its comments stay. Raises
    ``canon.CommentLostError`` when something would be lost.
    """
    files = {file.name: file for file in loaded.files}
    news: dict[str, list[load.Record]] = {}
    for kind, records in added.items():
        for record in records:
            file = scaffold.find_file(loaded, kind, load.sort_key(kind, record))
            name = file.name if file else kinds.BY_NAME[kind].file
            files.setdefault(name, load.File(name, kind, f"{canon.header(name, kind)}\n\n[]\n", []))
            news.setdefault(name, []).append(record)
    texts = {}
    for name in dict.fromkeys([*(name for name, _ in changed), *news]):
        file = files[name]
        new = {number: record for (other, number), record in changed.items() if other == name}
        texts[name] = _rewrite(file, orders[file.kind], new, news.get(name, []))
    return texts


def _rewrite(
    file: load.File, order: load.Schema, changed: Mapping[int, load.Record], added: Sequence[load.Record]
) -> str:
    if file.data and not file.starts:  # written in brackets: no line belongs to one record
        file, changed = _in_lines(file, order, changed)
    root: Any = parser.compose(file.text)
    comments = canon.Comments(file.text, root)
    lines = file.text.rstrip("\n").split("\n")
    if not file.data:
        lines = "\n".join(line for line in lines if line.replace(" ", "") != "[]").rstrip("\n").split("\n")
    edits: list[Edit] = []
    for number, record in changed.items():
        node = _merge_record(root.value[number], file.data[number], record, comments)
        comments.above.pop(id(root.value[number]), None)  # above the record: not touched
        edits.append((*_extent(file, lines, number), canon.Writer(comments).item(node, order, 0)))
    alone = load.Loaded(Path(), (file,), {}, {}, (), frozenset())
    for record in sorted(added, key=lambda record: load.sort_key(file.kind, record)):
        written = canon.Writer(canon.Comments("", _node([]))).item(_node(record), order, 0)
        line = scaffold.find_line(alone, file, load.sort_key(file.kind, record))
        edits.append((line, line, [*written, ""]) if line is not None else (len(lines), len(lines), ["", *written]))
    edits.sort(key=lambda edit: edit[:2])
    # From the last to the first, so that no edit moves the place of another.
    for first, end, new in edits[::-1]:
        lines[first:end] = new
    text = "\n".join(lines).rstrip("\n") + "\n"
    data = [changed.get(number, record) for number, record in enumerate(file.data)]
    data = sorted([*data, *added], key=lambda record: load.sort_key(file.kind, record)) if added else data
    canon.prove_same(file, text, data, comments)
    return text


def _in_lines(
    file: load.File, order: load.Schema, changed: Mapping[int, load.Record]
) -> tuple[load.File, dict[int, load.Record]]:
    """The file in canonical form, with the numbers that the changed records have in it."""
    text = canon.canonical(file, order)
    parsed = tree.parse(text, file.name)
    moved = {parsed.data.index(file.data[number]): record for number, record in changed.items()}
    return replace(file, text=text, data=parsed.data, starts=parsed.starts), moved


def _extent(file: load.File, lines: list[str], number: int) -> tuple[int, int]:
    """The lines of one record, from its dash up to what belongs to the next."""
    first = file.starts[number]
    end = file.starts[number + 1] if number + 1 < len(file.starts) else len(lines)
    while end > first + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return first, end


def _merge_record(node: Any, old: load.Record, new: load.Record, comments: canon.Comments) -> Any:
    """The nodes of a record made to say ``new``. Comments inside what goes move to the field, or the next that stays."""
    pairs: list[Any] = []
    waiting: list[str] = []
    for key, value in node.value:
        lost: list[str] = []
        if key.value in new:
            merged = _merge(value, old[key.value], new[key.value], comments, lost)
            pairs.append((key, merged))
            waiting += lost
            if waiting:
                comments.above.setdefault(id(key), []).extend(waiting)
                waiting = []
        else:
            waiting += _comments_of(key, comments) + _comments_of(value, comments)
    if waiting:
        comments.below.setdefault(id(node), []).extend(waiting)
    pairs += [(_name(name), _node(value)) for name, value in new.items() if name not in old]
    node.value = pairs
    return node


def _merge(node: Any, old: Any, new: Any, comments: canon.Comments, lost: list[str]) -> Any:
    """The node of ``old`` made to say ``new``; what stays keeps its node and so its comments, the rest is ``lost``."""
    if _written(old) == _written(new):
        return node
    if isinstance(node, yaml.MappingNode) and isinstance(new, dict):
        pairs: list[Any] = []
        for key, value in node.value:
            if key.value in new:
                pairs.append((key, _merge(value, old[key.value], new[key.value], comments, lost)))
            else:
                lost += _comments_of(key, comments) + _comments_of(value, comments)
        node.value = pairs + [(_name(name), _node(value)) for name, value in new.items() if name not in old]
        return node
    if isinstance(node, yaml.SequenceNode) and isinstance(new, list):
        node.value = _merge_items(node.value, old, new, comments, lost)
        node.flow_style = False
        return node
    lost += _comments_of(node, comments)
    return _node(new)


def _merge_items(nodes: list[Any], old: list, new: list, comments: canon.Comments, lost: list[str]) -> list[Any]:
    items: list[Any] = []
    matcher = difflib.SequenceMatcher(None, [_written(item) for item in old], [_written(item) for item in new], False)
    for how, start, end, first, last in matcher.get_opcodes():
        if how == "equal":
            items += nodes[start:end]
        elif how == "replace" and end - start == last - first:
            pairs = zip(nodes[start:end], old[start:end], new[first:last], strict=True)
            items += [_merge(node, was, becomes, comments, lost) for node, was, becomes in pairs]
        else:
            lost += [line for node in nodes[start:end] for line in _comments_of(node, comments)]
            items += [_node(item) for item in new[first:last]]
    return items


def _comments_of(node: Any, comments: canon.Comments) -> list[str]:
    """The comments tied to a node or to anything inside it, in order."""
    found = [*comments.above.pop(id(node), []), *comments.below.pop(id(node), [])]
    beside = comments.beside.pop(id(node), None)
    found += [beside] if beside else []
    if isinstance(node, yaml.MappingNode):
        children = [part for pair in node.value for part in pair]
    else:
        children = node.value if isinstance(node, yaml.SequenceNode) else []
    return found + [line for child in children for line in _comments_of(child, comments)]


def _written(value: object) -> str:
    return json.dumps(value, sort_keys=True)


def _node(value: object) -> Any:
    """Nodes that say ``value``: JSON is YAML."""
    return parser.compose(json.dumps(value, ensure_ascii=False))


def _name(name: str) -> Any:
    return yaml.ScalarNode("", name)
