"""The data of the scripts in the browser, as classic scripts, so that they also load from ``file://``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from kennisbank import model, narrative, views

# What search/index.js expects.
SEARCH_VERSION = "1"


def write_all(kb: model.KnowledgeBase, content: Path, target: Path) -> None:
    """Write what the scripts search and choose with; ``content`` holds the pages, ``target`` is the folder of the site."""
    texts, pages = narrative.read_all(content)
    write(
        target, "search-data", "KENNISBANK_SEARCH", {"version": SEARCH_VERSION, **views.show_search(kb, texts, pages)}
    )
    write(target, "choice-data", "KENNISBANK_CHOICE", views.show_choice(kb))
    write(target, "choice-facts", "KENNISBANK_FACTS", views.show_choice_facts(kb))
    write(target, "guide-data", "KENNISBANK_GUIDE", views.show_guide_data(kb))


def write_module(target: Path, name: str, data: object) -> None:
    """Write data as a module of that name, which a script can ask for late (``content/assets/kb.js``)."""
    path = target / f"assets/{name}.js"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    path.write_text(f'Kennisbank.define("{name}", [], () => ({text}));\n', encoding="utf-8")


def write(target: Path, file: str, name: str, data: Mapping) -> None:
    """Write data as a script that gives it that name."""
    path = target / f"assets/{file}.js"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    path.write_text(f"window.{name} = {text};\n", encoding="utf-8")
