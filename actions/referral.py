"""Handing over to a person: the clinic's contacts, honest about the opening hours, never a medical judgement."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.condition_lookup import mentioned, utter_crossed
from gutskin.answers import BESIDE, NEUTRAL
from gutskin.knowledge import knowledge


class ActionRefer(Action):
    """Answers a wish that only a person can meet."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_refer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Utters the response of the wish, or that reception is closed; then what the article says on it as well."""
        wish = tracker.latest_message["intent"]["name"]
        closed = not knowledge().clinic.is_open(datetime.now(timezone.utc))
        if wish == "request_person" and closed:
            dispatcher.utter_message(response="utter_reception_closed")
        else:
            dispatcher.utter_message(response=f"utter_{wish}")
        if tracker.latest_message.get(BESIDE):
            _quote_beside(dispatcher, tracker.latest_message)
        return []


def _quote_beside(dispatcher: CollectingDispatcher, message: dict[str, Any]) -> None:
    """What the article says on a question that also wants a person, without a yes or no of its own."""
    topic = replace(knowledge().answers[message[BESIDE]], lead=NEUTRAL)
    conditions = mentioned(message, "condition")
    covered = [term for term in conditions if term.covered]
    if covered or not conditions:
        utter_crossed(dispatcher, topic, covered)
