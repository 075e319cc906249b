"""The parts of `make site` beside a plain MkDocs build of the same finished Markdown, and how both grow.

Goals (contract): at 1,000 entries wall/plain 1.00 and MB/plain 1.50; time and memory at 4,000 against 1,000: 4.4.
"""

import sys
from dataclasses import asdict
from pathlib import Path

from bench.context import PROJECT, Context, build_command
from bench.measure import Command, Run, run_interleaved, take_median

SIZES = (75, 1_000, 4_000)
# From here on a command takes a minute, so it runs once and without a run to warm up.
LARGE = 4_000
CHECK, BUILD, SITE_CHECK, RIVAL = "check", "build and export", "check of the site", "plain mkdocs build"
OUR_PARTS = (CHECK, BUILD, SITE_CHECK)
TOTAL = "make site, together"


def list_commands(root: Path, rival: Path, folder: Path) -> list[Command]:
    """The parts of `make site` of the project in `root`, and the rival; sites come below `folder`."""
    site = folder / "site"
    return [
        Command(CHECK, (sys.executable, "-m", "kennisbank", "check", "--root", str(root)), root),
        Command(BUILD, build_command(site, "--strict"), root),
        Command(SITE_CHECK, (sys.executable, str(PROJECT / "scripts" / "site_check.py"), str(site)), root),
        Command(RIVAL, build_command(folder / "rival-site"), rival),
    ]


def measure(context: Context) -> dict:
    """Runs all parts in turn, size by size."""
    figures = {}
    for entries in context.sizes(*SIZES):
        commands = list_commands(context.project(entries), context.rival(entries), context.folder / f"out-{entries}")
        is_large = entries >= LARGE
        runs = run_interleaved(commands, 1 if is_large else context.runs, warm_up=not is_large)
        figures[str(entries)] = {name: [asdict(run) for run in values] for name, values in runs.items()}
    return figures


def add_up(runs: dict[str, Run]) -> Run:
    """The parts of `make site` as one: times added, memory the largest."""
    parts = [runs[name] for name in OUR_PARTS]
    return Run(sum(run.wall for run in parts), sum(run.cpu for run in parts), max(run.memory for run in parts))


def format_table(figures: dict) -> str:
    """Per size times in seconds and memory in MB, each against the rival; then each size against the one before."""
    totals: dict[int, Run] = {}
    rivals: dict[int, Run] = {}
    lines = []
    for entries, values in figures.items():
        medians = {name: take_median([Run(**run) for run in runs]) for name, runs in values.items()}
        totals[int(entries)], rivals[int(entries)] = add_up(medians), medians[RIVAL]
        rows = [(name, medians[name]) for name in OUR_PARTS]
        rows += [(TOTAL, totals[int(entries)]), (RIVAL, medians[RIVAL])]
        lines += format_size(entries, rows, medians[RIVAL])
    sizes = list(totals)
    for small, large in zip(sizes, sizes[1:], strict=False):
        lines += [
            f"growth {small:,} to {large:,} ({large / small:.1f} x): "
            f"make site cpu {totals[large].cpu / totals[small].cpu:.1f} x, MB {totals[large].memory / totals[small].memory:.1f} x; "
            f"plain cpu {rivals[large].cpu / rivals[small].cpu:.1f} x, MB {rivals[large].memory / rivals[small].memory:.1f} x"
        ]
    return "\n".join(lines)


def format_size(entries: str, rows: list[tuple[str, Run]], rival: Run) -> list[str]:
    """The lines of one size."""
    header = f"{'wall s':>9}{'cpu s':>9}{'MB':>8}{'wall/plain':>12}{'cpu/plain':>11}{'MB/plain':>10}"
    return [
        f"{entries + ' entries':22}{header}",
        *(
            f"{name:22}{run.wall:9.2f}{run.cpu:9.2f}{run.memory:8.0f}"
            f"{run.wall / rival.wall:12.2f}{run.cpu / rival.cpu:11.2f}{run.memory / rival.memory:10.2f}"
            for name, run in rows
        ),
        "",
    ]
