"""Writes the site's pages as finished Markdown: after the macros, before the theme.

That makes the fair rival for our own build: a plain MkDocs project with stock Material and the same words in it.

    python -m bench.finished_markdown <root of our project> <folder for the rival>

A process of its own, because the memory that a process has used counts for those it starts.
"""

import shutil
import sys
from pathlib import Path

import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

# What the rival must share to print the same pages. Its theme and plugins are those that come with Material.
SHARED_SETTINGS = ("use_directory_urls", "nav", "not_in_nav", "exclude_docs", "site_description")


class Collector(BasePlugin):
    """Keeps the Markdown of every page as it is when all other plugins have had their turn."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @event_priority(-100)
    def on_page_markdown(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Writes the page below the folder, with its front matter."""
        path = self.folder / page.file.src_uri
        path.parent.mkdir(parents=True, exist_ok=True)
        meta = {key: value for key, value in page.meta.items() if isinstance(value, str | int | bool | list)}
        head = f"---\n{yaml.safe_dump(meta, allow_unicode=True)}---\n\n" if meta else ""
        path.write_text(head + markdown, encoding="utf-8")
        return markdown


def write_rival(root: Path, folder: Path) -> None:
    """Makes the rival of the project in `root` as a MkDocs project in `folder`.

    The nav, the Markdown extensions and the files beside the pages are ours; the rest is stock Material.
    """
    docs = folder / "docs"
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(folder / "first-build"))
    shutil.copytree(config.docs_dir, docs, ignore=shutil.ignore_patterns("*.md"))
    config.plugins["finished_markdown"] = Collector(docs)
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    config.plugins.on_shutdown()
    shutil.rmtree(folder / "first-build")

    settings = read_settings(root / "mkdocs.yml")
    shared = {key: settings[key] for key in SHARED_SETTINGS if key in settings}
    write_settings(shared | {"site_name": settings["site_name"]}, root, folder)


def write_settings(settings: dict, root: Path, folder: Path) -> None:
    """Writes the mkdocs.yml of a project with stock Material in `folder`: these settings, and our Markdown extensions.

    Those of our own package stay out: they are part of how we make pages.
    """
    extensions = read_settings(root / "mkdocs.yml").get("markdown_extensions", [])
    settings = settings | {
        "docs_dir": "docs",
        "theme": {"name": "material", "language": "nl", "font": False},
        "markdown_extensions": [name for name in extensions if not str(name).startswith("kennisbank")],
    }
    text = yaml.dump(settings, allow_unicode=True, sort_keys=False)
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")


class SettingsLoader(yaml.SafeLoader):
    """Reads mkdocs.yml without running anything; names of Python objects stay names."""


def read_environment(loader: yaml.Loader, node: yaml.Node) -> object:
    """What `!ENV [NAME, default]` gives when the variable is not set."""
    return loader.construct_sequence(node)[-1] if isinstance(node, yaml.SequenceNode) else None


class PythonName(str):
    """The name behind a tag such as !!python/name:module.function."""


def keep_python_name(loader: yaml.Loader, suffix: str, node: yaml.Node) -> PythonName:
    """Keeps the name behind the tag, to be written back as it was."""
    return PythonName(suffix)


def write_python_name(dumper: yaml.Dumper, name: PythonName) -> yaml.Node:
    """Writes the name with its tag again."""
    return dumper.represent_scalar(f"tag:yaml.org,2002:python/name:{name}", "")


SettingsLoader.add_constructor("!ENV", read_environment)
SettingsLoader.add_multi_constructor("tag:yaml.org,2002:python/name:", keep_python_name)
yaml.add_representer(PythonName, write_python_name)


def read_settings(path: Path) -> dict:
    """The settings of a mkdocs.yml as plain data."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=SettingsLoader)


if __name__ == "__main__":
    write_rival(Path(sys.argv[1]), Path(sys.argv[2]))
