"""A view becomes Markdown with HTML, through ``templates/``. The only place that escapes.

Values are escaped for HTML wherever a template prints them. Where a value stands in Markdown
(a heading), the filter ``md`` also takes the meaning out of Markdown's own signs.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import jinja2
import segno
from babel.dates import format_date
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from kennisbank import edition
from kennisbank.model import UNDATED, KnowledgeBase

LANGUAGE = "nl"
# Where a proposal for a change goes, from ``extra`` in mkdocs.yml; empty is not offered.
SETTINGS = ("report_url", "report_mail", "report_reader", "report_when")
TEMPLATES = Path(__file__).parent / "templates"
# What the theme and our pages both print, such as the search box, stands with the theme.
SHARED = Path(__file__).parents[2] / "overrides/kennisbank"
DATE_FORMATS = {1: "y", 2: "MMMM y", 3: "d MMMM y"}
MARKDOWN_SIGNS = re.compile(r"([\\`*_\[\]{}()#+\-.!|~^])")


class Printed(NamedTuple):
    """The text of a view, and the title of the page that it opens, if it opens one."""

    text: str
    title: str | None


def render(name: str, view: Mapping, root: str, shared: Mapping) -> Printed:
    """Print one view with the template of that name. The title is what the template sets as ``title``.

    ``root`` leads from the page to the root of the site (``""`` or ``"../"``);
    ``shared`` holds what every template may use, such as the headings of the parts.
    Raises ``jinja2.UndefinedError`` when a template asks for what the view does not hold.
    """
    template = environment().get_template(f"{name}.md.jinja")
    printed = template.make_module({"view": view, "root": root, "shared": shared})
    title = getattr(printed, "title", None)
    return Printed(str(printed), None if title is None else as_text(title))


class Later(Mapping):
    """A view that is made when something of it is asked."""

    def __init__(self, make: Callable[[], Mapping]) -> None:
        """``make`` gives the view."""
        self._read = cache(make)

    def __getitem__(self, name: str) -> object:
        """One value of it."""
        return self._read()[name]

    def __iter__(self) -> Iterator[str]:
        """Its names."""
        return iter(self._read())

    def __len__(self) -> int:
        """How many there are."""
        return len(self._read())


def find_title(name: str, make: Callable[[], Mapping], shared: Mapping) -> str | None:
    """The title that ``render`` gives of the view that ``make`` gives, printing no more of it than stands before that."""
    template = environment().get_template(f"{name}.md.jinja")
    context = template.new_context({"view": Later(make), "root": "", "shared": shared})
    for _ in template.root_render_func(context):
        if "title" in context.exported_vars:
            break
    title = context.get_exported().get("title")
    return None if title is None else as_text(title)


def share(
    kb: KnowledgeBase,
    site_url: str | None = None,
    files: Callable[[], Mapping] = dict,
    settings: Mapping[str, str] = MappingProxyType({}),
) -> Mapping:
    """What every template may use: the labels of the fields and parts, and the day and public address of the site.

    ``files`` gives the files to take along by their addresses (``downloads.list_all``), when a page asks for them.
    ``settings`` may hold ``SETTINGS``, such as ``extra`` of mkdocs.yml does.
    """
    return {
        "label": {kind: {field.name: field.label for field in known.all} for kind, known in kb.fields.items()},
        "part": kb.vocabularies["part"],
        "list": kb.vocabularies["list"],
        "today": kb.today,
        "site_url": site_url or "",
        "edition": edition.read(kb.today),
        "files": files,
        **{name: settings.get(name, "") for name in SETTINGS},
    }


def print_linked(name: str, view: Mapping, shared: Mapping) -> str:
    """What a page tells programs (JSON-LD), as it may stand inside a ``script`` element: no sign of it ends that."""
    return print_file(f"linked/{name}.jinja", view=view, shared=shared).strip()


def print_file(name: str, **values: object) -> str:
    """Print a template that is no page, such as a chapter of the book, with these values. Raises as ``render`` does."""
    return environment().get_template(name).render(values)


def print_feed(feed: Mapping, site_url: str) -> str:
    """A feed as Atom; without a ``site_url`` its addresses lead from where it lies."""
    root = "../" * feed["url"].count("/")
    return environment().get_template("feed.xml.jinja").render(feed=feed, site_url=site_url, root=root)


@cache
def environment() -> jinja2.Environment:
    """The template environment: everything escaped, nothing undefined."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader([TEMPLATES, SHARED]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "md": escape_markdown,
        "sheet": escape_sheet,
        "inline": print_inline,
        "plain": drop_marks,
        "date": write_date,
        "number": write_number,
        "size": write_size,
        "inside": start_small,
        "opening": start_large,
        "ended": end_sentence,
        "short_paragraphs": split_paragraphs,
        "qr": draw_qr,
        "known": keep_known,
    }
    return made


