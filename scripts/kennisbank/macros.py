"""The names that a page may call, for mkdocs-macros. See ``kennisbank.views.PAGES``."""

from __future__ import annotations

from pathlib import Path

from kennisbank import build, export, scripts, views
from kennisbank.render import read_title, render


def define_env(env) -> None:
    """Give every page the macros; serving again reads the data that changed."""
    kb = build.read(project_root(env))
    for name in views.PAGES:
        env.macro(page_macro(env, kb, name), name)


def page_macro(env, kb, name: str):
    """The function that a page calls. A closure: mkdocs-macros prints the inside of anything that has fields."""
    return lambda *record: print_page(env, kb, name, *record)


def print_page(env, kb, name: str, *record: str) -> str:
    """The text of one macro on the page that is being made, with its title and description set; a draft says it is one."""
    if (name.removesuffix("_end"), *record) in kb.drafts:
        return "" if name.endswith("_end") else render("draft", {}, "", {})
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
    """Write the data files and the data of the scripts into the built site, and take the pages of drafts out of it."""
    root, site = project_root(env), Path(env.conf["site_dir"])
    kb = build.read(root)
    export.export_site(kb, root, site)
    scripts.write_scripts(root, site)
    for kind, record_id in kb.drafts:
        (site / f"{kind}s/{record_id}.html").unlink(missing_ok=True)


def project_root(env) -> Path:
    """The folder that holds ``mkdocs.yml``."""
    return Path(env.conf["config_file_path"]).parent
