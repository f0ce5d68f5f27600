"""Trained linear classifiers of scikit-learn as what they come to: a table of weights, for one row at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, softmax
from sklearn.calibration import CalibratedClassifierCV
from sklearn.linear_model import LogisticRegression

from gutskin.text_features import Row


@dataclass(frozen=True)
class LinearModel:
    """Gives the probabilities that its classifier's `predict_proba` gives, to float32."""

    weights: np.ndarray
    """Of shape (features, classes)."""
    intercept: np.ndarray
    classes: np.ndarray
    slopes: np.ndarray | None = None
    offsets: np.ndarray | None = None
    """Of the sigmoid that makes a probability of each class's margin, to be brought to a sum of one; else softmax."""

    @classmethod
    def of_calibrated(cls, classifier: CalibratedClassifierCV) -> LinearModel:
        """From one linear classifier with a sigmoid for each class (`ensemble=False`)."""
        (calibrated,) = classifier.calibrated_classifiers_
        linear = calibrated.base_estimator
        slopes = np.array([-sigmoid.a_ for sigmoid in calibrated.calibrators])
        offsets = np.array([-sigmoid.b_ for sigmoid in calibrated.calibrators])
        if len(slopes) == 1:  # the first of two classes is what the second is not
            slopes, offsets = np.repeat(slopes, 2), np.array([-offsets[0], offsets[0]])
        return cls(*_tables(linear.coef_, linear.intercept_), classifier.classes_, slopes, offsets)

    @classmethod
    def of_logistic(cls, classifier: LogisticRegression) -> LinearModel:
        """From a logistic regression over two classes or, with softmax, more."""
        weights, intercept = _tables(classifier.coef_, classifier.intercept_)
        if len(classifier.classes_) > 2:
            return cls(weights, intercept, classifier.classes_)
        return cls(weights, intercept, classifier.classes_, np.ones(2), np.zeros(2))

    def probabilities(self, row: Row) -> np.ndarray:
        """Of shape (classes,), with a sum of one."""
        margins = self.margins(row)
        if self.slopes is None:
            return softmax(margins)
        each = expit(self.slopes * margins + self.offsets)
        return each / each.sum()

    def margins(self, row: Row) -> np.ndarray:
        """How far inside each class, of shape (classes,): all are low for what is like none of them."""
        return row.values @ self.weights[row.places] + self.intercept


def _tables(weights: np.ndarray, intercept: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights and intercept with a column for each class, of two classes too."""
    if len(weights) == 1:
        weights, intercept = np.vstack([-weights, weights]), np.concatenate([-intercept, intercept])
    return np.ascontiguousarray(weights.T, dtype=np.float32), intercept.astype(np.float32)
