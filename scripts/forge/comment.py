"""Puts what a pull request changes, in words, in one comment that is renewed.

python -m scripts.forge.comment FOLDER

FOLDER is what the check of the pull request left: ``diff.md`` and ``number.txt``. Its code ran there, so both are a
stranger's: the number counts only when the head of that pull request is the commit that was checked (``HEAD_SHA``).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from scripts.forge import host

MARK = "kennisbank-diff"


def main(arguments: list[str], asking: host.Ask = host.ask) -> int:
    """0 when the comment is there, 1 when the folder is not that of this check."""
    folder = Path(arguments[0])
    number = (folder / "number.txt").read_text(encoding="utf-8", errors="replace").strip()[:10]
    if not (number.isascii() and number.isdigit()):
        return 1
    pull = asking("GET", f"pulls/{int(number)}", None)
    if pull["head"]["sha"] != os.environ["HEAD_SHA"]:
        return 1
    with (folder / "diff.md").open(encoding="utf-8", errors="replace") as file:
        text = file.read(host.LONGEST)
    run = os.environ.get("RUN_URL", "")
    host.renew_comment(asking, int(number), MARK, "\n\n".join([host.say("head"), text, host.say("foot", run=run)]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
