"""The offers as a spreadsheet for who has no form: written with lists to choose from, read back as a proposal.

openpyxl, because it reads as well as writes; it is asked for only when a sheet is.
"""

from __future__ import annotations

import datetime
import json
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from kennisbank import days, fields, kinds, load, order
from kennisbank.check import wording
from kennisbank.renewal.proposal import Cell, Proposal, judge

SUFFIX = ".xlsx"
KIND = "offers"
# What a cell can hold: no lists, no groups. What an offer rests on is the report that this becomes.
SHAPES = ("text", "term", "date")
DATE = "date"
UNDATED = "unknown"
# A row for each field of the head: the path in the proposal, and the closed list or kind to choose from, or a date.
HEAD: tuple[tuple[tuple[str, ...], str], ...] = (
    (("from", "role"), "role"),
    (("from", "institution"), "institutions"),
    (("basis", "kind"), "proposal_basis"),
    (("basis", "title"), ""),
    (("basis", "date"), DATE),
    (("note",), ""),
)
BLANK_ROWS = 20
MAX_ROWS = 2_000
# A file of ours is under 100 kB and holds a dozen parts; what is much larger unpacked is a trap.
MAX_UNPACKED = 20_000_000
MAX_PARTS = 100
WIDTHS = {"text": 40, "term": 24, "date": 14}


class SheetError(Exception):
    """The file is no sheet of ours; the text says why, in Dutch."""


def columns(root: Path) -> list[fields.Field]:
    """The fields of an offer that a sheet has a column for: those of its key first."""
    known = fields.read(root)[KIND]
    key = [known.by_name[name] for name in kinds.BY_NAME[KIND].key]
    return key + [
        field
        for field in known.all
        if field not in key and not field.many and field.shape in SHAPES and field.vocabulary != "basis"
    ]


def write(loaded: load.Loaded, path: Path, institution: str = "") -> int:
    """Write the offers, of one institution or all, to ``path``; how many there are. Raises ``OSError``."""
    import openpyxl
    from openpyxl.styles import Font, PatternFill, Protection
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    words = load.words("sheet")
    book = openpyxl.Workbook()
    head: Any = book.active
    head.title = words["head"]
    offers: Any = book.create_sheet(words["offers"])
    lists: Any = book.create_sheet(words["lists"])
    lists.sheet_state = "hidden"
    free = Protection(locked=False)
    bold, grey = Font(bold=True), PatternFill("solid", fgColor="E4F0EF")

    def choose(sheet: Any, cells: str, names: Sequence[str]) -> None:
        """Give cells a list to choose from; the names stand on the hidden sheet."""
        column = lists.max_column + 1 if lists.cell(1, 1).value else 1
        for row, name in enumerate(names, 1):
            lists.cell(row, column, name)
        letter = get_column_letter(column)
        choice = DataValidation(
            type="list", formula1=f"'{lists.title}'!${letter}$1:${letter}${len(names)}", allow_blank=True
        )
        choice.error, choice.errorTitle = words["choose"], words["choose_title"]
        choice.showErrorMessage = True  # else a program takes what is not in the list, and says nothing
        sheet.add_data_validation(choice)
        choice.add(cells)

    def put(row: int, column: int, value: Any) -> Any:
        """A cell with text: a date is no number, and what begins with = is no formula."""
        cell = offers.cell(row, column, value)
        cell.number_format = "@"
        if value is not None:
            cell.data_type = "s"
        return cell

    head.cell(1, 1, words["explain"]).font = bold
    for row, (steps, source) in enumerate(HEAD, 2):
        head.cell(row, 1, load.say(f"sheet.ask_{steps[-1]}"))
        head.cell(row, 2).protection = free
        head.cell(row, 2).number_format = "@"
        if source and source != DATE:
            choose(head, f"B{row}", _names(loaded, source))
    head.column_dimensions["A"].width, head.column_dimensions["B"].width = 50, 60

    shown = columns(loaded.root)
    key = kinds.BY_NAME[KIND].key
    records = [item for item in loaded.records[KIND] if not institution or item["institution"] == institution]
    for column, field in enumerate(shown, 1):
        offers.cell(1, column, field.name)
        offers.cell(2, column, field.label).font = bold
        offers.cell(2, column).fill = grey
        offers.column_dimensions[get_column_letter(column)].width = WIDTHS.get(field.shape, 30)
        # What the writer saw stands beside it, out of sight, so that it moves with its row.
        offers.cell(1, column + len(shown), f"{words['was']}{field.name}")
        offers.column_dimensions[get_column_letter(column + len(shown))].hidden = True
    # So that a row that somebody deleted is missed.
    offers.cell(1, 2 * len(shown) + 1, len(records))
    offers.column_dimensions[get_column_letter(2 * len(shown) + 1)].hidden = True
    offers.row_dimensions[1].hidden = True
    last = 2 + len(records) + BLANK_ROWS
    for row in range(3, last + 1):
        record = records[row - 3] if row - 3 < len(records) else {}
        for column, field in enumerate(shown, 1):
            cell = put(row, column, _shown(loaded, field, record.get(field.name)))
            if not record or field.name not in key:
                cell.protection = free
            put(row, column + len(shown), record.get(field.name))
    for column, field in enumerate(shown, 1):
        letter = get_column_letter(column)
        if field.vocabulary or field.refers:
            first = 3 if field.name not in key else 3 + len(records)
            choose(offers, f"{letter}{first}:{letter}{last}", _names(loaded, field.vocabulary or field.refers))
    offers.freeze_panes = "C3"
    for sheet in (head, offers, lists):
        sheet.protection.enable()
        sheet.protection.formatColumns = sheet.protection.sort = sheet.protection.autoFilter = False
    book.save(path)
    return len(records)


