"""The triage form's slots: from the tracker to the interview's answers and back."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from gutskin.interview.interview import CHECKS
from gutskin.knowledge import knowledge

PREFIX = "triage_"
CHECK_SLOT = "triage_check"
MISREAD_SLOT = "form_misread"
STARTED_SLOT = "triage_started"


def answers_of(tracker: Tracker) -> dict[str, Any]:
    """The answers so far, by question."""
    names = [*knowledge().interview.questions, CHECKS]
    return {name: tracker.get_slot(PREFIX + name) for name in names if tracker.get_slot(PREFIX + name) is not None}


def events_of(changed: dict[str, Any]) -> list[dict[str, Any]]:
    """The events that keep these answers."""
    return [SlotSet(PREFIX + name, value) for name, value in changed.items()]


def forgotten() -> list[dict[str, Any]]:
    """The events that empty the form."""
    names = [*(PREFIX + name for name in (*knowledge().interview.questions, CHECKS)), CHECK_SLOT, MISREAD_SLOT]
    return [SlotSet(name, None) for name in [*names, STARTED_SLOT]]
