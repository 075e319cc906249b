"""The fields of each kind of record, read from the schemas: what each is called, holds, and where it is shown.

The schema says what a field may hold; its notes (keywords that begin with ``x-``, which a validator passes over) say
the rest, once:

``x-label``    the Dutch name, everywhere the same
``x-part``     the part of the page of its record on which it stands
``x-need``     ``required``, ``wanted``, ``optional``, or ``sometimes``: it exists only for some, so that a gap is none
``x-shape``    what its value looks like, where the type does not tell (``SHAPES_BY_TYPE``, ``SHAPES_BY_REFERENCE``)
``x-facet``    the name of the filter on this field
``x-match``    ``within``: an entry passes that filter when all it names is chosen, such as what a room needs to have
``x-classes``  the closed list whose classes a number falls in, or a range holds whole, for its filter; they may overlap
``x-search``   ``terms``: found by label and synonyms; ``named``: found as a name; ``no``: not searched; ``notes``: its text is,
               as what is true of a source and not of the thing itself; else its text is
``x-measure``  the measure of its number in a search (closed list ``measure``)
``x-compare``  a row of the comparison
``x-table``    a column of the table
``x-column``   the name of that column in an address, when that is not its filter or its own name
``x-listed``   printed with an entry of a reader's own list
``x-along``    goes along on paper with every block of a session, also when the block is used in another
``x-refers``   the kind of record whose ids it holds
``x-seen``     a date on which something was seen, which cannot be in the future
``x-fold``     folded on the screen: of use to who prepares it, not to who decides; on paper it is open
``x-new``      stands in a new record to be filled in though the schema does not require it: nearly all need it
``x-empty``    ``hide``: an unknown value is not worth a line on the page
``x-anchor``   the anchor of its heading, when that is not its name
``x-unit``     the word behind its number
``x-within``   the field inside whose line it is printed
``x-beside``   the field next to which it stands
``x-tone``     how its block looks: ``plus``, ``minus``, ``risks``
``x-form``     how the form for proposals asks it, where that is not like any other: ``given``: who applies the proposal
               fills it in, so it may stay open; ``as-of``: it is the day as of which the whole proposal is true
``x-when``     what a term chosen in the same record means when the form asks this openly, with the words of ``x-ask``

``x-order`` and ``x-facets``, at the record, give the order of reading and of the filters; what they do not name comes
last. ``x-book`` gives the parts of the page that the book holds, in its order; without it the page is whole. The ground floor: this module imports nothing of the package.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = "schema"
# The schemas of the project, for a root that has none.
PROJECT = Path(__file__).resolve().parents[2] / FOLDER
SUFFIX = ".schema.json"
COMMON = f"common{SUFFIX}"
PROPOSAL = "proposal"  # no kind of record: a file that is one thing, and whose parts have notes as well
VOCABULARIES = f"vocabularies{SUFFIX}"
MAX_DEPTH = 10  # references that lead to references, parts within parts

SHAPES_BY_REFERENCE = {
    "slug": "id",
    "date": "date",
    "partial_date": "date",
    "partial_date_or_unknown": "date",
    "url": "url",
    "range": "range",
    "source_ref": "source",
    "source_refs": "sources",
    "sourced_text": "sourced",
    "sourced_texts": "sourced",
    "searches": "searches",
}
SHAPES_BY_TYPE = {"string": "text", "integer": "number", "number": "number", "boolean": "flag", "object": "group"}
# The same as a list.
MANY = {"text": "texts", "term": "terms", "record": "records", "group": "groups"}
# Where a field is in a record: names, and ``None`` for every item of a list.
Steps = tuple[str | None, ...]
Place = tuple[str | int, ...]
Schema = Mapping[str, Any]
NEW = "x-new"
STATE = "status"  # the closed list with the states of a record
NEEDS = ("required", "wanted", "optional", "sometimes")


class Field(NamedTuple):
    """One field. ``inner`` are the fields of its value when that is a group, or a list of them."""

    name: str
    shape: str
    label: str = ""
    description: str = ""
    many: bool = False
    vocabulary: str = ""
    refers: str = ""
    part: str = ""
    need: str = "optional"
    facet: str = ""
    classes: str = ""
    match: str = ""
    search: str = ""
    measure: str = ""
    compare: bool = False
    table: bool = False
    column: str = ""
    listed: bool = False
    along: bool = False
    seen: bool = False
    empty: str = ""
    fold: bool = False
    anchor: str = ""
    unit: str = ""
    within: str = ""
    beside: str = ""
    tone: str = ""
    form: str = ""
    when: str = ""
    ask: str = ""
    inner: tuple[Field, ...] = ()

    @property
    def key(self) -> Field | None:
        """The part of a group whose term says what the group is about, such as the role of who leads it."""
        return next((field for field in self.inner if field.shape == "term"), None)

    @property
    def is_counted(self) -> bool:
        """Whether an empty one is a gap in what is known."""
        return self.need != "sometimes" and self.shape not in {"id", "state"}


@dataclass(frozen=True)
class Fields:
    """The fields of one kind of record, in the order of the files. Empty when its schema cannot be read."""

    all: tuple[Field, ...] = ()
    order: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    book: tuple[str, ...] = ()
    title: str = ""

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """Each field by its name."""
        return {field.name: field for field in self.all}

    @cached_property
    def reading(self) -> tuple[Field, ...]:
        """The fields in the order in which they are read; those that the order does not name last."""
        place = {name: index for index, name in enumerate(self.order)}
        return tuple(sorted(self.all, key=lambda field: place.get(field.name, len(place))))

    def of_part(self, part: str) -> tuple[Field, ...]:
        """The fields that stand on one part of the page, in reading order."""
        return tuple(field for field in self.reading if field.part == part)

    def places(self, wanted: Callable[[Field], bool]) -> tuple[tuple[Steps, Field], ...]:
        """Where the wanted fields are in a record, at any depth: steps into groups, ``None`` for every item of a list."""
        return tuple(_places(self.all, wanted, ()))


def _places(fields: tuple[Field, ...], wanted: Callable[[Field], bool], steps: Steps) -> Iterator[tuple[Steps, Field]]:
    for field in fields:
        here = (*steps, field.name, None) if field.many else (*steps, field.name)
        if wanted(field):
            yield here, field
        yield from _places(field.inner, wanted, here)


def find(data: object, steps: Steps, path: Place = ()) -> Iterator[tuple[Place, object]]:
    """The values at a place (see ``Fields.places``) in plain data with their paths; what has another form is passed over."""
    if not steps:
        yield path, data
    elif steps[0] is None:
        for index, item in enumerate(data) if isinstance(data, list) else ():
            yield from find(item, steps[1:], (*path, index))
    elif isinstance(data, dict) and steps[0] in data:
        yield from find(data[steps[0]], steps[1:], (*path, steps[0]))


def read(root: Path) -> Mapping[str, Fields]:
    """The fields of every kind that has a schema below ``root``, or below the project when that has none.

    Read once for each state of the files. Raises nothing: a schema that cannot be read has no fields.
    """
    own = root / FOLDER
    folder = own if own.is_dir() else PROJECT
    return _read(folder, tuple((path, path.stat().st_mtime_ns) for path in sorted(folder.glob(f"*{SUFFIX}"))))


@lru_cache(maxsize=4)
def _read(_folder: Path, files: tuple[tuple[Path, int], ...]) -> Mapping[str, Fields]:
    reader = _Reader({path.name: _document(path) for path, _ in files})
    found = {}
    for name, document in reader.documents.items():
        record = document if name == f"{PROPOSAL}{SUFFIX}" else _mapping(document.get("items"))
        fields = reader.read_fields(name, record, 0)
        if fields:
            order, facets, book = (tuple(record.get(key, ())) for key in ("x-order", "x-facets", "x-book"))
            found[name.removesuffix(SUFFIX)] = Fields(fields, order, facets, book, str(document.get("title", "")))
    return found


def _document(path: Path) -> Schema:
    try:
        return _mapping(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, RecursionError):
        return {}


def _mapping(value: object) -> Schema:
    return value if isinstance(value, dict) else {}


class _Reader:
    """Reads fields out of schemas that refer to each other. ``documents`` maps file name to schema."""

    def __init__(self, documents: Mapping[str, Schema]) -> None:
        self.documents = documents
        self.made: dict[int, tuple[Field, ...]] = {}  # what stands in one place is read once

    def read_fields(self, document: str, schema: Schema, depth: int) -> tuple[Field, ...]:
        """The fields of a group, which stands in ``document``."""
        if depth > MAX_DEPTH:
            return ()
        if id(schema) not in self.made:
            needed = schema.get("required", ())
            self.made[id(schema)] = tuple(
                self._field(document, name, _mapping(part), name in needed, depth)
                for name, part in _mapping(schema.get("properties")).items()
            )
        return self.made[id(schema)]

    def _field(self, document: str, name: str, schema: Schema, needed: bool, depth: int) -> Field:
        target, place, links = self._follow(document, schema)
        many = target.get("type") == "array"
        item, item_links = target, links
        if many:
            item, place, item_links = self._follow(place, _mapping(target.get("items")))
        notes = {key.removeprefix("x-"): value for key, value in schema.items() if key.startswith("x-")}
        values = {key: value for key, value in notes.items() if key in Field._fields}
        values.setdefault("shape", _shape([*links, *item_links], item, many, "refers" in notes))
        values.setdefault("need", "required" if needed else "optional")
        return Field(
            name,
            description=str(schema.get("description", "")),
            many=many,
            vocabulary=next((term for file, term in [*item_links, *links] if file == VOCABULARIES), ""),
            inner=self.read_fields(place, item, depth + 1) if "properties" in item else (),
            **values,
        )

    def _follow(self, document: str, schema: Schema) -> tuple[Schema, str, list[tuple[str, str]]]:
        """What a schema refers to, the file in which that stands, and the names (file, definition) that led to it."""
        links = []
        for _ in range(MAX_DEPTH):
            if isinstance(schema.get("allOf"), list) and schema["allOf"]:
                schema = _mapping(schema["allOf"][0])
            reference = schema.get("$ref")
            if not isinstance(reference, str):
                break
            name, _, pointer = reference.partition("#")
            document = name or document
            links.append((document, pointer.rpartition("/")[2]))
            schema = _mapping(self.documents.get(document))
            for step in pointer.split("/")[1:]:
                schema = _mapping(schema.get(step))
        return schema, document, links


def _shape(links: list[tuple[str, str]], item: Schema, many: bool, refers: bool) -> str:
    """The shape of a value by what its schema refers to, else by its type."""
    for document, name in links:
        if document == VOCABULARIES:
            single = "state" if name == STATE else "term"
            return MANY.get(single, single) if many else single
        if name in SHAPES_BY_REFERENCE:
            single = "record" if name == "slug" and refers else SHAPES_BY_REFERENCE[name]
            return MANY.get(single, single) if many else single
    single = SHAPES_BY_TYPE.get(str(item.get("type")), "text")
    return MANY.get(single, single) if many else single