def _names(loaded: load.Loaded, source: str) -> list[str]:
    """What can be chosen from a closed list or the records of a kind, as a person knows it."""
    if source in loaded.vocabularies:
        return [term["label"] for term in loaded.vocabularies[source].values()]
    return sorted((_call(record) for record in loaded.records[source]), key=order.key)


def _call(record: load.Record) -> str:
    """A record by name and id: two may share a name."""
    return f"{record.get('name')} ({record.get('id')})"


def _shown(loaded: load.Loaded, field: fields.Field, value: Any) -> Any:
    """A value as its cell shows it."""
    if value is None:
        return None
    if field.shape == DATE and value == UNDATED:
        return load.say("sheet.undated")
    if field.vocabulary:
        return loaded.vocabularies[field.vocabulary].get(value, {}).get("label", value)
    if field.refers:
        return next((_call(record) for record in loaded.records[field.refers] if record.get("id") == value), value)
    return value


def read(path: Path, name: str, loaded: load.Loaded, today: str) -> tuple[Proposal | None, list[load.Problem]]:
    """The proposal that a filled sheet is, called ``name`` in messages; ``None`` with everything that is wrong with it.

    Beside a proposal stands what is wrong with single rows: it is refused, but the other rows are looked at too.
    """
    try:
        book = _open(path)
        reader = _Reader(loaded, book, today)
        data = reader.read()
    except SheetError as error:
        return None, [load.make("KB711", name, reason=str(error))]
    text = json.dumps(data, ensure_ascii=False)
    made = Proposal(name, data, load.File(path.name, "", text, data), reader.cells)
    problems = [made.at(code, path, **values) for code, path, values in reader.wrong]
    if not data["changes"]:
        return made, problems
    judged, found = judge(made, loaded, today)
    return judged, [*problems, *found]


def _open(path: Path) -> Any:
    """The workbook, when it is small enough to be one of ours. Raises ``SheetError``."""
    import openpyxl

    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise SheetError(load.say("sheet.too_large"))
        book = openpyxl.load_workbook(path)
    except SheetError:
        raise
    except Exception as error:  # what a damaged or hostile file makes of a library is no matter of ours
        raise SheetError(load.say("sheet.unreadable")) from error
    lacking = {load.say("sheet.head"), load.say("sheet.offers")} - set(book.sheetnames)
    if lacking:
        raise SheetError(load.say("sheet.not_ours"))
    return book


