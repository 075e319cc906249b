"""How long the search takes in Chromium on file://: every query of tests/search, and the first answer of all.

Measured in the page of the catalogue. `query` is the engine alone, whole queries; `key` is a key in the text field
until the list is in its new order and laid out, for the same queries typed letter by letter. The first answer starts
at the key: `cold` when the key comes at once with the focus, `ready` when the files have arrived. The cold one is by
names alone; `whole` is when that of the search has taken its place, and holds reading and running its files.

Goals (contract): query p95 10 ms at 1,000 entries, first answer 100 ms after the first key.
"""

from pathlib import Path
from statistics import median

import yaml
from playwright.sync_api import Browser

from bench.browser import find_percentile
from bench.context import PROJECT, Context
from tests.browser.chromium import open_browser

SIZES = (75, 1_000, 10_000)
QUERIES = PROJECT / "tests" / "search" / "queries.yaml"
START = "va"  # what is typed first
TYPED = 8  # queries that are typed letter by letter
SCRIPT = Path(__file__).with_suffix(".js")


def measure(context: Context) -> dict:
    """All sizes, each in fresh pages."""
    queries = [entry["q"] for entry in yaml.safe_load(QUERIES.read_text(encoding="utf-8"))]
    with open_browser() as browser:
        return {
            str(entries): ask(browser, context.site(entries, pages=False), queries, min(context.runs, 5))
            for entries in context.sizes(*SIZES)
        }


def ask(browser: Browser, site: Path, queries: list[str], times: int) -> dict[str, list[float]]:
    """The times in milliseconds for one site."""
    found = {"cold": [], "whole": [], "ready": []}
    for is_ready in (False, True):
        for _ in range(times):
            page = open_catalogue(browser, site)
            if is_ready:
                page.evaluate("KennisbankBench.getReady()")
            first, whole = page.evaluate("text => KennisbankBench.answerFirst(text)", START)
            if is_ready:
                found["ready"].append(whole)
            else:
                found["cold"].append(first)
                found["whole"].append(whole)
            page.close()
    page = open_catalogue(browser, site)
    page.evaluate("KennisbankBench.getReady()")
    found["query"] = page.evaluate("queries => KennisbankBench.query(queries)", queries)
    found["again"] = page.evaluate("queries => KennisbankBench.query(queries)", queries)
    found["key"] = page.evaluate("queries => KennisbankBench.type(queries)", queries[:: max(1, len(queries) // TYPED)])
    page.close()
    return found


def open_catalogue(browser: Browser, site: Path):
    """A fresh page with the catalogue and the script of this benchmark."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((site / "interventions" / "index.html").as_uri())
    page.evaluate(SCRIPT.read_text(encoding="utf-8"))
    return page


def format_table(figures: dict) -> str:
    """Median, p95 and highest in milliseconds per size."""
    names = {
        "query": "query, engine alone",
        "again": "the same once more",
        "key": "key until laid out",
        "cold": "first answer, cold",
        "whole": "that of the search",
        "ready": "first answer, ready",
    }
    lines = [f"{'entries':>8}  {'ms':22}{'median':>8}{'p95':>8}{'max':>8}{'n':>6}"]
    for entries, found in figures.items():
        for key, name in names.items():
            values = found[key]
            lines.append(
                f"{entries:>8}  {name:22}{median(values):8.1f}{find_percentile(values, 0.95):8.1f}"
                f"{max(values):8.1f}{len(values):6}"
            )
    return "\n".join([*lines, "Goal at 1,000: query p95 10 ms, first answer 100 ms after the first key."])
