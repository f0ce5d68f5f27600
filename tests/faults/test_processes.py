"""Processes that are killed come back, and a conversation goes on where it was."""

import pytest

ASKED = "can you check how urgent this is"


@pytest.mark.parametrize("name", ["tools.action_server", "rasa"])
def test_a_killed_process_returns(assistant, program, wait_for, name):
    killed = program(name)
    killed.kill()
    killed.wait(timeout=10)
    wait_for(status="ok")
    assert program(name).pid != killed.pid
    client = assistant.client()
    client.open()
    assert client.say("which foods are good for the skin")["replies"][0]["kind"] == "answer"


def test_a_form_goes_on_after_the_engine_was_killed(client, program, wait_for):
    client.say(ASKED)
    client.say("no")
    client.say("me")
    asked = client.last["replies"][-1]["text"]
    killed = program("rasa")
    killed.kill()
    killed.wait(timeout=10)
    wait_for(status="ok")
    after = client.say("34")
    assert after["status"] == 200
    assert after["replies"][-1]["kind"] == "prompt"
    assert after["replies"][-1]["text"] != asked


def test_a_hanging_action_server_costs_an_apology_and_nothing_else(client, program, wait_for):
    actions = program("tools.action_server")
    actions.suspend()
    try:
        assert client.say("I want to book an appointment")["replies"][0]["kind"] == "error"
        assert client.say("I cannot breathe")["replies"][0]["kind"] == "emergency"
        assert client.say("which foods are good for the skin")["replies"][0]["kind"] == "answer"
    finally:
        actions.resume()
    wait_for(status="ok")
