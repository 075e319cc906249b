"""How long the book takes, start-up included: the EPUB, the whole PDF, and the PDF of the largest category.

Goals (contract), on two quiet cores: EPUB 3 s; whole PDF 60 s of processor time and 1,000 MB; a category 4 s. A PDF is
made anew each time, never taken from the cache. Without WeasyPrint (`make release` installs it) only the EPUB.
"""

import sys
from dataclasses import asdict
from importlib.util import find_spec

from bench.context import Context
from bench.measure import Command, Run, run_interleaved, take_median

# Processor seconds and MB.
GOALS = {"EPUB": (3.0, None), "whole PDF": (60.0, 1000), "one category": (4.0, None)}
PRINT = """
import gc
gc.disable()  # as the command does
import sys
from pathlib import Path
from kennisbank import build
from kennisbank.book import paper, pieces, read_book
root = Path.cwd()
outlines = dict(pieces.outline_all(read_book(root, build.read(root))))
parts = [outline for outline in outlines.values() if len(outline.parts) == 1]
whole = next(iter(outlines.values()))
paper.make_pdf(whole if sys.argv[1] == "whole" else max(parts, key=lambda one: len(one.parts[0].chapters)))
"""


def measure(context: Context) -> dict:
    """Makes each of them from the pages and data of the project."""
    epub = ("-m", "kennisbank", "book", "--epub", "--to", str(context.folder / "book"))
    commands = [Command("EPUB", (sys.executable, *epub), context.root)]
    figures = run_interleaved(commands, context.runs)
    if find_spec("weasyprint"):
        papers = [("whole PDF", "whole"), ("one category", "part")]
        commands = [Command(name, (sys.executable, "-c", PRINT, which), context.root) for name, which in papers]
        figures |= run_interleaved(commands, 1)
    return {name: [asdict(run) for run in runs] for name, runs in figures.items()}


def format_table(figures: dict) -> str:
    """Medians beside the goals."""
    lines = [f"{'what':>14}{'wall s':>9}{'cpu s':>9}{'goal s':>9}{'MB':>8}{'goal MB':>9}"]
    for name, runs in figures.items():
        run = take_median([Run(**values) for values in runs])
        seconds, memory = GOALS[name]
        lines.append(f"{name:>14}{run.wall:9.2f}{run.cpu:9.2f}{seconds:9.1f}{run.memory:8.0f}{memory or '':>9}")
    return "\n".join(lines)
