"""Loading: what plain data a value becomes, where it stands, and what is refused (see also tests/bad)."""

import random
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from kennisbank import load
from kennisbank.load import messages, parser, tree
from kennisbank.load.text import place as text_place
from shelf import GOOD, lay_out
from tests.helpers import some_or_all


def read(text: str) -> object:
    parsed = tree.parse(text, "x.yaml")
    assert not parsed.notes
    assert parsed.fatal is None, parsed.fatal
    return parsed.data


@pytest.mark.parametrize("text", ["no", "NO", "yes", "on", "off", "ja", "nee", "True", "FALSE", "Null"])
def test_a_word_is_text(text: str) -> None:
    assert read(f"- {text}") == [text]


@pytest.mark.parametrize("text", ["2026-11-21", "2021-09", "12:30", "1:30:15", "2026-11-21 10:00:00"])
def test_a_date_or_time_is_text(text: str) -> None:
    assert read(f"- {text}") == [text]


@pytest.mark.parametrize("text", ["007", "0o17", "0x1F", "1_000", "1e5", "+31612345678", "1.", ".5", "9" * 40, "§4.1"])
def test_what_only_looks_like_a_number_is_text(text: str) -> None:
    assert read(f"- {text}") == [text]


@pytest.mark.parametrize(("text", "value"), [("0", 0), ("42", 42), ("-3", -3), ("1.0", 1.0), ("52.14", 52.14)])
def test_a_number_is_a_number(text: str, value: float) -> None:
    (found,) = read(f"- {text}")
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(("text", "value"), [("true", True), ("false", False), ("null", None), ("~", None), ("", None)])
def test_only_these_words_are_not_text(text: str, value: object) -> None:
    assert read(f"a: {text}") == {"a": value}


@pytest.mark.parametrize("text", ["true", "null", "42", ""])
def test_between_quotes_all_is_text(text: str) -> None:
    assert read(f"a: \"{text}\"\nb: '{text}'") == {"a": text, "b": text}


def test_a_name_of_a_field_is_always_text() -> None:
    assert read("no: 1\n2021: 2\nnull: 3") == {"no": 1, "2021": 2, "null": 3}


def test_a_folded_text_is_one_line() -> None:
    assert read("a: >-\n  Zo gaat het: eerst\n  praten.") == {"a": "Zo gaat het: eerst praten."}


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_windows_and_old_macs_are_read(tmp_path: Path, end: str) -> None:
    root = lay_out(tmp_path / "root")
    path = root / "data/sources.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_text("utf-8").replace("\n", end).encode())
    loaded = load.load(root)
    assert not loaded.problems
    assert loaded.records["sources"] == load.load(GOOD).records["sources"]
    assert loaded.position("data/sources.yaml", (1, "year")) == (15, 9)


def test_what_stands_in_both_forms_of_file_is_one_list(tmp_path: Path) -> None:
    root = lay_out(tmp_path / "root")
    text = (root / "data/offers.yaml").read_text("utf-8")
    (root / "data/offers").mkdir()
    (root / "data/offers/a.yaml").write_text(text, "utf-8")
    assert len(load.load(root).records["offers"]) == 2 * len(load.load(GOOD).records["offers"])


def test_a_kind_without_a_file_is_an_empty_list(tmp_path: Path) -> None:
    root = lay_out(tmp_path / "root", ({"file": "data/trainings.yaml", "remove": True},))
    loaded = load.load(root)
    assert loaded.records["trainings"] == []
    assert not loaded.problems


@pytest.mark.parametrize(
    ("path", "key", "place"),
    [
        ((1,), False, (51, 3)),
        ((1, "name"), False, (52, 9)),
        ((1, "name"), True, (52, 3)),
        ((1, "target_groups", 1), False, (70, 7)),
        ((1, "figures", 0, "source", "where"), False, (112, 16)),
        ((1, "evidence", "missing"), False, (95, 5)),
        ((1, "missing"), False, (51, 3)),
        ((99,), False, (3, 1)),
    ],
)
def test_a_path_leads_back_to_its_line(path: tuple, key: bool, place: tuple) -> None:
    assert load.load(GOOD).position("data/interventions.yaml", path, key) == place


def test_nothing_in_a_file_is_executed(tmp_path: Path) -> None:
    mark = tmp_path / "executed"
    step = {"file": "data/sources.yaml", "text": f'!!python/object/apply:os.system ["touch {mark}"]'}
    loaded = load.load(lay_out(tmp_path / "root", (step,)))
    assert [problem.code for problem in loaded.problems] == ["KB019"]
    assert not mark.exists()


