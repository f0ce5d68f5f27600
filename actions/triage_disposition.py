"""How the triage form ends: the level, by when, where, when to come back sooner, and the offer of a call."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.triage_answers import answers_of
from gutskin.knowledge import knowledge
from gutskin.triage import triage_of


class ActionTriageDisposition(Action):
    """Says what the answers come to and keeps it."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_triage_disposition"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Utters the disposition, or the emergency reply."""
        known, answers = knowledge(), answers_of(tracker)
        triage = known.interview.outcome(answers, triage_of(tracker))
        if triage.level == "emergency":
            dispatcher.utter_message(response="utter_emergency", route=known.interview.route(answers))
        else:
            text = known.interview.disposition(triage, known.clinic.facts())
            dispatcher.utter_message(response="utter_triage_disposition", fill={"asked": text})
        return [SlotSet("triage", triage.keep())]
