"""The browsers that do the tasks of the contract, each behind the same few acts of a reader.

Chromium and Firefox are driven by Playwright, WebKit by the driver that its makers give with it (WebDriver), because
Playwright's WebKit is a build of its own that no distribution has. `BROWSERS` names those that are wanted ("all", or names with blanks between);
without it that is Chromium. What a page may not do is written down by a script that `watch` puts before its first.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import time
import zlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from playwright.sync_api import Error, Locator, Page, Playwright

from tests.browser import chromium

WAIT = 15.0  # seconds until something that has to come true is given up
PAUSE = 0.05  # between two looks

# Watches the page it stands on: errors, what could not be loaded, what the policy refused, what came from elsewhere.
WATCH = """
(() => {
  const faults = window.__faults = [];
  addEventListener("error", event => faults.push(event.target === window ? "error: " + event.message : "not loaded: " + (event.target.src || event.target.href)), true);
  addEventListener("unhandledrejection", event => faults.push("error: " + event.reason));
  addEventListener("securitypolicyviolation", event => faults.push("refused: " + event.violatedDirective + " " + event.blockedURI));
  const tell = console.error;
  console.error = (...words) => { faults.push("console: " + words.join(" ")); tell.apply(console, words); };
  const foreign = entries => entries.filter(({ name }) => /^(https?|wss?):/.test(name) && new URL(name).host !== location.host);
  new PerformanceObserver(list => foreign(list.getEntries()).forEach(entry => faults.push("request to another host: " + entry.name)))
    .observe({ type: "resource", buffered: true });
})();
"""
FIRST_SCRIPT = "assets/kb.js"  # of every page


class Reader(Protocol):
    """What a reader does in a browser. A selector is CSS and means the first match that is in sight."""

    faults: list[str]

    def note(self) -> None:
        """Add to ``faults`` what went wrong on this page since the last look."""

    def go(self, url: str) -> None:
        """Load an address, as if it were typed."""

    def run(self, script: str, *values: Any) -> Any:
        """What a function of JavaScript answers, given as its source: ``(a, b) => …``."""

    def click(self, selector: str) -> None:
        """Click in the middle of something."""

    def type(self, selector: str, text: str) -> None:
        """Put a text into a field, key by key, in place of what it holds."""

    def choose(self, selector: str, value: str) -> None:
        """Choose from a list the option of that value."""

    def press(self, *keys: str) -> None:
        """Press keys one after the other; a key has the name that a page reads as `event.key`, or is "Space"."""

    def save(self, selector: str) -> str:
        """The text of the file that a click downloads."""

    def give(self, selector: str, path: Path) -> None:
        """Give a field for files a file."""

    def count_sheets(self) -> int | None:
        """How many sheets of paper the page takes; ``None`` where the browser prints for nobody but a person."""


def until(look: Callable[[], Any], what: str) -> Any:
    """The first answer that is not empty; fails with what was waited for."""
    end = time.monotonic() + WAIT
    while not (found := look()):
        assert time.monotonic() < end, f"did not come true: {what}"
        time.sleep(PAUSE)
    return found


def watch(site: Path, to: Path) -> Path:
    """The site as links to the same files, with the watching script before the first of every page."""
    shutil.copytree(site, to, copy_function=_link, dirs_exist_ok=True)
    script = to / FIRST_SCRIPT
    source = script.read_text(encoding="utf-8")
    script.unlink()
    script.write_text(WATCH + source, encoding="utf-8")
    return to


def _link(source: str, to: str) -> None:
    try:
        os.link(source, to)
    except OSError:  # another disk
        shutil.copy2(source, to)


class Watched(ABC):
    """A reader who keeps what the watching script saw, also of pages that are left by a click."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    @abstractmethod
    def run(self, script: str, *values: Any) -> Any:
        """See `Reader.run`."""

    def note(self) -> None:
        """Take over what went wrong on this page since the last look."""
        self.faults += self.run("() => (window.__faults || []).splice(0)")


