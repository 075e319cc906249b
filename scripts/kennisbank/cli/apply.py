"""``kennisbank apply``: proposals become data, each whole or not at all."""

from __future__ import annotations

import collections
import dataclasses
import datetime
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from kennisbank import kinds, load
from kennisbank.check import SCHEMA_FOLDER, check, promises, record_schema, report
from kennisbank.cli import canon, edit, files, scaffold
from kennisbank.cli.arguments import WrongUseError, advise, find_root, parse
from kennisbank.renewal import compare, history, plan, proposal, sheet, words

# What the check looks at.
CHECKED = (kinds.DATA, SCHEMA_FOLDER, kinds.CONTENT)


def run(arguments: Sequence[str]) -> bool:
    """Put each proposal in the data. True when one was refused; raises ``WrongUseError`` and ``OSError``."""
    given = parse("apply", arguments, {"--dry-run": False, "--take": ""}, more={"files": "+"})
    if given.take and given.take not in plan.CHOICES:
        advice = advise(given.take, plan.CHOICES)
        raise WrongUseError(load.say("renewal.take", name=load.shown(given.take), advice=advice))
    root = find_root(given)
    if not given.dry_run and files.restore(root):
        print(load.say("renewal.restored"), file=sys.stderr)
    failed = False
    # A trial takes one after the other too: two that are at odds must not both seem to fit.
    with _copy(root) if given.dry_run else _itself(root) as place:
        for name in given.files:
            done, said = apply(place, Path(name), given.take, given.dry_run)
            print(said, file=sys.stdout if done else sys.stderr)
            failed = failed or not done
    return failed


