"""The tables of fields in docs/data-model.md, from the notes in the schemas; their head stands in fields.md.jinja."""

import re
from pathlib import Path

from kennisbank import fields, kinds
from scripts.docs import printed

TEMPLATE = Path(__file__).with_suffix(".md.jinja")
PLACE = re.compile(r"(<!-- fields: begin[^\n]*-->\n).*?(<!-- fields: end -->)", re.DOTALL)
SIGNS = {"required": "●", "wanted": "◐", "optional": "○", "sometimes": "·"}


def renew(root: Path, text: str) -> str:
    """The text of the page with fresh tables; raises ``ValueError`` when the place for them is missing."""
    known = fields.read(root)
    values = {"kinds": {kind: known[kind].reading for kind in kinds.NAMES}, "signs": SIGNS}
    return printed.put(text, PLACE, printed.print_template(TEMPLATE, values, {"cell": printed.one_line}))
