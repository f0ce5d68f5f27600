"""A second reader beside the phrases: how likely it is, by all its words, that a sentence tells of danger.

Phrases see what was thought of; this generalises to words that nobody listed. Most sentences are plainly calm by their
spelling alone, so that only the others are given to the sentence encoder.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import joblib
import numpy as np
from sklearn.linear_model import LogisticRegression

from gutskin.context_speller import ContextSpeller
from gutskin.encoder import Encoder
from gutskin.linear_model import LinearModel
from gutskin.text_features import Row, Vocabulary, matrix_of

MEANING = 3.0
"""Weight of the sentence vector beside characters and words."""
STRENGTH = 10.0
STEPS = 200
"""Of the regression; twice as many gain nothing. `evaluation/decisions.md` has the figures."""
PLAINLY_CALM = 0.03
"""A sentence whose spelling alone makes danger less likely than this is not read for its meaning."""


@dataclass(frozen=True)
class Likelihood:
    """How likely a sentence is to tell of an emergency (of which kind), and of anything urgent or higher."""

    emergency: float = 0.0
    crisis: float = 0.0
    urgent: float = 0.0
    group: str = ""

    def tempered_by(self, whole: Likelihood) -> Likelihood:
        """The mean of both where the whole message is less alarming than this part of it."""
        if whole.emergency >= self.emergency:
            return self
        return Likelihood(
            (self.emergency + whole.emergency) / 2,
            (self.crisis + whole.crisis) / 2,
            (self.urgent + whole.urgent) / 2,
            self.group,
        )


class Reader:
    """Learns from lessons; pickles without the encoder."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._characters, self._words = Vocabulary.of_characters(), Vocabulary.of_words()
        self._speller = ContextSpeller(())
        self._spelling: LinearModel
        self._meaning: LinearModel
        self._known = np.zeros((0, 0), dtype=np.float32)
        self._groups: list[str] = []

    def fit(
        self, lessons: Sequence[str], dangers: Sequence[str], groups: Sequence[str], known: Iterable[str] = ()
    ) -> Reader:
        """Learns which words tell of which danger ("emergency", "crisis", "urgent" or "calm").

        Typing errors are mended first, or they would tell of danger by themselves; `known` words are none.
        """
        self._speller = ContextSpeller(lessons, known)
        texts = [self._speller.text(lesson) for lesson in lessons]
        vectors = self._encoder.encode(texts)
        self._characters.fit(texts)
        self._words.fit(texts)
        spelling = [self._characters.matrix(texts), self._words.matrix(texts)]
        self._spelling = _learnt(spelling, [danger != "calm" for danger in dangers])
        self._meaning = _learnt([*spelling, MEANING * vectors], dangers)
        told = [row for row, group in enumerate(groups) if group]
        self._known, self._groups = vectors[told], [groups[row] for row in told]
        return self

    def weigh(self, text: str) -> Likelihood:
        """How likely a text, of a sentence or two, tells of danger."""
        text = self._speller.text(text)
        spelling = [self._characters.row(text), self._words.row(text)]
        if self._spelling.probabilities(Row.beside(spelling))[1] < PLAINLY_CALM:
            return Likelihood()
        (vector,) = self._encoder.encode([text])
        odds = self._meaning.probabilities(Row.beside([*spelling, Row.dense(MEANING * vector)]))
        by_danger = dict(zip(self._meaning.classes, map(float, odds), strict=True))
        emergency, crisis = by_danger["emergency"] + by_danger["crisis"], by_danger["crisis"]
        nearest = self._groups[int(np.argmax(self._known @ vector))]
        return Likelihood(emergency, crisis, emergency + by_danger["urgent"], nearest)

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name != "_encoder"}

    def save(self, file: Path) -> None:
        """Keeps what was learnt; written beside and moved, so that a half-written file is never read."""
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_suffix(".part")
        joblib.dump(self, beside, compress=3)
        beside.replace(file)

    @classmethod
    def load(cls, file: Path, encoder: Encoder) -> Reader:
        """The reader that was kept."""
        reader = joblib.load(file)
        reader._encoder = encoder
        return reader


def _learnt(features: Sequence[Any], labels: Sequence[Any]) -> LinearModel:
    classifier = LogisticRegression(C=STRENGTH, max_iter=STEPS)
    return LinearModel.of_logistic(classifier.fit(matrix_of(features), list(labels)))
