"""``kennisbank format``: every data file in its canonical form, labels as ids, and the list of addresses up to date."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from kennisbank import kinds, load
from kennisbank.check import check, promises, record_schema, report
from kennisbank.cli import canon, files, labels
from kennisbank.cli.arguments import find_root, parse


def run(arguments: Sequence[str]) -> bool:
    """Write the files that change, or with ``--check`` only name them. True when a file is not as it should be."""
    given = parse("format", arguments, {"--check": False})
    root = find_root(given)
    loaded = load.load(root)
    if loaded.problems:
        print(report.as_text(loaded.problems), file=sys.stderr)
    failed, changed = bool(loaded.problems), False
    for name, text in _texts(root, loaded):
        if text is None:
            print(
                load.say("cli.not_read" if name == promises.FILE else "cli.not_formatted", file=name), file=sys.stderr
            )
            failed = True
        # Compared with the bytes: a byte order mark or Windows line end is not canonical either.
        elif not (root / name).exists() or (root / name).read_bytes() != text.encode():
            changed = True
            print(load.say("cli.would_format" if given.check else "cli.formatted", file=name))
            if not given.check:
                files.replace(root / name, text)
    if not changed and not failed:
        print(load.say("cli.canonical"))
    return failed or (given.check and changed)


def _texts(root: Path, loaded: load.Loaded) -> Iterator[tuple[str, str | None]]:
    """The name and canonical text of each file that can be read; without text when something would be lost.

    The list of addresses comes last: it is judged by the files as whoever asks has written them by then.
    """
    refused = {problem.file for problem in loaded.problems}
    words = labels.read_words(loaded)
    for file in loaded.files:
        if file.kind == kinds.VOCABULARIES or file.name in refused:
            continue
        try:
            order = record_schema(loaded, file.kind)
            yield file.name, canon.canonical(labels.with_ids(file, order, words), order)
        except canon.CommentLostError:
            yield file.name, None
    written = load.load(root)
    yield promises.FILE, promises.renewed(written, lambda: check(written))
