"""The style sheets: they do not fight the theme, know one scale of sizes, and keep paper in one place."""

import re
from collections import Counter
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from kennisbank import styles, theme
from tests.helpers import tell_all

TEMPLATE = "overrides/main.html"
PAPER = "core/print.css"
# What may beat everything, by file: what is hidden stays so, and a reader who asks for rest gets it (three properties).
IMPORTANT = {"core/page.css": 4}
# The theme's name for running text, for the size of all of it, on the screen and on paper.
TYPESET = {"core/page.css": 1, "core/print.css": 1}
# How the theme keeps its own rules off its parts: with the theme in a layer nobody has to answer in kind.
FIGHT = (r":not\(\[class[*^~$|]", r"\[dir\]", r"\bhtml \.md-")
REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)


@pytest.fixture(scope="module")
def sheets(project_root: Path) -> dict[str, str]:
    """Every style sheet of ours by its path below content/assets, without its remarks."""
    folder = project_root / "content/assets"
    found = {
        path.relative_to(folder).as_posix(): REMARK.sub("", path.read_text(encoding="utf-8"))
        for path in sorted(folder.rglob("*.css"))
    }
    assert len(found) > 10
    return found


def count(sheets: dict[str, str], text: str) -> dict[str, int]:
    """How often a text stands in each sheet that has it."""
    return {name: sheet.count(text) for name, sheet in sheets.items() if text in sheet}


def test_no_rule_shouts(sheets: dict[str, str]) -> None:
    assert count(sheets, "!important") == IMPORTANT


def test_no_rule_fights_the_theme(sheets: dict[str, str]) -> None:
    assert count(sheets, ".md-typeset") == TYPESET
    tell_all(f"{name}: {hit}" for name, text in sheets.items() for fight in FIGHT for hit in re.findall(fight, text))


def test_text_has_the_sizes_of_the_scale(sheets: dict[str, str]) -> None:
    """On the screen; a title that grows with the window, and paper, which counts in points, have their own."""
    allowed = re.compile(r"var\(--kb-text[a-z0-9-]*\)|inherit|clamp\(.*")
    tell_all(
        f"{name}: {value}"
        for name, text in sheets.items()
        if name != PAPER
        for value in re.findall(r"font-size:\s*([^;]+);", text)
        if not allowed.fullmatch(value)
    )


def test_every_size_of_a_scale_is_used_and_known(sheets: dict[str, str]) -> None:
    used = {name for text in sheets.values() for name in re.findall(r"var\((--kb-[a-z0-9-]+)", text)}
    known = {name for text in sheets.values() for name in re.findall(r"(--kb-[a-z0-9-]+):", text)}
    assert used == known


def test_rules_for_paper_stand_in_one_file(sheets: dict[str, str]) -> None:
    others = {name: text for name, text in sheets.items() if name != PAPER}
    tell_all(
        f"{name}: {hit}" for name, text in others.items() for hit in re.findall(r"@page\b|@media[^{]*\bprint\b", text)
    )
    assert "@page" in sheets[PAPER]
    assert "@media" not in sheets[PAPER]


def test_every_sheet_is_on_a_page(sheets: dict[str, str], project_root: Path) -> None:
    content = project_root / "content"
    parts = styles.list_parts(content / styles.ADDRESS)
    of_all = [path.relative_to(content / "assets").as_posix() for path in parts]
    of_some = re.findall(r"'assets/([^']+\.css)'", (project_root / TEMPLATE).read_text(encoding="utf-8"))
    of_one = {
        name
        for page in content.rglob("*.md")
        for name in re.findall(r"^ +- (\S+\.css)$", page.read_text(encoding="utf-8").split("\n---\n")[0], re.MULTILINE)
    }
    assert Counter(of_all).most_common(1)[0][1] == 1
    assert {*of_all, *of_some, *of_one, "kb.css"} == sheets.keys()
    assert not of_one & {*of_all, *of_some}


def test_every_class_that_a_rule_dresses_is_made(sheets: dict[str, str], project_root: Path) -> None:
    """A name may be put together: a block with what it is (``kb-here--absent``), or the tone of a field (``x-tone``)."""
    kinds = {".jinja", ".html", ".js", ".md", ".py", ".json"}
    folders = ("scripts/kennisbank", "overrides", "content", "schema")
    files = [path for folder in folders for path in (project_root / folder).rglob("*") if path.suffix in kinds]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    made = set(re.findall(r"kb-[a-z0-9]+(?:[-_]+[a-z0-9]+)*(?:--)?", text))
    made |= {f"kb-{tone}" for tone in re.findall(r'"x-tone": "([a-z]+)"', text)}
    tell_all(
        f"{name}: .{found}"
        for name, sheet in sheets.items()
        for found in sorted(set(re.findall(r"\.(kb-[a-z0-9_-]+)", sheet)))
        if found not in made and found.split("--")[0] + "--" not in made
    )


