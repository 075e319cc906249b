"""``kennisbank sheet``: the offers as a spreadsheet to fill in, which ``kennisbank apply`` reads back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kennisbank import kinds, load
from kennisbank.cli import labels
from kennisbank.cli.arguments import WrongUseError, find_root, parse
from kennisbank.cli.reading import refuse_unread
from kennisbank.renewal import sheet


def run(arguments: Sequence[str]) -> bool:
    """Write the sheet. True when the data cannot be read; raises ``WrongUseError`` and ``OSError``."""
    given = parse("sheet", arguments, {"--to": "", "--institution": ""}, names=("kind",))
    labels.read_kind(given.kind, [kinds.BY_NAME[sheet.KIND]])
    if not given.to.endswith(sheet.SUFFIX):
        raise WrongUseError(load.say("cli.written", usage=load.say("usage.sheet")))
    loaded = load.load(find_root(given))
    if refuse_unread(loaded):
        return True
    place = labels.read_record(given.institution, kinds.BY_NAME["institutions"], loaded) if given.institution else ""
    count = sheet.write(loaded, Path(given.to), place)
    print(load.say("sheet.written", file=load.shown(given.to, 200), count=count))
    return False
