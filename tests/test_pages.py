"""Every kind of page in a real browser: nothing from elsewhere, no mistake in a script, open to everyone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

# One page of each kind; the first record of a folder stands for its kind.
KINDS = {
    "home": "index.html",
    "catalogue": "interventions/index.html",
    "entry": "interventions/*.html",
    "categories": "categories/index.html",
    "category": "categories/*.html",
    "institutions": "institutions/index.html",
    "institution": "institutions/*.html",
    "organisations": "organisations/index.html",
    "organisation": "organisations/*.html",
    "sources": "sources.html",
    "glossary": "glossary.html",
    "about": "about/index.html",
}


@pytest.fixture(params=KINDS)
def path(request: pytest.FixtureRequest, site_dir: Path) -> str:
    """The path of a page of this kind, within the site."""
    pattern = KINDS[request.param]
    found = sorted(file.relative_to(site_dir).as_posix() for file in site_dir.glob(pattern))
    pages = [name for name in found if "*" not in pattern or not name.endswith("/index.html")]
    assert pages, f"no page of kind {request.param}"
    return pages[0]


def open_all_details(page: Page) -> None:
    """Opens what folds, such as the filters."""
    page.evaluate("document.querySelectorAll('details').forEach(item => item.open = true)")


@pytest.mark.parametrize("host", ["http", "file"])
def test_a_page_asks_nothing_of_another_host(
    path: str,
    host: str,
    browser_page: Callable[..., Page],
    base_url: str,
    file_url: str,
) -> None:
    """The fixture fails on a request to elsewhere and a script that throws; this also on a file that fails to load."""
    page = browser_page()
    mistakes: list[str] = []
    page.on("console", lambda message: mistakes.append(message.text) if message.type == "error" else None)
    page.on("requestfailed", lambda request: mistakes.append(request.url))
    page.goto((base_url if host == "http" else file_url) + path)
    assert not mistakes


def test_a_page_reads_without_javascript(path: str, browser_page: Callable[..., Page], base_url: str) -> None:
    page = browser_page(javascript=False)
    page.goto(base_url + path)
    assert page.locator("h1").is_visible()
    assert len(page.locator("main").inner_text()) > 200


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing(
    path: str,
    width: int,
    scheme: str,
    browser_page: Callable[..., Page],
    axe: Callable[..., None],
    base_url: str,
) -> None:
    page = browser_page(width=width, scheme=scheme)
    page.goto(base_url + path)
    open_all_details(page)
    axe(page)


@pytest.mark.parametrize("width", [320])
def test_a_page_does_not_scroll_sideways(
    path: str, width: int, browser_page: Callable[..., Page], base_url: str
) -> None:
    page = browser_page(width=width)
    page.goto(base_url + path)
    open_all_details(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
