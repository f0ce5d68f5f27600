"""The triage form over HTTP: from the first question to the disposition, and everything that may come between."""

import pytest
import requests

from tests.server.checks import check_reply
from tests.server.conftest import hanging_action_server

ASKED = "can you check how urgent this is"
WELL = {
    "now": "no", "who": "me", "age": "34", "pregnancy": "not pregnant", "complaint": "dry patches on my elbows",
    "condition": "eczema", "medicines": "none", "onset": "3 weeks", "course": "the same", "burden": "hardly",
    "treatments": "nothing",
}  # fmt: skip


@pytest.fixture(scope="module")
def steps(known):
    """Each question of the form by its words: checks first."""
    interview = known.interview
    return {step.ask: step.id for step in (*interview.checks.values(), *interview.questions.values())}


@pytest.fixture
def form(client):
    client.say(ASKED)
    return client


def last(client):
    assert client.last["status"] == 200
    for reply in client.last["replies"]:
        check_reply(reply)
    return client.last["replies"][-1]


def open_question(client, steps):
    """The id of the question that the last reply asks, or none."""
    text = last(client)["text"]
    return next((name for ask, name in steps.items() if text.endswith(ask)), None)


def answer_until(client, steps, wanted=None, **answers):
    """Answers like a person who is well, but for `answers`, until `wanted` is asked or the form ends."""
    asked = []
    for _ in range(40):
        name = open_question(client, steps)
        if name is None or name == wanted:
            return asked
        asked.append(name)
        client.say({**WELL, **answers}.get(name, "no"))
    raise AssertionError(asked)


def test_it_opens_with_danger_and_with_the_number_to_call(form, steps, known):
    reply = last(form)
    assert reply["kind"] == "prompt"
    assert open_question(form, steps) == "now"
    assert known.clinic.numbers("emergency")[0].number in reply["text"]
    assert [choice["title"] for choice in reply["choices"]] == ["Yes", "No", "Skip"]


def test_a_person_who_is_well_ends_in_routine_with_an_offer_of_a_call(form, steps, known):
    asked = answer_until(form, steps)
    reply = last(form)
    assert len(asked) == len(set(asked))
    assert reply["kind"] == "refer"
    assert "Level: routine" in reply["text"]
    assert "Come back sooner" in reply["text"]
    assert "not yet reviewed by a clinician" in reply["text"]
    assert "Ask reception to ring me" in [choice["title"] for choice in reply["choices"]]
    assert form.last["triage"]["level"] == "routine"


def test_it_can_be_answered_with_buttons_alone(form, steps):
    for _ in range(40):
        choices = last(form)["choices"]
        titles = [choice["title"] for choice in choices]
        if "Skip" not in titles:
            break
        form.choose(next((c for c in choices if c["title"] in ("No", "None", "Me", "Eczema")), choices[0])["id"])
    assert last(form)["kind"] == "refer"
    assert form.last["triage"]["level"] in ("routine", "urgent")


@pytest.mark.parametrize("yes", ["yes", "haan", "Yes!!", "*Yes", "yes, my lips"])
def test_the_first_yes_to_danger_is_the_emergency_reply(form, known, yes):
    answer = form.pick("Yes") if yes.startswith("*") else form.say(yes)
    (reply,) = answer["replies"]
    assert reply["kind"] == "emergency"
    first = "\n".join(reply["text"].split("\n")[:2])
    assert all(contact.number in first for contact in known.clinic.numbers("emergency"))
    assert reply["choices"] == []
    assert answer["triage"]["level"] == "emergency"
    assert answer["triage"]["red_flags"] == ["RF01", "RF02"]
    assert all(r["kind"] != "prompt" for r in form.say("which foods are good for the skin")["replies"])


def test_a_yes_is_an_emergency_with_the_action_server_hanging(assistant, form):
    with hanging_action_server(assistant):
        answer = form.pick("Yes")
    assert [reply["kind"] for reply in answer["replies"]] == ["emergency"]


def test_a_sign_in_the_middle_is_an_emergency_with_the_action_server_hanging(assistant, form, steps):
    answer_until(form, steps, wanted="complaint")
    with hanging_action_server(assistant):
        answer = form.say("my tongue is swelling and I cannot breathe")
    assert [reply["kind"] for reply in answer["replies"]] == ["emergency"]
    assert all(reply["kind"] != "prompt" for reply in form.say("thanks")["replies"])


