"""What the form for proposals asks and judges by is that of the schemas and the check, over every record and bad input."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from kennisbank import build, check, export, forms, kinds, load, model
from tests import shelf
from tests.helpers import ROOT, tell_all
from tests.js import tools

ASKED = [kind.name for kind in forms.KINDS]
# What a form cannot produce, or what stands between records: it judges one, and only a reviewer sees the others.
NOT_OF_A_FORM = {
    "KB029",
    "KB103",
    "KB104",
    "KB206",
    "KB240",
    "KB213",
    "KB214",
    "KB215",
    "KB216",
    "KB217",
    "KB409",
    "KB411",
    "KB201",
    "KB202",
}
# Told once of several records: a form has one.
SEVERAL = {"KB203-twice-the-same"}
# How the parts of a session plan fit together, which the form leaves to the check (check/sessions.py).
NOT_OF_A_FORM |= {
    "KB130",
    "KB131",
    "KB132",
    "KB219",
    "KB220",
    "KB221",
    "KB305",
    "KB307",
    "KB308",
    "KB309",
    "KB310",
    "KB311",
}
# What rests on the source that whoever applies the proposal makes.
NOT_OF_A_FORM |= {"KB312", "KB313", "KB314", "KB315"}


def make_shelf(folder: Path, stride: int) -> dict:
    """The records of the shelf of bad input that the check refuses: what a form asks of that tree, and the answers.

    Only each ``stride``-th case of the shelf and of the values that are spoiled one by one.
    """
    good = load.load(shelf.lay_out(folder / "good"))
    kb = build.build(good, today=shelf.TODAY)
    cases = [*find_cases(folder, good, stride), *find_spoiled(folder / "spoiled", good, stride)]
    return {"forms": forms.show_forms(kb, good.root), "names": forms.show_names(kb), "cases": cases}


def find_cases(folder: Path, good: load.Loaded, stride: int) -> Iterator[dict]:
    """Every record that a case of the shelf makes wrong, with the answers of the check about it alone."""
    before = {kind: [json.dumps(record) for record in records] for kind, records in good.records.items()}
    for case in shelf.read_cases()[::stride]:
        if case.name in SEVERAL or not all(
            step["file"].startswith("data/") and "vocabularies" not in step["file"] for step in case.change
        ):
            continue
        loaded = load.load(shelf.lay_out(folder / case.name, case.change))
        if loaded.problems:
            continue  # no form writes a file that cannot be read
        problems = [one for one in check.check(loaded, today=shelf.TODAY) if one.severity == "error"]
        for file in loaded.files:
            if file.kind not in before:
                continue
            for number, record in enumerate(file.data):
                is_same = json.dumps(record) in before[file.kind]
                if not isinstance(record, dict) or is_same or record.get("status") == kinds.DRAFT:
                    continue
                label = load.shown(load.label(file.kind, record, number + 1))
                codes = [
                    (one.code, one.field)
                    for one in problems
                    if one.file == file.name and one.record == label and one.code[:3] != "KB5"
                ]
                if not {code for code, _ in codes} & NOT_OF_A_FORM:
                    expect = sorted({f"{code} {field}" for code, field in codes})
                    yield {"name": case.name, "kind": file.kind, "record": record, "expect": expect}


# What somebody may type or choose, by what stood there.
TEXTS = (
    "",
    "x" * 9000,
    "Een <b>goede</b> cursus",
    "Voor {{ iemand }}",
    "n.v.t.",
    "Mail jan.jansen@voorbeeld.nl",
    "CafÃ©",
)
DATES = ("2026-02-30", "2031-01", "21-11-2026", "toen")
URLS = (
    "www.voorbeeld.nl",
    "javascript:alert(1)",
    "https://jan:x@voorbeeld.nl",
    "https://voorbeeld",
    "https://voor beeld.nl",
    "mailto:info",
)
NUMBERS = (-1, 10**9, "12,5", 1.5)


def find_spoiled(root: Path, good: load.Loaded, stride: int) -> Iterator[dict]:
    """One record of each kind with each of its values in turn spoiled, all in one tree, and what the check says of each."""
    shelf.lay_out(root)
    spoiled = {}
    for kind in (kind for kind in forms.KINDS if good.records[kind.name]):
        record = max(good.records[kind.name], key=lambda one: len(json.dumps(one)) * (one.get("status") != kinds.DRAFT))
        (root / kinds.DATA / kind.name).mkdir(exist_ok=True)
        variants = [
            (path, spoil(record, path, value)) for path, now in leaves(record) for value in bad_values(path, now)
        ]
        for number, (path, one) in enumerate([((), record), *variants[::stride]]):
            name = f"{kinds.DATA}/{kind.name}/{number:04d}.yaml"
            (root / name).write_text(json.dumps([one], ensure_ascii=False), encoding="utf-8")
            spoiled[name] = kind.name, path, one
    loaded = load.load(root)
    assert not loaded.problems
    codes: dict[str, set[str]] = {name: set() for name in spoiled}
    for problem in check.check(loaded, today=shelf.TODAY):
        is_told = problem.severity == "error" and problem.code not in NOT_OF_A_FORM and problem.code[:3] != "KB5"
        if problem.file in codes and is_told:
            codes[problem.file].add(f"{problem.code} {problem.field}")
    for name, (kind, path, record) in spoiled.items():
        yield {"name": f"{name} {path}", "kind": kind, "record": record, "expect": sorted(codes[name])}


def leaves(value: object, path: tuple = ()) -> Iterator[tuple[tuple, object]]:
    """Every value in a record with its path; of a list the first item."""
    if path:
        yield path, value
    if isinstance(value, dict):
        for name, item in value.items():
            yield from leaves(item, (*path, name))
    elif isinstance(value, list) and value:
        yield from leaves(value[0], (*path, 0))


def bad_values(path: tuple, now: object) -> tuple:
    """What to put in place of a value; ``...`` takes it away."""
    if isinstance(now, list):
        return (..., [], [*now, now[0]])
    if isinstance(now, dict):
        return (...,)
    if isinstance(now, bool):
        return ("ja",)
    if isinstance(now, int | float):
        return (..., *NUMBERS)
    if path[-1] in {"url", "website"}:
        return URLS
    return (..., *(DATES if now[:4].isdigit() else TEXTS))


def spoil(record: dict, path: tuple, value: object) -> dict:
    """A copy of the record with another value at a place."""
    made = json.loads(json.dumps(record))
    holder = made
    for step in path[:-1]:
        holder = holder[step]
    if value is ...:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    return made


def test_every_message_of_the_form_is_one_of_the_check() -> None:
    assert set(forms.CODES) <= load.messages.table().keys()


def test_the_form_calls_a_field_by_its_label(kb: model.KnowledgeBase, loaded: load.Loaded) -> None:
    ids = {field.name for kind in forms.KINDS for field in kb.fields[kind.name].by_name.values()}
    said = {code: " ".join(words) for code, words in forms.show_common(kb)["messages"].items()}
    tell_all(
        f"{code}: {name}" for code, text in said.items() for name in re.findall(r"‘([a-z_]+)’", text) if name in ids
    )
    assert "Tot" in said["KB302"] and "Sinds" in said["KB302"]


def test_the_form_asks_every_field_of_every_kind(
    kb: model.KnowledgeBase, loaded: load.Loaded, project_root: Path
) -> None:
    asked, wrong = forms.show_forms(kb, project_root), []
    for kind in ASKED:
        schema = check.record_schema(loaded, kind)
        wrong += [f"{kind}: {name}" for name in schema["properties"] if name not in asked[kind]["schema"]["properties"]]
        wrong += [] if asked[kind]["schema"]["required"] == schema["required"] else [f"{kind}: required"]
        wrong += [f"{kind} {path} has no label" for path in unlabelled(asked[kind]["schema"], ())]
    tell_all(wrong)


def unlabelled(schema: dict, path: tuple[str, ...]) -> Iterator[str]:
    """The fields without a name for who is asked."""
    for name, part in schema.get("properties", {}).items():
        if not part.get("label"):
            yield ".".join((*path, name))
        yield from unlabelled(part.get("items", part), (*path, name))


def test_what_the_form_begins_with_is_the_record_in_the_file(kb: model.KnowledgeBase, loaded: load.Loaded) -> None:
    wrong, count = [], 0
    for kind in ASKED:
        raw = {load.sort_key(kind, record): record for record in loaded.records[kind]}
        for record in export.records_of(kb, kind):
            data, count = export.stated(record), count + 1
            wrong += [] if data == raw[load.sort_key(kind, data)] else [f"{kind}: {load.sort_key(kind, data)}"]
    assert count > 400
    tell_all(wrong)


def test_every_record_comes_back_from_a_proposal(loaded: load.Loaded) -> None:
    """Written by the scripts, read by the loader of the project: the same, to the last sign."""
    records = [(kind, record) for kind in ASKED for record in loaded.records[kind]]
    command = [tools.find_node(), str(ROOT / "tests/js/write.js")]
    result = subprocess.run(command, input=json.dumps(records), capture_output=True, text=True, check=True)
    wrong = []
    for (kind, record), text in zip(records, json.loads(result.stdout), strict=True):
        parsed = load.parse(text, "voorstel.yaml")
        found = parsed.data["changes"][0] if parsed.fatal is None else None
        if found != {"kind": kind, "add": record}:
            wrong.append(f"{kind}: {load.sort_key(kind, record)}")
        elif yaml.load(text, shelf.FASTEST)["changes"][0]["add"] != record:
            wrong.append(f"{kind}: {load.sort_key(kind, record)} as any other program reads it")
    assert len(records) > 400
    tell_all(wrong)


@pytest.mark.parametrize(("pattern", "source"), [(r"[\w.]+@", r"[\p{L}\p{N}_.]+@"), (r"\w\b", r"[\p{L}\p{N}_]\b")])
def test_a_letter_is_one_of_any_script_in_the_browser_too(pattern: str, source: str) -> None:
    import re

    assert forms.for_browser(re.compile(pattern)) == [source, "u"]
