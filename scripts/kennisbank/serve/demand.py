"""A page when it is asked for, made by MkDocs as a library: the same bytes as in a build, without the other pages.

What a change costs then no longer grows with the number of pages. The three functions below are private to
MkDocs 1.6, which gets no new features; ``is_possible`` looks whether they are as they were.
"""

from __future__ import annotations

import inspect
from pathlib import Path

import jinja2
from mkdocs.commands import build
from mkdocs.config import load_config
from mkdocs.structure.files import get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from kennisbank import export, macros, model, modules, styles, theme

INSIDE = {
    "_populate_page": ("page", "config", "files"),
    "_build_page": ("page", "config", "doc_files", "nav", "env"),
    "_build_theme_template": ("template_name", "env", "files", "config", "nav"),
}
EXPORTED = ("data", "schema")  # the folders that export fills, whatever else stands there


def is_possible() -> bool:
    """Whether MkDocs is inside as this module knows it."""
    try:
        found = {name: tuple(inspect.signature(getattr(build, name)).parameters) for name in INSIDE}
    except AttributeError:
        return False
    return all(found[name][: len(wanted)] == wanted for name, wanted in INSIDE.items())


def is_composed(root: Path, address: str) -> bool:
    """Whether the site has another text at an address than the file of that name: ``export_looks`` writes it."""
    return modules.is_module(root, address) or styles.is_sheet(root, address)


class OnDemand:
    """The site of one state of the files. Raises what MkDocs, a template or a macro raises.

    ``previous`` is the site before the change: what cannot have changed is taken from it.
    """

    def __init__(self, root: Path, folder: Path, kb: model.KnowledgeBase, previous: OnDemand | None = None) -> None:
        self.root, self.folder, self.kb = root, folder, kb
        self.settings = (root / "mkdocs.yml").read_bytes()
        kept = previous if previous and previous.settings == self.settings else None
        self.compiled = kept.compiled if kept else jinja2.FileSystemBytecodeCache(str(folder.parent))
        self.is_exported = False
        self.theme = theme.read_all(root)
        self.open()
        self.titles = self.set_titles(kept.titles if kept else {})

    def open(self) -> None:
        """All that comes before the first page of a build, in the order of ``mkdocs.commands.build.build``."""
        config = load_config(str(self.root / "mkdocs.yml"), site_dir=str(self.folder))
        config.plugins.on_startup(command="serve", dirty=False)
        self.config = config = config.plugins.on_config(config)
        config.plugins.on_pre_build(config=config)
        files, env = get_files(config), config.theme.get_env()
        env.bytecode_cache = self.compiled
        files.add_files_from_theme(env, config)
        self.files = files = config.plugins.on_files(files, config=config)
        set_exclusions(files, config)
        self.nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
        self.pages = files.documentation_pages()
        for file in self.pages:
            if file.page is None:
                Page(None, file, config)
        self.env = config.plugins.on_env(env, config=config, files=files)
        self.by_address = {file.dest_uri: file for file in files if not file.inclusion.is_excluded()}

    def set_titles(self, known: dict[tuple, str | None]) -> dict[tuple, str | None]:
        """Give the pages of the navigation, which stands on every page, their titles; gives those read from Markdown.

        A title that our macros set is there without printing the page; one that Markdown finds stays as long as the
        text of the page does.
        """
        found = {}
        for page in self.nav.pages:
            page = self.config.plugins.on_pre_page(page, config=self.config, files=self.files)
            page.read_source(self.config)
            if "title" in page.meta or "title" in vars(page):
                continue
            page.title = macros.read_title(self.kb, page.markdown)
            if page.title:
                continue
            key = page.file.src_uri, page.markdown
            if key not in known:
                del page.title
                page.render(self.config, self.files)
            found[key] = page.title = known.get(key) or page.title
        return found

    def read(self, address: str) -> bytes | None:
        """The file at an address (``interventions/dapper.html``); ``None`` when there is none."""
        path, file = self.folder / address, self.by_address.get(address)
        template = address.removesuffix(".gz")
        if path.is_file():
            pass
        elif file and file.is_documentation_page():
            build._populate_page(file.page, self.config, self.files)
            build._build_page(file.page, self.config, self.pages, self.nav, self.env)
        elif address in self.theme:
            return self.theme[address].encode()
        elif is_composed(self.root, address):
            export.export_looks(self.root, self.folder)
        elif file and address.split("/")[0] not in EXPORTED:
            return file.content_bytes
        elif template in self.config.theme.static_templates:
            build._build_theme_template(template, self.env, self.files, self.config, self.nav)
        elif not self.is_exported:
            export.export_site(self.kb, self.root, self.folder)
            self.is_exported = True
        return path.read_bytes() if path.is_file() else None

    def find_source(self, address: str) -> str:
        """The file under the root from which a page is made."""
        file = self.by_address.get(address)
        return f"content/{file.src_uri}" if file else "overrides/main.html"
