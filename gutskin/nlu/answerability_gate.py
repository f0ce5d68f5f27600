"""The second look before an answer: is the topic sure enough, and does the article speak of what is asked about?"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from gutskin.knowledge import knowledge

CLARIFY = "clarify_topic"
REFUSE = "out_of_scope"
REFUSALS = ("not_covered", "out_of_scope")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class AnswerabilityGate(GraphComponent):
    """Turns an unsure answer into a question back, or into an honest no."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`doubt`: how many times the answers' probability may lie with refusals; `sure`, `apart`: when to ask back."""
        return {"doubt": 0.8, "sure": 0.35, "apart": 0.04}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> AnswerabilityGate:
        """Made by Rasa for each model."""
        return cls(config["doubt"], config["sure"], config["apart"])

    def __init__(self, doubt: float, sure: float, apart: float) -> None:
        self._doubt, self._sure, self._apart = doubt, sure, apart

    def process(self, messages: list[Message]) -> list[Message]:
        """Replaces the intent of each message that should not be answered as it was understood."""
        for message in messages:
            ranking = message.get(INTENT_RANKING_KEY) or []
            verdict = self.judge(ranking) if message.get(TEXT) else None
            if verdict:
                message.set(INTENT, {INTENT_NAME_KEY: verdict, PREDICTED_CONFIDENCE_KEY: 1.0}, add_to_output=True)
        return messages

    def judge(self, ranking: list[dict[str, Any]]) -> str | None:
        """The intent to take instead of the best-ranked one, if any."""
        if not ranking:
            return REFUSE
        best, *others = ranking
        if kind_of(best["name"]) != "answer":
            return None
        refusals = [entry for entry in ranking if kind_of(entry["name"]) in REFUSALS]
        if _mass(refusals) > self._doubt * _mass([entry for entry in ranking if kind_of(entry["name"]) == "answer"]):
            return str(refusals[0]["name"])
        is_close = bool(others) and best["confidence"] - others[0]["confidence"] < self._apart
        if is_close and best["confidence"] < self._sure and _is_offered(best) and _is_offered(others[0]):
            return CLARIFY
        return None


def kind_of(intent: str) -> str:
    """The kind of reply that the intent leads to; lookups by action answer."""
    answer = knowledge().answers.get(intent)
    return answer.kind if answer else "answer"


def _mass(entries: list[dict[str, Any]]) -> float:
    return sum(entry["confidence"] for entry in entries)


def _is_offered(entry: dict[str, Any]) -> bool:
    answer = knowledge().answers.get(entry["name"])
    return answer is not None and answer.kind == "answer" and "{" not in answer.title
