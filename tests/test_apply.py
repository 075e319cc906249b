"""`kennisbank apply`: exactly what a proposal says, whole or not at all, and never a traceback."""

import copy
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kennisbank import cli, fields, kinds, load
from kennisbank.check import record_schema
from kennisbank.cli import apply, edit, files
from kennisbank.renewal import plan, proposal
from shelf import TODAY, lay_out
from tests.helpers import ROOT, some_or_all, tell_all

OFFER = {"intervention": "puinruimen", "institution": "zuid"}
STARTED = {
    "kind": "offers",
    "key": OFFER,
    "set": {"status": "starting", "as_of": "2026-11"},
    "was": {"status": "planned", "as_of": "2026-09"},
}
HEAD = {
    "proposal": 1,
    "made_on": "2026-11-20",
    "from": {"role": "trainer", "institution": "zuid"},
    "basis": {"kind": "seen"},
}


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day of the good tree, whatever the clock says."""

    class Day(apply.datetime.date):
        @classmethod
        def today(cls) -> Any:
            return cls.fromisoformat(TODAY)

    monkeypatch.setattr(apply.datetime, "date", Day)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay_out(tmp_path / "root")


@pytest.fixture
def propose(tmp_path: Path) -> Callable[..., Path]:
    """A function that writes a proposal of these changes: `propose(change, …, name="voorstel", **head)`."""

    def write(*changes: dict, name: str = "voorstel", **head: Any) -> Path:
        path = tmp_path / f"{name}.yaml"
        path.write_text(json.dumps({**HEAD, **head, "changes": changes}, ensure_ascii=False), "utf-8")
        return path

    return write


@pytest.fixture
def run(capsys: pytest.CaptureFixture, root: Path) -> Callable[..., tuple[int, str, str]]:
    """A function that applies: exit code, what it said, and what it said on the side."""

    def run(*arguments: object) -> tuple[int, str, str]:
        code = cli.main(["apply", *map(str, arguments), "--root", str(root)])
        return code, *capsys.readouterr()

    return run


def tree(root: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def offer(root: Path) -> dict:
    return next(item for item in load.load(root).records["offers"] if OFFER.items() <= item.items())


# --- what it does


def test_the_change_is_made_and_told_in_words(run, root: Path, propose) -> None:
    code, out, err = run(propose(STARTED))
    assert (code, err) == (0, "")
    assert offer(root) | {"sources": None} == {
        **OFFER,
        "status": "starting",
        "as_of": "2026-11",
        "since": "2027-01",
        "basis": "report",
        "sources": None,
    }
    assert "Status: Gepland → Wordt opgestart" in out
    assert "Stand: september 2026 → november 2026" in out
    assert "cards/zuid.html" in out
    assert "choose/index.html" in out and "institutions/transfer.html" in out


def test_what_its_writer_says_besides_is_told(run, propose) -> None:
    remark = "De trainer is weg.\nBel gerust terug."
    said = "De melder schrijft erbij: De trainer is weg. Bel gerust terug.\n"
    path = propose(STARTED, note=remark)
    assert said in run(path, "--dry-run")[1]
    assert said in run(path)[1]
    assert said in run(path)[1]  # also when there is nothing left to do
    odd = propose({**STARTED, "set": {"status": "stopped"}, "was": {"status": "runs"}}, note=remark)
    assert said in run(odd)[2]


def test_the_report_becomes_a_source_without_a_name(run, root: Path, propose) -> None:
    run(propose(STARTED))
    source_id = offer(root)["sources"][-1]["id"]
    source = next(item for item in load.load(root).records["sources"] if item["id"] == source_id)
    assert (source["kind"], source["second_reader"], source["as_of"]) == ("practice-report", "not-read", "2026-11-20")
    assert source["reported_by"] == HEAD["from"]
    assert source_id.startswith("melding-zuid-2026-11-20-")
    assert f"sources/{source_id}" in (root / "data/published_ids.txt").read_text("utf-8")


def test_a_document_is_a_source_of_its_own_day(run, root: Path, propose) -> None:
    basis = {"kind": "document", "title": "Rooster", "date": "2026-11-03", "url": "https://example.org/rooster"}
    assert run(propose(STARTED, basis=basis))[0] == 0
    source = load.load(root).records["sources"][0]
    assert (source["as_of"], source["url"]) == ("2026-11-03", "https://example.org/rooster")
    assert "Rooster" in source["method"]


def test_the_same_file_twice_changes_nothing(run, root: Path, propose) -> None:
    path = propose(STARTED)
    run(path)
    before = tree(root)
    code, out, _ = run(path)
    assert (code, tree(root)) == (0, before)
    assert "al verwerkt" in out


def test_a_trial_writes_nothing_and_says_the_same(run, root: Path, propose) -> None:
    before, path = tree(root), propose(STARTED)
    code, tried, _ = run(path, "--dry-run")
    assert (code, tree(root)) == (0, before)
    assert tried.partition("\n")[2] == run(path)[1].partition("\n")[2]


def test_comments_and_what_stands_beside_them_stay(run, root: Path, propose) -> None:
    path = root / "data/offers.yaml"
    text = path.read_text("utf-8").replace("  status: planned\n", "  # gebeld\n  status: planned  # nog eens vragen\n")
    path.write_text(text + "# einde\n", "utf-8")
    assert run(propose(STARTED))[0] == 0
    after = path.read_text("utf-8")
    assert "  # gebeld\n  status: starting  # nog eens vragen\n" in after
    assert after.endswith("# einde\n")
    start = text.index("- intervention: puinruimen\n  institution: zuid")
    assert after[:start] == text[:start]


def test_a_comment_in_what_goes_moves_to_what_stays(run, root: Path, propose) -> None:
    path = root / "data/institutions.yaml"
    text = path.read_text("utf-8").replace("    - id: west\n", "    # dicht?\n    - id: west\n")
    path.write_text(text, "utf-8")
    was = [{"id": "oost", "name": "Locatie Oost"}, {"id": "west", "name": "Locatie West"}]
    assert (
        run(
            propose(
                {
                    "kind": "institutions",
                    "key": {"id": "noord"},
                    "set": {"locations": was[:1]},
                    "was": {"locations": was},
                }
            )
        )[0]
        == 0
    )
    assert "  # dicht?\n  locations:\n" in path.read_text("utf-8")


def test_a_new_record_gets_its_place_its_pages_and_its_address(run, root: Path, propose) -> None:
    offers = {
        "kind": "offers",
        "add": {"intervention": "zeggen", "institution": "noord", "status": "runs", "as_of": "2026-11"},
    }
    place = {"kind": "institutions", "add": {"id": "midden", "name": "PI Midden"}}
    code, _, err = run(propose(place, name="een"), propose(offers, name="twee"))
    assert code == 0, err
    assert [item["id"] for item in load.load(root).records["institutions"]] == ["midden", "noord", "zuid"]
    assert (root / "content/institutions/midden.md").is_file()
    assert load.load(root).records["offers"][-1]["intervention"] == "zeggen"
    assert cli.main(["format", "--check", "--root", str(root)]) == 0


def test_without_a_file_it_says_how_it_is_written(run) -> None:
    assert run() == (
        2,
        "",
        "Zo schrijf je deze opdracht: kennisbank apply BESTAND… [--dry-run] [--take theirs|ours] [--root MAP]\n",
    )


def test_a_wrong_choice_names_the_right_ones(run, propose) -> None:
    code, _, err = run(propose(STARTED), "--take", "their")
    assert (code, err) == (2, "‘their’ kan niet. Bedoel je ‘theirs’?\n")


# --- at odds


def test_what_changed_does_not_keep_the_date_of_an_older_source(run, root: Path, propose) -> None:
    before = tree(root)
    change = {**STARTED, "set": {"status": "starting"}}
    code, _, err = run(propose(change))
    assert (code, tree(root)) == (1, before)
    assert "KB313" in err and f"{propose(change)}:1:" in err and "bijvoorbeeld 2026-11" in err


def test_a_sentence_that_was_there_is_pointed_out_where_it_stands(run, root: Path, propose) -> None:
    """The row ended; what its note says is no part of the proposal, so it is mended in the data."""
    data = root / "data/offers.yaml"
    data.write_text(
        data.read_text("utf-8").replace("  basis: table\n", "  note: De PI geeft het.\n  basis: table\n", 1), "utf-8"
    )
    key = {"intervention": "puinruimen", "institution": "noord", "location": "oost"}
    was = {"until": "2027-10", "as_of": "2026-09"}
    change = {"kind": "offers", "key": key, "set": {"until": "2026-10", "as_of": "2026-11"}, "was": was}
    code, out, err = run(propose(change))
    assert code == 0, err
    lines = data.read_text("utf-8").split("\n")
    place = next(number for number, line in enumerate(lines, 1) if "De PI geeft" in line)
    assert f"data/offers.yaml:{place}:9  let op KB907" in out


def test_a_label_is_not_promised_to_a_command_that_does_not_read_it(run, propose) -> None:
    code, _, err = run(propose({**STARTED, "set": {"status": "wordt opgestart", "as_of": "2026-11"}}))
    assert code == 1 and "KB105" in err and "Bedoel je ‘starting (Wordt opgestart)’?" in err
    assert "make format" not in err


def test_two_proposals_at_odds_are_a_conflict_also_in_a_trial(run, root: Path, propose) -> None:
    other = copy.deepcopy(STARTED)
    other["set"]["as_of"] = "2026-10"
    one, two = propose(STARTED, name="een"), propose(other, name="twee")
    for option in (["--dry-run"], []):
        code, out, err = run(one, two, *option)
        assert code == 1
        assert "een.yaml" in out.split("\n")[0] and "twee.yaml" in err
        assert "‘as_of’ is nu ‘2026-11’" in err and "zag ‘2026-09’ en wil ‘2026-10’" in err
    before = tree(root)
    assert run(two, "--take", "ours")[0] == 0 and tree(root) == before
    assert run(two, "--take", "theirs")[0] == 0 and offer(root)["as_of"] == "2026-10"


def test_what_was_seen_beside_the_change_counts_too(run, root: Path, propose) -> None:
    confirmed = {
        "kind": "offers",
        "key": OFFER,
        "set": {"as_of": "2026-11"},
        "was": {"as_of": "2026-09", "status": "runs"},
    }
    before = tree(root)
    assert run(propose(confirmed))[0] == 1
    assert run(propose(confirmed), "--take", "ours")[0] == 0
    assert tree(root) == before


def test_of_a_report_that_is_not_taken_neither_date_nor_source_is_left(run, root: Path, propose) -> None:
    set_ = {"status": "stopped", "as_of": "2026-11"}
    told = {"kind": "offers", "key": OFFER, "set": set_, "was": {"as_of": "2026-09", "status": "starting"}}
    before = tree(root)
    code, out, err = run(propose(told), "--take", "ours")
    assert code == 0, err
    assert tree(root) == before and "Niets overgenomen van" in out and "al verwerkt" not in out


# --- all or nothing


@pytest.mark.parametrize("step", range(5))
def test_a_write_that_fails_leaves_every_byte(run, root: Path, propose, monkeypatch, step: int) -> None:
    before, done = tree(root), []

    def replace(path: Path, text: str, real=files.replace) -> None:
        if path.is_relative_to(root):
            done.append(path)
            if len(done) > step:
                raise OSError(28, "vol", str(path))
        real(path, text)

    monkeypatch.setattr(files, "replace", replace)
    code, _, err = run(propose(STARTED))
    assert (code, tree(root)) == ((1, before) if step < 4 else (0, tree(root)))
    assert "Traceback" not in err


def test_a_run_that_is_killed_is_undone_by_the_next(run, root: Path, propose) -> None:
    """The process dies between two files; what was kept of them puts them back."""
    before, path = tree(root), propose(STARTED)
    code = (
        "import os, sys\nfrom kennisbank.cli import files, apply\nreal = files.replace\nseen = []\n"
        "def replace(path, text):\n    real(path, text)\n    seen.append(path)\n"
        f"    if str(path).startswith({str(root)!r}) and len([p for p in seen if str(p).startswith({str(root)!r})]) == 2:\n"
        "        os._exit(9)\n"
        "files.replace = replace\nfrom kennisbank import cli\n"
        f"cli.main(['apply', {str(path)!r}, '--root', {str(root)!r}])\n"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=os.environ).returncode == 9
    assert tree(root) != before
    code, out, err = run(propose(name="niets", proposal=2))
    assert "weer zoals" in err
    assert tree(root) == before
    assert run(path)[0] == 0


HOSTILE = {
    "html": {"set": {"note": "<script>alert(1)</script>"}},
    "macro": {"set": {"note": "<!--[[ home() ]]-->"}},
    "expression": {"set": {"note": "{{ 7 * 7 }}"}},
    "mailbox": {"set": {"note": "Vraag jan.jansen@example.org"}},
    "path": {"key": {"intervention": "../../etc", "institution": "zuid"}},
    "unknown field": {"set": {"kleur": "rood"}},
    "wrong type": {"set": {"as_of": {"jaar": [2026]}}},
    "wrong term": {"set": {"status": "loopt"}},
    "number": {"set": {"as_of": 2026}},
    "deep": {"set": {"note": [[[[[[[[1]]]]]]]]}},
    "hidden": {"set": {"note": "a\u202eb"}},
    "future": {"set": {"as_of": "2031"}},
    "required": {"set": {"note": "x"}, "remove": ["status"]},
    "nobody": {"set": {"provider": "niemand"}},
    "list": {"set": ["status"]},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_change_is_refused_in_dutch_with_its_line(run, root: Path, propose, name: str) -> None:
    before = tree(root)
    change = {"kind": "offers", "key": OFFER, "was": offer(root), **HOSTILE[name]}
    code, out, err = run(propose(change))
    assert (code, out, tree(root)) == (1, "", before)
    assert "Niet verwerkt" in err and "Traceback" not in err and "data/offers.yaml:" not in err.replace("is nu", "")
    assert f"{propose(change)}:1:" in err


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[]",
        b"proposal",
        b"a: &x 1\nb: *x",
        b"a: !!python/object:os.system ls",
        b"\xff\xfe\x00",
        b"x" * 10_000_000,
        b"proposal: 1\nproposal: 1",
        b"[" * 5000,
        b"- " * 5000,
        b"proposal: 1\nchanges: {a: b}",
        b"\tproposal: 1",
        b"%YAML 1.2\n---\na: b",
    ],
)
def test_a_hostile_file_is_refused_in_dutch(run, root: Path, tmp_path: Path, text: bytes) -> None:
    before, path = tree(root), tmp_path / "x.yaml"
    path.write_bytes(text)
    code, out, err = run(path)
    assert (code, out, tree(root)) == (1, "", before)
    assert f"{path}:" in err and "Traceback" not in err and "programma zelf" not in err


def test_a_file_that_is_not_there_is_said(run, tmp_path: Path) -> None:
    code, _, err = run(tmp_path / "nergens.yaml")
    assert code == 1 and "nergens.yaml is er niet" in err and "werkt de kennisbank niet" not in err


def test_texts_of_the_head_are_judged_too(run, root: Path, propose) -> None:
    for head in (
        {"note": "<b>x</b>"},
        {"note": "bel piet.puk@example.org"},
        {"note": "bel 06-12345678"},
        {"note": "bsn 111222333"},
        {"basis": {"kind": "document", "title": "{{ x }}"}},
        {"from": {"role": "trainer", "institution": "nergens"}},
        {"made_on": "2026-13-01"},
        {"made_on": "2031-01-01"},
    ):
        code, out, err = run(propose(STARTED, **head))
        assert code == 1 and load.say("cli.bug", kind="").split("(")[0] not in out + err, head


# --- every record of the project


@pytest.mark.slow
@some_or_all
def test_a_field_that_is_set_is_the_only_one_that_changes(stride: int) -> None:
    """For each record one field, chosen by a seed, gets another value: that field differs, and no other byte.

    What says how something stands also gets the report as its source.
    """
    chance = random.Random(9)
    loaded = load.load(ROOT)
    known = fields.read(ROOT)
    orders = {kind: record_schema(loaded, kind) for kind in kinds.NAMES}
    wrong, counted = [], 0
    files = [file for kind in kinds.NAMES for file in [one for one in loaded.files if one.kind == kind][::stride]]
    for file in files:
        changes, meant = [], {}
        for number, record in [*enumerate(file.data)][::stride]:
            name = chance.choice([name for name in record if name not in kinds.BY_NAME[file.kind].key])
            value = change_value(record[name], chance)
            key = {part: record[part] for part in kinds.BY_NAME[file.kind].key if part in record}
            changes.append({"kind": file.kind, "key": key, "set": {name: value}, "was": {name: record[name]}})
            meant[number] = (name, value)
        data = {**HEAD, "from": {"role": "chaplain"}, "changes": changes}
        made = proposal.Proposal("x", data, load.File("x", "", json.dumps(data), data))
        planned = plan.plan(made, loaded)
        assert not planned.problems
        text = edit.rewrite(loaded, planned.changed, {}, orders)[file.name]
        after = load.parse(text, file.name).data
        again = plan.plan(made, replaced(loaded, file, after, text))
        assert not again.changed and not again.problems, file.name
        for number, (name, value) in meant.items():
            counted += 1
            old, new = file.data[number], after[number]
            differing = {key for key in {*old, *new} if old.get(key) != new.get(key)}
            if (new.get(name) != value and name != "sources") or differing - founded(file, name, known):
                wrong.append(f"{file.name} {number} {name}: {differing}")
        wrong += [f"{file.name}: {line}" for line in odd_lines(file, text, meant, known)]
    assert counted == sum(len(file.data[::stride]) for file in files)
    tell_all(wrong)


def founded(file: load.File, name: str, known: Any) -> set[str]:
    """The fields that change with one: where it says how something stands also what it rests on."""
    is_claim = file.kind == "offers" and known["offers"].by_name[name].shape != "text"
    return {name, "sources", "basis"} if is_claim else {name}


def change_value(value: Any, chance: random.Random) -> Any:
    """A value like this one, with something in it changed."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    if isinstance(value, str):
        words = value.split(" ")
        words[chance.randrange(len(words))] = "anders: ‘zó’ #1"
        return " ".join(words)
    if isinstance(value, dict):
        name = chance.choice(list(value))
        return {**value, name: change_value(value[name], chance)}
    place = chance.randrange(len(value))
    return [*value[:place], change_value(value[place], chance), *value[place + 1 :]]


