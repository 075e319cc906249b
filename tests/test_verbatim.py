"""The Markdown extension that leaves finished HTML alone: the same page, in less time."""

import re

import markdown
import pytest

from kennisbank.verbatim import PutAside, Verbatim

EXTENSIONS = ["attr_list", "md_in_html", "tables", "toc"]

PAGES = {
    "one line": '<p class="a">*Geen* Markdown</p>',
    "several lines": "<ul>\n<li>een</li>\n<li><a href='b.html'>twee</a></li>\n</ul>",
    "an empty line inside": "<div>\n<p>een</p>\n\n<p>twee</p>\n</div>",
    "the same tag inside": "<div><div>een</div>\n<div>twee</div></div>",
    "text around it": "Eén *regel*.\n\n<div>*twee*</div>\n\n- drie",
    "text right behind it": "<div>een</div>\n*twee*",
    "a tail on its line": "<div>een</div> *twee*",
    "text right before it": "een\n<div>twee</div>",
    "not closed": "<div>\n<p>een</p>\n\ntwee",
    "Markdown inside": '<section data-part="a" markdown="block">\n\n## Kop { #kop }\n\n<dl>\n<dt>*a*</dt>\n</dl>\n\n*b*\n\n</section>',
    "Markdown deep inside": '<div>\n<div markdown="block">\n\n*een*\n\n</div>\n</div>',
    "headings": '<div markdown="block">\n\n<div>\n<h2 id="a">A</h2>\n</div>\n\n<div><h3>B</h3></div>\n\n</div>',
    "an inline tag": "<span>*een*</span> twee",
    "code": "    <div>een</div>",
    "a table": "<table>\n<tr><td id='a'>1 < 2 &amp; 3</td></tr>\n</table>",
}


def convert(text: str, *extensions: object) -> str:
    """The HTML of a page, without the white space between its tags."""
    html = markdown.markdown(text, extensions=[*EXTENSIONS, *extensions])
    return re.sub(r"\s*(<[^>]+>)\s*", r"\1", html.replace('"', "'"))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_the_same_with_and_without(name: str) -> None:
    assert convert(PAGES[name], Verbatim()) == convert(PAGES[name])


def test_a_block_is_put_aside_and_its_ids_are_still_there_for_mkdocs() -> None:
    lines = PutAside(markdown.Markdown()).run(["Een", "", '<div id="a"><p id="b">*twee*</p></div>', "", "drie"])
    assert "twee" not in "".join(lines)
    assert '<a id="a"><a id="b">' in "".join(lines)


def test_a_heading_in_html_is_still_in_the_list_of_contents() -> None:
    page = markdown.Markdown(extensions=[*EXTENSIONS, Verbatim()])
    page.convert(PAGES["headings"])
    assert [token["id"] for token in page.toc_tokens] == ["a"]


def test_nothing_of_the_stand_ins_is_left() -> None:
    html = markdown.markdown('<div id="a">een</div>', extensions=[*EXTENSIONS, Verbatim()])
    assert html == '<div id="a">een</div>'
