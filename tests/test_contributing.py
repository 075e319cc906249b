"""What editors read: CONTRIBUTING is short and leads somewhere, the examples pass the check, the messages are fresh."""

import json
import re
import shutil
import subprocess
import sys
from typing import cast

import pytest
import yaml

from kennisbank import load
from kennisbank.renewal import reported
from kennisbank.renewal.proposal import Proposal
from tests.helpers import ROOT, read_schema

FILES = ["interventions", "offers", "sources", "organisations"]


REPORT = "melding-arnhem-2026-11-20"


def read_examples(path: str = "docs/records.md") -> dict[str, str]:
    """The records of a page by the file they belong to, as the text between the fences."""
    text = (ROOT / path).read_text(encoding="utf-8")
    blocks = re.findall(r"^```yaml\n# data/(\w+)\.yaml[^\n]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return dict(blocks)


@pytest.fixture(scope="module")
def problems(tmp_path_factory: pytest.TempPathFactory) -> list[dict]:
    """What the check says of the project with the examples added to it."""
    folder = tmp_path_factory.mktemp("example")
    for name in ("data", "schema", "content"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("assets"))
    for name, example in [*read_examples("CONTRIBUTING.md").items(), *read_examples().items()]:
        path = folder / "data" / f"{name}.yaml"
        path.write_text(insert(path.read_text(encoding="utf-8"), example), encoding="utf-8")
    with (folder / "data/published_ids.txt").open("a", encoding="utf-8") as promises:
        promises.write("interventions/samen-koken\norganisations/stichting-voorbeeld\nsources/voorbeeldrapport\n")
        promises.write(f"sources/{REPORT}\n")
    pages = {
        "interventions/samen-koken": '<!--[[ intervention("samen-koken") ]]-->\n\n'
        '<!--[[ intervention_end("samen-koken") ]]-->\n',
        "cards/uitleg-samen-koken": '<!--[[ leaflet("samen-koken") ]]-->\n',
        "organisations/stichting-voorbeeld": '<!--[[ organisation("stichting-voorbeeld") ]]-->\n',
    }
    for name, page in pages.items():
        (folder / "content" / f"{name}.md").write_text(page, encoding="utf-8")

    command = [sys.executable, "-m", "kennisbank", "check", "--root", str(folder), "--format", "json"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert result.returncode in (0, 1), result.stderr
    assert not result.stderr
    return json.loads(result.stdout)["problems"]


def insert(text: str, example: str) -> str:
    """A data file with one more record, before the first whose id comes later in the alphabet."""
    wanted = re.search(r"^- (?:id|intervention): (\S+)", example)[1]
    for match in re.finditer(r"^- (?:id|intervention): (\S+)", text, re.MULTILINE):
        if match[1] > wanted:
            return text[: match.start()] + example + "\n" + text[match.start() :]
    return text.rstrip("\n") + "\n\n" + example


@pytest.mark.parametrize("name", FILES)
def test_there_is_one_complete_record_of_each_kind(name: str) -> None:
    assert len(yaml.safe_load(read_examples()[name])) == 1


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_the_examples_pass_the_check(name: str, problems: list[dict]) -> None:
    ids = {"samen-koken", "stichting-voorbeeld", "voorbeeldrapport", REPORT}
    ours = [
        problem
        for problem in problems
        if problem["file"] == f"data/{name}.yaml"
        and problem["severity"] == "error"
        and any(word in f"{problem['record']} {problem['message']}" for word in ids)
    ]
    assert not ours


def test_a_report_written_by_hand_has_the_fields_that_apply_gives_it_and_no_name() -> None:
    report = yaml.safe_load(read_examples("CONTRIBUTING.md")["sources"])[0]
    offer = yaml.safe_load(read_examples("CONTRIBUTING.md")["offers"])[0]
    head = {"made_on": "2026-11-20", "from": report["reported_by"], "basis": {"kind": "seen"}}
    made = reported.make_source(Proposal("", head, cast(load.File, None)), load.load(ROOT))
    assert list(report) == list(made)
    assert [name for name in made if made[name] != report[name]] == ["id"]
    assert offer["sources"] == [{"id": report["id"], "where": "melding"}]


def test_the_example_explains_every_field_of_an_intervention() -> None:
    schema = read_schema("interventions")
    explained = set(re.findall(r"^ *(?:- |# )?([a-z_]+):", read_examples()["interventions"], re.MULTILINE))
    assert set(schema["items"]["properties"]) - explained == set()


@pytest.mark.parametrize("name", FILES)
def test_the_examples_have_the_order_that_format_gives(name: str) -> None:
    order = list(read_schema(name)["items"]["properties"])
    keys = list(yaml.safe_load(read_examples()[name])[0])
    assert keys == [key for key in order if key in keys]


@pytest.mark.parametrize("name", FILES)
def test_the_required_fields_are_marked(name: str) -> None:
    marked = set()
    lines = read_examples()[name].splitlines()
    for before, line in zip(["", *lines], lines, strict=False):
        match = re.match(r"^(?:- |  )([a-z_]+):", line)
        if match and ("● " in line or line.endswith("●") or before.strip().startswith("# ●")):
            marked.add(match[1])
    record = read_schema(name)["items"]
    assert marked == {*record["required"], *(one for one, part in record["properties"].items() if part.get("x-new"))}


def test_what_is_generated_in_the_documentation_is_fresh() -> None:
    command = [sys.executable, "-m", "scripts.docs", "--check"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, f"run: make docs\n{result.stdout}{result.stderr}"


def find_headings(text: str) -> set[str]:
    """The anchors that GitHub gives to the headings of a text."""
    return {re.sub(r"[^\w -]", "", line).lower().replace(" ", "-") for line in re.findall(r"^#+ (.*)$", text, re.M)}


def test_every_link_leads_to_something_that_is_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    lost = []
    for path, anchor in re.findall(r"\]\((?!https?:)([^)#]*)#?([^)]*)\)", text):
        file = ROOT / (path or "CONTRIBUTING.md")
        if not file.is_file() or (anchor and anchor not in find_headings(file.read_text(encoding="utf-8"))):
            lost.append(f"{path}#{anchor}")
    assert not lost


def test_it_can_be_read_at_one_sitting() -> None:
    assert len((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split()) < 2_500
