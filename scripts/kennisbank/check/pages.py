"""Pages: each published record has one, it begins with its macro, and the narrative is only text."""

from __future__ import annotations

import itertools
import os
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from kennisbank import calls, kinds, load
from kennisbank.check import files, front, markup, menu, outline, persons, targets, words, writing
from kennisbank.check.context import TO_FILL, Context, advise, nearest

MAX_PER_PAGE = 20  # more is one mistake repeated
# Ten times the longest page that there is; nobody reads more on one page, and looking through it costs seconds.
LONGEST = 200_000
_STRAY = re.compile(r"\]-->|\{\{|\}\}|\{%|%\}")


@dataclass(frozen=True)
class Page:
    """A Markdown page: its name under the root and its text; when it goes with a record also which and how."""

    name: str
    text: str
    kind: kinds.Kind | None = None
    form: kinds.Page | None = None
    id: str = ""
    is_read: bool = True

    @property
    def inside(self) -> str:
        """The name under the content folder."""
        return self.name.removeprefix(f"{kinds.CONTENT}/")


def pages_are_sound(context: Context) -> Iterator[load.Problem]:
    """Pages and records belong together, and a page holds nothing but its macros and plain Markdown."""
    pages, problems, names = read_pages(context)
    yield from problems
    yield from _partners(context, pages)
    yield from files.find_problems(context.loaded.root, kinds.CONTENT, names)
    yield from menu.find_problems(context, [page.inside for page in pages if not page.kind])
    readable = [page for page in pages if page.is_read]
    reached = targets.Targets(context, {page.inside: page.text for page in readable}, names)
    for page in readable:
        found = _judge(page, context, reached)
        yield from itertools.islice(found, MAX_PER_PAGE)
        if next(found, None):
            yield load.make("KB553", page.name, (1, 1), page.id, "", limit=MAX_PER_PAGE)


