"""What more than one test file needs and no fixture gives."""

import html
import json
import re
import subprocess
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCHEMAS = ROOT / "schema"

# For what differs between the two hosts: storage, tabs, history and loading; and once for every script.
on_both = pytest.mark.parametrize("site_url", ["file", pytest.param("http", marks=pytest.mark.long)], indirect=True)

# For a long row of the same kind: each run looks at one in four, `make weekly` at every one.
some_or_all = pytest.mark.parametrize(
    "stride", [pytest.param(4, id="some"), pytest.param(1, id="all", marks=pytest.mark.long)]
)


def tell_all(problems: Iterable[object]) -> None:
    """Fails with every problem, one a line, so that the first does not hide the rest."""
    __tracebackhide__ = True
    found = [str(problem) for problem in problems]
    assert not found, f"{len(found)} found\n" + "\n".join(found)


def words(source: str) -> str:
    """The text of a page or of a piece of one as a reader sees it, in one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", source)).split())


def read_script(text: str) -> dict:
    """The data of a classic script that is one line, ``window.NAME = {…};``."""
    return json.loads(text.partition(" = ")[2].rstrip().removesuffix(";"))


def read_schema(name: str) -> dict:
    """A schema of the project by the name of its kind."""
    return json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))


def git(root: Path, *arguments: str) -> None:
    """Runs git in a folder, as somebody."""
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True)


def git_begin(root: Path) -> None:
    """A folder with all its files in a first commit."""
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "een")


def git_refs(root: Path, form: str) -> list[str]:
    """The branches and tags of a folder, each as git's ``form`` has it: ``refname`` or ``refname:short``."""
    command = ["git", "for-each-ref", f"--format=%({form})"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout.split()


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without a line per request."""

    def log_message(self, *arguments: Any) -> None:
        """Says nothing."""


@contextmanager
def serve_folder(folder: Path) -> Iterator[str]:
    """The address of a folder on a local server, on a free port, with a slash at the end; for as long as the block lasts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()