@pytest.mark.parametrize("name", sorted(path.name for path in (GOOD / "data").glob("*.yaml")))
def test_a_damaged_file_gives_dutch_and_never_an_exception(name: str) -> None:
    """Cut off, with a character changed, left out or put in: always data or one problem, in our own words."""
    text = (GOOD / "data" / name).read_text("utf-8")
    chance = random.Random(name)
    signs = list(":-[]{}\"'#&*!|>%@`,? \n\t\\\x00\u202e=<é") + ["- ", ": ", "\n\n", "  ", "---\n", "<<: "]
    for _ in range(150):
        damaged = text
        for _ in range(chance.randint(1, 3)):
            place = chance.randrange(len(damaged) + 1)
            damaged = chance.choice(
                [
                    damaged[:place],
                    damaged[:place] + chance.choice(signs) + damaged[place:],
                    damaged[:place] + damaged[place + chance.randint(1, 9) :],
                    damaged[:place] + chance.choice(signs) + damaged[place + 1 :],
                ]
            )
        if "\t" in damaged or not damaged:
            continue
        parsed = tree.parse(damaged, name)
        fatal = parsed.fatal
        found = [fatal.code] if fatal else [note.code for note in parsed.notes]
        assert set(found) <= messages.table().keys()
        assert fatal is None or parsed.data is None
        lines = damaged.split("\n")
        if fatal:
            assert 1 <= fatal.line <= len(lines)
            assert 1 <= fatal.column <= len(lines[fatal.line - 1]) + 1


def test_tokens_before_a_mistake_are_kept() -> None:
    tokens = list(parser.scan('- "a" b: ['))
    assert any(isinstance(token, yaml.ScalarToken) for token in tokens)


# --- other parsers

# Runs the shelf with the parser that is written in Python, which speaks another English and stops elsewhere.
WITH_PURE_PARSER = """
import sys
sys.modules["yaml.cyaml"] = None
sys.path.insert(0, sys.argv[1])
import functools, tempfile
from pathlib import Path
from kennisbank import check, load
from kennisbank.load import parser, tree
from shelf import TODAY, as_expected, lay_out, read_cases
assert "cyaml" not in parser._Parser.__mro__[1].__module__
tree.parse = functools.cache(tree.parse)  # most files of a case are those of the one before
# The largest texts take this parser long, and most are refused before it sees them.
cases = [case for case in read_cases() if sum(step.get("times", 1) for step in case.change) < 1000 and not (case.proposal or case.before)]
# What a parser says is all told with a code that begins with KB0. Of the rest, whose places it gives, some.
cases = [case for number, case in enumerate(cases) if number % 6 == 0 or any(one["code"] < "KB100" for one in case.expect)]
cases = cases[:: int(sys.argv[2])]
for case in cases:
    with tempfile.TemporaryDirectory() as folder:
        problems = check.check(load.load(lay_out(Path(folder) / "root", case.change)), TODAY)
    codes = {expected["code"] for expected in case.expect}
    found = [as_expected(problem) for problem in problems if not case.rest or problem.code in codes]
    if found != list(case.expect):
        print(case.name, found, sep=": ")
print(len(cases), "cases")
"""


@pytest.mark.long
@pytest.mark.slow
@some_or_all
def test_without_libyaml_every_bad_input_gets_the_same_messages(stride: int) -> None:
    arguments = (str(Path(__file__).parent), str(stride))
    result = subprocess.run([sys.executable, "-c", WITH_PURE_PARSER, *arguments], capture_output=True, text=True)
    *different, count = result.stdout.splitlines() or [""]
    assert not different, "\n".join(different)
    assert count.endswith(" cases") and int(count.split()[0]) * stride > 120, result.stderr


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("- " + "[" * 21, (1, 23)),
        ("a: [b, 'c]', \"]\", {d: [e]}]\nf: " + "{a: " * 30, (2, 84)),
        ("# " + "[" * 50 + "\na: b " + "[" * 50, None),
        ("a: ['" + "[" * 50 + "']", None),
        ("- [" + "[a], " * 60 + "b]", None),
    ],
)
def test_depth_is_counted_before_a_parser_sees_the_text(text: str, place: tuple | None) -> None:
    found = tree._deep_bracket(text)
    assert (found and text_place(text, found)) == place


@pytest.mark.parametrize(
    "text", ["[a: 'b\n", "a: {\n- b", "{", "a: b\n[", "a: 'b\n...\nc'", 'a: "\\', "?\n? {", "- *a b: ["]
)
def test_what_stops_at_the_end_is_explained(text: str) -> None:
    fatal = tree.parse(text, "x.yaml").fatal
    assert fatal is not None and fatal.message
