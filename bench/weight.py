"""What a first visit to a page weighs: all that the browser asks for, with gzip.

Goals (contract): an entry page 60 kB, the catalogue 110 kB; a kB is 1,000 bytes. Of the form for proposals it is what
it brings of its own: not its page, nor what an entry page has too, nor the record that it is about. Its goal is 40 kB.
"""

from pathlib import Path

from bench.browser import serve
from bench.context import Context
from tests.browser.chromium import open_browser

PAGES = {
    "entry page": "interventions/dapper",
    "catalogue": "interventions/index",
    "PI page": "institutions/vught",
    "home page": "index",
}
FORM = "editors/propose"
RECORDS = "/assets/records/"
FORMS = {
    "form for an offer, its own": "kind=offers&intervention=puinruimen&institution=arnhem",
    "form for an entry, its own": "kind=interventions&id=dapper",
}
GOALS = {"entry page": 60, "catalogue": 110, **dict.fromkeys(FORMS, 40)}
STOCK = "stock Material, same entry page"
KINDS = {".html": "HTML", ".css": "CSS", ".js": "JS"}
OTHER = "other"


HEAVIEST = "entry page with most text"


def measure(context: Context) -> dict:
    """Opens every page in an empty browser and adds up the bytes of the answers, by kind of file."""
    site = context.site(min(context.sizes(0)))
    figures = {name: weigh(site, f"{page}.html") for name, page in PAGES.items()}
    for name, state in FORMS.items():
        sent = weigh(site, f"{FORM}.html#{state}")["files"]
        own = sent.keys() - figures["entry page"]["files"].keys()
        kept = (path for path in sorted(own) if not path.endswith(".html") and not path.startswith(RECORDS))
        figures[name] = {"files": {path: sent[path] for path in kept}}
    entries = (page for page in (site / "interventions").glob("*.html") if page.stem != "index")
    largest = max(entries, key=lambda page: page.stat().st_size)
    figures[HEAVIEST] = weigh(site, largest.relative_to(site).as_posix())
    figures[STOCK] = weigh(context.stock_page(PAGES["entry page"]), f"{PAGES['entry page']}.html")
    return figures


def weigh(site: Path, page: str) -> dict[str, dict[str, int]]:
    """The bytes per file that one page makes the browser ask for."""
    with serve(site) as server, open_browser() as browser:
        tab = browser.new_page(viewport={"width": 1280, "height": 900})
        tab.goto(server.url + page, wait_until="networkidle")
        # What comes only when the page has been at rest for a while counts too.
        tab.wait_for_timeout(500)
        tab.close()
    return {"files": dict(sorted(server.sent.items()))}


def add_up(files: dict[str, int]) -> dict[str, int]:
    """The bytes per kind of file."""
    totals = dict.fromkeys([*KINDS.values(), OTHER], 0)
    for path, size in files.items():
        totals[KINDS.get(Path(path).suffix, OTHER)] += size
    return totals


def format_table(figures: dict) -> str:
    """Per page the kB of each kind and together, beside the goal where there is one."""
    kinds = [*KINDS.values(), OTHER]
    lines = [f"{'kB, gzip':32}" + "".join(f"{kind:>8}" for kind in kinds) + f"{'total':>8}{'files':>7}{'goal':>6}"]
    for name, values in figures.items():
        totals = add_up(values["files"])
        lines.append(
            f"{name:32}"
            + "".join(f"{totals[kind] / 1000:8.1f}" for kind in kinds)
            + f"{sum(totals.values()) / 1000:8.1f}{len(values['files']):7}{GOALS.get(name, ''):>6}"
        )
    return "\n".join(lines)
