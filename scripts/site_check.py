"""Checks a built site: links, anchors, ids, headings, and that nothing comes from another host.

    python scripts/site_check.py site

Ends with 0 when all is well, 1 when there are findings (one line each on standard output), 2 on wrong use.
Standard library and PyYAML only, because `make site` runs it without the development packages;
`tests/test_site.py` runs the same functions. Tags are read with a regular expression: html.parser takes
four times as long on a thousand pages, and our own and Material's HTML is regular enough.
"""

import json
import posixpath
import re
import sys
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import yaml

MESSAGES = Path(__file__).with_suffix(".yaml")

# A browser also ends a comment at once ("<!-->") and by "--!>".
COMMENT = re.compile(r"<!--(?:-?>|.*?--!?>)", re.DOTALL)
# The text inside these elements is no HTML; the opening tag is kept, for its attributes.
RAW_TEXT = re.compile(r"(?is)(<(script|style|textarea|template)\b[^>]*>)(.*?)(</\2\s*>)")
TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
ATTRIBUTE = re.compile(r"([a-zA-Z][a-zA-Z0-9:_-]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL | re.IGNORECASE)

# Attributes whose address is loaded by the browser without the reader asking for it.
LOADING = {
    *((name, "src") for name in ("script", "img", "iframe", "source", "video", "audio", "track", "embed", "input")),
    *((name, "srcset") for name in ("img", "source")),
    *((name, attribute) for name in ("use", "image") for attribute in ("href", "xlink:href")),
    *(("link", "href"), ("base", "href"), ("object", "data"), ("video", "poster")),
    *(("form", "action"), ("button", "formaction"), ("input", "formaction")),
}
# A <link> of these kinds names an address without loading it.
NAMING_LINKS = {"canonical", "license", "author", "alternate", "next", "prev"}
# What a link may start with; javascript:, data: and file: are refused.
LINK_SCHEMES = {"https", "http", "mailto", "tel"}

# Other attributes that hold an address, which may not run something either.
ADDRESSES = {
    "href",
    "src",
    "xlink:href",
    "action",
    "formaction",
    "data",
    "poster",
    "background",
    "cite",
    "ping",
    "manifest",
}
RUNNING = re.compile(r"(?:javascript|vbscript|data):", re.IGNORECASE)
# In the text and not in the tags that were read: a tag that is read otherwise here than in a browser counts too.
HANDLER = re.compile(r"<[a-zA-Z][^<>]*?[\s/\"'](on[a-zA-Z]+)\s*=")
OVERLAY = re.compile(r"position\s*:|z-index\s*:|expression\s*\(", re.IGNORECASE)
SCRIPT = re.compile(r"(?is)<script\b([^>]*)>(.*?)</script\s*>")
# Data for programs, which no browser runs.
LINKED = re.compile(r"""^\s*type=["']?application/ld\+json["']?\s*$""")
STEPS = re.compile(r"(?<=\")(?:/|\.\.?(?:/\.\.)*/?|(?:\.\./)+)(?=[\"a-z])")
SVG_RUNS = re.compile(r"<\s*(?:script|foreignObject|iframe)\b|[\s\"'/]on[a-z]+\s*=|javascript:|<!ENTITY", re.IGNORECASE)
# What a browser opens as a page of its own.
PAGES = {".html", ".htm", ".xhtml", ".xht", ".shtml", ".mht", ".mhtml", ".xsl", ".xslt"}
# On every page that comes out of our theme.
OURS = "assets/kb.js"

ADDRESS = r"(?:https?:)?//[^\s\"'`)>]+"
CSS_LOADS = re.compile(rf"(?:url\(\s*[\"']?|@import\s+[\"'])({ADDRESS})", re.IGNORECASE)
# Only calls that load, not every address: Material's bundle names hosts in features that are off here,
# and the browser tests prove that none of them is asked for.
JS_LOADS = re.compile(
    rf"(?:\b(?:fetch|import|importScripts|open|sendBeacon|WebSocket|EventSource|Worker)\s*\(\s*|"
    rf"\bfrom\s*|\.(?:src|href|action)\s*=\s*)[\"'`]({ADDRESS})"
)


class Finding(NamedTuple):
    """What is wrong: `page` relative to the site, `code` a key of site_check.yaml, `value` the offender."""

    page: str
    code: str
    value: str = ""


@dataclass(frozen=True)
class Page:
    """One HTML file: `tags` as (name, attributes), `ids` with repeats, `raw` its scripts and styles."""

    path: str
    title: str
    tags: tuple[tuple[str, dict[str, str]], ...]
    ids: tuple[str, ...]
    raw: str
    handlers: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()


def read_page(site: Path, file: Path) -> Page:
    """Reads one HTML file (UTF-8) of the site."""
    text = COMMENT.sub("", file.read_text(encoding="utf-8"))
    raw: list[str] = []

    def keep_tags(match: re.Match[str]) -> str:
        raw.append(match[3])
        return match[1] + match[4]

    whole = text
    found = TITLE.search(text)
    text = RAW_TEXT.sub(keep_tags, text)
    tags = tuple((match[1].lower(), read_attributes(match[2])) for match in TAG.finditer(text))
    return Page(
        path=file.relative_to(site).as_posix(),
        title=unescape(found[1]).strip() if found else "",
        tags=tags,
        ids=tuple(attributes["id"] for _, attributes in tags if "id" in attributes),
        raw="\n".join(raw),
        handlers=tuple(HANDLER.findall(SCRIPT.sub("", whole))),
        scripts=tuple(
            STEPS.sub("", inner)
            for opening, inner in SCRIPT.findall(whole)
            if inner.strip() and not LINKED.search(opening)
        ),
        linked=tuple(inner for opening, inner in SCRIPT.findall(whole) if LINKED.search(opening)),
    )


# Most tags of a page stand on every page, in its frame.
@lru_cache(maxsize=10_000)
def read_attributes(text: str) -> dict[str, str]:
    """Reads the inside of a tag; an attribute without a value gets the empty text. Do not change what it gives."""
    found = ATTRIBUTE.finditer(text)
    return {match[1].lower(): unescape(match[2] or match[3] or match[4] or "") for match in found}


def find_page_problems(page: Page) -> list[Finding]:
    """What one page must have by itself: language, title, description, one h1, unique ids, a policy."""
    findings = []
    names = Counter(name for name, _ in page.tags)
    metas = [attributes for name, attributes in page.tags if name == "meta"]
    html = next((attributes for name, attributes in page.tags if name == "html"), {})

    if html.get("lang") != "nl":
        findings.append(Finding(page.path, "lang"))
    if not page.title:
        findings.append(Finding(page.path, "title"))
    if not any(meta.get("name") == "description" and meta.get("content", "").strip() for meta in metas):
        findings.append(Finding(page.path, "description"))
    if names["h1"] != 1:
        findings.append(Finding(page.path, "h1", str(names["h1"])))
    policies = [
        meta.get("content", "") for meta in metas if meta.get("http-equiv", "").lower() == "content-security-policy"
    ]
    if not any(is_closed(policy) for policy in policies):
        findings.append(Finding(page.path, "csp"))
    findings += [Finding(page.path, "duplicate-id", name) for name, count in Counter(page.ids).items() if count > 1]
    return findings


def is_closed(policy: str) -> bool:
    """Whether a Content-Security-Policy covers what it does not name, and lets no other host in.

    Words in quotes ('self', 'unsafe-inline', a hash) and data: stay in the page; all else names a host or a scheme.
    A script comes from a file of the site, and never out of the page itself.
    """
    directives = {part.split()[0]: part.split()[1:] for part in policy.split(";") if part.split()}
    sources = {source for values in directives.values() for source in values}
    scripts = set(directives.get("script-src", directives.get("default-src", ())))
    is_own = all(source[0] == "'" or source in ("data:", "blob:") for source in sources)
    return "default-src" in directives and is_own and scripts <= {"'self'", "'none'"}


def find_foreign(page: Page) -> list[Finding]:
    """What a page would load from another host, by an attribute, a style or a script inside it."""
    found = []
    for name, attributes in page.tags:
        if name == "link" and NAMING_LINKS & set(attributes.get("rel", "").lower().split()):
            continue
        found += [
            value
            for attribute, value in attributes.items()
            if (name, attribute) in LOADING and re.search(rf"(?:^|[\s,]){ADDRESS}", value)
        ]
        if "style" in attributes:
            found += CSS_LOADS.findall(attributes["style"])
    found += CSS_LOADS.findall(page.raw) + JS_LOADS.findall(page.raw)
    return [Finding(page.path, "foreign", value) for value in found]


def find_running(page: Page, known: frozenset[str]) -> list[Finding]:
    """What would run without being ours: attributes with code, addresses with code, scripts in the page, overlays.

    `known` are the scripts inside the page that the theme puts on every page, as on the one without any content.
    """
    found = [Finding(page.path, "handler", name) for name in page.handlers]
    for name, attributes in page.tags:
        for attribute, value in attributes.items():
            if attribute.startswith("on") and attribute not in page.handlers:
                found.append(Finding(page.path, "handler", attribute))
            elif attribute == "srcdoc":
                found.append(Finding(page.path, "srcdoc"))
            elif attribute == "style" and OVERLAY.search(value):
                found.append(Finding(page.path, "style", value))
            elif attribute in ADDRESSES and RUNNING.match(re.sub(r"[\x00-\x20]", "", value)):
                found.append(Finding(page.path, "scheme", value))
        if name == "meta" and attributes.get("http-equiv", "").lower() == "refresh":
            found.append(Finding(page.path, "refresh"))
    found += [Finding(page.path, "script", text.strip()[:60]) for text in page.scripts if text not in known]
    return found


def find_broken_data(page: Page) -> list[Finding]:
    """What a page tells programs and no program can read."""
    found = []
    for text in page.linked:
        try:
            if not isinstance(json.loads(text), dict) or "<" in text:
                found.append(Finding(page.path, "linked"))
        except ValueError:
            found.append(Finding(page.path, "linked"))
    return found


def find_foreign_page(page: Page) -> list[Finding]:
    """Whether the page came out of our theme: another one would come with the site and follow none of its rules."""
    files = {
        posixpath.normpath(posixpath.join(posixpath.dirname(page.path), attributes.get("src", "").lstrip("/")))
        for name, attributes in page.tags
        if name == "script"
    }
    is_ours = OURS in files and not page.path.startswith("assets/")
    return [] if is_ours else [Finding(page.path, "page")]


def find_foreign_in_file(path: str, text: str) -> list[Finding]:
    """The same for a style sheet or script that stands in a file of its own."""
    pattern = CSS_LOADS if path.endswith(".css") else JS_LOADS
    return [Finding(path, "foreign", value) for value in pattern.findall(text)]


def find_bad_links(page: Page, ids: dict[str, frozenset[str]], files: frozenset[str]) -> list[Finding]:
    """Links and local addresses that lead nowhere.

    `ids` has the ids of every page by its path, `files` every file of the site. A fragment with `=` is the
    state of the catalogue (#category=…), no anchor.
    """
    findings = []
    links = {
        attributes[attribute]
        for name, attributes in page.tags
        for attribute in ("href", "src")
        if attribute in attributes and name != "base"
    }
    for link in sorted(links):
        code = judge_link(link, page, ids, files)
        if code:
            findings.append(Finding(page.path, code, link))
    return findings


def judge_link(link: str, page: Page, ids: dict[str, frozenset[str]], files: frozenset[str]) -> str | None:
    """The code of what is wrong with one link, or None."""
    parts = urlsplit(link)
    if parts.scheme:
        return None if parts.scheme in LINK_SCHEMES else "scheme"
    if parts.netloc:
        return "scheme"
    target = unquote(parts.path)
    if target.startswith("/"):
        # The error page is served for any address, so it alone counts from the root.
        return None if page.path == "404.html" else "absolute"
    if target.endswith("/") or target in (".", ".."):
        return "folder"
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), target)) if target else page.path
    if path not in files:
        return "link"
    fragment = unquote(parts.fragment)
    if not fragment or fragment == "top" or "=" in fragment or path not in ids:
        return None
    return None if fragment in ids[path] else "anchor"


