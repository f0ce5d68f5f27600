"""Stores a call-back request and gives its reference; asked twice in a conversation, it gives the same again."""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.dialogue import spoken_of, words
from actions.triage_answers import answers_of
from gutskin.knowledge import knowledge
from gutskin.settings import settings
from gutskin.store.callbacks import CallbackRequest, CallbackRequests
from gutskin.triage import triage_of
from gutskin.versions import rules_version, text_version

_logger = logging.getLogger(__name__)
SLOTS = ("callback_consent", "callback_name", "callback_contact", "callback_time")


@lru_cache(maxsize=1)
def requests() -> CallbackRequests:
    """The store of this process, opened at first use."""
    return CallbackRequests(settings())


def consent_card() -> str:
    """The card as it is shown, with the longest time that a request may be kept."""
    known = knowledge()
    days = max(settings().done_days, settings().min_days)
    return str(known.interview.consent["ask"]).strip().format_map({**known.clinic.facts(), "days": days})


class ActionStoreCallback(Action):
    """Ends the call-back form."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_store_callback"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Stores the request, if it was agreed to, and confirms it; empties the form in any case."""
        try:
            self._answer(dispatcher, tracker)
        except (sa.exc.SQLAlchemyError, OSError, RuntimeError) as problem:
            _logger.error("A call-back request could not be stored: %s.", type(problem).__name__)
            dispatcher.utter_message(response="utter_callback_failed", fill={"asked": words("failed")})
        return [SlotSet(slot, None) for slot in SLOTS]

    def _answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
        known_before = requests().of(tracker.sender_id)
        if known_before:
            text = words("already", reference=known_before.reference)
            dispatcher.utter_message(response="utter_callback_stored", fill={"asked": text})
            return
        consent, name, contact, time = (tracker.get_slot(slot) for slot in SLOTS)
        if consent is not True or not name or not contact:
            dispatcher.utter_message(response="utter_callback_declined", fill={"asked": words("declined")})
            return
        stored = requests().add(
            CallbackRequest(
                conversation=tracker.sender_id, name=name, contact=contact, preferred_time=time or "",
                summary={
                    **triage_of(tracker).as_dict(), "answers": answers_of(tracker), "spoken_of": spoken_of(tracker),
                },
                article_version=knowledge().article.sha256, rules_version=rules_version(settings().data_dir),
                consent_version=text_version(consent_card()),
            )
        )  # fmt: skip
        dispatcher.utter_message(
            response="utter_callback_stored", fill={"asked": words("stored", reference=stored.reference)}
        )
