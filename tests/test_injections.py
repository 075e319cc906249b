"""What tries to run something runs nothing: in every text of the data and on every page, whatever the check says."""

from functools import cache
from html import escape

import markdown
import yaml

from kennisbank import clean
from tests import injections
from tests.helpers import ROOT, tell_all
from tests.test_markup import Danger

TEXTS = injections.list_all()
SETTINGS = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), yaml.BaseLoader)
# Those of mkdocs.yml with what MkDocs adds.
EXTENSIONS = ["fenced_code", *(name for name in SETTINGS["markdown_extensions"] if isinstance(name, str)), "toc"]
PER_MACRO = 1  # records of each kind that are printed


def convert(text: str) -> str:
    """The HTML of a page."""
    return markdown.markdown(text, extensions=EXTENSIONS)


class Running(Danger):
    """As a browser reads it: the value of an attribute is decoded once, which the parser did."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep tags that run, and attributes that do."""
        super().handle_starttag(tag, [(name, escape(value or "")) for name, value in attrs])


def find_danger(html: str) -> list[str]:
    """What a browser would run in HTML of an editor."""
    parser = Running()
    parser.feed(html)
    return parser.found


@cache
def write_pages() -> tuple[str, ...]:
    """Each text as a page of its own: as a paragraph, and in the other forms that Markdown has for it."""
    others = "Tekst {0} tekst.\n\n- {0}\n\n> {0}\n\n### {0}\n\n| a | b |\n|---|---|\n| {0} | x |\n"
    forms = [form for text in TEXTS for form in (text, others.replace("{0}", text))]
    return tuple(convert(clean.enclose(form)) for form in forms)


def test_there_are_many() -> None:
    assert len(TEXTS) >= 200
    assert sum("alert" in text or "evil.example" in text for text in TEXTS) > 190
    assert find_danger("".join(TEXTS)), "they would run where nothing stops them"


def test_a_page_of_an_editor_runs_nothing() -> None:
    """Without the check, which refuses most of these: what passes the build is harmless by itself."""
    tell_all(f"{danger}: {html[:200]}" for html in write_pages() if (danger := find_danger(html)))
