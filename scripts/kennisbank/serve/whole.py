"""The site as MkDocs builds it, whole, after every change: slower, and by its public functions only."""

from __future__ import annotations

from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config

from kennisbank import model


class Whole:
    """The site of one state of the files. Raises what MkDocs raises when it cannot be built."""

    def __init__(self, root: Path, folder: Path, kb: model.KnowledgeBase, previous: Whole | None = None) -> None:
        self.folder, self.kb = folder, kb
        config = load_config(str(root / "mkdocs.yml"), site_dir=str(folder))
        config.plugins.on_startup(command="serve", dirty=False)
        build(config)

    def read(self, address: str) -> bytes | None:
        """The file at an address (``interventions/dapper.html``); ``None`` when there is none."""
        path = self.folder / address
        return path.read_bytes() if path.is_file() else None

    def find_source(self, address: str) -> str:
        """The file under the root from which a page is made."""
        return f"content/{Path(address).with_suffix('.md').as_posix()}"
