"""What the check lets pass on a page, Markdown makes into HTML that runs nothing."""

import random
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest

from kennisbank import check, load
from kennisbank.check import front, markup
from shelf import TODAY, lay_out

# Those of mkdocs.yml with what MkDocs adds.
EXTENSIONS = [
    "kennisbank.verbatim:Verbatim",
    "kennisbank.headings:Headings",
    "md_in_html",
    "tables",
    "fenced_code",
    "toc",
]
EVIL = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "<svg/onload=alert(1)>",
)
PIECES = (
    *EVIL,
    *("`", "``", "```\n", "~~~\n", "```` \n", "``` python\n", "``` {.x}\n", "```\t\n", " ```\n", "\\`", "\\"),
    *("<div>", "<div markdown>", '<p markdown="1">', "</div>", "</p>", "<b>", "<!-- ", " -->", "<", ">", '"'),
    *("\n", "\n\n", "    ", "> ", "- ", "| a | b |\n|---|---|\n", "# Kop\n", "tekst ", "\t", "[a]: ", "[x][a]"),
    *("{: onclick=alert(1) }", "{ #x }", "java&#115;cript:", "<javascript:alert(1)>", "](", "[x](<", "&lt;", "&colon;"),
)


class Danger(HTMLParser):
    """Collects what a browser would run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep tags that run, and attributes that do."""
        if tag in ("script", "iframe", "object", "embed", "base", "meta", "style", "form"):
            self.found.append(tag)
        for name, value in attrs:
            address = re.sub(r"\s", "", unescape(value or "")).lower()
            if name.startswith("on") or address.startswith(("javascript:", "data:", "vbscript:")):
                self.found.append(f"{name}={value}")


def find_danger(text: str) -> list[str]:
    """What runs in the HTML that Markdown makes of a page."""
    parser = Danger()
    parser.feed(markdown.markdown(text, extensions=EXTENSIONS))
    return parser.found


def is_refused(text: str) -> bool:
    """Whether the rules of a page without a record find something in it."""
    plain = markup.without_code(text)
    addresses = [url for _, url in markup.find_links(plain)]
    return (
        any(True for _ in markup.find_html(plain, has_layout=True))
        or any(True for _ in markup.find_attributes(plain, may_name=True))
        or any(markup.has_scheme(url) and not url.startswith(("http", "mailto:")) for url in addresses)
    )


def test_what_passes_runs_nothing() -> None:
    chance = random.Random(1)
    passed = 0
    for _ in range(4000):
        text = "".join(chance.choice(PIECES) for _ in range(chance.randint(1, 14)))
        if not is_refused(text):
            passed += 1
            assert not find_danger(text), text
    assert passed > 400


@pytest.mark.parametrize("evil", EVIL)
def test_code_hides_nothing_that_is_no_code(evil: str) -> None:
    for text in (
        evil,
        f"```\n{evil}\n",
        f" ```\n{evil}\n ```\n",
        f"``` {{.x}}\nx\n```\n{evil}\n```\ny\n```\n",
        f"```\nx\n```\t\n{evil}\n```\n",
        f"\\`{evil}`",
        f"een `a\nb` {evil} `c`",
        f"<div>`{evil}`</div>",
        f"<div>\n`{evil}`\n</div>",
        f"~~~\n{evil}\n```\n",
    ):
        assert is_refused(text), text


@pytest.mark.parametrize(
    "text",
    [
        "Gewoon `<script>` in code.",
        "```\n<script>alert(1)</script>\n```\n",
        "~~~~ html\n<script>\n~~~\n~~~~\n",
        "Minder dan < 12 jaar, 3<4 en a & b.",
        "Zie <https://www.dji.nl/x> of <info@dji.nl>.",
        "## Waarom { #waarom }\n",
        '<p class="kb-lead" markdown="1">Een **zin**.</p>',
        '<svg role="img" viewBox="0 0 1 1" style="width:24rem;max-width:100%"><rect x="1" y="1"/></svg>',
    ],
)
def test_honest_text_passes(text: str) -> None:
    assert not is_refused(text)
    assert not find_danger(text)


