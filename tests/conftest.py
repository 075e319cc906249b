"""Fixtures that the tests share: the built site, a local server, and a browser that may not leave it.

The site is built once per run. `SITE_DIR=<folder>` uses one that exists already; `CHROMIUM=<path>` chooses
the browser, else an installed one or Playwright's own is used (see scripts/browser.sh).
"""

import fcntl
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from kennisbank import build, load, model
from tests.browser.axe import WAYS, find_faults
from tests.browser.chromium import launch, watch_pages
from tests.helpers import ROOT, read_script, serve_folder, tell_all

# One day for the whole run, the site and the records alike, also when it runs past midnight.
os.environ.setdefault("SOURCE_DATE_EPOCH", str(int(time.time())))


@pytest.fixture(scope="session")
def project_root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def loaded(project_root: Path) -> load.Loaded:
    """The data of the project as plain dicts."""
    return load.load(project_root)


@pytest.fixture(scope="session")
def kb(loaded: load.Loaded) -> model.KnowledgeBase:
    """The knowledge base of the project, on the day of this run."""
    return build.build(loaded)


@pytest.fixture(scope="session")
def build_site(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """A function that builds the site and gives its folder: `build_site(generator="mkdocs", root=<project>)`.

    The generator is called as Python's module of that name. A build that fails or warns, fails the test with its output.
    """

    def run(generator: str = "mkdocs", root: Path = ROOT) -> Path:
        folder = tmp_path_factory.mktemp(f"site-{generator}")
        command = [sys.executable, "-m", generator, "build", "--strict", "--clean"]
        command += ["--config-file", str(root / "mkdocs.yml"), "--site-dir", str(folder)]
        environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
        result = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)
        output = result.stdout + result.stderr
        assert result.returncode == 0, f"{generator} build --strict ended with {result.returncode}:\n{output}"
        assert not re.search("WARNING|ERROR", output), f"{generator} build --strict warns:\n{output}"
        return folder

    return run


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[], bytes]], bytes]:
    """A function that gives what another makes, made by the first worker that asks and kept for the others.

    ``once("book", make)``; each thing has a name of its own.
    """

    def share(name: str, make: Callable[[], bytes]) -> bytes:
        if "PYTEST_XDIST_WORKER" not in os.environ:
            return make()
        with (tmp_path_factory.getbasetemp().parent / f"once-{name}").open("a+b") as kept:
            fcntl.flock(kept, fcntl.LOCK_EX)
            kept.seek(0)
            if not (made := kept.read()):
                made = make()
                kept.write(made)
        return made

    return share


@pytest.fixture(scope="session")
def site_dir(build_site: Callable[..., Path], once: Callable[[str, Callable[[], bytes]], bytes]) -> Path:
    """The folder of the built site: SITE_DIR when that is given, else built once for this run and all its workers."""
    given = os.environ.get("SITE_DIR")
    if not given:
        return Path(os.fsdecode(once("site", lambda: os.fsencode(build_site()))))
    folder = Path(given).resolve()
    assert (folder / "index.html").is_file(), f"SITE_DIR={given} holds no index.html"
    return folder


@pytest.fixture(scope="session")
def read_page(site_dir: Path) -> Callable[[str], str]:
    """A function that gives the source of a page or script of the site: `read_page("interventions/dapper.html")`."""

    @cache
    def read(url: str) -> str:
        return (site_dir / url).read_text(encoding="utf-8")

    return read


@pytest.fixture(scope="session")
def search_data(read_page: Callable[[str], str]) -> dict:
    """What the search of the site knows."""
    return read_script(read_page("assets/search-data.js"))


@pytest.fixture(scope="session")
def base_url(site_dir: Path) -> Iterator[str]:
    """The address of the site on a local server, on a free port, with a slash at the end."""
    with serve_folder(site_dir) as url:
        yield url


@pytest.fixture(scope="session")
def file_url(site_dir: Path) -> str:
    """The address of the same site straight from the disk, with a slash at the end."""
    return site_dir.as_uri() + "/"


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives the browsers; there can be one of it."""
    with sync_playwright() as instance:
        yield instance


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One Chromium for the whole run."""
    instance = launch(playwright)
    yield instance
    instance.close()


@pytest.fixture
def browser_page(browser: Browser, base_url: str, file_url: str) -> Iterator[Callable[..., Page]]:
    """A function that opens an empty page: `browser_page(width=1280, scheme="light", javascript=True)`.

    `width` and `height` are in CSS pixels, `scheme` is "light" or "dark"; what else is given goes to
    Playwright's `new_context`. Each page has a context of its own. When the test is over, a request to any
    other host, an error in a script and a cookie make it fail, even when nothing asked for that.
    """
    with watch_pages(browser, base_url, file_url) as open_page:
        yield open_page


@pytest.fixture
def site_url(request: pytest.FixtureRequest, base_url: str, file_url: str) -> str:
    """Where a test reads the site: the disk, where a page may do least; also a server where a test says `on_both`."""
    return {"http": base_url, "file": file_url}[getattr(request, "param", "file")]


@pytest.fixture
def visit(browser_page: Callable[..., Page], site_url: str) -> Callable[..., Page]:
    """A function that opens a page of the site: `visit("choose/index.html#weeks=6", width=320)`."""

    def open_path(path: str, **options: Any) -> Page:
        page = browser_page(**options)
        page.goto(site_url + path)
        return page

    return open_path


@pytest.fixture(scope="session")
def axe() -> Callable[..., None]:
    """A function that fails when axe finds a violation on the page: `axe(page)`, `axe(page, "main", ways=…)`.

    Narrow and dark, unless other ``ways`` are given: wide and light each kind of page is looked at in test_pages.py.
    """

    def run(page: Page, part: str | None = None, ways: tuple[tuple[int, str], ...] = WAYS[1:]) -> None:
        tell_all(find_faults(page, part, ways))

    return run


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what needs a browser or the built site, so that `make quick` can leave it out."""
    for item in items:
        needs = set(getattr(item, "fixturenames", ()))
        if {"browser", "playwright"} & needs:
            item.add_marker("browser")
        if "site_dir" in needs:
            item.add_marker("slow")
