"""The passages as the topics rank them: several topics that each are unsure may agree on a place of the article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gutskin.answers import ANSWER, Answer


def ranked_passages(ranking: Sequence[Mapping[str, Any]], answers: Mapping[str, Answer]) -> list[tuple[str, float]]:
    """Each passage with the summed probability of the answers that quote it, the likeliest first."""
    shares: dict[str, float] = {}
    for entry in ranking:
        answer = answers.get(entry["name"])
        for passage in answer.passages if answer and answer.kind == ANSWER else ():
            shares[passage] = shares.get(passage, 0) + entry["confidence"]
    return sorted(shares.items(), key=lambda share: -share[1])
