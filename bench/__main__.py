"""Runs the benchmarks and prints their tables.

    python -m bench [part …] [--runs N] [--entries 75,1000] [--root DIR]

Without a part all of them run. Every figure goes to bench/results/. Nothing fails on a slow machine: the goals stand
in the tables, to be judged by a person. Compare ratios; seconds belong to the machine.
"""

import argparse
import json
import sys
import tempfile
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from bench.context import PROJECT, Context, describe_machine

# Each is a module beside this one with `measure(context) -> figures` and `format_table(figures) -> text`.
PARTS = ("check", "build", "book", "edit_loop", "filters", "query", "search", "weight", "lighthouse")


def list_parts() -> list[str]:
    """The parts that are there."""
    return [name for name in PARTS if find_spec(f"bench.{name}")]


def run_part(name: str, context: Context) -> tuple[str, dict]:
    """Measures one part; gives its table and its figures with where they come from."""
    part = import_module(f"bench.{name}")
    before = describe_machine(context.root)
    figures = part.measure(context)
    record = {"machine": before, "load_after": describe_machine(context.root)["load"], "figures": figures}
    return part.format_table(figures), record


def write_record(name: str, record: dict) -> Path:
    """Writes the figures of a part to bench/results/, which is not committed."""
    results = PROJECT / "bench" / "results"
    results.mkdir(parents=True, exist_ok=True)
    path = results / f"{name}-{datetime.now(UTC):%Y%m%d-%H%M%S}.json"
    path.write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def main(arguments: list[str] | None = None) -> int:
    """Runs the parts that were asked for."""
    parts = list_parts()
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="part", help=f"what to measure: {', '.join(parts)} (default all)")
    parser.add_argument("--runs", type=int, default=5, help="how often each command runs (default 5)")
    parser.add_argument("--entries", default="", help="sizes, such as 75,1000 (default those of each part)")
    parser.add_argument("--root", type=Path, default=PROJECT, help="the project to measure (default this one)")
    options = parser.parse_args(arguments)
    unknown = sorted(set(options.parts) - set(parts))
    if unknown:
        parser.error(f"no such part: {', '.join(unknown)}")

    with tempfile.TemporaryDirectory() as folder:
        entries = tuple(int(number) for number in options.entries.split(",") if number)
        context = Context(options.root.resolve(), Path(folder), options.runs, entries)
        for name in options.parts or parts:
            table, record = run_part(name, context)
            path = write_record(name, record)
            loads = f"load {record['machine']['load'][0]} to {record['load_after'][0]} on {record['machine']['cores']} cores"
            print(f"== {name} ({loads})\n\n{table}\n\n{path.relative_to(PROJECT)}\n", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
