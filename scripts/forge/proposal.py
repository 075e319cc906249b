"""Makes a branch of the proposal in an issue, for an editor to look at, and says on the issue what came of it.

python -m scripts.forge.proposal

The text of the issue is a stranger's. It is read from the file of the event and goes into one file, which
``kennisbank apply`` treats as any proposal; into a command goes nothing but the number.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from kennisbank import cli
from scripts.forge import host

MARK = "kennisbank-apply"
ROOT = Path(__file__).resolve().parents[2]
# A block of code, as the form of the site and the issue form write it; the first counts.
_BLOCK = re.compile(r"^```[a-z]*[ \t]*\r?\n(.*?)^```[ \t]*\r?$", re.MULTILINE | re.DOTALL)
_STARTS = re.compile(r"^proposal:", re.MULTILINE)


def find_proposal(body: str) -> str | None:
    """The proposal in the text of an issue; ``None`` when there is none."""
    return next((found[1] for found in _BLOCK.finditer(body) if _STARTS.search(found[1])), None)


def main(root: Path = ROOT, asking: host.Ask = host.ask) -> int:
    """0 when the issue was answered, whatever the answer."""
    event = json.loads(Path(os.environ["GITHUB_EVENT_PATH"]).read_text(encoding="utf-8"))
    number = int(event["issue"]["number"])
    text = find_proposal(event["issue"]["body"] or "")
    host.renew_comment(asking, number, MARK, answer(root, number, text))
    return 0


def answer(root: Path, number: int, text: str | None) -> str:
    """What came of the proposal, and a branch with it when something did."""
    if text is None:
        return host.say("no_proposal")
    said = io.StringIO()
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        Path("voorstel.yaml").write_text(text, encoding="utf-8", newline="\n")
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            code = cli.main(["apply", "voorstel.yaml", "--root", str(root)])
    if code:
        return host.say("refused", said=host.quoted(said.getvalue()))
    branch = f"voorstel/{number}"
    if not git(root, "status", "--porcelain", "--", "data", "content"):
        return host.say("nothing")
    who = ("-c", "user.name=kennisbank", "-c", "user.email=kennisbank@users.noreply.github.com")
    git(root, "checkout", "-B", branch)
    git(root, "add", "--", "data", "content")
    git(root, *who, "commit", "-m", host.say("commit", number=number))
    git(root, "push", "--force", os.environ["PUSH_URL"], f"HEAD:refs/heads/{branch}")
    url = f"{os.environ['GITHUB_SERVER_URL']}/{os.environ['GITHUB_REPOSITORY']}/compare/{branch}?expand=1"
    return host.say("applied", branch=branch, url=url, said=host.quoted(said.getvalue()))


def git(root: Path, *arguments: str) -> str:
    """What git says. Raises ``subprocess.CalledProcessError``."""
    found = subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, text=True)
    return found.stdout


if __name__ == "__main__":
    sys.exit(main())