@pytest.mark.parametrize(
    "text",
    [
        "<x:y onfocus=alert(1) autofocus>",
        "<svg/onload=alert(1)>",
        '<img alt=">" src=x onerror=alert(1)>',
        '<a href="java&#115;cript:alert(1)">x</a>',
        "<p " + "a" * 510 + ' onclick="x">',
        '<p style="position:fixed">x</p>',
        '<p class="a"onclick="x">',
        "<p class='a'>",
        "<iframe srcdoc=x>",
        "<p",
        "<!-- weg -->",
        "<?php ?>",
        "> [a]: javascript:alert(1)",
        "- [a]:\n  javascript:alert(1)",
        "[" + "a" * 300 + "]: javascript:alert(1)",
        "[x](<java\tscript:alert(1)>)",
        "[x](java&Tab;script&colon;alert(1))",
        "[x](vbscript:x)",
        "[x](//evil.nl)",
        "![x](data:image/svg+xml,x)",
        "`x`{: onclick=1 }",
        "## Kop { #a onclick=1 }",
        "[x](a.md){onclick=1}",
    ],
)
def test_what_runs_is_refused(text: str) -> None:
    assert is_refused(text)


@pytest.mark.parametrize(
    ("head", "key"),
    [
        (r'description: "\x22\x3e\x3cscript\x3ealert(1)\x3c/script\x3e"', "description"),
        (r'title: "\x3cscript\x3e"', "title"),
        (r'styles: ["x.css\x22\x3e\x3cscript\x3e"]', "styles"),
        ("scripts: [weg.js]", "scripts"),
        ('scripts: ["../x.js"]', "scripts"),
        ("scripts: eigen.js", "scripts"),
        ("template: eigen.html", "template"),
        ("render_macros: true", "render_macros"),
        ("hide: [alles]", "hide"),
        ("title: [a]", "title"),
        ("title: 2021", "title"),
        ("title:", "title"),
    ],
)
def test_front_matter_holds_little(head: str, key: str, tmp_path: Path) -> None:
    text = f"---\n{head}\n---\n# Begin\n"
    root = lay_out(tmp_path / "root", ({"file": "content/index.md", "text": text},))
    (root / "content/assets").mkdir()
    (root / "content/assets/eigen.js").write_text("", encoding="utf-8")
    found = check.check(load.load(root), TODAY)
    assert [(problem.code in ("KB516", "KB517"), problem.line) for problem in found] == [(True, 2)], found
    assert f"‘{key}’" in found[0].message


def test_a_page_may_name_files_that_are_there_and_a_record_none(tmp_path: Path) -> None:
    head = "---\ntitle: Begin\nhide:\n  - toc\nstyles: [eigen.css]\n---\n"
    pages = ("content/index.md", "content/interventions/puinruimen.md", "content/cards/noord.md")
    for page in pages:
        root = lay_out(tmp_path / page)
        (root / "content/assets").mkdir()
        (root / "content/assets/eigen.css").write_text("", encoding="utf-8")
        old = (root / page).read_text("utf-8")
        (root / page).write_text(head + old[front.end(old) :], "utf-8")
        codes = [problem.code for problem in check.check(load.load(root), TODAY)]
        assert codes == ([] if page == pages[0] else ["KB516"]), page


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("assets/evil.html", "<p>x</p>", "KB518"),
        ("evil.HTML", "<p>x</p>", "KB518"),
        ("background/x.markdown", "x", "KB518"),
        ("background/x.js", "x", "KB518"),
        ("background/x.svg", "<svg/>", "KB518"),
        ("interventions/puinruimen.md.txt", "x", "KB518"),
        ("assets/x.xhtml", "x", "KB518"),
        ("assets/x.svg", '<svg xmlns="x"><script>1</script></svg>', "KB519"),
        ("assets/x.svg", '<svg onload="x"/>', "KB519"),
        ("assets/x.svg", '<svg><a xlink:href="javascript:x"/></svg>', "KB519"),
        ("assets/x.svg", '<svg><image href="https://evil.nl/x.png"/></svg>', "KB519"),
        ("assets/x.svg", '<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>', "KB519"),
        ("assets/x.svg", '<svg><use href="#a"/><path fill="url(#b)" d="M0"/></svg>', None),
        ("assets/x.js", "x", None),
        ("background/x.png", "x", None),
    ],
)
def test_only_known_kinds_of_file_stand_beside_the_pages(
    name: str, text: str, code: str | None, tmp_path: Path
) -> None:
    root = lay_out(tmp_path / "root", ({"file": f"content/{name}", "text": text},))
    assert [problem.code for problem in check.check(load.load(root), TODAY)] == ([code] if code else [])


def test_a_link_out_of_content_is_no_file_of_the_site(tmp_path: Path) -> None:
    root = lay_out(tmp_path / "root")
    (tmp_path / "buiten").mkdir()
    (root / "content/assets").mkdir()
    (root / "content/assets/x.png").symlink_to(tmp_path / "buiten")
    (root / "content/map").symlink_to(tmp_path / "buiten")
    assert {problem.code for problem in check.check(load.load(root), TODAY)} == {"KB004"}
