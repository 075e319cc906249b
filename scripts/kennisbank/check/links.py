"""Links: only addresses that are safe to click on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import urlsplit

from kennisbank import fields, load
from kennisbank.check.context import Context, is_text, mappings

SAFE = ("https", "http", "mailto")
EXAMPLE = "https://www.voorbeeld.nl"
_SCHEME = re.compile(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*):")
FORBIDDEN = re.compile(r"[\s\x00-\x1f\x7f<>\"\\^`{|}]")
# A percent sign that begins no byte, or one that stands for a control character.
WRONG_BYTE = re.compile(r"%(?![0-9a-fA-F]{2})|%[01][0-9a-fA-F]|%7[fF]")
# What a sentence has behind an address.
BEHIND = re.compile(r"[.,;:!?…'’”)\]]+$")
LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
# A host that is a number, as a browser reads it: 127.0.0.1, 0x7f.1, 2130706433.
NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)")
# Names that lead somewhere only inside one network (RFC 6761, RFC 6762, RFC 8375, and what companies use), and the
# networks of the ministry itself.
LOCAL_ENDS = frozenset(
    ("local", "localhost", "localdomain", "lan", "home", "corp", "intern", "internal", "intranet", "private", "test")
    + ("invalid", "example", "arpa", "onion", "domain", "workgroup")
)
LOCAL_PARTS = frozenset(("ad", "intranet", "intern", "internal", "localhost", "sharepoint"))
LOCAL_DOMAINS = ("minjus.nl", "minjenv.nl", "rijksweb.nl", "rijksportaal.nl")
# Letters outside ASCII that names of hosts have here; any other may pass itself off as one of these.
LETTERS = frozenset("àáâãäåæçèéêëìíîïñòóôõöøœßùúûüýÿ")
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
    if FORBIDDEN.search(url) or WRONG_BYTE.search(url):
        return "KB403", {"url": shown}
    tail = _find_tail(url)
    if tail:
        return "KB432", {"url": shown, "tail": tail, "example": load.Quoted(url[: len(url) - len(tail)])}
    if url.count("(") != url.count(")"):
        return "KB403", {"url": shown}
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "KB403", {"url": shown}
    del port  # only read because a wrong one raises
    if scheme[1].lower() == "mailto":
        name, _, host = parts.path.rpartition("@")
        code = _judge_host(host) if name and "@" not in name else "KB403"
    elif parts.username is not None or parts.password is not None:
        return "KB402", {"url": load.Quoted(parts.hostname or "")}
    else:
        code = _judge_host(parts.hostname or "")
    return (code, {"url": shown}) if code else None


def _find_tail(url: str) -> str:
    """What stands behind an address because a sentence ended there: signs, and a bracket without its other half."""
    found = BEHIND.search(url)
    if not found:
        return ""
    # A closing bracket that has its other half belongs to the address, and what stands before it too.
    end = len(url)
    while end > found.start():
        sign = url[end - 1]
        if sign in ")]" and url.count("(["[sign == "]"], 0, end) >= url.count(sign, 0, end):
            break
        end -= 1
    return url[end:]


def _judge_host(host: str) -> str | None:
    """The code of what is wrong with the name of a host, or ``None``."""
    try:
        host = host.encode("ascii").decode("idna") if "xn--" in host else host
    except UnicodeError:
        return "KB431"
    if any(not sign.isascii() and sign not in LETTERS for sign in unicodedata.normalize("NFC", host.lower())):
        return "KB431"
    labels = host.lower().split(".")
    if ":" in host or NUMBER.fullmatch(labels[-1]) or labels[-1] in LOCAL_ENDS:
        return "KB430"
    try:
        labels = [label.encode("idna").decode("ascii") for label in labels]
    except UnicodeError:
        return "KB403"
    if len(labels) < 2 or not all(LABEL.fullmatch(label) for label in labels):
        return "KB403"
    if LOCAL_PARTS.intersection(labels[:-2]) or ".".join(labels).endswith(LOCAL_DOMAINS):
        return "KB430"
    return None
