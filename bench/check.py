"""How long the check of all data takes, start-up included, beside PyYAML's fast loader that only reads the same files.

Goals (contract): 75 entries 0.5 s, 1,000 entries with offers 1.5 s.
"""

import sys
from dataclasses import asdict

from bench.context import Context
from bench.measure import Command, Run, run_interleaved, take_median

GOALS = {75: 0.5, 1_000: 1.5}
RIVAL = "reading only"
READ = """
import gc, pathlib, yaml
gc.disable()
for path in sorted(pathlib.Path("data").rglob("*.yaml")):
    yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
"""


def measure(context: Context) -> dict:
    """Runs the check on every size in turn."""
    commands = [
        Command(f"{entries}{name}", (sys.executable, *arguments), context.project(entries))
        for entries in context.sizes(*GOALS)
        for name, arguments in (("", ("-m", "kennisbank", "check")), (f" {RIVAL}", ("-c", READ)))
    ]
    return {name: [asdict(run) for run in runs] for name, runs in run_interleaved(commands, context.runs).items()}


def format_table(figures: dict) -> str:
    """Medians per size, beside the goal where there is one, and the ratio to reading only."""
    lines = [f"{'entries':>22}{'wall s':>9}{'cpu s':>9}{'MB':>8}{'goal s':>9}{'ratio':>8}"]
    medians = {name: take_median([Run(**values) for values in runs]) for name, runs in figures.items()}
    for name, run in medians.items():
        goal = GOALS.get(int(name), "") if name.isdigit() else ""
        reading = medians.get(f"{name} {RIVAL}")
        ratio = f"{run.cpu / reading.cpu:8.2f}" if reading else ""
        lines.append(f"{name:>22}{run.wall:9.2f}{run.cpu:9.2f}{run.memory:8.0f}{goal:>9}{ratio}")
    return "\n".join(lines)