def test_the_site_holds_the_sheets_of_every_page_as_one(
    sheets: dict[str, str], project_root: Path, site_dir: Path
) -> None:
    built = (site_dir / styles.ADDRESS).read_text(encoding="utf-8")
    assert "@import" not in built
    assert "/*" not in built
    names = [
        path.relative_to(project_root / "content/assets").as_posix()
        for path in styles.list_parts(project_root / "content" / styles.ADDRESS)
    ]
    assert "".join(built.split()) == "".join("".join(sheets[name] for name in names).split())


def test_the_source_is_a_list_of_imports_that_works_as_it_is(sheets: dict[str, str]) -> None:
    assert styles.PART.sub("", sheets["kb.css"]).strip() == ""


def test_the_theme_lies_in_a_layer_and_comes_at_once(read_page: Callable[[str], str]) -> None:
    """Where the theme prints its links in another way, they stay links: readable, but the fight is back."""
    page = read_page("interventions/dapper.html")
    links = [tag for tag in re.findall(r"<link[^>]+>", page) if "stylesheet" in tag or "preload" in tag]
    layered = re.findall(r'<style>@import url\("([^"]+)"\) layer\(theme\);</style>', page)
    assert layered
    assert [tag for tag in links if "assets/stylesheets/" in tag and "preload" not in tag] == []
    assert [address for address in layered if f'<link rel="preload" as="style" href="{address}">' not in page] == []
    assert page.index("layer(theme)") < page.index("assets/kb.css") < page.index(f"assets/{PAPER}")


# --- what is left of the theme's own


@pytest.fixture(scope="module")
def site_texts(site_dir: Path) -> dict[str, str]:
    """Every page, script and style sheet of the site by its path."""
    return {
        path.relative_to(site_dir).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(site_dir.rglob("*"))
        if path.suffix in (".html", ".js", ".css")
    }


def test_no_page_has_what_the_theme_no_longer_dresses(site_texts: dict[str, str]) -> None:
    """Nor does a script of ours make it."""
    met = {
        (name, address)
        for address, text in site_texts.items()
        if address.endswith(".html")
        for attribute in re.findall(r'\bclass="([^"]*)"', text)
        for name in attribute.split()
    }
    ours = {
        address: text for address, text in site_texts.items() if address.endswith(".js") and "/vendor/" not in address
    }
    met |= {
        (word, address)
        for address, text in ours.items()
        if not address.startswith(("assets/javascripts/", "assets/records/", "assets/forms/", "assets/names/"))
        for word in re.findall(r'(?<=["\' .])md-[\w-]+', text)
    }
    assert len({name for name, _ in met}) > 100
    tell_all({name: f"{name}, on {address}" for name, address in met if theme.is_absent(f".{name}")}.values())
    assert not [page for page, text in site_texts.items() if page.endswith(".html") and '<html lang="nl"' not in text]
    assert "rtl" not in "".join(re.findall(r"<(?:html|body)\b[^>]*>", "".join(site_texts.values())))


def test_every_value_that_is_asked_by_name_is_there(site_texts: dict[str, str]) -> None:
    everything = "".join(text for address, text in site_texts.items() if not address.startswith("assets/javascripts/"))
    declared = set(re.findall(r"(--[\w-]+)\s*:", everything)) | set(re.findall(r'setProperty\("(--[\w-]+)', everything))
    asked = set(re.findall(r"var\(\s*(--[\w-]+)\s*\)", everything))
    assert len(asked) > 50
    tell_all(asked - declared)


def test_the_theme_weighs_half_of_what_it_did(site_dir: Path, project_root: Path) -> None:
    trimmed = theme.read_all(project_root)
    assert len(trimmed) == 2
    for address, text in trimmed.items():
        assert (site_dir / address).read_text(encoding="utf-8") == text
        assert not (site_dir / f"{address}.map").exists()
        assert text.count("{") == text.count("}")
        whole = len(files("material").joinpath("templates", address).read_bytes())
        assert len(text.encode()) < whole / 2


def test_a_rule_goes_only_when_all_of_it_is_for_what_is_absent() -> None:
    sheet = (
        ".md-search,.md-nav a{b:c}.md-search .x{b:c}p:not(.admonition-title){b:c}:is(.admonition,p) b{b:c}"
        "[dir=rtl] .md-nav{b:c}@media print{.md-tag{b:c}}@media print{.md-tag{b:c}.md-nav{b:c}}@font-face{b:c}"
    )
    assert theme.trim(sheet) == (
        ".md-nav a{b:c}p:not(.admonition-title){b:c}:is(.admonition,p) b{b:c}@media print{.md-nav{b:c}}@font-face{b:c}"
    )
