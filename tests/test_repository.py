"""The files around the code: locks, commands in the texts, copies of other people's work, editor settings."""

import ast
import hashlib
import importlib.metadata
import json
import re
import shlex
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.version import Version

from tests.helpers import ROOT, tell_all

LOCKS = ["requirements", "requirements-dev", "requirements-audit", "requirements-release"]

# Commands that others rely on; renaming one needs a new version of the contract.
CONTRACT_COMMANDS = {"serve", "test", "check", "format", "new", "site", "bench", "schema", "release"}

# Package hosts that anyone can reach. Any other in a tracked file is somebody's own, and breaks for the rest.
PUBLIC_INDEXES = {"pypi.org", "files.pythonhosted.org", "registry.npmjs.org", "deb.debian.org"}


@cache
def list_files() -> tuple[Path, ...]:
    """The files that are in git or would be; without git, all but what the commands make."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    except FileNotFoundError:
        result = None
    if result is not None and result.returncode == 0:
        paths = [ROOT / name for name in result.stdout.split("\0") if name]
    else:
        made = {".git", ".venv", "site", "dist", "node_modules", "__pycache__"}
        paths = [path for path in ROOT.rglob("*") if not made & set(path.relative_to(ROOT).parts)]
    return tuple(path for path in paths if path.is_file())


@cache
def read_text(path: Path) -> str:
    """The text of a file; what is no UTF-8 gets marks, because only addresses and names are looked for."""
    return path.read_text(encoding="utf-8", errors="replace")


# --- locks -----------------------------------------------------------------------------------------------


def read_requirements(name: str) -> dict[str, Requirement]:
    """What a .in file asks for, by normal name."""
    lines = (ROOT / f"{name}.in").read_text(encoding="utf-8").splitlines()
    requirements = [Requirement(line) for line in lines if line and not line.startswith(("#", "-"))]
    return {normalise(requirement.name): requirement for requirement in requirements}


def read_lock(name: str) -> dict[str, tuple[set[Version], bool, str]]:
    """What a lock holds: by normal name the versions, whether each has hashes, and its remarks."""
    text = (ROOT / f"{name}.txt").read_text(encoding="utf-8")
    packages: dict[str, tuple[set[Version], bool, str]] = {}
    for block in re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE):
        match = re.match(r"([A-Za-z0-9._-]+)==([^\s;\\]+)", block)
        if match:
            versions, hashed, remarks = packages.get(normalise(match[1]), (set(), True, ""))
            versions = versions | {Version(match[2])}
            packages[normalise(match[1])] = (versions, hashed and "--hash=sha256:" in block, remarks + block)
    return packages


def normalise(name: str) -> str:
    """The name of a package as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_is_fresh(name: str) -> None:
    """Everything asked for is locked at a version that fits, and nothing is left from an earlier wish."""
    lock, asked = read_lock(name), read_requirements(name)
    direct = {package for package, (_, _, remarks) in lock.items() if f"-r {name}.in" in remarks}
    wrong = {package for package in asked if not lock.get(package, (set(),))[0]}
    wrong |= {
        package
        for package, requirement in asked.items()
        if not all(requirement.specifier.contains(version) for version in lock.get(package, (set(),))[0])
    }
    wrong |= direct ^ set(asked)
    assert not wrong, f"{name}.txt does not fit {name}.in; run: make lock"


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_hashes(name: str) -> None:
    lock = read_lock(name)
    assert lock
    assert [package for package, (_, hashed, _) in lock.items() if not hashed] == []


def test_the_development_lock_holds_the_other_one() -> None:
    lock, development = read_lock("requirements"), read_lock("requirements-dev")
    assert {name: versions for name, (versions, _, _) in lock.items()}.items() <= {
        name: versions for name, (versions, _, _) in development.items()
    }.items(), "run: make lock"


def test_the_installed_packages_are_those_of_the_lock() -> None:
    lock = read_lock("requirements-dev")
    # What is in the lock for another system or version of Python is not installed.
    present = {normalise(found.name): Version(found.version) for found in importlib.metadata.distributions()}
    known = {package: version for package, version in present.items() if package in lock}
    assert "pytest" in known
    wrong = {package: version for package, version in known.items() if version not in lock[package][0]}
    assert not wrong, "run: make test"


