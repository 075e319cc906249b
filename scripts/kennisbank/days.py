"""Dates as people write them, as the data has them: in a cell of a spreadsheet, or by hand in a file.

The form has the same in ``propose/dates.js``; the cases of both are ``tests/dates.json``.
"""

from __future__ import annotations

import datetime
import re
from functools import cache

_FORMS = (
    re.compile(r"(?:(?P<day>[0-9]{1,2})[ -])?(?P<month>[^\W\d_]+)\.?[ -](?P<year>[0-9]{4})"),
    re.compile(r"(?:(?P<day>[0-9]{1,2})[-/.])?(?P<month>[0-9]{1,2})[-/.](?P<year>[0-9]{4})"),
    re.compile(r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})(?:[-/.](?P<day>[0-9]{1,2}))?"),
)

LANGUAGE = "nl"
SHORTEST = 3  # letters of a month


def read(text: str) -> str:
    """``30-11-2026``, ``30 november 2026`` or ``nov. 2026`` as the data has it; what is no date stays as it is."""
    clean = " ".join(text.split())
    found = next((found for form in _FORMS if (found := form.fullmatch(clean))), None)
    month = _month(found["month"]) if found else 0
    if not found or not month:
        return clean
    return "-".join([found["year"], f"{month:02d}", *([f"{int(found['day']):02d}"] if found["day"] else [])])


def read_cell(day: datetime.date, form: str) -> str:
    """A date of a spreadsheet, as precise as its cell shows it: who types a month gets the first of it, unseen."""
    return day.isoformat()[: 10 if "d" in form.lower() else 7]


def _month(word: str) -> int:
    """The number of a month, 0 when it is none."""
    if word.isdigit():
        return int(word)
    name = word.lower()
    return next((number for month, number in _months() if len(name) >= SHORTEST and month.startswith(name)), 0)


@cache
def _months() -> list[tuple[str, int]]:
    """The names of the months, whole and shortened, with their numbers."""
    # Few checks meet a date in words, and babel takes long to begin.
    from babel.dates import get_month_names

    names = [get_month_names(width, locale=LANGUAGE) for width in ("wide", "abbreviated")]
    return [(name, number) for words in names for number, name in words.items()]