def replaced(loaded: load.Loaded, file: load.File, data: Any, text: str) -> load.Loaded:
    """The data with one file as it is after the change."""
    parsed = load.parse(text, file.name)
    new = load.File(file.name, file.kind, text, data, parsed.starts)
    others = tuple(new if other is file else other for other in loaded.files)
    return load.Loaded(loaded.root, others, loaded.records, loaded.vocabularies, (), frozenset())


def odd_lines(file: load.File, text: str, meant: dict, known: Any) -> list[str]:
    """The lines of records outside the changed fields that are not as they were."""
    found = []
    starts = load.parse(text, file.name).starts
    old_lines, new_lines = file.text.split("\n"), text.split("\n")
    for number, (name, _) in meant.items():
        touched = founded(file, name, known)
        old = without(old_lines, file.starts, number, touched)
        new = without(new_lines, starts, number, touched)
        found += [f"{number}: {one} / {two}" for one, two in zip(old, new, strict=False) if one != two][:1]
        found += [f"{number}: length"] if len(old) != len(new) else []
    return found


def without(lines: list[str], starts: tuple[int, ...], number: int, names: set[str]) -> list[str]:
    """The lines of one record but those of some of its fields."""
    end = starts[number + 1] if number + 1 < len(starts) else len(lines)
    kept, skip = [], False
    for line in lines[starts[number] : end]:
        if line[:2] in ("- ", "  ") and line[2:3] not in (" ", "") and line[2] != "-":
            skip = line[2:].partition(":")[0].strip('"') in names
        if not skip:
            kept.append(line)
    return kept
