"""The code host, as far as the workflows need it: one comment that is renewed, and the words of the answers."""

from __future__ import annotations

import json
import os
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

# Longer comments are refused by GitHub (65,536 characters).
LONGEST = 60_000
WORDS = Path(__file__).with_name("words.yaml")
# A request: method, path below the repository, and what is sent; gives what came back.
Ask = Callable[[str, str, Any], Any]


def say(name: str, /, **values: object) -> str:
    """The words called ``name`` with the values filled in."""
    return yaml.safe_load(WORDS.read_text(encoding="utf-8"))["words"][name].format(**values)


def ask(method: str, path: str, data: Any = None) -> Any:
    """One request to the repository of this run. Raises ``urllib.error.URLError``."""
    address = f"{os.environ['GITHUB_API_URL']}/repos/{os.environ['GITHUB_REPOSITORY']}/{path}"
    request = urllib.request.Request(address, method=method, data=None if data is None else json.dumps(data).encode())
    request.add_header("Authorization", f"Bearer {os.environ['GH_TOKEN']}")
    request.add_header("Accept", "application/vnd.github+json")
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def renew_comment(asking: Ask, number: int, mark: str, text: str) -> None:
    """Put the text in the one comment of ours that bears ``mark``, or make that comment.

    A name with @ in the text calls nobody.
    """
    safe = text.replace("@", "@\u200b")
    body = f"<!-- {mark} -->\n{safe if len(safe) <= LONGEST else safe[:LONGEST] + chr(10) + chr(10) + say('cut')}"
    present = asking("GET", f"issues/{number}/comments?per_page=100", None)
    ours = [one for one in present if one["body"].startswith(f"<!-- {mark} -->") and one["user"]["type"] == "Bot"]
    if ours:
        asking("PATCH", f"issues/comments/{int(ours[0]['id'])}", {"body": body})
    else:
        asking("POST", f"issues/{number}/comments", {"body": body})


def quoted(text: str) -> str:
    """Text that stands in a block of code and cannot end it."""
    return text.replace("```", "'''").strip()
