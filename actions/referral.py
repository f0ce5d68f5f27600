"""Handing over to a person: the clinic's contacts, honest about the opening hours, never a medical judgement."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from gutskin.knowledge import knowledge


class ActionRefer(Action):
    """Answers a wish that only a person can meet."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_refer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Utters the response of the wish, or that reception is closed."""
        wish = tracker.latest_message["intent"]["name"]
        closed = not knowledge().clinic.is_open(datetime.now(timezone.utc))
        if wish == "request_person" and closed:
            dispatcher.utter_message(response="utter_reception_closed")
        else:
            dispatcher.utter_message(response=f"utter_{wish}")
        return []
