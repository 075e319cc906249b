"""What the benchmarks share: options, projects and sites of a given size, packages, the machine."""

import os
import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bench.finished_markdown import write_settings
from bench.measure import Command, run_once
from bench.synthetic import count_records, write_project

PROJECT = Path(__file__).resolve().parents[1]
CACHE = PROJECT / ".cache" / "bench"
PACKAGES = ("mkdocs", "mkdocs-material", "mkdocs-macros-plugin", "Markdown", "PyYAML", "jsonschema", "playwright")


@dataclass
class Context:
    """One run of the benchmarks: `root` the project, `folder` for what is made, `runs` how often a command runs.

    `entries` are the sizes that were asked for; empty means that every benchmark takes its own.
    """

    root: Path
    folder: Path
    runs: int = 5
    entries: tuple[int, ...] = ()
    made: dict[str, Path] = field(default_factory=dict)

    def sizes(self, *own: int) -> tuple[int, ...]:
        """The numbers of entries to measure; a number below that of the real records means the real records."""
        least = count_records(self.root)
        return tuple(dict.fromkeys(max(least, number) for number in self.entries or own))

    def project(self, entries: int, pages: bool = True) -> Path:
        """A project of that size; without `pages` its site is only the home page and the catalogue."""
        name = f"project-{entries}{'' if pages else '-catalogue'}"
        if name not in self.made:
            self.made[name] = write_project(self.folder / name, entries, self.root, pages)
        return self.made[name]

    def site(self, entries: int, pages: bool = True) -> Path:
        """The built site of that project."""
        name = f"site-{entries}{'' if pages else '-catalogue'}"
        if name not in self.made:
            self.made[name] = self.folder / name
            run_once(Command(name, build_command(self.folder / name), self.project(entries, pages)))
        return self.made[name]

    def rival(self, entries: int) -> Path:
        """A plain MkDocs project with stock Material and the same finished Markdown."""
        name = f"rival-{entries}"
        if name not in self.made:
            self.made[name] = self.folder / name
            arguments = ("-m", "bench.finished_markdown", str(self.project(entries)), str(self.folder / name))
            run_once(Command(name, (sys.executable, *arguments), PROJECT))
        return self.made[name]

    def stock_page(self, page: str) -> Path:
        """The built site of one page of the rival, `page` being its path without suffix, as stock Material shows it."""
        name = f"stock-{page.replace('/', '-')}"
        if name not in self.made:
            rival, folder = self.rival(min(self.sizes(0))), self.folder / name
            (folder / "docs" / page).parent.mkdir(parents=True)
            shutil.copyfile(rival / "docs" / f"{page}.md", folder / "docs" / f"{page}.md")
            write_settings({"site_name": "Stock", "use_directory_urls": False}, self.root, folder)
            run_once(Command(name, build_command(folder / "site"), folder))
            self.made[name] = folder / "site"
        return self.made[name]


def build_command(site: Path, *options: str) -> tuple[str, ...]:
    """The command that builds the project in the working folder."""
    return (sys.executable, "-m", "mkdocs", "build", "--quiet", "--clean", *options, "--site-dir", str(site))


def install_npm(name: str, number: str) -> Path:
    """The folder with a package of npm and what it needs, in .cache; installed when it is not there yet."""
    folder = CACHE / f"{name}-{number}"
    package = folder / "node_modules" / name
    if not package.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        command = ("npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder))
        subprocess.run((*command, f"{name}@{number}"), check=True, stdout=subprocess.DEVNULL)
    return package


def describe_machine(root: Path) -> dict[str, object]:
    """Where the figures come from: machine, how busy it is, versions and commit.

    `load` is the number of processes that wanted a core in the last 1, 5 and 15 minutes: above the number of
    cores the wall times say little.
    """
    commit = subprocess.run(
        ["git", "rev-parse", "--verify", "--quiet", "HEAD"], cwd=root, capture_output=True, text=True
    )
    return {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit.stdout.strip() or None,
        "python": platform.python_version(),
        "system": platform.platform(),
        "cores": os.cpu_count(),
        "load": [round(number, 1) for number in os.getloadavg()],
        "packages": {name: find_version(name) for name in PACKAGES},
        "entries": count_records(root),
        "pages": len(list((root / "content").rglob("*.md"))),
    }


def find_version(name: str) -> str | None:
    """The version of an installed Python package, or None."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None
