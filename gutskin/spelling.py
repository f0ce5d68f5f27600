"""Typing errors mended towards a domain's words, never away from a real word.

A token that English, everyday writing or the domain knows stays as it is, so that no drug or disease name turns into
another; an unknown one becomes the domain word at one edit (two in long words), if one is nearest, or far commoner than
others as near.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache, partial
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from gutskin.documents import read_yaml

EVERYDAY_FILE = "everyday_words.yml"
SHORTEST = 4
SHORTEST_LISTED = 5
TWO_EDITS_FROM = 9
MOST_CANDIDATES = 8
TIMES_COMMONER = 5
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


@lru_cache(maxsize=1)
def english_words() -> Mapping[str, int]:
    """Some 160,000 English words, with how often each was counted (the list of pyspellchecker)."""
    from spellchecker import SpellChecker

    return SpellChecker(language="en").word_frequency.dictionary


def load_everyday_words(file: Path) -> frozenset[str]:
    """The listed words that no dictionary has and no speller may touch.

    Raises:
        DataError: the file is missing or not YAML.
    """
    return frozenset(word for words in read_yaml(file).values() for word in str(words).split())


class Speller:
    """Mends tokens towards `vocabulary`, never those of `everyday`."""

    def __init__(self, vocabulary: Iterable[str], everyday: Iterable[str] = ()) -> None:
        self._counts = english_words()
        self._vocabulary = sorted({word for word in vocabulary if len(word) >= SHORTEST and word.isalpha()})
        self._known = english_words().keys() | set(self._vocabulary) | set(everyday)
        self._vocabulary_set = frozenset(self._vocabulary)
        self._english = [word for word in self._vocabulary if word in english_words()]
        self._mend = lru_cache(maxsize=20_000)(self._nearest)
        self._mend_listed = lru_cache(maxsize=20_000)(partial(self._nearest, english_only=True))

    def word(self, token: str) -> str:
        """The token, lower-cased, mended where that is certain."""
        lower = token.lower()
        if len(lower) < SHORTEST or not lower.isalpha() or lower in self._known:
            return lower
        return self._mend(lower)

    def forms(self, token: str) -> tuple[str, ...]:
        """The words that a token may stand for: as `word` has it, and, for a listed misspelling, the English word meant."""
        word = self.word(token)
        if word not in self._vocabulary_set or len(word) < SHORTEST_LISTED or word in english_words():
            return (word,)
        meant = self._mend_listed(word)
        return (word, meant) if meant != word else (word,)

    def text(self, text: str) -> str:
        """The text with each of its words mended."""
        return _WORD.sub(lambda match: match[0] if "'" in match[0] else self.word(match[0]), text)

    def _nearest(self, token: str, english_only: bool = False) -> str:
        edits = 2 if len(token) >= TWO_EDITS_FROM else 1
        words = self._english if english_only else self._vocabulary
        found = process.extract(token, words, scorer=OSA.distance, score_cutoff=edits, limit=MOST_CANDIDATES)
        nearest = [word for word, distance, _ in found if distance == found[0][1]]
        nearest.sort(key=lambda word: self._counts.get(word, 0), reverse=True)
        counts = [self._counts.get(word, 1) for word in nearest]
        is_certain = len(nearest) == 1 or (len(nearest) > 1 and counts[0] >= TIMES_COMMONER * counts[1])
        return nearest[0] if is_certain else token
