"""The action that hands over to a person."""

from types import SimpleNamespace

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import referral

WISHES = ("request_diagnosis", "request_prescription", "ask_medicine_change", "share_photo", "report_worse",
          "request_person", "request_appointment")  # fmt: skip


def referred(monkeypatch, wish, is_open):
    clinic = SimpleNamespace(is_open=lambda _: is_open)
    monkeypatch.setattr(referral, "knowledge", lambda: SimpleNamespace(clinic=clinic))
    tracker = Tracker("visitor", {}, {"intent": {"name": wish}}, [], False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    assert referral.ActionRefer().run(dispatcher, tracker, {}) == []
    (message,) = dispatcher.messages
    return message["response"]


@pytest.mark.parametrize("wish", WISHES)
def test_each_wish_has_its_words_while_reception_is_open(monkeypatch, wish):
    assert referred(monkeypatch, wish, is_open=True) == f"utter_{wish}"


def test_a_person_is_not_promised_while_reception_is_closed(monkeypatch):
    assert referred(monkeypatch, "request_person", is_open=False) == "utter_reception_closed"


@pytest.mark.parametrize("wish", [wish for wish in WISHES if wish != "request_person"])
def test_the_other_wishes_are_answered_at_any_hour(monkeypatch, wish):
    assert referred(monkeypatch, wish, is_open=False) == f"utter_{wish}"


def beside(intent, *conditions):
    """The second message to somebody who asks for a change of medicine and this."""
    entities = [{"entity": "condition", "value": condition} for condition in conditions]
    message = {"intent": {"name": "ask_medicine_change"}, "entities": entities, "beside": intent}
    tracker = Tracker("visitor", {}, message, [], False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    referral.ActionRefer().run(dispatcher, tracker, {})
    first, *others = dispatcher.messages
    assert first["response"] == "utter_ask_medicine_change"
    return others


def test_what_the_article_says_follows_the_referral_without_a_yes_or_no(known):
    (message,) = beside("ask_probiotics_help", "acne")
    assert message["lead"] == "article_says"
    assert message["passages"] == [*known.answers["ask_probiotics_help"].passages, known.lexicon["acne"].passages[0]]


def test_a_condition_that_the_article_lacks_is_not_answered_beside_a_referral():
    assert beside("ask_probiotics_help", "vitiligo") == []


@pytest.mark.parametrize("wish", WISHES)
def test_the_words_give_the_number_of_reception(known, wish):
    answer = known.answers[wish]
    assert (answer.kind, answer.contacts) == ("refer", ("reception",))


@pytest.mark.parametrize("response", ["reception_closed", "request_person", "request_appointment"])
def test_a_call_is_offered_at_any_hour(known, response):
    assert "request_callback" in known.answers[response].next


@pytest.mark.parametrize("wish", ["request_diagnosis", "report_worse"])
def test_a_personal_question_offers_the_triage(known, wish):
    assert "request_triage" in known.answers[wish].next
