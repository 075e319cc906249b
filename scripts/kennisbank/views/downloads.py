"""The page of what a reader can take along; sizes and checksums come from the files themselves."""

from __future__ import annotations

from typing import TypedDict

from kennisbank import kinds
from kennisbank.model import KnowledgeBase
from kennisbank.views import common
from kennisbank.views.catalogue import listed


class NamedView(TypedDict):
    """Something that has files of its own, with what it is called."""

    id: str
    label: str


class DownloadsView(TypedDict):
    """What there are files of: the kinds of record, and what has a small book."""

    kinds: list[NamedView]
    categories: list[NamedView]
    institutions: list[NamedView]


class FilesView(TypedDict):
    """Nothing: the files themselves say it."""


def show_downloads(kb: KnowledgeBase) -> DownloadsView:
    """The kinds of record with their names, and what there is a small book of: categories and institutions."""
    used = {item.category for item in listed(kb)}
    return {
        "kinds": [{"id": name, "label": kb.fields[name].title} for name in kinds.NAMES],
        "categories": [
            {"id": term.id, "label": term.label} for term in kb.vocabularies["category"].values() if term.id in used
        ],
        "institutions": [{"id": item.id, "label": item.name} for item in common.open_institutions(kb)],
    }


def show_files(_kb: KnowledgeBase) -> FilesView:
    """Nothing but the files themselves."""
    return {}
