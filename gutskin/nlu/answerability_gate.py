"""The second look before an answer: is the topic sure enough, does it want a person, and which readings are shown?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import (
    ENTITIES,
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

from gutskin.answers import ALSO
from gutskin.knowledge import knowledge
from gutskin.nlu.topic_classifier import PART_RANKINGS

CLARIFY = "clarify_topic"
REFUSE = "out_of_scope"
REFUSAL, REFERRAL, ANSWER = "refusal", "refer", "answer"
CONDITION = "condition"
LOOKED_UP, FOLLOWING = "ask_condition", "follow_up"

Ranking = Sequence[dict[str, Any]]


@dataclass(frozen=True)
class Verdict:
    """What becomes of a message: the intent to take instead of the best-ranked one, and further answers to show."""

    instead: str | None = None
    also: tuple[str, ...] = ()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class AnswerabilityGate(GraphComponent):
    """Weighs answers, refusals and referrals against each other, and turns an unsure answer into more, or into a no."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """How kinds of reply are weighed, and from which probability on readings are shown.

        `doubt`: the share of the answers' probability that refusals need; `personal`: the weight of referrals;
        `unsure`: an answer less probable is asked back; `second`, `third`: the share of the best answer's probability
        from which a further one is shown beside it; `part`: the same, absolute, for one of several questions.
        """
        return {"doubt": 0.7, "personal": 2.0, "unsure": 0.08, "second": 0.2, "third": 0.3, "part": 0.3}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> AnswerabilityGate:
        """Made by Rasa for each model."""
        return cls(**{name: config[name] for name in cls.get_default_config()})

    def __init__(self, **weights: float) -> None:
        weights = {**self.get_default_config(), **weights}
        self._weights = {REFUSAL: 1 / weights["doubt"], REFERRAL: weights["personal"]}
        self._unsure, self._part = weights["unsure"], weights["part"]
        self._shares = (weights["second"], weights["third"])

    def process(self, messages: list[Message]) -> list[Message]:
        """Replaces the intent of each message that should not be answered as it was understood."""
        for message in messages:
            text = message.get(TEXT) or ""
            if not text or text.startswith("/"):
                continue
            names_one = any(entity["entity"] == CONDITION for entity in message.get(ENTITIES) or [])
            verdict = self.judge(message.get(INTENT_RANKING_KEY) or [], message.get(PART_RANKINGS) or [], names_one)
            if verdict.instead:
                intent = {INTENT_NAME_KEY: verdict.instead, PREDICTED_CONFIDENCE_KEY: 1.0}
                message.set(INTENT, intent, add_to_output=True)
            if verdict.also:
                message.set(ALSO, list(verdict.also), add_to_output=True)
        return messages

    def judge(self, ranking: Ranking, parts: Sequence[Ranking] = (), names_condition: bool = True) -> Verdict:
        """The verdict on a message's ranking.

        `parts` are those of the questions in it; `names_condition`: whether a lookup has anything to look up.
        """
        if not ranking:
            return Verdict(REFUSE)
        group = self._group(ranking)
        best, *others = [entry for entry in ranking if group_of(entry["name"]) == group]
        if best["name"] == LOOKED_UP and not names_condition and others:
            best, *others = others
        instead = None if best is ranking[0] else str(best["name"])
        if group != ANSWER:
            return Verdict(instead)
        if best["name"] == FOLLOWING:
            return Verdict(instead)
        if best["confidence"] < self._unsure and _is_offered(best["name"]):
            return Verdict(CLARIFY)
        asked = [self._asked(part) for part in parts]
        close = [
            entry["name"]
            for entry, share in zip(others, self._shares, strict=False)
            if entry["confidence"] > share * best["confidence"]
        ]
        further = dict.fromkeys(name for name in (*asked, *close) if name and name != best["name"])
        return Verdict(instead, tuple(further))

    def _group(self, ranking: Ranking) -> str:
        """The kind of reply with the most weighted probability."""
        masses: dict[str, float] = {}
        for entry in ranking:
            group = group_of(entry["name"])
            masses[group] = masses.get(group, 0) + entry["confidence"] * self._weights.get(group, 1)
        return max(masses, key=lambda group: masses[group])

    def _asked(self, part: Ranking) -> str | None:
        """The answer to one of several questions, where it is sure."""
        best = part[0]
        is_answered = self._group(part) == group_of(best["name"]) == ANSWER
        return str(best["name"]) if is_answered and best["confidence"] >= self._part else None


def group_of(intent: str) -> str:
    """The kind of reply that the intent leads to, both refusals as one; lookups by action answer."""
    answer = knowledge().answers.get(intent)
    kind = answer.kind if answer else ANSWER
    return {"not_covered": REFUSAL, "out_of_scope": REFUSAL, "clarify": ANSWER}.get(kind, kind)


def _is_offered(intent: str) -> bool:
    answer = knowledge().answers.get(intent)
    return answer is not None and answer.kind == ANSWER and "{" not in answer.title
