"""Problems as an editor, a program or GitHub reads them."""

from __future__ import annotations

import json
from collections.abc import Sequence

from kennisbank import load

# Terminal colours by severity; only where the output is a terminal.
_COLOURS = {"error": "\033[31m", "warning": "\033[33m"}
_BOLD, _END = "\033[1m", "\033[0m"
_LONGEST_PATH = 4096  # of Linux; what disturbs a terminal in a name is told, never printed


def count(problems: Sequence[load.Problem]) -> tuple[int, int]:
    """The number of errors and of warnings."""
    errors = sum(problem.severity == "error" for problem in problems)
    return errors, len(problems) - errors


def as_text(problems: Sequence[load.Problem], colour: bool = False, ending: str = "") -> str:
    """For a terminal: per problem where it is, what is wrong and what to do; then the counts, or else ``ending``."""
    names = load.words("severity")
    blocks = []
    for problem in problems:
        place = f"{load.shown(problem.file, limit=_LONGEST_PATH)}:{problem.line}:{problem.column}"
        kind = f"{names[problem.severity]} {problem.code}".strip()
        about = " · ".join(part for part in (problem.record, problem.field) if part)
        if colour:
            place, kind = f"{_BOLD}{place}{_END}", f"{_COLOURS[problem.severity]}{kind}{_END}"
        head = f"{place}  {kind}" + (f"  [{about}]" if about else "")
        blocks.append(f"{head}\n    {problem.message}\n    → {problem.hint}\n")
    return "\n".join([*blocks, ending or summary(problems)])


def summary(problems: Sequence[load.Problem]) -> str:
    """One line with the counts and what follows from them."""
    errors, warnings = count(problems)
    counted = load.say(
        "report.counts",
        errors=load.say("report.errors", count=errors),
        warnings=load.say("report.warnings", count=warnings),
    )
    if not problems:
        return load.say("report.clean")
    return f"{counted} {load.say('report.must' if errors else 'report.may')}"


def as_json(problems: Sequence[load.Problem]) -> str:
    """One JSON object, see contract.md."""
    errors, warnings = count(problems)
    fields = ("file", "line", "column", "record", "field", "code", "severity", "message", "hint")
    listed = [{name: getattr(problem, name) for name in fields} for problem in problems]
    return json.dumps({"problems": listed, "errors": errors, "warnings": warnings}, ensure_ascii=False, indent=2)


def as_github(problems: Sequence[load.Problem], prefix: str = "") -> str:
    """Workflow commands that GitHub shows beside the lines of a pull request.

    ``prefix`` leads from the repository to the root.
    https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    lines = []
    for problem in problems:
        title = " ".join(part for part in (problem.code, problem.record, problem.field) if part)
        values = {"file": prefix + problem.file, "line": problem.line, "col": problem.column, "title": title}
        properties = ",".join(f"{name}={_property(str(value))}" for name, value in values.items())
        lines.append(f"::{problem.severity} {properties}::{_data(f'{problem.message} → {problem.hint}')}")
    return "\n".join([*lines, summary(problems)])


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
