"""The command line: exit codes, forms of output, and what `new`, `format` and `schema` write."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from kennisbank import cli, kinds, load
from kennisbank.check import wording
from shelf import GOOD, TODAY, apply, lay_out
from tests.helpers import git_begin

BROKEN = {"file": "data/organisations.yaml", "find": "kind: nonprofit", "put": "kind: stichting"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay_out(tmp_path / "root")


@pytest.fixture
def run(capsys: pytest.CaptureFixture):
    """A function that runs a command: exit code, what it said, and what it said on the side."""

    def run(*arguments: object) -> tuple[int, str, str]:
        code = cli.main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return run


# --- check


def test_a_clean_check_ends_with_0(run) -> None:
    code, out, _ = run("check", "--root", GOOD, "--today", TODAY)
    assert (code, out) == (0, "Alles in orde: geen fouten, geen waarschuwingen.\n")


def test_warnings_alone_end_with_0(run, root: Path) -> None:
    code, out, _ = run("check", "--root", root, "--today", "2031-01-01")
    assert code == 0
    assert "let op KB901" in out
    assert out.endswith(
        "0 fouten, 3 waarschuwingen. Dit houdt niets tegen. Lees wel bij elke waarschuwing of er nog iets moet.\n"
    )


STARTED = {"file": "data/offers.yaml", "find": "  status: planned\n", "put": "  status: starting\n"}


def test_a_status_that_was_changed_by_hand_is_told_beside_the_last_commit(run, root: Path, tmp_path: Path) -> None:
    git_begin(root)
    assert run("check", "--root", root, "--today", TODAY)[1].startswith("Alles in orde")
    apply(root, STARTED)
    code, out, _ = run("check", "--root", root, "--today", TODAY)
    assert code == 1
    assert out.startswith("data/offers.yaml:26:11  fout KB324  [puinruimen · zuid · status]\n")
    # With a day of its own, or without git, there is nothing to say.
    apply(
        root,
        {
            "file": "data/offers.yaml",
            "find": STARTED["put"] + '  as_of: "2026-09"',
            "put": STARTED["put"] + '  as_of: "2026"',
        },
    )
    assert "KB324" not in run("check", "--root", root, "--today", TODAY)[1]
    # A mistake that is mended says where that was looked up.
    text = (root / "data/offers.yaml").read_text("utf-8").replace('as_of: "2026"\n', 'as_of: "2026-09"\n')
    looked_up = '  searched:\n    - on: "2026-11-20"\n      where: Tabel 3\n      result: Daar staat dat het begint.\n'
    (root / "data/offers.yaml").write_text(text, "utf-8")
    assert "fout KB324" in run("check", "--root", root, "--today", TODAY)[1]
    (root / "data/offers.yaml").write_text(text + looked_up, "utf-8")
    assert "KB324" not in run("check", "--root", root, "--today", TODAY)[1]
    loose = lay_out(tmp_path / "loose", (STARTED,))
    assert run("check", "--root", loose, "--today", TODAY)[1].startswith("Alles in orde")


def test_an_error_ends_with_1_and_reads_well(run, tmp_path: Path) -> None:
    code, out, _ = run("check", "--root", lay_out(tmp_path / "root", (BROKEN,)), "--today", TODAY)
    assert code == 1
    assert out == (
        "data/organisations.yaml:5:9  fout KB105  [stichting · kind]\n"
        "    ‘stichting’ is hier geen bekende waarde.\n"
        "    → Kies uit: nonprofit (Maatschappelijke organisatie).\n"
        "\n"
        "1 fout, 0 waarschuwingen. Los de fouten op en typ opnieuw: make check\n"
    )


def test_json_is_one_object_of_the_contract(run, tmp_path: Path) -> None:
    root = lay_out(tmp_path / "root", (BROKEN,))
    code, out, _ = run("check", "--root", root, "--today", TODAY, "--format", "json")
    answer = json.loads(out)
    assert code == 1
    assert answer.keys() == {"problems", "errors", "warnings"}
    assert (answer["errors"], answer["warnings"]) == (1, 0)
    (problem,) = answer["problems"]
    assert list(problem) == [*("file", "line", "column", "record", "field", "code", "severity", "message", "hint")]
    assert problem["file"] == "data/organisations.yaml"
    assert (problem["line"], problem["column"], problem["severity"]) == (5, 9, "error")


def test_github_gets_annotations_on_the_line(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = lay_out(tmp_path / "root", (BROKEN,))
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    _, out, _ = run("check", "--root", root, "--today", TODAY, "--format", "github")
    assert out.split("\n")[0] == (
        "::error file=root/data/organisations.yaml,line=5,col=9,title=KB105 stichting kind"
        "::‘stichting’ is hier geen bekende waarde. → Kies uit: nonprofit (Maatschappelijke organisatie)."
    )


def test_github_cannot_be_given_other_commands(run, tmp_path: Path) -> None:
    evil = {
        "file": "data/organisations.yaml",
        "find": "- id: stichting",
        "put": '- id: "x%0A::set-env,a:b\\n::error::y"',
    }
    _, out, _ = run("check", "--root", lay_out(tmp_path / "root", (evil,)), "--format", "github", "--today", TODAY)
    lines = out.rstrip("\n").split("\n")
    assert all(line.startswith(("::error file=", "::warning file=")) for line in lines[:-1])
    assert not any(re.search(r"title=[^:]*[,](?!$)[^:]*::", line.replace("%2C", "")) for line in lines)
    assert any("%250A%3A%3Aset-env%2Ca" in line for line in lines)


def test_a_terminal_is_never_given_what_stands_in_a_file(run, tmp_path: Path) -> None:
    evil = {"file": "data/organisations.yaml", "find": "kind: nonprofit", "put": 'kind: "\\e[31m\\u202Ex"'}
    _, out, _ = run("check", "--root", lay_out(tmp_path / "root", (evil,)), "--today", TODAY)
    assert "\x1b" not in out and "\u202e" not in out
    assert "<U+001B>" in out


# --- wrong use


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (["chek"], "De opdracht ‘chek’ bestaat niet. Bedoel je ‘check’?"),
        (
            ["xyz"],
            "De opdracht ‘xyz’ bestaat niet. "
            "Kies uit: check, serve, new, format, schema, export, book, apply, diff, history, sheet.",
        ),
        (["check", "--rot", "x"], "De optie ‘--rot’ bestaat niet. Bedoel je ‘--root’?"),
        (["check", "--format", "jsn"], "De vorm ‘jsn’ bestaat niet. Bedoel je ‘json’?"),
        (["check", "--today", "morgen"], "‘morgen’ is geen datum. Schrijf jaar-maand-dag, zoals 2026-11-21."),
        (["check", "--root"], "Zo schrijf je deze opdracht: kennisbank check [--root MAP]"),
        (["check", "extra"], "Zo schrijf je deze opdracht: kennisbank check [--root MAP]"),
        (["new", "intervention"], "Zo schrijf je deze opdracht: kennisbank new "),
        (["new", "interventies", "x"], "‘interventies’ kun je niet maken. Bedoel je ‘interventie’?"),
        (["new", "intervention", "Puin Ruimen"], "‘Puin Ruimen’ kan geen id zijn."),
        (["new", "intervention", "../../etc"], "‘../../etc’ kan geen id zijn."),
        (["new", "offer", "puinruimen"], "‘puinruimen’ kan niet. Schrijf: interventie/inrichting"),
        (["export"], "Zo schrijf je deze opdracht: kennisbank export --to MAP"),
        (["check", "--root", "/bestaat/niet"], "De map /bestaat/niet is er niet."),
        (["check", "--root", str(GOOD / "content")], "In "),
    ],
)
def test_wrong_use_gets_one_dutch_line_and_2(run, arguments: list[str], answer: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith(answer)
    assert err.count("\n") == 1


def test_help_is_dutch(run) -> None:
    assert run("--help")[0] == 0
    code, out, _ = run("check", "--help")
    assert code == 0
    assert out.startswith("kennisbank check")
    assert run()[0] == 2


def test_the_program_as_a_module_says_the_same() -> None:
    command = [sys.executable, "-m", "kennisbank", "check", "--root", str(GOOD), "--today", TODAY]
    result = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"PYTHONIOENCODING": "ascii"})
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == "Alles in orde: geen fouten, geen waarschuwingen.\n"


def test_a_mistake_of_the_program_itself_is_no_traceback(run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KENNISBANK_DEBUG", raising=False)
    monkeypatch.setattr(load, "load", lambda root: 1 / 0)
    code, _, err = run("check", "--root", GOOD)
    assert code == 1
    assert err.startswith("Er ging iets mis in het programma zelf (ZeroDivisionError)")


# --- new


@pytest.mark.parametrize("kind", [kind for kind in kinds.RECORDS if kind.drafts], ids=lambda kind: kind.name)
def test_a_new_record_is_a_draft_and_the_check_says_what_remains(run, root: Path, kind: kinds.Kind) -> None:
    code, out, _ = run("new", kind.singular, "maatjes", "--root", root)
    assert code == 0
    assert f"Record gemaakt: {kind.file}" in out
    assert all(f"Pagina gemaakt: {page.name('maatjes')}" in out for page in kind.pages)
    code, out, _ = run("check", "--root", root, "--today", TODAY)
    assert code == 0, out
    required = json.loads((Path(cli.__file__).parents[3] / f"schema/{kind.schema}").read_text("utf-8"))
    for field in set(required["items"]["required"]) - {"id", "status"}:
        assert re.search(rf"\[maatjes · {field}\W", out), f"nothing was said about {field}"


def test_a_new_record_stands_in_its_place_and_comments_stay(run, root: Path) -> None:
    before = (root / "data/interventions.yaml").read_text("utf-8")
    run("new", "intervention", "maatjes", "--root", root)
    after = (root / "data/interventions.yaml").read_text("utf-8")
    assert [record["id"] for record in yaml.safe_load(after)] == ["gesprekken", "maatjes", "puinruimen", "zeggen"]
    assert after.replace(after[after.index("- id: maatjes") : after.index("# Oefeningen")], "") == before
    assert run("format", "--check", "--root", root)[0] == 0
    page = (root / "content/interventions/maatjes.md").read_text("utf-8")
    assert page.startswith('<!--[[ intervention("maatjes") ]]-->\n')
    assert page.endswith('<!--[[ intervention_end("maatjes") ]]-->\n')


@pytest.mark.parametrize("name", ["aap", "zzz"])
def test_a_new_record_can_be_the_first_or_the_last(run, root: Path, name: str) -> None:
    assert run("new", "intervention", name, "--root", root)[0] == 0
    ids = [record["id"] for record in load.load(root).records["interventions"]]
    assert ids == sorted(ids)
    assert run("format", "--check", "--root", root)[0] == 0


def test_a_new_offer_names_what_it_joins(run, root: Path) -> None:
    assert run("new", "offer", "gesprekken/noord/west", "--root", root)[0] == 0
    record = load.load(root).records["offers"][1]
    assert (record["intervention"], record["institution"], record["location"]) == ("gesprekken", "noord", "west")
    code, out, _ = run("check", "--root", root, "--today", TODAY)
    assert code == 1  # an offer has no draft: it is shown at once, so it has to be whole
    assert "Bij ‘as_of’ staat nog INVULLEN." in out


def test_what_a_new_record_joins_may_be_called_by_name(run, root: Path) -> None:
    assert run("new", "Aanbod", "gesprekken/PI Zuid", "--root", root)[0] == 0
    assert load.load(root).records["offers"][1]["institution"] == "zuid"
    code, _, err = run("new", "aanbod", "gesprekken/zuit", "--root", root)
    assert code == 2 and "Bedoel je ‘zuid (PI Zuid)’?" in err


@pytest.mark.parametrize("text", [None, "[]\n", "# nog niets\n[]\n"])
def test_the_first_record_of_a_kind_makes_the_file(run, root: Path, text: str | None) -> None:
    path = root / "data/trainings.yaml"
    (root / "content/trainings/luisteren.md").unlink()
    path.unlink() if text is None else path.write_text(text, "utf-8")
    assert run("new", "training", "kijken", "--root", root)[0] == 0
    loaded = load.load(root)
    assert not loaded.problems
    assert [record["id"] for record in loaded.records["trainings"]] == ["kijken"]


def test_an_id_that_exists_is_refused(run, root: Path) -> None:
    before = (root / "data/interventions.yaml").read_bytes()
    code, _, err = run("new", "intervention", "puinruimen", "--root", root)
    assert (code, err.count("\n")) == (1, 1)
    assert "‘puinruimen’ bestaat al" in err
    assert (root / "data/interventions.yaml").read_bytes() == before


@pytest.mark.parametrize("kind", [kind for kind in kinds.BY_NAME.values() if kind.pages], ids=lambda kind: kind.name)
def test_of_what_is_there_the_pages_that_lack_are_made(run, root: Path, kind: kinds.Kind) -> None:
    """A record that was written by hand, or a term of a list, gets its pages; only those that are not there."""
    members = load.load(root)
    name = next(iter(members.vocabularies[kind.vocabulary] if kind.vocabulary else members.records[kind.name]))
    name = name if isinstance(name, str) else name["id"]
    data = (root / kind.file).read_bytes()
    for page in kind.pages:
        (root / page.name(name)).unlink(missing_ok=True)
    code, out, _ = run("new", kind.singular, name, "--root", root)
    assert code == 0
    assert out.startswith("".join(f"Pagina gemaakt: {page.name(name)}\n" for page in kind.pages))
    assert ("INVULLEN" in out) == bool(kind.pages[0].closing)
    assert (root / kind.file).read_bytes() == data
    # What is published may not wait to be written.
    code, out, _ = run("check", "--root", root, "--today", TODAY)
    assert (code, re.findall(r"fout (KB\d+)", out)) == ((1, ["KB557"]) if kind.pages[0].closing else (0, []))
    code, _, err = run("new", kind.singular, name, "--root", root)
    assert (code, err.count("\n")) == (1, 1)


def test_a_term_is_not_made(run, root: Path) -> None:
    code, _, err = run("new", "category", "nieuw", "--root", root)
    assert code == 1
    assert err == "‘nieuw’ staat niet in data/vocabularies.yaml onder ‘category’. Zet de term daar eerst bij.\n"
    assert not (root / "content/categories/nieuw.md").exists()


def test_nothing_is_added_to_a_file_that_cannot_be_read(run, root: Path) -> None:
    path = root / "data/interventions.yaml"
    path.write_text('- id: "a\n', "utf-8")
    code, _, err = run("new", "intervention", "maatjes", "--root", root)
    assert code == 1
    assert "KB025" in err
    assert path.read_text("utf-8") == '- id: "a\n'


def test_nothing_is_written_outside_the_root(run, root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    for page in (root / "content/interventions").iterdir():
        page.unlink()
    (root / "content/interventions").rmdir()
    (root / "content/interventions").symlink_to(outside)
    code, _, err = run("new", "intervention", "maatjes", "--root", root)
    assert code == 1
    assert "buiten de kennisbank" in err
    assert not list(outside.iterdir())


# --- format

MESSY = """\
# boven aan het bestand

