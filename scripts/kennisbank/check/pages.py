"""Pages: each published record has one, it begins with its macro, and the narrative is only text."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from kennisbank import kinds, load
from kennisbank.check import links, words
from kennisbank.check.context import TO_FILL, Context, advise, nearest

# What a page may call is what there is a template for; a test holds this beside ``kennisbank.views.PAGES``.
_TEMPLATES = Path(__file__).parents[1] / "templates"
_TEMPLATE_SUFFIX = ".md.jinja"
# Outside the folders of records a page may hold plain layout tags, but nothing that runs or loads.
DANGEROUS = frozenset(
    ("applet", "base", "embed", "foreignobject", "form", "frame", "frameset", "iframe", "link", "meta", "object")
    + ("script", "style", "template")
)

_FRONT_MATTER = re.compile(r"\A---\n.*?^---\n", re.DOTALL | re.MULTILINE)
_TEXT = r"(?:\"[^\"\n]*\"|'[^'\n]*')"
_CALL = re.compile(rf"<!--\[\[ *(?P<name>\w+)\( *(?P<arguments>{_TEXT}?(?: *, *{_TEXT})*) *\) *\]\]-->")
_STRAY = re.compile(r"<!--\[|\]-->|\{\{|\}\}|\{%|%\}")
_FENCE = re.compile(r" {0,3}(?P<sign>`{3,}|~{3,})")
# Bounded, so that a long row of backticks costs no more than a short one.
_INLINE_CODE = re.compile(r"(?<!`)(?P<tick>`{1,3})(?!`)[^\n]{1,300}?(?<!`)(?P=tick)(?!`)")
_TAG = re.compile(r"</?(?P<name>[a-zA-Z][\w-]*)(?=[\s/>])(?P<rest>[^<>]{0,500})")
_HANDLER = re.compile(r"\son\w+\s*=|javascript:", re.IGNORECASE)
_LINK = re.compile(
    r"\]\(\s*<?(?P<url>[^)\s>]{1,500})|^ {0,3}\[[^\]\n]{1,200}\]:\s*<?(?P<definition>\S{1,500})", re.MULTILINE
)
# Tags, the address of a link and attributes behind braces: no words of the narrative.
_NO_PROSE = re.compile(r"<[^<>]{1,500}>|\]\([^)\n]{1,500}\)|\{[^}\n]{1,500}\}")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")


@dataclass(frozen=True)
class Page:
    """A Markdown page: its name under the root and its text; when it goes with a record also which and how."""

    name: str
    text: str | None
    kind: kinds.Kind | None = None
    form: kinds.Page | None = None
    id: str = ""

    @property
    def inside(self) -> str:
        """The name under the content folder."""
        return self.name.removeprefix(f"{kinds.CONTENT}/")


@cache
def macro_names() -> frozenset[str]:
    """The names of the macros that a page may call."""
    found = _TEMPLATES.glob(f"*{_TEMPLATE_SUFFIX}")
    return frozenset(path.name.removesuffix(_TEMPLATE_SUFFIX) for path in found)


def pages_are_sound(context: Context) -> Iterator[load.Problem]:
    """Pages and records belong together, and a page holds nothing but its macros and plain Markdown."""
    pages, problems, names = _read_pages(context)
    yield from problems
    yield from _partners(context, pages)
    for page in pages:
        if page.text is not None:
            # Without a record nobody can say which macros belong on the page.
            has_record = not page.kind or page.id in context.paged[page.kind.name]
            yield from _macros(page) if has_record else ()
            yield from _narrative(context, page, names)
            yield from _length(page) if page.inside not in context.hidden else ()


def _read_pages(context: Context) -> tuple[list[Page], list[load.Problem], set[str]]:
    """The pages, what was wrong with reading them, and the names of all files under the content folder."""
    root = context.loaded.root
    pages: list[Page] = []
    problems: list[load.Problem] = []
    names: set[str] = set()
    for folder, folders, files in os.walk(root / kinds.CONTENT):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        place = os.path.relpath(folder, root).replace(os.sep, "/")
        names.update(posixpath.relpath(f"{place}/{name}", kinds.CONTENT) for name in files)
        for file in sorted(name for name in files if name.endswith(".md")):
            text, found = load.read(root, f"{place}/{file}")
            problems += found
            pages.append(_recognise(context, Page(f"{place}/{file}", text)))
    return pages, problems, names


def _recognise(context: Context, page: Page) -> Page:
    """The page with the record that it goes with, by its name; or as it was."""
    ids = [(kind, form, form.read_id(page.inside)) for kind, form in kinds.PAGES]
    options = [Page(page.name, page.text, kind, form, name) for kind, form, name in ids if name]
    if not options or posixpath.basename(page.name) == "index.md":
        return page
    own = next((option for option in options if option.id in context.paged[option.kind.name]), None)
    if own is None and _is_overview(options):
        return page
    return own or options[0]


def _is_overview(options: list[Page]) -> bool:
    """Whether a page among those of records is about all of them: it calls macros, and none of those for one record."""
    names = {call["name"] for call in _CALL.finditer(options[0].text or "")}
    return bool(names & macro_names()) and not names & {option.form.macro for option in options}


def _partners(context: Context, pages: list[Page]) -> Iterator[load.Problem]:
    """A page without a record, and a record without a page."""
    for kind, form in kinds.PAGES:
        if not context.knows(kinds.VOCABULARIES if kind.vocabulary else kind.name):
            continue
        records = context.paged[kind.name]
        present = {page.id: page for page in pages if page.form is form}
        lonely = [name for name, needs_page in records.items() if needs_page and name not in present]
        for name, page in present.items():
            if name not in records:
                near = nearest(name, lonely)
                if near:
                    lonely.remove(near)  # one mistake: the two names differ
                values = {"id": load.Quoted(name), "kind": load.words("kinds")[kind.name]}
                advice = load.say("advice.near", near=near) + " " if near else ""
                yield load.make("KB502", page.name, (1, 1), name, "", advice=advice, **values)
        for name in lonely:
            yield _missing(context, kind, form, name)


def _missing(context: Context, kind: kinds.Kind, form: kinds.Page, name: str) -> load.Problem:
    values = {"page": form.name(name), "command": f"kennisbank new {kind.singular} {name}"}
    values["macro"] = kinds.line(form.macro, name)
    if kind.vocabulary:
        place = context.loaded.position(kind.file, (kind.vocabulary, name), key=True)
        return load.make("KB501", kind.file, place, name, "", **values)
    return context.at("KB501", context.by_id[kind.name][name], ("id",), **values)


def _macros(page: Page) -> Iterator[load.Problem]:
    """The macros of a page: well written, known, and those of its own record in their places."""
    text = page.text
    begin = _FRONT_MATTER.match(text)
    start = begin.end() if begin else 0
    start += len(text[start:]) - len(text[start:].lstrip())
    calls = list(_CALL.finditer(text))
    for call in calls:
        if call["name"] not in macro_names():
            values = {"name": load.Quoted(call["name"]), "advice": advise(call["name"], macro_names())}
            yield _at(page, "KB508", call.start(), **values)
    if page.form:
        macro, closing = page.form.macro, page.form.closing
        first = next((call for call in calls if call.start() == start), None)
        yield from _own(page, "KB503", first if first and first["name"] == macro else None, macro, start)
        if closing:
            last = next((call for call in calls if call["name"] == closing), None)
            yield from _own(page, "KB504", last, closing, max(0, len(text.rstrip()) - 1))
    rest = _CALL.sub(lambda call: " " * len(call.group()), _without_code(text))
    stray = _STRAY.search(rest)
    if stray:
        yield _at(
            page,
            "KB507",
            stray.start(),
            found=load.Quoted(text[stray.start() : stray.start() + 30].split("\n")[0]),
        )


def _own(page: Page, code: str, call: re.Match | None, macro: str, start: int) -> Iterator[load.Problem]:
    """The macro of the record itself is there and names the right id."""
    if call is None:
        yield _at(page, code, start, macro=kinds.line(macro, page.id))
    elif call["arguments"].strip("\"' ") != page.id:
        yield _at(
            page,
            "KB505",
            call.start(),
            found=load.Quoted(call["arguments"].strip("\"' ")),
            macro=kinds.line(macro, page.id),
        )


def _narrative(context: Context, page: Page, names: set[str]) -> Iterator[load.Problem]:
    """What stands between the macros."""
    text = _without_code(_CALL.sub(lambda call: " " * len(call.group()), page.text))
    for tag in _TAG.finditer(text) if "<" in text else ():
        if page.kind or tag["name"].lower() in DANGEROUS or _HANDLER.search(tag["rest"]):
            yield _at(page, "KB506", tag.start(), found=load.Quoted(tag.group()[:30]))
            break  # the rest of the same piece of HTML is the same mistake
    yield from _placeholders(page, text)
    person = words.find_personal(text) if "@" in text else None
    if person:
        yield _at(page, "KB408", text.find(person), found=load.Quoted(person))
    for link in _LINK.finditer(text) if "](" in text or "]:" in text else ():
        yield from _link(context, page, link["url"] or link["definition"], link.start(), names)


def _length(page: Page) -> Iterator[load.Problem]:
    """A narrative too long to be read, or so short that the sources may tell more."""
    if page.form is None or page.form.words is None or page.text is None:
        return
    text = _NO_PROSE.sub(" ", _CALL.sub(" ", _FRONT_MATTER.sub("", page.text)))
    count = len(text.split())
    usual, limit = page.form.words
    if count > limit:
        yield _at(page, "KB514", 0, count=count, limit=limit, over=count - limit)
    elif count < usual:
        yield _at(page, "KB906", 0, count=count, usual=usual)


def _placeholders(page: Page, text: str) -> Iterator[load.Problem]:
    lowered = text.lower()
    if TO_FILL in text:
        yield _at(page, "KB510", text.index(TO_FILL))
    if any(sign in lowered for sign in words.PLACEHOLDER_SIGNS):
        found = words.PLACEHOLDER_WORD.search(text)
        if found:
            yield _at(page, "KB407", found.start(), found=load.Quoted(found.group()))


def _link(context: Context, page: Page, url: str, start: int, names: set[str]) -> Iterator[load.Problem]:
    if _SCHEME.match(url):
        found = links.judge(url)
        if found:
            yield _at(page, found[0], start, **found[1])
        return
    path = unquote(re.split(r"[#?]", url)[0])
    if not path:
        return
    if path.startswith("/"):
        yield _at(page, "KB509", start, url=load.Quoted(url))
        return
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page.inside), path))
    if target.endswith(".html") and target.removesuffix(".html") + ".md" in names:
        yield _at(page, "KB511", start, url=load.Quoted(url), near=load.Quoted(path.removesuffix(".html") + ".md"))
    elif target.endswith(".md") and target not in names:
        folder = posixpath.dirname(target)
        options = [posixpath.basename(name)[:-3] for name in names if posixpath.dirname(name) == folder]
        advice = advise(posixpath.basename(target)[:-3], options)
        yield _at(page, "KB512", start, url=load.Quoted(url), advice=advice)
    elif target in context.hidden and page.inside not in context.hidden:
        yield _at(page, "KB513", start, url=load.Quoted(url))


def _without_code(text: str) -> str:
    """The text with code made blank, every character still in its place."""
    if "`" not in text and "~~~" not in text:
        return text
    lines = []
    fence = ""
    for line in text.split("\n"):
        found = _FENCE.match(line)
        is_edge = found and (not fence or found["sign"].startswith(fence))
        if is_edge:
            fence = "" if fence else found["sign"]
        if fence or is_edge:
            lines.append(" " * len(line))
        else:
            lines.append(_INLINE_CODE.sub(lambda code: " " * len(code.group()), line))
    return "\n".join(lines)


def _at(page: Page, code: str, index: int, **values: object) -> load.Problem:
    return load.make(code, page.name, load.place(page.text, index), page.id, "", **values)
