"""The classifier itself, without Rasa: sparse and dense features of a reading, into a calibrated support vector machine.

Characters carry typing errors, words the exact terms, concepts what the lexicon knows to be the same, and the sentence
vector the meaning. Words that no dictionary and no lexicon knew are read as words of the training sentences. How
each earned its place stands in `evaluation/decisions.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.calibration import CalibratedClassifierCV
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from gutskin import vectorizers
from gutskin.encoder import Encoder
from gutskin.nlu.context_speller import ContextSpeller
from gutskin.nlu.reading import Reading

NOTHING = "nothing"
"""Learned beside the sentences, so that data without a single concept has a vocabulary too."""


@dataclass(frozen=True)
class Recipe:
    """The settings of a topic model, as `config.yml` gives them."""

    strength: float = 0.4
    """Inverse regularisation of the support vector machine."""
    meaning: float = 1.6
    """Weight of the sentence vector beside the sparse features."""
    concepts: float = 0.7
    """Weight of the lexicon's concepts."""
    folds: int = 3
    """Parts of the cross-validation from which the probabilities are calibrated."""
    seed: int = 1


class TopicModel:
    """Ranks topics; pickles without the encoder, which is given at each call."""

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        self._characters, self._words = vectorizers.of_characters(), vectorizers.of_words()
        self._concepts = TfidfVectorizer(binary=True, token_pattern=r"\S+", dtype=np.float32)
        self._classifier = CalibratedClassifierCV(
            LinearSVC(C=recipe.strength, random_state=recipe.seed), cv=recipe.folds, ensemble=False
        )
        self._speller = ContextSpeller(())

    @property
    def topics(self) -> np.ndarray:
        """The names of the topics, in the order of the columns of `probabilities`."""
        return self._classifier.classes_

    def fit(self, readings: Sequence[Reading], topics: Sequence[str], encoder: Encoder) -> TopicModel:
        """Learns from labelled readings."""
        texts, concepts = _views(readings)
        self._speller = ContextSpeller(texts)
        for vectorizer, documents in ((self._characters, texts), (self._words, texts), (self._concepts, concepts)):
            vectorizer.fit([*documents, NOTHING])
        rows = _at_least(self.recipe.folds, topics)
        self._classifier.fit(self._features(texts, concepts, encoder)[rows], np.asarray(topics)[rows])
        return self

    def probabilities(self, readings: Sequence[Reading], encoder: Encoder) -> np.ndarray:
        """Calibrated probabilities, of shape (readings, topics)."""
        texts, concepts = _views(readings)
        mended = [self._speller.text(text) for text in texts]
        return self._classifier.predict_proba(self._features(mended, concepts, encoder))

    def _features(self, texts: list[str], concepts: list[str], encoder: Encoder) -> csr_matrix:
        return hstack(
            [
                self._characters.transform(texts),
                self._words.transform(texts),
                self.recipe.concepts * self._concepts.transform(concepts),
                csr_matrix(self.recipe.meaning * encoder.encode(texts)),
            ]
        ).tocsr()


def _at_least(fewest: int, topics: Sequence[str]) -> list[int]:
    """Every row, those of rare topics so often that each part of the cross-validation has one."""
    rows: dict[str, list[int]] = {}
    for row, topic in enumerate(topics):
        rows.setdefault(topic, []).append(row)
    repeated = [row for same in rows.values() for row in (same * (fewest // len(same)))[: fewest - len(same)]]
    return [*range(len(topics)), *repeated]


def _views(readings: Sequence[Reading]) -> tuple[list[str], list[str]]:
    return [reading.text for reading in readings], [reading.concepts for reading in readings]
