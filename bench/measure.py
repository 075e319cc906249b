"""Measures commands: wall time, processor time and peak memory, start-up included."""

import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True)
class Run:
    """One run: `wall` and `cpu` (of the process and its children) in seconds, `memory` the peak in MB (10^6 bytes)."""

    wall: float
    cpu: float
    memory: float


@dataclass(frozen=True)
class Command:
    """What to run (`arguments`) and where, under the `name` it has in the table."""

    name: str
    arguments: tuple[str, ...]
    folder: Path


def run_once(command: Command) -> Run:
    """Runs a command; raises RuntimeError with its output when it fails, for then the time means nothing."""
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    start = time.perf_counter()
    process = subprocess.Popen(
        command.arguments,
        cwd=command.folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    output = process.stdout.read()
    # wait4 and not wait: it alone tells what this one process used.
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    if process.returncode != 0:
        raise RuntimeError(f"{command.name} ended with {process.returncode}:\n{output}")
    # Linux counts ru_maxrss in KiB.
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6)


def run_interleaved(commands: list[Command], times: int, warm_up: bool = True) -> dict[str, list[Run]]:
    """Runs each command once to warm the file cache (`warm_up`), then all of them `times` times in turn.

    In turn, so that a slow moment of the machine strikes all of them and not one.
    """
    for command in commands if warm_up else ():
        run_once(command)
    runs: dict[str, list[Run]] = {command.name: [] for command in commands}
    for _ in range(times):
        for command in commands:
            runs[command.name].append(run_once(command))
    return runs


def take_median(runs: list[Run]) -> Run:
    """The median of each figure by itself."""
    return Run(median(run.wall for run in runs), median(run.cpu for run in runs), median(run.memory for run in runs))
