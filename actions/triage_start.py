"""Begins the triage form anew, with what the opening message already tells."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.dialogue import terms_in, text_of
from actions.triage_answers import events_of, forgotten
from gutskin.knowledge import knowledge


class ActionStartTriage(Action):
    """Empties the form before it is asked."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_start_triage"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Forgets an earlier form; keeps who, how old, since when and which condition, where the message says it."""
        text = text_of(tracker)
        told = {} if text.startswith("/") else knowledge().interview.mentioned(text, terms_in(tracker))
        return forgotten() + events_of(told)
