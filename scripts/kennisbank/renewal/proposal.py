"""A proposal file becomes a ``Proposal``, or the reasons why not."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from kennisbank import kinds, load
from kennisbank.check import check_alone, dates, persons, words
from kennisbank.check.context import advise, nearest, walk

SCHEMA = "proposal.schema.json"
QUOTE = ">"  # with which a mail program begins each line of a message that it repeats


class Cell(NamedTuple):
    """Where a value stands in a spreadsheet: what that is called there, what is written, and what can be chosen.

    ``kind`` is the kind of record that is chosen there, when it is one.
    """

    sheet: str = ""
    row: int = 1
    column: int = 1
    name: str = ""
    text: str = ""
    options: tuple[str, ...] = ()
    kind: str = ""


@dataclass(frozen=True)
class Proposal:
    """What somebody wants changed: ``data`` has the form of ``schema/proposal.schema.json``.

    ``file`` is where it was read, for the places in messages; ``name`` what it is called there. Of a spreadsheet
    ``cells`` has the cell of each path.
    """

    name: str
    data: load.Record
    file: load.File
    cells: Mapping[load.FieldPath, Cell] = field(default_factory=dict)

    @property
    def changes(self) -> list[load.Record]:
        """The changes, each of one record."""
        return self.data["changes"]

    def at(
        self, code: str, path: load.FieldPath = (), key: bool = False, record: str = "", /, **values: object
    ) -> load.Problem:
        """The problem ``code`` at ``path`` in the file."""
        problem = load.make(code, self.name, (1, 1), record, load.field_name(path), **values)
        return self.move(problem, path, key)

    def call(self, path: load.FieldPath) -> str:
        """What the reader calls what stands at ``path``: in a spreadsheet the name of its column, else nothing."""
        return self.cells.get(path, Cell()).name

    def move(self, problem: load.Problem, path: load.FieldPath, key: bool = False) -> load.Problem:
        """The problem at what stands at ``path`` here, or at the last part of it that does: a line, or a cell."""
        if self.cells:
            near = next((path[:end] for end in range(len(path), 0, -1) if path[:end] in self.cells), ())
            cell = self.cells.get(near, Cell())
            name = f"{self.name} ({cell.sheet}!{_letters(cell.column)}{cell.row})" if cell.sheet else self.name
            return dataclasses.replace(_reword(problem, cell), file=name, line=cell.row, column=cell.column)
        alone = load.Loaded(Path(), (self.file,), {}, {}, (), frozenset())
        line, column = alone.position(self.file.name, path, key)
        return dataclasses.replace(problem, file=self.name, line=line, column=column)


def _reword(problem: load.Problem, cell: Cell) -> load.Problem:
    """The problem in the words of a spreadsheet, which knows no names of fields and no ids."""
    # A person types the name of a record without its id.
    known = {name: option for option in cell.options for name in (option, option.partition(" (")[0])}
    near = nearest(cell.text, known)
    values = {
        "name": cell.name,
        "text": load.shown(cell.text),
        "kind": load.words("kinds").get(cell.kind, ""),
        "near": load.say("advice.near", near=known[near]) + " " if near else "",
        "choices": ", ".join(cell.options),
    }
    message, hint = (load.words(f"cell_{part}").get(problem.code, "") for part in ("message", "hint"))
    return dataclasses.replace(
        problem,
        field=cell.name,
        message=message.format(**values) or problem.message,
        hint=hint.format(**values) or problem.hint,
    )


def _letters(column: int) -> str:
    """The name that a spreadsheet gives to a column."""
    return (_letters((column - 1) // 26) if column > 26 else "") + chr(ord("A") + (column - 1) % 26)


def read(path: Path, name: str, loaded: load.Loaded, today: str) -> tuple[Proposal | None, list[load.Problem]]:
    """The proposal in a file, called ``name`` in messages; ``None`` with everything that is wrong with its form."""
    file, problems = load.read_apart(path.parent, path.name)
    if file is None:
        quoted = _find_quoted(load.read(path.parent, path.name)[0] or "")
        if quoted:
            return None, [load.make("KB714", name, quoted)]
        return None, [dataclasses.replace(problem, file=name) for problem in problems]
    return judge(Proposal(name, file.data, file), loaded, today)


def _find_quoted(text: str) -> tuple[int, int] | None:
    """Where a text begins that a mail program quoted: most of its lines begin with ``>``."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    quoted = [(number, 1) for number, line in lines if line.lstrip().startswith(QUOTE)]
    return quoted[0] if 2 * len(quoted) > len(lines) else None