def apply(root: Path, path: Path, take: str = "", dry_run: bool = False) -> tuple[bool, str]:
    """Put one proposal in the data below ``root``. Whether that was done, and what there is to say about it."""
    name = load.shown(path, 200)
    if not path.exists():
        return False, load.say("renewal.missing", file=name)
    outcome = try_out(root, path, take)
    if outcome.problems:
        told = [report.as_text(outcome.problems, ending=load.say("renewal.refused", file=name)), outcome.remark]
        return False, "\n\n".join(filter(None, told))
    head = []
    if outcome.texts:
        files.replace_all(root, outcome.texts)
        head = [load.say("renewal.would_apply" if dry_run else "renewal.applied", file=name)]
    parts = [
        *head,
        outcome.remark,
        outcome.said,
        *([report.as_text(outcome.warnings, ending=" ")] if outcome.warnings else []),
    ]
    return True, "\n\n".join(part.strip() for part in parts if part)


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What a proposal comes to: why it is refused, or the new text of each file, what changes, and what to look at.

    ``remark`` is what its writer wanted to tell the editors besides.
    """

    problems: list[load.Problem]
    texts: dict[str, str] = dataclasses.field(default_factory=dict)
    said: str = ""
    warnings: list[load.Problem] = dataclasses.field(default_factory=list)
    remark: str = ""


def try_out(root: Path, path: Path, take: str = "", today: str | None = None) -> Outcome:
    """What the proposal in ``path`` would make of the data below ``root``, tried on a copy; nothing is written."""
    today = today or datetime.date.today().isoformat()
    before = load.load(root)
    unread = load.only_errors(before.problems)
    if unread:
        return Outcome(unread)
    reader = sheet if path.suffix == sheet.SUFFIX else proposal
    made, problems = reader.read(path, load.shown(path, 200), before, today)
    if made is None:
        return Outcome(problems)
    outcome = dataclasses.replace(_judge(before, made, take, today), remark=_remark(made))
    if load.only_errors([*problems, *outcome.problems]):
        return dataclasses.replace(outcome, problems=[*problems, *outcome.problems], texts={})
    return dataclasses.replace(outcome, warnings=[*problems, *outcome.warnings])


def _remark(made: proposal.Proposal) -> str:
    note = made.data.get("note")
    return load.say("renewal.remark", note=load.shown(" ".join(note.split()), len(note))) if note else ""


def _judge(before: load.Loaded, made: proposal.Proposal, take: str, today: str) -> Outcome:
    planned = plan.plan(made, before, take)
    if planned.problems:
        return Outcome(planned.problems)
    names = ", ".join(load.shown(name) for name in planned.kept)
    kept = load.say("renewal.kept", records=names) if names else ""
    if not planned.changed and not planned.added:
        nothing = load.say("renewal.nothing" if made.changes else "sheet.nothing", file=made.name)
        return Outcome([], said=kept or nothing)
    outcome = _on_a_copy(before, made, planned, today)
    return dataclasses.replace(outcome, said=f"{kept}\n\n{outcome.said}") if kept else outcome


def _on_a_copy(before: load.Loaded, made: proposal.Proposal, planned: plan.Plan, today: str) -> Outcome:
    try:
        orders = {kind: record_schema(before, kind) for kind in kinds.NAMES}
        texts = edit.rewrite(before, planned.changed, planned.added, orders)
    except canon.CommentLostError as error:
        return Outcome([made.at("KB710", file=str(error))])
    for kind, records in planned.added.items():
        for record in records if kinds.BY_NAME[kind].pages else ():
            pages = scaffold.make_pages(kinds.BY_NAME[kind], record["id"])
            texts |= {name: text for name, text in pages.items() if not (before.root / name).exists()}
    outside = [name for name in texts if not files.is_inside(before.root, before.root / name)]
    if outside:
        return Outcome([made.at("KB710", file=outside[0])])
    with _copy(before.root) as trial:
        for name, text in texts.items():
            files.replace(trial / name, text)
        after = load.load(trial)
        found = compare.compare(before, after)
        changed, added = history.merge(history.make_entries(found, before, after, today), after)
        told = edit.rewrite(after, changed, {history.KIND: added}, orders)
        for name, text in told.items():
            files.replace(trial / name, text)
        texts |= told
        after = load.load(trial) if told else after
        promised = promises.renewed(after)
        if promised is not None and promised != load.read(trial, promises.FILE)[0]:
            texts[promises.FILE] = promised
            files.replace(trial / promises.FILE, promised)
        news = _news(check(before, today), check(after, today, formats=False))
        problems = [_at_its_origin(problem, planned, made) for problem in news]
        errors = load.only_errors(problems)
        if errors:
            return Outcome(errors)
        return Outcome([], texts, words.tell(found, before, after, words.FORMATS[0]), problems)


def _news(before: list[load.Problem], after: list[load.Problem]) -> list[load.Problem]:
    """The problems that were not there before; on which line they stand does not count."""

    def identity(problem: load.Problem) -> tuple[str, ...]:
        # One that sums up a whole file counts, and says another number every time.
        said = problem.message if problem.record or problem.file.endswith(".md") else ""
        return problem.file, problem.record, problem.field, problem.code, said

    known = collections.Counter(identity(problem) for problem in before)
    found = []
    for problem in after:
        known[identity(problem)] -= 1
        if known[identity(problem)] < 0:
            found.append(problem)
    return found


def _at_its_origin(problem: load.Problem, planned: plan.Plan, made: proposal.Proposal) -> load.Problem:
    """The problem where the proposal has what is wrong, for a problem of a record that it speaks of."""
    for (kind, record), here in planned.origins.items():
        is_of = problem.file == kinds.BY_NAME[kind].file or problem.file.startswith(f"{kinds.DATA}/{kind}/")
        if is_of and problem.record == load.shown(record):
            steps = load.field_path(problem.field)
            if problem.severity == "warning" and not _speaks_of(made, here, steps):
                return problem  # of what was there already: it is mended in the data
            path: load.FieldPath = (*here, *steps)
            if here[0] == "changes" and "add" not in here and steps:
                path = (*here, "set", *steps)
            return made.move(problem, path)
    return problem


def _speaks_of(made: proposal.Proposal, here: load.FieldPath, steps: load.FieldPath) -> bool:
    """Whether the proposal says something of a field; of a whole record it does when it made it."""
    if here[0] != "changes" or not isinstance(here[1], int):
        return True
    change = made.changes[here[1]]
    return "add" in change or not steps or steps[0] in {*change.get("set", ()), *change.get("remove", ())}


@contextmanager
def _copy(root: Path) -> Iterator[Path]:
    """A copy of what the check looks at, to try something on."""
    with tempfile.TemporaryDirectory() as folder:
        for name in CHECKED:
            if (root / name).is_dir():
                shutil.copytree(root / name, Path(folder) / name, symlinks=True)
        yield Path(folder)


@contextmanager
def _itself(root: Path) -> Iterator[Path]:
    yield root
