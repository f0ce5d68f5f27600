"""Processes that are killed come back, and a conversation goes on where it was."""

import pytest

from tests.faults.conftest import ACTIONS, ASSISTANT, until

ASKED = "can you check how urgent this is"
QUESTION = "which foods are good for the skin"


@pytest.mark.parametrize("name", [ACTIONS, ASSISTANT, "desk", "tools.retention"])
def test_a_killed_process_returns(assistant, program, wait_for, name):
    killed = program(name)
    killed.kill()
    killed.wait(timeout=10)
    until(lambda: program(name).pid != killed.pid)
    wait_for(status="ok")
    client = assistant.client()
    client.open()
    assert client.say(QUESTION)["replies"][0]["kind"] == "answer"


def test_a_form_goes_on_after_the_engine_was_killed(client, program, wait_for):
    client.say(ASKED)
    client.say("no")
    client.say("me")
    asked = client.last["replies"][-1]["text"]
    killed = program(ASSISTANT)
    killed.kill()
    killed.wait(timeout=10)
    wait_for(status="ok")
    after = client.say("34")
    assert after["status"] == 200
    assert after["replies"][-1]["kind"] == "prompt"
    assert after["replies"][-1]["text"] != asked
    assert [message["text"] for message in client.history() if message["from"] == "visitor"] == [
        ASKED,
        "no",
        "me",
        "34",
    ]
