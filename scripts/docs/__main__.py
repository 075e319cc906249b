"""Renews every generated part of the documentation.

python -m scripts.docs            renews them
python -m scripts.docs --check    names those that are not fresh, and ends with 1 when there are any
"""

import sys
from pathlib import Path

from scripts.docs import fields, layers, messages

ROOT = Path(__file__).resolve().parents[2]
# File, and what makes its fresh text: a function of the root of the project and the text that stands there ("" for none).
PARTS = {"docs/messages.md": messages.renew, "docs/data-model.md": fields.renew, "docs/layers.svg": layers.renew}


def find_stale(root: Path) -> dict[str, str]:
    """The files that are not fresh, each with the text that it should have."""
    stale = {}
    for name, renew in PARTS.items():
        path = root / name
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        new = renew(root, old)
        if new != old:
            stale[name] = new
    return stale


def main(arguments: list[str]) -> int:
    """Renews what is stale, or with --check only names it."""
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    stale = find_stale(ROOT)
    for name, text in stale.items():
        print(name)
        if not arguments:
            (ROOT / name).write_text(text, encoding="utf-8", newline="\n")
    return int(bool(arguments and stale))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