class PlaywrightReader(Watched):
    """Chromium or Firefox."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        page.set_default_timeout(WAIT * 1000)

    def _find(self, selector: str) -> Locator:
        return self._page.locator(selector).locator("visible=true").first

    def go(self, url: str) -> None:
        self.note()
        if url.partition("#")[0] == self._page.url.partition("#")[0]:
            self._page.goto("about:blank")  # else another hash would be no new load
        self._page.goto(url)

    def run(self, script: str, *values: Any) -> Any:
        while True:
            try:
                return self._page.evaluate(f"values => ({script})(...values)", list(values))
            except Error as error:
                if "context was destroyed" not in error.message:
                    raise  # else the next page has come meanwhile

    def click(self, selector: str) -> None:
        self.note()
        self._find(selector).click()

    def type(self, selector: str, text: str) -> None:
        self._find(selector).fill("")
        self._find(selector).press_sequentially(text)

    def choose(self, selector: str, value: str) -> None:
        self._find(selector).select_option(value)

    def press(self, *keys: str) -> None:
        for key in keys:
            self._page.keyboard.press(key)

    def save(self, selector: str) -> str:
        with self._page.expect_download() as download:
            self.click(selector)
        return download.value.path().read_text(encoding="utf-8")

    def give(self, selector: str, path: Path) -> None:
        self._page.locator(selector).set_input_files(path)

    def count_sheets(self) -> int | None:
        return _count_pages(self._page.pdf(prefer_css_page_size=True))


def _count_pages(pdf: bytes) -> int:
    """Firefox packs the descriptions of pages together."""
    packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    texts = [pdf, *(zlib.decompressobj().decompress(part) for part in packed if part.startswith(b"\x78"))]
    return sum(len(re.findall(rb"/Type\s*/Page\b", text)) for text in texts)


# Of the protocol (https://www.w3.org/TR/webdriver2/): the name of an element in an answer, and the signs of keys (17.4.2).
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
KEYS = {
    "Tab": "\ue004",
    "Enter": "\ue007",
    "Escape": "\ue00c",
    "Space": " ",
    "ArrowUp": "\ue013",
    "ArrowDown": "\ue015",
}


class Session:
    """A session of WebDriver. The dozen commands that a reader needs are no reason for a library."""

    def __init__(self, server: str, wanted: dict[str, Any]) -> None:
        self._url = f"{server}/session"
        made = self.tell("", capabilities={"alwaysMatch": wanted})
        self._url += "/" + made["sessionId"]

    def ask(self, path: str) -> Any:
        """What a command without a body answers."""
        return self._send("GET", path)

    def tell(self, path: str, **body: Any) -> Any:
        """What a command answers."""
        return self._send("POST", path, body)

    def end(self) -> None:
        """Close the browser."""
        self._send("DELETE", "")

    def _send(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode("utf-8")
        request = Request(f"{self._url}/{path}".rstrip("/"), data, {"Content-Type": "application/json"}, method=method)
        try:
            with urlopen(request, timeout=120) as answer:
                return json.load(answer)["value"]
        except HTTPError as error:
            raise AssertionError(f"{path} {body}: {json.load(error)['value']['message']}") from error


class WebKitReader(Watched):
    """WebKit, by the driver that its makers give with it."""

    def __init__(self, session: Session, downloads: Path) -> None:
        super().__init__()
        self._session = session
        self._downloads = downloads

    def _find(self, selector: str) -> str:
        # In the middle, because the header stays on top of what is only just in sight.
        script = """selector => {
          const found = Array.from(document.querySelectorAll(selector)).find(one => one.checkVisibility({visibilityProperty: true}));
          if (found) found.scrollIntoView({block: "center", behavior: "instant"});
          return found;
        }"""
        element = until(lambda: self.run(script, selector), f"{selector} in sight")
        return f"element/{element[ELEMENT]}"

    def go(self, url: str) -> None:
        self.note()
        if url.partition("#")[0] == self._session.ask("url").partition("#")[0]:
            self._session.tell("url", url="about:blank")  # else another hash would be no new load
        self._session.tell("url", url=url)

    def run(self, script: str, *values: Any) -> Any:
        return self._session.tell("execute/sync", script=f"return ({script})(...arguments)", args=list(values))

    def click(self, selector: str) -> None:
        self.note()
        self._session.tell(self._find(selector) + "/click")

    def type(self, selector: str, text: str) -> None:
        field = self._find(selector)
        self._session.tell(field + "/clear")
        self._session.tell(field + "/value", text=text)

    def choose(self, selector: str, value: str) -> None:
        self._find(selector)
        script = (
            "(selector, value) => Array.from(document.querySelector(selector).options).find(one => one.value === value)"
        )
        option = self.run(script, selector, value)
        self._session.tell(f"element/{option[ELEMENT]}/click")

    def press(self, *keys: str) -> None:
        signs = [KEYS.get(key, key) for key in keys]
        steps = [{"type": kind, "value": sign} for sign in signs for kind in ("keyDown", "keyUp")]
        self._session.tell("actions", actions=[{"type": "key", "id": "keys", "actions": steps}])

    def save(self, selector: str) -> str:
        self.click(selector)
        path = until(lambda: next(self._downloads.glob("[!.]*.*"), None), "a downloaded file")
        until(lambda: path.stat().st_size, f"{path.name} with something in it")
        text = path.read_text(encoding="utf-8")
        path.unlink()
        return text

    def give(self, selector: str, path: Path) -> None:
        element = self.run("selector => document.querySelector(selector)", selector)
        self._session.tell(f"element/{element[ELEMENT]}/value", text=str(path))

    def count_sheets(self) -> int | None:
        return None  # its driver has no command for it


# ---------------------------------------------------------------- starting

CHROMIUM, FIREFOX, WEBKIT = "chromium", "firefox", "webkit"
NAMES = (CHROMIUM, FIREFOX, WEBKIT)
INSTALL = {
    FIREFOX: "sudo apt-get install firefox-esr",
    WEBKIT: "sudo apt-get install webkit2gtk-driver xvfb",
}
# Debian keeps it out of the way, in a folder with the name of the machine and of the interface.
WEBKIT_DRIVER = "WebKitWebDriver"
MINI_BROWSER = "webkit2gtk-4.*/MiniBrowser"
# What Playwright cannot ask of Firefox from outside: less motion, and light colours whatever the desktop has.
FIREFOX_SETTINGS = {
    "ui.prefersReducedMotion": 1,
    "layout.css.prefers-color-scheme.content-override": 1,
    "browser.download.alwaysOpenPanel": False,  # it takes the keys
}


def wanted() -> set[str]:
    """The browsers that this run asks for."""
    asked = os.environ.get("BROWSERS", "").replace(",", " ").split() or [CHROMIUM]
    strange = set(asked) - {*NAMES, "all"}
    assert not strange, f"BROWSERS names {', '.join(strange)}; known are all, {', '.join(NAMES)}"
    return set(NAMES) if "all" in asked else set(asked)


def find(name: str) -> str | None:
    """The program of a browser; ``None`` where it is missing."""
    if name == FIREFOX:
        return os.environ.get("FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
    if name == WEBKIT:
        has_screen = os.environ.get("DISPLAY") or shutil.which("Xvfb")
        found = sorted(Path("/usr/lib").glob(f"*/{MINI_BROWSER}")) if shutil.which(WEBKIT_DRIVER) else []
        return str(found[-1]) if found and has_screen else None
    return chromium.find_chromium()


def why_not(name: str) -> str | None:
    """One line that says why a browser does nothing in this run; ``None`` when it can be opened."""
    if name not in wanted():
        return f"{name}: make test BROWSERS=all (needs {INSTALL.get(name, 'a Chromium')})"
    if name != CHROMIUM and not find(name):
        return f"{name} is missing: {INSTALL[name]}"
    return None


@contextmanager
def open_reader(name: str, playwright: Playwright, folder: Path) -> Iterator[Reader]:
    """A reader in a browser that keeps nothing yet, for as long as the block lasts.

    ``folder`` is where the browser may leave what it likes.
    """
    if name == WEBKIT:
        with open_screen() as screen, _open_webkit(folder, screen) as session:
            yield WebKitReader(session, folder)
        return
    if name == FIREFOX:
        browser = playwright.firefox.launch(
            channel="moz-firefox", executable_path=find(name), firefox_user_prefs=FIREFOX_SETTINGS
        )
    else:
        browser = chromium.launch(playwright)
    page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="nl-NL")
    page.goto("about:blank")
    yield PlaywrightReader(page)
    browser.close()


@contextmanager
def open_screen() -> Iterator[str]:
    """The screen that there is, else one that nobody sees."""
    if screen := os.environ.get("DISPLAY"):
        yield screen
        return
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1400x1000x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as said:
        number = said.readline().strip()
    try:
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


@contextmanager
def _open_webkit(folder: Path, screen: str) -> Iterator[Session]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # What is downloaded goes to the home folder where there is no other.
    surroundings = os.environ | {"HOME": str(folder), "DISPLAY": screen}
    driver = subprocess.Popen([shutil.which(WEBKIT_DRIVER) or "", f"--port={port}"], env=surroundings)
    until(lambda: _answers(port), "the driver of WebKit")
    options = {"binary": find(WEBKIT), "args": ["--automation"]}
    try:
        session = Session(f"http://127.0.0.1:{port}", {"webkitgtk:browserOptions": options})
        session.tell("window/rect", width=1280, height=960)
        yield session
        session.end()
    finally:
        driver.terminate()
        driver.wait()


def _answers(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0
