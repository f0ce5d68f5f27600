"""Typing errors mended towards a domain's words, never away from a real word.

A token that English or the domain knows stays as it is, so that no drug or disease name turns into another; an unknown
one becomes the domain word at one edit (two in long words), if there is exactly one nearest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST = 4
TWO_EDITS_FROM = 9
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


@lru_cache(maxsize=1)
def english_words() -> frozenset[str]:
    """Some 160,000 English words (the list of pyspellchecker)."""
    from spellchecker import SpellChecker

    return frozenset(SpellChecker(language="en").word_frequency.dictionary)


class Speller:
    """Mends tokens towards `vocabulary`.

    `known` are further words to leave alone, beside those of English.
    """

    def __init__(self, vocabulary: Iterable[str], known: Iterable[str] = ()) -> None:
        self._vocabulary = sorted({word for word in vocabulary if len(word) >= SHORTEST and word.isalpha()})
        self._known = english_words() | set(self._vocabulary) | set(known)
        self._mend = lru_cache(maxsize=20_000)(self._nearest)

    def word(self, token: str) -> str:
        """The token, lower-cased, mended where that is certain."""
        lower = token.lower()
        if len(lower) < SHORTEST or not lower.isalpha() or lower in self._known:
            return lower
        return self._mend(lower)

    def text(self, text: str) -> str:
        """The text with each of its words mended."""
        return _WORD.sub(lambda match: match[0] if "'" in match[0] else self.word(match[0]), text)

    def _nearest(self, token: str) -> str:
        edits = 2 if len(token) >= TWO_EDITS_FROM else 1
        found = process.extract(token, self._vocabulary, scorer=OSA.distance, score_cutoff=edits, limit=2)
        if not found or (len(found) == 2 and found[0][1] == found[1][1]):
            return token
        return found[0][0]
