"""Writes the table of messages in CONTRIBUTING.md from the messages themselves.

    python scripts/messages_table.py            renews the table
    python scripts/messages_table.py --check    ends with 1 when the table is not fresh

The words of the table head stand in messages_table.md.jinja.
"""

import re
import sys
from pathlib import Path

import jinja2
import yaml

ROOT = Path(__file__).resolve().parent.parent
MESSAGES = ROOT / "scripts" / "kennisbank" / "messages.yaml"
TEMPLATE = Path(__file__).with_suffix(".md.jinja")
TEXT = ROOT / "CONTRIBUTING.md"
PLACE = re.compile(r"(<!-- meldingen: begin[^\n]*-->\n).*?(<!-- meldingen: einde -->)", re.DOTALL)


def escape_cell(text: object) -> str:
    """A text on one line that cannot end the cell of a table or become a tag."""
    line = " ".join(str(text).split())
    return line.replace("|", "\\|").replace("<", "&lt;")


def make_code(text: object) -> str:
    """A piece of input as code: in one line, with fences that are longer than any inside it."""
    line = " ⏎ ".join(part.rstrip() for part in str(text).strip("\n").splitlines()).replace("|", "\\|")
    longest = max((len(run) for run in re.findall("`+", line)), default=0)
    fence = "`" * (longest + 1)
    space = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{space}{line}{space}{fence}" if line else ""


def renew(text: str) -> str:
    """The text of CONTRIBUTING.md with a fresh table; raises ValueError when the place for it is missing."""
    messages = yaml.safe_load(MESSAGES.read_text(encoding="utf-8"))
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATE.parent), keep_trailing_newline=True, undefined=jinja2.StrictUndefined
    )
    environment.filters |= {"cell": escape_cell, "code": make_code}
    table = environment.get_template(TEMPLATE.name).render(messages)
    if not PLACE.search(text):
        raise ValueError(f"{TEXT.name} has no place for the table of messages")
    return PLACE.sub(lambda match: f"{match[1]}\n{table}\n{match[2]}", text)


def main(arguments: list[str]) -> int:
    """Renews the table, or with --check says whether it is fresh."""
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    old = TEXT.read_text(encoding="utf-8")
    new = renew(old)
    if arguments:
        return int(old != new)
    TEXT.write_text(new, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
