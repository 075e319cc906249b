"""The facts on a page, for mkdocs-macros. See ``kennisbank.views.PAGES``.

Of the plugin only the hooks are used. Its own reading of a page, as a Jinja template, is switched off: a template is
a program, and whoever writes a page would write one. We replace the exact form of ``kennisbank.calls`` and stop at
anything that looks like it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from markupsafe import escape
from mkdocs.config.config_options import PathSpec
from mkdocs.exceptions import PluginError

from kennisbank import build, calls, clean, downloads, edition, export, kinds, load, modules, narrative, views
from kennisbank.render import find_title, print_linked, render, share, write_date

# What the theme prints as it stands, in its head and header.
PRINTED = ("title", "description")


def define_env(env) -> None:
    """Leave out the pages that are not for the site, before the generator looks which pages there are.

    A build begins here, so what was kept for the pages of the last one is forgotten. The foot of every page names the edition, as ``extra.edition``: its version and its day.
    """
    modules.forget_graph()
    kb = build.read(project_root(env))
    leave_out(env.conf, hidden_pages(kb))
    found = edition.read(kb.today)
    env.conf.setdefault("extra", {})["edition"] = {"version": found.version, "date": write_date(found.date)}


def on_pre_page_macros(env) -> None:
    """Put the facts in the page that is being made. Serving again reads the data that changed.

    Raises ``PluginError`` with one line in Dutch for what cannot be printed.
    """
    meta = env.page.meta
    # With render_by_default off in mkdocs.yml only these could ask the plugin to read the page as a template.
    # What a page tells programs is printed as it is, so only we say it.
    for switch in ("render_macros", "ignore_macros", "linked"):
        meta.pop(switch, None)
    kb = build.read(project_root(env))
    page = clean.enclose_page(narrative.fold(clean.strip(env.markdown), print_story))
    text, stray = calls.expand(page, lambda call: answer(env, kb, call))
    if stray:
        raise stop(env, "KB507", found=load.Quoted(stray))
    env.markdown = text
    meta["modules"] = modules.list_started(project_root(env), text)
    for name in PRINTED:
        if name in meta:
            meta[name] = str(escape(str(meta[name])))


def answer(env, kb, call) -> str:
    """The text in place of one call."""
    name, record = call["name"], calls.arguments(call)
    if name not in views.PAGES:
        raise stop(env, "KB508", name=load.Quoted(name), advice="")
    if len(record) != calls.expected(name):
        raise stop(env, "KB514", name=name, count=len(record), expected=calls.expected(name))
    if record and not is_known(kb, name, record[0]):
        values = {"id": load.Quoted(record[0]), "kind": load.words("kinds")[calls.ABOUT[name].name], "advice": ""}
        raise stop(env, "KB513", name=name, **values)
    try:
        return print_page(env, kb, name, *record)
    except Exception as error:
        if os.environ.get("KENNISBANK_DEBUG"):
            raise
        line = load.say("build.bug", page=env.page.file.src_uri, macro=call.group(), kind=type(error).__name__)
        raise PluginError(line) from error


def read_title(kb, text: str) -> str | None:
    """The title that a page with this text gets from its macros, as it is printed, without printing the rest."""
    for call in calls.CALL.finditer(text):
        name, record = call["name"], calls.arguments(call)
        if name in views.PAGES and len(record) == calls.expected(name):
            title = find_title(name, partial(views.PAGES[name], kb, *record), share(kb))
            if title:
                return str(escape(title))
    return None


def print_story(headings: list[str], text: str) -> str:
    """The sections of a narrative that are folded; the text is Markdown that the page already held."""
    folded = render("story", {"headings": headings, "text": clean.enclose(text)}, "", {}).text
    return f"{clean.CLOSE}\n\n{folded}\n\n{clean.OPEN}"


def print_page(env, kb, name: str, *record: str) -> str:
    """The text of one macro on the page that is being made, with its title and description set."""
    view = views.PAGES[name](kb, *record)
    if view.get("tagline"):
        env.page.meta.setdefault("description", view["tagline"])

    def files() -> Mapping:
        return downloads.list_all(export.data_files(kb, project_root(env)))

    shared = share(kb, env.conf["site_url"], files, env.conf["extra"])
    text, title = render(name, view, "../" * env.page.url.count("/"), shared)
    if name in views.LINKED:
        env.page.meta["linked"] = print_linked(name, views.LINKED[name](kb, *record), shared)
    if title:  # MkDocs takes it from a heading only where nothing stands before that
        env.page.meta.setdefault("title", title)
    return text


def is_known(kb, name: str, record_id: str) -> bool:
    """Whether the macro has something to print about this id."""
    kind = calls.ABOUT[name]
    return record_id in (kb.vocabularies[kind.vocabulary] if kind.vocabulary else getattr(kb, kind.name))


def stop(env, code: str, **values: object) -> PluginError:
    """The end of the build, in the words of the check."""
    problem = load.make(code, env.page.file.src_uri, **values)
    return PluginError(load.say("build.stop", page=problem.file, message=problem.message, hint=problem.hint))


def on_post_build(env) -> None:
    """Write the data files and the search data into the built site."""
    root = project_root(env)
    target = Path(env.conf["site_dir"])
    export.export_site(build.read(root), root, target, env.conf["site_url"] or "")
    downloads.write_all(target)


def hidden_pages(kb) -> list[str]:
    """The pages of drafts, and the leaflets of what nobody here can join, by their names under the content folder."""
    drafts = [page.file.format(id=record_id) for kind, record_id in kb.drafts for page in kinds.BY_NAME[kind].pages]
    return drafts + [
        page.file.format(id=item.id)
        for page in kinds.BY_NAME["interventions"].pages
        for item in kb.interventions.values()
        if page.by_some and not views.has_leaflet(kb, item)
    ]


def leave_out(conf, pages: list[str]) -> None:
    """Add the pages to the setting ``exclude_docs``: the generator reads it after this, and never makes such a page.

    Such a page would ask for facts that the knowledge base does not hold. The setting is one that MkDocs and its
    successor share, and no page appears or vanishes by it that is not named here.
    """
    present = conf["exclude_docs"]
    hidden = PathSpec().validate("\n".join(f"/{page}" for page in pages))
    conf["exclude_docs"] = present + hidden if present else hidden


def project_root(env) -> Path:
    """The folder that holds ``mkdocs.yml``."""
    return Path(env.project_dir)
