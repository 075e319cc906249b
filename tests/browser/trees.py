"""What a screen reader is given of a page, kept as an outline in `tests/browser/trees/<kind>.txt`; and that it is Dutch.

An outline holds what stays when the data change: landmarks, groups, the headings of the page and its parts, and what can
be operated. Of many alike behind one another only the first is named, but for headings.
"""

import os
import re
from functools import cache
from itertools import groupby
from pathlib import Path

from kennisbank import model

TREES = Path(__file__).parent / "trees"
RENEW = 'RENEW_TREES=1 make test ARGS="-k test_a_page_is_in_order"'

PLACES = {"banner", "navigation", "main", "complementary", "contentinfo", "search", "form", "region", "group", "table"}
CONTROLS = {"button", "textbox", "searchbox", "combobox", "checkbox", "radio", "spinbutton", "status", "alert", "img"}
LINE = re.compile(r'^(?P<indent> *)- (?P<role>[a-z]+)(?: "(?P<name>(?:[^"\\]|\\.)*)")?(?P<rest>[^:]*)')
COUNT = re.compile(r" [0-9]+$")  # how many entries a filter has
MOST = 3  # alike behind one another: more are told by the first and a sign

# Words that no Dutch text has and that themes, browsers and libraries say by themselves.
ENGLISH = re.compile(
    r"\b(?:header|footer|tabs?|search|skip|close|toggle|next|previous|back|home page|table of contents|navigation|breadcrumbs?"
    r"|loading|show|hide|more|less|copy|share|dark|light|switch|select|choose|submit|reset|clear|page|the|and|with|from"
    r"|this|not|results?|main|sidebar|button|expand|collapse|source|download|edit|view)\b",
    re.IGNORECASE,
)


def outline(snapshot: str) -> str:
    """The part of Playwright's description of a tree that does not follow from the data, each line as deep as it stands."""
    kept: list[tuple[int, str, str]] = []
    above: list[int] = []
    for line in snapshot.splitlines():
        if not (found := LINE.match(line)):
            continue
        indent = len(found["indent"])
        above = [one for one in above if one < indent]
        role, name, rest = found["role"], COUNT.sub("", found["name"] or ""), found["rest"]
        if not (role in PLACES | CONTROLS or (role == "heading" and re.search(r"level=[12]\b", rest))):
            continue
        if role == "img" and not name:
            continue
        kept.append((len(above), role, f"{role}{f' “{name}”' if name else ''}{rest.rstrip()}"))
        above.append(indent)
    lines = []
    for (depth, _), run in groupby(kept, key=lambda line: line[:2]):
        alike = [text for _, _, text in run]
        lines += [
            "  " * depth + text
            for text in (alike if len(alike) <= MOST or alike[0].startswith("heading") else [alike[0], "…"])
        ]
    return "\n".join(lines) + "\n"


def find_tree_faults(kind: str, snapshot: str) -> list[str]:
    """How the outline of a page differs from the one that is kept; with RENEW_TREES=1 that becomes this one."""
    path, found = TREES / f"{kind.replace(' ', '-')}.txt", outline(snapshot)
    if os.environ.get("RENEW_TREES"):
        path.write_text(found, encoding="utf-8")
    kept = path.read_text(encoding="utf-8") if path.exists() else ""
    if kept == found:
        return []
    gone = [f"  gone: {line.strip()}" for line in kept.splitlines() if line not in found.splitlines()]
    come = [f"  new: {line.strip()}" for line in found.splitlines() if line not in kept.splitlines()]
    return [
        f"a screen reader is given something else than {path.name} has; is it meant? Then: {RENEW}",
        *(gone + come or ["  another order"]),
    ]


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)), re.IGNORECASE)


def names_of(kb: model.KnowledgeBase) -> tuple[str, ...]:
    """What is called something in English and may be: records and terms by their names."""
    named = [*kb.interventions.values(), *kb.organisations.values(), *kb.institutions.values()]
    names = {name for record in named for name in (record.name, *record.also_known_as)}
    names |= {source.title for source in kb.sources.values()}
    return tuple(names)


def find_english(snapshot: str, names: tuple[str, ...]) -> list[str]:
    """The lines of a tree whose name has a word that is not Dutch; text in the page itself is for other tests."""
    found = []
    for line in snapshot.splitlines():
        if (one := LINE.match(line)) and one["name"] and ENGLISH.search(_pattern(names).sub("", one["name"])):
            found.append(line.strip())
    return found
