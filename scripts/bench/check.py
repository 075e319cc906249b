"""How long the check of all data takes, start-up included.

Goals (contract): 75 entries 0.5 s, 1,000 entries with offers 1.5 s.
"""

import sys
from dataclasses import asdict

from scripts.bench.context import Context
from scripts.bench.measure import Command, Run, run_interleaved, take_median

GOALS = {75: 0.5, 1_000: 1.5}


def measure(context: Context) -> dict:
    """Runs the check on every size in turn."""
    commands = [
        Command(str(entries), (sys.executable, "-m", "kennisbank", "check"), context.project(entries))
        for entries in context.sizes(*GOALS)
    ]
    return {name: [asdict(run) for run in runs] for name, runs in run_interleaved(commands, context.runs).items()}


def format_table(figures: dict) -> str:
    """Medians per size, beside the goal where there is one."""
    lines = [f"{'entries':>9}{'wall s':>9}{'cpu s':>9}{'MB':>8}{'goal s':>9}"]
    for entries, runs in figures.items():
        run = take_median([Run(**values) for values in runs])
        goal = GOALS.get(int(entries), "")
        lines.append(f"{entries:>9}{run.wall:9.2f}{run.cpu:9.2f}{run.memory:8.0f}{goal:>9}")
    return "\n".join(lines)
