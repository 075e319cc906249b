"""The HTML that a page may hold: what the check lets pass and what the build keeps."""

from __future__ import annotations

import re

# Layout that a page without a record may hold, and the parts of a drawing.
TAGS = frozenset(
    ("a", "abbr", "b", "blockquote", "br", "button", "caption", "cite", "code", "dd", "dfn", "div", "dl", "dt", "em")
    + ("figcaption", "figure", "h2", "h3", "h4", "h5", "h6", "hr", "i", "kbd", "li", "mark", "ol", "p", "q", "s")
    + ("section", "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time")
    + ("tr", "u", "ul", "var")
    + ("svg", "g", "circle", "desc", "ellipse", "line", "path", "polygon", "polyline", "rect", "text", "title", "tspan")
)
ATTRIBUTES = frozenset(
    ("class", "colspan", "datetime", "href", "id", "lang", "markdown", "role", "rowspan", "scope", "style", "title")
    + ("type", "cx", "cy", "d", "fill", "font-size", "font-weight", "height", "points", "r", "rx", "ry", "stroke")
    + ("stroke-dasharray", "stroke-width", "text-anchor", "transform", "viewbox", "width", "x", "x1", "x2", "y")
    + ("y1", "y2")
)
# As the beginning of their name.
FREE = ("aria-", "data-")
# No more than a size: anything else could lay itself over the page.
STYLE = re.compile(r"(?:\s*(?:max-)?(?:width|height)\s*:\s*[\d.]+(?:rem|em|px|%)\s*;?)+\s*")
# How an address of a link or picture may begin, when it does not lead to another page of the site.
SCHEMES = frozenset(("https", "http", "mailto"))
