"""The schemas: found, read, and followed from one to the other."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kennisbank import kinds, load
from kennisbank.check.quick import Accepts, Compiler, UnsupportedError

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

SCHEMA_FOLDER = "schema"
# The project's own schemas, for a root that has none.
PROJECT = Path(__file__).resolve().parents[3]
ENUMS = "vocabularies.schema.json"
COMMON = "common.schema.json"
VOCABULARIES = "vocabularies-file.schema.json"
MAX_STEPS = 10  # references that lead to references


def make_enums(vocabularies: load.Vocabularies, present: load.Schema) -> dict[str, Any]:
    """The schema with one ``enum`` per vocabulary, in file order; the other keys as in ``present``."""
    return {**present, "definitions": {name: {"enum": list(terms)} for name, terms in vocabularies.items()}}


def record_schema(loaded: load.Loaded, kind: str) -> load.Schema:
    """The schema of one record of this kind with every reference followed: properties, items, required."""
    schemas = Schemas(loaded.root, loaded.vocabularies)
    return _resolved(schemas, schemas.follow({"$ref": f"{kinds.BY_NAME[kind].schema}#/items"}))


def _resolved(schemas: Schemas, schema: load.Schema) -> load.Schema:
    found = dict(schema)
    if "properties" in schema:
        parts = schema["properties"].items()
        found["properties"] = {name: _resolved(schemas, schemas.follow(part)) for name, part in parts}
    if "items" in schema:
        found["items"] = _resolved(schemas, schemas.follow(schema["items"]))
    return found


@lru_cache(maxsize=64)
def _parse(text: str) -> Any:
    return json.loads(text)


@lru_cache(maxsize=8)
def _predicates(schemas: tuple[str, ...], terms: tuple[tuple[str, ...], ...] | None) -> dict[tuple[str, str], Accepts]:
    """What was made of these schemas before: the preview and ``apply`` check the same ones over and over."""
    return {}


class Schemas:
    """The schemas of a root, or the project's where it has none, with the terms of its vocabularies filled in.

    ``vocabularies`` is ``None`` when they could not be read. ``problems`` says what was wrong with the files. ``formats``:
    whether a label where a term belongs becomes one by ``kennisbank format``.
    """

    def __init__(self, root: Path, vocabularies: load.Vocabularies | None, formats: bool = True) -> None:
        self.formats = formats
        self.vocabularies = vocabularies or {}
        self.problems: list[load.Problem] = []
        self._texts: list[str] = []
        own = root / SCHEMA_FOLDER
        self.folder = own if own.is_dir() else PROJECT / SCHEMA_FOLDER
        self.documents = {path.name: self._read(path) for path in sorted(self.folder.glob("*.json"))}
        if vocabularies is not None:
            fresh = make_enums(vocabularies, self.documents.get(ENUMS, {}))
            if self.folder == own and fresh != self.documents.get(ENUMS):
                self.problems.append(load.make("KB126", f"{SCHEMA_FOLDER}/{ENUMS}"))
            self.documents[ENUMS] = fresh
        elif self.folder != own:
            # The terms of this root are unknown, and those of the project are not its terms.
            names = self.documents.get(ENUMS, {}).get("definitions", {})
            self.documents[ENUMS] = {"definitions": {name: {} for name in names}}
        terms = None if vocabularies is None else tuple((name, *given) for name, given in vocabularies.items())
        self._compiler = Compiler(self.documents, _predicates((str(self.folder == own), *self._texts), terms))

    def _read(self, path: Path) -> dict[str, Any]:
        name = f"{SCHEMA_FOLDER}/{path.name}"
        text, found = load.read(self.folder.parent, name)
        self.problems += found
        self._texts += [path.name, text or ""]
        try:
            document = _parse(text) if text is not None else {}
        except (ValueError, RecursionError):
            self.problems.append(load.make("KB125", name))
            return {}
        return document if isinstance(document, dict) else {}

    def accepts(self, name: str, pointer: str) -> Callable[[object], bool]:
        """A predicate that is only true of data that fits the schema ``name`` at ``pointer``."""
        try:
            return self._compiler.compile({"$ref": f"{name}#{pointer}"}, name)
        except (UnsupportedError, re.error, RecursionError):
            return lambda value: False

    def judge(self, name: str, pointer: str, data: object) -> Iterator[ValidationError]:
        """jsonschema's errors, the leaves only. Raises nothing; a schema that cannot be used is reported once."""
        # Slow to import (70 ms) and seldom needed.
        from jsonschema import Draft7Validator
        from referencing.exceptions import Unresolvable

        validator = Draft7Validator({"$ref": f"{name}#{pointer}"}, registry=self._registry)
        try:
            yield from validator.iter_errors(data)
        except (Unresolvable, re.error, TypeError, AttributeError, ValueError):
            problem = load.make("KB125", f"{SCHEMA_FOLDER}/{name}")
            if problem not in self.problems:
                self.problems.append(problem)

    def describe(self, name: str, path: load.FieldPath) -> tuple[str, load.Schema]:
        """The Dutch description of the field at ``path`` in a record, and its schema, as far as ``name`` goes.

        What kind of record it refers to is said of the field, not of the schema that many fields share.
        """
        schema: load.Schema = self.follow({"$ref": f"{name}#/items"})
        meaning, part = "", dict[str, Any]()
        for step in path:
            part = schema.get("items", {}) if isinstance(step, int) else schema.get("properties", {}).get(step, {})
            schema = self.follow(part)
            # What a mere reference refers to says less about an item than the name of its list does.
            general = meaning if isinstance(step, int) else schema.get("description", meaning)
            meaning = part.get("description") or general
        refers = {"x-refers": part["x-refers"]} if "x-refers" in part else {}
        return meaning, {**schema, **refers}

    def follow(self, schema: load.Schema) -> load.Schema:
        """The schema that is meant where one only refers to another."""
        for _ in range(MAX_STEPS):
            if "allOf" in schema:
                schema = schema["allOf"][0]
            elif "$ref" in schema:
                name, _, pointer = schema["$ref"].partition("#")
                # Within a file a reference has no file name; only common.schema.json does that.
                schema = self.documents.get(name or COMMON, {})
                for step in pointer.split("/")[1:]:
                    schema = schema.get(step, {}) if isinstance(schema, Mapping) else {}
            else:
                break
        return schema

    def description(self, schema: object) -> str:
        """The Dutch description of a field; of a mere reference the description it refers to."""
        if not isinstance(schema, Mapping):
            return ""
        return schema.get("description") or self.follow(schema).get("description", "")

    def list_of(self, options: list[str]) -> str:
        """The name of the vocabulary that has exactly these terms; empty when none has."""
        return self._names.get(tuple(options), "")

    @cached_property
    def _names(self) -> dict[tuple[str, ...], str]:
        return {tuple(terms): name for name, terms in self.vocabularies.items()}

    @cached_property
    def _registry(self) -> Any:
        from referencing import Registry
        from referencing.jsonschema import DRAFT7

        resources = [(name, DRAFT7.create_resource(document)) for name, document in self.documents.items()]
        return Registry().with_resources(resources)
