"""How texts become features, alike for topics and for danger: a sparse matrix to learn from, one row at a time to answer.

A single row is made here and not by scikit-learn, whose checks take nine tenths of the time that a hundred numbers need;
`evaluation/decisions.md` has the figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer


@dataclass(frozen=True)
class Row:
    """The filled places of a row of `width` numbers, and what stands there, both of shape (filled,)."""

    places: np.ndarray
    values: np.ndarray
    width: int

    @classmethod
    def dense(cls, vector: np.ndarray) -> Row:
        """A row that is filled everywhere."""
        return cls(np.arange(len(vector)), vector, len(vector))

    @classmethod
    def beside(cls, rows: Sequence[Row]) -> Row:
        """One row out of several, in their order."""
        starts = np.cumsum([0, *(row.width for row in rows)])
        places = np.concatenate([row.places + start for row, start in zip(rows, starts, strict=False)])
        return cls(places, np.concatenate([row.values for row in rows]), int(starts[-1]))


class Vocabulary:
    """The pieces of text that were seen in training, each with the weight of its rarity."""

    def __init__(self, vectorizer: TfidfVectorizer, weight: float = 1.0) -> None:
        self._vectorizer, self._weight = vectorizer, weight

    @classmethod
    def of_characters(cls) -> Vocabulary:
        """Pieces of words, which a typing error leaves mostly whole."""
        return cls(
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, min_df=2, dtype=np.float32)
        )

    @classmethod
    def of_words(cls) -> Vocabulary:
        """Words and pairs of them."""
        return cls(TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"\w+", dtype=np.float32))

    @classmethod
    def of_names(cls, weight: float) -> Vocabulary:
        """Names between spaces, each counted once."""
        return cls(TfidfVectorizer(binary=True, token_pattern=r"\S+", dtype=np.float32), weight)

    def fit(self, texts: Iterable[str]) -> None:
        """Learns the pieces and how rare each is."""
        self._vectorizer.fit(texts)

    def matrix(self, texts: Sequence[str]) -> csr_matrix:
        """Float32 of shape (texts, pieces)."""
        return self._weight * self._vectorizer.transform(texts)

    def row(self, text: str) -> Row:
        """The same numbers as the matrix has for this text."""
        counts = Counter(filter(self._pieces.__contains__, self._split(text)))
        places = np.fromiter(map(self._pieces.__getitem__, counts), dtype=np.int64, count=len(counts))
        seen: np.ndarray = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        if self._vectorizer.binary:
            seen = np.ones_like(seen)
        if self._vectorizer.sublinear_tf:
            seen = 1 + np.log(seen)
        values = seen * self._rarity[places]
        length = np.sqrt(values @ values) or 1.0
        return Row(places, self._weight * values / length, len(self._pieces))

    @cached_property
    def _split(self) -> Callable[[str], list[str]]:
        return self._vectorizer.build_analyzer()

    @property
    def _pieces(self) -> dict[str, int]:
        return self._vectorizer.vocabulary_

    @cached_property
    def _rarity(self) -> np.ndarray:
        return self._vectorizer.idf_.astype(np.float32)


def matrix_of(parts: Sequence[csr_matrix | np.ndarray]) -> csr_matrix:
    """Sparse and dense features side by side, in the order in which `Row.beside` puts the rows."""
    return hstack([csr_matrix(part) for part in parts]).tocsr()
