"""The built site as files: what scripts/site_check.py finds, and proof that it finds what is wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

import site_check
from kennisbank import model
from kennisbank.render import render, share
from tests.helpers import tell_all, words

POLICY = "default-src 'self'; img-src 'self' data:"
# A script inside every page, with the way to the root of the site in it.
THEME = 'scope=new URL("/",location)'
PAGE = """<!doctype html>
<html lang="nl">
<head><title>Een pagina</title><meta name="description" content="Waar de pagina over gaat.">
<meta http-equiv="Content-Security-Policy" content="{policy}">{head}
<script src="{root}assets/kb.js"></script></head>
<body><h1 id="kop">Een pagina</h1>{body}</body>
</html>
"""


@pytest.fixture(scope="session")
def findings(site_dir: Path) -> list[site_check.Finding]:
    """What is wrong with the site of this run."""
    return site_check.check_site(site_dir)[0]


@pytest.mark.parametrize("code", sorted(site_check.read_messages().keys() - {"ok", "failed"}))
def test_no_page_has_this_mistake(code: str, findings: list[site_check.Finding]) -> None:
    assert [finding for finding in findings if finding.code == code] == []


# --- the check itself ------------------------------------------------------------------------------------


def write_site(folder: Path, body: str = "", head: str = "", policy: str = POLICY, page: str = PAGE) -> Path:
    """A site of two pages and a picture; the first page is made from what is given."""
    (folder / "map").mkdir()
    (folder / "index.html").write_text(page.format(body=body, head=head, policy=policy, root=""), encoding="utf-8")
    (folder / "map" / "ander.html").write_text(
        PAGE.format(body="", head="", policy=POLICY, root="../"), encoding="utf-8"
    )
    (folder / "beeld.svg").write_text("<svg/>", encoding="utf-8")
    (folder / "assets").mkdir()
    (folder / "assets" / "kb.js").write_text("", encoding="utf-8")
    error = PAGE.format(body="", head=f"<script>{THEME}</script>", policy=POLICY, root="/")
    (folder / "404.html").write_text(error, encoding="utf-8")
    return folder


def find_codes(folder: Path) -> set[tuple[str, str]]:
    """The codes and values of what is wrong with a site."""
    return {(finding.code, finding.value) for finding in site_check.check_site(folder)[0]}


def test_a_good_site_has_no_findings(tmp_path: Path) -> None:
    body = """
        <a href="map/ander.html">a</a> <a href="map/ander.html#kop">b</a> <a href="#kop">c</a> <a href="#">d</a>
        <a href="map/ander.html#category=peer-steun&amp;q=a">e</a> <a href="https://example.org/">f</a>
        <a href="mailto:info@example.org">g</a> <img src="beeld.svg" alt=""> <!-- <a href="weg.html"> -->
        <textarea><a href="weg.html"></textarea> <p title="a > b" id='p'></p>
        <p title="een=1 on=2">on x=1</p> <svg><use href="#kop"/></svg> <p style="width:2rem">x</p>"""
    head = '<script>scope=new URL("..",location)</script><link rel="canonical" href="https://example.org/">'
    assert find_codes(write_site(tmp_path, body, head)) == set()


@pytest.mark.parametrize(
    ("body", "code", "value"),
    [
        ('<a href="weg.html">x</a>', "link", "weg.html"),
        ('<img src="weg.png" alt="">', "link", "weg.png"),
        ('<a href="map/ander.html#weg">x</a>', "anchor", "map/ander.html#weg"),
        ('<a href="#weg">x</a>', "anchor", "#weg"),
        ('<a href="map/">x</a>', "folder", "map/"),
        ('<a href="/map/ander.html">x</a>', "absolute", "/map/ander.html"),
        ('<a href="javascript:alert(1)">x</a>', "scheme", "javascript:alert(1)"),
        ('<a href="//example.org/x">x</a>', "scheme", "//example.org/x"),
        ('<a href="../buiten.html">x</a>', "link", "../buiten.html"),
        ('<i id="twee"></i><i id="twee"></i>', "duplicate-id", "twee"),
        ("<h1>Nog een</h1>", "h1", "2"),
        ('<script src="https://example.org/x.js"></script>', "foreign", "https://example.org/x.js"),
        ('<img srcset="a.png 1x, https://example.org/b.png 2x" alt="">', "foreign", None),
        ('<iframe src="//example.org/"></iframe>', "foreign", "//example.org/"),
        ('<form action="https://example.org/zoek"></form>', "foreign", "https://example.org/zoek"),
        ('<p style="background:url(https://example.org/x.png)"></p>', "foreign", "https://example.org/x.png"),
        ('<p onclick="x()">x</p>', "handler", "onclick"),
        ("<svg/onload=alert(1)>", "handler", "onload"),
        ("<x:y onfocus=alert(1) autofocus>", "handler", "onfocus"),
        ('<p class="a"onclick=x>x</p>', "handler", "onclick"),
        ("<p a=b'c onclick=x>x</p>", "handler", "onclick"),
        ("<p OnClick=x>x</p>", "handler", None),
        ("<template><p onclick=x>x</p></template>", "handler", "onclick"),
        ("<!--><p onclick=x>--></p>", "handler", "onclick"),
        ('<iframe srcdoc="x"></iframe>', "srcdoc", ""),
        ('<p style="position: fixed">x</p>', "style", "position: fixed"),
        ('<meta http-equiv="refresh" content="0;url=x">', "refresh", ""),
        ("<script>alert(1)</script>", "script", "alert(1)"),
        ('<script type="application/ld+json" src="x.js">alert(1)</script>', "script", "alert(1)"),
        ('<script type="application/ld+json">{"a": 1</script>', "linked", ""),
        ('<a href="java&#115;cript:alert(1)">x</a>', "scheme", "javascript:alert(1)"),
        ('<a href=" java&#9;script:alert(1)">x</a>', "scheme", None),
        ('<svg><a xlink:href="javascript:x"></a></svg>', "scheme", "javascript:x"),
        ('<form action="javascript:x"></form>', "scheme", "javascript:x"),
        ('<script src="data:text/javascript,x"></script>', "scheme", "data:text/javascript,x"),
        ("<style>@import 'https://example.org/x.css'</style>", "foreign", "https://example.org/x.css"),
        ("<script>fetch('https://example.org/x')</script>", "foreign", "https://example.org/x"),
    ],
)
def test_a_mistake_is_found(body: str, code: str, value: str | None, tmp_path: Path) -> None:
    found = find_codes(write_site(tmp_path, body))
    assert (code, value) in found if value else code in {found_code for found_code, _ in found}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('lang="nl"', 'lang="en"', "lang"),
        ("<title>Een pagina</title>", "<title> </title>", "title"),
        ("Waar de pagina over gaat.", "", "description"),
        ('<h1 id="kop">Een pagina</h1>', "", "h1"),
        ("Content-Security-Policy", "x", "csp"),
    ],
)
def test_a_page_that_lacks_something_is_found(old: str, new: str, code: str, tmp_path: Path) -> None:
    assert code in {found for found, _ in find_codes(write_site(tmp_path, page=PAGE.replace(old, new)))}


@pytest.mark.parametrize(
    "policy",
    ["", "img-src 'self'", "default-src *", "default-src 'self' https:", "default-src 'self'; img-src https://a.nl"],
)
def test_an_open_policy_is_found(policy: str, tmp_path: Path) -> None:
    assert ("csp", "") in find_codes(write_site(tmp_path, policy=policy))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("stijl.css", "a{background:url(//example.org/x.png)}"),
        ("stijl.css", '@import "https://example.org/x.css";'),
        ("code.js", 'image.src = "https://example.org/x.png"'),
        ("code.js", 'import x from "https://example.org/x.js"'),
    ],
)
def test_a_foreign_address_in_another_file_is_found(name: str, text: str, tmp_path: Path) -> None:
    write_site(tmp_path)
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert "foreign" in {code for code, _ in find_codes(tmp_path)}


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("evil.html", "<p>x</p>", "page"),
        ("assets/evil.html", PAGE.format(body="", head="", policy=POLICY, root="../"), "page"),
        ("evil.htm", "<p>x</p>", "page"),
        ("evil.XHTML", "<p>x</p>", "page"),
        ("x.svg", "<svg><script>1</script></svg>", "svg"),
        ("x.svg", '<svg onload="x"/>', "svg"),
        ("x.SVG", '<svg><a href="javascript:x"/></svg>', "svg"),
    ],
)
def test_a_file_that_runs_and_is_not_ours_is_found(name: str, text: str, code: str, tmp_path: Path) -> None:
    write_site(tmp_path)
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert code in {found for found, _ in find_codes(tmp_path)}


def test_the_page_about_us_says_how_to_refer_to_the_whole_and_whom_to_reach(
    kb: model.KnowledgeBase, read_page: Callable[[str], str], project_root: Path
) -> None:
    """One page answers who is behind it and how to cite it; the line, the file for programs and the version agree."""
    cited = yaml.safe_load((project_root / "CITATION.cff").read_text(encoding="utf-8"))
    page = read_page("about/index.html")
    whole = words(page.split('id="citeren"')[1].split("<h2")[0])
    told = [cited["title"], f"Versie {cited['version']}", cited["license"].replace("CC-BY-", "CC BY "), "CITATION.cff"]
    tell_all(f"{text!r} is not in {whole!r}" for text in told if text not in whole)
    assert "Contact." in words(page.split('id="wie"')[1].split("<h2")[0])
    foot = words(read_page("interventions/puinruimen.html").split('class="kb-cite"')[1].split("</p>")[0])
    assert f"Versie {cited['version']}" in foot and "bij waar je dit las" in foot


def test_the_imprint_says_what_the_settings_say_and_what_they_lack(kb: model.KnowledgeBase) -> None:
    set_ = {
        "report_reader": "de redactie van X",
        "report_mail": "kennisbank@example.org",
        "report_when": "elke maandag",
    }
    reached = render("contact", {}, "../", share(kb, None, dict, set_)).text
    tell_all(text for text in set_.values() if text not in reached)
    unknown = render("contact", {}, "../", share(kb)).text
    # For readers: whom to ask; how to fill it in stands with who builds it.
    assert "Vraag het aan" in unknown and "ict.html#beheer" in unknown and "mkdocs" not in unknown
    assert "https://x.nl/" in render("citation", {}, "../", share(kb, "https://x.nl/")).text
    assert "geen vast adres ingevuld" in render("citation", {}, "../", share(kb)).text


def test_an_empty_folder_is_no_site(tmp_path: Path) -> None:
    assert {code for code, _ in find_codes(tmp_path)} == {"empty"}


def test_every_message_can_be_printed() -> None:
    shown = {
        code: message.format(value="x", pages=1, problems=1) for code, message in site_check.read_messages().items()
    }
    assert [code for code, message in shown.items() if not message or "{" in message] == []
