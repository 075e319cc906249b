"""The scores of Lighthouse (mobile, throttled, from a server with gzip), and what costs points.

Goal (contract): 100 in all four. Lighthouse is fetched from npm when this runs for the first time.
"""

import json
import os
import subprocess
from statistics import median

from bench.browser import serve
from bench.context import Context, install_npm
from bench.weight import PAGES
from tests.browser.chromium import find_chromium

VERSION = "12.8.2"
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
MEASURED = ("entry page", "catalogue", "PI page")
MOST_RUNS = 3
METRICS = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")


def measure(context: Context) -> dict:
    """Runs Lighthouse on every page, at most three times; a busy machine lowers the performance score."""
    program = install_npm("lighthouse", VERSION) / "cli" / "index.js"
    site = context.site(min(context.sizes(0)))
    with serve(site) as server:
        return {
            name: [audit(str(program), f"{server.url}{PAGES[name]}.html") for _ in range(min(context.runs, MOST_RUNS))]
            for name in MEASURED
        }


def audit(program: str, url: str) -> dict:
    """One run: scores from 0 to 100, the metrics in their own unit, and the audits that cost points."""
    command = ["node", program, url, "--output=json", "--quiet", f"--chrome-flags={FLAGS}"]
    environment = os.environ | {"CHROME_PATH": find_chromium() or ""}
    result = subprocess.run(command, env=environment, capture_output=True, text=True)
    if result.returncode != 0:
        raise RuntimeError(f"lighthouse ended with {result.returncode}:\n{result.stderr}")
    report = json.loads(result.stdout)
    audits = report["audits"]
    lost = {
        reference["id"]: audits[reference["id"]]["score"]
        for name in CATEGORIES
        for reference in report["categories"][name]["auditRefs"]
        if reference["weight"] and audits[reference["id"]]["score"] not in (None, 1)
    }
    return {
        "scores": {name: round(100 * report["categories"][name]["score"]) for name in CATEGORIES},
        "metrics": {name: round(audits[name]["numericValue"], 3) for name in METRICS},
        "lost": lost,
    }


def format_table(figures: dict) -> str:
    """Per page the median of each score and metric, and below it what was less than perfect in any run."""
    lines = [f"{'':12}" + "".join(f"{name:>16}" for name in CATEGORIES)]
    for name, runs in figures.items():
        lines.append(
            f"{name:12}" + "".join(f"{median(run['scores'][key] for run in runs):16.0f}" for key in CATEGORIES)
        )
    lines += ["", f"{'':12}{'FCP ms':>10}{'LCP ms':>10}{'TBT ms':>10}{'CLS':>8}"]
    for name, runs in figures.items():
        paint, largest, blocked, shift = (median(run["metrics"][key] for run in runs) for key in METRICS)
        lines.append(f"{name:12}{paint:10.0f}{largest:10.0f}{blocked:10.0f}{shift:8.3f}")
    for name, runs in figures.items():
        lost = sorted({key for run in runs for key in run["lost"]})
        lines.append(f"{name}: {', '.join(lost) or 'nothing lost'}")
    return "\n".join(lines)
