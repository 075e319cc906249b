"""The check: each bad input gives exactly its messages, the good tree gives none, and nothing gives a traceback."""

import copy
import dataclasses
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kennisbank import check, kinds, load
from kennisbank.check import context, pages, persons, readability, schemas
from kennisbank.cli.apply import try_out
from kennisbank.load import messages
from shelf import BAD, GOOD, TODAY, Case, as_expected, fill_sheet, lay_out, read_cases
from tests.helpers import some_or_all, tell_all

CASES = read_cases()


def run(root: Path, before: bool = False) -> list[load.Problem]:
    return check.check(load.load(root), TODAY, earlier=load.load(GOOD).records["offers"] if before else ())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_bad_input_gives_exactly_its_messages(case: Case, tmp_path: Path) -> None:
    root = lay_out(tmp_path / "root", case.change)
    if case.proposal or case.sheet:
        path = tmp_path / case.named
        if case.sheet:
            fill_sheet(root, path, case.sheet)
        else:
            path.write_text(case.proposal, encoding="utf-8")
        outcome = try_out(root, path, today=TODAY)
        problems = [
            dataclasses.replace(problem, file=problem.file.removeprefix(f"{tmp_path}/"))
            for problem in [*outcome.problems, *outcome.warnings]
        ]
    else:
        problems = run(root, before=case.before)
    shown = problems
    if case.rest:
        codes = {expected["code"] for expected in case.expect}
        shown = [problem for problem in problems if problem.code in codes]
        assert len(problems) - len(shown) == case.rest
    assert [as_expected(problem) for problem in shown] == list(case.expect)


def test_the_good_tree_gives_nothing() -> None:
    assert run(GOOD) == []


def test_every_message_is_provoked_by_a_case() -> None:
    provoked = {expected["code"] for case in CASES for expected in case.expect}
    assert messages.table().keys() - provoked == set()


def test_a_case_is_named_after_its_message() -> None:
    codes = {case.name: {expected["code"] for expected in case.expect} for case in CASES if case.name.startswith("KB")}
    assert codes
    tell_all(name for name, found in codes.items() if name.split("-")[0] not in found)


def test_a_case_gives_one_message_for_one_mistake() -> None:
    several = {"KB101-missing-fields", "KB102-draft", "KB123-many-errors", "KB506-open-fence", "KB907-its-own-row"}
    tell_all(
        case.name for case in CASES if case.name.startswith("KB") and case.name not in several and len(case.expect) != 1
    )


@pytest.mark.parametrize("code", messages.table())
def test_a_message_is_whole(code: str) -> None:
    message = messages.table()[code]
    assert message.severity in ("error", "warning")
    assert message.message.strip().endswith((".", "}"))
    assert message.hint.strip()
    assert message.example.strip()


def test_no_message_speaks_english() -> None:
    english = {"expected", "found", "while", "scanning", "parsing", "mapping", "token", "property", "required"}
    said = [(case.name, f"{expected['message']} {expected['hint']}") for case in CASES for expected in case.expect]
    tell_all(f"{name}: {text}" for name, text in said if english & set(text.lower().split()))


@pytest.mark.parametrize("kind", kinds.NAMES)
def test_the_empty_record_is_refused(kind: str, tmp_path: Path) -> None:
    root = lay_out(tmp_path / "root", ({"file": f"data/{kind}.yaml", "text": "- {}\n"},))
    found = [problem.code for problem in run(root) if problem.file == f"data/{kind}.yaml"]
    assert found == ["KB127"]


def test_the_rules_say_what_they_hold_records_to() -> None:
    assert check.RULES
    tell_all(rule.__name__ for rule in check.RULES if not (rule.__doc__ or "").strip().endswith("."))


def test_the_sample_of_readability_is_in_order() -> None:
    easy = "Je komt acht keer. Je praat met de groep. Dat is niet eng. Je mag ook niets zeggen. Wij zijn er voor jou."
    hard = "Verantwoordelijkheidsbevordering, slachtofferbewustzijn en gedragsverandering vormen gezamenlijk de " * 3
    assert readability.score(easy) > 90 > readability.DIFFICULT > readability.VERY_DIFFICULT > readability.score(hard)
    assert readability.score("Te kort om te meten.") is None


# --- the fast yes beside jsonschema


def plain_data() -> Iterator[tuple[str, str, object]]:
    for file in load.load(GOOD).files:
        if file.kind == "vocabularies":
            yield schemas.VOCABULARIES, "", file.data
        else:
            yield from ((f"{file.kind}.schema.json", "/items", record) for record in file.data)


