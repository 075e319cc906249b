"""The layers of the package: which module may import which (docs/architecture.md, "Layers")."""

import ast
import re
from pathlib import Path

import pytest

# A module may import those that are named behind it and no other; "*" is any. A new module has to be added here
# and in docs/architecture.md, which is the moment to think about where it belongs.
ALLOWED = {
    "kinds": set(),
    "fields": set(),
    "model": {"kinds", "fields"},
    "load": {"kinds"},
    "calls": {"kinds"},
    "allowed": set(),
    "check": {"kinds", "fields", "load", "calls", "allowed", "days"},
    "build": {"kinds", "fields", "model", "load"},
    "days": set(),
    "order": set(),
    "views": {"kinds", "fields", "model", "narrative", "order"},
    "render": {"model", "edition", "views"},
    "renewal": {"kinds", "fields", "load", "check", "render", "order", "days"},
    "downloads": {"package"},
    "macros": {
        "kinds",
        "build",
        "calls",
        "edition",
        "downloads",
        "views",
        "render",
        "export",
        "load",
        "modules",
        "narrative",
        "clean",
    },
    "narrative": {"calls"},
    "modules": set(),
    "scripts": {"model", "narrative", "views"},
    "styles": set(),
    "theme": set(),
    "sheets": {"archive", "render"},
    "package": {"kinds", "fields", "model", "edition", "render"},
    "forms": {"kinds", "fields", "model", "load", "check", "views", "order"},
    "export": {
        "kinds",
        "model",
        "modules",
        "build",
        "forms",
        "render",
        "scripts",
        "styles",
        "theme",
        "views",
        "sheets",
        "package",
    },
    "book": {"kinds", "model", "calls", "clean", "narrative", "styles", "views", "render", "archive", "edition"},
    "archive": set(),
    "edition": set(),
    "verbatim": set(),
    "headings": set(),
    "clean": {"allowed", "calls"},
    "serve": {"*"},
    "cli": {"*"},
    # Not layers: what makes the folder a package, and `python -m kennisbank`.
    "__init__": set(),
    "__main__": {"cli"},
}


def find_imports(source: str, package: str = "kennisbank", depth: int = 1) -> set[str]:
    """The modules of the package that a source text imports, by their first name.

    `depth` is how far the source lies below the package: 1 for kennisbank/load.py, 2 for kennisbank/check/rules.py.
    Imports inside functions count too.
    """
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            paths = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            paths = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == depth:
            paths = [".".join(filter(None, [package, node.module, alias.name])) for alias in node.names]
        else:
            continue
        parts = [path.split(".") for path in paths]
        found |= {part[1] for part in parts if part[0] == package and len(part) > 1}
    return found


def list_sources(package: Path) -> list[tuple[str, Path]]:
    """Every Python file of the package with the module it belongs to; a folder counts as one module."""
    files = sorted(package.rglob("*.py"))
    return [(path.relative_to(package).parts[0].removesuffix(".py"), path) for path in files]


def test_every_module_is_in_the_table(project_root: Path) -> None:
    modules = {module for module, _ in list_sources(project_root / "scripts" / "kennisbank")}
    assert modules, "the package has no module"
    assert not modules - ALLOWED.keys(), "add the module to ALLOWED here and to the table in docs/architecture.md"


def test_no_module_imports_upwards(project_root: Path) -> None:
    package = project_root / "scripts" / "kennisbank"
    wrong = []
    for module, path in list_sources(package):
        allowed = ALLOWED.get(module, set())
        imported = find_imports(path.read_text(encoding="utf-8"), depth=len(path.relative_to(package).parts))
        # Within a folder the files of one module may use each other; `from kennisbank import x` of a name in
        # __init__ is no module.
        foreign = {name for name in imported if name in ALLOWED} - {module}
        if "*" not in allowed:
            wrong += [f"{path.name} imports {name}" for name in sorted(foreign - allowed)]
    assert not wrong


def test_the_table_in_hacking_is_the_same(project_root: Path) -> None:
    text = (project_root / "docs/architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| [^|]* \| ([^|]*) \|$", text, re.MULTILINE)
    documented = {
        module: {"*"} if imports == "all" else set(re.findall(r"`(\w+)`", imports)) for module, imports in rows
    }
    assert documented == {module: names for module, names in ALLOWED.items() if not module.startswith("__")}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import kennisbank.load", {"load"}),
        ("from kennisbank import load, model", {"load", "model"}),
        ("from kennisbank.load import Problem", {"load"}),
        ("from . import load", {"load"}),
        ("from .load import Problem", {"load"}),
        ("def f():\n    from kennisbank import cli", {"cli"}),
        ("import json\nfrom pathlib import Path", set()),
    ],
)
def test_an_import_is_seen_in_every_form(source: str, expected: set[str]) -> None:
    assert find_imports(source) == expected
