"""The calls of the public contract."""

import html
import re
from datetime import datetime

import pytest
import requests

from tests.server.checks import check_refusal, check_reply, check_success

SAID = "Which foods are good for the skin?"


def bearer(client):
    return {"Authorization": f"Bearer {client.token}"}


def history(client):
    return requests.get(f"{client.base}/history", headers=bearer(client), timeout=30)


def choices(client):
    return [choice for reply in client.last["replies"] for choice in reply["choices"]]


def test_a_session_opens_with_a_token_and_a_greeting(assistant):
    answer = requests.post(f"{assistant.base}/sessions", json={}, timeout=30)
    document = answer.json()
    assert answer.status_code == 201
    assert document["session"]
    assert document["expires_in"] == 1800
    (greeting,) = document["replies"]
    check_reply(greeting)
    assert greeting["kind"] == "smalltalk"
    assert greeting["choices"]


def test_two_sessions_have_two_tokens(assistant):
    first, second = (assistant.client().open()["session"] for _ in range(2))
    assert first != second


@pytest.mark.parametrize(
    "text",
    [
        SAID,
        "hello",
        "I want an appointment",
        "is it good for vitiligo",
        "who won the match",
        "asdf qwer",
        "tell me more",
    ],
)
def test_every_message_gets_a_reply_of_the_contracts_shape(post, text):
    check_success(post({"text": text}))


def test_the_token_of_an_answer_goes_on_with_the_conversation(client):
    before = client.token
    client.say(SAID)
    client.say("thanks")
    assert len(history(client).json()["messages"]) == 5
    client.token = before
    assert history(client).status_code == 200


def test_the_history_is_the_conversation_as_it_was_seen(client):
    greeting = client.last["replies"]
    asked = client.say(SAID)["replies"]
    picked = choices(client)[0]
    chosen = client.choose(picked["id"])["replies"]
    messages = history(client).json()["messages"]
    assert [m["from"] for m in messages] == ["assistant", "visitor", "assistant", "visitor", "assistant"]
    assert [m["text"] for m in messages if m["from"] == "visitor"] == [SAID, picked["title"]]
    for message, reply in zip((messages[0], messages[2], messages[4]), [*greeting, *asked, *chosen], strict=True):
        assert {key: message[key] for key in reply} == reply
    times = [datetime.fromisoformat(message["at"]) for message in messages]
    assert times == sorted(times)
    assert all(time.tzinfo for time in times)


def test_an_emergency_stands_in_the_history(client):
    client.say("I cannot breathe")
    messages = history(client).json()["messages"]
    assert [m.get("kind", m["text"]) for m in messages[1:]] == ["I cannot breathe", "emergency"]


def test_no_conversation_sees_another(assistant, client):
    client.say("my secret question about acne")
    other = assistant.client()
    other.open()
    assert "secret" not in history(other).text


def test_an_erased_conversation_is_gone(client, post):
    client.say(SAID)
    erased = requests.delete(f"{client.base}/sessions", headers=bearer(client), timeout=30)
    assert erased.status_code == 200
    assert erased.json()["reference"]
    check_refusal(history(client), 401)
    check_refusal(post({"text": SAID}), 401)
    check_refusal(requests.delete(f"{client.base}/sessions", headers=bearer(client), timeout=30), 401)


def test_health_tells_what_is_up(assistant):
    answer = requests.get(f"{assistant.base}/health", timeout=30)
    health = answer.json()
    assert answer.status_code == 200
    assert (health["status"], health["actions"], health["store"]) == ("ok", "up", "up")
    assert health["model"]


def test_the_page_shows_every_passage_under_its_anchor(assistant, article):
    page = requests.get(assistant.base, timeout=30)
    assert page.headers["Content-Type"].startswith("text/html")
    text = html.unescape(page.text)
    for passage in article.passages:
        assert re.search(rf'id="{passage.id}"[^>]*>\s*{re.escape(passage.words)}', text), passage.id


def test_the_page_carries_the_element_and_its_script(assistant):
    page = requests.get(assistant.base, timeout=30).text
    assert "/chat/widget.js" in page
    assert "<script>" not in page
    assert "style=" not in page


def test_the_element_is_served_as_a_script(assistant):
    script = requests.get(f"{assistant.base}/widget.js", timeout=30)
    assert script.status_code == 200
    assert script.headers["Content-Type"].startswith(("text/javascript", "application/javascript"))
    assert "customElements.define" in script.text


@pytest.mark.parametrize(("method", "path"), [("GET", ""), ("GET", "/health"), ("GET", "/widget.js"), ("POST", "/sessions"),
                                              ("POST", "/messages"), ("GET", "/history")])  # fmt: skip
def test_every_answer_protects_the_page(assistant, method, path):
    headers = requests.request(
        method, f"{assistant.base}{path}", data=b"{}" if method == "POST" else None, timeout=30
    ).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("path", ["/sessions", "/messages", "/history", "/health"])
def test_no_conversation_is_cached(assistant, path):
    method = "POST" if path in ("/sessions", "/messages") else "GET"
    headers = requests.request(
        method, f"{assistant.base}{path}", data=b"{}" if method == "POST" else None, timeout=30
    ).headers
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["/webhooks/rest/webhook", "/model/parse", "/conversations/x/tracker", "/conversations/x/trigger_intent"]
)
def test_rasa_opens_no_other_door(assistant, path):
    address = assistant.base.removesuffix("/chat") + path
    assert requests.post(address, json={"sender": "x", "message": "hi", "text": "hi"}, timeout=30).status_code == 404
    assert requests.get(address, timeout=30).status_code in (404, 405)


def test_a_choice_means_nothing_to_its_visitor(client):
    client.say(SAID)
    for choice in choices(client):
        assert re.fullmatch(r"[0-9a-f]{16,}", choice["id"])
    assert "ask_" not in str(client.last["replies"])
    assert "utter_" not in str(client.last["replies"])


def test_a_choice_is_answered(client, post):
    client.say(SAID)
    check_success(post({"choice": choices(client)[0]["id"]}))


def test_a_choice_of_the_greeting_is_answered(client, post):
    check_success(post({"choice": choices(client)[-1]["id"]}))


def test_a_choice_is_good_once(client, post):
    client.say(SAID)
    picked = choices(client)[0]["id"]
    check_success(post({"choice": picked}))
    assert check_refusal(post({"choice": picked}), 400)["code"] == "unknown_choice"


def test_a_choice_that_was_passed_over_is_offered_no_longer(client, post):
    client.say(SAID)
    passed_over = choices(client)[0]["id"]
    client.say("hello")
    check_refusal(post({"choice": passed_over}), 400)


def test_a_choice_of_another_conversation_is_unknown(assistant, client, post):
    client.say(SAID)
    other = assistant.client()
    other.open()
    other.say(SAID)
    mine, theirs = ({c["id"] for c in choices(one)} for one in (client, other))
    assert not mine & theirs
    check_refusal(post({"choice": theirs.pop()}), 400)


def test_a_refused_choice_leaves_the_offered_ones_good(client, post):
    client.say(SAID)
    check_refusal(post({"choice": "0" * 16}), 400)
    check_success(post({"choice": choices(client)[0]["id"]}))
