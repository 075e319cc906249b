"""``make release``: puts the edition together. ``python -m scripts.release BOOKS SITE TARGET``.

BOOKS holds the files of the book, SITE the built site, TARGET is made anew. Ends with 1 when a book is not as it should be.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import yaml

from kennisbank import archive, build, edition, package, render
from scripts import sbom
from scripts.release import changes, checkers

ROOT = Path(__file__).resolve().parents[2]
WORDS = Path(__file__).with_suffix(".yaml")
SUMS = "SHA256SUMS"
PARTS = "sbom.cdx.json"


def main(arguments: list[str]) -> int:
    """Check the books, then write the edition."""
    books, site, target = (Path(argument) for argument in arguments)
    words = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    found = edition.read(build.read(ROOT).today)
    wrong = [f"{path.name}: {line}" for path in sorted(books.iterdir()) for line in judge(path)]
    if wrong:
        print("\n".join(wrong), words["wrong"].format(count=len(wrong)), sep="\n", file=sys.stderr)
        return 1
    files = dict(assemble(found, books, site))
    files["LEESMIJ.txt"] = render.print_file("release.txt.jinja", edition=found, files=files).encode()
    files[SUMS] = "".join(f"{package.digest(files[name])}  {name}\n" for name in sorted(files)).encode()
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for name, content in files.items():
        (target / name).write_bytes(content)
    size = render.write_size(sum(map(len, files.values())))
    print(words["made"].format(version=found.version, folder=target, count=len(files), size=size))
    return 0


def judge(path: Path) -> Iterator[str]:
    """What is wrong with a book."""
    judges: dict[str, list[Callable[[Path], Iterator[str]]]] = {
        ".epub": [checkers.check_epub, partial(checkers.check_access, browser=os.environ.get("CHROMIUM", ""))],
        ".pdf": [checkers.check_paper, checkers.check_letters],
    }
    for check in judges.get(path.suffix, ()):
        yield from check(path)


def assemble(found: edition.Edition, books: Path, site: Path) -> Iterator[tuple[str, bytes]]:
    """The files of the edition by their names."""
    for path in sorted(books.iterdir()):
        yield path.name, path.read_bytes()
    yield f"{found.name}-site.zip", archive.pack(read_folder(site, f"{found.name}-site"))
    data = read_folder(site / "data", f"{found.name}-data") | read_folder(site / "schema", f"{found.name}-data/schema")
    data[f"{found.name}-data/LICENSE.txt"] = (ROOT / "LICENSE-content").read_bytes()
    yield f"{found.name}-data.zip", archive.pack(data)
    yield "CHANGES.md", changes.describe(ROOT, found).encode()
    yield PARTS, sbom.write_list(ROOT).encode()


def read_folder(folder: Path, name: str) -> dict[str, bytes]:
    """Every file below a folder, by its path under ``name``."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {f"{name}/{path.relative_to(folder).as_posix()}": path.read_bytes() for path in paths}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
