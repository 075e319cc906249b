"""Fixtures that the tests share: the built site, a local server, and a browser that may not leave it.

The site is built once per run. `SITE_DIR=<folder>` uses one that exists already; `CHROMIUM=<path>` chooses
the browser, else an installed one or Playwright's own is used (see scripts/browser.sh).
"""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route
from scripts.bench.browser import open_browser

from kennisbank import build, model

ROOT = Path(__file__).resolve().parent.parent

# WCAG 2.0, 2.1 and 2.2 at A and AA, and what axe calls best practice.
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]


@dataclass(frozen=True)
class Build:
    """A finished build: the folder with the site and what the generator printed."""

    folder: Path
    output: str


@pytest.fixture(scope="session")
def project_root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def kb(project_root: Path) -> model.KnowledgeBase:
    """The knowledge base of the project."""
    return build.read(project_root)


@pytest.fixture(scope="session")
def build_site(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Build]:
    """A function that builds the site strictly: `build_site(generator="mkdocs", root=<project>)`.

    The generator is called as Python's module of that name. A build that fails, fails the test with its output.
    """

    def run(generator: str = "mkdocs", root: Path = ROOT) -> Build:
        folder = tmp_path_factory.mktemp(f"site-{generator}")
        command = [sys.executable, "-m", generator, "build", "--strict", "--clean"]
        command += ["--config-file", str(root / "mkdocs.yml"), "--site-dir", str(folder)]
        environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1767225600"}
        result = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)
        output = result.stdout + result.stderr
        assert result.returncode == 0, f"{generator} build --strict ended with {result.returncode}:\n{output}"
        return Build(folder, output)

    return run


@pytest.fixture(scope="session")
def site_build(build_site: Callable[..., Build]) -> Build:
    """The site of this run, with the output of its build; not the one of SITE_DIR."""
    return build_site()


@pytest.fixture(scope="session")
def site_dir(request: pytest.FixtureRequest) -> Path:
    """The folder of the built site: SITE_DIR when that is given, else built for this run."""
    given = os.environ.get("SITE_DIR")
    if given:
        folder = Path(given).resolve()
        assert (folder / "index.html").is_file(), f"SITE_DIR={given} holds no index.html"
        return folder
    return request.getfixturevalue("site_build").folder


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without a line per request."""

    def log_message(self, *arguments: Any) -> None:
        """Says nothing."""


@pytest.fixture(scope="session")
def base_url(site_dir: Path) -> Iterator[str]:
    """The address of the site on a local server, on a free port, with a slash at the end."""
    handler = partial(QuietHandler, directory=str(site_dir))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def file_url(site_dir: Path) -> str:
    """The address of the same site straight from the disk, with a slash at the end."""
    return site_dir.as_uri() + "/"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    with open_browser() as instance:
        yield instance


class RequestRecorder:
    """Keeps the address of every request and stops those that would leave the site."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self.foreign: list[str] = []

    def watch(self, page: Page, allowed: tuple[str, ...]) -> None:
        """Records what the page's context asks for; `allowed` are the starts of addresses that may pass."""

        def is_foreign(url: str) -> bool:
            # data:, blob: and about: never leave the page.
            return urlsplit(url).scheme not in ("data", "blob", "about") and not url.startswith(allowed)

        def refuse(route: Route) -> None:
            self.foreign.append(route.request.url)
            route.abort()

        page.context.on("request", lambda request: self.all.append(request.url))
        page.context.route(is_foreign, refuse)


@pytest.fixture
def recorder(browser_page: Callable[..., Page]) -> RequestRecorder:
    """The recorder of the pages of this test: `recorder.all` and `recorder.foreign`."""
    return browser_page.recorder


@pytest.fixture
def browser_page(browser: Browser, base_url: str, file_url: str) -> Iterator[Callable[..., Page]]:
    """A function that opens an empty page: `browser_page(width=1280, scheme="light", javascript=True)`.

    `width` and `height` are in CSS pixels, `scheme` is "light" or "dark"; what else is given goes to
    Playwright's `new_context`. Each page has a context of its own. When the test is over, a request to any
    other host and an error in a script make it fail, even when nothing asked for that.
    """
    contexts = []
    errors: list[str] = []
    recorder = RequestRecorder()

    def open_page(
        width: int = 1280,
        scheme: str = "light",
        javascript: bool = True,
        height: int = 900,
        **options: Any,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            java_script_enabled=javascript,
            locale="nl-NL",
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        recorder.watch(page, (base_url, file_url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    open_page.recorder = recorder
    yield open_page
    for context in contexts:
        context.close()
    assert not recorder.foreign, f"requests to another host: {recorder.foreign}"
    assert not errors, f"errors in a script: {errors}"


@pytest.fixture(scope="session")
def axe() -> Callable[..., None]:
    """A function that fails when axe finds a violation on the page: `axe(page)`, or `axe(page, "main")`."""
    runner = Axe()

    def run(page: Page, context: str | None = None) -> None:
        results = runner.run(page, context=context, options={"runOnly": {"type": "tag", "values": AXE_TAGS}})
        violations = results.response["violations"]
        lines = [
            f"{violation['id']} ({violation['impact']}): {violation['help']}\n"
            + "\n".join(f"    {' '.join(map(str, node['target']))}" for node in violation["nodes"])
            for violation in violations
        ]
        assert not violations, f"{page.url}\n" + "\n".join(lines)

    return run
