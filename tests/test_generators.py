"""The generator is replaceable: the same tree builds with MkDocs and with its successor ProperDocs."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Build

# The only line of a page that may differ: it names the generator.
GENERATOR_LINE = re.compile(rb'<meta name="generator"[^>]*>')


@pytest.fixture(scope="module")
def properdocs_build(build_site: Callable[..., Build]) -> Build:
    """The site as ProperDocs makes it, from the same mkdocs.yml."""
    return build_site("properdocs")


def list_pages(folder: Path) -> dict[str, bytes]:
    """Every file of a site that a reader or another program uses, by its path, without the generator's name."""
    kinds = {".html", ".json", ".csv", ".js", ".css", ".xml"}
    return {
        path.relative_to(folder).as_posix(): GENERATOR_LINE.sub(b"", path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.suffix in kinds
    }


def test_mkdocs_builds_without_a_warning(site_build: Build) -> None:
    assert "WARNING" not in site_build.output
    assert "ERROR" not in site_build.output


def test_properdocs_builds_without_a_warning(properdocs_build: Build) -> None:
    assert "WARNING" not in properdocs_build.output
    assert "ERROR" not in properdocs_build.output


def test_properdocs_makes_the_same_site(site_build: Build, properdocs_build: Build) -> None:
    ours, theirs = list_pages(site_build.folder), list_pages(properdocs_build.folder)
    assert ours
    assert theirs.keys() == ours.keys()
    assert [path for path in ours if theirs[path] != ours[path]] == []


def test_entries_are_not_in_the_navigation(site_build: Build) -> None:
    """The navigation stands on every page, so a list of entries in it grows with the square of their number."""
    home = (site_build.folder / "index.html").read_text(encoding="utf-8")
    navigation = "".join(re.findall(r"<nav\b.*?</nav>", home, re.DOTALL))
    assert navigation
    assert (
        re.findall(
            r'href="(?:interventions|institutions)/(?!(?:index|matrix|gaps|transfer)\.html)[a-z0-9-]+\.html', navigation
        )
        == []
    )
