"""Where words may or may not tell of danger, one question is asked, with the number beside it."""

import pytest

from gutskin.emergency import EATING

AMBIGUOUS = (
    "I have a blind spot when it comes to my diet", "overdosed on sunscreen today", "my guru would faint if he saw my skin",
    "I almost fainted when I saw my forehead in the mirror", "out of breath after seeing the skincare bill",
)  # fmt: skip
EATING_TROUBLE = "I make myself sick after eating so that my face clears up"


@pytest.fixture
def ambiguous(known):
    return next(text for text in AMBIGUOUS if known.red_flags.screen(text).is_unclear)


@pytest.fixture
def asked(client, ambiguous):
    """The question, after whatever answers the words themselves."""
    answer = client.say(ambiguous)
    assert answer["triage"]["level"] == "urgent"
    return answer["replies"][-1]


def numbers(contacts):
    return [contact["number"] for contact in contacts]


def of_clinic(known, *names):
    return numbers(contact.as_dict() for contact in known.clinic.numbers(*names))


def test_one_question_is_asked_with_the_number_shown(asked, known):
    assert asked["kind"] == "prompt"
    assert numbers(asked["contacts"]) == of_clinic(known, "emergency")
    assert [choice["title"] for choice in asked["choices"]] == ["Yes", "No"]


@pytest.mark.parametrize("yes", ["yes", "haan", "a little"])
def test_a_yes_is_an_emergency(client, asked, yes):
    answer = client.say(yes)
    assert answer["triage"]["level"] == "emergency"
    assert answer["replies"][0]["kind"] == "emergency"


def test_a_no_settles_it(client, asked, known):
    answer = client.say("no")
    assert answer["triage"]["level"] == "information"
    (reply,) = answer["replies"]
    assert numbers(reply["contacts"]) == of_clinic(known, "emergency")
    assert " ".join(known.messages.text("settled").split()) == " ".join(reply["text"].split())


def test_the_buttons_say_the_same(client, asked):
    no = next(choice["id"] for choice in asked["choices"] if choice["title"] == "No")
    assert client.choose(no)["triage"]["level"] == "information"


def test_dont_know_settles_nothing(client, asked):
    assert client.say("i dont know")["triage"]["level"] == "urgent"


def test_it_is_asked_once(client, asked, ambiguous):
    assert all(reply["text"] != asked["text"] for reply in client.say(ambiguous)["replies"])


def test_an_alarm_taken_back_is_acknowledged(client, known):
    assert client.say("my lips are swelling")["triage"]["level"] == "emergency"
    answer = client.say("sorry, that was last year")
    assert answer["triage"]["level"] == "information"
    assert answer["replies"][0]["text"].split() == known.messages.text("settled").split()


def test_disordered_eating_has_its_own_route(client, known):
    answer = client.say(EATING_TROUBLE)
    assert answer["triage"]["level"] == "urgent"
    assert EATING in answer["triage"]["red_flags"]
    (reply,) = answer["replies"]
    assert reply["kind"] == "refer"
    assert not reply["citations"]


def test_it_stays_with_its_route_while_food_is_asked_for(client):
    client.say(EATING_TROUBLE)
    for question in ("which foods help acne?", "is skipping meals bad for skin?"):
        (reply,) = client.say(question)["replies"]
        assert reply["kind"] == "refer"
        assert not reply["citations"]
