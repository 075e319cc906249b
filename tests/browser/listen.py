"""What the screen reader Orca says of pages in Firefox, as text for a person to read: no test, because its words are Orca's.

    .venv/bin/python -m tests.browser.listen [name of a page below …]

writes `tests/heard/<name>.txt` for each page below, from the site in `site` (`make site`; `SITE_DIR=` names another). Needs Debian's packages firefox-esr, orca, at-spi2-core, dbus-x11,
xdotool, openbox and xvfb; no sound and no speech: what Orca would have said stands in its log. About a minute a page.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.browser.engines import open_screen
from tests.helpers import ROOT

HEARD = ROOT / "tests" / "heard"
SITE = Path(os.environ.get("SITE_DIR", ROOT / "site")).resolve()
# After the page was read from its beginning, these keys are pressed (names of xdotool; in Orca "r" goes to the next radio
# button, "c" to the next list or text field to choose from, "b" to the next button).
PAGES = {
    "entry": ("interventions/puinruimen.html", ()),
    "institution": ("institutions/zwolle.html", ()),
    "guide": ("choose/index.html", ("ctrl+Home", "r", "space", "r", "r", "space", "Tab", "Tab", "Tab", "Down", "Down")),
    "colours": ("about/privacy.html", ("ctrl+Home", "b", "Return")),
}
PROFILE = """
user_pref("accessibility.force_disabled", -1);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.aboutwelcome.enabled", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("toolkit.telemetry.reportingpolicy.firstRun", false);
user_pref("browser.startup.homepage_override.mstone", "ignore");
user_pref("layout.css.prefers-color-scheme.content-override", 1);
"""
SAID = re.compile(r"SPEECH OUTPUT: '(.*?)'")
QUIET = 15  # seconds without a word: Orca has finished, also on a busy machine
FIRST = 25  # words at least: before a page is read its name and its size are said
LONGEST = 240  # seconds that a page may take to be read
BUS = "/usr/libexec/at-spi-bus-launcher"


@contextmanager
def running(*command: str, **options) -> Iterator[subprocess.Popen]:
    """A program for as long as the block lasts."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def heard(log: Path) -> list[str]:
    """What was said until now."""
    return SAID.findall(log.read_text(encoding="utf-8", errors="replace")) if log.exists() else []


def wait_until_quiet(log: Path, least: int = 0) -> list[str]:
    """What was said, once more than ``least`` was and no more comes."""
    start = since = time.monotonic()
    words = heard(log)
    while (now := time.monotonic()) - start < LONGEST and (len(words) <= least or now - since < QUIET):
        time.sleep(0.5)
        if len(more := heard(log)) != len(words):
            words, since = more, time.monotonic()
    return words


def listen(url: str, keys: tuple[str, ...], folder: Path) -> str:
    """What Orca says of a page when it is opened, and then after each key."""
    log, profile = folder / "orca.log", folder / "profile"
    profile.mkdir()
    (profile / "user.js").write_text(PROFILE, encoding="utf-8")
    with ExitStack() as stack:
        stack.enter_context(running(BUS, "--launch-immediately"))
        time.sleep(1)
        stack.enter_context(running("openbox"))
        stack.enter_context(running("orca", "--replace", f"--debug-file={log}"))
        time.sleep(6)
        before = len(heard(log))
        stack.enter_context(running("firefox-esr", "--profile", str(profile), "--no-remote", url))
        words = wait_until_quiet(log, before + FIRST)
        text = "\n".join(words[before:]) + "\n"
        for key in keys:
            before = len(words)
            subprocess.run(["xdotool", "key", key], check=True)
            words = wait_until_quiet(log)
            text += f"\n[{key}]\n" + "\n".join(words[before:]) + "\n"
    return text


def main(names: list[str]) -> None:
    """Write what is heard of the pages of these names; of all when there are none."""
    HEARD.mkdir(exist_ok=True)
    for name in names or PAGES:
        path, keys = PAGES[name]
        with tempfile.TemporaryDirectory() as folder:
            os.environ |= {"HOME": folder, "XDG_RUNTIME_DIR": folder}
            text = listen(f"{SITE.as_uri()}/{path}", keys, Path(folder))
        (HEARD / f"{name}.txt").write_text(text, encoding="utf-8")
        print(f"{name}: {len(text.splitlines())} lines", flush=True)


if __name__ == "__main__":
    if "LISTENING" in os.environ:
        main(sys.argv[1:])
    else:
        # A bus of its own, so that Orca hears this Firefox and nothing else.
        with open_screen() as screen:
            spoken = {"LANG": "nl_NL.UTF-8", "GTK_MODULES": "gail:atk-bridge"}
            surroundings = os.environ | spoken | {"LISTENING": "1", "DISPLAY": screen}
            command = ["dbus-run-session", "--", sys.executable, "-m", "tests.browser.listen", *sys.argv[1:]]
            sys.exit(subprocess.run(command, env=surroundings, cwd=ROOT).returncode)
