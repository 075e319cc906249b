"""Views give what is read, and nothing else: a value that nobody reads is work for nothing, or a fact nobody sees."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_type_hints, is_typeddict

import pytest

from kennisbank import edition, model, views
from kennisbank.downloads import Download
from kennisbank.render import render, share
from kennisbank.views import matrix
from kennisbank.views.common import SHARED as COMMON
from kennisbank.views.offered import SHARED as OFFERED
from kennisbank.views.shapes import FieldView
from kennisbank.views.standing import StandingView

SHARED = (*COMMON, *OFFERED, FieldView, StandingView)

# Of every kind of download one is there.
FILES = {
    name: Download(name, 1, "0")
    for name in (f"book/{edition.read('').name}.epub", f"book/{edition.read('').name}.pdf", "data/interventions.csv")
}
# The pages about one record, with the records they can be about.
ABOUT = {
    **dict.fromkeys(("intervention", "intervention_end", "leaflet"), "interventions"),
    **dict.fromkeys(("institution", "menu_card", "control_sheet"), "institutions"),
    **{
        "organisation": "organisations",
        "training": "trainings",
        "category": "category",
        "audience_card": "target_group",
    },
}


def paths(view: dict, path: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, ...], object]]:
    """Every name in a view, its path and its value. What many pages share has a path of its own: read once is enough."""
    found = [shared for shared in SHARED if shared.__annotations__.keys() <= view.keys()]
    for key, value in view.items():
        # A link of a term is a term: the smallest that has the name.
        owners = sorted(
            (shared for shared in found if key in shared.__annotations__), key=lambda one: len(one.__annotations__)
        )
        yield str(key), ((owners[0].__name__, str(key)) if owners else (*path, str(key))), value


# Read elsewhere: the tagline becomes the description of a page.
ELSEWHERE = {("tagline",)}


class Told(dict):
    """A view that remembers which of its values were read, by their paths without the numbers of lists."""

    def __init__(self, view: dict, path: tuple[str, ...], read: set[tuple[str, ...]]) -> None:
        self.paths = {name: place for name, place, _ in paths(view, path)}
        super().__init__((name, wrap(value, place, read)) for name, place, value in paths(view, path))
        self.read = read

    def __getitem__(self, key: str) -> object:
        self.read.add(self.paths.get(key, ()))
        return super().__getitem__(key)

    def get(self, key: str, default: object = None) -> object:
        return self[key] if key in self.paths else default

    def items(self) -> Iterator:  # a mapping that is gone through is read as a whole
        return ((key, self[key]) for key in self)


def wrap(value: object, path: tuple[str, ...], read: set[tuple[str, ...]]) -> object:
    """A value with every mapping inside it made to remember."""
    if isinstance(value, dict):
        return Told(value, path, read)
    return [wrap(item, path, read) for item in value] if isinstance(value, (list, tuple)) else value


def all_paths(value: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every path in a view."""
    if isinstance(value, dict):
        for _, place, item in paths(value, path):
            yield place
            yield from all_paths(item, place)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from all_paths(item, path)


def records(kb: model.KnowledgeBase, page: str) -> list[tuple[str, ...]]:
    """The arguments of every call of a page."""
    kind = ABOUT.get(page)
    if kind is None:
        return [()]
    found = kb.vocabularies[kind] if kind in kb.vocabularies else getattr(kb, kind)
    return [(name,) for name in found]


@pytest.fixture(scope="module")
def unread(kb: model.KnowledgeBase) -> dict[str, set[tuple[str, ...]]]:
    """Per page the values that no template reads, whatever the record."""
    shared = share(kb, "https://x.nl/", lambda: FILES)
    found = {}
    read: set[tuple[str, ...]] = set()
    for page, show in views.PAGES.items():
        given: set[tuple[str, ...]] = set()
        for record in records(kb, page):
            view = {page: show(kb, *record)}
            given |= set(all_paths(view))
            told = Told(view, (), read)[page]
            render(page, told, "../", shared)
        if page == "matrix":  # the same view as rows of a file
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(matrix, "show_matrix", lambda kb, told=told: told)
                views.matrix_rows(kb)
        found[page] = given
    # The parts of what nobody reads are not told one by one.
    return {
        page: {path for path in given - read if path[:-1] not in given - read and path[1:] not in ELSEWHERE}
        for page, given in found.items()
    }


@pytest.mark.slow
@pytest.mark.parametrize("page", views.PAGES)
def test_every_value_of_a_view_is_read(unread: dict[str, set[tuple[str, ...]]], page: str) -> None:
    assert not unread[page], sorted(".".join(path) for path in unread[page])


@pytest.mark.parametrize("page", views.PAGES)
def test_a_page_says_what_its_view_holds(kb: model.KnowledgeBase, page: str) -> None:
    show = views.PAGES[page]
    said = get_type_hints(show)["return"]
    assert is_typeddict(said), f"{show.__name__} gives {said}"
    given = {frozenset(show(kb, *record)) for record in records(kb, page)}
    assert given == {frozenset(get_type_hints(said))}


@pytest.mark.slow
@pytest.mark.parametrize("data", ["show_choice", "show_choice_facts", "show_search"])
def test_every_value_for_the_scripts_is_read(kb: model.KnowledgeBase, project_root: Path, data: str) -> None:
    """By name: a script that reads ``entry.also_in`` holds those words."""
    scripts = "".join(path.read_text(encoding="utf-8") for path in (project_root / "content/assets").rglob("*.js"))
    names = {path[-1] for path in all_paths(json.loads(json.dumps(getattr(views, data)(kb))))}
    ids = {
        *kb.interventions,
        *kb.institutions,
        *kb.organisations,
        *(term for terms in kb.vocabularies.values() for term in terms),
    }
    fields = {field.name for field in kb.fields["interventions"].all if field.compare}
    words = set(kb.vocabularies["search_word"]) | {
        label for term in kb.vocabularies["search_word"].values() for label in [term.label]
    }
    asked = {name for name in names - ids - fields - words if re.fullmatch(r"[a-z_]+", name)}
    places = set(views.show_search(kb)["places"])
    lists = kb.vocabularies.keys()
    missing = {name for name in asked - places - lists if not re.search(rf"\b{name}\b", scripts)}
    assert not missing
