"""Pages: each published record has one, it begins with its macro, and the narrative is only text."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import unquote

from kennisbank import load
from kennisbank.check import links, words
from kennisbank.check.context import Context, advise, is_slug, nearest

FOLDER = "content"
# The folder of each kind of record with the macro that prints its facts.
MACRO = {
    "interventions": "intervention",
    "institutions": "institution",
    "organisations": "organisation",
    "categories": "category",
    "trainings": "training",
}
# Kinds whose pages close with a second macro, behind the narrative.
CLOSED = {"interventions"}
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
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")


@dataclass(frozen=True)
class Page:
    """A Markdown page: its name under the root, the folder of its kind (or ""), its id and its text."""

    name: str
    kind: str
    id: str
    text: str | None

    @property
    def inside(self) -> str:
        """The name under the content folder."""
        return self.name.removeprefix(f"{FOLDER}/")


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
            has_record = not page.kind or page.id in _records(context, page.kind)
            yield from _macros(page) if has_record else ()
            yield from _narrative(page, names)


def _read_pages(context: Context) -> tuple[list[Page], list[load.Problem], set[str]]:
    """The pages, what was wrong with reading them, and the names of all files under the content folder."""
    root = context.loaded.root
    pages: list[Page] = []
    problems: list[load.Problem] = []
    names: set[str] = set()
    for folder, folders, files in os.walk(root / FOLDER):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        place = os.path.relpath(folder, root).replace(os.sep, "/")
        names.update(posixpath.relpath(f"{place}/{name}", FOLDER) for name in files)
        kind = place.removeprefix(f"{FOLDER}/")
        for file in sorted(name for name in files if name.endswith(".md")):
            text, found = load.read(root, f"{place}/{file}")
            problems += found
            page = Page(f"{place}/{file}", kind, file[:-3], text)
            is_record = kind in MACRO and file != "index.md" and not _is_overview(page, context)
            pages.append(page if is_record else Page(page.name, "", "", text))
    return pages, problems, names


def _is_overview(page: Page, context: Context) -> bool:
    """Whether a page among those of records is about all of them: no record has its id, and it calls other macros."""
    if page.text is None or page.id in _records(context, page.kind):
        return False
    names = {call["name"] for call in _CALL.finditer(page.text)}
    return bool(names & macro_names()) and MACRO[page.kind] not in names


def _partners(context: Context, pages: list[Page]) -> Iterator[load.Problem]:
    """A page without a record, and a record without a page."""
    for kind in MACRO:
        if not context.knows("vocabularies" if kind == "categories" else kind):
            continue
        records = _records(context, kind)
        present = {page.id: page for page in pages if page.kind == kind}
        lonely = [name for name, needs_page in records.items() if needs_page and name not in present]
        for name, page in present.items():
            if name not in records:
                near = nearest(name, lonely)
                if near:
                    lonely.remove(near)  # one mistake: the two names differ
                advice = load.say("advice.near", near=near) + " " if near else ""
                yield load.make(
                    "KB502", page.name, (1, 1), name, "", id=load.Quoted(name), kind=_kind(kind), advice=advice
                )
        for name in lonely:
            yield _missing(context, kind, name)


def _missing(context: Context, kind: str, name: str) -> load.Problem:
    file = f"{FOLDER}/{kind}/{name}.md"
    if kind == "categories":
        place = context.loaded.position("data/vocabularies.yaml", ("category", name), key=True)
        return load.make("KB501", "data/vocabularies.yaml", place, name, page=file, macro=_line(MACRO[kind], name))
    entry = context.by_id[kind][name]
    return context.at("KB501", entry, ("id",), page=file, macro=_line(MACRO[kind], name))


@lru_cache(maxsize=len(MACRO))
def _records(context: Context, kind: str) -> Mapping[str, bool]:
    """The ids that may have a page, each with whether it must."""
    if kind == "categories":
        return dict.fromkeys(context.loaded.vocabularies.get("category", {}), True)
    entries = context.by_id[kind]
    return {
        name: is_slug(name) and not entries[name].is_draft if name in entries else False for name in context.ids(kind)
    }


def _kind(kind: str) -> str:
    return load.words("kinds")[kind]


def _line(macro: str, name: str) -> str:
    return f'<!--[[ {macro}("{name}") ]]-->'


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
    if page.kind:
        macro = MACRO[page.kind]
        first = next((call for call in calls if call.start() == start), None)
        yield from _own(page, "KB503", first if first and first["name"] == macro else None, macro, start)
        if page.kind in CLOSED:
            last = next((call for call in calls if call["name"] == f"{macro}_end"), None)
            yield from _own(page, "KB504", last, f"{macro}_end", max(0, len(text.rstrip()) - 1))
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
        yield _at(page, code, start, macro=_line(macro, page.id))
    elif call["arguments"].strip("\"' ") != page.id:
        yield _at(
            page,
            "KB505",
            call.start(),
            found=load.Quoted(call["arguments"].strip("\"' ")),
            macro=_line(macro, page.id),
        )


def _narrative(page: Page, names: set[str]) -> Iterator[load.Problem]:
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
        yield from _link(page, link["url"] or link["definition"], link.start(), names)


def _placeholders(page: Page, text: str) -> Iterator[load.Problem]:
    lowered = text.lower()
    if "invullen" in lowered and "INVULLEN" in text:
        yield _at(page, "KB510", text.index("INVULLEN"))
    if any(sign in lowered for sign in words.PLACEHOLDER_SIGNS):
        found = words.PLACEHOLDER_WORD.search(text)
        if found:
            yield _at(page, "KB407", found.start(), found=load.Quoted(found.group()))


def _link(page: Page, url: str, start: int, names: set[str]) -> Iterator[load.Problem]:
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
