"""Unknown words read as the training sentences would have them, by how common a word is there and which words stand beside it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from math import log
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from gutskin.spelling import SHORTEST, english_words

TWO_EDITS_FROM = 7
MOST_CANDIDATES = 30
COST_OF_AN_EDIT = 3.0
"""In natural logarithms of how much likelier the word must be."""
UNSEEN = 0.1
KNOWN_FROM = 2
"""Seen once, a word may be a typing error of the sentences themselves."""
_BEGINNING, _END = "^", "$"
_WORD = re.compile(r"[^\W\d_]+")


class ContextSpeller:
    """Reads an unknown word as the likeliest word of the sentences it has learnt from, next to its neighbours.

    It only serves the ranking of topics, so that it need not be certain; what is quoted, named or screened never passes
    through it.
    """

    def __init__(self, sentences: Iterable[str], known: Iterable[str] = ()) -> None:
        """`known` words are right wherever they stand, though no sentence has them."""
        self._words: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        for sentence in sentences:
            words = [_BEGINNING, *_WORD.findall(sentence), _END]
            self._words.update(words)
            self._pairs.update(pairwise(words))
        self._given = frozenset(known)
        self._prepare()

    def _prepare(self) -> None:
        often = {word for word, count in self._words.items() if count >= KNOWN_FROM}
        self._known = often | self._given
        english = self._words.keys() & english_words().keys()
        self._vocabulary = sorted(word for word in self._known | english if len(word) >= SHORTEST)
        self._close = lru_cache(maxsize=20_000)(self._candidates)

    def __getstate__(self) -> dict[str, Any]:
        return {"_words": self._words, "_pairs": self._pairs, "_given": self._given}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._prepare()

    def text(self, text: str) -> str:
        """The text with each unknown word read as a known one."""
        words = [*_WORD.findall(text), _END]
        read = [_BEGINNING]
        for word, following in pairwise(words):
            read.append(self._read(read[-1], word, following))
        reading = iter(read[1:])
        return _WORD.sub(lambda _: next(reading), text)

    def _read(self, before: str, word: str, after: str) -> str:
        if len(word) < SHORTEST or word in self._known or word in english_words():
            return word

        def likelihood(candidate: tuple[str, int]) -> float:
            meant, edits = candidate
            beside = log(self._pairs[before, meant] + UNSEEN) + log(self._pairs[meant, after] + UNSEEN)
            return beside - COST_OF_AN_EDIT * edits

        return max(self._close(word), key=likelihood, default=(word, 0))[0]

    def _candidates(self, word: str) -> list[tuple[str, int]]:
        edits = 2 if len(word) >= TWO_EDITS_FROM else 1
        found = process.extract(
            word, self._vocabulary, scorer=OSA.distance, score_cutoff=edits, limit=MOST_CANDIDATES
        )  # fmt: skip
        return [(meant, distance) for meant, distance, _ in found]
