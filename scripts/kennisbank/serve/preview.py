"""What the reader of the preview sees: the last good site, and what is wrong with the files since."""

from __future__ import annotations

import datetime
import logging
import shutil
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from kennisbank import build, load
from kennisbank.check import check, report
from kennisbank.serve import faults, watch

MADE = "site"


class Remarks(logging.Handler):
    """Keeps what MkDocs warns of, to be told when the page is there."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one warning."""
        self.texts.append(record.getMessage())

    def take(self) -> list[str]:
        """What was kept, which is then forgotten."""
        taken, self.texts = self.texts, []
        return taken


class Preview:
    """The site of a project, as fresh as its files. All methods may be called from any thread."""

    def __init__(self, root: Path, folder: Path, make_site: Callable, tell: Callable[[str], None]) -> None:
        """``folder`` is for what is made, ``make_site`` a class like ``Whole``, ``tell`` says a text in the terminal."""
        self.root, self.folder, self.make_site, self.tell = root, folder, make_site, tell
        self.site = None
        self.warnings: list[load.Problem] = []  # as told last
        self.errors: list[load.Problem] = []  # why the site is not that of the files
        self.kept: dict[str, bytes] = {}  # the last good form of each page that was asked for
        self.told: list[load.Problem] = []  # the errors that were told of these files
        self.stamp: watch.Stamp | None = None
        self.version = ""
        self.number = 0
        self.lock = threading.RLock()
        self.renewed = threading.Condition()
        self.remarks = Remarks()
        logger = logging.getLogger("mkdocs")
        logger.addHandler(self.remarks)
        logger.propagate = False
        self.announce()

    def look(self) -> bool:
        """Renew the site when a file has changed, and tell; whether one had."""
        with self.lock:
            if watch.stamp_sources(self.root) == self.stamp:
                return False
            self.stamp = watch.settle(self.root)
            self.renew()
        self.announce()
        return True

    def renew(self) -> None:
        """Check the files and make their site; when that cannot be done the present one stays."""
        problems, self.errors = [], []
        self.number += 1
        folder = self.folder / f"{MADE}-{self.number}"
        try:
            with load.without_collector():
                loaded = load.load(self.root)
                problems = check(loaded)
                self.errors = load.only_errors(problems)
                if not self.errors:
                    kb = build.build(loaded)
                    build.hold(self.root, kb)
                    self.site, before = self.make_site(self.root, folder, kb, self.site), self.site
                    if before:
                        shutil.rmtree(before.folder, ignore_errors=True)
        except (Exception, SystemExit) as error:
            self.errors = faults.describe(error, self.root, faults.SETTINGS, self.remarks.take())
            shutil.rmtree(folder, ignore_errors=True)
            if self.site:
                build.hold(self.root, self.site.kb)
        if self.errors:
            self.tell_errors(self.errors)
        elif problems != self.warnings:
            self.warnings = problems
            self.tell(report.as_text(problems, sys.stdout.isatty()))
        else:
            self.tell(load.say("serve.renewed", time=datetime.datetime.now().strftime("%H:%M:%S")))
        self.told = self.errors
        self.tell_remarks()

    def tell_errors(self, errors: list[load.Problem]) -> None:
        """Say in the terminal what keeps the site from being that of the files."""
        ending = load.say("serve.kept" if self.site else "serve.nothing")
        self.tell(report.as_text(errors, sys.stdout.isatty(), ending))

    def tell_remarks(self) -> None:
        """Pass on what MkDocs warned of."""
        for text in self.remarks.take():
            self.tell(load.say("serve.remark", text=text))

    def report(self, problems: list[load.Problem]) -> None:
        """Show a mistake that was found elsewhere, until a file changes."""
        with self.lock:
            self.errors = problems
            self.tell_errors(problems)
        self.announce()

    def read(self, address: str) -> tuple[bytes | None, list[load.Problem]]:
        """The file at an address, made of the files as they are now, and what is wrong.

        Where something is wrong the file is the last good one; ``None`` when there was none or no such address.
        """
        with self.lock:
            self.look()
            if self.site is None:
                return None, self.errors
            try:
                with load.without_collector():
                    body = self.site.read(address)
            except (Exception, SystemExit) as error:
                found = faults.describe(error, self.root, self.site.find_source(address), self.remarks.take())
                if not set(found) <= set(self.told):  # one mistake in a template breaks many pages
                    self.told = [*self.told, *found]
                    self.tell_errors(found)
                return self.kept.get(address), [*self.errors, *found]
            self.tell_remarks()
            if body is not None and address.endswith(".html"):
                self.kept[address] = body
            return body, self.errors

    def announce(self) -> None:
        """Let every page that waits know that there is something new."""
        with self.renewed:
            # A time, so that a page of before a restart knows that it is old.
            self.version = str(time.time_ns())
            self.renewed.notify_all()

    def wait(self, version: str, longest: float) -> str:
        """The present version, as soon as it is another one than that of the page, or after ``longest`` seconds."""
        with self.renewed:
            self.renewed.wait_for(lambda: self.version != version, timeout=longest)
            return self.version
