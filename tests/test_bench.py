"""The benchmarks run and tell what they measure. No time is judged here; that is for who reads the tables."""

import sys
from contextlib import nullcontext
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bench import __main__ as bench
from bench import build, edit_loop, filters, finished_markdown, lighthouse, query, synthetic, weight
from bench import check as check_time
from bench.context import Context
from bench.measure import Command, Run
from kennisbank import load
from kennisbank.check import check
from tests.helpers import tell_all

pytestmark = pytest.mark.bench

MORE = 3  # entries beyond the real ones

# What ItemsJS does, counted one by one: it also proves that our filters count right, and needs no network.
PLAIN_COUNTING = """
window.itemsjs = (entries, { aggregations }) => ({ search({ filters }) {
  const passes = (entry, without) => Object.keys(filters).every(
    name => name === without || !filters[name].length || filters[name].some(term => entry[name].includes(term)));
  const found = {};
  for (const name of Object.keys(aggregations)) {
    const counts = new Map();
    for (const entry of entries.filter(other => passes(other, name))) {
      for (const term of entry[name]) counts.set(term, (counts.get(term) || 0) + 1);
    }
    found[name] = { buckets: Array.from(counts, ([key, doc_count]) => ({ key, doc_count })) };
  }
  return { data: { aggregations: found }, pagination: { total: entries.filter(entry => passes(entry)).length } };
} });
null
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, project_root: Path) -> Path:
    """A synthetic project of a few entries more than the real one, with the catalogue as its only list."""
    folder = tmp_path_factory.mktemp("bench") / "project"
    return synthetic.write_project(folder, synthetic.count_records(project_root) + MORE, project_root, pages=False)


@pytest.fixture
def shared_browser(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """The benchmarks use the browser of this run: Playwright runs once per process."""
    for part in (edit_loop, filters, query, weight):
        monkeypatch.setattr(part, "open_browser", lambda: nullcontext(browser))


@pytest.fixture
def context(tmp_path: Path, project_root: Path, site_dir: Path) -> Context:
    """A run of the real size that finds the site of these tests already made."""
    entries = synthetic.count_records(project_root)
    made = dict.fromkeys((f"site-{entries}", f"site-{entries}-catalogue", "stock-interventions-dapper"), site_dir)
    return Context(project_root, tmp_path, runs=1, entries=(entries,), made=made)


def test_a_synthetic_project_passes_the_check(project: Path, project_root: Path) -> None:
    loaded = load.load(project)
    assert [problem for problem in check(loaded) if problem.severity == "error"] == []
    assert len(loaded.records["interventions"]) == synthetic.count_records(project_root) + MORE


def test_the_same_size_gives_the_same_project(project: Path, project_root: Path, tmp_path: Path) -> None:
    other = synthetic.write_project(tmp_path / "other", synthetic.count_records(project_root) + MORE, project_root)
    name = "data/interventions/part-000.yaml"
    assert (other / name).read_bytes() == (project / name).read_bytes()


def test_a_variation_has_other_words_and_the_same_structure(project_root: Path) -> None:
    block = synthetic.read_blocks(project_root, "interventions")[0]
    words = synthetic.Words([prose for _, _, prose in synthetic.split_record(block)])
    varied = synthetic.vary_record(block, "anders-00099", {}, words)
    assert varied != block
    assert len(varied.split("\n")) == len(block.split("\n"))
    assert [line.split(":")[0] for line in varied.split("\n") if line.startswith("  ") and ": " in line] == [
        line.split(":")[0] for line in block.split("\n") if line.startswith("  ") and ": " in line
    ]


def test_fewer_entries_than_the_real_ones_are_refused(project_root: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="entries cannot be made"):
        synthetic.write_project(tmp_path / "few", 1, project_root)


def test_no_file_of_records_is_larger_than_the_check_allows(tmp_path: Path) -> None:
    synthetic.write_blocks(tmp_path, (f"- id: a{number}\n" + "x" * 700_000 + "\n" for number in range(4)))
    sizes = [path.stat().st_size for path in sorted(tmp_path.glob("*.yaml"))]
    assert len(sizes) == 2
    assert max(sizes) < 2_000_000


def test_check(context: Context) -> None:
    assert "goal" in check_time.format_table(check_time.measure(context))


def test_build(context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = (*build.OUR_PARTS, build.RIVAL)
    nothing = [Command(name, (sys.executable, "-c", "pass"), tmp_path) for name in names]
    monkeypatch.setattr(build, "list_commands", lambda *arguments: nothing)
    monkeypatch.setattr(Context, "rival", lambda *arguments: tmp_path)
    context.entries = (context.entries[0], context.entries[0] + MORE)
    figures = build.measure(context)
    assert [len(runs) for size in figures.values() for runs in size.values()] == [1] * 8
    assert "growth" in build.format_table(figures)


def test_the_rival_has_the_same_words_and_none_of_our_extensions(project: Path, tmp_path: Path) -> None:
    finished_markdown.write_rival(project, tmp_path)
    assert 'data-id="dapper"' in (tmp_path / "docs/interventions/index.md").read_text(encoding="utf-8")
    assert "kennisbank" not in (tmp_path / "mkdocs.yml").read_text(encoding="utf-8").replace("Kennisbank", "")


@pytest.mark.usefixtures("shared_browser")
def test_filters(context: Context, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist/index.umd.js").write_text(PLAIN_COUNTING, encoding="utf-8")
    monkeypatch.setattr(filters, "install_npm", lambda *arguments: tmp_path)
    monkeypatch.setattr(filters, "STEPS", 12)
    monkeypatch.setattr(filters, "THROTTLES", (1,))
    assert "our page" in filters.format_table(filters.measure(context))


@pytest.mark.usefixtures("shared_browser")
def test_query(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query, "TYPED", 1)
    figures = query.measure(context)
    assert all(values for found in figures.values() for values in found.values())
    assert "first answer" in query.format_table(figures)


@pytest.mark.usefixtures("shared_browser")
def test_weight(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weight, "PAGES", {"entry page": "interventions/dapper"})
    figures = weight.measure(context)
    assert "/interventions/dapper.html" in figures["entry page"]["files"]
    assert "total" in weight.format_table(figures)


def test_lighthouse_tells_what_costs_points() -> None:
    metrics = dict.fromkeys(lighthouse.METRICS, 1.0)
    run = {"scores": dict.fromkeys(lighthouse.CATEGORIES, 99), "metrics": metrics, "lost": {"meta-description": 0}}
    assert "PI page: meta-description" in lighthouse.format_table({"PI page": [run]})


@pytest.mark.usefixtures("shared_browser")
def test_edit_loop(project: Path, tmp_path: Path) -> None:
    file, change, *_ = edit_loop.CHANGES["record"]
    changes = {"record": (file, change, "interventions/index.html", "[data-id='dapper'] .kb-entry__text")}
    figures = edit_loop.compare(project, tmp_path, 1, changes)
    assert all(len(figures["record"][server]) == 1 for server in edit_loop.COMMANDS)
    assert "ratio" in edit_loop.format_table({"75": figures})


def test_every_part_has_the_same_form() -> None:
    assert bench.list_parts() == list(bench.PARTS)
    parts = [import_module(f"bench.{name}") for name in bench.PARTS]
    tell_all(part.__name__ for part in parts if not (callable(part.measure) and callable(part.format_table)))


def test_a_run_writes_its_figures(
    context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = {"75": [asdict(Run(1.0, 1.0, 1.0))]}
    monkeypatch.setattr(bench, "PROJECT", tmp_path)
    monkeypatch.setattr(check_time, "measure", lambda context: figures)
    assert bench.main(["check"]) == 0
    assert "== check" in capsys.readouterr().out
    assert len(list((tmp_path / "bench/results").glob("check-*.json"))) == 1


def test_an_unknown_part_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        bench.main(["nothing"])
    assert "no such part" in capsys.readouterr().err
