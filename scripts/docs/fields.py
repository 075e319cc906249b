"""The tables of fields in docs/data-model.md, from the notes in the schemas; their head stands in fields.md.jinja."""

import re
from pathlib import Path

import jinja2

from kennisbank import fields, kinds

TEMPLATE = Path(__file__).with_suffix(".md.jinja")
PLACE = re.compile(r"(<!-- fields: begin[^\n]*-->\n).*?(<!-- fields: end -->)", re.DOTALL)
SIGNS = {"required": "●", "wanted": "◐", "optional": "○", "sometimes": "·"}


def escape_cell(text: object) -> str:
    """A text on one line that cannot end the cell of a table."""
    return " ".join(str(text).split()).replace("|", "\\|")


def renew(root: Path, text: str) -> str:
    """The text of the page with fresh tables; raises ``ValueError`` when the place for them is missing."""
    if not PLACE.search(text):
        raise ValueError("docs/data-model.md has no place for the tables of fields")
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATE.parent), keep_trailing_newline=True, undefined=jinja2.StrictUndefined
    )
    environment.filters["cell"] = escape_cell
    known = {kind: fields.read(root)[kind].reading for kind in kinds.NAMES}
    tables = environment.get_template(TEMPLATE.name).render(kinds=known, signs=SIGNS)
    return PLACE.sub(lambda match: f"{match[1]}\n{tables}\n{match[2]}", text)
