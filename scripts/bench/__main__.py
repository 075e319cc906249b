"""Measures the check and the build of the site beside a plain MkDocs build of the same finished Markdown.

    python -m scripts.bench [--runs N] [--root DIR]

Prints a table and writes every figure to bench/results/. Nothing fails on a slow machine: the goals stand in
the table, to be judged by a person. Compare ratios; seconds belong to the machine.
"""

import argparse
import json
import platform
import subprocess
import sys
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from os import cpu_count
from pathlib import Path

from scripts.bench.measure import Command, Run, run_interleaved, run_once, take_median

PROJECT = Path(__file__).resolve().parents[2]
PACKAGES = ("mkdocs", "mkdocs-material", "mkdocs-macros-plugin", "PyYAML", "jsonschema")

CHECK, BUILD, SITE_CHECK, RIVAL = "check", "build and export", "check of the site", "plain mkdocs build"
OUR_PARTS = (CHECK, BUILD, SITE_CHECK)


def list_commands(root: Path, folder: Path) -> list[Command]:
    """The parts of `make site`, and the rival, which is written below `folder`."""
    python, site, rival = sys.executable, str(folder / "site"), folder / "rival"
    write_rival = Command("rival", (python, "-m", "scripts.bench.finished_markdown", str(root), str(rival)), PROJECT)
    run_once(write_rival)
    build = (python, "-m", "mkdocs", "build", "--quiet", "--clean")
    return [
        Command(CHECK, (python, "-m", "kennisbank", "check", "--root", str(root)), root),
        Command(BUILD, (*build, "--strict", "--site-dir", site), root),
        Command(SITE_CHECK, (python, str(PROJECT / "scripts" / "site_check.py"), site), root),
        Command(RIVAL, (*build, "--site-dir", str(folder / "rival-site")), rival),
    ]


def add_up(runs: dict[str, Run]) -> Run:
    """The parts of `make site` as one: times added, memory the largest."""
    parts = [runs[name] for name in OUR_PARTS]
    return Run(sum(run.wall for run in parts), sum(run.cpu for run in parts), max(run.memory for run in parts))


def format_table(medians: dict[str, Run]) -> str:
    """The table that is printed: times in seconds, memory in MB, and each against the rival."""
    rival = medians[RIVAL]
    total = add_up(medians)
    rows = [(name, medians[name]) for name in OUR_PARTS] + [("make site, together", total), (RIVAL, rival)]
    lines = [
        f"{'':22}{'wall s':>9}{'cpu s':>9}{'MB':>8}{'wall/plain':>12}{'cpu/plain':>11}{'MB/plain':>10}",
        *(
            f"{name:22}{run.wall:9.2f}{run.cpu:9.2f}{run.memory:8.0f}"
            f"{run.wall / rival.wall:12.2f}{run.cpu / rival.cpu:11.2f}{run.memory / rival.memory:10.2f}"
            for name, run in rows
        ),
        "",
        "Goals: check 0.5 s at 75 entries; make site 10 s on two cores, wall/plain 1.00 and MB/plain 1.50 at 1,000.",
    ]
    return "\n".join(lines)


def describe_machine(root: Path) -> dict[str, object]:
    """Where the figures come from: machine, versions, commit and number of pages."""
    commit = subprocess.run(
        ["git", "rev-parse", "--verify", "--quiet", "HEAD"], cwd=root, capture_output=True, text=True
    )
    return {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit.stdout.strip() or None,
        "python": platform.python_version(),
        "system": platform.platform(),
        "cores": cpu_count(),
        "packages": {name: version(name) for name in PACKAGES},
        "pages": len(list((root / "content").rglob("*.md"))),
    }


def main() -> int:
    """Runs the benchmarks and prints the table."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5, help="how often each command runs (default 5)")
    parser.add_argument("--root", type=Path, default=PROJECT, help="the project to measure (default this one)")
    options = parser.parse_args()
    root = options.root.resolve()

    with tempfile.TemporaryDirectory() as folder:
        runs = run_interleaved(list_commands(root, Path(folder)), options.runs)
    medians = {name: take_median(values) for name, values in runs.items()}
    machine = describe_machine(root)
    print(f"{machine['pages']} pages, {options.runs} runs in turn, median\n")
    print(format_table(medians))

    results = PROJECT / "bench" / "results"
    results.mkdir(parents=True, exist_ok=True)
    path = results / f"build-{datetime.now(UTC):%Y%m%d-%H%M%S}.json"
    record = {"machine": machine, "runs": {name: [asdict(run) for run in values] for name, values in runs.items()}}
    path.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    print(f"\n{path.relative_to(PROJECT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
