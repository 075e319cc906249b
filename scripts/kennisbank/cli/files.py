"""Writing a file, or several: whole or not at all, and never outside the root."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from kennisbank import kinds


def replace(path: Path, text: str) -> None:
    """Give the file this text in one step: who reads it sees the old or the new, never a part.

    Raises ``OSError`` when that cannot be done; the old file is then untouched.
    """
    target = Path(os.path.realpath(path))
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        if target.exists():
            shutil.copymode(target, name)
        else:
            Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def is_inside(root: Path, path: Path) -> bool:
    """Whether ``path`` really lies under ``root``, symbolic links followed."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


# What the files were, while several are being replaced; a folder with this name means that they were not all done.
UNDO = f"{kinds.DATA}/.undo"
LISTED = "files.json"


def replace_all(root: Path, texts: Mapping[str, str]) -> None:
    """Give several files, by their names under the root, their text: all of them, or none.

    What they were is kept until all is done, so that a run that is killed halfway can be undone (``restore``).
    Raises ``OSError`` when it cannot be done; every file is then as it was.
    """
    restore(root)
    kept = Path(tempfile.mkdtemp(dir=root / kinds.DATA, prefix=".keep-"))
    try:
        present = {name: (root / name).exists() for name in texts}
        for number, (name, is_there) in enumerate(present.items()):
            if is_there:
                shutil.copy2(root / name, kept / str(number))
        (kept / LISTED).write_text(json.dumps(present), encoding="utf-8")
        kept.rename(root / UNDO)
    except BaseException:
        shutil.rmtree(kept, ignore_errors=True)
        raise
    try:
        for name, text in texts.items():
            replace(root / name, text)
    except BaseException:
        restore(root)
        raise
    _forget(root)


def restore(root: Path) -> bool:
    """Put back what a run that was killed had begun to replace; whether there was such a run."""
    kept = root / UNDO
    if not kept.is_dir():
        return False
    for number, (name, is_there) in enumerate(json.loads((kept / LISTED).read_text(encoding="utf-8")).items()):
        if is_there:
            copy = root / f"{name}.back"
            shutil.copy2(kept / str(number), copy)
            copy.replace(root / name)
        else:
            (root / name).unlink(missing_ok=True)
    _forget(root)
    return True


def _forget(root: Path) -> None:
    """Do away with what was kept: in one step, so that it is never half there."""
    done = Path(tempfile.mkdtemp(dir=root / kinds.DATA, prefix=".done-"))
    (root / UNDO).rename(done / "undo")
    shutil.rmtree(done, ignore_errors=True)