def judge(made: Proposal, loaded: load.Loaded, today: str) -> tuple[Proposal | None, list[load.Problem]]:
    """The proposal when its form is right; ``None`` with everything that is wrong with it."""
    problems = [
        made.move(problem, load.field_path(problem.field))
        if made.cells
        else dataclasses.replace(problem, file=made.name)
        for problem in check_alone(loaded.root, loaded.vocabularies, made.file, SCHEMA)
    ]
    problems = problems or [*_judge_head(made, loaded, today), *_judge_texts(made), *_judge_changes(made)]
    return (None if problems else made), problems


def _judge_head(made: Proposal, loaded: load.Loaded, today: str) -> Iterator[load.Problem]:
    """Who says it, when, and what it rests on."""
    basis, source = made.data["basis"], made.data["from"]
    for path, value in ((("made_on",), made.data["made_on"]), (("basis", "date"), basis.get("date"))):
        if value is not None and not dates.is_date(value):
            yield made.at("KB301", path, date=value)
        elif value is not None and str(dates.first_day(value)) > today:
            yield made.at("KB302", path, date=value, today=today)
    term = loaded.vocabularies["proposal_basis"][basis["kind"]]
    if term["titled"] and "title" not in basis:
        yield made.at("KB702", ("basis",), title=term["label"])
    known = [record.get("id") for record in loaded.records["institutions"]]
    if source.get("institution", known[0] if known else None) not in known:
        values = {
            "kind": load.words("kinds")["institutions"],
            "file": kinds.BY_NAME["institutions"].file,
            "new": "",
            "more": "",
        }
        place = source["institution"]
        hint = advise(place, [name for name in known if isinstance(name, str)])
        yield made.at("KB203", ("from", "institution"), id=load.Quoted(place), advice=hint, **values)


def _judge_texts(made: Proposal) -> Iterator[load.Problem]:
    """Texts that go nowhere near the check of the data, and characters that no file may hold."""
    for path, text in walk(made.data):
        char = load.unwanted_in_value(text)
        if char:
            yield made.at("KB411", path, char=char)
        elif path[0] == "changes":
            continue  # judged by the check, as records
        elif found := words.HTML.search(text):
            yield made.at("KB405", path, found=load.Quoted(found.group()))
        elif found := words.TEMPLATE.search(text):
            yield made.at("KB406", path, found=found.group())
        else:
            for person in persons.find(text) if path[-1] != "url" else ():
                yield made.at(person.code, path, found=load.Quoted(person.text))


def _judge_changes(made: Proposal) -> Iterator[load.Problem]:
    """Each change is of one record, says which, and changes what may change."""
    seen: dict[tuple, int] = {}
    for index, change in enumerate(made.changes):
        here: load.FieldPath = ("changes", index)
        is_new, is_change = "add" in change, "key" in change and bool(change.keys() & {"set", "remove"})
        if is_new == is_change or (is_new and change.keys() & {"key", "set", "remove", "was"}):
            yield made.at("KB701", here)
            continue
        kind = kinds.BY_NAME[change["kind"]]
        part = "add" if is_new else "key"
        names: Any = change[part].keys()
        lacking = [name for name in kind.key[: kind.needed] if not isinstance(change[part].get(name), str)]
        if lacking or (not is_new and set(names) - set(kind.key)):
            values = {"kind": load.words("kinds")[kind.name], "fields": ", ".join(kind.key[: kind.needed])}
            yield made.at("KB706", (*here, part), **values)
            continue
        identity = (kind.name, *load.sort_key(kind.name, change[part]))
        if identity in seen:
            yield made.at("KB705", (*here, part), record=identify(change), first=seen[identity] + 1)
        seen.setdefault(identity, index)
        fixed = [name for name in kind.key if name in change.get("set", ()) or name in change.get("remove", ())]
        for name in fixed:
            yield made.at("KB707", here, field=name)
        for name in change.get("remove", ()):
            if name in change.get("set", ()):
                yield made.at("KB709", (*here, "remove"), field=load.Quoted(name))


def identify(change: load.Record) -> str:
    """What the record of a change is called in a message."""
    return load.label(change["kind"], change.get("key", change.get("add")), 1)