def as_text(text: str) -> str:
    """Words that a template put together, as they were before they were escaped."""
    return str(text.unescape()) if isinstance(text, Markup) else str(text)


def escape_markdown(text: str) -> Markup:
    """Text that stands as itself inside a line of Markdown."""
    return Markup(MARKDOWN_SIGNS.sub(r"\\\1", str(escape(as_text(text)))))


def escape_sheet(text: str) -> Markup:
    """Markdown from data: its signs keep their meaning, HTML and macros lose theirs."""
    return Markup(str(escape(text)).replace("&gt;", ">"))


# Bold and italic on a card, which is one line of Markdown inside finished HTML.
_MARKS = ((re.compile(r"\*\*(.+?)\*\*"), "strong"), (re.compile(r"\*(.+?)\*"), "em"))


def print_inline(text: str) -> Markup:
    """The text of a card: its bold and italic words as HTML, all else escaped."""
    shown = str(escape(text))
    for pattern, tag in _MARKS:
        shown = pattern.sub(rf"<{tag}>\1</{tag}>", shown)
    return Markup(shown.replace("\n", "<br>"))


def drop_marks(text: str) -> str:
    """The same text where it is only named: without its marks."""
    for pattern, _ in _MARKS:
        text = pattern.sub(r"\1", text)
    return text


def write_date(value: str) -> str:
    """A date in Dutch, as precise as it is given: ``2021-09`` becomes ``september 2021``; in words when there is none."""
    if value == UNDATED:
        return environment().get_template("undated.txt").render()
    parts = [int(part) for part in value.split("-")]
    day = datetime.date(*(parts + [1, 1])[:3])
    return format_date(day, DATE_FORMATS[len(parts)], locale=LANGUAGE)


def write_number(value: float) -> str:
    """A number in Dutch: a point between thousands, a comma before decimals."""
    return format_decimal(value, locale=LANGUAGE)


def write_size(count: int) -> str:
    """A number of bytes in Dutch, as precise as a reader asks: ``347 kB``, ``2,1 MB``."""
    if count < 1_000_000:
        return f"{format_decimal(max(round(count / 1000), 1), locale=LANGUAGE)} kB"
    return f"{format_decimal(round(count / 1_000_000, 1), locale=LANGUAGE)} MB"


def start_small(text: str) -> str:
    """A label as it reads inside a sentence: a small first letter, unless a name or an abbreviation opens it."""
    opening = " ".join(text.split()[:2])
    return text if opening[1:] != opening[1:].lower() else text[:1].lower() + text[1:]


def start_large(text: str) -> str:
    """Words that open a line: a capital, and the rest as it is."""
    return text[:1].upper() + text[1:]


def end_sentence(text: str) -> str:
    """Words that close a sentence: with a full stop, unless they bring a mark of their own."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


# Who reads slowly finds the line again in a paragraph of this many sentences, and no more.
MOST_SENTENCES = 3


def split_paragraphs(text: str) -> list[str]:
    """A running text as paragraphs of about as many sentences each, at most ``MOST_SENTENCES``; no word is changed."""
    sentences = re.split(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ‘“])", text.strip())
    count = -(-len(sentences) // MOST_SENTENCES)
    ends = [len(sentences) * at // count for at in range(count + 1)]
    return [" ".join(sentences[start:end]) for start, end in zip(ends, ends[1:], strict=False)]


def keep_known(value: object) -> object:
    """Data without what is not known, at any depth."""
    if isinstance(value, Mapping):
        kept = {key: keep_known(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item not in (None, [], "")}
    return [keep_known(item) for item in value] if isinstance(value, list) else value


def draw_qr(address: str) -> Markup:
    """An address as a QR code: inline SVG with the address as its title, dark on light in every colour scheme."""
    code = segno.make(address, error="m", micro=False)
    return Markup(code.svg_inline(scale=3, dark="#000", light="#fff", border=3, title=address))
