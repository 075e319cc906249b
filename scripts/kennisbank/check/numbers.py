"""Numbers that have to agree with each other."""

from __future__ import annotations

from collections.abc import Iterator

from kennisbank import fields, load
from kennisbank.check.context import Context


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
