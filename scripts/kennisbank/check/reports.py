"""Reports from practice: they say who reported, and what rests on them is of their day and is called so."""

from __future__ import annotations

from collections.abc import Iterator

from kennisbank import kinds, load
from kennisbank.check import dates
from kennisbank.check.context import Context, is_text


def reports_say_who(context: Context) -> Iterator[load.Problem]:
    """A published report from practice says the function of who reported it."""
    reports = context.ids_where("source_kind", "reported", True)
    for entry in context.entries["sources"]:
        is_public = entry.data.get("status") == kinds.PUBLISHED
        if is_public and str(entry.data.get("kind")) in reports and "reported_by" not in entry.data:
            yield context.at("KB326", entry, ("kind",))


def offers_are_as_new_as_their_report(context: Context) -> Iterator[load.Problem]:
    """What a report from practice changed stands as of that report: ``as_of`` is not left at the day of an older source."""
    if not context.knows("sources"):
        return
    reports = context.ids_where("source_kind", "reported", True)
    for entry in context.entries["offers"]:
        day = entry.data.get("as_of")
        found, _ = context.sources_of(entry)
        dated = [source for source in found if dates.is_date(source.data.get("as_of"))]
        if not dated or not is_text(day):
            continue
        newest = max(dated, key=lambda source: str(source.data["as_of"]))
        others = [source.data.get("as_of") for source in found if source is not newest]
        # Somebody may report today what was so last month; that is later than any older source.
        told_apart = dates.is_date(day) and all(dates.is_date(other) and dates.is_after(day, other) for other in others)
        reported = str(newest.data["as_of"])
        is_older = not dates.is_date(day) or dates.is_after(reported, day)
        if str(newest.data.get("kind")) in reports and is_older and not told_apart:
            yield context.at("KB313", entry, ("as_of",), date=day, newest=reported, month=reported[:7])


def reports_are_called_so(context: Context) -> Iterator[load.Problem]:
    """What rests on reports from practice alone has a basis that says so, and what says so has such a source."""
    if not context.knows("sources"):
        return
    reports, bases = (context.ids_where(name, "reported", True) for name in ("source_kind", "basis"))
    if not reports or not bases:
        return
    for entry in context.entries["offers"]:
        found, are_all = context.sources_of(entry)
        told = [str(source.data.get("kind")) in reports for source in found]
        basis = entry.data.get("basis")
        if not told or not are_all or not is_text(basis):
            continue
        if all(told) != (basis in bases) and (all(told) or not any(told)):
            yield context.at(
                "KB314" if all(told) else "KB315", entry, ("basis",), basis=load.Quoted(basis), report=min(bases)
            )
