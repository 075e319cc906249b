"""How good the search is: a right answer first, or among the first three, for every query of tests/search.

Beside ours stand Material's own search (its worker, unchanged, with Dutch chosen) and Pagefind, both on a stock
Material site of the same finished Markdown. They find pages, so for them any entry of the glossary is the page of the
glossary; and pages that are no answer of ours, such as the cards for printing, are passed over. Both favour them.

The half `measure` is not used for tuning; see the remark in the file of the queries.
"""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import yaml

from bench.browser import serve
from bench.context import PROJECT, Context, build_command, install_npm
from bench.measure import Command, run_once
from bench.synthetic import count_records
from tests.browser.chromium import open_browser

QUERIES = PROJECT / "tests" / "search" / "queries.yaml"
HERE = Path(__file__).parent
PAGEFIND = ("pagefind", "1.5.2")
HALVES = ("tune", "measure")
# As far as anybody looks; ranks below count as not found.
DEEPEST = 20

ASK_PAGEFIND = """async ([queries, most]) => {
  const pagefind = await import("/pagefind/pagefind.js");
  await pagefind.init();
  const found = [];
  for (const query of queries) {
    const { results } = await pagefind.search(query);
    const data = await Promise.all(results.slice(0, most).map(result => result.data()));
    found.push(data.map(page => page.url));
  }
  return found;
}"""


def measure(context: Context) -> dict:
    """The counts per search, half and kind: queries, right at 1, right at 3."""
    queries = yaml.safe_load(QUERIES.read_text(encoding="utf-8"))
    site = context.site(count_records(context.root))
    stock = build_stock(context)
    names = names_by_page(site)
    texts = [query["q"] for query in queries]
    return {
        "ours": ask_ours(site),
        "Material": count_right(queries, ask_material(stock, texts), names),
        "Pagefind": count_right(queries, ask_pagefind(stock, texts), names),
    }


def build_stock(context: Context) -> Path:
    """The stock Material site with its search set to Dutch."""
    rival, site = context.rival(count_records(context.root)), context.folder / "stock-with-search"
    settings = rival / "mkdocs-search.yml"
    plugins = yaml.safe_dump({"plugins": [{"search": {"lang": "nl"}}]})
    settings.write_text(f"{(rival / 'mkdocs.yml').read_text(encoding='utf-8')}{plugins}", encoding="utf-8")
    run_once(Command("stock site", build_command(site, "--config-file", str(settings)), rival))
    return site


def names_by_page(site: Path) -> dict[str, set[str]]:
    """Per page the names that the list of queries has for it; a page of many entries has many."""
    script = (site / "assets" / "search-data.js").read_text(encoding="utf-8")
    documents = json.loads(script.partition(" = ")[2].rstrip().removesuffix(";"))["documents"]
    names: dict[str, set[str]] = {}
    for document in documents:
        page = document["url"].partition("#")[0]
        name = document["id"] if document["type"] == "intervention" else f"{document['type']}:{document['id']}"
        if document["type"] in {"background", "tool"}:
            name = f"background:{Path(page.replace('/index.html', '.html')).stem}"
        names.setdefault(page, set()).add(name)
    return names


def ask_ours(site: Path) -> dict:
    """Our counts, from the runner that `node bench/search.mjs` is by itself."""
    report = run_node("search.mjs", "--site", str(site), "--queries", str(QUERIES), "--json")
    return {half: report["halves"][half] for half in HALVES}


def ask_material(site: Path, texts: list[str]) -> list[list[str]]:
    """Per query the pages that the worker of the theme gives, best first."""
    return run_node("search-material.mjs", str(site), given=texts)


def run_node(script: str, *arguments: str, given: object = None) -> object:
    """What a script beside this one prints as JSON; `given` is its input, as JSON too."""
    command = ("node", str(HERE / script), *arguments)
    result = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True)
    if result.returncode:
        raise RuntimeError(f"{script} ended with {result.returncode}:\n{result.stderr}")
    return json.loads(result.stdout)


def ask_pagefind(site: Path, texts: list[str]) -> list[list[str]]:
    """Per query the pages that Pagefind gives in a browser, best first. Adds its index to the site."""
    package = install_npm(*PAGEFIND)
    command = ("node", str(package / "lib/runner/bin.cjs"), "--site", str(site), "--root-selector", ".md-content")
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode:
        raise RuntimeError(f"pagefind ended with {result.returncode}:\n{result.stdout}{result.stderr}")
    with serve(site) as server, open_browser() as browser:
        page = browser.new_page()
        page.goto(f"{server.url}index.html")
        found = page.evaluate(ASK_PAGEFIND, [texts, DEEPEST])
        page.close()
    return [[url.lstrip("/") for url in urls] for urls in found]


def count_right(queries: list[dict], found: list[list[str]], names: dict[str, set[str]]) -> dict:
    """The counts per half and kind of a search that finds pages."""
    ranks = [rank(query["expect"], pages, names) for query, pages in zip(queries, found, strict=True)]
    pairs = list(zip(queries, ranks, strict=True))

    def count(chosen: Callable[[dict], bool]) -> dict[str, int]:
        places = [place for query, place in pairs if chosen(query)]
        return {
            "queries": len(places),
            "first": sum(place == 1 for place in places),
            "three": sum(1 <= place <= 3 for place in places),
        }

    kinds = list(dict.fromkeys(query["kind"] for query in queries))
    return {
        half: {
            **count(lambda query, half=half: query["half"] == half),
            "kinds": {
                kind: count(lambda query, half=half, kind=kind: (query["half"], query["kind"]) == (half, kind))
                for kind in kinds
            },
        }
        for half in HALVES
    }


def rank(expected: list[str], pages: list[str], names: dict[str, set[str]]) -> int:
    """The place of the first right answer from 1, or 0; without an answer the right thing is to find no page at all."""
    if not expected:
        return 0 if pages else 1
    known = [names[page] for page in dict.fromkeys(page.partition("#")[0] for page in pages) if page in names]
    return next((place for place, here in enumerate(known, 1) if here & set(expected)), 0)


def format_table(figures: dict) -> str:
    """Success at 1 and at 3 in per cent, per half, and per kind for the half that is only measured."""
    head = f"{'':28}{'n':>5}" + "".join(f"{name + ' @1':>14}{'@3':>7}" for name in figures)

    def line(name: str, counts: list[dict]) -> str:
        cells = (
            f"{100 * one['first'] / one['queries']:14.1f}{100 * one['three'] / one['queries']:7.1f}" for one in counts
        )
        return f"{name:28}{counts[0]['queries']:5}{''.join(cells)}"

    lines = [head, *(line(half, [counts[half] for counts in figures.values()]) for half in HALVES), ""]
    for kind in figures["ours"]["measure"]["kinds"]:
        counts = [counts["measure"]["kinds"][kind] for counts in figures.values()]
        lines.append(line(f"measure, {kind}", counts))
    return "\n".join(
        [*lines, "", "Goal for ours on the half that is only measured: 90 % first, 97 % in the first three."]
    )
