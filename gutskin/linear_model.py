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
    is_calibrated: bool
    """Whether each class has a probability of its own, and they are brought to a sum of one; else softmax."""

    @classmethod
    def of_calibrated(cls, classifier: CalibratedClassifierCV) -> LinearModel:
        """From one linear classifier with a sigmoid for each class (`ensemble=False`), which its weights take in."""
        (calibrated,) = classifier.calibrated_classifiers_
        slopes = np.array([sigmoid.a_ for sigmoid in calibrated.calibrators])
        offsets = np.array([sigmoid.b_ for sigmoid in calibrated.calibrators])
        linear = calibrated.base_estimator
        weights, intercept = -slopes[:, None] * linear.coef_, -(slopes * linear.intercept_ + offsets)
        return cls._of(weights, intercept, classifier.classes_, is_calibrated=True)

    @classmethod
    def of_logistic(cls, classifier: LogisticRegression) -> LinearModel:
        """From a logistic regression over two classes or, with softmax, more."""
        is_binary = len(classifier.classes_) == 2
        return cls._of(classifier.coef_, classifier.intercept_, classifier.classes_, is_calibrated=is_binary)

    @classmethod
    def _of(cls, weights: np.ndarray, intercept: np.ndarray, classes: np.ndarray, is_calibrated: bool) -> LinearModel:
        if len(classes) == 2:
            weights, intercept = np.vstack([-weights, weights]), np.concatenate([-intercept, intercept])
        table = np.ascontiguousarray(weights.T, dtype=np.float32)
        return cls(table, intercept.astype(np.float32), classes, is_calibrated)

    def probabilities(self, row: Row) -> np.ndarray:
        """Of shape (classes,)."""
        scores = row.values @ self.weights[row.places] + self.intercept
        if not self.is_calibrated:
            return softmax(scores)
        each = expit(scores)
        return each / each.sum()