def damage(value: object, chance: random.Random) -> object:
    """Plain data with one thing in it changed to something of another kind, removed, doubled or added."""
    value = copy.deepcopy(value)
    nodes = [value]
    for node in nodes:
        children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        nodes += [child for child in children if isinstance(child, dict | list)]
    target = chance.choice(nodes)
    other = chance.choice([None, True, 3, 3.0, -1, 1e9, "", "x", "X y", "a" * 1000, [], {}, ["x"], {"x": 1}, [{}, {}]])
    if isinstance(target, dict):
        key = chance.choice([*target, "extra"])
        if chance.random() < 0.2:
            target.pop(key, None)
        else:
            target[key] = other
    elif target and chance.random() < 0.4:
        target.append(target[0])
    elif target:
        target[chance.randrange(len(target))] = other
    return value


@pytest.mark.slow
def test_the_fast_yes_never_accepts_what_jsonschema_refuses() -> None:
    found = schemas.Schemas(GOOD, load.load(GOOD).vocabularies)
    chance = random.Random(1)
    accepted = refused = 0
    for name, pointer, data in plain_data():
        accepts = found.accepts(name, pointer)
        assert accepts(data), f"{name}: the good tree should take the fast way"
        for _ in range(30):
            damaged = damage(data, chance)
            errors = list(found.judge(name, pointer, damaged))
            assert not (accepts(damaged) and errors), errors
            accepted, refused = accepted + accepts(damaged), refused + bool(errors)
    assert accepted and refused


@pytest.mark.slow
def test_damaged_records_give_messages_and_never_an_exception(tmp_path: Path) -> None:
    chance = random.Random(2)
    loaded = load.load(GOOD)
    root = lay_out(tmp_path / "root")
    for _ in range(60):
        file = chance.choice(loaded.files)
        damaged = file.data
        for _ in range(chance.randint(1, 4)):
            damaged = damage(damaged, chance)
        path = root / file.name
        path.write_text(json.dumps(damaged, indent=1), "utf-8")
        for problem in run(root):
            assert problem.message and problem.hint
            assert problem.line >= 1 <= problem.column
        path.write_text(file.text, "utf-8")


OTHER = (None, [[]], {"a": 1}, "", [], {}, 0, "x", True, [None], -1.5)
NEVER = OTHER[:3]  # no field takes these


def swap(loaded: load.Loaded, index: int, path: tuple, value: object) -> load.Loaded:
    """The tree with one value of one of its files replaced."""
    file = loaded.files[index]
    data = spot = copy.deepcopy(file.data)
    for step in path[:-1]:
        spot = spot[step]
    spot[path[-1]] = value
    files = (*loaded.files[:index], dataclasses.replace(file, data=data), *loaded.files[index + 1 :])
    return reloaded(loaded, files)


