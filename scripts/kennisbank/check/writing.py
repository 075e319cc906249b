"""How a text is written: the traces of a PDF or a word processor, and words that are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# Longer than any Dutch word that somebody wrote on purpose; an address may be.
LONGEST_WORD = 60
LONG_WORD = re.compile(rf"[^\s/@\\]{{{LONGEST_WORD + 1},}}")
# What may stand behind a word that ends in a dash because a part is left out: "voor- en nadelen".
_GOES_ON = "en|of|tot|als|noch|naar|dan|dus|maar|plus|tegen|door|resp|respectievelijk|cq|and|or|to|und|oder|et|ou"


class Trace(NamedTuple):
    """A trace: ``quick`` begins with a fixed sign, to go through all texts; ``exact`` judges one."""

    quick: re.Pattern[str] | None
    exact: re.Pattern[str]


class Found(NamedTuple):
    """What was found in a text: the name of its trace, where it begins and what it is."""

    name: str
    start: int
    text: str


# By the name of the advice in messages.yaml.
TRACES = {
    name: Trace(re.compile(quick) if quick else None, re.compile(exact or quick))
    for name, quick, exact in (
        ("ligature", r"[\ufb00-\ufb06]", ""),
        ("wide", r"[\uff01-\uff5e]", ""),
        ("accent", r"[\u0300-\u036f]", r"[^\W\d_][\u0300-\u036f]"),
        ("fixed", r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]", ""),
        ("raised", r"[ªº¹²³⁰⁴-⁹ᵃ-ᵛ]", r"[^\W\d_]{3,}[ªº¹²³⁰⁴-⁹ᵃ-ᵛ]+"),
        ("double", r"[ ][ ]", r"(?<=\S)[ ]{2,}(?=[^\s|])"),
        ("split", r"- [a-zà-ÿ]{3}", rf"\b[^\W\d_]{{3,}}- (?!(?:{_GOES_ON})\b)[a-zà-ÿ]{{3,}}"),
        (
            "column",
            r"\|",
            r"(?<!\S)\d{1,4}[ ]\|[ ](?=[A-Z][^|\n]*(?:\n|$))|^[^|\n]*[^|\s][ ]\|[ ]\d{1,4}(?=[.]?(?:\n|$))",
        ),
        ("page", "", r"\b(?i:pagina|bladzijde|page|blz\.|pag\.)[ ]\d{1,4}[ ](?:van|of|/)[ ]\d{1,4}\b"),
        ("series", "", r"\b(?:Cahier|Memorandum|Factsheet|Rapport)[ ]\d{4}-\d{1,3}[ ]+\d{1,3}\b(?![,.]?\d)"),
        ("digit", r"\d(?<=[a-zà-ÿ].)", r"(?<![\w/.#=-])[a-zà-ÿ]{6,}\d{1,2}(?![\w/.=-]|[ ]?%)"),
    )
}
# For those without a quick pattern: in no text without one of these, in small letters.
SIGNS = ("pagina ", "bladzijde ", "page ", "blz. ", "pag. ", "cahier ", "memorandum ", "factsheet ")
# Characters before and behind the sign of a trace in which all of it stands.
_AROUND, _BEHIND = 40, 200
# The traces of which one character is enough to know that they are there.
_SIMPLE = ("ligature", "wide", "accent", "fixed", "raised")
_ODD = re.compile("|".join(trace.quick.pattern for name in _SIMPLE if (trace := TRACES[name]).quick))


def find(text: str, raw: str = "") -> Iterator[Found]:
    """The first of each trace in a text. ``raw`` is the same text before parts of it were made blank."""
    is_odd = not text.isascii() and _ODD.search(text)
    lowered = text.lower()
    for name, trace in TRACES.items():
        if name in _SIMPLE and not is_odd:
            continue
        if trace.quick is None and not any(sign in lowered for sign in SIGNS):
            continue
        for found in _places(trace, text):
            if not raw or raw.startswith(found[0], found.start()):
                yield Found(name, found.start(), found[0])
                break


def _places(trace: Trace, text: str) -> Iterator[re.Match]:
    """Where a trace stands: around each quick sign of it, because looking for all of it everywhere is slow."""
    if trace.quick is None or trace.quick.pattern.startswith(("[", "\\|")):
        yield from trace.exact.finditer(text)
        return
    for sign in trace.quick.finditer(text):
        found = trace.exact.search(text, max(0, sign.start() - _AROUND), sign.end() + _BEHIND)
        if found:
            yield found


def to_look_for(characters: frozenset[str]) -> Iterator[re.Pattern[str]]:
    """The patterns worth looking for in texts that hold these characters."""
    yield from (trace.quick for name, trace in TRACES.items() if trace.quick and name not in _SIMPLE)
    if _ODD.search("".join(characters)):
        yield _ODD
