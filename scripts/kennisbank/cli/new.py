"""``kennisbank new``: a record in its place and the pages that go with it; of what is there already only the pages."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from kennisbank import kinds, load
from kennisbank.check import check, promises, record_schema, report
from kennisbank.check.context import TO_FILL
from kennisbank.cli import files, labels, scaffold
from kennisbank.cli.arguments import WrongUseError, find_root, parse


def run(arguments: Sequence[str]) -> bool:
    """Write the record and its pages. True when nothing could be added; raises ``WrongUseError`` and ``OSError``."""
    given = parse("new", arguments, names=("kind", "id"))
    kind = labels.read_kind(given.kind, (kind for kind in kinds.BY_SINGULAR.values() if kind.by_hand))
    root = find_root(given)
    loaded = load.load(root)
    given.id = labels.read_id(given.id, kind, loaded)
    identity = scaffold.identify(kind, given.id)
    if identity is None:
        raise WrongUseError(load.say("cli.id" if kind.has_id else "cli.offer_id", id=load.shown(given.id)))
    if kind.has_id and not kind.vocabulary and not kinds.is_free(kind, given.id):
        raise WrongUseError(load.say("cli.taken_id", id=load.shown(given.id)))
    unread = [
        problem for problem in loaded.problems if problem.file.startswith((kind.file, f"{kinds.DATA}/{kind.name}/"))
    ]
    if unread:
        print(report.as_text(unread), file=sys.stderr)
        return _refuse(load.say("cli.not_added"))
    is_there = scaffold.exists(loaded, kind, identity)
    if kind.vocabulary and not is_there:
        return _refuse(load.say("cli.no_term", id=given.id, file=kind.file, list=kind.vocabulary))
    pages = scaffold.make_pages(kind, given.id)
    lacking = {name: text for name, text in pages.items() if not (root / name).exists()}
    if is_there and not lacking:
        return _refuse(load.say("cli.exists", id=given.id, file=kind.file))
    texts, said = dict(lacking), []
    if not is_there:
        name, text, line = scaffold.add_record(loaded, kind, identity, record_schema(loaded, kind.name))
        texts = {name: text, **lacking}
        said.append(load.say("cli.added", file=f"{name}:{line}"))
    for name in texts:
        if not files.is_inside(root, root / name):
            return _refuse(load.say("cli.outside", file=name))
    for name, text in texts.items():
        files.replace(root / name, text)
    said += [load.say("cli.page_added" if name in lacking else "cli.page_kept", file=name) for name in pages]
    promised = promises.renewed(loaded, lambda: check(loaded))
    if promised is not None:  # the check says what is wrong with it
        files.replace(root / promises.FILE, promised)
    if any(TO_FILL in text for text in texts.values()):
        said.append(load.say("cli.now_fill"))
    print("\n".join(said))
    return False


def _refuse(reason: str) -> bool:
    print(reason, file=sys.stderr)
    return True
