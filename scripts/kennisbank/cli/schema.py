"""``kennisbank schema``: the schema of the terms, from the vocabularies."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

from kennisbank import kinds, load
from kennisbank.check import ENUMS, SCHEMA_FOLDER, make_enums, report
from kennisbank.cli import files
from kennisbank.cli.arguments import find_root, parse


def run(arguments: Sequence[str]) -> bool:
    """Make the schema again. True when the lists cannot be read, or with ``--check`` when it is not fresh."""
    given = parse("schema", arguments, {"--check": False})
    root = find_root(given)
    loaded = load.load(root)
    problems = [problem for problem in loaded.problems if problem.file == kinds.VOCABULARIES_FILE]
    if problems:
        print(report.as_text(problems), file=sys.stderr)
        return True
    path = root / SCHEMA_FOLDER / ENUMS
    name = f"{SCHEMA_FOLDER}/{ENUMS}"
    try:
        old = path.read_text(encoding="utf-8")
        present = json.loads(old)
    except (OSError, ValueError):
        old, present = "", {}
    notes = {"$schema": "http://json-schema.org/draft-07/schema#", **load.words("schema")}
    present = present if isinstance(present, dict) else {}
    text = json.dumps(make_enums(loaded.vocabularies, notes | present), ensure_ascii=False, indent=2) + "\n"
    if text == old:
        print(load.say("cli.schema_fresh", file=name))
        return False
    if given.check:
        print(load.say("cli.schema_stale", file=name))
        return True
    files.replace(path, text)
    print(load.say("cli.schema_made", file=name))
    return False
