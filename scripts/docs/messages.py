"""The table of messages in docs/messages.md, from the messages themselves; its head stands in messages.md.jinja."""

import re
from pathlib import Path

import yaml

from scripts.docs import printed

MESSAGES = "scripts/kennisbank/messages.yaml"
TEMPLATE = Path(__file__).with_suffix(".md.jinja")
PLACE = re.compile(r"(<!-- meldingen: begin[^\n]*-->\n).*?(<!-- meldingen: einde -->)", re.DOTALL)


def escape_cell(text: object) -> str:
    """A text on one line that cannot end the cell of a table, or become a tag or a link."""
    return printed.one_line(text).replace("<", "&lt;").replace("[", "\\[")


def make_code(text: object) -> str:
    """A piece of input as code: in one line, with fences that are longer than any inside it."""
    line = " ⏎ ".join(part.rstrip() for part in str(text).strip("\n").splitlines()).replace("|", "\\|")
    longest = max((len(run) for run in re.findall("`+", line)), default=0)
    fence = "`" * (longest + 1)
    space = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{space}{line}{space}{fence}" if line else ""


def renew(root: Path, text: str) -> str:
    """The text of docs/messages.md with a fresh table; raises ValueError when the place for it is missing."""
    messages = yaml.safe_load((root / MESSAGES).read_text(encoding="utf-8"))
    table = printed.print_template(TEMPLATE, messages, {"cell": escape_cell, "code": make_code})
    return printed.put(text, PLACE, table)
