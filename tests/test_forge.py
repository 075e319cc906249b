"""What the workflows do with what strangers wrote: nothing of it reaches a command, and the answer is one comment."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kennisbank import load
from scripts.forge import comment, host, proposal
from shelf import lay_out
from tests.helpers import ROOT, git_begin, git_refs, tell_all

PROPOSAL = """proposal: 1
made_on: "2026-11-20"
from: {role: trainer, institution: zuid}
basis: {kind: seen}
changes:
  - kind: offers
    key: {intervention: puinruimen, institution: zuid}
    set: {status: starting, as_of: "2026-11"}
    was: {status: planned, as_of: "2026-09"}
"""


class Host:
    """A code host that remembers what it was asked, and holds the comments."""

    def __init__(self, head: str = "abc") -> None:
        self.head, self.comments = (
            head,
            [{"id": 1, "body": "<!-- kennisbank-diff --> van een ander", "user": {"type": "User"}}],
        )
        self.asked: list[str] = []

    def __call__(self, method: str, path: str, data: Any = None) -> Any:
        self.asked.append(f"{method} {path}")
        if path.startswith("pulls/"):
            return {"head": {"sha": self.head}}
        if method == "POST":
            self.comments.append({"id": len(self.comments) + 1, "user": {"type": "Bot"}, **data})
        elif method == "PATCH":
            self.comments[int(path.rpartition("/")[2]) - 1] |= data
        return self.comments


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The good tree as a repository with a place to push to."""
    root = lay_out(tmp_path / "root")
    subprocess.run(["git", "init", "-q", "--bare", tmp_path / "remote"], check=True)
    git_begin(root)
    return root


@pytest.fixture
def report(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Host]:
    """A function that plays an issue with this body, and gives the host as it is after that."""

    def play(body: str | None) -> Host:
        event = tmp_path / "event.json"
        event.write_text(json.dumps({"issue": {"number": 7, "body": body}}), "utf-8")
        for name, value in {
            "GITHUB_EVENT_PATH": str(event),
            "PUSH_URL": str(tmp_path / "remote"),
            "GITHUB_SERVER_URL": "https://example.org",
            "GITHUB_REPOSITORY": "een/kennisbank",
        }.items():
            monkeypatch.setenv(name, value)
        asked = Host()
        assert proposal.main(root, asked) == 0
        return asked

    return play


def branches(tmp_path: Path) -> list[str]:
    return git_refs(tmp_path / "remote", "refname:short")


def test_a_proposal_in_an_issue_becomes_a_branch(report, root: Path, tmp_path: Path) -> None:
    asked = report(f"### De tekst van het voorstel\n\n```yaml\n{PROPOSAL}```\n\n### Privacy\n\n- [X] ja\n")
    assert branches(tmp_path) == ["voorstel/7"]
    assert load.load(root).records["offers"][2]["status"] == "starting"
    said = asked.comments[-1]["body"]
    assert "voorstel/7" in said and "Gepland → Wordt opgestart" in said


def test_twice_the_same_is_said_once(report, tmp_path: Path) -> None:
    body = f"```\n{PROPOSAL}```"
    report(body)
    assert "verandert niets" in report(body).comments[-1]["body"].lower()


@pytest.mark.parametrize(
    "body",
    [
        None,
        "",
        "$(touch gevaar)",
        "```yaml\n$(touch gevaar); `touch gevaar`\n```",
        f"```yaml\n{PROPOSAL.replace('starting', '$(touch gevaar)')}```",
        f"```yaml\n{PROPOSAL.replace('puinruimen', '../../gevaar')}```",
        f"```yaml\n{PROPOSAL.replace('proposal: 1', 'proposal: !!python/object/apply:os.system [touch gevaar]')}```",
        f"```yaml\n{PROPOSAL}{'x' * 3_000_000}```",
        f"```yaml\n{PROPOSAL.replace('2026-11', '<script>')}```",
        "```yaml\nproposal: 1\n```\n@iedereen",
        '```yaml\nproposal: 1\nnote: "\\n```\\n::set-output name=x::y"\n```',
    ],
)
def test_a_hostile_issue_changes_nothing(report, root: Path, tmp_path: Path, body: str | None) -> None:
    before = (root / "data/offers.yaml").read_bytes()
    asked = report(body)
    assert branches(tmp_path) == []
    assert (root / "data/offers.yaml").read_bytes() == before
    assert not list(tmp_path.rglob("*gevaar*"))
    said = asked.comments[-1]["body"]
    assert "Traceback" not in said and said.count("```") % 2 == 0 and len(said) <= host.LONGEST + 200
    assert "@iedereen" not in said


# --- the comment of a pull request


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HEAD_SHA", "abc")
    (tmp_path / "diff.md").write_text("- Gepland → Gestopt\n@iemand", "utf-8")
    (tmp_path / "number.txt").write_text("12\n", "utf-8")
    return tmp_path


def test_the_comment_is_made_once_and_then_renewed(folder: Path) -> None:
    asked = Host()
    assert comment.main([str(folder)], asked) == 0
    (folder / "diff.md").write_text("anders", "utf-8")
    assert comment.main([str(folder)], asked) == 0
    assert [line.split()[0] for line in asked.asked if "comments" in line] == ["GET", "POST", "GET", "PATCH"]
    ours = [one["body"] for one in asked.comments if one["user"]["type"] == "Bot"]
    assert len(ours) == 1 and "anders" in ours[0]
    assert asked.comments[0]["body"].endswith("van een ander")


def test_a_comment_calls_nobody_and_is_never_too_long(folder: Path) -> None:
    (folder / "diff.md").write_text("@iemand " * 20_000, "utf-8")
    asked = Host()
    assert comment.main([str(folder)], asked) == 0
    body = asked.comments[-1]["body"]
    assert "@iemand" not in body and len(body) < 65_536


@pytest.mark.parametrize("number", ["", "12; rm -rf /", "1\n2", "../issues/1", "１２"])
def test_a_number_that_is_none_is_not_used(folder: Path, number: str) -> None:
    (folder / "number.txt").write_text(number, "utf-8")
    asked = Host()
    assert comment.main([str(folder)], asked) == 1
    assert not asked.asked


def test_the_number_of_another_pull_request_is_not_used(folder: Path) -> None:
    asked = Host(head="iets anders")
    assert comment.main([str(folder)], asked) == 1
    assert len(asked.comments) == 1


# --- the workflows themselves


def test_nothing_that_a_stranger_writes_is_put_in_a_command() -> None:
    free = ("body", "title", "head_ref", "head.ref", "label.name", "login", "message")
    wrong = []
    for path in (ROOT / ".github/workflows").glob("*.yml"):
        for line in path.read_text("utf-8").splitlines():
            is_condition = line.strip().startswith(("if:", "group:"))
            wrong += [
                f"{path.name}: {line}" for word in free if "github.event" in line and word in line and not is_condition
            ]
    tell_all(wrong)
