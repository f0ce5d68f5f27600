"""Which topic a question is about: the pipeline component around the topic model."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

import joblib
import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from gutskin.encoder import load_encoder
from gutskin.knowledge import knowledge
from gutskin.nlu.parts import questions_in
from gutskin.nlu.reading import read, right_words
from gutskin.nlu.topic_model import Recipe, TopicModel
from gutskin.settings import settings

FILE = "topics.joblib"
RANKED = 10
LONG = 25
"""From this many words on, the questions in a message count as much as the whole of it."""
PART_RANKINGS = "part_rankings"
"""Where a message keeps the rankings of the questions in it."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(GraphComponent):
    """Ranks the intents of a message."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The settings of `Recipe`."""
        return asdict(Recipe())

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TopicClassifier:
        """Made by Rasa before training."""
        recipe = Recipe(**{field.name: config[field.name] for field in fields(Recipe)})
        return cls(TopicModel(recipe), model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TopicClassifier:
        """Made by Rasa from a trained model."""
        load_encoder(settings().encoder_dir)  # now rather than while the first visitor waits
        with model_storage.read_from(resource) as folder:
            return cls(joblib.load(folder / FILE), model_storage, resource)

    def __init__(self, model: TopicModel, model_storage: ModelStorage, resource: Resource) -> None:
        self._model, self._storage, self._resource = model, model_storage, resource

    def train(self, training_data: TrainingData) -> Resource:
        """Fits the model on the intent examples."""
        examples = [m for m in training_data.intent_examples if m.get(TEXT)]
        lexicon = knowledge().lexicon
        readings = [read(m.get(TEXT), lexicon) for m in examples]
        encoder = load_encoder(settings().encoder_dir)
        self._model.fit(readings, [m.get(INTENT) for m in examples], encoder, right_words(lexicon))
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._model, folder / FILE, compress=3)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets the intent and the ranking of each message."""
        for message in messages:
            text = message.get(TEXT) or ""
            if not text:
                continue
            whole, parts = self._read(text)
            ranking = self._rank(whole)
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
            message.set(PART_RANKINGS, [self._rank(part) for part in parts])
        return messages

    def _read(self, text: str) -> tuple[np.ndarray, np.ndarray]:
        """The topics' probabilities for the message and for each question in it."""
        known = knowledge()
        readings = [read(part, known.lexicon) for part in (text, *questions_in(text, known.interview.reader))]
        whole, *parts = self._model.probabilities(readings, load_encoder(settings().encoder_dir))
        if parts and len(text.split()) >= LONG:
            whole = (whole + np.mean(parts, axis=0)) / 2
        return whole, np.array(parts)

    def _rank(self, probabilities: np.ndarray) -> list[dict[str, Any]]:
        best = np.argsort(probabilities)[::-1][:RANKED]
        return [
            {INTENT_NAME_KEY: str(self._model.topics[i]), PREDICTED_CONFIDENCE_KEY: float(probabilities[i])}
            for i in best
        ]
