"""What tries to run something runs nothing: in every text of the data and on every page, whatever the check says."""

import copy
from collections.abc import Callable
from functools import cache
from html import escape
from pathlib import Path
from types import SimpleNamespace

import markdown
import pytest
import yaml
from playwright.sync_api import Browser, Page

from kennisbank import build, check, clean, kinds, load, macros, views
from tests import extremes, injections
from tests.helpers import ROOT, some_or_all, tell_all
from tests.test_markup import Danger

pytestmark = pytest.mark.slow

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


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The pages of a few records of every kind, of which every text holds three of them."""
    data = extremes.read()
    number = 0

    def spoil(text: str, most: int | None) -> str:
        nonlocal number
        found = " ".join(TEXTS[(number + step) % len(TEXTS)] for step in range(3))
        number += 3
        return f"{text} {found}"

    loaded = load.load(ROOT)
    for kind in kinds.NAMES:
        schema = check.record_schema(loaded, kind)
        for record in data[kind]:
            extremes.change_texts(record, schema, spoil)
            for name in ("name", "title", "term"):
                if name in record:
                    record[name] = spoil(record[name], None)
    data[kinds.VOCABULARIES] = copy.deepcopy(data[kinds.VOCABULARIES])
    for terms in data[kinds.VOCABULARIES].values():
        for term in terms.values():
            for name in ("label", "description"):
                if isinstance(term, dict) and name in term:
                    term[name] = spoil(term[name], None)
    assert number > 3 * len(TEXTS)
    root = extremes.lay_out(tmp_path_factory.mktemp("spoilt") / "root", data)
    kb = build.build(load.load(root), "2026-11-30")
    pages = []
    for name in views.PAGES:
        for record in extremes.ids_of(kb, name)[:PER_MACRO]:
            page = SimpleNamespace(meta={}, url="x/y.html", file=SimpleNamespace(src_uri="x.md"))
            env = SimpleNamespace(
                page=page, project_dir=root, conf={"site_url": "", "extra": extremes.SETTINGS["extra"]}
            )
            pages.append(convert(macros.print_page(env, kb, name, *record)))
    assert len(pages) >= len(views.PAGES)
    return pages


def test_there_are_many() -> None:
    assert len(TEXTS) >= 200
    assert sum("alert" in text or "evil.example" in text for text in TEXTS) > 190
    assert find_danger("".join(TEXTS)), "they would run where nothing stops them"


def test_a_page_of_an_editor_runs_nothing() -> None:
    """Without the check, which refuses most of these: what passes the build is harmless by itself."""
    tell_all(f"{danger}: {html[:200]}" for html in write_pages() if (danger := find_danger(html)))


@some_or_all
def test_the_check_refuses_what_runs(stride: int, tmp_path: Path) -> None:
    """On a page: whatever Markdown alone would have made into something that runs."""
    from shelf import TODAY, lay_out

    root = lay_out(tmp_path / "root")
    page = root / "content/about/index.md"
    missed = []
    for text in [text for text in TEXTS if find_danger(convert(text))][::stride]:
        page.write_text(f"# Over\n\n{text}\n", encoding="utf-8")
        errors = [problem for problem in check.check(load.load(root), TODAY) if problem.severity == "error"]
        missed += [] if errors else [text]
    tell_all(missed)


@pytest.mark.long
def test_a_text_of_the_data_runs_nothing(printed: list[str]) -> None:
    own = {"form", "input", "button", "script"}  # of our templates, without a handler
    tell_all(danger for html in printed for danger in find_danger(html) if danger not in own)


@pytest.mark.long
def test_nothing_runs_in_a_browser(browser: Browser, printed: list[str], tmp_path: Path) -> None:
    """One page with all of it and without the policy, which would stop it too; and a page that proves the alarm."""
    alarm = "<!doctype html><meta charset=utf-8><script>ran = []; alert = text => ran.push(String(text))</script>"

    def open_with(body: str, settle: Callable[[Page], object]) -> list:
        path = tmp_path / "page.html"
        path.write_text(alarm + body, encoding="utf-8")
        page = browser.new_page()
        page.goto(path.as_uri())
        settle(page)
        ran = page.evaluate("ran")
        page.close()
        return ran

    assert open_with("<img src=x onerror=alert(1)>", lambda page: page.wait_for_function("ran.length")) == ["1"]
    # Every element gets the focus and a click in turn, links that lead nowhere dangerous are not followed.
    poke = """() => { for (const element of document.querySelectorAll("body *")) {
        const address = element.href && element.href.baseVal !== undefined ? element.href.baseVal : element.href;
        if (address && /^\\s*(javascript|vbscript|data):/i.test(address)) ran.push(element.outerHTML);
        for (const name of ["focus", "mouseover", "click", "pointerover", "toggle", "animationstart"])
          element.dispatchEvent(new Event(name, { cancelable: true })); } }"""
    assert open_with("".join([*write_pages(), *printed]), lambda page: page.evaluate(poke)) == []
