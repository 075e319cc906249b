"""Writing a file: whole or not at all, and never outside the root."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path


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