def test_thoughts_of_self_harm_show_the_crisis_line(form, steps, known):
    answer_until(form, steps, wanted="mood", burden="I can hardly cope")
    (reply,) = form.say("yes")["replies"]
    assert reply["kind"] == "emergency"
    numbers = [contact.number for contact in known.clinic.numbers("crisis", "emergency")]
    assert [contact["number"] for contact in reply["contacts"]] == numbers


def test_an_urgent_yes_ends_the_questions_with_today(form, steps, known):
    answer_until(form, steps, wanted="hot_patch")
    reply = form.say("yes")["replies"][-1]
    assert "Level: urgent" in reply["text"]
    assert "today" in reply["text"]
    assert known.clinic.out_of_hours in reply["text"]
    assert form.last["triage"]["level"] == "urgent"
    assert form.last["triage"]["red_flags"] == ["RF02"]


def test_skipping_everything_never_lowers_the_level(form, steps):
    for _ in range(40):
        if open_question(form, steps) is None:
            break
        form.say("skip")
    assert form.last["triage"]["level"] == "urgent"


def test_what_the_screen_found_before_stands(client, steps):
    client.say("I have hives with fever since morning")
    before = client.last["triage"]["level"]
    client.say(ASKED)
    answer_until(client, steps)
    assert before == "urgent"
    assert client.last["triage"]["level"] == "urgent"
    assert "Level: urgent" in last(client)["text"]


def test_a_digression_is_answered_and_the_question_comes_back(form, steps):
    answer_until(form, steps, wanted="course")
    replies = form.say("is curd ok?")["replies"]
    assert [reply["kind"] for reply in replies] == ["answer", "prompt"]
    assert "curd" in replies[0]["text"]
    assert open_question(form, steps) == "course"
    form.say("worse")
    assert open_question(form, steps) == "burden"


def test_a_choice_of_the_digression_is_one_too(form, steps):
    form.say("which foods are good for the skin?")
    form.choose(form.last["replies"][0]["choices"][0]["id"])
    assert [reply["kind"] for reply in form.last["replies"]] == ["answer", "prompt"]
    assert open_question(form, steps) == "now"


def test_a_correction_changes_the_earlier_answer(form, steps):
    answer_until(form, steps, wanted="burden")
    reply = form.say("no wait, 2 months")["replies"][-1]
    assert reply["text"].startswith("Corrected")
    assert open_question(form, steps) == "burden"


def test_what_is_not_understood_is_asked_again_and_then_left(form, steps):
    answer_until(form, steps, wanted="course")
    for _ in range(2):
        form.say("zebra umbrella")
        assert open_question(form, steps) == "course"
    form.say("zebra umbrella")
    assert open_question(form, steps) != "course"


@pytest.mark.parametrize("text", ["stop", "stop asking me questions", "cancel", "bas karo"])
def test_it_can_be_stopped(form, text):
    (reply,) = form.say(text)["replies"]
    assert reply["kind"] == "refer"
    assert all(r["kind"] != "prompt" for r in form.say("which foods are good for the skin")["replies"])


def test_a_person_can_be_asked_for_in_the_middle(form, steps):
    answer_until(form, steps, wanted="complaint")
    (reply,) = form.say("let me talk to a real person")["replies"]
    assert reply["kind"] == "refer"
    assert "Ask reception to ring me" in [choice["title"] for choice in reply["choices"]]


def test_a_receptionist_can_ask_for_a_caller(form, steps):
    answer_until(form, steps, wanted="age", who="pt on phone")
    assert open_question(form, steps) == "age"


def test_what_the_opening_message_told_is_not_asked_again(client, steps):
    client.say("how urgent is it, my 2 year old daughter has a rash for 3 days")
    asked = answer_until(client, steps)
    assert not {"who", "age", "onset", "pregnancy"} & set(asked)


def test_a_second_round_begins_anew(form, steps):
    answer_until(form, steps)
    form.say(ASKED)
    assert open_question(form, steps) == "now"
    assert "who" in answer_until(form, steps)


def test_the_history_shows_what_was_picked(form):
    form.pick("No")
    headers = {"Authorization": f"Bearer {form.token}"}
    messages = requests.get(f"{form.base}/history", headers=headers, timeout=30).json()["messages"]
    assert [m["text"] for m in messages if m["from"] == "visitor"] == [ASKED, "No"]
