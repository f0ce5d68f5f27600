"""Trains and tests the understanding alone on any two CSV files: `python -m evaluation.intents TRAIN TEST`.

No Rasa, no server and no word of this project's domain: the lexicon is empty, so that typing errors are mended towards
the words of the training file only.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.special import expit

from evaluation.figures import Threshold, best_correlation, separation, share
from evaluation.labelled_csv import Labelled, load_labelled
from evaluation.pipeline import configured_recipe
from gutskin.encoder import Encoder, load_encoder
from gutskin.errors import DataError
from gutskin.lexicon import Lexicon
from gutskin.nlu.reading import Reading, read
from gutskin.nlu.topic_model import Recipe, TopicModel
from gutskin.settings import settings

OUTSIDE = "NO_NODES_DETECTED"
"""How HINT3 labels what belongs to no intent."""


@dataclass(frozen=True)
class Report:
    """What a model reaches on one test file."""

    accuracy: float
    inside: int
    outside: int
    area: float | None
    correlation: Threshold
    seconds_to_train: float
    milliseconds: float

    def __str__(self) -> str:
        area = "-" if self.area is None else f"{self.area:.3f}"
        return "\n".join(
            [
                f"in-scope accuracy      {self.accuracy:.3f}  ({self.inside} sentences)",
                f"area, in against out   {area}  ({self.outside} sentences out of scope)",
                f"best MCC               {self.correlation.score:.3f}  (refusing under {self.correlation.value:.3f})",
                f"milliseconds           {self.milliseconds:.1f}  a sentence, at the median",
                f"trained in             {self.seconds_to_train:.1f} s",
            ]
        )


def main() -> None:
    """Measures the files named on the command line."""
    arguments = _parser().parse_args()
    try:
        train, test = load_labelled(arguments.train), load_labelled(arguments.test)
        _check(arguments.train, train, arguments.out_of_scope)
    except DataError as error:
        sys.exit(str(error))
    recipe = configured_recipe(arguments.seed)
    print(measure(train, test, arguments.out_of_scope, recipe, load_encoder(settings().encoder_dir)))


def measure(train: Labelled, test: Labelled, outside: str, recipe: Recipe, encoder: Encoder) -> Report:
    """Fits on the one and tests on the other; what is labelled `outside` is never learned as an intent."""
    lexicon = Lexicon(())
    started = time.perf_counter()
    kept = [(s, label) for s, label in zip(train.sentences, train.labels, strict=True) if label != outside]
    model = TopicModel(recipe).fit([read(s, lexicon) for s, _ in kept], [label for _, label in kept], encoder)
    seconds = time.perf_counter() - started
    rows, times = [], []
    model.margins([Reading("warm up", ())], encoder)
    for sentence in test.sentences:
        begun = time.perf_counter()
        rows.append(model.margins([read(sentence, lexicon)], encoder)[0])
        times.append(1000 * (time.perf_counter() - begun))
    margins = np.array(rows)
    best = [str(topic) for topic in model.topics[margins.argmax(axis=1)]]
    confidences = expit(margins.max(axis=1)).tolist()  # shares of one would hide that a sentence is like no topic
    is_inside = [label != outside for label in test.labels]
    right = [b == g for b, g, inside in zip(best, test.labels, is_inside, strict=True) if inside]
    return Report(
        accuracy=share(right),
        inside=len(right),
        outside=len(test) - len(right),
        area=separation(is_inside, confidences),
        correlation=best_correlation(test.labels, best, confidences, outside),
        seconds_to_train=seconds,
        milliseconds=float(np.median(times)),
    )


def _check(file: Path, train: Labelled, outside: str) -> None:
    if len(set(train.labels) - {outside}) < 2:
        raise DataError(file, 1, "fewer than two labels to tell apart", "give examples of two or more")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evaluation.intents", description=__doc__)
    parser.add_argument("train", type=Path, help="CSV with the columns sentence and label")
    parser.add_argument("test", type=Path, help="the same, to test on")
    parser.add_argument("--out-of-scope", metavar="LABEL", default=OUTSIDE, help=f"its label (default: {OUTSIDE})")
    parser.add_argument("--seed", type=int, help="another seed than config.yml's")
    return parser


if __name__ == "__main__":
    main()