# Modules whose package has another name; markupsafe and referencing are part of what jinja2 and jsonschema promise.
PACKAGE_OF_MODULE = {
    "yaml": "pyyaml",
    "markupsafe": "jinja2",
    "referencing": "jsonschema",
}


# Imported where a PDF is made, and nowhere else.
OF_A_RELEASE = {"weasyprint"}


def test_every_package_that_is_imported_is_asked_for() -> None:
    """What only comes along with another package may go with it as well."""
    imported = set()
    for path in (ROOT / "scripts" / "kennisbank").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                imported.add(node.module.split(".")[0])
    foreign = imported - set(sys.stdlib_module_names) - {"kennisbank"}
    lacking = {PACKAGE_OF_MODULE.get(name, name) for name in foreign} - set(read_requirements("requirements"))
    assert lacking == OF_A_RELEASE
    assert set(read_requirements("requirements-release")) >= OF_A_RELEASE


# --- nothing of one person's machine ---------------------------------------------------------------------


def test_no_file_names_a_private_package_index() -> None:
    options = re.compile(r"(?:index-url|find-links|trusted-host|registry|\"resolved\":)[\s=:\"']+(\S+)")
    found = []
    for path in list_files():
        if path == Path(__file__):
            continue
        for value in options.findall(read_text(path)):
            address = urlsplit(value.strip("\"',"))
            if address.scheme in ("http", "https", "file") and address.hostname not in PUBLIC_INDEXES:
                found.append(f"{path.relative_to(ROOT)}: {value}")
    assert not found


def test_the_locks_name_no_address_at_all() -> None:
    assert [name for name in LOCKS if "://" in (ROOT / f"{name}.txt").read_text(encoding="utf-8")] == []


# --- texts and commands ----------------------------------------------------------------------------------


def list_targets() -> set[str]:
    """The commands that the Makefile explains."""
    return set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def test_the_commands_of_the_contract_exist() -> None:
    assert list_targets() >= CONTRACT_COMMANDS


@pytest.mark.parametrize(
    ("target", "options"),
    [
        ("test", ["-n", "2", "--dist", "worksteal", "-m", "not bench and not long", "--durations=10"]),
        ("quick", ["-n", "2", "--dist", "worksteal", "-m", "not bench and not long and not browser and not slow"]),
        ("weekly", ["-n", "2", "--dist", "worksteal", "-m", "long and not bench"]),
        ("bench-test", ["-m", "bench"]),
    ],
)
def test_each_command_runs_its_share_of_the_tests(target: str, options: list[str]) -> None:
    """And `make test` says at its end which ten took longest."""
    recipe = re.search(rf"^{target}:.*\n\t@(.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)[1]
    assert shlex.split(recipe.partition(" -m pytest ")[2]) == options, recipe
    assert 'PYTEST_ADDOPTS="$${ARGS:-}"' in recipe


def test_every_command_in_a_text_exists() -> None:
    texts = [*ROOT.glob("*.md"), *ROOT.glob(".github/**/*.*"), *ROOT.glob("content/**/*.md"), ROOT / ".ci" / "run"]
    unknown = []
    for path in texts:
        named = set(re.findall(r"(?:`|^|\$ |run: )make ([a-z-]+)", path.read_text(encoding="utf-8"), re.MULTILINE))
        unknown += [f"{path.relative_to(ROOT)}: make {name}" for name in sorted(named - list_targets())]
    assert not unknown


def test_every_local_link_in_a_text_leads_somewhere() -> None:
    broken = []
    for path in ROOT.glob("*.md"):
        # What stands between fences or backticks is an example, and a bracket behind a backslash opens no link.
        text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
        text = re.sub(r"(`+)[^\n]*?\1|\\\[", "", text)
        for link in re.findall(r"\[[^\[\]]*\]\(([^)\s]+)\)", text):
            target = link.split("#")[0]
            if target and "://" not in link and not link.startswith("mailto:") and not (ROOT / target).exists():
                broken.append(f"{path.name}: {link}")
    assert not broken


def test_the_readme_begins_with_dutch_and_names_both_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    paragraph = next(part for part in text.split("\n\n") if part and not part.startswith("#"))
    assert len(re.findall(r"[.!?](?:\s|$)", paragraph)) == 2
    assert "make serve" in text
    assert "make test" in text


def test_the_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    public = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert public["softwareVersion"] == cited["version"] == project["version"]
    assert str(public["releaseDate"]) == cited["date-released"]
    assert cited["title"] == public["name"]
    assert f"## {project['version']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_citation_file_is_one_that_programs_can_read() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.citation-file-format"]
    result = subprocess.run([*command, str(ROOT / "CITATION.cff")], capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


# --- copies of other people's work -----------------------------------------------------------------------

LISTS = sorted(path for path in list_files() if re.fullmatch(r"CHECKSUMS(\.txt)?", path.name))


def test_every_folder_with_copies_has_a_list() -> None:
    folders = {path.parent for path in LISTS}
    assert ROOT / "content" / "assets" / "vendor" in folders
    assert ROOT / "tests" / "schemas" in folders


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.parent.relative_to(ROOT).as_posix())
def test_copies_are_what_their_list_says(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    expected = {name.lstrip("*"): digest for digest, name in (line.split(maxsplit=1) for line in lines if line)}
    folder = path.parent
    present = {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file() and file != path and not file.name.startswith("README")
    }
    # A licence beside the copies may be listed too.
    unlisted = {name for name in present.keys() - expected.keys() if not name.startswith("LICENSE")}
    assert not unlisted
    assert {name: present.get(name) for name in expected} == expected


# --- editor ----------------------------------------------------------------------------------------------


def read_settings() -> dict:
    """The settings for Visual Studio Code."""
    return json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))


