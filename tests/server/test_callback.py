"""The call-back request over HTTP: the card first, one request a conversation, and nothing left when it is withdrawn."""

import pytest
import requests

from gutskin.settings import Settings
from gutskin.store.callbacks import LETTERS, CallbackRequests
from gutskin.versions import text_version
from tests.server.checks import check_reply

ASKED = "please have somebody from reception ring me"
AGREE, REFUSE = "Yes, keep it for the call", "No, continue without"


@pytest.fixture
def store(assistant):
    return CallbackRequests(Settings(state_dir=assistant.state))


def only(answer):
    assert answer["status"] == 200
    (reply,) = answer["replies"]
    check_reply(reply)
    return reply


def left(client, contact="+91 98000 00001"):
    """Leaves a request; its reference."""
    client.say(ASKED)
    client.pick(AGREE)
    client.say("my name is Asha")
    client.say(contact)
    reply = only(client.pick("Evening"))
    assert reply["kind"] == "confirm"
    return reference(reply)


def reference(reply):
    return next(
        w.strip(",.;")
        for w in reply["text"].split()
        if len(w.strip(",.;")) == 6 and set(w.strip(",.;")) <= set(LETTERS)
    )


def test_the_card_comes_first_and_says_everything(client, known):
    reply = only(client.say(ASKED))
    assert reply["kind"] == "prompt"
    assert [choice["title"] for choice in reply["choices"]] == [AGREE, REFUSE]
    for part in ("What:", "Why:", "Who sees it:", "How long:", "How to withdraw:", known.clinic.name):
        assert part in reply["text"]


@pytest.mark.parametrize("text", ["+91 98000 00001", "Asha", "my number is 98000 00001"])
def test_nothing_about_a_person_is_taken_before_the_card_is_agreed_to(client, store, text):
    client.say(ASKED)
    reply = only(client.say(text))
    assert "How to withdraw" in reply["text"]


def test_the_request_says_which_conditions_were_spoken_of(client, store):
    client.say("can probiotics fix my acne")
    client.say("and for psoriasis?")
    given = left(client)
    (kept,) = (request for request in store.all() if request.reference == given)
    assert kept.summary["spoken_of"] == ["psoriasis", "acne"]


@pytest.mark.parametrize("no", [REFUSE, "no", "nahi", "skip"])
def test_a_no_keeps_nothing_and_blocks_nothing(client, store, no):
    before = len(store.all())
    client.say(ASKED)
    reply = only(client.pick(no) if no == REFUSE else client.say(no))
    assert reply["kind"] == "refer"
    assert reply["contacts"]
    assert only(client.say("which foods are good for the skin"))["kind"] == "answer"
    assert len(store.all()) == before


def test_a_request_is_stored_with_all_that_belongs_to_it(client, store, known):
    client.say("I have hives with fever since morning")
    code = left(client)
    (kept,) = [request for request in store.all() if request.reference == code]
    assert (kept.name, kept.contact, kept.preferred_time) == ("Asha", "+919800000001", "Evening")
    assert kept.summary["level"] == "urgent"
    assert kept.summary["because"]
    assert kept.article_version == known.article.sha256
    assert len(kept.rules_version) == 64
    shown = known.interview.consent["ask"].strip().format_map({**known.clinic.facts(), "days": 30})
    assert kept.consent_version == text_version(shown)
    assert len(kept.conversation) >= 8


def test_asking_twice_gives_the_same_request_back(client, store):
    code = left(client)
    before = len(store.all())
    reply = only(client.say(ASKED))
    assert reply["kind"] == "confirm"
    assert reference(reply) == code
    assert len(store.all()) == before


@pytest.mark.parametrize("wrong", ["98", "asha at example", "tomorrow"])
def test_a_contact_that_cannot_be_used_is_asked_for_again(client, wrong):
    client.say(ASKED)
    client.pick(AGREE)
    client.say("Asha")
    reply = only(client.say(wrong))
    assert reply["kind"] == "prompt"
    assert "phone number" in reply["text"]
    client.say("asha@example.org")
    assert only(client.say("any time"))["kind"] == "confirm"


@pytest.mark.parametrize("text", ["withdraw my call-back request", "*Withdraw my call-back request"])
def test_withdrawing_is_as_easy_as_leaving(client, store, text):
    code = left(client)
    reply = only(client.pick(text[1:]) if text.startswith("*") else client.say(text))
    assert reply["kind"] == "confirm"
    assert code in reply["text"]
    assert code not in [request.reference for request in store.all()]


def test_erasing_the_conversation_erases_the_request(client, store):
    code = left(client)
    headers = {"Authorization": f"Bearer {client.token}"}
    requests.delete(f"{client.base}/sessions", headers=headers, timeout=30).raise_for_status()
    assert code not in [request.reference for request in store.all()]


def until_contact(client, contact):
    client.say(ASKED)
    client.pick(AGREE)
    client.say("Asha")
    return only(client.say(contact))


@pytest.mark.parametrize(
    ("contact", "said"), [("98450123", "not complete"), ("98450 12345 or 98450 54321", "Those are several")]
)
def test_it_says_why_a_contact_cannot_be_used(client, contact, said):
    assert said in until_contact(client, contact)["text"]


def test_a_number_at_the_question_for_a_time_corrects_the_contact(client, store):
    until_contact(client, "98450 12345")
    assert "Corrected" in only(client.say("sorry, it is 98450 54321"))["text"]
    code = reference(only(client.pick("Evening")))
    (kept,) = (request for request in store.all() if request.reference == code)
    assert (kept.contact, kept.preferred_time) == ("9845054321", "Evening")


@pytest.mark.parametrize("turns", [[], [AGREE], [AGREE, "Asha"]], ids=len)
def test_danger_ends_the_form(client, turns):
    client.say(ASKED)
    for turn in turns:
        client.pick(turn) if turn == AGREE else client.say(turn)
    assert only(client.say("I cannot breathe"))["kind"] == "emergency"
    assert only(client.say("which foods are good for the skin"))["kind"] == "answer"


def test_a_question_in_the_middle_is_answered(client):
    client.say(ASKED)
    assert [reply["kind"] for reply in client.say("which foods are good for the skin?")["replies"]] == [
        "answer",
        "prompt",
    ]


@pytest.mark.parametrize("turns", [[], [AGREE], [AGREE, "Asha", "+91 98000 00001"]], ids=len)
def test_asking_again_in_the_middle_goes_on_where_it_stood(client, turns):
    client.say(ASKED)
    for turn in turns:
        client.pick(turn) if turn == AGREE else client.say(turn)
    (before,) = client.last["replies"]
    reply = only(client.say(ASKED))
    assert (reply["kind"], reply["text"]) == ("prompt", before["text"])


def test_it_can_be_stopped(client, store):
    before = len(store.all())
    client.say(ASKED)
    client.pick(AGREE)
    only(client.say("stop"))
    assert len(store.all()) == before
    assert only(client.say("which foods are good for the skin"))["kind"] == "answer"


def test_asking_for_a_person_offers_the_call(client):
    reply = only(client.say("let me talk to a real person"))
    assert reply["kind"] == "refer"
    client.pick("Ask reception to ring me")
    assert "How to withdraw" in only(client.last)["text"]
