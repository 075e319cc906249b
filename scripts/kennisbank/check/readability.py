"""How hard a Dutch text is to read: the measure of Flesch, fitted to Dutch by Douma.

Score = 206.84 − 0.77 × syllables per 100 words − 0.93 × words per sentence; higher is easier.
W.H. Douma, *De leesbaarheid van landbouwbladen*, Landbouwhogeschool Wageningen, 1960, after R. Flesch,
*A new readability yardstick*, Journal of Applied Psychology 32 (1948), whose scale calls 0–30 very
difficult, 30–50 difficult, 50–60 fairly difficult and 60–70 standard.
It counts, it does not read: a low score is a reason to look again, no more.
"""

from __future__ import annotations

import re

VERY_DIFFICULT = 30
DIFFICULT = 50
FEWEST_WORDS = 20  # below this one long word decides the score

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
# One syllable per group of vowels; the diaeresis begins a new one (ideeën: i-dee-en).
_SYLLABLE = re.compile(
    r"[äëïöü]?(?:aai|ooi|oei|eeuw|ieuw|aa|ee|oo|uu|ie|oe|eu|ui|ei|ij|ou|au|[aeiouyàáâèéêìíîòóôùúûäëïöü])"
)
_SENTENCE = re.compile(r"[.!?:;]+(?=\s|$)")


def score(text: str) -> float | None:
    """The Flesch-Douma score of a text; ``None`` for one that is too short to judge."""
    words = _WORD.findall(text)
    if len(words) < FEWEST_WORDS:
        return None
    syllables = len(_SYLLABLE.findall(text.lower()))
    sentences = max(1, len(_SENTENCE.findall(text)))
    return 206.84 - 77 * syllables / len(words) - 0.93 * len(words) / sentences
