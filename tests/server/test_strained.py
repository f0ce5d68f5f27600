"""With the action server hanging and the pace limited, help and the article still answer and the rest says so."""

from datetime import datetime, timedelta, timezone

import requests

from tests.server.checks import check_emergency, check_refusal, check_success
from tests.server.conftest import SESSION_MESSAGES


def opened(strained):
    client = strained.client()
    client.open()
    return client


def send(client, text):
    return requests.post(f"{client.base}/messages", json={"session": client.token, "text": text}, timeout=30)


def exhausted(strained):
    client = opened(strained)
    for _ in range(SESSION_MESSAGES):
        check_success(send(client, "hello"))
    return client


def test_health_is_degraded(strained):
    health = requests.get(f"{strained.base}/health", timeout=30).json()
    assert (health["status"], health["actions"], health["store"]) == ("degraded", "down", "up")


def test_the_article_still_answers(strained):
    (reply,) = check_success(send(opened(strained), "which foods are good for the skin"))
    assert reply["kind"] == "answer"


def test_an_emergency_is_still_answered(strained):
    check_emergency(send(opened(strained), "I cannot breathe"))


def test_what_needs_the_action_server_says_so_with_the_numbers_to_call(strained, known):
    (reply,) = check_success(send(opened(strained), "please ring me back"))
    assert reply["kind"] == "error"
    numbers = [contact.number for contact in known.clinic.numbers("reception", "emergency")]
    assert [contact["number"] for contact in reply["contacts"]] == numbers


def test_a_wish_for_a_person_is_met_without_the_action_server(strained, known):
    (reply,) = check_success(send(opened(strained), "I want to book an appointment"))
    assert reply["kind"] == "refer"
    assert reply["contacts"]


def test_a_condition_is_answered_without_the_action_server(strained):
    (reply,) = check_success(send(opened(strained), "tell me about rosacea"))
    assert reply["kind"] == "answer"
    assert "rosacea" in reply["citations"][0]["quote"].lower()


def test_the_conversation_goes_on_after_the_action_server_hung(strained):
    client = opened(strained)
    send(client, "I want to book an appointment")
    (reply,) = check_success(send(client, "which foods are good for the skin"))
    assert reply["kind"] == "answer"


def test_too_many_messages_are_refused_with_the_seconds_to_wait(strained):
    answer = send(exhausted(strained), "hello")
    assert check_refusal(answer, 429)["code"] == "too_fast"
    assert 1 <= int(answer.headers["Retry-After"]) <= 3600


def test_an_emergency_is_never_too_fast(strained):
    check_emergency(send(exhausted(strained), "I cannot breathe"))


def test_another_session_has_its_own_pace(strained):
    exhausted(strained)
    check_success(send(opened(strained), "hello"))


def test_unknown_tokens_do_not_count_for_a_session(strained):
    client = opened(strained)
    for _ in range(SESSION_MESSAGES + 1):
        requests.post(f"{client.base}/messages", json={"session": "forged", "text": "hello"}, timeout=30)
    check_success(send(client, "hello"))


def test_what_a_law_wants_kept_is_locked_and_the_day_is_told(strained):
    client = opened(strained)
    bearer = {"Authorization": f"Bearer {client.token}"}
    until = str((datetime.now(timezone.utc) + timedelta(days=365)).date())
    answer = requests.delete(f"{strained.base}/sessions", headers=bearer, timeout=30).json()
    assert answer["locked_until"] == until
    assert until in answer["message"]
    assert requests.get(f"{strained.base}/history", headers=bearer, timeout=30).status_code == 401
