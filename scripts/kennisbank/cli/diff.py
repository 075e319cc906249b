"""``kennisbank diff``: what changed between two states of the data, in words."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from kennisbank import kinds, load
from kennisbank.check import SCHEMA_FOLDER
from kennisbank.cli.arguments import WrongUseError, advise, find_root, parse
from kennisbank.cli.reading import refuse_unread
from kennisbank.renewal import compare, words


def run(arguments: Sequence[str]) -> bool:
    """Print the differences. True when one of the two cannot be read; raises ``WrongUseError``."""
    given = parse("diff", arguments, {"--format": words.FORMATS[0]}, more={"old": "?", "new": "?"})
    if given.format not in words.FORMATS:
        advice = advise(given.format, words.FORMATS)
        raise WrongUseError(load.say("cli.format", name=load.shown(given.format), advice=advice))
    root = find_root(given)
    with ExitStack() as stack:
        old = find_state(root, given.old or last_release(root), stack)
        new = find_state(root, given.new, stack) if given.new else root
        before, after = load.load(old), load.load(new)
        if refuse_unread(before, after):
            return True
        print(words.tell(compare.compare(before, after), before, after, given.format), end="")
    return False


def last_release(root: Path) -> str:
    """The name of the last release, or of the last commit when there is none yet."""
    found = _git(root, "describe", "--tags", "--abbrev=0")
    return found.decode().strip() if found else "HEAD"


def find_state(root: Path, name: str, stack: ExitStack) -> Path:
    """The folder with the data that ``name`` means: a folder, or a commit, which is laid out for as long as needed."""
    if (Path(name) / kinds.DATA).is_dir():
        return Path(name)
    commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    names = [kinds.DATA, *([SCHEMA_FOLDER] if (root / SCHEMA_FOLDER).is_dir() else [])]
    packed = _git(root, "archive", commit.decode().strip(), *names) if commit else b""
    if not packed:
        raise WrongUseError(load.say("diff.unknown", name=load.shown(name)))
    folder = stack.enter_context(tempfile.TemporaryDirectory())
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
    return Path(folder)


def _git(root: Path, *arguments: str) -> bytes:
    """What git says in the folder of the knowledge base; nothing when it fails or is not there."""
    try:
        found = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=False)
    except OSError:
        return b""
    return found.stdout if found.returncode == 0 else b""
