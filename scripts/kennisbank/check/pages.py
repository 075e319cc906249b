"""Pages: each published record has one, it begins with its macro, and the narrative is only text."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from kennisbank import calls, load
from kennisbank.check import files, front, links, markup, words
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
CARDS = "cards/"
_STRAY = re.compile(r"\]-->|\{\{|\}\}|\{%|%\}")


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


def pages_are_sound(context: Context) -> Iterator[load.Problem]:
    """Pages and records belong together, and a page holds nothing but its macros and plain Markdown."""
    pages, problems, names = _read_pages(context)
    yield from problems
    yield from _partners(context, pages)
    yield from files.find_problems(context.loaded.root, FOLDER, names)
    for page in pages:
        if page.text is not None:
            yield from front.find_problems(page.name, page.text, names if _may_load(page) else None)
            yield from _macros(page, context)
            yield from _narrative(page, names)


def _may_load(page: Page) -> bool:
    """Whether a page may ask for scripts and styles: those of records are too many to look after."""
    return not page.kind and not page.inside.startswith(CARDS)


def _read_pages(context: Context) -> tuple[list[Page], list[load.Problem], set[str]]:
    """The pages, what was wrong with reading them, and the names of all files under the content folder."""
    root = context.loaded.root
    pages: list[Page] = []
    problems: list[load.Problem] = []
    names: set[str] = set()
    for folder, folders, listed in os.walk(root / FOLDER):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        place = os.path.relpath(folder, root).replace(os.sep, "/")
        names.update(posixpath.relpath(f"{place}/{name}", FOLDER) for name in listed)
        # MkDocs follows a link and would publish what it leads to; a page that is one is refused when it is read.
        linked = [name for name in (*folders, *listed) if os.path.islink(f"{folder}/{name}") and name[-3:] != ".md"]
        problems += [load.make("KB004", f"{place}/{name}") for name in linked]
        kind = place.removeprefix(f"{FOLDER}/")
        for file in sorted(name for name in listed if name.endswith(".md")):
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
    names = {call["name"] for call in calls.CALL.finditer(page.text)}
    return bool(names & calls.names()) and MACRO[page.kind] not in names


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


def _macros(page: Page, context: Context) -> Iterator[load.Problem]:
    """The macros of a page: well written, known, and those of its own record in their places."""
    text = page.text
    start = front.end(text)
    start += len(text[start:]) - len(text[start:].lstrip())
    found = list(calls.CALL.finditer(text))
    for call in found:
        yield from _call(page, call, context)
    # Without a record nobody can say which macros belong on the page.
    if page.kind and page.id in _records(context, page.kind):
        macro = MACRO[page.kind]
        first = next((call for call in found if call.start() == start), None)
        yield from _own(page, "KB503", first if first and first["name"] == macro else None, macro, start)
        if page.kind in CLOSED:
            last = next((call for call in found if call["name"] == f"{macro}_end"), None)
            yield from _own(page, "KB504", last, f"{macro}_end", max(0, len(text.rstrip()) - 1))
    rest = calls.blank(text)
    stray = rest.find(calls.OPENING)  # in code too: the build would stop there
    if stray < 0:
        sign = _STRAY.search(markup.without_code(rest))
        stray = sign.start() if sign else -1
    if stray >= 0:
        yield _at(page, "KB507", stray, found=load.Quoted(text[stray : stray + 30].split("\n")[0]))


def _call(page: Page, call: re.Match, context: Context) -> Iterator[load.Problem]:
    """The macro exists and names what there is to print about."""
    name, given = call["name"], calls.arguments(call)
    if name not in calls.names():
        yield _at(page, "KB508", call.start(), name=load.Quoted(name), advice=advise(name, calls.names()))
    elif len(given) != calls.expected(name):
        yield _at(page, "KB514", call.start(), name=name, count=len(given), expected=calls.expected(name))
    elif given and not (page.kind and MACRO[page.kind] == name.removesuffix("_end")):  # its own: see _own
        kind = calls.ABOUT[name]
        if kind in calls.VOCABULARIES:
            known = context.loaded.vocabularies.get(kind, {}).keys()
            is_known = not context.knows("vocabularies") or given[0] in known
        else:
            known = [name for name, entry in context.by_id[kind].items() if not entry.is_draft]
            is_known = not context.knows(kind) or given[0] in known
        if not is_known:
            values = {"id": load.Quoted(given[0]), "kind": _kind(kind), "advice": advise(given[0], known)}
            yield _at(page, "KB513", call.start(), name=name, **values)


def _own(page: Page, code: str, call: re.Match | None, macro: str, start: int) -> Iterator[load.Problem]:
    """The macro of the record itself is there and names the right id."""
    if call is None:
        yield _at(page, code, start, macro=_line(macro, page.id))
    elif len(calls.arguments(call)) == 1 and calls.arguments(call)[0] != page.id:
        found = load.Quoted(calls.arguments(call)[0])
        yield _at(page, "KB505", call.start(), found=found, macro=_line(macro, page.id))


def _narrative(page: Page, names: set[str]) -> Iterator[load.Problem]:
    """What stands between the macros."""
    start = front.end(page.text)  # the front matter has rules of its own
    text = calls.blank(page.text).replace(calls.OPENING, " " * len(calls.OPENING))
    text = " " * start + markup.without_code(text[start:])
    for place, found in markup.find_html(text, has_layout=not page.kind):
        yield _at(page, "KB506", place, found=load.Quoted(found))
        break  # the rest of the same piece of HTML is the same mistake
    for place, found in markup.find_attributes(text, may_name=not page.kind):
        if not found.startswith(("{{", "{%")):  # a template mark: see _macros
            yield _at(page, "KB515", place, found=load.Quoted(found))
            break
    yield from _placeholders(page, text)
    person = words.find_personal(text) if "@" in text else None
    if person:
        yield _at(page, "KB408", text.find(person), found=load.Quoted(person))
    for place, url in markup.find_links(text):
        yield from _link(page, url, place, names)


def _placeholders(page: Page, text: str) -> Iterator[load.Problem]:
    lowered = text.lower()
    if "invullen" in lowered and "INVULLEN" in text:
        yield _at(page, "KB510", text.index("INVULLEN"))
    if any(sign in lowered for sign in words.PLACEHOLDER_SIGNS):
        found = words.PLACEHOLDER_WORD.search(text)
        if found:
            yield _at(page, "KB407", found.start(), found=load.Quoted(found.group()))


def _link(page: Page, url: str, start: int, names: set[str]) -> Iterator[load.Problem]:
    if markup.has_scheme(url):
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


def _at(page: Page, code: str, index: int, **values: object) -> load.Problem:
    return load.make(code, page.name, load.place(page.text, index), page.id, "", **values)
