"""The action that hands over to a person."""

from datetime import datetime, timezone

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import referral

OPEN = datetime(2026, 11, 23, 7, 0, tzinfo=timezone.utc)  # a Monday, 12:30 in the example clinic
CLOSED = datetime(2026, 11, 22, 7, 0, tzinfo=timezone.utc)  # a Sunday


def referred(monkeypatch, intent, now):
    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return now

    monkeypatch.setattr(referral, "datetime", Clock)
    tracker = Tracker("visitor", {}, {"text": "", "intent": {"name": intent}}, [], False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    referral.ActionRefer().run(dispatcher, tracker, {})
    (message,) = dispatcher.messages
    return message["response"]


def test_outside_opening_hours_it_says_so_and_offers_a_call(monkeypatch, known):
    response = referred(monkeypatch, "request_person", CLOSED)
    assert response == "utter_reception_closed"
    assert "request_callback" in known.answers["reception_closed"].next


def test_in_opening_hours_a_call_is_offered_too(monkeypatch, known):
    assert referred(monkeypatch, "request_person", OPEN) == "utter_request_person"
    assert "request_callback" in known.answers["request_person"].next


@pytest.mark.parametrize("intent", ["request_diagnosis", "report_worse"])
def test_a_personal_question_offers_the_triage(monkeypatch, known, intent):
    assert referred(monkeypatch, intent, CLOSED) == f"utter_{intent}"
    assert "request_triage" in known.answers[intent].next
