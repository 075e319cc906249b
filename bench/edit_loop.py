"""How long an editor waits with `make serve`: from the saved YAML to the reloaded page in the browser.

Goal (contract): 2 s at 75 entries.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Error, Page

from bench.context import Context
from tests.browser.chromium import open_browser

GOAL = 2.0
ENTRY = "dapper"
PAGE, PLACE = f"interventions/{ENTRY}.html", ".kb-lead"  # where the tagline is seen
LONGEST = 120  # seconds to wait for the server or for a page


def measure(context: Context) -> dict:
    """Changes the tagline of one entry again and again; gives per size the seconds until its page shows it."""
    return {str(entries): edit(context.project(entries), context.runs) for entries in context.sizes(75)}


def edit(root: Path, times: int, address: str = PAGE, place: str = PLACE) -> list[dict[str, float]]:
    """Edits the entry that many times under a running server: wall time, and processor time of the server.

    `address` is a page that shows the tagline, `place` selects the element in which it stands.
    """
    data = root / "data" / "interventions.yaml"
    original = data.read_text(encoding="utf-8")
    figures = []
    try:
        with serve(root) as (url, process), open_browser() as browser:
            page = browser.new_page()
            page.goto(url + address)
            for number in range(times):
                word = f"proefzin{number}"
                start, used = time.perf_counter(), read_processor_time(process.pid)
                data.write_text(change_tagline(original, word), encoding="utf-8")
                wait_for_word(page, place, word)
                figures.append({"wall": time.perf_counter() - start, "cpu": read_processor_time(process.pid) - used})
            page.close()
    finally:
        data.write_text(original, encoding="utf-8")
    return figures


@contextmanager
def serve(root: Path) -> Iterator[tuple[str, subprocess.Popen]]:
    """The server of `make serve` on a free port; gives its address and process when it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = (sys.executable, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", f"127.0.0.1:{port}")
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    process = subprocess.Popen(command, cwd=root, env=environment)
    url = f"http://127.0.0.1:{port}/"
    try:
        wait_for_server(url)
        yield url, process
    finally:
        process.terminate()
        process.wait()


def wait_for_server(url: str) -> None:
    """Waits until the server answers; raises TimeoutError when it does not."""
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        try:
            with urlopen(url):
                return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    raise TimeoutError(url)


def wait_for_word(page: Page, place: str, word: str) -> None:
    """Waits until the page has reloaded itself and shows the word; raises TimeoutError when it does not."""
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        try:
            if word in (page.text_content(place, timeout=1_000) or ""):
                return
        except Error:
            pass  # the page is being replaced
        time.sleep(0.02)
    raise TimeoutError(word)


def change_tagline(text: str, word: str) -> str:
    """The data with the word in the tagline of the entry."""
    head, record = text.split(f"- id: {ENTRY}\n", 1)
    before, after = record.split("  tagline:", 1)
    _, rest = after.split("\n  summary:", 1)
    return f"{head}- id: {ENTRY}\n{before}  tagline: Een {word} voor de meting.\n  summary:{rest}"


def read_processor_time(process: int) -> float:
    """The seconds of processor time that a process has used, from /proc (proc(5), fields 14 and 15)."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def format_table(figures: dict) -> str:
    """Median per size, beside the goal."""
    lines = [f"{'entries':>9}{'wall s':>9}{'cpu s':>9}{'goal s':>9}"]
    for entries, runs in figures.items():
        wall, cpu = (median(run[key] for run in runs) for key in ("wall", "cpu"))
        lines.append(f"{entries:>9}{wall:9.2f}{cpu:9.2f}{GOAL if int(entries) < 1_000 else '':>9}")
    return "\n".join(lines)
