"""Dates: they exist, they are not yet to come, and an end is not before its beginning."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import TypeGuard

from kennisbank import fields, load
from kennisbank.check.context import Context, Entry, is_text, mappings

STALE_MONTHS = 24  # data-model.md: claims older than this are marked "nagaan"
# Nothing that we write about was seen, begun or published before; an older date lacks a digit.
EARLIEST = "1900"
_PARTIAL = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


def dates_are_possible(context: Context) -> Iterator[load.Problem]:
    """Every date is in the calendar, and what has been seen is not in the future."""
    for entry in context.all_entries:
        for path, field, value in context.values(entry, _is_date_field):
            if not isinstance(value, str) or not _PARTIAL.fullmatch(value):
                continue
            if first_day(value) is None:
                yield context.at("KB301", entry, path, date=value)
            elif value < EARLIEST:
                yield context.at("KB320", entry, path, date=value, limit=EARLIEST)
            elif _is_future(value, context) and (field.seen or _has_begun(entry, path, context)):
                # What was seen on a date cannot lie ahead.
                yield context.at("KB302", entry, path, date=value, today=context.today)
        year = entry.data.get("year")
        if entry.kind == "sources" and isinstance(year, int) and year > int(context.today[:4]):
            yield context.at("KB302", entry, ("year",), date=year, today=context.today)


def ends_follow_beginnings(context: Context) -> Iterator[load.Problem]:
    """``until`` is not before ``since``."""
    for entry in context.entries["offers"]:
        since, until = entry.data.get("since"), entry.data.get("until")
        if is_date(since) and is_date(until) and is_after(since, until):
            yield context.at("KB303", entry, ("until",), since=since, until=until)


def statuses_fit_the_dates(context: Context) -> Iterator[load.Problem]:
    """What runs has no end in the past, a plan no beginning there, and what is over no end to come.

    The first two may stand once somebody looked what came of it.
    """
    over = context.ids_where("offer_status", "means", "over")
    running = context.ids_where("offer_status", "means", "running")
    planned = context.ids_where("offer_status", "means", "coming")
    for entry in context.entries["offers"]:
        status, since, until = (entry.data.get(name) for name in ("status", "since", "until"))
        if str(status) in over and is_date(until) and until > context.today[: len(until)]:
            yield context.at("KB325", entry, ("until",), until=until, today=context.today)
        if entry.data.get("searched"):
            continue
        if is_date(since) and is_date(until) and until < since:
            continue  # one of the two is wrong, and that is told
        if str(status) in running and is_past(until, context.today):
            yield context.at("KB321", entry, ("until",), until=until)
        elif str(status) in planned and is_past(since, context.today):
            yield context.at("KB322", entry, ("since",), since=since)


def reviews_follow_sources(context: Context) -> Iterator[load.Problem]:
    """A text was laid beside its sources after the newest of them came out."""
    for entry in context.all_entries:
        reviewed = entry.data.get("reviewed_on")
        if not is_date(reviewed) or reviewed < EARLIEST:
            continue
        for index, source in mappings(entry.data.get("sources")):
            found = context.by_id["sources"].get(source["id"]) if is_text(source.get("id")) else None
            as_of = found.data.get("as_of") if found else None
            if is_date(as_of) and as_of[: len(reviewed)] > reviewed[: len(as_of)]:
                values = {"reviewed": reviewed, "source": load.Quoted(source["id"]), "as_of": as_of}
                yield context.at("KB323", entry, ("sources", index, "id"), **values)
                break


def claims_are_recent(context: Context) -> Iterator[load.Problem]:
    """Per file one line about the offers that nobody looked at for 24 months."""
    today = datetime.date.fromisoformat(context.today)
    months = today.year * 12 + today.month - STALE_MONTHS
    limit = f"{(months - 1) // 12:04d}-{(months - 1) % 12 + 1:02d}"
    for name in {entry.file: None for entry in context.entries["offers"]}:
        rows = [entry for entry in context.entries["offers"] if entry.file == name]
        # A year alone is as old as its first month, as on the pages (views/common.py, is_stale).
        stale = [row for row in rows if is_date(row.data.get("as_of")) and f"{row.data['as_of']}-01"[:7] < limit]
        if stale:
            oldest = min(row.data["as_of"] for row in stale)
            place = context.loaded.position(name, (*stale[0].path, "as_of"))
            values = {"count": len(stale), "total": len(rows), "oldest": oldest, "months": STALE_MONTHS}
            yield load.make("KB901", name, place, **values)


def is_date(value: object) -> TypeGuard[str]:
    """Whether the value is a whole or partial date that exists."""
    return isinstance(value, str) and first_day(value) is not None


def is_past(value: object, today: str) -> bool:
    """Whether all of a whole or partial date is behind us."""
    return is_date(value) and value < today[: len(value)]


def is_after(day: str, other: str) -> bool:
    """Whether a day is surely after another: 2021-09 and 2021 may be the same moment, so as far as both are known."""
    length = min(len(day), len(other))
    return day[:length] > other[:length]


def first_day(value: str) -> datetime.date | None:
    """The first day that a partial date can mean; ``None`` when it is in no calendar."""
    if not _PARTIAL.fullmatch(value):
        return None
    try:
        return datetime.date(*([int(part) for part in value.split("-")] + [1, 1])[:3])
    except ValueError:
        return None


def _is_date_field(field: fields.Field) -> bool:
    return field.shape == "date"


def _is_future(value: str, context: Context) -> bool:
    day = first_day(value)
    return day is not None and day.isoformat() > context.today


def _has_begun(entry: Entry, path: load.FieldPath, context: Context) -> bool:
    """Whether this is the beginning of something that is said to run already."""
    begun = context.ids_where("offer_status", "means", "running", "unsure", "resting", "over", "absent")
    return entry.kind == "offers" and path == ("since",) and str(entry.data.get("status")) in begun
