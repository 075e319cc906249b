"""The files for GitHub: they follow their public schema, and the workflows do what CONTRIBUTING promises."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.helpers import ROOT, tell_all

GITHUB = ROOT / ".github"
SCHEMAS = ROOT / "tests/schemas"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")


def check_against(schema: str, files: list[Path]) -> subprocess.CompletedProcess[str]:
    """Runs check-jsonschema, which reads the ECMAScript patterns of these schemas as they are meant."""
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(SCHEMAS / schema)]
    return subprocess.run([*command, *map(str, files)], capture_output=True, text=True)


def read_workflow(path: Path) -> dict:
    """Reads YAML as GitHub does: `on` is a word, not true."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("github-workflows.json", WORKFLOWS),
        ("github-issue-forms.json", FORMS),
        ("github-issue-config.json", [GITHUB / "ISSUE_TEMPLATE" / "config.yml"]),
        ("dependabot.json", [GITHUB / "dependabot.yml"]),
    ],
)
def test_files_follow_their_public_schema(schema: str, files: list[Path]) -> None:
    assert files
    result = check_against(schema, files)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ("github-workflows.json", "{}"),
        ("github-workflows.json", "on: push\njobs: {a: {runs-on: x, stepz: []}}"),
        ("github-issue-forms.json", "{}"),
    ],
)
def test_the_schema_refuses_a_bad_file(schema: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.yml"
    path.write_text(text, encoding="utf-8")
    assert check_against(schema, [path]).returncode == 1


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_trusts_as_little_as_it_can(path: Path) -> None:
    workflow = read_workflow(path)
    assert workflow["permissions"] == {"contents": "read"}
    assert "pull_request_target" not in workflow["on"], "it would run a stranger's code with our rights"
    faults = []
    for name, job in workflow["jobs"].items():
        faults += [] if int(job["timeout-minutes"]) <= 20 else [f"{name} may take more than 20 minutes"]
        for step in job["steps"]:
            uses = step.get("uses", "")
            # A tag can be moved to other code, a commit cannot.
            if uses and not re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", uses):
                faults.append(f"{name}: {uses} is no commit of GitHub's own")
            if uses.startswith("actions/checkout@") and step["with"]["persist-credentials"] != "false":
                faults.append(f"{name}: the checkout keeps its password")
    tell_all(faults)


def list_commands(path: Path) -> list[str]:
    """The commands of a workflow in order."""
    jobs = read_workflow(path)["jobs"].values()
    return [step["run"] for job in jobs for step in job["steps"] if "run" in step]


def test_a_pull_request_is_checked_with_annotations_and_then_tested() -> None:
    path = GITHUB / "workflows" / "check.yml"
    commands = list_commands(path)
    assert commands[0] == "make check FORMAT=github"
    assert commands[-2:] == ["make test", "make bench-test"]
    assert "pull_request" in read_workflow(path)["on"]
    assert read_workflow(path)["jobs"]["test"]["needs"] == "check"


def test_only_the_main_branch_tests_the_benchmarks() -> None:
    steps = read_workflow(GITHUB / "workflows" / "check.yml")["jobs"]["test"]["steps"]
    limited = {step["run"]: step["if"] for step in steps if "run" in step and "if" in step}
    assert limited == {"make bench-test": "github.event_name == 'push'"}


# What the system lacks is named in one place, for people and workflows.
PREPARE = "make .venv/.release && sudo scripts/release/libraries.sh .venv/bin"


def test_a_tag_of_this_version_makes_an_edition() -> None:
    path = GITHUB / "workflows" / "release.yml"
    commands = list_commands(path)
    assert commands[1:3] == [PREPARE, "make release"]
    assert "dist/*" in commands[-1] and "--draft" in commands[-1]
    assert list(read_workflow(path)["on"]) == ["push"] and read_workflow(path)["on"]["push"]["tags"] == ["v*.*.*"]


def test_the_site_is_published_from_main_only() -> None:
    path = GITHUB / "workflows" / "publish.yml"
    workflow = read_workflow(path)
    assert list_commands(path) == [PREPARE, "make release"]  # the book too, and nothing that its judges refuse
    assert workflow["on"]["push"]["branches"] == ["main"]
    assert workflow["jobs"]["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}


def test_the_pull_request_template_has_five_boxes() -> None:
    text = (GITHUB / "pull_request_template.md").read_text(encoding="utf-8")
    assert len(re.findall(r"^- \[ \] ", text, re.MULTILINE)) == 5


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)
def test_an_issue_form_asks_for_no_names(path: Path) -> None:
    form = read_workflow(path)
    boxes = [item for item in form["body"] if item.get("id") == "privacy"]
    assert boxes[0]["attributes"]["options"][0]["required"] == "true"
