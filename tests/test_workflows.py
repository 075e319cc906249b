"""The files for GitHub: they follow their public schema, and the workflows do what CONTRIBUTING promises.

Their own steps run here too, as GitHub runs them, for an event that is made up: what GitHub does around them does not.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from kennisbank import load
from shelf import apply, lay_out
from tests.helpers import ROOT, git, git_begin, git_refs, tell_all
from tests.test_forge import PROPOSAL

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


@pytest.mark.slow
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


@pytest.mark.slow
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


# --- the steps of a workflow, run

REPOSITORY, TOKEN = "een/kennisbank", "geheim"
EXPRESSION = re.compile(r"\$\{\{ ([\w.]+) \}\}")
# Texts of strangers that would do something in a shell, a workflow command or a file with variables.
HOSTILE = (
    "$(touch gevaar) `touch gevaar` '; touch gevaar; \n::set-output name=x::y\n::add-mask::\nPATH=/gevaar @iedereen"
)


class Forge(BaseHTTPRequestHandler):
    """The code host as far as our steps ask it: it takes comments, and knows the head of a pull request."""

    comments: list[dict[str, Any]] = []
    head = ""

    def do_GET(self) -> None:
        self.answer({"head": {"sha": self.head}} if "/pulls/" in self.path else self.comments)

    def do_POST(self) -> None:
        assert self.headers["Authorization"] == f"Bearer {TOKEN}" and self.path.startswith(
            f"/repos/{REPOSITORY}/issues/"
        )
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["body"]
        self.comments.append({"id": len(self.comments) + 1, "body": body, "user": {"type": "Bot"}})
        self.answer({})

    def answer(self, data: object) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(data).encode())

    def log_message(self, *arguments: Any) -> None:
        """Says nothing."""


@pytest.fixture
def forge() -> Iterator[type[Forge]]:
    """The code host; ``address`` is where it is."""
    forge = type("Own", (Forge,), {"comments": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), forge)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    forge.address = f"http://127.0.0.1:{server.server_port}"
    yield forge
    server.shutdown()
    server.server_close()


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone as `actions/checkout` leaves it: the good tree with our code, and what a step before has made."""
    clone = lay_out(tmp_path / "clone")
    shutil.copytree(ROOT / "scripts/forge", clone / "scripts/forge", ignore=shutil.ignore_patterns("__pycache__"))
    (clone / ".gitignore").write_text(".venv\n__pycache__\n", encoding="utf-8")
    git_begin(clone)
    (clone / ".venv").symlink_to(ROOT / ".venv")
    git(tmp_path, "init", "-q", "--bare", "remote")
    return clone


