"""What the generated parts of the documentation share: a template printed, and put in its place on a page."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import jinja2


def print_template(path: Path, values: Mapping[str, object], filters: Mapping[str, Callable] | None = None) -> str:
    """The template with its values. An SVG is escaped; Markdown is what its own filters make of it.

    Raises ``jinja2.UndefinedError`` when the template asks for what is not there.
    """
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(path.parent),
        autoescape=path.name.endswith(".svg.jinja"),
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters |= filters or {}
    return environment.get_template(path.name).render(values)


def put(text: str, place: re.Pattern, part: str) -> str:
    """The page with a fresh part between its two marks, the two groups of ``place``.

    Raises ``ValueError`` when the page has no such place.
    """
    if not place.search(text):
        raise ValueError(f"no place for what is generated: {place.pattern}")
    return place.sub(lambda match: f"{match[1]}\n{part}\n{match[2]}", text)


def one_line(text: object) -> str:
    """A text on one line that cannot end the cell of a table."""
    return " ".join(str(text).split()).replace("|", "\\|")
