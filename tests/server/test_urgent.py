"""What should be seen today is said first, and once."""

import pytest

URGENT = "which foods are good? my eczema is weeping yellow crusts"


@pytest.fixture
def urgent_text(known):
    return " ".join(known.messages.text("urgent").split())


@pytest.fixture
def answer(client):
    return client.say(URGENT)


def test_the_reply_begins_with_whom_to_ring(answer, known, urgent_text):
    assert answer["triage"]["level"] == "urgent"
    (reply,) = answer["replies"]
    assert " ".join(reply["text"].split()).startswith(urgent_text)
    numbers = [contact.as_dict() for contact in known.clinic.numbers("reception", "emergency")]
    assert all(number in reply["contacts"] for number in numbers)


def test_the_question_is_answered_too(answer):
    (reply,) = answer["replies"]
    assert reply["kind"] == "answer"
    assert reply["citations"]


def test_it_is_not_said_again(client, answer, urgent_text):
    for text in ("is curd good for acne?", URGENT):
        assert urgent_text not in " ".join(client.say(text)["replies"][0]["text"].split())


def test_a_reload_shows_it_too(client, answer, urgent_text):
    last = client.history()[-1]
    assert " ".join(last["text"].split()).startswith(urgent_text)
