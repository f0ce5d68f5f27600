"""Withdraws a call-back request: as little effort as leaving one."""

from __future__ import annotations

import logging
from typing import Any

import sqlalchemy as sa
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.callback_request import requests
from actions.dialogue import words

_logger = logging.getLogger(__name__)


class ActionWithdrawCallback(Action):
    """Erases the request of this conversation."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_withdraw_callback"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Erases it and says so, with its reference."""
        try:
            withdrawn = requests().withdraw(tracker.sender_id)
        except (sa.exc.SQLAlchemyError, OSError) as problem:
            _logger.error("A call-back request could not be withdrawn: %s.", type(problem).__name__)
            dispatcher.utter_message(response="utter_callback_failed", fill={"asked": words("failed")})
            return []
        if withdrawn:
            listed = "withdrawn_locked" if withdrawn.locked_until else "withdrawn"
            text = words(listed, reference=withdrawn.reference, date=withdrawn.locked_until)
            dispatcher.utter_message(response="utter_withdraw_callback", kind="confirm", fill={"asked": text})
        else:
            dispatcher.utter_message(response="utter_withdraw_callback", fill={"asked": words("nothing_to_withdraw")})
        return []
