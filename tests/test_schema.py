"""The schemas: closed, explained in Dutch, fresh, and within what the check can put into words."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kennisbank import cli, kinds, load
from kennisbank.check import make_enums, wording
from kennisbank.check.schemas import Schemas
from tests.helpers import ROOT, tell_all

SCHEMAS = sorted((ROOT / "schema").glob("*.json"))
# Keywords that say what a thing is, where it is, or what it is for; they refuse nothing.
SILENT = {"$schema", "$ref", "title", "description", "definitions", "properties", "items", "allOf", "propertyNames"} | {
    "examples"
}


def walk(schema: object, where: str = "") -> Iterator[tuple[str, dict]]:
    """Every schema inside a schema, with its place."""
    if not isinstance(schema, dict):
        return
    yield where, schema
    for name in ("properties", "definitions"):
        for key, part in schema.get(name, {}).items():
            yield from walk(part, f"{where}/{name}/{key}")
    for name in ("items", "additionalProperties", "propertyNames"):
        yield from walk(schema.get(name), f"{where}/{name}")
    for index, part in enumerate(schema.get("allOf", [])):
        yield from walk(part, f"{where}/allOf/{index}")


def read(path: Path) -> dict:
    return json.loads(path.read_text("utf-8"))


@pytest.fixture(params=SCHEMAS, ids=lambda path: path.name)
def schema(request: pytest.FixtureRequest) -> dict:
    return read(request.param)


def test_every_field_is_explained_in_dutch(schema: dict) -> None:
    bare = []
    for where, part in walk(schema):
        for name, field in part.get("properties", {}).items():
            reference = field.get("$ref", "").partition("#")
            explained = field
            if reference[2]:
                explained = read(ROOT / "schema" / (reference[0] or "common.schema.json"))
                for step in reference[2].split("/")[1:]:
                    explained = explained[step]
            bare += [] if len(explained.get("description", "")) > 5 else [f"{where}/{name}"]
    tell_all(bare)


def test_every_group_of_fields_is_closed(schema: dict) -> None:
    groups = {where: part.get("additionalProperties") for where, part in walk(schema) if part.get("type") == "object"}
    # A list by name, such as the terms of a vocabulary, says instead what each of its members is.
    tell_all(where for where, more in groups.items() if more is not False and "$ref" not in (more or {}))


def test_every_required_field_exists(schema: dict) -> None:
    tell_all(
        f"{where}/{name}"
        for where, part in walk(schema)
        for name in set(part.get("required", ())) - part.get("properties", {}).keys()
    )


# What takes more than a line; docs/records.md leads to a whole plan.
LONG = {"blocks", "handouts"}


@pytest.mark.parametrize("kind", kinds.RECORDS, ids=lambda kind: kind.name)
def test_a_field_that_is_missing_can_be_filled_in_by_what_the_message_shows(kind: kinds.Kind) -> None:
    schemas = Schemas(ROOT, load.load(ROOT).vocabularies)
    record = schemas.follow({"$ref": f"{kind.schema}#/items"})
    lacking, unfit = [], []
    for name in set(record["required"]) - LONG if kind.by_hand else ():
        part = record["properties"][name]
        shown = wording.give_example(name, part, schemas)
        lacking += [] if shown else [name]
        examples = part.get("examples") or schemas.follow(part).get("examples", ())
        errors = [error for one in examples for error in schemas.judge(kind.schema, "/items", {name: one})]
        unfit += [f"{name}: {error.message}" for error in errors if error.absolute_path]
    tell_all([*lacking, *unfit])


def test_the_check_has_words_for_every_keyword(schema: dict) -> None:
    # What begins with x- is a note for ourselves.
    words = SILENT | wording.TRANSLATIONS.keys()
    tell_all(
        f"{where}: {name}" for where, part in walk(schema) for name in part.keys() - words if not name.startswith("x-")
    )


def test_every_kind_of_record_has_a_schema() -> None:
    assert {kind.schema for kind in kinds.RECORDS} <= {path.name for path in SCHEMAS}


def test_the_terms_in_the_schema_are_those_of_the_vocabularies() -> None:
    present = read(ROOT / "schema/vocabularies.schema.json")
    fresh = make_enums(load.load(ROOT).vocabularies, present)
    assert present == fresh, "run: kennisbank schema"


def test_schema_check_says_whether_the_terms_are_fresh(capsys: pytest.CaptureFixture) -> None:
    assert cli.main(["schema", "--check", "--root", str(ROOT)]) == 0
    assert "loopt gelijk" in capsys.readouterr().out
