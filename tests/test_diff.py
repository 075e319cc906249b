"""`kennisbank diff`: what changed, in words for a reader."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kennisbank import cli
from kennisbank.renewal import words
from shelf import lay_out
from tests.helpers import git, git_begin

CHANGES = (
    {"file": "data/offers.yaml", "find": "  status: planned\n", "put": "  status: starting\n"},
    {"file": "data/institutions.yaml", "find": "place: Middelburg", "put": "place: Goes & Veere"},
    {
        "file": "data/interventions.yaml",
        "find": "tagline: Gesprek waarin iemand vertelt wat er is gebeurd.",
        "put": "tagline: Gesprek waarin iemand hoort wat er is gebeurd.",
    },
    {
        "file": "data/organisations.yaml",
        "find": "- id: stichting\n",
        "put": "- id: nieuw\n  name: <b>Nieuw</b> [x](y)\n  status: published\n\n- id: stichting\n",
    },
)


@pytest.fixture
def run(capsys: pytest.CaptureFixture, tmp_path: Path) -> Callable[..., tuple[int, str, str]]:
    """A function that compares the good tree with a changed one: `run("--format", "json")`."""
    old, new = lay_out(tmp_path / "old"), lay_out(tmp_path / "new", CHANGES)

    def run(*arguments: str) -> tuple[int, str, str]:
        code = cli.main(["diff", str(old), str(new), "--root", str(new), *arguments])
        return code, *capsys.readouterr()

    return run


def test_it_is_told_per_institution_and_per_intervention(run) -> None:
    code, out, err = run()
    assert (code, err) == (0, "")
    assert out == (
        "PI Zuid\n"
        "  Puinruimen\n"
        "    Status: Gepland → Wordt opgestart\n"
        "    Let op: de status is anders, de stand en de bron niet. Zet erbij sinds welke maand je dat weet (as_of) en "
        "waaruit (sources).\n"
        "  Inrichting\n"
        "    Plaats: Middelburg → Goes & Veere\n"
        "\n"
        "Gesprekken\n"
        "  Interventie\n"
        "    Wat het is, in één zin: Gesprek waarin iemand [weg: vertelt][erbij: hoort] wat er is gebeurd.\n"
        "\n"
        "Puinruimen\n"
        "  PI Zuid\n"
        "    Status: Gepland → Wordt opgestart\n"
        "    Let op: de status is anders, de stand en de bron niet. Zet erbij sinds welke maand je dat weet (as_of) en "
        "waaruit (sources).\n"
        "\n"
        "Organisatie\n"
        "  <b>Nieuw</b> [x](y) (nieuw)\n"
        "    Status van de tekst: Gepubliceerd\n"
        "\n"
        "Dit zie je op\n"
        "  about/figures.html\n"
        "  choose/index.html\n"
        "  editors/control/zuid.html\n"
        "  institutions/gaps.html\n"
        "  institutions/index.html\n"
        "  institutions/matrix.html\n"
        "  institutions/transfer.html\n"
        "  institutions/zuid.html\n"
        "  interventions/gesprekken.html\n"
        "  interventions/puinruimen.html\n"
        "  organisations/nieuw.html\n"
        "\n"
        "Opnieuw afdrukken\n"
        "  cards/uitleg-gesprekken.html\n"
        "  cards/voor-adults.html\n"
        "  cards/voor-fathers.html\n"
        "  cards/zuid.html\n"
        "\n"
        "Draaiboeken om na te lopen\n"
        "  trainings/luisteren.html\n"
    )


def test_markdown_marks_the_words_and_obeys_no_record(run) -> None:
    _, out, _ = run("--format", "markdown")
    assert "<del>vertelt</del><ins>hoort</ins>" in out
    assert "Goes &amp; Veere" in out
    assert "<b>" not in out and "[x](" not in out


def test_json_has_the_same(run) -> None:
    view = json.loads(run("--format", "json")[1])
    assert [group["id"] for group in view["institutions"]] == ["zuid"]
    assert [group["id"] for group in view["interventions"]] == ["gesprekken", "puinruimen"]
    assert view["touched"]["plans"] == ["trainings/luisteren.html"]


def test_nothing_is_said_to_be_nothing(capsys: pytest.CaptureFixture, tmp_path: Path) -> None:
    root = str(lay_out(tmp_path / "root"))
    assert cli.main(["diff", root, root, "--root", root]) == 0
    assert capsys.readouterr().out == "Er is niets veranderd.\n"


def test_commits_and_the_last_release(capsys: pytest.CaptureFixture, tmp_path: Path) -> None:
    root = lay_out(tmp_path / "root")
    git_begin(root)
    git(root, "tag", "v1")
    lay_out(root, CHANGES[:1])
    git(root, "commit", "-qam", "twee")
    for arguments in ([], ["v1"], ["HEAD^", "HEAD"]):
        assert cli.main(["diff", *arguments, "--root", str(root)]) == 0
        assert "Gepland → Wordt opgestart" in capsys.readouterr().out
    assert cli.main(["diff", "nergens", "--root", str(root)]) == 2
    assert capsys.readouterr().err == "‘nergens’ is geen map met gegevens en geen versie die git kent.\n"


@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        ("een twee drie", "een vier drie", "een -twee-+vier+ drie"),
        ("een twee drie vier", "een twee drie vier vijf", "een twee drie vier+ vijf+"),
        ("een", "iets heel anders", ""),
    ],
)
def test_the_words_that_changed_are_marked(old: str, new: str, marked: str) -> None:
    signs = {"same": "", "old": "-", "new": "+"}
    assert "".join(signs[part["how"]] + part["text"] + signs[part["how"]] for part in words.mark(old, new)) == marked
