"""Links: only addresses that are safe to click on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from kennisbank import fields, load
from kennisbank.check.context import Context, is_text, mappings

SAFE = ("https", "http", "mailto")
EXAMPLE = "https://www.voorbeeld.nl"
_SCHEME = re.compile(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*):")
FORBIDDEN = re.compile(r"[\s\x00-\x1f\x7f<>\"\\^`{|}]")
_LIKE_HOST = re.compile(r"(?:www\.|[\w-]+(?:\.[\w-]+)+(?:/|$))")


def links_are_safe(context: Context) -> Iterator[load.Problem]:
    """An address begins with https, http or mailto and holds no password, space or control character."""
    for entry in context.all_entries:
        for path, _, url in context.values(entry, _is_url):
            found = judge(url) if is_text(url) else None
            if found:
                yield context.at(found[0], entry, path, **found[1])


def _is_url(field: fields.Field) -> bool:
    return field.shape == "url"


def withheld_links_say_why(context: Context) -> Iterator[load.Problem]:
    """A link that is not shown has a note with the reason."""
    withheld = context.ids_where("link_status", "shown", False)
    for entry in context.entries["interventions"]:
        for index, link in mappings(entry.data.get("links")):
            if str(link.get("status")) in withheld and not link.get("note"):
                yield context.at("KB404", entry, ("links", index, "status"))


def judge(url: str) -> tuple[str, dict] | None:
    """The code and values of what is wrong with an address, or ``None``."""
    shown = load.Quoted(url)
    scheme = _SCHEME.match(url)
    if scheme is None or scheme[1].lower() not in SAFE:
        example = f"https://{url}" if _LIKE_HOST.match(url) and len(url) < 200 else EXAMPLE
        return "KB401", {"url": shown, "example": load.Quoted(example)}
    if FORBIDDEN.search(url):
        return "KB403", {"url": shown}
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "KB403", {"url": shown}
    del port  # only read because a wrong one raises
    if scheme[1].lower() == "mailto":
        return None if "@" in parts.path else ("KB403", {"url": shown})
    if parts.username is not None or parts.password is not None:
        return "KB402", {"url": load.Quoted(parts.hostname or "")}
    host = parts.hostname or ""
    if "." not in host or host.startswith(".") or ".." in host:
        return "KB403", {"url": shown}
    return None
