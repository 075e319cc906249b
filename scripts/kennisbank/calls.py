"""The one line by which a page asks for its facts: ``<!--[[ name("id") ]]-->``. Nothing else on a page is executed.

The check and the build read pages with the same pattern, so that neither lets pass what the other would run.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from kennisbank import kinds

# The macros about one record, or one term, with its kind. A test holds this beside ``kennisbank.views.PAGES``.
ABOUT = {macro: kind for kind, page in kinds.PAGES for macro in (page.macro, page.closing) if macro}
# What opens a call; anything behind it that is no call is a mistake, in code as much as in text.
OPENING = "<!--["

_TEMPLATES = Path(__file__).parent / "templates"
_TEMPLATE_SUFFIX = ".md.jinja"
# A template that another one prints.
_PARTS = {"map", "story"}
_TEXT = r"(?:\"[^\"\n]*\"|'[^'\n]*')"
CALL = re.compile(rf"<!--\[\[ *(?P<name>\w+)\( *(?P<arguments>{_TEXT}?(?: *, *{_TEXT})*) *\) *\]\]-->")
# In a template: an id, which may hold a value, and the templates that it prints.
_ID = re.compile(r"""(?:\sid="|\{ *#)((?:[\w-]|\{\{[^}"]*\}\})+)""")
_OTHER = re.compile(r"""\{%-? *(?:import|include|from) "([\w./-]+)\"""")
_TITLE = re.compile(r"^# \{\{|<h1[\s>]", re.MULTILINE)
_LEVEL = re.compile(r"^(#{1,6}) |<h([1-6])[\s>]", re.MULTILINE)
_ARGUMENT = re.compile(_TEXT)


@cache
def names() -> frozenset[str]:
    """The names of the macros that a page may call: what there is a template for."""
    found = (path.name.removesuffix(_TEMPLATE_SUFFIX) for path in _TEMPLATES.glob(f"*{_TEMPLATE_SUFFIX}"))
    return frozenset(found) - _PARTS


@cache
def anchors(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """The ids that the page of a macro may hold: the certain ones, and how those begin that end with a value."""
    found = {match for file in _templates(f"{name}{_TEMPLATE_SUFFIX}") for match in _ID.findall(_read(file))}
    return (
        frozenset(match for match in found if "{" not in match),
        frozenset(match[: match.index("{")] for match in found if "{" in match),
    )


@cache
def prints_title(name: str) -> bool:
    """Whether the page of a macro gets its title from it."""
    return _TITLE.search(_read(f"{name}{_TEMPLATE_SUFFIX}")) is not None


@cache
def deepest_heading(name: str) -> int:
    """The level of the deepest heading that a macro prints."""
    found = _LEVEL.findall("\n".join(map(_read, _templates(f"{name}{_TEMPLATE_SUFFIX}"))))
    return max((len(signs) or int(level) for signs, level in found), default=1)


def _templates(file: str) -> list[str]:
    """A template and all that it prints."""
    found = [file]
    for each in found:
        found += [other for other in _OTHER.findall(_read(each)) if other not in found]
    return found


@cache
def _read(file: str) -> str:
    path = _TEMPLATES / file
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def arguments(call: re.Match) -> tuple[str, ...]:
    """What stands between the brackets of a call: texts, exactly as written, never an expression."""
    return tuple(text[1:-1] for text in _ARGUMENT.findall(call["arguments"]))


def expected(name: str) -> int:
    """How many arguments the macro takes: the id of its record, or none."""
    return 1 if name in ABOUT else 0


def expand(text: str, answer: Callable[[re.Match], str]) -> tuple[str, str | None]:
    """The text with every call replaced by its answer, and the first piece that looks like a call and is none."""
    rest = CALL.sub("", text)
    found = rest.find(OPENING)
    stray = rest[found : found + 60].split("\n")[0] if found >= 0 else None
    return ("" if stray else CALL.sub(answer, text)), stray


def blank(text: str) -> str:
    """The text with its calls made blank, every other character still in its place."""
    return CALL.sub(lambda call: " " * len(call.group()), text)
