"""Tables as a spreadsheet (XLSX) and as CSV for a Dutch one: typed, filtered, readable without a step.

In: the tables of ``views.show_sheets``. Out: bytes, the same every time.
"""

from __future__ import annotations

import csv
import datetime
import io
import math
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence

from kennisbank.archive import repack
from kennisbank.render import print_file

WIDTHS = 12, 60  # of a column, in characters
TEXT_WIDTH = 100  # of a column of the sheet that is read and not filtered
LINE, MOST_LINES = 15, 12  # how high a line is, in points, and how many of a cell are in sight
STILL = 2, 30  # how many columns stay in sight, and how wide each may be: the rest has to fit beside them
LONG = 32_767  # a cell of a spreadsheet holds no more
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# What no cell may hold (openpyxl refuses it), and what a text may not begin with.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
FORMULA = {"=", "+", "-", "@"}


Cell = str | int | float | bool | None


def read_rows(sheet: Mapping) -> list[list[Cell]]:
    """The rows of a table, with words in place of what the view only names (``{"said": "undated"}``)."""
    return [[print_cell(value) for value in row] for row in sheet["rows"]]


def read_headings(sheet: Mapping) -> list[str]:
    """The headings of a table, with words in place of what the view only names."""
    return [str(print_cell(heading)) for heading in sheet["headings"]]


def print_cell(value: Cell | Mapping) -> Cell:
    """A value as it is; of what the view only names the words, with what they are about."""
    return print_file(f"{value['said']}.txt", **value) if isinstance(value, Mapping) else value


def read_me(tables: Sequence[Mapping], about: Mapping) -> Mapping:
    """The sheet that says what each of these tables holds, where they are from, of when, and what may be done with them.

    ``about`` holds the ``edition``, the ``licence`` and the address of the ``site``, empty where none is known.
    """
    named = [{**table, "label": print_cell(table["label"])} for table in tables]
    name, headings, *rows = print_file("readme.txt", sheets=named, about=about).strip("\n").splitlines()
    cells = [[int(cell) if cell.isdigit() else cell or None for cell in row.split("\t")] for row in rows]
    return {"label": name, "headings": headings.split("\t"), "rows": cells, "is_text": True}


def disarm(text: str) -> str:
    """A text that no program runs: a leading ``=``, ``+``, ``-`` or ``@`` gets an apostrophe.

    A tab or a line end before the sign is skipped by spreadsheets (OWASP, CSV Injection).
    """
    return f"'{text}" if text.lstrip()[:1] in FORMULA else text


def write_dutch(sheet: Mapping) -> bytes:
    """CSV as a Dutch spreadsheet opens it by itself: ``;`` between cells, a comma in numbers, UTF-8 with BOM."""
    buffer = io.StringIO(newline="")
    # Every cell in quotes: LibreOffice offers to cut at a comma as well, and would do so within a sentence.
    writer = csv.writer(buffer, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow(read_headings(sheet))
    writer.writerows([_dutch(value) for value in row] for row in read_rows(sheet))
    return ("\ufeff" + buffer.getvalue()).encode()


def _dutch(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return print_file("flag.txt", value=value)
    if isinstance(value, (int, float)):
        return str(value).replace(".", ",")
    return disarm(str(value))


def write_book(sheets: Iterable[Mapping], today: str) -> bytes:
    """An XLSX file with a sheet for each table: heading and name stay in sight, every column can be filtered."""
    from openpyxl import Workbook  # takes a fifth of a second, which `kennisbank check` should not pay
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.writer.excel import ExcelWriter

    book = Workbook(write_only=True)
    moment = datetime.datetime.fromisoformat(today)
    book.properties.created = book.properties.modified = moment
    book.properties.creator = book.properties.title = print_file("name.txt")
    bold, fill, wrap = (
        Font("Calibri", bold=True),
        PatternFill("solid", fgColor="E6F1F2"),
        Alignment(vertical="top", wrap_text=True),
    )
    for sheet in sheets:
        rows = read_rows(sheet)
        page = book.create_sheet(str(print_cell(sheet["label"])))
        is_text = sheet.get("is_text", False)
        letters = [get_column_letter(number) for number in range(1, len(sheet["headings"]) + 1)]
        if not is_text:
            page.freeze_panes = f"{get_column_letter(STILL[0] + 1)}2"
            page.auto_filter.ref = f"A1:{letters[-1]}{len(rows) + 1}"
        widths = [_width(place, rows, is_text) for place in range(len(letters))]
        for letter, width in zip(letters, widths, strict=True):
            page.column_dimensions[letter].width = width
        # LibreOffice leaves a row one line high, whatever it holds, where the file does not say how high it is.
        for number, row in enumerate(rows, 2):
            page.row_dimensions[number].height = LINE * min(_lines(row, widths), MOST_LINES)

        # A column is of one kind: where a day is only now and then known, all of its dates are text.
        days = {place for place in range(len(letters)) if all(_is_day(row[place]) for row in rows)}

        def make(value: Cell, is_day: bool = False, page=page, **style: object):
            cell = WriteOnlyCell(page)
            cell.value = _typed(value, is_day)
            if isinstance(value, str) and cell.data_type == "f":
                cell.data_type = "s"  # a text that looks like a formula stays a text
            for name, look in style.items():
                setattr(cell, name, look)
            return cell

        page.append([make(heading, font=bold, fill=fill, alignment=wrap) for heading in read_headings(sheet)])
        for row in rows:
            page.append(
                [None if value is None else make(value, at in days, alignment=wrap) for at, value in enumerate(row)]
            )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        ExcelWriter(book, archive).save()  # `book.save` would write the clock into it
    return repack(buffer.getvalue())


def _width(place: int, rows: Sequence[Sequence[Cell]], is_text: bool) -> int:
    """How wide a column is, in characters: as its longest cell, within what a sheet to read or to filter has room for."""
    longest = max((len(str(row[place] or "")) for row in rows), default=0)
    most = TEXT_WIDTH if is_text else STILL[1] if place < STILL[0] else WIDTHS[1]
    return min(max(longest, WIDTHS[0]), most)


def _lines(row: Sequence[Cell], widths: Sequence[int]) -> int:
    """How many lines the fullest cell of a row takes."""
    return (
        max((math.ceil(len(str(value or "")) / width) for value, width in zip(row, widths, strict=True)), default=1)
        or 1
    )


def _is_day(value: Cell) -> bool:
    """Whether a cell holds a whole date or nothing."""
    return value is None or (isinstance(value, str) and DAY.fullmatch(value) is not None)


def _typed(value: Cell, is_day: bool) -> Cell | datetime.date:
    """A date of a column of days as a date, a text within what a cell can hold; numbers and yes or no as they are."""
    if not isinstance(value, str):
        return value
    if is_day:
        return datetime.date.fromisoformat(value)
    return CONTROL.sub("", value)[:LONG]