def _judge(page: Page, context: Context, reached: targets.Targets) -> Iterator[load.Problem]:
    if len(page.text) > LONGEST:
        yield _at(page, "KB552", 0, size=len(page.text) // 1000, limit=LONGEST // 1000)
        return
    # Those of records are too many to look after what they load: they load what their kind says.
    of_kind = {front.ASSETS + name for name in page.form.styles} if page.form else set()
    names = (of_kind or None) if page.form else reached.names
    yield from front.find_problems(page.name, page.text, names)
    yield from _macros(page, context)
    yield from _narrative(page, context, reached)
    yield from _length(page) if page.inside not in context.hidden else ()


def read_pages(context: Context) -> tuple[list[Page], list[load.Problem], set[str]]:
    """The pages, what was wrong with reading them, and the names of all files under the content folder; read once."""
    if "pages" not in context.kept:
        context.kept["pages"] = _read_pages(context)
    return context.kept["pages"]


def _read_pages(context: Context) -> tuple[list[Page], list[load.Problem], set[str]]:
    root = context.loaded.root
    pages: list[Page] = []
    problems: list[load.Problem] = []
    names: set[str] = set()
    for folder, folders, listed in os.walk(root / kinds.CONTENT):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        place = os.path.relpath(folder, root).replace(os.sep, "/")
        names.update(posixpath.relpath(f"{place}/{name}", kinds.CONTENT) for name in listed)
        # MkDocs follows a link and would publish what it leads to; a page that is one is refused when it is read.
        linked = [name for name in (*folders, *listed) if os.path.islink(f"{folder}/{name}") and name[-3:] != ".md"]
        problems += [load.make("KB004", f"{place}/{name}") for name in linked]
        for file in sorted(name for name in listed if name.endswith(".md")):
            text, found = load.read(root, f"{place}/{file}")
            problems += found
            page = _recognise(f"{place}/{file}", text or "", context)
            pages.append(page if text is not None else replace(page, is_read=False))
    return pages, problems, names


def _recognise(name: str, text: str, context: Context) -> Page:
    """The page with the record that it goes with, if any, by its name."""
    page = Page(name, text)
    if posixpath.basename(name) == "index.md":
        return page
    ids = [(kind, form, form.read_id(page.inside)) for kind, form in kinds.PAGES]
    options = [(kind, form, record_id) for kind, form, record_id in ids if record_id]
    own = [option for option in options if option[2] in context.paged[option[0].name]]
    if not options or (not own and _is_overview(text, {form.macro for _, form, _ in options})):
        return page
    return Page(name, text, *(own or options)[0])


def _is_overview(text: str, own: set[str]) -> bool:
    """Whether a page among those of records is about all of them: it calls macros, and none of its ``own``."""
    names = {call["name"] for call in calls.CALL.finditer(text)}
    return bool(names & calls.names()) and not names & own


def _partners(context: Context, pages: list[Page]) -> Iterator[load.Problem]:
    """A page without a record, and a record without a page."""
    for kind, form in kinds.PAGES:
        if not context.knows(kinds.VOCABULARIES if kind.vocabulary else kind.name):
            continue
        records = context.paged[kind.name]
        present = {page.id: page for page in pages if page.form is form}
        asked = context.asked_here if form.by_some else records
        needed = [name for name, needs_page in records.items() if needs_page and name in asked]
        lonely = [name for name in needed if name not in present]
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
    values = {"page": form.name(name), "command": f"make new kind={kind.singular} id={name}"}
    values["macro"] = kinds.line(form.macro, name)
    if kind.vocabulary:
        place = context.loaded.position(kind.file, (kind.vocabulary, name), key=True)
        return load.make("KB501", kind.file, place, name, "", **values)
    return context.at("KB501", context.by_id[kind.name][name], ("id",), **values)


def _macros(page: Page, context: Context) -> Iterator[load.Problem]:
    """The macros of a page: well written, known, and those of its own record in their places."""
    text = page.text
    start = front.end(text)
    start += len(text[start:]) - len(text[start:].lstrip())
    found = list(calls.CALL.finditer(text))
    sound = []
    for call in found:
        problems = list(_call(page, call, context))
        yield from problems
        sound += [] if problems else [call]
    # Without a record nobody can say which macros belong on the page.
    if page.kind and page.form and page.id in context.paged[page.kind.name]:
        macro, closing = page.form.macro, page.form.closing
        first = next((call for call in found if call.start() == start), None)
        yield from _own(page, "KB503", first if first and first["name"] == macro else None, macro, start)
        if closing:
            last = next((call for call in reversed(found) if call["name"] == closing), None)
            yield from _own(page, "KB504", last, closing, max(0, len(text.rstrip()) - 1))
            behind = calls.blank(text[last.end() :]).strip() if last else ""
            if last and behind:
                yield _at(page, "KB541", text.index(behind[:1], last.end()), macro=kinds.line(closing, page.id))
    yield from _strangers(page, sound)
    rest = calls.blank(text)
    stray = rest.find(calls.OPENING)  # in code too: the build would stop there
    if stray < 0:
        sign = _STRAY.search(markup.without_code(rest))
        stray = sign.start() if sign else -1
    if stray >= 0:
        yield _at(page, "KB507", stray, found=load.Quoted(text[stray : stray + 30].split("\n")[0]))


def _strangers(page: Page, found: list[re.Match]) -> Iterator[load.Problem]:
    """Macros that do not belong on this page: a second time, or of a page of its own."""
    own = {page.form.macro, page.form.closing} if page.form else set()
    seen: set[str] = set()
    for call in found:
        name = call["name"]
        is_strange = name in seen or (name not in own if page.form else name in calls.ABOUT)
        if is_strange and not kinds.RESERVED.intersection(calls.arguments(call)):
            yield _at(page, "KB540", call.start(), macro=load.Quoted(call.group()))
        seen.add(name)


def _call(page: Page, call: re.Match, context: Context) -> Iterator[load.Problem]:
    """The macro exists and names what there is to print about."""
    name, given = call["name"], calls.arguments(call)
    if name not in calls.names():
        yield _at(page, "KB508", call.start(), name=load.Quoted(name), advice=advise(name, calls.names()))
    elif len(given) != calls.expected(name):
        yield _at(page, "KB514", call.start(), name=name, count=len(given), expected=calls.expected(name))
    elif given and not (page.form and name in (page.form.macro, page.form.closing)):  # its own: see _own
        kind = calls.ABOUT[name]
        if kind.vocabulary:
            known = list(context.loaded.vocabularies.get(kind.vocabulary, {}))
            is_known = not context.knows(kinds.VOCABULARIES) or given[0] in known
        else:
            known = [name for name, entry in context.by_id[kind.name].items() if not entry.is_draft]
            is_known = not context.knows(kind.name) or given[0] in known
        if not is_known:
            word = load.words("kinds")[kind.name]
            values = {"id": load.Quoted(given[0]), "kind": word, "advice": advise(given[0], known)}
            yield _at(page, "KB513", call.start(), name=name, **values)


def _own(page: Page, code: str, call: re.Match | None, macro: str, start: int) -> Iterator[load.Problem]:
    """The macro of the record itself is there and names the right id."""
    if call is None:
        yield _at(page, code, start, macro=kinds.line(macro, page.id))
    elif len(calls.arguments(call)) == 1 and calls.arguments(call)[0] != page.id:
        found = load.Quoted(calls.arguments(call)[0])
        yield _at(page, "KB505", call.start(), found=found, macro=kinds.line(macro, page.id))


def _narrative(page: Page, context: Context, reached: targets.Targets) -> Iterator[load.Problem]:
    """What stands between the macros."""
    text, problems = _read_narrative(page)
    if not text:
        return  # most pages of records are their macros and nothing else
    yield from problems
    yield from _placeholders(page, text, context)
    for fault in targets.find_faults(page.inside, text, reached, has_layout=not page.kind):
        yield _at(page, fault.code, fault.start, **fault.values)


@lru_cache(maxsize=4096)
def _read_narrative(page: Page) -> tuple[str, tuple[load.Problem, ...]]:
    """What stands between the macros, with the rest blank, and what is wrong with it whatever other files hold.

    Kept, because the preview and ``apply`` judge the same pages over and over.
    """
    start = front.end(page.text)  # the front matter has rules of its own
    text = calls.blank(page.text).replace(calls.OPENING, " " * len(calls.OPENING))
    if not text[start:].strip():
        return "", ()
    text = " " * start + markup.without_code(text[start:])
    return text, tuple(_find_in_narrative(page, text))


def _find_in_narrative(page: Page, text: str) -> Iterator[load.Problem]:
    for place, found in markup.find_html(text, has_layout=not page.kind):
        yield _at(page, "KB506", place, found=load.Quoted(found))
        break  # the rest of the same piece of HTML is the same mistake
    for place, found in markup.find_attributes(text, may_name=not page.kind):
        if not found.startswith(("{{", "{%")):  # a template mark: see _macros
            yield _at(page, "KB515", place, found=load.Quoted(found))
            break
    yield from _outline(page, text)
    prose = markup.without_tags(text)
    for person in persons.find(prose):
        yield _at(page, person.code, person.start, found=load.Quoted(person.text))
    for trace in writing.find(prose, page.text):
        advice = load.say(f"traces.{trace.name}")
        yield _at(page, "KB423", trace.start, found=load.Quoted(trace.text), advice=advice)
    is_long = any(len(part) > writing.LONGEST_WORD for part in prose.split())
    word = writing.LONG_WORD.search(prose) if is_long else None
    if word and not words.PLACEHOLDER_WORD.search(word[0]) and page.text.startswith(word[0], word.start()):
        yield _at(page, "KB424", word.start(), found=load.Quoted(word[0]), length=len(word[0]))


def _outline(page: Page, text: str) -> Iterator[load.Problem]:
    """The headings and tables of a page."""
    found = [call for call in calls.CALL.finditer(page.text) if call["name"] in calls.names()]
    if page.form and all(call["name"] != page.form.macro for call in found):
        return  # no page of a record yet
    printed = {} if page.kind else {call.start(): calls.deepest_heading(call["name"]) for call in found}
    headings = outline.list_headings(text)
    top = 2 if page.kind else 1
    titles = [heading for heading in headings if heading.level == 1]
    if not page.kind:
        # One title: of the page, or of the macro that prints it.
        is_printed = any(calls.prints_title(call["name"]) for call in found if call["name"] not in calls.ABOUT)
        titles = titles if is_printed else titles[1:]
        headings = [heading for heading in headings if heading.level > 1]
        for heading in titles[:1]:
            yield _outline_fault(page, outline.Fault(heading.start, "top", heading.text))
    faults = [
        *outline.find_heading_faults(headings, top, printed),
        *outline.find_table_faults(text),
    ]
    yield from (_outline_fault(page, fault) for fault in faults)
    for fault in outline.find_open_marks(text):
        yield _at(page, "KB558", fault.start, found=load.Quoted(fault.text), what=load.say(f"open_marks.{fault.name}"))


def _outline_fault(page: Page, fault: outline.Fault) -> load.Problem:
    code = "KB547" if f"{fault.name}" in load.words("heading_faults") else "KB548"
    group = "heading_faults" if code == "KB547" else "table_faults"
    what, advice = load.say(f"{group}.{fault.name}"), load.say(f"{group}.{fault.name}_advice")
    return _at(page, code, fault.start, found=load.Quoted(fault.text), what=what, advice=advice)


def _length(page: Page) -> Iterator[load.Problem]:
    """A narrative too long to be read, or so short that the sources may tell more."""
    if page.form is None or page.form.words is None:
        return
    count = len(markup.NO_PROSE.sub(" ", calls.blank(page.text)[front.end(page.text) :]).split())
    usual, limit = page.form.words
    if count > limit:
        yield _at(page, "KB521", 0, count=count, limit=limit, over=count - limit)
    elif count < usual:
        yield _at(page, "KB906", 0, count=count, usual=usual)


def _placeholders(page: Page, text: str, context: Context) -> Iterator[load.Problem]:
    """What waits to be written: a remark where the record is a draft, a mistake on a page that readers see."""
    lowered = text.lower()
    if TO_FILL in text:
        entry = context.by_id[page.kind.name].get(page.id) if page.kind else None
        yield _at(page, "KB510" if entry and entry.is_draft else "KB557", text.index(TO_FILL))
        return
    if any(sign in lowered for sign in words.PLACEHOLDER_SIGNS):
        found = words.PLACEHOLDER_WORD.search(text)
        if found:
            yield _at(page, "KB407", found.start(), found=load.Quoted(found.group()))
            return
    found = words.PLACEHOLDER_LINE.search(text)
    if found:
        yield _at(page, "KB407", found.start(), found=load.Quoted(found.group()))


def _at(page: Page, code: str, index: int, **values: object) -> load.Problem:
    return load.make(code, page.name, load.place(page.text, index), page.id, "", **values)