# over zuid
-   name:   'PI Zuid'   # de naam
    id: zuid
    # de soort
    kind: "pi"
    lon: 3.6
    lat: 51.5
    place: 'Middelburg'
    province: zeeland
    status: published
    # laatste opmerking van zuid
    sources: [{where: "Tabel 1: alle inrichtingen in een heel lange tekst die niet meer op een regel past, dus", id: rapport}]
# over noord
- id: noord
  name: PI Noord
  data_note: |
    Regel een.

    Regel twee # geen opmerking
  special:
  # over bijzonder
  - text: "Zo: 'n tekst"
    source: {id: rapport, where: "2021"}
  also_known_as: ["NO", "no", "1.0", "true", "- x", "a # b", "c: d", "é", "trailing "]
  status: published
# onder aan het bestand
"""

TIDY = """\
# yaml-language-server: $schema=../schema/institutions.schema.json
# boven aan het bestand

# over noord
- id: noord
  name: PI Noord
  special:
    # over bijzonder
    - text: "Zo: 'n tekst"
      source:
        id: rapport
        where: "2021"
  data_note: |
    Regel een.

    Regel twee # geen opmerking
  also_known_as:
    - "NO"
    - "no"
    - "1.0"
    - "true"
    - "- x"
    - "a # b"
    - "c: d"
    - é
    - "trailing "
  status: published

