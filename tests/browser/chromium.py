"""The Chromium of the tests and the benchmarks: it calls nobody by itself, and no page makes it reach another host."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.helpers import tell_all

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    # Keeps Chromium itself from calling home, so that what is recorded comes from the page.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    # Refuses every other host without a word to Python for each request, which a route of Playwright's asks for.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
# The shell without windows is the same browser for a third of the processor time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def find_chromium() -> str | None:
    """The path of a Chromium: CHROMIUM, or one that is installed; None leaves the choice to Playwright."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def launch(playwright: Playwright) -> Browser:
    """A Chromium, to be closed by who asked for it."""
    return playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)


@contextmanager
def open_browser() -> Iterator[Browser]:
    """A Chromium for as long as the block lasts."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


class Recorder:
    """What the pages of one test asked for and did: ``all`` addresses, ``foreign`` ones, ``errors``, and cookies."""

    def __init__(self, *allowed: str) -> None:
        """``allowed`` are the starts of the addresses that a page may ask for."""
        self.all: list[str] = []
        self.foreign: list[str] = []
        self.errors: list[str] = []
        self._allowed = allowed
        self._contexts: list[BrowserContext] = []

    def watch(self, context: BrowserContext) -> None:
        """Records from now on what every page of the context does."""
        self._contexts.append(context)
        context.on("request", lambda request: self._record(request.url))
        context.on("weberror", lambda error: self.errors.append(str(error.error)))

    def _record(self, url: str) -> None:
        self.all.append(url)
        # data:, blob: and about: never leave the page.
        if urlsplit(url).scheme not in ("data", "blob", "about") and not url.startswith(self._allowed):
            self.foreign.append(url)

    def find_faults(self) -> list[str]:
        """What no page may do, a line each."""
        cookies = [cookie["name"] for context in self._contexts for cookie in context.cookies()]
        return [
            *(f"request to another host: {url}" for url in self.foreign),
            *(f"error in a script: {error}" for error in self.errors),
            *(f"cookie: {name}" for name in cookies),
        ]


@contextmanager
def watch_pages(browser: Browser, *allowed: str) -> Iterator[Callable[..., Page]]:
    """A function that opens an empty page; see the fixture ``browser_page``. At the end it fails with every fault."""
    recorder = Recorder(*allowed)
    contexts = []

    def open_page(
        width: int = 1280, scheme: str = "light", javascript: bool = True, height: int = 900, **options
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
        recorder.watch(context)
        return context.new_page()

    open_page.recorder = recorder
    try:
        yield open_page
        faults = recorder.find_faults()
    finally:
        for context in contexts:
            context.close()
    tell_all(faults)
