"""Whatever is sent, the answer is a reply or an error of the contract."""

import time

import pytest
import requests
from itsdangerous import TimestampSigner, URLSafeTimedSerializer

from gutskin.channel.tokens import SALT
from tests.server.checks import check_refusal, check_success

DEEP = 5_000
ODD_TEXTS = [
    "", " ", "\n\t ", "\u200b", "\u202e\u200f", "\x00", "\x1b[31mred\x07", "🙂", "👨‍👩‍👧‍👦🏽", "?!?!", "…", "\ufeffhello", "\ud800",
    "ـــ", "هل البروبيوتيك مفيد للبشرة", "क्या दही त्वचा के लिए अच्छा है", "\u202eenca rof doog druc si\u202c",
    "is c\u200bu\u200br\u200bd good", "Z̸̧̢a̴l̵g̶o̷", "a" * 1_000, "acne " * 199, "ﷺ" * 300,
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<b>acne</b>", "'; DROP TABLE events; --", "1' OR '1'='1",
    "{{7*7}} ${7*7} {clinic} {0}", "%s%n%x", "../../etc/passwd", "\\u0000", "[acne](condition)", '{"text": "hi"}',
    "EXTERNAL: hello", "null", "undefined", "True", "-1", "/", "//", "/ /",
]  # fmt: skip
COMMANDS = [
    "/restart", "/session_start", "/back", "/greet", "/nonexistent", "/ask_condition{\"condition\": \"acne\"}", " /restart",
    "\u00a0/restart", "／restart", "\u200b/restart", "//restart", "/restart@1.0", "/out_of_scope@1.0", "/greet{",
    '/inform{"triage": null}', "action_restart", "utter_greet", "/EXTERNAL: restart",
]  # fmt: skip


def aged_token(assistant, conversation, seconds):
    """A token that the server signed, had it done so some seconds ago."""

    class Then(TimestampSigner):
        def get_timestamp(self):
            return int(time.time()) - seconds

    key = (assistant.state / "session.key").read_text().strip()
    return URLSafeTimedSerializer(key, salt=SALT, signer=Then).dumps(conversation)


@pytest.mark.parametrize(
    "body",
    [
        b"", b" ", b"hello", b"{", b"null", b"[]", b"7", b'"text"', b"\xff\xfe", b"\x00", b"text=hello", b"{'text': 'x'}",
        b"[" * DEEP, b'{"session":' * 1_000, b'{"session": "x", "text": ' + b"[" * DEEP + b"]" * DEEP + b"}", b"NaN",
    ],
    ids=lambda body: repr(body[:30]),
)  # fmt: skip
def test_a_body_that_is_no_json_object_is_refused(post, body):
    check_refusal(post(body), 400)


@pytest.mark.parametrize(
    "body",
    [
        {}, {"text": None}, {"choice": None}, {"text": None, "choice": None}, {"text": "a", "choice": "b"}, {"text": ["a"]},
        {"text": {"a": 1}}, {"text": 7}, {"text": True}, {"choice": 7}, {"choice": ["a"]}, {"choice": {}},
        {"text": "a", "choice": False}, {"message": "hello"}, {"choice": ""}, {"choice": "no such choice"},
        {"choice": "/greet"}, {"choice": "\x00"}, {"choice": "a" * 5_000}, {"session": 7, "text": "a"},
        {"session": ["x"], "text": "a"}, {"session": {}, "text": "a"},
    ],
    ids=lambda body: repr(body)[:40],
)  # fmt: skip
def test_wrong_types_neither_both_and_unknown_choices_are_refused(post, body):
    check_refusal(post(body), 400)


@pytest.mark.parametrize(
    "token", [None, "", "forged", "a.b.c", "é", "x" * 3_000, "null", "../..", "' OR 1=1 --", "\x00", "Bearer x"]
)
def test_a_missing_or_forged_token_is_refused(post, token):
    check_refusal(post({"session": token, "text": "hello"}), 401)


def test_a_message_without_a_token_is_refused(post):
    check_refusal(post(b'{"text": "hello"}'), 401)


def test_a_tampered_token_is_refused(post, client):
    middle = len(client.token) // 4
    flipped = "A" if client.token[middle] != "A" else "B"
    check_refusal(post({"session": client.token[:middle] + flipped + client.token[middle + 1 :], "text": "hello"}), 401)


def test_an_expired_token_is_refused(assistant, post, client):
    conversation = requests.utils.unquote(URLSafeTimedSerializer("", salt=SALT).loads_unsafe(client.token)[1])
    check_success(post({"session": aged_token(assistant, conversation, 60), "text": "hello"}))
    check_refusal(post({"session": aged_token(assistant, conversation, 3_600), "text": "hello"}), 401)


