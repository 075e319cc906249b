"""The build runs nothing that stands on a page, and stops with one line in Dutch where it cannot print."""

import inspect
import json
import shutil
from collections.abc import Callable
from contextlib import chdir
from html.parser import HTMLParser
from pathlib import Path

import mkdocs.__main__
import pytest
from click.testing import CliRunner, Result

from kennisbank import calls, load, views

pytestmark = pytest.mark.slow

CALL = '<!--[[ intervention("puinruimen") ]]-->'


@pytest.fixture(scope="module")
def small_root(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with a few pages only, to build quickly."""
    return lay_out(project_root, tmp_path_factory.mktemp("small") / "project")


def lay_out(project_root: Path, root: Path) -> Path:
    """A copy of the project without its pages in ``root``; gives ``root``."""
    for name in ("data", "schema", "scripts", "overrides"):
        shutil.copytree(project_root / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    shutil.copytree(project_root / "content/assets", root / "content/assets")
    text = (project_root / "mkdocs.yml").read_text(encoding="utf-8")
    start, end = text.index("\nnav:"), text.index("\nvalidation:")
    (root / "mkdocs.yml").write_text(text[:start] + text[end:], encoding="utf-8")
    return root


def attribute_names(html: str) -> set[str]:
    """The names of all attributes on a page."""
    found: set[str] = set()
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: found.update(name for name, _ in attributes)
    parser.feed(html)
    return found


def build(root: Path, page: str, strict: bool = True, **others: str) -> Result:
    """Build the site with one page of this text, and ``others`` by their names.

    In this process: most of a small build is the start of a new one.
    """
    for name, text in {"index": page, **others}.items():
        (root / f"content/{name}.md").write_text(text, encoding="utf-8")
    command = ["build", "--clean", "--config-file", str(root / "mkdocs.yml"), "--site-dir", str(root / "site")]
    with chdir(root):  # what a page would write, it would write there
        result = CliRunner().invoke(mkdocs.__main__.cli, [*command, *(["--strict"] if strict else [])])
    assert result.exception is None or isinstance(result.exception, SystemExit), "a traceback instead of a message"
    return result


@pytest.mark.parametrize(
    "page",
    [
        "`<!--[[ self.__init__.__globals__.__builtins__.__import__('os').popen('touch pwned').read() ]]-->`",
        "```\n<!--[[ self.__init__.__globals__.__builtins__.open('pwned', 'w') ]]-->\n```",
        "<!--[[ config.config_file_path ]]-->",
        "<!--[[ environment ]]-->",
        "<!--[% for x in (1, 2) %]-->x<!--[% endfor %]-->",
        "<!--[# weg #]-->",
        "<!--[[ home() | upper ]]-->",
        '<!--[[ home("a" ~ "b") ]]-->',
    ],
)
def test_a_page_is_no_program(page: str, small_root: Path) -> None:
    result = build(small_root, f"# Start\n\n{page}\n")
    assert result.exit_code == 1
    assert "content/index.md: Hier staat een sjabloonteken" in result.stderr
    assert not (small_root / "pwned").exists()


HEADS = {
    "head-1": "title: \"<!--[[ self.__init__.__globals__.__builtins__.open('pwned', 'w') ]]-->\"\nrender_macros: true",
    "head-2": "title: \"{{ self.__init__.__globals__.__builtins__.open('pwned', 'w') }}\"\nrender_macros: true",
    "head-3": "title: x\nignore_macros: true",
}
OPENS = "{{ self.__init__.__globals__.__builtins__.open('pwned', 'w') }}"
LISTS = {
    "list-1": '[x](index.md){: onfocus="alert(1)" }',
    "list-2": "Tekst\n{: onclick=alert(1) }",
    "list-3": "# K { onclick=1 }",
}
FENCE = "``` { .python onclick=alert(1) }\nx\n```\n"
TITLED = """---
title: 'A & <x:y onfocus="alert(1)">'
description: '"Lef hebben" heet <b> dit & dat.'
---
# Kop &lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;
"""
HEADED = "# Kop &lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;\n\n## Deel &lt;x:y onfocus=1&gt;\n"


@pytest.fixture(scope="module")
def read_built(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """A function that gives a page of a site with all that tries to run and is only text: ``read_built("list-1")``."""
    root = lay_out(project_root, tmp_path_factory.mktemp("text") / "project")
    pages = {name: f"---\n{head}\n---\n# Start\n\n{OPENS}\n" for name, head in HEADS.items()}
    pages |= {name: f"# Start {{ #begin }}\n\n{text}\n\n{FENCE}" for name, text in LISTS.items()}
    result = build(root, "# Start\n", titled=TITLED, headed=HEADED, **pages)
    assert result.exit_code == 0, result.stderr
    assert not (root / "pwned").exists()
    return lambda name: (root / f"site/{name}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", HEADS)
def test_front_matter_is_no_program(name: str, read_built: Callable[[str], str]) -> None:
    assert "{{ self" in read_built(name)


@pytest.mark.parametrize(
    ("call", "line"),
    [
        ('organisation("exodsu")', "vraagt om ‘exodsu’, maar zo’n organisatie is er niet op de site."),
        ('menu_card("exodsu")', "vraagt om ‘exodsu’, maar zo’n inrichting is er niet op de site."),
        ('audience_card("exodsu")', "vraagt om ‘exodsu’, maar zo’n doelgroep is er niet op de site."),
        ('category("exodsu")', "vraagt om ‘exodsu’, maar zo’n categorie is er niet op de site."),
        ("organisaton()", "De macro ‘organisaton’ bestaat niet."),
        ("organisation()", "dan hij vraagt: 0 in plaats van 1."),
        ('home("x")', "dan hij vraagt: 1 in plaats van 0."),
    ],
)
def test_a_macro_typo_stops_the_build_with_one_line(call: str, line: str, small_root: Path) -> None:
    result = build(small_root, f"# Start\n\n<!--[[ {call} ]]-->\n")
    assert result.exit_code == 1
    # MkDocs says first, in English, on which page; `make site` leaves that line out.
    errors = [text for text in result.stderr.splitlines() if "ERROR" in text and "Error reading page" not in text]
    assert len(errors) == 1
    assert "content/index.md: " in errors[0] and line in errors[0]


def test_title_and_description_are_escaped_once(read_built: Callable[[str], str]) -> None:
    html = read_built("titled")
    assert "<title>A &amp; &lt;x:y onfocus=&#34;alert(1)&#34;&gt; - " in html
    assert 'content="&#34;Lef hebben&#34; heet &lt;b&gt; dit &amp; dat.">' in html
    assert "<x:y" not in html and "<script>alert" not in html


@pytest.mark.long
def test_names_and_taglines_of_records_are_escaped_once(small_root: Path, tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(small_root, root)
    path = root / "data/interventions.yaml"
    records = load.load(root).records["interventions"]
    records[0] |= {"name": "Rap & <x:y onfocus=1>", "tagline": '"Lef hebben" heet deze groepscursus.'}
    path.write_text(json.dumps(records), encoding="utf-8")
    result = build(
        root, '<!--[[ intervention("' + records[0]["id"] + '") ]]-->\n', strict=False
    )  # other pages are not there
    assert result.exit_code == 0, result.stderr
    html = (root / "site/index.html").read_text(encoding="utf-8")
    assert "<title>Rap &amp; &lt;x:y onfocus=1&gt; - " in html
    assert 'content="&#34;Lef hebben&#34; heet deze groepscursus.">' in html
    assert "<x:y" not in html


def test_a_title_from_a_heading_is_escaped(read_built: Callable[[str], str]) -> None:
    """Also in the menu of another page."""
    for name in ("index", "headed"):
        html = read_built(name)
        assert "<script>alert" not in html and "<x:y" not in html


@pytest.mark.parametrize("name", LISTS)
def test_an_attribute_list_is_only_text(name: str, read_built: Callable[[str], str]) -> None:
    html = read_built(name)
    assert '<h1 id="begin">' in html
    assert not [name for name in attribute_names(html) if name.startswith("on")]


def test_the_macros_are_those_of_the_views() -> None:
    assert views.PAGES.keys() == calls.names()
    takes = {name: len(inspect.signature(show).parameters) - 1 for name, show in views.PAGES.items()}
    assert takes == {name: calls.expected(name) for name in takes}


def test_calls_are_exact() -> None:
    for text in ("home", 'x("a', "x(1)", "x(y)", "x.y()", "x() + 1", "x()()", 'x("a" "b")'):
        assert not calls.CALL.search(f"<!--[[ {text} ]]-->"), text
    call = calls.CALL.search("<!--[[ x(\"a\\x22\", 'b') ]]-->")
    assert calls.arguments(call) == ("a\\x22", "b")