class _Reader:
    """Reads a workbook of ours as a proposal, with the cell of each value."""

    def __init__(self, loaded: load.Loaded, book: Any, today: str) -> None:
        self.loaded = loaded
        self.head, self.offers = book[load.say("sheet.head")], book[load.say("sheet.offers")]
        self.cells: dict[load.FieldPath, Cell] = {}
        # Code, path and values of each row that no change can be read from.
        self.wrong: list[tuple[str, load.FieldPath, dict[str, Any]]] = []
        self.named: dict[str, dict[str, Any]] = {}
        self.data: load.Record = {"proposal": 1, "made_on": today, "from": {}, "basis": {}, "changes": []}

    def read(self) -> load.Record:
        """The data of the proposal; ``cells`` and ``wrong`` are filled on the way."""
        for row, (steps, source) in enumerate(HEAD, 2):
            value = self._value(self.head, row, 2, source)
            group = self.data[steps[0]] if len(steps) > 1 else self.data
            self.cells[steps] = self._cell(self.head, row, 2, load.say(f"sheet.ask_{steps[-1]}"), source)
            if value is not None:
                group[steps[-1]] = value
        self.cells["from",] = self.cells["basis",] = Cell(self.head.title, 2, 2)
        kept = 0
        for row, old, new in self._rows():
            kept += bool(old)
            self._change(row, old, new)
        written = self.offers.cell(1, 2 * len(self.shown) + 1).value
        if isinstance(written, int) and written > kept:
            self.cells["rows",] = Cell(self.offers.title)
            self.wrong.append(("KB715", ("rows",), {"count": written - kept}))
        return self.data

    def _rows(self) -> Iterator[tuple[int, load.Record, load.Record]]:
        """The rows that hold something: their number, what the writer saw, and what stands there."""
        shown = columns(self.loaded.root)
        names = [self.offers.cell(1, column).value for column in range(1, 2 * len(shown) + 1)]
        was = load.say("sheet.was")
        if names != [*(field.name for field in shown), *(f"{was}{field.name}" for field in shown)]:
            raise SheetError(load.say("sheet.not_ours"))
        if self.offers.max_row > MAX_ROWS:
            raise SheetError(load.say("sheet.too_large"))
        self.shown = shown
        for row in range(3, self.offers.max_row + 1):
            old = {
                field.name: value
                for column, field in enumerate(shown, len(shown) + 1)
                if (value := self._value(self.offers, row, column, "")) is not None
            }
            new = {
                field.name: value
                for column, field in enumerate(shown, 1)
                if (value := self._value(self.offers, row, column, _source(field))) is not None
            }
            if old or new:
                yield row, old, new

    def _change(self, row: int, old: load.Record, new: load.Record) -> None:
        if old == new:
            return
        key = kinds.BY_NAME[KIND].key
        moved = [name for name in key if old and new and old.get(name) != new.get(name)]
        is_wrong = bool(moved) or not new
        here: load.FieldPath = ("rows", row) if is_wrong else ("changes", len(self.data["changes"]))
        self.cells[here] = Cell(self.offers.title, row, 1)
        for column, field in enumerate(self.shown, 1):
            cell = self._cell(self.offers, row, column, field.label, _source(field))
            for part in ("add", "key", "set", "was"):
                self.cells[(*here, part, field.name)] = cell
        if is_wrong:
            told = [self._moved((*here, "key", name), old.get(name), new.get(name)) for name in moved]
            self.wrong += told or [("KB713", here, {})]
            return
        change: load.Record = {"kind": KIND}
        if not old:
            change["add"] = new
        else:
            wanted = {name: value for name, value in new.items() if name not in key and old.get(name) != value}
            gone = [name for name in old if name not in key and name not in new]
            change["key"] = {name: new[name] for name in key if name in new}
            change |= {"set": wanted} if wanted else {}
            change |= {"remove": gone} if gone else {}
            change["was"] = {name: value for name, value in old.items() if name not in key}
        self.data["changes"].append(change)

    def _moved(self, path: load.FieldPath, was: Any, now: Any) -> tuple[str, load.FieldPath, dict[str, Any]]:
        """A row that was about one record and is now about another, or about none that exists."""
        cell = self.cells[path]
        field = next(field for field in self.shown if field.name == path[-1])
        if cell.kind and now and now not in self._named(cell.kind).values():
            return "KB203", path, dict.fromkeys(("kind", "id", "more", "advice", "file", "new"), "")
        shown = load.Quoted(_shown(self.loaded, field, was) or load.say("renewal.empty"))
        return "KB712", path, {"was": shown, "now": load.Quoted(cell.text), "name": cell.name}

    def _cell(self, sheet: Any, row: int, column: int, name: str, source: str) -> Cell:
        """The cell as a message about it needs it."""
        options = tuple(_names(self.loaded, source)) if source and source != DATE else ()
        kind = source if source in kinds.NAMES else ""
        return Cell(sheet.title, row, column, name, _text(sheet.cell(row, column)), options, kind)

    def _value(self, sheet: Any, row: int, column: int, source: str) -> str | None:
        """What a cell says, as the data says it: an id where a label or name was chosen, a date however it is written."""
        text = _text(sheet.cell(row, column))
        if not text:
            return None
        if sheet.cell(row, column).data_type == "f":
            where = f"{sheet.title}!{sheet.cell(row, column).coordinate}"
            raise SheetError(load.say("sheet.formula", cell=where))
        if source == DATE:
            return UNDATED if text.casefold() == load.say("sheet.undated") else days.read(text)
        if source in self.loaded.vocabularies:
            terms = self.loaded.vocabularies[source]
            return wording.meant(text, list(terms), terms) or text
        return str(self._named(source).get(text.casefold(), text)) if source else text

    def _named(self, kind: str) -> dict[str, Any]:
        """The ids of the records of a kind by what a person may call them, in small letters."""
        if kind not in self.named:
            records = [record for record in self.loaded.records[kind] if "id" in record]
            self.named[kind] = {
                name.casefold(): record["id"]
                for call in (_call, lambda record: str(record.get("name")))
                for record in records
                for name in (call(record),)
            }
        return self.named[kind]


def _source(field: fields.Field) -> str:
    """What the cells of a field are chosen from: a closed list, a kind of record, or the calendar; else nothing."""
    return field.vocabulary or field.refers or (DATE if field.shape == DATE else "")


def _text(cell: Any) -> str:
    """What stands in a cell, as text on one line."""
    value = cell.value
    if isinstance(value, datetime.datetime):
        return days.read_cell(value.date(), str(cell.number_format))
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split()) if value is not None else ""