def test_a_signed_token_of_no_conversation_is_refused(assistant, post):
    check_refusal(post({"session": aged_token(assistant, "nobody", 0), "text": "hello"}), 401)


@pytest.mark.parametrize("signed", [7, None, ["a"], {"a": 1}, ""])
def test_a_signed_token_of_another_type_is_refused(assistant, post, signed):
    check_refusal(post({"session": aged_token(assistant, signed, 0), "text": "hello"}), 401)


@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer ", "Bearer forged", "Basic abc", "forged", "Bearer a b"]
)
@pytest.mark.parametrize(("method", "path"), [("GET", "/history"), ("DELETE", "/sessions")])
def test_history_and_erasure_want_a_good_token(assistant, method, path, header):
    headers = {} if header is None else {"Authorization": header}
    check_refusal(requests.request(method, f"{assistant.base}{path}", headers=headers, timeout=30), 401)


@pytest.mark.parametrize("body", [b"{", b"[]", b"hello", b"7"])
def test_a_session_wants_a_json_object(assistant, body):
    check_refusal(requests.post(f"{assistant.base}/sessions", data=body, timeout=30), 400)


def test_a_session_wants_a_small_body(assistant):
    check_refusal(requests.post(f"{assistant.base}/sessions", json={"a": "b" * 20_000}, timeout=30), 413)


@pytest.mark.parametrize("text", ["a" * 1_001, "acne " * 500, "é" * 1_001])
def test_text_over_a_thousand_characters_is_too_long(post, text):
    assert "1000" in check_refusal(post({"text": text}), 413)["message"].replace(",", "")


@pytest.mark.parametrize("size", [17_000, 100_000, 5_000_000])
def test_a_body_over_sixteen_kibibytes_is_too_long(post, size):
    check_refusal(post({"text": "a" * size}), 413)


def test_the_conversation_goes_on_after_a_refusal(post):
    for body in ({"text": "a" * 5_000}, {"text": 7}, b"{"):
        post(body)
    check_success(post({"text": "which foods are good for the skin"}))


@pytest.mark.parametrize("text", ODD_TEXTS, ids=lambda text: ascii(text)[:40])
def test_odd_text_gets_a_reply(post, text):
    replies = check_success(post({"text": text}))
    assert all(reply["kind"] not in ("emergency", "error") for reply in replies)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "{{7*7}} {clinic} {0}"])
def test_what_was_typed_is_not_printed_back(post, text):
    assert all(text not in reply["text"] and "49" not in reply["text"] for reply in check_success(post({"text": text})))


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u202e", "🙂", "?!"])
def test_a_message_without_a_word_is_not_made_sense_of(post, text):
    (reply,) = check_success(post({"text": text}))
    assert reply["kind"] == "out_of_scope"


@pytest.mark.parametrize("text", ["🙂", "?!", "/{}"])
def test_a_message_without_a_word_stands_in_the_history(client, post, text):
    check_success(post({"text": text}))
    assert [message["from"] for message in client.history()] == ["assistant", "visitor", "assistant"]


def test_a_message_without_a_word_ends_what_was_offered(client, post):
    offered = client.last["replies"][0]["choices"][0]["id"]
    check_success(post({"text": "🙂"}))
    check_refusal(post({"choice": offered}), 400)


@pytest.mark.parametrize("text", COMMANDS, ids=ascii)
def test_a_typed_command_is_text(client, post, text):
    client.say("hello")
    before = client.history()
    replies = check_success(post({"text": text}))
    assert all(reply["kind"] != "error" for reply in replies)
    after = client.history()
    assert after[: len(before)] == before
    assert [message["from"] for message in after[len(before) :]] == ["visitor", *["assistant"] * len(replies)]


def test_a_typed_intent_chooses_no_entity(client, post):
    (reply,) = check_success(post({"text": '/ask_condition@1.0{"condition": "vitiligo"}'}))
    (said,) = [message["text"] for message in client.history() if message["from"] == "visitor"]
    assert "ask_condition" in said
    assert reply["kind"] != "error"


@pytest.mark.parametrize(
    "path", ["/nothing", "/sessions/x", "/../secret", "/page.css/../../web.py", "/static/..%2f..%2fweb.py"]
)
def test_an_unknown_path_shows_nothing(assistant, path):
    answer = requests.get(f"{assistant.base}{path}", timeout=30)
    assert answer.status_code in (404, 405)
    assert "Traceback" not in answer.text
    assert "import " not in answer.text
