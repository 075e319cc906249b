"""Where a page leads: its links, the places on pages they name, and its pictures."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterator, Mapping, Set
from typing import NamedTuple
from urllib.parse import unquote

from kennisbank import calls, kinds, load
from kennisbank.check import links, markup, outline
from kennisbank.check.context import Context

# Folders of the site that the build fills.
EXPORTED = ("data/", "schema/")
_SPACED = re.compile(r"\]\((?<!\\..)(?P<url>(?![^()\n]*[\"'])[^()\s][^()\n]*\s[^()\n]*)\)")
_WIKI = re.compile(r"\[\[[^\[\]\n]+\]\]")
_EMPTY = re.compile(r"(?<!!)\[[^\[\]\n]*\]\(\s*(?:<\s*>)?\s*\)|(?<!!)\[\s*\]\([^)\n]*\)")
_PICTURE = re.compile(r"!\[(?P<alt>[^\]\n]*)\](?:\(\s*<?(?P<url>[^)\s>]*)[^)\n]*\)|\[(?P<name>[^\]\n]*)\])")
_REFERENCE = re.compile(r"(?<![\\!\]])\[(?P<text>[^\[\]\n]+)\](?:\[(?P<name>[^\[\]\n]*)\])|\[(?P<note>\^[^\[\]\s]+)\]")
_DEFINED = re.compile(r"^[ ]{0,3}\[([^\]\n]+)\]:", re.MULTILINE)
_LIKE_HOST = re.compile(r"www\.|[\w-]+\.(?:nl|com|org|eu|be|net)(?:/|$)")
_ID = re.compile(r"""\sid=["']([^"'\s]+)["']""")
_NAMED = re.compile(r"\{\s*#([\w-]+)")
_SLUGGED = re.compile(r"[^\w\s-]")


class Fault(NamedTuple):
    """What is wrong with a link: where it stands, the code and the values of its message."""

    start: int
    code: str
    values: Mapping[str, object]


class Targets:
    """What the pages of a site can lead to. ``texts`` are the pages, ``names`` all files, under the content folder."""

    def __init__(self, context: Context, texts: Mapping[str, str], names: Set[str]) -> None:
        self.context = context
        self.texts = texts
        self.names = names
        self._ids: dict[str, tuple[frozenset[str], tuple[str, ...], bool]] = {}
        self._known: frozenset[str] | None = None

    def judge(self, page: str, url: str) -> tuple[str, dict] | None:
        """The code and values of what is wrong with the address of a link on ``page``, or ``None``."""
        if markup.has_scheme(url):
            return links.judge(url)
        shown = {"url": load.Quoted(url)}
        path, _, fragment = unquote(url).partition("#")
        path = path.partition("?")[0]
        if path.startswith("/"):
            return "KB509", shown
        if not path:
            return self._judge_place(page, page, fragment, shown) if fragment else ("KB543", {**shown, "advice": ""})
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
        if target.endswith(".html") and target.removesuffix(".html") + ".md" in self.names:
            return "KB511", {**shown, "near": load.Quoted(path.removesuffix(".html") + ".md")}
        if target.startswith(EXPORTED) and not path.endswith("/"):
            return None  # made with the site; the check of the built site follows it
        if target not in self.names or path.endswith("/"):
            return self._missing(page, path, target, url)
        if target in self.context.hidden and page not in self.context.hidden:
            return "KB520", shown
        return self._judge_place(page, target, fragment, shown)

    def _missing(self, page: str, path: str, target: str, url: str) -> tuple[str, dict]:
        shown = {"url": load.Quoted(url)}
        if _LIKE_HOST.match(path):
            return links.judge(url) or ("KB543", {**shown, "advice": ""})
        folder = posixpath.dirname(target)
        pages = {name.removesuffix(".md"): name for name in self.names if posixpath.dirname(name) == folder}
        if target.endswith(".md"):
            stem = posixpath.basename(target).removesuffix(".md")
            return "KB512", {**shown, "advice": self.context.advise(stem, map(posixpath.basename, pages))}
        index = posixpath.join(target, "index.md")
        near = f"{path}.md" if f"{target}.md" in self.names else ""
        if not near and index in self.names:
            near = posixpath.join(path, "index.md")
        advice = load.say("advice.near", near=near) + " " if near else ""
        return "KB543", {**shown, "advice": advice}

    def _judge_place(self, page: str, target: str, fragment: str, shown: dict) -> tuple[str, dict] | None:
        # With = it is the state of a catalogue, and "top" every browser knows.
        if not fragment or "=" in fragment or fragment == "top" or target not in self.texts:
            return None
        ids, begins, has_free = self._places(target)
        if fragment in ids or (has_free and fragment in self.known):
            return None
        for begin in begins:
            rest = fragment.removeprefix(begin)
            if rest != fragment and (rest in self.known or len(rest) == 1):
                return None
        return "KB542", {**shown, "advice": self.context.advise(fragment, ids)}

    def _places(self, name: str) -> tuple[frozenset[str], tuple[str, ...], bool]:
        """The ids on a page that are certain, how those begin of which a macro decides the rest, and if all may be free."""
        if name not in self._ids:
            text = self.texts[name]
            ids = {*_ID.findall(text), *_NAMED.findall(text), "hoofddeel"}
            plain = markup.without_code(calls.blank(text))
            ids |= {_slug(heading.text) for heading in outline.list_headings(plain)}
            begins: set[str] = set()
            has_free = False
            for call in calls.CALL.finditer(text):
                if call["name"] in calls.names():
                    fixed, open_ended = calls.anchors(call["name"])
                    ids |= fixed
                    begins |= {begin for begin in open_ended if begin}
                    has_free = has_free or "" in open_ended
            self._ids[name] = frozenset(ids), tuple(sorted(begins)), has_free
        return self._ids[name]

    @property
    def known(self) -> frozenset[str]:
        """What a macro may take for an id: records on the site, terms, and the anchors of fields and parts."""
        if self._known is None:
            context = self.context
            found = {name for name, entry in _shown(context)}
            for terms in context.loaded.vocabularies.values():
                for name, term in terms.items():
                    found |= {name, str(term.get("anchor", "")) if isinstance(term, dict) else ""}
            found |= {field.anchor for known in context.fields.values() for field in known.all if field.anchor}
            self._known = frozenset(found)
        return self._known


def find_faults(page: str, text: str, targets: Targets, has_layout: bool) -> Iterator[Fault]:
    """Every link and picture of a page that is not right. Calls and code of ``text`` are blank.

    Only a page that ``has_layout`` may hold tags, which have links too.
    """
    spaced = {found.start(): found["url"] for found in _SPACED.finditer(text)} if "](" in text else {}
    for start, url in spaced.items():
        yield Fault(start, "KB403", {"url": load.Quoted(url)})
    for start, url in markup.find_links(text, has_layout):
        wrong = None if start in spaced else targets.judge(page, url)
        if wrong:
            yield Fault(start, *wrong)
    if "[" not in text:
        return
    for found in _WIKI.finditer(text):
        yield Fault(found.start(), "KB543", {"url": load.Quoted(found[0]), "advice": ""})
    for found in _EMPTY.finditer(text) if "](" in text else ():
        yield Fault(found.start(), "KB555", {"found": load.Quoted(found[0])})
    defined = {name.lower() for name in _DEFINED.findall(text)}
    for found in _REFERENCE.finditer(text) if "][" in text or "[^" in text else ():
        name = found["note"] or found["name"] or found["text"]
        if name.lower() not in defined and not _DEFINED.match(text, found.start()):
            yield Fault(found.start(), "KB549", {"found": load.Quoted(found[0])})
    yield from _find_picture_faults(page, text, targets)


def _find_picture_faults(page: str, text: str, targets: Targets) -> Iterator[Fault]:
    for found in _PICTURE.finditer(text) if "![" in text else ():
        url = found["url"] or ""
        if markup.has_scheme(markup.clean(url)):
            if markup.clean(url).lower().startswith(("http:", "https:", "//")):
                yield Fault(found.start(), "KB545", {"url": load.Quoted(url)})
        elif not found["alt"].strip():
            yield Fault(found.start(), "KB544", {"url": load.Quoted(url)})


def _shown(context: Context) -> Iterator[tuple[str, object]]:
    for kind in kinds.RECORDS:
        for name, entry in context.by_id[kind.name].items():
            if not context.is_waiting(entry):
                yield name, entry


def _slug(text: str) -> str:
    """The id that Markdown gives a heading (``slugify`` of its list of contents)."""
    text = markup.plain(text)
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[\s-]+", "-", _SLUGGED.sub("", text).strip().lower())
