"""Other versions of the data: a folder, or what git keeps of the knowledge base, where there is git."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from contextlib import ExitStack
from pathlib import Path

from kennisbank import kinds, load
from kennisbank.check import SCHEMA_FOLDER
from kennisbank.cli.arguments import WrongUseError


def read_committed(root: Path, kind: kinds.Kind) -> list[load.Record]:
    """The records of a kind as the last commit has them, of the files that are not as they were; else nothing.

    Nothing too where there is no git, or no commit: then nobody knows what stood there.
    """
    names = kind.file, f"{kinds.DATA}/{kind.name}"
    changed = _git(root, "diff", "--no-ext-diff", "--name-only", "--relative", "-z", "HEAD", "--", *names)
    records = []
    for name in changed.decode("utf-8", "replace").split("\0")[:-1]:
        text = _git(root, "show", f"HEAD:./{name}").decode("utf-8", "replace")
        data = load.parse(text, name).data
        records += [record for record in data if isinstance(record, dict)] if isinstance(data, list) else []
    return records


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
