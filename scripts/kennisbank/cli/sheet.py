"""``kennisbank sheet``: the offers as a spreadsheet to fill in, which ``kennisbank apply`` reads back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kennisbank import load
from kennisbank.cli.arguments import WrongUseError, advise, find_root, parse
from kennisbank.cli.reading import refuse_unread
from kennisbank.renewal import sheet


def run(arguments: Sequence[str]) -> bool:
    """Write the sheet. True when the data cannot be read; raises ``WrongUseError`` and ``OSError``."""
    given = parse("sheet", arguments, {"--to": "", "--institution": ""}, names=("kind",))
    if given.kind != sheet.KIND:
        raise WrongUseError(load.say("cli.kind", name=load.shown(given.kind), advice=advise(given.kind, [sheet.KIND])))
    if not given.to.endswith(sheet.SUFFIX):
        raise WrongUseError(load.say("cli.written", usage=load.say("usage.sheet")))
    loaded = load.load(find_root(given))
    if refuse_unread(loaded):
        return True
    known = [record["id"] for record in loaded.records["institutions"]]
    if given.institution and given.institution not in known:
        name = load.shown(given.institution)
        raise WrongUseError(load.say("sheet.no_place", name=name, advice=advise(given.institution, known)))
    count = sheet.write(loaded, Path(given.to), given.institution)
    print(load.say("sheet.written", file=load.shown(given.to, 200), count=count))
    return False
