"""The kinds of record and what goes with each: its key, its file, its pages and who may wait as a draft.

The ground floor: this module imports nothing of the package, and whoever has to know what kinds there are asks here.
What a tool outside the package wants in a form of its own (the editor's settings, ``not_in_nav`` in mkdocs.yml, the
words for each kind) is held beside this table by ``tests/test_kinds.py``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

DATA = "data"
CONTENT = "content"
EVERYWHERE = "all"  # the institution of an offer that is "in principle everywhere"
VOCABULARIES = "vocabularies"
VOCABULARIES_FILE = f"{DATA}/{VOCABULARIES}.yaml"
# The status of a record that is not finished: it is checked mildly, has no page and is in no export.
DRAFT = "draft"
# The list of what has been on the site, beside the data: ``check.promises``.
PROMISES_FILE = f"{DATA}/published_ids.txt"
# The statuses of a record that has an address on the site; an archived one keeps its page.
PUBLISHED = "published"
SHOWN = (PUBLISHED, "archived")


@dataclass(frozen=True)
class Page:
    """A page that goes with every record of a kind.

    ``file`` is its name under the content folder, with ``{id}`` for the id; ``macro`` prints the facts at its top and
    ``closing`` what stands behind the narrative. ``head`` is the front matter that a new page gets. ``words`` is how
    long the narrative may be: usually at least the first, never more than the second. One that is wanted
    ``by_some`` records is made with each, is missed by the check where there is something to ask for
    (``check.context``), and stands on the site for those (``views.leaflet``).
    """

    file: str
    macro: str
    closing: str = ""
    head: str = ""
    words: tuple[int, int] | None = None
    by_some: bool = False

    @property
    def styles(self) -> frozenset[str]:
        """The style sheets that the head of such a page names."""
        return frozenset(re.findall(r"^  - (\S+\.css)$", self.head, re.MULTILINE))

    def name(self, record_id: str) -> str:
        """The file of this record's page, under the root of the project."""
        return f"{CONTENT}/{self.file.format(id=record_id)}"

    def address(self, record_id: str) -> str:
        """The address of this record's page, relative to the root of the site."""
        return f"{self.file.format(id=record_id).removesuffix('.md')}.html"

    def read_id(self, name: str) -> str | None:
        """The id for which a file (named under the content folder) would be this page; ``None`` when it is not."""
        found = self._pattern.fullmatch(name)
        return found[1] if found else None

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        before, after = self.file.split("{id}")
        return re.compile(f"{re.escape(before)}([^/]+){re.escape(after)}")


@dataclass(frozen=True)
class Kind:
    """A kind of record, or the terms of one closed list (``vocabulary``) that have pages of their own.

    ``name`` is that of the data file, the export and the schema; ``singular`` is what commands, macros and search call
    one of it. ``key`` names the fields that tell two records apart, of which the first ``needed`` are always there.
    The first of ``pages`` is the record's own; the others are its companions. Terms have their pages always, or with
    ``used_in`` when that field of an intervention in the home country names them. Records without a
    page stand in a list, at the address ``listed``; ``overviews`` are the pages that are drawn from all of them. What is not ``by_hand`` is kept by the
    program itself; what is not ``promised`` may go again.
    """

    name: str
    singular: str
    pages: tuple[Page, ...] = ()
    key: tuple[str, ...] = ("id",)
    needed: int = 1
    drafts: bool = True
    vocabulary: str = ""
    used_in: str = ""
    listed: str = ""
    overviews: tuple[str, ...] = ()
    by_hand: bool = True
    promised: bool = True

    @property
    def file(self) -> str:
        """The data file of this kind, under the root. Records may also stand in a folder of the kind's name."""
        return VOCABULARIES_FILE if self.vocabulary else f"{DATA}/{self.name}.yaml"

    @property
    def schema(self) -> str:
        """The file with the schema of this kind."""
        return f"{self.name}.schema.json"

    @property
    def has_id(self) -> bool:
        """Whether each record has an id, and so an address that is a promise."""
        return self.key == ("id",)


# Devices of Windows: no file can be named after them, so a checkout fails there.
DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)))
)
# What no record may be called: those, words that stand for nothing or everything in our data, in YAML or in a script,
# and the page of a folder.
RESERVED = DEVICES | frozenset(
    (EVERYWHERE, "unknown", "none", "null", "undefined", "nan", "true", "false", "constructor", "prototype", "index")
)


