"""Which topic a question is about: tf-idf of words and characters and the lexicon's concepts, into logistic regression."""

from __future__ import annotations

from collections.abc import Iterable
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
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer

from gutskin.knowledge import knowledge
from gutskin.nlu.reading import Reading, read

RANKED = 10


def _texts(readings: Iterable[Reading]) -> list[str]:
    return [reading.text for reading in readings]


def _concepts(readings: Iterable[Reading]) -> list[str]:
    return [reading.concepts for reading in readings]


def build_classifier(strength: float, seed: int) -> Pipeline:
    """An untrained classifier of readings; `strength` is the inverse regularisation of the regression."""
    return Pipeline([
        ("features", FeatureUnion(
            [
                ("characters", make_pipeline(FunctionTransformer(_texts), TfidfVectorizer(
                    analyzer="char_wb", ngram_range=(1, 5), sublinear_tf=True, min_df=2, dtype=np.float32))),
                ("words", make_pipeline(FunctionTransformer(_texts), TfidfVectorizer(
                    ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"\w+", dtype=np.float32))),
                ("concepts", make_pipeline(FunctionTransformer(_concepts), TfidfVectorizer(
                    binary=True, token_pattern=r"\S+", dtype=np.float32))),
            ],
            transformer_weights={"characters": 1.0, "words": 1.0, "concepts": 0.7},
        )),
        ("regression", LogisticRegression(C=strength, max_iter=300, random_state=seed, class_weight="balanced")),
    ])  # fmt: skip


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(GraphComponent):
    """Ranks the intents of a message."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`strength`: inverse regularisation; `seed`: of the solver."""
        return {"strength": 20.0, "seed": 1}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TopicClassifier:
        """Made by Rasa before training."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TopicClassifier:  # fmt: skip
        """Made by Rasa from a trained model."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, joblib.load(folder / "classifier.joblib"))

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        classifier: Pipeline | None = None,
    ) -> None:
        self._config, self._storage, self._resource, self._classifier = config, model_storage, resource, classifier

    def train(self, training_data: TrainingData) -> Resource:
        """Fits the classifier on the intent examples."""
        examples = [m for m in training_data.intent_examples if m.get(TEXT)]
        lexicon = knowledge().lexicon
        self._classifier = build_classifier(self._config["strength"], self._config["seed"])
        self._classifier.fit([read(m.get(TEXT), lexicon) for m in examples], [m.get(INTENT) for m in examples])
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._classifier, folder / "classifier.joblib", compress=3)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets the intent and the ranking of each message."""
        for message in messages:
            ranking = self._rank(message.get(TEXT) or "")
            if ranking:
                message.set(INTENT, ranking[0], add_to_output=True)
                message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def _rank(self, text: str) -> list[dict[str, Any]]:
        if self._classifier is None or not text:
            return []
        probabilities = self._classifier.predict_proba([read(text, knowledge().lexicon)])[0]
        best = np.argsort(probabilities)[::-1][:RANKED]
        return [
            {INTENT_NAME_KEY: str(self._classifier.classes_[i]), PREDICTED_CONFIDENCE_KEY: float(probabilities[i])}
            for i in best
        ]