def check_site(site: Path) -> tuple[list[Finding], int]:
    """Checks a whole built site; gives the findings, in order of page, and the number of pages."""
    files = sorted(path for path in site.rglob("*") if path.is_file())
    names = frozenset(path.relative_to(site).as_posix() for path in files)
    pages = [read_page(site, path) for path in files if path.suffix == ".html"]
    if not pages:
        return [Finding(".", "empty", str(site))], 0
    ids = {page.path: frozenset(page.ids) for page in pages}

    findings = []
    empty = next((page for page in pages if page.path == "404.html"), None)
    known = frozenset(empty.scripts) if empty else frozenset()
    for page in pages:
        findings += find_page_problems(page) + find_foreign(page) + find_bad_links(page, ids, names)
        findings += find_running(page, known) + find_foreign_page(page)
        findings += find_broken_data(page)
    for path in files:
        if path.suffix.lower() in PAGES and path.suffix != ".html":
            findings.append(Finding(path.relative_to(site).as_posix(), "page"))
        if path.suffix.lower() == ".svg":
            found = SVG_RUNS.search(path.read_text(encoding="utf-8", errors="replace"))
            findings += [Finding(path.relative_to(site).as_posix(), "svg", found[0].strip())] if found else []
        if path.suffix in (".css", ".js"):
            text = path.read_text(encoding="utf-8")
            findings += find_foreign_in_file(path.relative_to(site).as_posix(), text)
    return findings, len(pages)


def read_messages() -> dict[str, str]:
    """The messages by code, and the two closing lines `ok` and `failed`."""
    return yaml.safe_load(MESSAGES.read_text(encoding="utf-8"))


def main(arguments: list[str]) -> int:
    """Prints the findings of the site in the folder that is the only argument."""
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    messages = read_messages()
    site = Path(arguments[0])
    findings, pages = check_site(site)
    for finding in findings:
        print(f"{site / finding.page}: {messages[finding.code].format(value=finding.value)}")
    summary = messages["failed" if findings else "ok"]
    print(summary.format(pages=pages, problems=len(findings)))
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
