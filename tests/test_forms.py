"""What the form for proposals asks and judges by is that of the schemas and the check, over every record and bad input."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from kennisbank import build, check, export, forms, kinds, load, model
from tests import shelf
from tests.helpers import ROOT, tell_all
from tests.js import tools

# What a form cannot produce, or what stands between records: it judges one, and only a reviewer sees the others.
NOT_OF_A_FORM = {"KB029", "KB103", "KB104", "KB206", "KB213", "KB214", "KB215", "KB216", "KB217", "KB409", "KB411", "KB201", "KB202"}


def make_shelf(folder: Path) -> dict:
    """The records of the shelf of bad input that the check refuses: what a form asks of that tree, and the answers."""
    good = load.load(shelf.lay_out(folder / "good"))
    kb = build.build(good, today=shelf.TODAY)
    return {"forms": forms.show_forms(kb, good.root), "cases": list(find_cases(folder, good))}


def find_cases(folder: Path, good: load.Loaded) -> Iterator[dict]:
    """Every record that a case of the shelf makes wrong, with the answers of the check about it alone."""
    before = {kind: [json.dumps(record) for record in records] for kind, records in good.records.items()}
    for case in shelf.read_cases():
        if not all(step["file"].startswith("data/") and "vocabularies" not in step["file"] for step in case.change):
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


def test_every_message_of_the_form_is_one_of_the_check() -> None:
    assert set(forms.CODES) <= load.messages.table().keys()


def test_the_form_asks_every_field_of_every_kind(
    kb: model.KnowledgeBase, loaded: load.Loaded, project_root: Path
) -> None:
    asked, wrong = forms.show_forms(kb, project_root), []
    for kind in kinds.NAMES:
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
    for kind in kinds.NAMES:
        raw = {load.sort_key(kind, record): record for record in loaded.records[kind]}
        for record in export.records_of(kb, kind):
            data, count = export.stated(record), count + 1
            wrong += [] if data == raw[load.sort_key(kind, data)] else [f"{kind}: {load.sort_key(kind, data)}"]
    assert count > 400
    tell_all(wrong)


def test_every_record_comes_back_from_a_proposal(loaded: load.Loaded) -> None:
    """Written by the scripts, read by the loader of the project: the same, to the last sign."""
    records = [(kind, record) for kind in kinds.NAMES for record in loaded.records[kind]]
    command = [tools.find_node(), str(ROOT / "tests/js/write.js")]
    result = subprocess.run(command, input=json.dumps(records), capture_output=True, text=True, check=True)
    wrong = []
    for (kind, record), text in zip(records, json.loads(result.stdout), strict=True):
        parsed = load.parse(text, "voorstel.yaml")
        found = parsed.data["changes"][0] if parsed.fatal is None else None
        if found != {"kind": kind, "add": record}:
            wrong.append(f"{kind}: {load.sort_key(kind, record)}")
        elif yaml.safe_load(text)["changes"][0]["add"] != record:
            wrong.append(f"{kind}: {load.sort_key(kind, record)} as any other program reads it")
    assert len(records) > 400
    tell_all(wrong)


@pytest.mark.parametrize(("pattern", "source"), [(r"[\w.]+@", r"[\p{L}\p{N}_.]+@"), (r"\w\b", r"[\p{L}\p{N}_]\b")])
def test_a_letter_is_one_of_any_script_in_the_browser_too(pattern: str, source: str) -> None:
    import re

    assert forms.for_browser(re.compile(pattern)) == [source, "u"]
