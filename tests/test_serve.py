"""The preview: it never ends on a mistake, never shows an old page, and gives the bytes that a build gives."""

import re
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kennisbank import cli, serve
from kennisbank.serve import demand, whole
from previews import Server, build_copy, change, copy_project
from tests.helpers import tell_all

pytestmark = pytest.mark.slow

ENTRY = "interventions/dapper.html"
ADDED = re.compile(rb'(<style data-kb="serve">.*?</section>\s*)?<script data-kb="serve"[^>]*>.*?</script>', re.DOTALL)


def as_built(page: bytes) -> bytes:
    """A page as the site has it."""
    return ADDED.sub(b"", page)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, project_root: Path) -> Iterator[Server]:
    """A running server; each test leaves its files as they were."""
    server = Server(copy_project(project_root, tmp_path_factory.mktemp("serve") / "project"))
    yield server
    server.process.kill()
    server.process.wait()


def choose_some(built: dict[str, bytes]) -> list[str]:
    """Of the pages and of the other files of each folder about eight, from the first to the last."""
    folders: dict[tuple[str, bool], list[str]] = {}
    for address in sorted(built):
        folders.setdefault((address.rpartition("/")[0], address.endswith(".html")), []).append(address)
    return [name for names in folders.values() for name in names[:: max(1, len(names) // 8)]]


def list_differences(server: Server, built: dict[str, bytes]) -> list[str]:
    """The addresses at which the server gives something else than a build."""
    return [address for address in choose_some(built) if as_built(server.ask(address)[1]) != built[address]]


# --- never an end


MISTAKES = {
    "a tab": ("data/interventions.yaml", "  tagline:", "\ttagline:", "regel 8"),
    "a colon": ("data/interventions.yaml", "  tagline: ", "  tagline: Let op: ", "KB"),
    "an unknown term": ("data/organisations.yaml", "  status: published", "  status: gepubliceerd", "gepubliceerd"),
    "a field misspelled": ("data/interventions.yaml", "  tagline:", "  tagelin:", "tagelin"),
    "not text": ("data/offers.yaml", "- intervention:", "\0", "offers.yaml"),
    "a macro misspelled": ("content/interventions/dapper.md", "intervention(", "interventie(", "dapper.md"),
    "an argument too many": ("content/glossary.md", "glossary(", 'glossary("a", ', "glossary.md"),
    "a template": (
        "scripts/kennisbank/templates/intervention.md.jinja",
        "view.",
        "view.nothing.",
        "intervention.md.jinja",
    ),
    "an unclosed template": ("scripts/kennisbank/templates/glossary.md.jinja", "{%", "{% if", "glossary.md.jinja"),
    "an override": ("overrides/main.html", "{% block header %}", "{% block", "overrides/main.html, regel"),
    "the settings": ("mkdocs.yml", "theme:\n", "theme:\n\tname", "mkdocs.yml, regel 12"),
    "an unknown setting": ("mkdocs.yml", "  name: material\n", "  name: nothing\n", "mkdocs.yml"),
    "the schema": ("schema/interventions.schema.json", "{", "{{", "interventions.schema.json, regel 1"),
}


def find_what_is_not_told(server: Server, name: str, good: dict[str, bytes]) -> Iterator[str]:
    """What is wrong with what the server says and shows of a mistake, which is taken back afterwards."""
    file, old, new, told = MISTAKES[name]
    since = len(server.output)
    before = change(server.root / file, old, new)
    try:
        pages = {address: server.ask(address) for address in good}
        shown = b"".join(body for _, body in pages.values()).decode()
        if {status for status, _ in pages.values()} != {200}:
            yield f"{name}: a page is gone"
        for text in ("Hier klopt iets niet", file):
            if text not in shown:
                yield f"{name}: no page says {text!r}"
        if told not in shown + server.output[since:]:
            yield f"{name}: {told!r} is not told"
        server.hear(file, since)
        server.hear("De laatste goede bladzijden blijven staan", since)
        yield from (f"{name}: {page} is another one" for page in good if as_built(pages[page][1]) != good[page])
    finally:
        (server.root / file).write_text(before, encoding="utf-8")


# Where an editor and a coder are most: data, page, template.
OFTEN = {"a colon", "a macro misspelled", "an unclosed template"}


@pytest.mark.parametrize("names", [OFTEN, pytest.param(MISTAKES.keys() - OFTEN, marks=pytest.mark.long)])
def test_a_mistake_is_told_and_the_last_good_pages_stay(server: Server, names: set[str]) -> None:
    """One after the other, as somebody who repairs one and makes the next; then all are gone."""
    good = {address: as_built(server.ask(address)[1]) for address in (ENTRY, "glossary.html")}
    tell_all(fault for name in sorted(names) for fault in find_what_is_not_told(server, name, good))
    assert "Traceback" not in server.output
    after = {address: server.ask(address)[1] for address in good}
    assert {address: as_built(body) for address, body in after.items()} == good
    assert b"Hier klopt iets niet" not in b"".join(after.values())


def test_a_page_that_nobody_asked_for_is_made_of_the_last_good_data(server: Server) -> None:
    before = change(server.root / "data/interventions.yaml", "  tagline:", "\ttagline:")
    try:
        status, body = server.ask("trainings/index.html")
    finally:
        (server.root / "data/interventions.yaml").write_text(before, encoding="utf-8")
    assert status == 200
    assert b"Hier klopt iets niet" in body
    assert b'href="../interventions/index.html"' in body


@pytest.mark.long
def test_a_mistake_at_the_start_does_not_end_it(tmp_path: Path, project_root: Path) -> None:
    root = copy_project(project_root, tmp_path / "project")
    before = change(root / "data/interventions.yaml", "  tagline:", "\ttagline:")
    server = Server(root)
    try:
        status, body = server.ask(ENTRY)
        assert status == 500
        assert b"data/interventions.yaml, regel" in body
        assert "Er is nog geen bladzijde te zien" in server.output
        (root / "data/interventions.yaml").write_text(before, encoding="utf-8")
        assert server.ask(ENTRY)[0] == 200
        assert server.stop() == 0
        assert server.output.endswith("Gestopt.\n")
        assert list(tmp_path.iterdir()) == [root]
    finally:
        server.process.kill()


@pytest.mark.long
def test_code_that_changes_starts_it_again_and_wrong_code_does_not(server: Server) -> None:
    path = server.root / "scripts/kennisbank/views/site.py"
    since, version = len(server.output), server.ask(ENTRY)[1]
    before = change(path, '"""', 'def wrong(:\n"""')
    server.hear("views/site.py:1:1  fout", since)
    assert b"scripts/kennisbank/views/site.py, regel 1" in server.ask(ENTRY)[1]
    path.write_text(before + "\n# changed\n", encoding="utf-8")
    server.hear("begint opnieuw", since)
    server.hear("Stoppen: Ctrl-C", since)
    after = server.ask(ENTRY)[1]
    assert as_built(after) == as_built(version)
    assert after != version
    path.write_text(before, encoding="utf-8")
    server.hear("Stoppen: Ctrl-C", server.output.rindex("Stoppen: Ctrl-C") + 1)


# --- never an old page


# Where a change of one page shows; all else is compared with the build, in the end.
SHOWS = {
    "scripts/kennisbank/templates/intervention.md.jinja": [ENTRY],
    "content/about/privacy.md": ["about/privacy.html"],
    "content/assets/core/page.css": ["assets/kb.css"],
    "overrides/kennisbank/search-words.html": ["interventions/index.html"],
}

# Saved with the change behind them: each is looked at in the build, in which it stands.
TOGETHER = ("schema/interventions.schema.json", "scripts/kennisbank/templates/parts.jinja", "overrides/main.html")

CHANGES = {
    "schema/interventions.schema.json": ('"title": "', '"title": "Andere '),
    "data/interventions.yaml": ("  tagline: ", "  tagline: Gewijzigd. "),
    "data/vocabularies.yaml": ("    label: ", "    label: Andere "),
    "scripts/kennisbank/templates/parts.jinja": ("<nav ", '<nav data-changed="" '),
    "scripts/kennisbank/templates/intervention.md.jinja": ("<p", '<p data-changed=""'),
    "content/about/privacy.md": ("# ", "# Gewijzigd: "),
    "content/assets/core/page.css": ("{", "{ --changed: 1;"),
    "overrides/main.html": ("<div", '<div data-changed=""'),
    "overrides/kennisbank/search-words.html": ("<div", '<div data-changed=""'),
    "mkdocs.yml": ("- Start:", "- Gewijzigd:"),
}


@pytest.mark.long
def test_after_every_change_what_is_served_is_what_is_built(server: Server, tmp_path: Path) -> None:
    root = server.root
    pages = [ENTRY, "interventions/index.html", "glossary.html", "about/privacy.html", "assets/kb.css"]
    exports = ["data/interventions.json", "assets/search-data.js", "assets/choice-data.js"]
    before = {address: as_built(server.ask(address)[1]) for address in [*pages, *exports]}
    originals = {}
    for file in CHANGES:
        originals[file] = change(root / file, *CHANGES[file])
        if file in TOGETHER:
            continue
        asked = [*pages, *exports] if file.startswith("data") else SHOWS.get(file, pages)
        after = before | {address: as_built(server.ask(address)[1]) for address in asked}
        assert after != before, file
        before = after
    built = build_copy(root, tmp_path / "after")
    assert list_differences(server, built) == []
    assert server.ask("niet-hier.html")[0] == 404
    assert as_built(server.ask("niet-hier.html")[1]) == built["404.html"]
    for file, text in originals.items():
        (root / file).write_text(text, encoding="utf-8")


def test_nothing_outside_the_site_is_served(server: Server) -> None:
    for address in ("../mkdocs.yml", "/../../../../../../../../etc/passwd", "assets/../../mkdocs.yml", ".."):
        assert server.ask(address)[0] in (200, 404)
        assert b"site_name:" not in server.ask(address)[1]
        assert b"root:" not in server.ask(address)[1]


# --- another way to the same


def test_when_mkdocs_has_changed_inside_it_makes_the_whole_site(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    made = []
    monkeypatch.setattr(serve, "Preview", lambda root, folder, kind, tell: made.append(kind))
    monkeypatch.setattr(serve.web, "open_server", no_server)
    assert demand.is_possible()
    serve.serve(tmp_path, 1)
    monkeypatch.setattr(demand.build, "_build_page", lambda page, files: None)
    serve.serve(tmp_path, 1)
    monkeypatch.delattr(demand.build, "_build_page")
    serve.serve(tmp_path, 1)
    assert made == [demand.OnDemand, whole.Whole, whole.Whole]
    assert capsys.readouterr().out.count("de hele site") == 2


def no_server(*arguments: object) -> None:
    """A port that cannot be had."""
    raise OSError


@pytest.mark.long
def test_the_whole_site_is_served_the_same_and_a_mistake_does_not_end_it(tmp_path: Path, project_root: Path) -> None:
    root = copy_project(project_root, tmp_path / "project")
    server = Server(root, "--plain")
    try:
        good = server.ask(ENTRY)[1]
        path = root / "scripts/kennisbank/templates/glossary.md.jinja"
        before = change(path, "view.", "view.nothing.")
        status, body = server.ask(ENTRY)
        assert status == 200
        assert b"glossary.md.jinja, regel" in body
        path.write_text(before, encoding="utf-8")
        assert as_built(server.ask(ENTRY)[1]) == as_built(good)
        assert as_built(server.ask("niet-hier.html")[1]) == as_built(server.ask("404.html")[1])
        assert server.ask("data/offers.json")[0] == 200
    finally:
        server.process.kill()


# --- the port


@pytest.mark.parametrize("port", ["", "0", "x", "-1", "65536", "8000; touch x", "٣٣"])
def test_a_port_that_is_none_is_refused_in_one_line(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["serve", f"--port={port}"]) == 2
    out, error = capsys.readouterr()
    assert (out, error.count("\n")) == ("", 1)
    assert "is geen poort" in error


def test_a_port_that_is_taken_is_told_in_one_line(
    tmp_path: Path, project_root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert cli.main(["serve", "--root", str(project_root), f"--port={port}"]) == 1
    out, error = capsys.readouterr()
    assert (out, error.count("\n")) == ("", 1)
    assert f"Poort {port} is niet vrij" in error


def test_make_gives_the_port_as_a_value_and_not_as_a_command(project_root: Path) -> None:
    command = ["make", "--dry-run", "serve", "PORT=1; touch x"]
    result = subprocess.run(command, cwd=project_root, capture_output=True, text=True)
    assert '--port="$PORT"' in result.stdout
    assert "touch x" not in result.stdout