# over zuid
- id: zuid
  name: PI Zuid  # de naam
  # de soort
  kind: pi
  place: Middelburg
  province: zeeland
  lat: 51.5
  lon: 3.6
  # laatste opmerking van zuid
  sources:
    - id: rapport
      where: >-
        Tabel 1: alle inrichtingen in een heel lange tekst die niet meer op een regel past, dus
  status: published

# onder aan het bestand
"""


def test_format_tidies_and_keeps_comments_with_what_they_are_about(run, root: Path) -> None:
    path = root / "data/institutions.yaml"
    path.write_text(MESSY, "utf-8")
    before = load.load(root).records["institutions"]
    assert run("format", "--root", root)[0] == 0
    assert path.read_text("utf-8") == TIDY
    assert sorted(before, key=lambda record: record["id"]) == load.load(root).records["institutions"]


def test_format_twice_changes_nothing_more(run, root: Path) -> None:
    (root / "data/institutions.yaml").write_text(MESSY, "utf-8")
    run("format", "--root", root)
    code, out, _ = run("format", "--root", root)
    assert (code, out) == (0, "Alle bestanden staan in de vaste vorm.\n")


def test_format_check_writes_nothing(run, root: Path) -> None:
    path = root / "data/institutions.yaml"
    path.write_text(MESSY, "utf-8")
    code, out, _ = run("format", "--check", "--root", root)
    assert (code, out) == (1, "Nog niet in de vaste vorm: data/institutions.yaml. Typ: make format\n")
    assert path.read_text("utf-8") == MESSY


def test_format_takes_out_marks_and_line_ends_of_windows(run, root: Path) -> None:
    path = root / "data/sources.yaml"
    good = path.read_bytes()
    path.write_bytes(b"\xef\xbb\xbf" + good.replace(b"\n", b"\r\n"))
    assert run("format", "--root", root)[0] == 0
    assert path.read_bytes() == good


def test_format_leaves_a_file_that_cannot_be_read(run, root: Path) -> None:
    path = root / "data/sources.yaml"
    path.write_text("- id: a\n  id: b\n", "utf-8")
    code, _, err = run("format", "--root", root)
    assert code == 1
    assert "KB022" in err
    assert path.read_text("utf-8") == "- id: a\n  id: b\n"


def test_format_never_leaves_half_a_file(run, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = root / "data/institutions.yaml"
    path.write_text(MESSY, "utf-8")

    def fail(*_):
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(Path, "replace", fail)
    code, _, err = run("format", "--root", root)
    assert code == 1
    assert err.startswith("Lezen of schrijven lukt niet:")
    assert path.read_text("utf-8") == MESSY
    assert {item.name for item in path.parent.iterdir()} == {item.name for item in (GOOD / "data").iterdir()}


@pytest.mark.slow
def test_the_data_of_the_project_survives_format(run, project_root: Path, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    for path in (project_root / "data").glob("*.yaml"):
        (tmp_path / "data" / path.name).write_bytes(path.read_bytes())
    before = load.load(tmp_path)
    assert run("format", "--root", tmp_path)[0] == 0
    after = load.load(tmp_path)
    for kind in kinds.NAMES:
        assert sorted(before.records[kind], key=lambda item: load.sort_key(kind, item)) == after.records[kind]
    comments = [
        [line for file in loaded.files for line in file.text.split("\n") if line.startswith("#")]
        for loaded in (before, after)
    ]
    assert set(comments[0]) <= set(comments[1])


def test_new_knows_the_dutch_word_for_a_kind(run, root: Path) -> None:
    assert run("new", "interventie", "samen-koken", "--root", root)[0] == 0
    assert "- id: samen-koken\n" in (root / "data/interventions.yaml").read_text("utf-8")


def test_a_new_intervention_asks_for_all_that_publishing_asks(run, root: Path) -> None:
    """Also the text for participants, which only somebody who publishes was told to lack."""
    assert run("new", "intervention", "samen-koken", "--root", root)[0] == 0
    path = root / "data/interventions.yaml"
    head, new, rest = re.split(r"(?=- id: samen-koken\n)|(?<=status: draft)(?=\n)", path.read_text("utf-8"))
    assert "  participant_text: INVULLEN\n" in new
    path.write_text(head + new.replace("status: draft", "status: published") + rest, "utf-8")
    _, out, _ = run("check", "--root", root, "--today", TODAY)
    assert "Bij ‘participant_text’ staat nog INVULLEN" in out and "KB129" not in out and "KB101" not in out


def test_format_writes_the_id_where_a_label_stands(run, root: Path) -> None:
    """Of a label, a synonym and an id in other letters; comments, quotes and lists in one line included."""
    path = root / "data/interventions.yaml"
    good = path.read_text("utf-8")
    text = good
    for term, written in (
        ("    - adults\n    - fathers\n", "    - Volwassenen  # allemaal\n    # de vaders ook\n    - 'papa'\n"),
        ('  countries:\n    - "NL"\n  goals', "  countries: [Nederland]\n  goals"),
        ("  category: herstel\n  kind: course\n", '  category: "Herstel"\n  kind: Cursus\n'),
        ("  status: archived", "  status: Archived"),
    ):
        assert term in text, term
        text = text.replace(term, written, 1)
    path.write_text(text, "utf-8")
    code, out, _ = run("check", "--root", root, "--today", TODAY)
    assert code == 1
    assert "Bedoel je ‘fathers (Vaders)’? Met make format wordt het vanzelf ‘fathers’." in out
    assert run("format", "--root", root)[0] == 0
    after = path.read_text("utf-8")
    assert "    - adults  # allemaal\n    # de vaders ook\n    - fathers\n" in after
    assert after.replace("  # allemaal", "").replace("    # de vaders ook\n", "") == good
    assert run("check", "--root", root, "--today", TODAY)[0] == 0


@pytest.mark.parametrize("written", ["30-09-2026", "'30 september 2026'", "30/9/2026  # gezien"])
def test_format_writes_a_date_as_the_data_has_it(run, root: Path, written: str) -> None:
    path = root / "data/sources.yaml"
    good = path.read_text("utf-8")
    path.write_text(good.replace('"2026-09"', written), "utf-8")
    out = run("check", "--root", root, "--today", TODAY)[1]
    assert "Bedoel je ‘2026-09-30’? Met make format wordt het vanzelf ‘2026-09-30’." in out
    assert "Draagt de bron geen datum, schrijf dan: unknown." in out
    assert run("format", "--root", root)[0] == 0
    assert path.read_text("utf-8").replace("  # gezien", "") == good.replace("2026-09", "2026-09-30")


def test_format_leaves_what_is_no_date(run, root: Path) -> None:
    path = root / "data/sources.yaml"
    for word in ("30-02-2026", "herfst 2026", "onbekend"):
        before = path.read_text("utf-8")
        path.write_text(before.replace('"2026-09"', word), "utf-8")
        run("format", "--root", root)
        assert f"  as_of: {word}\n" in path.read_text("utf-8").replace('"', "")
        path.write_text(before, "utf-8")


def test_format_writes_the_id_where_a_name_stands(run, root: Path) -> None:
    """Of a record, as the site calls it; a name that two have is left, and an id that is there is no name."""
    path = root / "data/offers.yaml"
    good = path.read_text("utf-8")
    place = load.load(root).records["institutions"][0]
    wanted = f"  institution: {place['id']}\n"
    assert wanted in good
    path.write_text(good.replace(wanted, f"  institution: {place['name'].upper()}\n", 1), "utf-8")
    assert run("check", "--root", root, "--today", TODAY)[0] == 1
    assert run("format", "--root", root)[0] == 0
    assert path.read_text("utf-8") == good
    others = root / "data/institutions.yaml"
    text = others.read_text("utf-8")
    second = load.load(root).records["institutions"][1]["name"]
    others.write_text(text.replace(f"name: {second}\n", f"name: {place['name']}\n", 1), "utf-8")
    path.write_text(good.replace(wanted, f"  institution: {place['name']}\n", 1), "utf-8")
    run("format", "--root", root)
    assert f"  institution: {place['name']}\n" in path.read_text("utf-8")


def test_the_first_words_of_a_label_name_its_term() -> None:
    terms = load.load(Path(cli.__file__).parents[3]).vocabularies
    categories, statuses = terms["category"], terms["offer_status"]
    assert wording.meant("Herstelgerichte cursussen", list(categories), categories) == "herstelgerichte-cursus"
    assert wording.meant("gestopt", list(statuses), statuses) == "stopped"
    assert wording.meant("Herstelgerichte", list(categories), categories) is None


def test_format_guesses_no_term(run, root: Path) -> None:
    """What two terms are called, or only looks like a label, stays for its editor."""
    vocabularies = root / "data/vocabularies.yaml"
    text = vocabularies.read_text("utf-8")
    vocabularies.write_text(text.replace("    synonyms: [vader, papa]", "    synonyms: [ouder]", 1), "utf-8")
    text = vocabularies.read_text("utf-8")
    place = text.index("  mothers:")
    vocabularies.write_text(text[:place] + text[place:].replace("synonyms: []", "synonyms: [ouder]", 1), "utf-8")
    path = root / "data/interventions.yaml"
    for word in ("ouder", "Vaderz"):
        before = path.read_text("utf-8")
        path.write_text(before.replace("    - fathers\n", f"    - {word}\n"), "utf-8")
        run("format", "--root", root)
        assert f"    - {word}\n" in path.read_text("utf-8")
        path.write_text(before, "utf-8")


def test_format_adds_what_is_on_the_site_to_the_list_of_addresses(run, root: Path) -> None:
    path = root / "data/published_ids.txt"
    good = path.read_text("utf-8")
    path.write_text("sources/verdwenen\n\ninterventions/zeggen\n", "utf-8")
    assert run("format", "--check", "--root", root)[0] == 1
    assert run("format", "--root", root)[0] == 0
    assert path.read_text("utf-8") == good.replace("sources/studie\n", "sources/studie\nsources/verdwenen\n")


def test_what_still_has_a_mistake_gets_no_address(run, root: Path) -> None:
    """An address cannot be taken back; what was promised before stays so."""
    path, sources = root / "data/published_ids.txt", root / "data/sources.yaml"
    good = path.read_text("utf-8")
    path.write_text(good.replace("sources/studie\n", ""), "utf-8")
    text = sources.read_text("utf-8")
    sources.write_text(text.replace("kind: study", "kind: boekje").replace("kind: e-book", "kind: folder"), "utf-8")
    assert run("format", "--root", root)[0] == 0
    assert path.read_text("utf-8") == good.replace("sources/studie\n", "")
    sources.write_text(text, "utf-8")
    assert run("format", "--root", root)[0] == 0
    assert path.read_text("utf-8") == good


def test_a_list_of_addresses_that_cannot_be_read_is_left_alone(run, root: Path) -> None:
    path = root / "data/published_ids.txt"
    path.write_text("<<<<<<< HEAD\ninterventions/zeggen\n", "utf-8")
    code, _, err = run("format", "--root", root)
    assert (code, err.count("\n")) == (1, 1)
    assert "data/published_ids.txt is niet veranderd" in err
    assert run("new", "source", "boek", "--root", root)[0] == 0
    assert path.read_text("utf-8") == "<<<<<<< HEAD\ninterventions/zeggen\n"


# --- schema and export


def test_schema_makes_the_terms_and_check_says_when_they_are_stale(run, root: Path) -> None:
    assert run("schema", "--root", root)[0] == 0
    path = root / "schema/vocabularies.schema.json"
    assert json.loads(path.read_text("utf-8"))["definitions"]["status"] == {"enum": ["draft", "published", "archived"]}
    assert run("schema", "--check", "--root", root)[0] == 0
    vocabularies = root / "data/vocabularies.yaml"
    vocabularies.write_text(vocabularies.read_text("utf-8").replace("  mothers:\n", "  parents:\n"), "utf-8")
    code, out, _ = run("schema", "--check", "--root", root)
    assert code == 1
    assert out.endswith("loopt achter op data/vocabularies.yaml. Typ: make schema\n")


def test_schema_refuses_vocabularies_that_cannot_be_read(run, root: Path) -> None:
    (root / "data/vocabularies.yaml").write_text("- a\n", "utf-8")
    code, _, err = run("schema", "--root", root)
    assert code == 1
    assert "KB041" in err


def test_export_refuses_data_with_errors(run, tmp_path: Path) -> None:
    root = lay_out(tmp_path / "root", (BROKEN,))
    code, _, err = run("export", "--to", tmp_path / "out", "--root", root)
    assert code == 1
    assert "KB105" in err
    assert not (tmp_path / "out").exists()
