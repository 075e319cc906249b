"""How long an editor waits with `make serve`: from the saved file to the reloaded page in the browser.

Beside it, in turn, the same with `mkdocs serve` in a copy of the same project. Goal (contract): 2 s at 75 entries, 5 s
at 1,000.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Error, Page

from bench.context import Context
from tests.browser.chromium import open_browser

GOALS = {999: 2.0, 1_000: 5.0}  # up to how many entries, seconds
ENTRY = "dapper"
OURS, PLAIN = "ours", "mkdocs serve"
# What is typed in the project folder; the port comes behind it.
COMMANDS = {
    OURS: ("kennisbank", "serve", "--port", "{port}"),
    PLAIN: ("mkdocs", "serve", "--quiet", "--dev-addr", "127.0.0.1:{port}"),
}
LONGEST = 120  # seconds to wait for the server or for a page

Change = tuple[str, Callable[[str, str], str], str, str]


def change_tagline(text: str, word: str) -> str:
    """The data with the word in the tagline of the entry."""
    head, record = text.split(f"- id: {ENTRY}\n", 1)
    before, after = record.split("  tagline:", 1)
    _, rest = after.split("\n  summary:", 1)
    return f"{head}- id: {ENTRY}\n{before}  tagline: Een {word} voor de meting.\n  summary:{rest}"


def change_page(text: str, word: str) -> str:
    """The page with the word in a line of its own before its last macro."""
    before, last = text.rsplit("<!--[[", 1)
    return f"{before}Een {word} voor de meting.\n\n<!--[[{last}"


# What is saved: the file, its new text, and where that is seen: the address, and the element on it.
CHANGES: Mapping[str, Change] = {
    "record": ("data/interventions.yaml", change_tagline, f"interventions/{ENTRY}.html", ".kb-lead"),
    "page": (f"content/interventions/{ENTRY}.md", change_page, f"interventions/{ENTRY}.html", "article"),
}


def measure(context: Context) -> dict:
    """Saves a record and a page again and again; gives per size the seconds until the browser shows it."""
    return {str(size): compare(context.project(size), context.folder, context.runs) for size in context.sizes(75)}


def compare(root: Path, folder: Path, times: int, changes: Mapping[str, Change] = CHANGES) -> dict:
    """Saves each change that many times under each server, in turn; gives wall time and processor time of the server.

    `folder` is for the copies of the project, one for each server: both would see a change in one.
    """
    figures = {name: {server: [] for server in COMMANDS} for name in changes}
    with ExitStack() as stack:
        browser = stack.enter_context(open_browser())
        running = {}
        for number, server in enumerate(COMMANDS):
            copy = folder / f"{root.name}-edit-{number}"
            shutil.copytree(root, copy, symlinks=True)
            running[server] = copy, *stack.enter_context(serve(copy, COMMANDS[server]))
        for name, (file, change, address, place) in changes.items():
            original = (root / file).read_text(encoding="utf-8")
            # MkDocs reloads a page by a script inside it, which our pages forbid.
            pages = {server: browser.new_page(bypass_csp=True) for server in running}
            for server, (_, url, _) in running.items():
                pages[server].goto(url + address)
            for number in range(times):
                for server, (copy, _, process) in running.items():
                    word = f"proefzin{number}"
                    start, used = time.perf_counter(), read_processor_time(process.pid)
                    (copy / file).write_text(change(original, word), encoding="utf-8")
                    wait_for_word(pages[server], place, word)
                    wall, cpu = time.perf_counter() - start, read_processor_time(process.pid) - used
                    figures[name][server].append({"wall": wall, "cpu": cpu})
            for page in pages.values():
                page.close()
    return figures


@contextmanager
def serve(root: Path, command: tuple[str, ...]) -> Iterator[tuple[str, subprocess.Popen]]:
    """A server on a free port; gives its address and process when it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = [sys.executable, "-m", *(part.format(port=port) for part in command)]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    process = subprocess.Popen(arguments, cwd=root, env=environment, stdout=subprocess.DEVNULL)
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


def read_processor_time(process: int) -> float:
    """The seconds of processor time that a process has used, from /proc (proc(5), fields 14 and 15)."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def format_table(figures: dict) -> str:
    """Medians per size and change: ours, MkDocs' own server, the ratio, and the goal."""
    titles = ("ours s", "mkdocs s", "ratio", "ours cpu", "mkdocs cpu", "goal s")
    lines = [f"{'entries':>9}  {'saved':<8}" + "".join(f"{title:>12}" for title in titles)]
    for entries, changes in figures.items():
        goal = next((goal for size, goal in GOALS.items() if int(entries) <= size), "")
        for name, servers in changes.items():
            ours, plain = (
                {key: median(run[key] for run in servers[server]) for key in ("wall", "cpu")}
                for server in (OURS, PLAIN)
            )
            values = (ours["wall"], plain["wall"], ours["wall"] / plain["wall"], ours["cpu"], plain["cpu"])
            lines.append(f"{entries:>9}  {name:<8}" + "".join(f"{value:12.2f}" for value in values) + f"{goal:>12}")
    return "\n".join(lines)
