"""The generator is replaceable: the same tree builds with MkDocs and with its successor ProperDocs, without a warning."""

import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from kennisbank import macros, model
from tests.previews import copy_project

# The only line of a page that may differ: it names the generator.
GENERATOR_LINE = re.compile(rb'<meta name="generator"[^>]*>')


def list_pages(folder: Path) -> dict[str, bytes]:
    """Every file of a site that a reader or another program uses, by its path, without the generator's name."""
    kinds = {".html", ".json", ".csv", ".js", ".css", ".xml"}
    return {
        path.relative_to(folder).as_posix(): GENERATOR_LINE.sub(b"", path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.suffix in kinds
    }


@pytest.mark.long
def test_properdocs_makes_the_same_site(build_site: Callable[..., Path], project_root: Path, tmp_path: Path) -> None:
    """Of every kind of page one; both builds fail on a warning."""
    root = copy_project(project_root, tmp_path / "project")
    ours, theirs = (list_pages(build_site(generator, root)) for generator in ("mkdocs", "properdocs"))
    assert ours
    assert theirs.keys() == ours.keys()
    assert [path for path in ours if theirs[path] != ours[path]] == []


def test_entries_are_not_in_the_navigation(read_page: Callable[[str], str]) -> None:
    """The navigation stands on every page, so a list of entries in it grows with the square of their number."""
    navigation = "".join(re.findall(r"<nav\b.*?</nav>", read_page("index.html"), re.DOTALL))
    assert navigation
    entry = r'href="(?:interventions|institutions)/(?!(?:index|matrix|gaps|transfer)\.html)[a-z0-9-]+\.html'
    assert re.findall(entry, navigation) == []


def test_the_macros_ask_no_more_than_every_generator_offers(kb: model.KnowledgeBase, project_root: Path) -> None:
    """Zensical runs the same macros: its environment has a folder and settings, its page an address and metadata."""
    page = SimpleNamespace(url="interventions/dapper.html", meta={})
    call = '<!--[[ intervention("dapper") ]]-->'
    env = SimpleNamespace(project_dir=str(project_root), conf={"site_url": "", "extra": {}}, page=page, markdown=call)
    macros.on_pre_page_macros(env)
    text = env.markdown
    assert kb.interventions["dapper"].tagline in text
    assert 'href="../interventions/index.html"' in text
    assert page.meta["title"] == kb.interventions["dapper"].name


def test_the_overrides_call_no_method_of_python(project_root: Path) -> None:
    """MiniJinja, in which Zensical prints the theme, has filters and no methods of Python."""
    files = sorted((project_root / "overrides").rglob("*.html"))
    assert files
    called = {
        file.name: re.findall(r"\.\w+\(", "".join(re.findall(r"\{[{%].*?[%}]\}", file.read_text(encoding="utf-8"))))
        for file in files
    }
    assert {name: methods for name, methods in called.items() if methods} == {}