@pytest.mark.slow
@some_or_all
def test_no_rule_falls_over_a_value_of_another_type(stride: int) -> None:
    """Every value of the good tree in turn by one of another type, chosen by a seed; the rules without the schema.

    Of the lists of terms, of which there are ten times as many as all else and which are all alike, a sample.
    """
    chance = random.Random(4)
    loaded = load.load(GOOD)
    rules = [rule for rule in check.RULES if rule is not pages.pages_are_sound]  # which reads files, not values
    for index, file in enumerate(loaded.files):
        spots = list(places(file.data))
        for path in chance.sample(spots, 200 // stride) if file.kind == kinds.VOCABULARIES else spots[::stride]:
            found = context.Context(swap(loaded, index, path, chance.choice(OTHER)), TODAY)
            for problem in (problem for rule in rules for problem in rule(found)):
                assert "None" not in problem.message + problem.hint, problem


@pytest.mark.slow
def test_a_value_of_another_type_gives_a_message() -> None:
    chance = random.Random(5)
    loaded = load.load(GOOD)
    spots = [(index, path) for index, file in enumerate(loaded.files) for path in places(file.data)]
    for index, path in chance.sample(spots, 60):
        value = chance.choice(NEVER)
        assert check.check(swap(loaded, index, path, value), TODAY), f"{path} {value!r}"


def places(value: object, path: tuple = ()) -> Iterator[tuple]:
    """The path of everything inside a value."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in items:
        yield (*path, step)
        yield from places(item, (*path, step))


def reloaded(loaded: load.Loaded, files: tuple[load.File, ...]) -> load.Loaded:
    """The same tree with other data in its files."""
    records = {kind: [] for kind in kinds.NAMES}
    vocabularies = {}
    for file in files:
        if file.kind == "vocabularies":
            vocabularies = {name: terms for name, terms in file.data.items() if isinstance(terms, dict)}
        else:
            records[file.kind] += [record for record in file.data if isinstance(record, dict)]
    return dataclasses.replace(loaded, files=files, records=records, vocabularies=vocabularies, _nodes={}, _lines={})


@pytest.mark.slow
def test_damaged_pages_give_messages_and_never_an_exception(tmp_path: Path) -> None:
    chance = random.Random(3)
    root = lay_out(tmp_path / "root")
    path = root / "content/interventions/puinruimen.md"
    text = path.read_text("utf-8")
    signs = [
        "<",
        ">",
        "[[",
        "]]-->",
        "<!--[[",
        "](",
        "[",
        ")",
        "`",
        "```\n",
        "{{",
        "@",
        '"',
        "'",
        "\\",
        "\n",
        "---\n",
        "//",
    ]
    for _ in range(80):
        damaged = text
        for _ in range(chance.randint(1, 5)):
            place = chance.randrange(len(damaged) + 1)
            cut = chance.choice([0, 0, 1, 7])
            damaged = damaged[:place] + chance.choice(signs) + damaged[place + cut :]
        path.write_text(damaged, "utf-8")
        run(root)


# Of each way to be large one is tried each time, the others in `make weekly`.
LARGE = (
    "[" * 1_900_000,
    "- id: x\n  name: " + "a@" * 900_000,
    "- id: x\n  summary: " + "[a](" * 450_000,
    "".join(f"- &a{n} x\n" for n in range(90_000)),
    "- {" + "a: 1, " * 40_000 + "}",
)
LARGE_TOO = (
    "- " * 900_000,
    "- a\n" * 480_000,
    "a: " * 600_000,
    '- "' + "a\n" * 900_000,
    "- a: '" + "x" * 1_900_000,
    "- id: " + "a-" * 900_000,
    "- id: x\n  summary: " + "<a" * 900_000,
    "- id: x\n" * 200_000,
    "".join(f"- key{n}: x\n" for n in range(60_000)),
    "- id: x\n  sources:\n" + "    - {id: a, where: b}\n" * 30_000,
)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [*LARGE, *(pytest.param(text, marks=pytest.mark.long) for text in LARGE_TOO)],
    ids=lambda text: text[:12].encode("unicode_escape").decode(),
)
def test_hostile_input_is_answered(text: str, tmp_path: Path) -> None:
    root = lay_out(tmp_path / "root", ({"file": "data/interventions.yaml", "text": text},))
    problems = run(root)
    assert problems
    assert len(problems) < 1000


@pytest.mark.parametrize(
    "text",
    [
        "`" * 900_000,
        "<!--[[ a(" * 200_000,
        "[" * 900_000,
        "<a " * 600_000,
        "](" * 900_000,
        "~~~\n" * 400_000,
    ],
    ids=lambda text: text[:12].encode("unicode_escape").decode(),
)
def test_a_hostile_page_is_answered(text: str, tmp_path: Path) -> None:
    root = lay_out(tmp_path / "root", ({"file": "content/interventions/puinruimen.md", "text": text},))
    assert run(root)


def test_the_shelf_holds_valid_yaml_only() -> None:
    assert CASES
    assert {path.suffix for path in BAD.iterdir()} == {".yaml"}
    tell_all(case.name for case in CASES if not case.about.endswith("."))


def test_the_name_of_a_file_disturbs_no_terminal(tmp_path: Path) -> None:
    root = lay_out(tmp_path / "root")
    (root / "data/a\x1b[31m\n```\nb.txt").write_text("", encoding="utf-8")
    text = check.report.as_text(run(root))
    assert "a<U+001B>[31m<U+000A>```<U+000A>b.txt" in text
    assert "\x1b" not in text and "\n```" not in text


def test_no_real_record_is_taken_for_a_person(loaded: load.Loaded) -> None:
    """Entries, institutions, organisations, sources with their makers, streets and courses: none of them is asked about."""
    asked = [problem for problem in check.check(loaded) if problem.code == "KB422"]
    tell_all(f"{problem.file}:{problem.line}: {problem.message}" for problem in asked)


PERSONS = {
    **{
        "Vraag Karin de Boer.": "Karin de Boer",
        "Sandra Jansen weet het.": "Sandra Jansen",
        "Bij dhr. Yilmaz.": "dhr. Yilmaz",
    },
    **{"Door A.B. Wildeboer.": "A.B. Wildeboer", "Zie Mohammed el Idrissi.": "Mohammed el Idrissi"},
    **{"Vraag het Gevangenenzorg Nederland.": "", "Op de Rode Straat.": "", "In het boek van Carl Rogers.": ""},
}


def test_a_name_is_known_by_how_it_looks() -> None:
    known, ordinary = "gevangenenzorg nederland\ncarl rogers", {"vraag", "zie", "rode", "straat", "bij", "door"}
    wrong = []
    for text, expected in PERSONS.items():
        hits = (match[1] for pattern in persons.NAMES for match in re.finditer(f"(?=({pattern.pattern}))", text))
        found = next((hit for hit in hits if persons.is_name(hit, known, ordinary.__contains__)), "")
        wrong += [] if found == expected else [f"{text} {found!r}"]
    tell_all(wrong)
