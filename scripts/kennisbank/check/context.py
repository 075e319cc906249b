"""What every rule works with: the records with their places, the ids that exist, and a way to report."""

from __future__ import annotations

import bisect
import difflib
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeGuard

from kennisbank import fields, kinds, load

# The word that `new` writes where an editor still has to fill something in.
TO_FILL = "INVULLEN"
# Longer input is no misspelling of ours, and comparing it would be slow.
COMPARED = 60
# Fewer are ids that somebody changed, which each get a message; more are a file of which a part is gone.
CHANGED = 3
# Looking for what somebody meant costs a millisecond; after this many no list of mistakes gets better by it.
ADVISED = 200
# Between the texts that are searched at once: a character that no text may hold, on a line of its own.
_EDGE = "\n\ue000\n"
BEGIN, END = "\ue000\n", "(?=\n\ue000)"
NAMED = 3  # of many records
_COUNT = re.compile(r"([a-z]+): ([0-9]{1,6})")
# Dutch in a label, English in an id.
_DENIAL = re.compile(r"(?<![a-z])(?:niet|geen|nooit|zonder|not|no)(?![a-z])", re.IGNORECASE)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One record: the file and path where it stands, its kind and its plain data."""

    file: str
    kind: str
    path: load.FieldPath
    data: load.Record

    @property
    def id(self) -> str:
        """The id, or of an offer its intervention and institution; of a nameless record its number."""
        if self.kind == kinds.VOCABULARIES:
            return " · ".join(str(step) for step in self.path)
        number = self.path[0] if self.path else None
        return load.label(self.kind, self.data, number + 1) if isinstance(number, int) else ""

    @property
    def is_draft(self) -> bool:
        """Whether the record says that it is not finished."""
        return self.data.get("status") == kinds.DRAFT


class Context:
    """The loaded data with the look-ups that more than one rule needs. ``today`` is an ISO date; the rest as in ``check``."""

    def __init__(
        self, loaded: load.Loaded, today: str, formats: bool = True, earlier: Sequence[load.Record] = ()
    ) -> None:
        self.loaded = loaded
        self.today = today
        self.formats = formats
        self.earlier = earlier
        # What a rule read from the disk, for the next that needs it.
        self.kept: dict[str, Any] = {}
        self._asked = 0

    @cached_property
    def entries(self) -> dict[str, list[Entry]]:
        """Every record that is a mapping, by kind, in the order of the files."""
        found: dict[str, list[Entry]] = {kind: [] for kind in kinds.NAMES}
        for file in self.loaded.files:
            if file.kind in found:
                found[file.kind] += [
                    Entry(file.name, file.kind, (index,), record)
                    for index, record in enumerate(file.data)
                    if isinstance(record, dict)
                ]
        return found

    @cached_property
    def all_entries(self) -> list[Entry]:
        """The records of all kinds."""
        return [entry for entries in self.entries.values() for entry in entries]

    @cached_property
    def terms(self) -> list[Entry]:
        """Every term of the vocabularies that is a mapping, as a record of which the path names it."""
        return [
            Entry(kinds.VOCABULARIES_FILE, kinds.VOCABULARIES, (vocabulary, name), term)
            for vocabulary, terms in self.loaded.vocabularies.items()
            for name, term in terms.items()
            if isinstance(term, dict)
        ]

    @cached_property
    def by_id(self) -> dict[str, dict[str, Entry]]:
        """For each kind the first record with each id."""
        found: dict[str, dict[str, Entry]] = {}
        for kind, entries in self.entries.items():
            found[kind] = {}
            for entry in entries:
                if is_text(name := entry.data.get("id")):
                    found[kind].setdefault(name, entry)
        return found

    def knows(self, kind: str) -> bool:
        """Whether every record of this kind was read and has an id, so that what is not there does not exist.

        Of a kind that lost a part of its records that is one message, and not one for everything that names them.
        """
        if kind not in self._known:
            is_whole = self.is_read(kind) and len(self.gone(kind)) - len(self.renamed(kind)) <= CHANGED
            self._known[kind] = is_whole
        return self._known[kind]

    def is_read(self, kind: str) -> bool:
        """Whether every record of this kind could be read and has an id."""
        nameless = any(not is_text(entry.data.get("id")) for entry in self.entries.get(kind, ()))
        return kind not in self.loaded.unreadable and not nameless

    @cached_property
    def promises(self) -> Promises:
        """What the list of published addresses holds."""
        return Promises(self.loaded.root)

    def gone(self, kind: str) -> list[str]:
        """The ids of this kind that were on the site and are no longer there."""
        promised = self.promises.ids.get(kind, {})
        return [name for name in promised if name not in self.by_id[kind] and name not in self._slugs(kind)]

    def renamed(self, kind: str) -> dict[str, str]:
        """Ids that were on the site, each with the new one that looks like it: somebody changed it."""
        if kind not in self._renamed:
            promised = self.promises.ids.get(kind, {})
            fresh = [name for name in self.by_id.get(kind, ()) if name not in promised and is_slug(name)]
            found = self._renamed[kind] = {}
            for name in self.gone(kind) if fresh and kind in self.by_id else ():
                near = nearest(name, fresh)
                if near:
                    found[name] = near
                    fresh.remove(near)
        return self._renamed[kind]

    @cached_property
    def _renamed(self) -> dict[str, dict[str, str]]:
        return {}

    def advise(self, value: str, options: Iterable[str]) -> str:
        """The nearest option as a question, or nothing; see ``advise``."""
        self._asked += 1
        return advise(value, options) if self._asked <= ADVISED else ""

    @cached_property
    def _known(self) -> dict[str, bool]:
        return {}

    def ids(self, kind: str) -> set[str]:
        """The ids of this kind; a bad, changed or lost one counts as if it were there, so that it is reported once."""
        if kind not in self._ids:
            self._ids[kind] = set(self.by_id[kind]) | self._slugs(kind) | set(self.gone(kind))
        return self._ids[kind]

    def _slugs(self, kind: str) -> set[str]:
        """What the badly written ids of this kind should be."""
        return {slug(name) for name in self.by_id[kind] if not is_slug(name)}

    @cached_property
    def _ids(self) -> dict[str, set[str]]:
        return {}

    def sources_of(self, entry: Entry) -> tuple[list[Entry], bool]:
        """The sources that a record rests on and that exist, and whether those are all that it names."""
        named = [item.get("id") for _, item in mappings(entry.data.get("sources"))]
        found = [source for name in named if is_text(name) and (source := self.by_id["sources"].get(name))]
        return found, len(found) == len(named)

    def ids_where(self, vocabulary: str, meaning: str, *values: object) -> set[str]:
        """The terms that have this meaning; with ``values`` only those where it is one of them."""
        terms = self.loaded.vocabularies.get(vocabulary, {})
        return {
            name
            for name, term in terms.items()
            if isinstance(term, dict) and meaning in term and (not values or term[meaning] in values)
        }

    def call_term(self, vocabulary: str, name: str) -> str:
        """The id of a term with its label behind it."""
        term = self.loaded.vocabularies.get(vocabulary, {}).get(name)
        return name_term(name, term.get("label") if isinstance(term, dict) else "")

    @cached_property
    def paged(self) -> dict[str, dict[str, bool]]:
        """For each kind with pages the ids that may have them, each with whether it must."""
        found: dict[str, dict[str, bool]] = {}
        for kind in kinds.BY_NAME.values():
            if kind.vocabulary:
                terms = self.loaded.vocabularies.get(kind.vocabulary, {})
                found[kind.name] = {term: not kind.used_in or term in self._used(kind.used_in) for term in terms}
            elif kind.pages:
                entries = self.by_id[kind.name]
                changed = self.renamed(kind.name).values()
                found[kind.name] = {
                    name: name in entries and self._is_shown(entries[name]) and name not in changed
                    for name in self.ids(kind.name)
                }
        return found

    @cached_property
    def asked_here(self) -> set[str]:
        """The published interventions that a person in a Dutch institution can ask for, and that have words for them.

        As ``views.leaflet.has_leaflet`` says it of the finished records, for which there is a leaflet.
        """
        offers = self.ids_where("kind", "stands", "offer") - self.ids_where("kind", "helps", True)
        helpers, home = self.ids_where("target_group", "helps", True), self.ids_where("country", "home", True)
        return {
            name
            for name, entry in self.by_id["interventions"].items()
            if entry.data.get("status") == kinds.PUBLISHED
            and entry.data.get("participant_text")
            and offers.intersection(texts_in([entry.data.get("kind")]))
            and home.intersection(texts_in(entry.data.get("countries")))
            and not helpers.issuperset(texts_in(entry.data.get("target_groups")))
        }

    def _used(self, field: str) -> set[str]:
        """The terms that this field of a published intervention in the home country names."""
        countries = self.loaded.vocabularies.get("country", {})
        home = {name for name, term in countries.items() if isinstance(term, dict) and term.get("home") is True}
        return {
            term
            for entry in self.entries["interventions"]
            if entry.data.get("status") == kinds.PUBLISHED and home.intersection(texts_in(entry.data.get("countries")))
            for term in texts_in(entry.data.get(field))
        }

    def _is_shown(self, entry: Entry) -> bool:
        name = entry.data.get("id")
        return is_slug(name) and not entry.is_draft and kinds.is_free(kinds.BY_NAME[entry.kind], name)

    def is_waiting(self, entry: Entry) -> bool:
        """Whether this is a draft that may be one: it has not been on the site."""
        return entry.is_draft and entry.id not in self.promises.ids.get(entry.kind, {})

    @cached_property
    def hidden(self) -> set[str]:
        """The pages of drafts, under the content folder: they are not on the site."""
        return {
            page.file.format(id=entry.id)
            for kind in kinds.RECORDS
            for page in kind.pages
            for entry in self.entries[kind.name]
            if self.is_waiting(entry)
        }

    def at(
        self, code: str, entry: Entry, path: load.FieldPath = (), key: bool = False, /, **values: object
    ) -> load.Problem:
        """The problem ``code`` at ``path`` inside a record."""
        place = self.loaded.position(entry.file, entry.path + path, key)
        return load.make(code, entry.file, place, entry.id, load.field_name(path), **values)

    def files_with(self, signs: Iterable[str]) -> set[str]:
        """The data files whose text holds one of ``signs`` (lower case): the others need no closer look."""
        return {name for name, text in self._lowered.items() if any(sign in text for sign in signs)}

    def texts_with(self, signs: Iterable[str]) -> Iterator[tuple[Entry, load.FieldPath, str]]:
        """Every text of the files that hold one of ``signs``, with its record or term and path."""
        files = self.files_with(signs)
        for entry in (*self.all_entries, *self.terms) if files else ():
            if entry.file in files:
                for path, text in self.texts(entry):
                    yield entry, path, text

    def find(self, pattern: re.Pattern[str], *signs: str) -> Iterator[tuple[Entry, load.FieldPath, str, str]]:
        """Every text in which the pattern is found, with its record or term, its path and what was found first.

        All texts are searched at once, so a pattern that begins with a fixed character is fast. ``BEGIN`` and ``END``
        stand for the edges of a text. With ``signs`` (lower case) only when one of them is in a text at all.
        """
        if signs and not any(sign in self._lowered_texts for sign in signs):
            return
        starts, whole, place = self._starts, self._joined, 0
        while found := pattern.search(whole, place):
            middle = found.start() + len(found[0]) - len(found[0].lstrip(_EDGE))
            number = bisect.bisect_right(starts, middle) - 1
            yield *self.all_texts[number], found[0].strip(_EDGE)
            place = starts[number + 1] - len(_EDGE) if number + 1 < len(starts) else len(whole)

    def find_every(self, pattern: re.Pattern[str]) -> Iterator[tuple[Entry, load.FieldPath, str]]:
        """Every place in a text where the pattern is found, with its record or term, its path and what was found.

        One may begin within another: in "Vraag Karin de Boer" two words with a capital are found twice.
        """
        place = 0
        while found := pattern.search(self._joined, place):
            entry, path, _ = self.all_texts[bisect.bisect_right(self._starts, found.start()) - 1]
            yield entry, path, found[0]
            place = found.start() + 1

    def holds_word(self, word: str) -> bool:
        """Whether a word (in small letters) stands somewhere in the texts just so."""
        place = self._joined.find(word)
        while place >= 0:
            around = self._joined[max(place - 1, 0) : place] + self._joined[place + len(word) : place + len(word) + 1]
            if not any(sign.isalnum() for sign in around):
                return True
            place = self._joined.find(word, place + 1)
        return False

    def find_any(self, *signs: str) -> Iterator[tuple[Entry, load.FieldPath, str]]:
        """Every text that holds one of ``signs`` (lower case), in whatever case, with its record or term and path."""
        found = {number for sign in signs for number in find_in(self._lowered_texts, self._starts, sign)}
        for number in sorted(found):
            yield self.all_texts[number]

    def find_long(self, limit: int) -> Iterator[tuple[Entry, load.FieldPath, str]]:
        """Every text with more than ``limit`` characters behind one another that are no space, from space to space."""
        whole, place, before = self._joined, 0, -1
        while place + limit < len(whole):
            space = max(whole.rfind(" ", place, place + limit + 1), whole.rfind("\n", place, place + limit + 1))
            if space < 0:
                number = bisect.bisect_right(self._starts, place) - 1
                if number != before:
                    yield self.all_texts[number]
                before, space = number, place + limit
            place = space + 1

    @cached_property
    def characters(self) -> frozenset[str]:
        """Every character of the texts."""
        return frozenset(self._joined)

    @cached_property
    def all_texts(self) -> list[tuple[Entry, load.FieldPath, str]]:
        """Every text of every record and term, with its path."""
        return [(entry, path, text) for entry in (*self.all_entries, *self.terms) for path, text in self.texts(entry)]

    @cached_property
    def _joined(self) -> str:
        return join(text for _, _, text in self.all_texts)

    @cached_property
    def _lowered_texts(self) -> str:
        lowered = self._joined.lower()
        # Of a few letters the small one is two, and places would shift.
        return lowered if len(lowered) == len(self._joined) else "".join(sign.lower()[0] for sign in self._joined)

    @cached_property
    def _starts(self) -> list[int]:
        return starts_of(text for _, _, text in self.all_texts)

    @cached_property
    def _lowered(self) -> dict[str, str]:
        return {file.name: file.text.lower() for file in self.loaded.files}

    def texts(self, entry: Entry) -> list[tuple[load.FieldPath, str]]:
        """Every text in a record with its path."""
        if entry not in self._texts:
            self._texts[entry] = list(walk(entry.data))
        return self._texts[entry]

    def values(
        self, entry: Entry, wanted: Callable[[fields.Field], bool]
    ) -> Iterator[tuple[tuple, fields.Field, object]]:
        """The values of the wanted fields of a record, at any depth, with their paths."""
        key = entry.kind, wanted
        if key not in self._places:
            known = self.fields.get(entry.kind)
            self._places[key] = known.places(wanted) if known else ()
        for steps, field in self._places[key]:
            for path, value in fields.find(entry.data, steps):
                yield path, field, value

    @cached_property
    def _places(self) -> dict[tuple, tuple]:
        return {}

    @cached_property
    def fields(self) -> Mapping[str, fields.Fields]:
        """What the schemas say of the fields of each kind."""
        return fields.read(self.loaded.root)

    @cached_property
    def _texts(self) -> dict[Entry, list]:
        return {}


class Promises:
    """The list of what was on the site: ``ids`` by kind, each with its line; ``counts`` of kinds without ids.

    ``wrong`` has the lines that are neither, ``problems`` why it could not be read (``text`` is then ``None``).
    """

    def __init__(self, root: Path) -> None:
        self.ids: dict[str, dict[str, int]] = {}
        self.counts: dict[str, tuple[int, int]] = {}
        self.wrong: dict[str, int] = {}
        self.text, self.problems = load.read(root, kinds.PROMISES_FILE)
        for number, line in enumerate((self.text or "").split("\n"), 1):
            line = line.strip()
            kind, _, name = line.partition("/")
            counted = _COUNT.fullmatch(line)
            if counted and counted[1] in kinds.NAMES and not kinds.BY_NAME[counted[1]].has_id:
                self.counts[counted[1]] = int(counted[2]), number
            elif kind in kinds.NAMES and kinds.BY_NAME[kind].has_id and is_slug(name):
                self.ids.setdefault(kind, {})[name] = number
            elif line and not line.startswith("#"):
                self.wrong[line] = number


def join(texts: Iterable[str]) -> str:
    """Many texts as one, with a mark at the edges of each: one search through it is quick."""
    return _EDGE + _EDGE.join(texts) + _EDGE


def starts_of(texts: Iterable[str]) -> list[int]:
    """Where each of the texts begins in what ``join`` makes of them."""
    return list(itertools.accumulate((len(text) + len(_EDGE) for text in texts), initial=len(_EDGE)))[:-1]


def find_in(joined: str, starts: list[int], sign: str) -> Iterator[int]:
    """The number of each joined text that holds ``sign``, in their order."""
    place = joined.find(sign)
    while place >= 0:
        number = bisect.bisect_right(starts, place) - 1
        yield number
        place = joined.find(sign, starts[number + 1]) if number + 1 < len(starts) else -1


def walk(value: object, path: load.FieldPath = ()) -> Iterator[tuple[load.FieldPath, str]]:
    """Every text in plain data with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from walk(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from walk(item, (*path, index))


def is_slug(value: object) -> TypeGuard[str]:
    """Whether an id has the form that addresses need."""
    return isinstance(value, str) and _SLUG.fullmatch(value) is not None


def slug(value: str) -> str:
    """The id that looks most like ``value``."""
    return re.sub(r"[^a-z0-9]+", "-", value[:COMPARED].lower()).strip("-")


def is_text(value: object) -> TypeGuard[str]:
    """Whether the value is text that somebody filled in."""
    return isinstance(value, str) and value != "" and not value.startswith(TO_FILL)


def mappings(value: object) -> Iterator[tuple[int, load.Record]]:
    """The mappings in a list with their number; nothing when it is no list (the schema says that)."""
    if isinstance(value, list):
        yield from ((index, item) for index, item in enumerate(value) if isinstance(item, dict))


def texts_in(value: object) -> list[str]:
    """The texts in a list; nothing when it is no list."""
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def nearest(value: str, options: Iterable[str]) -> str | None:
    """The option that is most like ``value``, or ``None``; what denies is not like what does not, however alike the rest."""
    if len(value) > COMPARED:
        return None
    denies = bool(_DENIAL.search(value))
    lowered = {option.lower(): option for option in options if bool(_DENIAL.search(option)) == denies}
    found = difflib.get_close_matches(value.lower(), lowered, n=1, cutoff=0.7)
    return lowered[found[0]] if found else None


def advise(value: str, options: Iterable[str]) -> str:
    """The nearest option as a question, or nothing; ends with a space to go before another sentence."""
    near = nearest(value, options)
    return load.say("advice.near", near=near) + " " if near else ""


def name_term(name: str, label: object) -> str:
    """An id with what a reader calls it behind it, where that says more than the id."""
    says_more = is_text(label) and label.lower() != name.lower()
    return f"{name} ({label})" if says_more else name


def name_some(names: Sequence[str], most: int = NAMED) -> str:
    """The first of some names, and how many more there are."""
    more = load.say("advice.more", count=len(names) - most) if len(names) > most else ""
    return ", ".join(names[:most]) + more


def say_also(records: list[str]) -> str:
    """In words that the first of these records has more with the same mistake, or nothing; begins with a space."""
    if len(records) == 1:
        return ""
    listed = name_some([load.shown(name) for name in dict.fromkeys(records)][1:])
    where = load.say("advice.records", names=listed) if listed else ""
    count = len(records) - 1
    return " " + load.say("advice.also", count=count, where=where)
