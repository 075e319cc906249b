"""A fast yes for records that fit their schema.

jsonschema explains well and is slow; nearly every record is right. What this module accepts, jsonschema
accepts too (a test holds the two side by side); everything else, also what it does not understand, goes
to jsonschema for the judgement.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

Accepts = Callable[[object], bool]

_NOTES = {"$schema", "$id", "$comment", "title", "description", "default", "examples", "definitions"}
_TYPES = {
    "string": lambda value: isinstance(value, str),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
}
# Lists longer than this are compared by jsonschema: pairwise comparison grows with the square.
_COMPARED = 40


class UnsupportedError(Exception):
    """The schema uses something that this module does not know."""


class Compiler:
    """Makes predicates out of schemas that refer to each other.

    ``documents`` maps file name to schema; ``made`` holds what was made of the same documents before, by file name and
    pointer, and gets what is made now.
    """

    def __init__(self, documents: Mapping[str, Mapping], made: dict[tuple[str, str], Accepts]) -> None:
        self.documents = documents
        self.made = made

    def compile(self, schema: object, document: str) -> Accepts:
        """The predicate of ``schema``, which stands in ``document``. Raises ``UnsupportedError``."""
        if not isinstance(schema, Mapping):
            raise UnsupportedError
        if "$ref" in schema:  # draft-07: whatever stands beside it does not count
            return self._refer(schema["$ref"], document)
        keywords = {name for name in schema if name not in _NOTES and not name.startswith("x-")}
        if keywords <= _TEXT and schema.get("type") == "string":
            return _text(schema)
        tests = [self._keyword(name, schema[name], schema, document) for name in schema if name in keywords]
        first, *rest = [test for test in tests if test] or [lambda value: True]
        if not rest:
            return first
        if len(rest) == 1:
            second = rest[0]
            return lambda value: first(value) and second(value)
        return lambda value: first(value) and all(test(value) for test in rest)

    def _refer(self, reference: str, document: str) -> Accepts:
        name, _, pointer = reference.partition("#")
        name = name or document
        if (name, pointer) not in self.made:
            schema = self.documents.get(name)
            for step in pointer.split("/")[1:]:
                schema = schema.get(step) if isinstance(schema, Mapping) else None
            if schema is None:
                raise UnsupportedError
            self.made[name, pointer] = self.compile(schema, name)
        return self.made[name, pointer]

    def _keyword(self, name: str, value, schema: Mapping, document: str) -> Accepts | None:
        if name == "additionalProperties" and "properties" in schema:
            return None
        if name == "type" and value == "object" and "properties" in schema:
            return None  # the properties ask for it already
        if name == "type" and isinstance(value, str) and value in _TYPES:
            return _TYPES[value]
        if name == "enum" and all(isinstance(item, str) for item in value):
            options = frozenset(value)
            return lambda item: isinstance(item, str) and item in options
        if name == "pattern":
            search = re.compile(value).search
            return lambda item: isinstance(item, str) and search(item) is not None
        if name in _LIMITS:
            return _LIMITS[name](value)
        if name == "uniqueItems" and value is True:
            return _is_unique
        if name == "required":
            needed = frozenset(value)
            return lambda item: isinstance(item, dict) and needed <= item.keys()
        if name == "allOf":
            tests = [self.compile(part, document) for part in value]
            return tests[0] if len(tests) == 1 else lambda item: all(test(item) for test in tests)
        if name == "items":
            test = self.compile(value, document)
            return lambda item: isinstance(item, list) and all(map(test, item))
        if name == "properties":
            return self._properties(value, schema, document)
        if name == "additionalProperties":
            test = self.compile(value, document)
            return lambda item: isinstance(item, dict) and all(map(test, item.values()))
        if name == "propertyNames":
            test = self.compile(value, document)
            return lambda item: isinstance(item, dict) and all(map(test, item))
        raise UnsupportedError

    def _properties(self, properties: Mapping, schema: Mapping, document: str) -> Accepts:
        if schema.get("additionalProperties") is not False:
            raise UnsupportedError
        tests = {name: self.compile(part, document) for name, part in properties.items()}

        def accepts(item: object) -> bool:
            if not isinstance(item, dict):
                return False
            for name, value in item.items():
                test = tests.get(name)
                if test is None or not test(value):
                    return False
            return True

        return accepts


_TEXT = {"type", "minLength", "maxLength", "pattern"}


def _text(schema: Mapping) -> Accepts:
    """Most fields are text with a length and perhaps a pattern: one test for all three."""
    least, most = schema.get("minLength", 0), schema.get("maxLength", float("inf"))
    if "pattern" not in schema:
        return lambda value: isinstance(value, str) and least <= len(value) <= most
    search = re.compile(schema["pattern"]).search
    return lambda value: isinstance(value, str) and least <= len(value) <= most and search(value) is not None


_LIMITS: Mapping[str, Callable[[float], Accepts]] = {
    "minLength": lambda limit: lambda value: isinstance(value, str) and len(value) >= limit,
    "maxLength": lambda limit: lambda value: isinstance(value, str) and len(value) <= limit,
    "minItems": lambda limit: lambda value: isinstance(value, list) and len(value) >= limit,
    "maxItems": lambda limit: lambda value: isinstance(value, list) and len(value) <= limit,
    "minProperties": lambda limit: lambda value: isinstance(value, dict) and len(value) >= limit,
    "minimum": lambda limit: lambda value: isinstance(value, int | float) and value >= limit,
    "maximum": lambda limit: lambda value: isinstance(value, int | float) and value <= limit,
}


def _is_unique(value: object) -> bool:
    """Whether a list surely holds no two equal items; Python's equality is at least as wide as the schema's."""
    if not isinstance(value, list) or len(value) > _COMPARED:
        return False
    return len(value) < 2 or all(item not in value[:index] for index, item in enumerate(value))
