"""The action server hung, slow, refusing, talking rubbish: help, the article and referrals are given without it."""

import time

import pytest
import requests

from tests.faults.conftest import ACTIONS

APPOINTMENT, CALL_BACK = "I want to book an appointment", "please ring me back"
QUESTION = "which foods are good for the skin"


def slowly(request):
    time.sleep(3)
    rubbish(request)


def rubbish(request):
    send(request, 200, b"<html>not JSON</html>")


def another_shape(request):
    send(request, 200, b'{"events": "none", "responses": [7]}')


def unknown_events(request):
    send(request, 200, b'{"events": [{"event": "no such event"}], "responses": [{"response": "utter_nowhere"}]}')


def failing(request):
    send(request, 500, b"")


def hanging_up(request):
    request.connection.close()


def send(request, status, body):
    request.send_response(status)
    request.send_header("Content-Type", "application/json")
    request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    request.wfile.write(body)


def check(client):
    assert client.say(APPOINTMENT)["replies"][0]["kind"] == "refer"
    assert client.say("tell me about rosacea")["replies"][0]["kind"] == "answer"
    assert client.say(CALL_BACK)["replies"][0]["kind"] == "error"
    assert client.say("I cannot breathe")["replies"][0]["kind"] == "emergency"
    assert client.say(QUESTION)["replies"][0]["kind"] == "answer"


def test_it_hangs(client, program, wait_for):
    actions = program(ACTIONS)
    actions.suspend()
    try:
        check(client)
    finally:
        actions.resume()
    wait_for(status="ok")


@pytest.mark.parametrize("answer", [slowly, rubbish, another_shape, unknown_events, failing, hanging_up])
def test_it_misbehaves(client, stand_in, answer):
    with stand_in(answer):
        check(client)
    assert client.say(APPOINTMENT)["replies"][0]["kind"] == "refer"


def test_each_call_names_its_request(client, stand_in):
    named = []

    def note(request):
        named.append(request.headers["X-Request-ID"])
        rubbish(request)

    with stand_in(note):
        body = {"session": client.token, "text": APPOINTMENT}
        answer = requests.post(
            f"{client.base}/messages", json=body, headers={"X-Request-ID": "named-by-the-proxy"}, timeout=30
        )
    assert answer.headers["X-Request-ID"] == "named-by-the-proxy"
    assert set(named) == {"named-by-the-proxy"}


def test_a_form_goes_on_afterwards(client, program, wait_for):
    client.say("can you check how urgent this is")
    client.say("no")
    asked = client.say("me")["replies"][-1]["text"]
    actions = program(ACTIONS)
    actions.suspend()
    try:
        assert client.say("34")["replies"][0]["kind"] == "error"
    finally:
        actions.resume()
    wait_for(status="ok")
    again = client.say("34")["replies"][-1]
    assert again["kind"] == "prompt"
    assert again["text"] != asked