@pytest.fixture
def run_steps(clone: Path, forge: type[Forge], tmp_path: Path) -> Callable[[str, dict], str]:
    """A function that runs the `run:` steps of a workflow for an event, with bash; gives the summary that they wrote.

    `make` is played and noted: what it does has its own tests, and takes minutes.
    """

    def run(name: str, event: dict) -> str:
        tools = tmp_path / "tools"
        tools.mkdir(exist_ok=True)
        (tools / "make").write_text(f"#!/bin/sh\necho make $@ >> {tmp_path}/made\n", encoding="utf-8")
        (tools / "make").chmod(0o755)
        files = {part: tmp_path / part.lower() for part in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT", "GITHUB_ENV")}
        for path in files.values():
            path.write_text("", encoding="utf-8")
        (tmp_path / "event.json").write_text(json.dumps(event), encoding="utf-8")
        known = {"github": {"event": event, "token": TOKEN, "repository": REPOSITORY}}
        environment = {
            **{part: value for part, value in os.environ.items() if not part.startswith(("GITHUB_", "GIT_", "PYTHON"))},
            **{part: str(path) for part, path in files.items()},
            "PATH": f"{tools}:{os.environ['PATH']}",
            "GITHUB_EVENT_PATH": str(tmp_path / "event.json"),
            "GITHUB_API_URL": forge.address,
            "GITHUB_SERVER_URL": "https://example.org",
            "GITHUB_REPOSITORY": REPOSITORY,
            # The place that it pushes to is a folder here.
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"url.{tmp_path / 'remote'}.insteadOf",
            "GIT_CONFIG_VALUE_0": f"https://x-access-token:{TOKEN}@github.com/{REPOSITORY}.git",
        }
        (job,) = read_workflow(GITHUB / "workflows" / name)["jobs"].values()
        for step in (step for step in job["steps"] if "run" in step):
            given = {
                part: EXPRESSION.sub(lambda found: look_up(known, found[1]), value)
                for part, value in step.get("env", {}).items()
            }
            assert not EXPRESSION.search(step["run"])
            script = tmp_path / "step.sh"
            script.write_text(step["run"], encoding="utf-8")
            # As GitHub calls it where a step names no shell.
            done = subprocess.run(
                ["bash", "-e", str(script)], cwd=clone, env=environment | given, capture_output=True, text=True
            )
            assert done.returncode == 0, done.stdout + done.stderr
            assert "::" not in done.stdout, "a stranger's text would be a command to GitHub"
        assert not [part for part, path in files.items() if part != "GITHUB_STEP_SUMMARY" and path.read_text("utf-8")]
        assert not list(tmp_path.rglob("gevaar"))
        return files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")

    return run


def look_up(known: Any, name: str) -> str:
    """What an expression of a workflow stands for."""
    for part in name.split("."):
        known = known[part]
    return str(known)


def commit_of(root: Path) -> str:
    return subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=root, check=True, capture_output=True, text=True
    ).stdout.strip()


def test_a_pull_request_is_told_in_words_and_in_one_comment(
    clone: Path, forge: type[Forge], run_steps: Callable[[str, dict], str], tmp_path: Path
) -> None:
    base = commit_of(clone)
    name = HOSTILE.replace("\n", " ").replace("'", "").replace("`", "")
    apply(clone, {"file": "data/offers.yaml", "find": "  status: planned\n", "put": "  status: starting\n"})
    apply(clone, {"file": "data/institutions.yaml", "find": "name: PI Noord", "put": f"name: '{name}'"})
    git(clone, "commit", "-qam", HOSTILE)
    event = {"pull_request": {"base": {"sha": base}, "number": 12, "title": HOSTILE, "head": {"ref": HOSTILE}}}
    summary = run_steps("words.yml", event)
    assert "Gepland → Wordt opgestart" in summary.replace("**", "") or "Wordt opgestart" in summary
    assert (tmp_path / "made").read_text("utf-8") == "make site\n"
    assert (clone / "words/number.txt").read_text("utf-8") == "12\n"
    # The second workflow gets that folder, and the head from GitHub.
    forge.head = commit_of(clone)
    run_steps(
        "words-comment.yml", {"workflow_run": {"id": 1, "head_sha": forge.head, "html_url": "https://example.org/run"}}
    )
    (comment,) = forge.comments
    assert "Wordt opgestart" in comment["body"] and "@iedereen" not in comment["body"]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (f"{HOSTILE}\n```yaml\n{PROPOSAL}```", "voorstel/7"),
        (f"```yaml\n{PROPOSAL.replace('starting', HOSTILE.splitlines()[0])}```", "Niet verwerkt"),
        (HOSTILE, "voorstel"),
    ],
)
@pytest.mark.slow
def test_an_issue_becomes_a_branch_and_never_a_command(
    clone: Path, forge: type[Forge], run_steps: Callable[[str, dict], str], tmp_path: Path, body: str, says: str
) -> None:
    run_steps("proposal.yml", {"issue": {"number": 7, "title": HOSTILE, "body": body}, "label": {"name": "verwerken"}})
    (comment,) = forge.comments
    assert says in comment["body"] and "@iedereen" not in comment["body"] and TOKEN not in comment["body"]
    found = git_refs(tmp_path / "remote", "refname")
    assert found == (["refs/heads/voorstel/7"] if says == "voorstel/7" else [])
    if found:
        assert load.load(clone).records["offers"][2]["status"] == "starting"
