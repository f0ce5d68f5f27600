"""What is real and what is noise: cross-validation over `data/nlu`, for several seeds.

`python -m evaluation.spread [--folds 5] [--seeds 5]`. A seed shuffles the folds and the classifier alike; a change in
the mean that is smaller than the standard deviation between seeds is not known to be one.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sklearn.model_selection import KFold

from evaluation.figures import separation, share
from evaluation.pipeline import RememberingEncoder, configured_recipe, training_examples
from gutskin.encoder import Encoder, load_encoder
from gutskin.knowledge import knowledge
from gutskin.nlu.reading import Reading, read, right_words
from gutskin.nlu.topic_model import Recipe, TopicModel
from gutskin.settings import ROOT, settings


@dataclass(frozen=True)
class Run:
    """One cross-validation: accuracy in each fold, and how well probability tells right from wrong over all."""

    seed: int
    accuracies: tuple[float, ...]
    area: float | None

    @property
    def accuracy(self) -> float:
        """The mean over the folds."""
        return statistics.fmean(self.accuracies)


def main() -> None:
    """Prints the spread over the present training data."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.spread", description=__doc__)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--seeds", type=int, default=5)
    arguments = parser.parse_args()
    examples = training_examples(ROOT / "data" / "nlu")
    lexicon = knowledge().lexicon
    readings, topics = [read(sentence, lexicon) for sentence, _ in examples], [topic for _, topic in examples]
    encoder = RememberingEncoder(load_encoder(settings().encoder_dir))
    print(f"{len(topics)} sentences, {len(set(topics))} intents, {arguments.folds} folds")
    runs, known = [], right_words(lexicon)
    for seed in range(1, arguments.seeds + 1):
        runs.append(cross_validated(readings, topics, encoder, configured_recipe(seed), arguments.folds, known))
        print(line(runs[-1]), flush=True)
    accuracies = [run.accuracy for run in runs]
    if len(runs) > 1:
        print(f"over seeds: {statistics.fmean(accuracies):.2%} ± {statistics.stdev(accuracies):.2%}")


def cross_validated(
    readings: Sequence[Reading],
    topics: Sequence[str],
    encoder: Encoder,
    recipe: Recipe,
    folds: int,
    known: Iterable[str],
) -> Run:
    """Trains on all folds but one and tests on that one, for each."""
    accuracies, right, sure = [], [], []
    for kept, held in KFold(folds, shuffle=True, random_state=recipe.seed).split(topics):
        model = TopicModel(recipe).fit([readings[i] for i in kept], [topics[i] for i in kept], encoder, known)
        probabilities = model.probabilities([readings[i] for i in held], encoder)
        best = model.topics[probabilities.argmax(axis=1)]
        hits = [bool(found == topics[i]) for found, i in zip(best, held, strict=True)]
        accuracies.append(share(hits))
        right += hits
        sure += probabilities.max(axis=1).tolist()
    return Run(recipe.seed, tuple(accuracies), separation(right, sure))


def line(run: Run) -> str:
    """A run in words."""
    area = "-" if run.area is None else f"{run.area:.3f}"
    return (
        f"seed {run.seed}: {run.accuracy:.2%} ± {statistics.stdev(run.accuracies):.2%} between folds, "
        f"area of right against wrong {area}"
    )


if __name__ == "__main__":
    main()
