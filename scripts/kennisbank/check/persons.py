"""What leads to one person: a number of the civil registry, a telephone number, a mailbox, a name. None of them belongs on
the site, but for the names of who made a public work.

A number or a mailbox is certain; a name is guessed by how it looks, so that it is asked and refuses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

# Mailboxes of a desk, not of a person; also as the first part of a name such as "info-zwolle".
DESKS = frozenset(
    (
        *("aanmelden", "aanmelding", "aanmeldingen", "administratie", "algemeen", "bestuur", "bezoek", "bezoekers"),
        *("bureau", "communicatie", "contact", "cursus", "cursussen", "hello", "hulp", "info", "informatie"),
        *("kantoor", "klantenservice", "mail", "mediation", "nazorg", "onderzoek", "opleiding", "opleidingen"),
        *("pers", "post", "privacy", "receptie", "redactie", "scholing", "secretariaat", "service", "steunpunt"),
        *("support", "team", "training", "trainingen", "vragen", "vrijwilliger", "vrijwilligers", "webmaster"),
        *("welkom",),
    )
)
# Where people have mailboxes of their own: whatever stands before the @ there, somebody at home reads it.
PROVIDERS = frozenset(
    (
        *("aol", "casema", "chello", "gmail", "gmx", "googlemail", "hetnet", "home", "hotmail", "icloud", "kpnmail"),
        *("kpnplanet", "live", "mac", "mail", "me", "msn", "onsbrabantnet", "outlook", "planet", "proton"),
        *("protonmail", "quicknet", "solcon", "telenet", "telfort", "tele2", "upcmail", "versatel", "xs4all", "yahoo"),
        *("zeelandnet", "ziggo", "zonnet"),
    )
)

# Bounded on both sides, so that long text without an end costs no more than short text.
MAILBOX = re.compile(
    r"(?<![\w.+-])([\w.+-]{1,64})(?:@| ?[\[(]at[\])] ?)([\w-]{1,63}(?:\.[\w-]{1,63}){1,4})", re.IGNORECASE
)
# Nine digits, in one piece or in the groups in which people write them; no part of an address or a longer number.
REGISTERED = re.compile(r"(?<![\w/.,=%-])(?:\d{9}|\d{4}([. ])\d{2}\1\d{3}|\d{3}([. -])\d{3}\2\d{3})(?![\w/]|[.,-]\d)")
NAMED = re.compile(
    r"\b(?:bsn|burgerservicenummer|sofi-?nummer)\W{0,3}(?:nr\.? |nummer |is )?\W{0,2}\d[\d .-]{6,11}", re.IGNORECASE
)
# With the country, or with a zero: an area, a mobile, a number of a company; and the short ones of services.
TELEPHONE = re.compile(
    r"(?<![\w/.,=%§-])(?:0(?:800|90[069])[ -]?\d{4}(?:\d{3})?(?!\d)"
    r"|(?:(?:\+|00)(?P<country>[1-9]\d)[ .-]?(?:\(0\)[ ]?)?|\(?0(?=[1-9]))"
    r"(?P<rest>\d(?:[ ./–-]{0,3}[()]?[ ]?\d){6,10})(?!\d|[.,-]\d))"
)
# So many digits that they may be one of these: to go through all texts.
QUICK = re.compile(r"\d(?:[ ()./–-]{0,3}\d){7}")
BOOK = re.compile(r"is[bs]n\W{0,3}(?:10|13)?\W{0,3}$", re.IGNORECASE)


# A name: behind a title a surname, behind initials inside a sentence one, or two words with a capital behind each other.
_UPPER, _LETTER = "A-ZÀ-ÖØ-ÞĀ-ž", "A-Za-zÀ-ÖØ-öø-ÿĀ-ž"
_PIECES = "(?:(?:[Vv]an der|[Vv]an den|[Vv]an de|[Vv]an|[Dd]e|[Dd]en|[Dd]er|[Tt]er|[Tt]en|[Tt]e|[Ee]l|[Bb]in|[Ii]bn) )*"
_SURNAME = rf"{_PIECES}[{_UPPER}][{_LETTER}'’-]+"
_TITLES = "[Mm]evrouw|[Mm]evr|[Mm]w|[Mm]eneer|[Mm]ijnheer|[Dd]hr|[Dd]e heer|[Dd]rs?|[Dd]s"
TITLED = re.compile(rf"(?<![{_LETTER}])(?:{_TITLES})\.? (?:[{_UPPER}]\. ?)*{_SURNAME}")
INITIALS = re.compile(rf"(?<![{_LETTER}.])(?:[{_UPPER}]\. ?){{1,4}}{_SURNAME}")
PAIR = re.compile(rf"(?<![{_LETTER}.’'-])[{_UPPER}][{_LETTER}]{{2,}} {_SURNAME}")
NAMES = (TITLED, INITIALS, PAIR)
_CAPITALS = re.compile(rf"[{_UPPER}][{_LETTER}'’-]*")


class Found(NamedTuple):
    """What leads to a person: the code of its message, where it begins and what it is."""

    code: str
    start: int
    text: str


def find(text: str) -> Iterator[Found]:
    """At most one of each kind in a text."""
    mailbox = find_mailbox(text) if "@" in text or "(at)" in text.lower() or "[at]" in text.lower() else None
    if mailbox:
        yield mailbox
    if not QUICK.search(text):
        return
    number = NAMED.search(text) or next((found for found in REGISTERED.finditer(text) if is_registered(found[0])), None)
    if number:
        yield Found("KB420", number.start(), number[0])
    telephone = next((found for found in TELEPHONE.finditer(text) if is_telephone(found)), None)
    if telephone and not (number and number.start() <= telephone.start() < number.end()):
        yield Found("KB421", telephone.start(), telephone[0])


def is_name(found: str, known: str, ordinary: Callable[[str], bool]) -> bool:
    """Whether what one of ``NAMES`` found can be of a person.

    ``known`` holds in small letters all that something else is called; ``ordinary`` says whether a word in small letters
    is one of the language. Behind a title or initials there is no doubt but that.
    """
    if found.lower() in known:
        return False
    if not PAIR.fullmatch(found):
        return True
    return not any(ordinary(word.lower().strip("’'-")) for word in _CAPITALS.findall(found))


def find_mailbox(text: str) -> Found | None:
    """The first e-mail address that seems to be of a person."""
    if text.startswith(("http://", "https://")):
        return None  # a name before @ in an address of a page is a password: see links
    for found in MAILBOX.finditer(text):
        name, host = found[1].lower(), found[2].lower()
        is_desk = re.split(r"[.+_-]", name)[0] in DESKS or name in host.split(".")
        if not is_desk or host.split(".")[-2] in PROVIDERS:
            return Found("KB408", found.start(), found[0])
    return None


def is_registered(text: str) -> bool:
    """Whether nine digits pass the test that each number of the registry passes (the "elfproef")."""
    digits = [int(sign) for sign in text if sign.isdigit()]
    total = sum(weight * digit for weight, digit in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), digits, strict=True))
    return total > 0 and total % 11 == 0


def is_telephone(found: re.Match) -> bool:
    """Whether this many digits are a number that can be called, and not the number of a book."""
    if BOOK.search(found.string, max(0, found.start() - 12), found.start()):
        return False
    if found["rest"] is None:
        return True
    count = sum(sign.isdigit() for sign in found["rest"])
    return count == 9 if found["country"] in (None, "31") else 8 <= count <= 11