# Cards hang on a wall and are not read through: they have no list of contents.
_CARD = "---\nhide:\n  - toc\n---\n"
_SHEET = "---\nhide:\n  - toc\nstyles:\n  - pages/control.css\n---\n"

RECORDS = (
    Kind(
        "interventions",
        "intervention",
        (
            Page("interventions/{id}.md", "intervention", closing="intervention_end", words=(250, 700)),
            Page("cards/uitleg-{id}.md", "leaflet", head=_CARD, by_some=True),
        ),
    ),
    Kind(
        "offers",
        "offer",
        key=("intervention", "institution", "location"),
        needed=2,
        drafts=False,
        overviews=(
            "institutions/index.html",
            "institutions/matrix.html",
            "institutions/gaps.html",
            "institutions/transfer.html",
            "choose/index.html",
            "about/figures.html",
        ),
    ),
    Kind(
        "institutions",
        "institution",
        (
            Page("institutions/{id}.md", "institution"),
            Page("cards/{id}.md", "menu_card", head=_CARD),
            Page("editors/control/{id}.md", "control_sheet", head=_SHEET),
        ),
    ),
    Kind("organisations", "organisation", (Page("organisations/{id}.md", "organisation"),)),
    Kind("sources", "source", listed="sources.html"),
    Kind("trainings", "training", (Page("trainings/{id}.md", "training"),)),
    Kind("glossary", "glossary", listed="glossary.html"),
    Kind("left_out", "left-out", listed="about/left-out.html", promised=False),
    Kind("changes", "change", key=("on", "kind", "record"), needed=3, drafts=False, by_hand=False),
)
TERMS = (
    Kind("categories", "category", (Page("categories/{id}.md", "category"),), drafts=False, vocabulary="category"),
    Kind(
        "target_groups",
        "target-group",
        (Page("cards/voor-{id}.md", "audience_card", head=_CARD),),
        drafts=False,
        vocabulary="target_group",
        used_in="target_groups",
    ),
)

BY_NAME = {kind.name: kind for kind in (*RECORDS, *TERMS)}
BY_SINGULAR = {kind.singular: kind for kind in BY_NAME.values()}
# The fields that say what a record is called; the first that it has. A source is known by its short name.
CALLED = ("short", "name", "title", "term")
# The names of the kinds of record, in the order in which they are read and exported.
NAMES = tuple(kind.name for kind in RECORDS)
# Those of the records that people write.
WRITTEN = tuple(kind.name for kind in RECORDS if kind.by_hand)
# Every page that goes with a record or term, those with the narrowest name first: a card "voor-…" is of a target group.
PAGES = sorted(
    ((kind, page) for kind in BY_NAME.values() for page in kind.pages),
    key=lambda pair: len(pair[1].file),
    reverse=True,
)


def is_free(kind: Kind, record_id: str) -> bool:
    """Whether a record may have this id: no word with another meaning, and no page that would be another kind's."""
    return record_id not in RESERVED and all(
        form is page
        for page in kind.pages
        for _, form in PAGES
        if form.read_id(page.file.format(id=record_id)) and len(form.file) >= len(page.file)
    )


def joined(kind: str, key: Iterable[str]) -> dict[str, str]:
    """The records that the key of a record names, by their kinds: of an offer ``interventions`` and ``institutions``.

    Of a record with an id that is itself.
    """
    named = dict(zip(BY_NAME[kind].key, key, strict=False))
    if BY_NAME[kind].has_id:
        return {kind: named["id"]}
    return {BY_SINGULAR[part].name: value for part, value in named.items() if part in BY_SINGULAR}


def call(read: Callable[[str], object], otherwise: str) -> str:
    """What a reader calls a record, of which ``read`` gives the fields: the first of ``CALLED`` that is a text."""
    return next((name for part in CALLED if isinstance(name := read(part), str) and name), otherwise)


def address(singular: str, record_id: str) -> str:
    """The address of the own page of a record, relative to the root of the site."""
    return BY_SINGULAR[singular].pages[0].address(record_id)


def line(macro: str, record_id: str) -> str:
    """The line of a page that calls a macro for a record."""
    return f'<!--[[ {macro}("{record_id}") ]]-->'
