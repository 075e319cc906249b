"""The names that a page may call, for mkdocs-macros. See ``kennisbank.views.PAGES``."""

from __future__ import annotations

from pathlib import Path

from pathspec.gitignore import GitIgnoreSpec

from kennisbank import build, export, kinds, views
from kennisbank.render import read_title, render


def define_env(env) -> None:
    """Give every page the macros, and leave out the pages of drafts; serving again reads the data that changed."""
    kb = build.read(project_root(env))
    leave_out(env.conf, hidden_pages(kb))
    for name in views.PAGES:
        env.macro(page_macro(env, kb, name), name)


def page_macro(env, kb, name: str):
    """The function that a page calls. A closure: mkdocs-macros prints the inside of anything that has fields."""
    return lambda *record: print_page(env, kb, name, *record)


def print_page(env, kb, name: str, *record: str) -> str:
    """The text of one macro on the page that is being made, with its title and description set."""
    view = views.PAGES[name](kb, *record)
    if view.get("tagline"):
        env.page.meta.setdefault("description", view["tagline"])
    labels = {name: kb.vocabularies[name] for name in ("part", "facet", "list", "field")}
    shared = {**labels, "today": kb.today, "site_url": env.conf["site_url"] or ""}
    text = render(name, view, "../" * env.page.file.src_uri.count("/"), shared)
    if title := read_title(text):  # MkDocs takes it from a heading only where nothing stands before that
        env.page.meta.setdefault("title", title)
    return text


def on_post_build(env) -> None:
    """Write the data files and the search data into the built site."""
    root = project_root(env)
    export.export_site(build.read(root), root, Path(env.conf["site_dir"]))


def hidden_pages(kb) -> list[str]:
    """The pages of drafts, by their names under the content folder."""
    return [page.file.format(id=record_id) for kind, record_id in kb.drafts for page in kinds.BY_NAME[kind].pages]


def leave_out(conf, pages: list[str]) -> None:
    """Add the pages to the setting ``exclude_docs``: the generator reads it after this, and never makes such a page.

    Such a page would ask for facts that the knowledge base does not hold. The setting is one that MkDocs and its
    successor share, and no page appears or vanishes by it that is not named here.
    """
    present = conf["exclude_docs"]
    hidden = GitIgnoreSpec.from_lines(f"/{page}" for page in pages)
    conf["exclude_docs"] = present + hidden if present else hidden


def project_root(env) -> Path:
    """The folder that holds ``mkdocs.yml``."""
    return Path(env.conf["config_file_path"]).parent
