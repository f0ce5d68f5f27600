"""What is computed from right and wrong, from confidences and from times."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import matthews_corrcoef, roc_auc_score

MOST_THRESHOLDS = 200


@dataclass(frozen=True)
class Threshold:
    """The confidence under which a reader should refuse, and what it reaches there."""

    value: float
    score: float


def share(flags: Sequence[bool]) -> float:
    """How many of the flags are set, from 0 to 1; nan of none."""
    return statistics.fmean(flags) if flags else float("nan")


def standard_error(flags: Sequence[bool]) -> float:
    """How far a share of so many cases lies from the truth by chance alone; differences under twice this are noise."""
    return float(np.sqrt(share(flags) * (1 - share(flags)) / len(flags))) if flags else float("nan")


def thresholds(confidences: Sequence[float]) -> np.ndarray:
    """The thresholds worth trying: refuse nothing, and up to a confidence seen."""
    seen = np.unique(np.asarray(confidences, dtype=float))
    if len(seen) > MOST_THRESHOLDS:
        seen = np.quantile(seen, np.linspace(0, 1, MOST_THRESHOLDS))
    return np.concatenate([[0.0], np.nextafter(seen, np.inf)])


def best_correlation(gold: Sequence[str], best: Sequence[str], confidences: Sequence[float], outside: str) -> Threshold:
    """The best Matthews correlation over thresholds, where less sure readings become `outside`."""
    sure, read = np.asarray(confidences, dtype=float), np.asarray(best, dtype=object)
    scored = [
        Threshold(float(t), float(matthews_corrcoef(list(gold), list(np.where(sure < t, outside, read)))))
        for t in thresholds(confidences)
    ]
    return max(scored, key=lambda threshold: threshold.score)


def separation(is_inside: Sequence[bool], confidences: Sequence[float]) -> float | None:
    """The area under the curve of inside against outside by confidence; none where there is but one kind."""
    return float(roc_auc_score(list(is_inside), list(confidences))) if len(set(is_inside)) == 2 else None


def best_refusal(covered: Sequence[bool], correct: Sequence[bool], confidences: Sequence[float]) -> Threshold:
    """Where to refuse so that the mean of answers right and questions refused is best.

    `covered`: whether a question has an answer; `correct`: whether what would be said without a threshold is right.
    """
    is_covered, is_right, sure = np.asarray(covered), np.asarray(correct), np.asarray(confidences, dtype=float)
    scored = []
    for threshold in thresholds(confidences):
        refused = sure < threshold
        answered = float((is_right & ~refused)[is_covered].mean())
        said_no = float((is_right | refused)[~is_covered].mean())
        scored.append(Threshold(float(threshold), (answered + said_no) / 2))
    return max(scored, key=lambda found: found.score)


def risk_coverage(correct: Sequence[bool], confidences: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    """Coverage, and the share of wrong ones among those covered, as less and less sure ones are let in."""
    order = np.argsort(-np.asarray(confidences, dtype=float), kind="stable")
    wrong = np.cumsum(~np.asarray(correct, dtype=bool)[order])
    count = np.arange(1, len(order) + 1)
    return count / len(order), wrong / count


def percentile(values: Sequence[float], percent: float) -> float:
    """The value under which so many per cent lie."""
    return float(np.percentile(list(values), percent))
