"""What an edition holds (``scripts/release``): every file with its checksum, and nothing when a book is not as it should be."""

import hashlib
import json
import zipfile
import zlib
from pathlib import Path

import pytest

from scripts.release import __main__ as release
from scripts.release import checkers


@pytest.fixture
def parts(tmp_path: Path) -> tuple[Path, Path]:
    """A folder with books, and one with a site."""
    books, site = tmp_path / "boeken", tmp_path / "de site"
    for path, text in (
        (books / "boek.epub", "EPUB"),
        (site / "index.html", "<p>Één</p>"),
        (site / "data/offers.json", "{}"),
        (site / "schema/offers.schema.json", "{}"),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return books, site


def test_every_file_of_an_edition_has_its_checksum(
    parts: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(release, "judge", lambda path: iter(()))
    targets = [tmp_path / "a", tmp_path / "b"]
    for target in targets:
        assert release.main([*map(str, parts), str(target)]) == 0
    first, second = ({path.name: path.read_bytes() for path in target.iterdir()} for target in targets)
    assert first == second
    sums = dict(line.split("  ")[::-1] for line in first["SHA256SUMS"].decode().splitlines())
    assert set(sums) == set(first) - {"SHA256SUMS"}
    assert all(hashlib.sha256(first[name]).hexdigest() == found for name, found in sums.items())
    assert {"boek.epub", "CHANGES.md", "LEESMIJ.txt", "sbom.cdx.json"} <= set(first)
    assert json.loads(first["sbom.cdx.json"])["bomFormat"] == "CycloneDX"
    assert all(name in first["LEESMIJ.txt"].decode() for name in first if name != "LEESMIJ.txt")
    (site,) = (target for target in targets[0].iterdir() if target.name.endswith("-site.zip"))
    assert zipfile.ZipFile(site).namelist()[-1].endswith("-site/schema/offers.schema.json")


def test_nothing_is_made_of_a_book_with_a_mistake(
    parts: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.setattr(release, "judge", lambda path: iter(["hoofdstuk 3: iets"]))
    assert release.main([*map(str, parts), str(tmp_path / "dist")]) == 1
    assert "boek.epub: hoofdstuk 3: iets" in capsys.readouterr().err
    assert not (tmp_path / "dist").exists()


@pytest.mark.parametrize(
    ("letters", "wrong"),
    [("Book-Serif DejaVu-Sans-Bold", []), ("Book-Serif OpenSymbol", ["OpenSymbol"]), ("", ["-"])],
)
def test_letters_of_another_machine_are_found(letters: str, wrong: list[str], tmp_path: Path) -> None:
    text = " ".join(f"/FontName /ABCDEF+{name}" for name in letters.split())
    path = tmp_path / "boek.pdf"
    path.write_bytes(b"%PDF-1.7\nstream\n" + zlib.compress(text.encode()) + b"\nendstream")
    assert list(checkers.check_letters(path)) == wrong
