"""Numbers that have to agree with each other."""

from __future__ import annotations

from collections.abc import Iterator

from kennisbank import fields, load
from kennisbank.check.context import Context, mappings


def ranges_ascend(context: Context) -> Iterator[load.Problem]:
    """The smallest value of a range is not above the largest."""
    for entry in context.all_entries:
        for path, _, value in context.values(entry, _is_range):
            if isinstance(value, dict):
                low, high = value.get("min"), value.get("max")
                if isinstance(low, int | float) and isinstance(high, int | float) and low > high:
                    yield context.at("KB304", entry, (*path, "min"), low=low, high=high)


def _is_range(field: fields.Field) -> bool:
    return field.shape == "range"


def minutes_add_up(context: Context) -> Iterator[load.Problem]:
    """The minutes of the blocks of a session plan and its buffer are together the minutes of the plan."""
    for entry in context.entries["trainings"]:
        blocks = [block.get("minutes") for _, block in mappings(entry.data.get("blocks"))]
        given = (entry.data.get("buffer"), *blocks)
        total = entry.data.get("minutes")
        minutes = [value for value in given if isinstance(value, int)]
        if blocks and len(minutes) == len(given) and isinstance(total, int) and sum(minutes) != total:
            difference = abs(sum(minutes) - total)
            values = {"total": total, "sum": sum(minutes), "difference": difference}
            yield context.at("KB305", entry, ("minutes",), **values)
