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

from gutskin.answers import ALSO, ANSWER, BESIDE
from gutskin.knowledge import knowledge
from gutskin.nlu.passage_ranking import ranked_passages
from gutskin.nlu.topic_classifier import PART_RANKINGS

CLARIFY = "clarify_topic"
REFUSE = "out_of_scope"
REFUSAL, REFERRAL = "refusal", "refer"
CONDITION = "condition"
LOOKED_UP, FOLLOWING = "ask_condition", "follow_up"

Ranking = Sequence[dict[str, Any]]


@dataclass(frozen=True)
class Verdict:
    """What becomes of a message."""

    instead: str | None = None
    """The intent to take in place of the best-ranked one."""
    also: tuple[str, ...] = ()
    """Passages to quote beside those of the answer, the likeliest first."""
    beside: str | None = None
    """The intent that the article answers as well, where a person is to be asked."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class AnswerabilityGate(GraphComponent):
    """Weighs answers, refusals and referrals against each other, and turns an unsure answer into more, or into a no."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """How kinds of reply are weighed, and from which probability on readings are shown.

        `doubt`: the share of the answers' probability that refusals need; `personal`: the weight of referrals; `both`:
        the probability that answers and referrals need each, for a message to get both; `unsure`: where no passage is
        more probable, the visitor is asked back; `quoted`: the share of the likeliest passage's probability from which a
        further one is quoted; `part`: the probability from which one of several questions is answered by itself.
        """
        return {"doubt": 0.8, "personal": 2.0, "both": 0.2, "unsure": 0.08, "quoted": 0.05, "part": 0.3}

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
        self._both, self._unsure = weights["both"], weights["unsure"]
        self._quoted, self._part = weights["quoted"], weights["part"]

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
            if verdict.beside:
                message.set(BESIDE, verdict.beside, add_to_output=True)
        return messages

    def judge(self, ranking: Ranking, parts: Sequence[Ranking] = (), names_condition: bool = True) -> Verdict:
        """The verdict on a message's ranking.

        `parts` are those of the questions in it; `names_condition`: whether a lookup has anything to look up.
        """
        if not ranking:
            return Verdict(REFUSE)
        masses = _masses(ranking)
        group = self._heaviest(masses)
        if group not in (ANSWER, REFERRAL):
            return Verdict(_instead(_best(ranking, group), ranking))
        likely = ranked_passages(ranking, knowledge().answers)
        also = self._also(likely, parts)
        if min(masses.get(ANSWER, 0), masses.get(REFERRAL, 0)) >= self._both:
            person, beside = _best(ranking, REFERRAL), _best(ranking, ANSWER, names_condition)
            if _is_quoted(beside["name"]):
                return Verdict(_instead(person, ranking), also, beside["name"])
        best = _best(ranking, group, names_condition)
        instead = _instead(best, ranking)
        if group == REFERRAL or best["name"] == FOLLOWING:
            return Verdict(instead)
        if likely and likely[0][1] < self._unsure and _is_offered(best["name"]):
            lookup = _best(ranking, group)
            return Verdict(_instead(lookup, ranking) if lookup["name"] == LOOKED_UP else CLARIFY)
        return Verdict(instead, also)

    def _also(self, likely: Sequence[tuple[str, float]], parts: Sequence[Ranking]) -> tuple[str, ...]:
        """The passages of each further question that is sure, then those that the whole message makes likely."""
        answers = knowledge().answers
        asked = [passage for part in parts if self._is_sure(part) for passage in answers[part[0]["name"]].passages]
        close = [passage for passage, share in likely if share >= self._quoted * likely[0][1]]
        return tuple(dict.fromkeys([*asked, *close]))

    def _heaviest(self, masses: dict[str, float]) -> str:
        """The kind of reply with the most weighted probability."""
        return max(masses, key=lambda group: masses[group] * self._weights.get(group, 1))

    def _is_sure(self, part: Ranking) -> bool:
        """Whether one of several questions is surely answered by the article."""
        best = part[0]
        is_answered = self._heaviest(_masses(part)) == group_of(best["name"]) == ANSWER
        return is_answered and _is_quoted(best["name"]) and best["confidence"] >= self._part


def _masses(ranking: Ranking) -> dict[str, float]:
    """The probability of each kind of reply."""
    masses: dict[str, float] = {}
    for entry in ranking:
        group = group_of(entry["name"])
        masses[group] = masses.get(group, 0) + entry["confidence"]
    return masses


def _best(ranking: Ranking, group: str, names_condition: bool = True) -> dict[str, Any]:
    """The likeliest intent of a kind; a lookup that has nothing to look up gives way to the next."""
    best, *others = [entry for entry in ranking if group_of(entry["name"]) == group]
    return others[0] if best["name"] == LOOKED_UP and not names_condition and others else best


def _instead(best: dict[str, Any], ranking: Ranking) -> str | None:
    return None if best is ranking[0] else str(best["name"])


def group_of(intent: str) -> str:
    """The kind of reply that the intent leads to, both refusals as one; lookups by action answer."""
    answer = knowledge().answers.get(intent)
    kind = answer.kind if answer else ANSWER
    return {"not_covered": REFUSAL, "out_of_scope": REFUSAL, "clarify": ANSWER}.get(kind, kind)


def _is_quoted(intent: str) -> bool:
    """Whether it has passages of its own."""
    answer = knowledge().answers.get(intent)
    return answer is not None and answer.kind == ANSWER and bool(answer.passages)


def _is_offered(intent: str) -> bool:
    answer = knowledge().answers.get(intent)
    return answer is not None and answer.kind == ANSWER and answer.can_be_offered
