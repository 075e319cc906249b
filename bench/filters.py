"""How long a change of the filters takes in Chromium on file://, beside ItemsJS with the same data and choices.

Two things are measured. The engines: hits and counts of every term, no DOM for either (ItemsJS gives 20 hits a page,
which is its own default and cheap; ours gives all). The page: a click on a box until list and counts are updated and
laid out, ours only. Both engines have to give the same numbers, or the comparison is refused.

Goals (contract): the page p95 16 ms at 1,000 entries under 4 x throttle; the engine ahead of ItemsJS.
"""

from pathlib import Path
from statistics import median

from playwright.sync_api import Browser

from bench.browser import find_percentile, throttle
from bench.context import Context, install_npm
from tests.browser.chromium import open_browser

SIZES = (75, 1_000, 10_000)
THROTTLES = (1, 4)
STEPS = 60
ITEMSJS = "2.4.4"
SCRIPT = Path(__file__).with_suffix(".js")


def measure(context: Context) -> dict:
    """All sizes, with and without throttle, each in a fresh page."""
    rival = (install_npm("itemsjs", ITEMSJS) / "dist" / "index.umd.js").read_text(encoding="utf-8")
    figures = {}
    with open_browser() as browser:
        for entries in context.sizes(*SIZES):
            address = (context.site(entries, pages=False) / "interventions" / "index.html").as_uri()
            figures[str(entries)] = {
                f"{times} x": choose(browser, address, times, rival, context.runs) for times in THROTTLES
            }
    return figures


def choose(browser: Browser, address: str, times: int, rival: str, passes: int) -> dict[str, list]:
    """The times in milliseconds under one throttle: per step a list with one time per pass, each in a fresh page."""
    found = {"ours": [], "itemsjs": [], "page": [], "set-up ours": [], "set-up itemsjs": []}
    for _ in range(passes):
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(address)
        page.evaluate(rival)
        page.evaluate(SCRIPT.read_text(encoding="utf-8"))
        throttle(page, times)
        page.evaluate("count => KennisbankBench.prepare(count)", STEPS)
        answers = {}
        for name in ("ours", "itemsjs"):
            engine = page.evaluate(f"KennisbankBench.{name}()")
            found[name].append(engine["times"])
            found[f"set-up {name}"].append(engine["setUp"])
            answers[name] = engine["answers"]
        clicks = [page.evaluate("step => KennisbankBench.click(step)", step) for step in range(STEPS)]
        found["page"].append([spent for spent, _ in clicks])
        page.close()
        if answers["ours"] != answers["itemsjs"] or [count for _, count in clicks] != [
            row[0] for row in answers["ours"]
        ]:
            raise RuntimeError("the filters, the page and ItemsJS do not give the same numbers")
    return found


def format_table(figures: dict) -> str:
    """Median, p95 and highest in milliseconds of all times, and the p95 of the best pass of each step."""
    lines = [f"{'entries':>8}{'cpu':>5}  {'ms':24}{'median':>8}{'p95':>8}{'max':>8}{'p95 best':>10}{'set-up':>8}"]
    names = {"ours": "our engine, no DOM", "itemsjs": "ItemsJS, no DOM", "page": "our page, with layout"}
    for entries, throttles in figures.items():
        for times, found in throttles.items():
            for key, name in names.items():
                values = [value for row in found[key] for value in row]
                # What other programs took of the processor is not in the best pass of a step.
                best = [min(step) for step in zip(*found[key], strict=True)]
                set_up = f"{median(found[f'set-up {key}']):8.1f}" if f"set-up {key}" in found else ""
                lines.append(
                    f"{entries:>8}{times:>5}  {name:24}{median(values):8.1f}{find_percentile(values, 0.95):8.1f}"
                    f"{max(values):8.1f}{find_percentile(best, 0.95):10.1f}{set_up}"
                )
    return "\n".join([*lines, "Goal: our page p95 16 ms at 1,000 entries and 4 x; our engine ahead of ItemsJS."])
