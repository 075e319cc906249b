"""The names that a page may call, for mkdocs-macros. See ``kennisbank.views.PAGES``."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from kennisbank import build, export, views
from kennisbank.render import render


def define_env(env) -> None:
    """Give every page the macros; the data is read again when a file under ``data/`` changed."""
    root = Path(env.conf["config_file_path"]).parent
    kb = knowledge_base(root, stamp(root))
    for name in views.PAGES:
        env.macro(page_macro(env, kb, name), name)


def page_macro(env, kb, name: str):
    """The function that a page calls. A closure: mkdocs-macros prints the inside of anything that has fields."""
    return lambda *record: print_page(env, kb, name, *record)


def print_page(env, kb, name: str, *record: str) -> str:
    """The text of one macro on the page that is being made, with its description set; of a draft only that it is one."""
    page = env.page
    if (name.removesuffix("_end"), *record) in kb.drafts:
        return "" if name.endswith("_end") else render("draft", {}, "", {})
    view = views.PAGES[name](kb, *record)
    if view.get("tagline"):
        page.meta.setdefault("description", view["tagline"])
    return render(name, view, "../" * page.file.src_uri.count("/"), shared_words(kb, env.conf["site_url"]))


def shared_words(kb, site_url: str | None) -> dict:
    """What every template may use: labels of parts, filters, lists and fields, the day, and the public address."""
    labels = {name: kb.vocabularies[name] for name in ("part", "facet", "list", "field")}
    return {**labels, "today": kb.today, "site_url": site_url or ""}


def on_post_build(env) -> None:
    """Write the data files and the search data into the built site, and take the pages of drafts out of it."""
    root, site = Path(env.conf["config_file_path"]).parent, Path(env.conf["site_dir"])
    kb = knowledge_base(root, stamp(root))
    export.export_site(kb, root, site)
    for kind, record_id in kb.drafts:
        (site / f"{kind}s/{record_id}.html").unlink(missing_ok=True)


def stamp(root: Path) -> tuple:
    """The names and times of the data files: another stamp means that the data changed."""
    return tuple((str(path), path.stat().st_mtime_ns) for path in sorted((root / "data").rglob("*.yaml")))


@lru_cache(maxsize=1)
def knowledge_base(root: Path, _stamp: tuple):
    """The knowledge base of the project, made once per state of the data."""
    return build.read(root)
