"""The YAML parser, reduced to what we need of it: nodes, events and tokens with their places.

libyaml's parser is used where PyYAML has it, which is about ten times faster.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import yaml

_Parser: Any
try:
    _Parser = import_module("yaml.cyaml").CParser
except ImportError:  # PyYAML built without libyaml: the same answers, about ten times slower

    class _PurePython(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser, yaml.composer.Composer):
        """PyYAML's own parser with the face of libyaml's."""

        def __init__(self, text: str) -> None:
            yaml.reader.Reader.__init__(self, text)
            yaml.scanner.Scanner.__init__(self)
            yaml.parser.Parser.__init__(self)
            yaml.composer.Composer.__init__(self)

    _Parser = _PurePython


class _Composer(_Parser):
    """Composes nodes without guessing at their meaning."""

    def resolve(self, kind, value, implicit) -> str:
        """No tag: only one that is written in the text remains on the node."""
        return ""

    def descend_resolver(self, current_node, current_index) -> None:
        """Nothing: there are no rules about paths."""

    def ascend_resolver(self) -> None:
        """Nothing: there are no rules about paths."""


def compose(text: str) -> yaml.Node | None:
    """The tree of nodes of ``text``, with their places. Raises ``yaml.YAMLError``."""
    return _Composer(text).get_single_node()


def is_list(node: yaml.Node | None) -> bool:
    """Whether the node is a list."""
    return isinstance(node, yaml.SequenceNode)


def events(text: str) -> Iterator[yaml.Event]:
    """The events of ``text``, one at a time. Raises ``yaml.YAMLError``."""
    parser = _Composer(text)
    while parser.check_event():
        yield parser.get_event()


def scan(text: str) -> Iterator[yaml.Token]:
    """The tokens of ``text`` up to the first that cannot be read."""
    parser = _Composer(text)
    try:
        while parser.check_token():
            yield parser.get_token()
    except yaml.YAMLError:
        return
