"""The classifier itself, without Rasa: sparse and dense features of a reading, into a calibrated support vector machine.

Characters carry typing errors, words the exact terms, concepts what the lexicon knows to be the same, and the sentence
vector the meaning. Words that no dictionary and no lexicon know are read as words of the training sentences, in these
sentences too. How each earned its place stands in `evaluation/decisions.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.calibration import CalibratedClassifierCV
from sklearn.svm import LinearSVC

from gutskin.context_speller import ContextSpeller
from gutskin.encoder import Encoder
from gutskin.linear_model import LinearModel
from gutskin.nlu.reading import Reading
from gutskin.text_features import Row, Vocabulary, matrix_of

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
        self._characters, self._words = Vocabulary.of_characters(), Vocabulary.of_words()
        self._concepts = Vocabulary.of_names(recipe.concepts)
        self._speller = ContextSpeller(())
        self._model: LinearModel

    @property
    def topics(self) -> np.ndarray:
        """The names of the topics, in the order of the columns of `probabilities`."""
        return self._model.classes

    def fit(
        self, readings: Sequence[Reading], topics: Sequence[str], encoder: Encoder, known: Iterable[str] = ()
    ) -> TopicModel:
        """Learns from labelled readings; `known` words are spelled right wherever they stand."""
        concepts = [reading.concepts for reading in readings]
        self._speller = ContextSpeller([reading.text for reading in readings], known)
        texts = [self._speller.text(reading.text) for reading in readings]
        for vocabulary, documents in ((self._characters, texts), (self._words, texts), (self._concepts, concepts)):
            vocabulary.fit([*documents, NOTHING])
        sparse = [self._characters.matrix(texts), self._words.matrix(texts), self._concepts.matrix(concepts)]
        features = matrix_of([*sparse, self.recipe.meaning * encoder.encode(texts)])
        classifier = CalibratedClassifierCV(
            LinearSVC(C=self.recipe.strength, random_state=self.recipe.seed), cv=self.recipe.folds, ensemble=False
        )
        rows = _at_least(self.recipe.folds, topics)
        self._model = LinearModel.of_calibrated(classifier.fit(features[rows], np.asarray(topics)[rows]))
        return self

    def probabilities(self, readings: Sequence[Reading], encoder: Encoder) -> np.ndarray:
        """Calibrated probabilities, of shape (readings, topics), each row with a sum of one."""
        return np.array([self._model.probabilities(row) for row in self._rows(readings, encoder)])

    def margins(self, readings: Sequence[Reading], encoder: Encoder) -> np.ndarray:
        """How far inside each topic, of the same shape: what is like no topic leaves a row of small numbers."""
        return np.array([self._model.margins(row) for row in self._rows(readings, encoder)])

    def _rows(self, readings: Sequence[Reading], encoder: Encoder) -> Iterator[Row]:
        texts = [self._speller.text(reading.text) for reading in readings]
        vectors = self.recipe.meaning * encoder.encode(texts)
        for text, reading, vector in zip(texts, readings, vectors, strict=True):
            sparse = [self._characters.row(text), self._words.row(text), self._concepts.row(reading.concepts)]
            yield Row.beside([*sparse, Row.dense(vector)])


def _at_least(fewest: int, topics: Sequence[str]) -> list[int]:
    """Every row, those of rare topics so often that each part of the cross-validation has one."""
    rows: dict[str, list[int]] = {}
    for row, topic in enumerate(topics):
        rows.setdefault(topic, []).append(row)
    repeated = [row for same in rows.values() for row in (same * (fewest // len(same)))[: fewest - len(same)]]
    return [*range(len(topics)), *repeated]