def test_the_editor_knows_the_schema_of_every_data_file() -> None:
    patterns: dict[str, str] = {}
    for schema, names in read_settings()["yaml.schemas"].items():
        assert (ROOT / schema).is_file(), schema
        patterns |= dict.fromkeys([names] if isinstance(names, str) else names, schema.removeprefix("./"))
    files = sorted((ROOT / "data").rglob("*.yaml"))
    assert files
    wrong = []
    for path in files:
        name = path.relative_to(ROOT).as_posix()
        schemas = [schema for pattern, schema in patterns.items() if fnmatch(name, pattern)]
        first = path.read_text(encoding="utf-8").splitlines()[0]
        if not schemas:
            wrong.append(f"add {name} to .vscode/settings.json")
        elif first != (meant := f"# yaml-language-server: $schema={'../' * name.count('/')}{schemas[0]}"):
            wrong.append(f"the first line of {name} has to be: {meant}")
    tell_all(wrong)


def test_the_editor_protects_files_that_exist() -> None:
    names = read_settings()["files.readonlyInclude"]
    assert names
    assert [name for name in names if not (ROOT / name.removesuffix("/**")).exists()] == []


# --- code style ------------------------------------------------------------------------------------------


CODE = ("scripts", "bench", "tests")


@pytest.mark.parametrize("command", [["check"], ["format", "--check"]], ids=["check", "format"])
def test_the_code_follows_ruff(command: list[str]) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "ruff", *command, "--quiet", "--output-format=concise", *CODE],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    folders = " ".join(CODE)
    repair = f"run: .venv/bin/ruff check --fix {folders}; .venv/bin/ruff format {folders}"
    assert result.returncode == 0, f"{repair}\n{result.stdout}{result.stderr}"


@pytest.mark.slow
def test_the_types_hold() -> None:
    """As strict as pyproject.toml asks of each room."""
    result = subprocess.run([sys.executable, "-m", "mypy"], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_owners_are_of_files_that_are_there(project_root: Path) -> None:
    lines = (project_root / ".github/CODEOWNERS").read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    assert {"/content/assets/", "/overrides/", "/scripts/", "/.github/"} <= {row[0] for row in rows}
    for path, *owners in rows:
        assert owners and all(re.fullmatch(r"@[\w-]+/[\w-]+", owner) for owner in owners), path
        assert list(project_root.glob(path.lstrip("/"))), path


def test_a_build_counts_its_warnings(project_root: Path) -> None:
    """MkDocs counts a warning only when it would say it: --quiet beside --strict makes a build that never fails."""
    lines = (project_root / "Makefile").read_text(encoding="utf-8").splitlines()
    builds = [line for line in lines if "$(MKDOCS) build" in line]
    assert builds
    for line in builds:
        assert "--strict" in line and not re.search(r"--quiet|\s-q\b", line)
