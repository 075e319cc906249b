"""The generator is replaceable: the same tree builds with MkDocs and with its successor ProperDocs, without a warning."""

import re
from collections.abc import Callable
from pathlib import Path

# The only line of a page that may differ: it names the generator.
GENERATOR_LINE = re.compile(rb'<meta name="generator"[^>]*>')


def list_pages(folder: Path) -> dict[str, bytes]:
    """Every file of a site that a reader or another program uses, by its path, without the generator's name."""
    kinds = {".html", ".json", ".csv", ".js", ".css", ".xml"}
    return {
        path.relative_to(folder).as_posix(): GENERATOR_LINE.sub(b"", path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.suffix in kinds
    }


def test_properdocs_makes_the_same_site(site_dir: Path, build_site: Callable[..., Path]) -> None:
    """SITE_DIR has to be of this tree and this day; both builds fail on a warning."""
    ours, theirs = list_pages(site_dir), list_pages(build_site("properdocs"))
    assert ours
    assert theirs.keys() == ours.keys()
    assert [path for path in ours if theirs[path] != ours[path]] == []


def test_entries_are_not_in_the_navigation(read_page: Callable[[str], str]) -> None:
    """The navigation stands on every page, so a list of entries in it grows with the square of their number."""
    navigation = "".join(re.findall(r"<nav\b.*?</nav>", read_page("index.html"), re.DOTALL))
    assert navigation
    entry = r'href="(?:interventions|institutions)/(?!(?:index|matrix|gaps|transfer)\.html)[a-z0-9-]+\.html'
    assert re.findall(entry, navigation) == []
