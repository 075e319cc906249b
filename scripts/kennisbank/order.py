"""The order of names as a Dutch reader expects it; `content/assets/core/order.js` does the same in the browser.

Neither the libraries of Python nor those of browsers have one order of which both have the same: `str.casefold` puts É
behind Z, the collator of a browser is that of its maker and puts ’s-Gravenhage before A. What is expected stands as
cases in `tests/order.json`, which hold for both: word by word, as in a list of places; De and Het belong to the name; IJ
is an i and a j, as in a dictionary; a letter counts without its mark, an apostrophe not at all, and digits as a number.
"""

import re
import unicodedata
from functools import cache

# Letters that Unicode does not take apart.
_PLAIN = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})
_QUOTES = re.compile("['‘’‚‛“”„\"`´ʼ]")
_SIGNS = re.compile(r"[^\w]|_")
_DIGITS = re.compile("[0-9]+")
_LENGTH = 12  # of a number in a key; a longer one counts as text


@cache
def key(text: str) -> tuple[str, str]:
    """What a name is sorted by: its plain words, and where those are the same the name itself."""
    return _DIGITS.sub(lambda found: found[0].lstrip("0").rjust(_LENGTH, "0"), plain(text)), text


def first_letter(text: str) -> str:
    """The capital under which a name stands in a list by letters; empty for a name without letters and digits."""
    return plain(text)[:1].upper()


def plain(text: str) -> str:
    """The words of a name in small letters without marks, with one blank between."""
    taken_apart = unicodedata.normalize("NFKD", _QUOTES.sub("", text)).lower()
    bare = "".join(letter for letter in taken_apart if not unicodedata.combining(letter)).translate(_PLAIN)
    return " ".join(_SIGNS.sub(" ", bare).split())
