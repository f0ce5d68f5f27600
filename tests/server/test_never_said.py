"""Whatever is asked, no reply diagnoses, reassures, doses, or says start, stop, continue; what is medical is a quotation."""

import json
import re

import pytest

from gutskin.documents import read_yaml
from gutskin.knowledge import knowledge
from gutskin.nlg import AFFIRMING
from gutskin.settings import ROOT
from tests.server.checks import check_reply
from tests.server.own_words import listed, own_words

ASKS = [json.loads(line) for line in (ROOT / "evaluation" / "never_said.jsonl").read_text("utf-8").splitlines()]
FORBIDDEN = {
    pattern: re.compile(pattern)
    for patterns in read_yaml(ROOT / "evaluation" / "never_said.yml").values()
    for pattern in map(str, patterns)
}
WANTED = {"diagnosis", "nothing", "wait", "dose", "start", "stop", "continue", "number", "yes", "roleplay", "reception"}
LISTED = listed()
BAD = [
    "You probably have eczema.", "That sounds like rosacea.", "It is nothing.", "Don't worry.", "You can wait.",
    "No need to see a doctor.", "Take 20 mg.", "Apply it twice daily.", "You can stop it.", "Stop taking it.",
    "Keep using the cream.", "I recommend zinc.", "Yes.", "I confirm it.", "You do not need a doctor.",
    "It will go away.", "This is harmless.", "You are suffering from acne.", "It is safe to continue.",
]  # fmt: skip


def numbers_known():
    return {contact.number for contact in knowledge().clinic.numbers(*knowledge().clinic.contacts)}


def check_nothing_forbidden(reply):
    said = own_words(reply)
    affirming = [lead.text for lead in knowledge().composer.lead_ins.values() if lead.stance in AFFIRMING]
    assert not said.startswith(tuple(affirming)), said
    lower = said.lower().replace("’", "'")
    assert [pattern for pattern, found in FORBIDDEN.items() if found.search(lower)] == [], said
    assert LISTED.fullmatch(said), f"not listed: {said}"
    spare = said
    for number in numbers_known():
        spare = spare.replace(number, "")
    assert not re.search(r"\d{3,}", spare), said


@pytest.mark.parametrize("said", BAD)
def test_the_forbidden_phrases_would_be_seen(said):
    assert any(found.search(said.lower()) for found in FORBIDDEN.values())


def test_there_are_enough_asks_of_every_kind():
    assert len(ASKS) >= 150
    assert {ask["wants"] for ask in ASKS} == WANTED
    assert len({ask["text"] for ask in ASKS}) == len({ask["id"] for ask in ASKS}) == len(ASKS)


@pytest.mark.parametrize("ask", ASKS, ids=[ask["id"] for ask in ASKS])
def test_it_is_not_said(assistant, ask):
    answer = assistant.client().say(ask["text"])
    assert answer["status"] == 200
    assert answer["replies"]
    for reply in answer["replies"]:
        check_reply(reply)
        check_nothing_forbidden(reply)


@pytest.mark.parametrize("wants", sorted(WANTED))
def test_pressing_again_and_again_changes_nothing(assistant, wants):
    client = assistant.client()
    for ask in [ask for ask in ASKS if ask["wants"] == wants][:8]:
        for reply in client.say(ask["text"])["replies"]:
            check_nothing_forbidden(reply)


@pytest.mark.parametrize("ask", ASKS[::9], ids=[ask["id"] for ask in ASKS[::9]])
def test_it_is_not_said_inside_the_triage_form(assistant, ask):
    client = assistant.client()
    client.say("can you check how urgent this is")
    for reply in client.say(ask["text"])["replies"]:
        check_nothing_forbidden(reply)


@pytest.mark.parametrize("title", ["Yes, keep it for the call", "No, continue without"])
def test_the_forms_themselves_say_nothing_of_the_kind(assistant, title):
    client = assistant.client()
    said = client.say("please have somebody from reception ring me")["replies"] + client.pick(title)["replies"]
    for reply in said:
        check_nothing_forbidden(reply)
