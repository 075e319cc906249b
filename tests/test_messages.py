"""The words of the check and the command line: each that the code says exists, and each that exists is said."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from kennisbank.load import messages
from tests.helpers import tell_all

# What says a word by its name; and what takes a whole group.
SAY, TAKE = "say", "words"


def find_names(node: ast.expr) -> list[str]:
    """The names that an argument can be, as patterns: of a choice both, of a text with a value in it any value."""
    if isinstance(node, ast.IfExp):
        return find_names(node.body) + find_names(node.orelse)
    if isinstance(node, ast.Constant):
        return [re.escape(node.value)]
    if isinstance(node, ast.JoinedStr):
        return ["".join(re.escape(part.value) if isinstance(part, ast.Constant) else r"\w+" for part in node.values)]
    raise AssertionError(f"line {node.lineno}: write the name of a word where it is said: {ast.unparse(node)}")


def find_said(source: str) -> Iterator[tuple[str, str]]:
    """Every name that a source text says or takes: the function, and the name as a pattern."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in (SAY, TAKE):
                yield from ((name, pattern) for pattern in find_names(node.args[0]))


@pytest.fixture(scope="module")
def said(project_root: Path) -> set[tuple[str, str]]:
    """What the package says."""
    files = (project_root / "scripts/kennisbank").rglob("*.py")
    return {found for path in files for found in find_said(path.read_text(encoding="utf-8"))}


@pytest.fixture(scope="module")
def known() -> set[str]:
    """The names of all words, as ``group.word``."""
    groups = yaml.safe_load(messages.PATH.read_bytes())["words"]
    return {f"{group}.{word}" for group, words in groups.items() for word in words}


def test_every_word_that_is_said_exists(said: set[tuple[str, str]], known: set[str]) -> None:
    groups = {name.partition(".")[0] for name in known}
    assert said
    tell_all(
        pattern
        for name, pattern in said
        if not any(re.fullmatch(pattern, one) for one in (known if name == SAY else groups))
    )


def test_every_word_that_exists_is_said(said: set[tuple[str, str]], known: set[str]) -> None:
    patterns = [pattern if name == SAY else rf"{pattern}\.\w+" for name, pattern in said]
    tell_all(one for one in sorted(known) if not any(re.fullmatch(pattern, one) for pattern in patterns))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("say('a.b', count=1)", [(SAY, r"a\.b")]),
        ("load.say('a.b' if x else 'a.c')", [(SAY, r"a\.b"), (SAY, r"a\.c")]),
        ("load.say(f'a.{x}')", [(SAY, r"a\.\w+")]),
        ("load.words('a')[x]", [(TAKE, "a")]),
        ("print('a.b')", []),
    ],
)
def test_a_word_is_seen_in_every_form(source: str, expected: list[tuple[str, str]]) -> None:
    assert list(find_said(source)) == expected
