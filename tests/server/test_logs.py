"""No log of any process holds a word that somebody wrote, while all goes well and while everything fails."""

import re
import sqlite3
from contextlib import contextmanager

import pytest
import requests

from gutskin.settings import Settings
from gutskin.store.database import Database
from gutskin.store.users import Users
from tests.server.test_callback import AGREE, ASKED

NAME, NUMBER, MAIL = "Zebulon Quartermaine", "+91 97777 66666", "zebulon@planted.example"
WORDS = "xylophone marmalade itches on my elbow"
PASSWORD = "correct horse battery"  # noqa: S105 - of a test
PLANTED = ("zebulon", "quartermaine", "97777", "66666", "planted.example", "xylophone", "marmalade", "horse battery")
CSRF = re.compile(r'name="csrf" value="([^"]+)"')


@contextmanager
def table_away(file, table):
    """Makes everything that needs the table fail."""
    database = sqlite3.connect(file, timeout=30, isolation_level=None)
    database.execute(f"ALTER TABLE {table} RENAME TO away")
    try:
        yield
    finally:
        database.execute(f"ALTER TABLE away RENAME TO {table}")
        database.close()


@pytest.fixture(scope="module")
def desk(assistant):
    """Somebody logged in at the desk: gets pages, sends forms."""
    Users(Database(Settings(state_dir=assistant.state)), 1200).save(NAME, "admin", PASSWORD)
    session = requests.Session()
    session.post(f"{assistant.desk}/login", data={"name": NAME, "password": "zebulon wrong"}, timeout=30)
    session.post(f"{assistant.desk}/login", data={"name": NAME, "password": PASSWORD}, timeout=30)
    csrf = CSRF.search(session.get(assistant.desk, timeout=30).text)[1]

    def send(path, **form):
        if not form:
            return session.get(f"{assistant.desk}{path}", timeout=30)
        return session.post(f"{assistant.desk}{path}", data={"csrf": csrf, **form}, timeout=30)

    return send


@pytest.fixture(autouse=True)
def _no_planted_word_in_a_log(assistant):
    yield
    logs = {log.name: log.read_text(errors="ignore").lower() for log in assistant.state.glob("logs/*")}
    assert {"assistant.log", "actions.log", "desk.log"} <= set(logs)
    assert [(name, word) for name, text in logs.items() for word in PLANTED if word in text] == []


def left(client, contact=NUMBER):
    """Leaves a request; what comes of it."""
    nearly_left(client, contact)
    return client.say(f"in the evening, {WORDS}")["replies"][0]


def nearly_left(client, contact=NUMBER):
    client.say(ASKED)
    client.pick(AGREE)
    client.say(NAME)
    client.say(contact)


def test_what_is_said_and_left(client):
    client.say(WORDS)
    assert left(client)["kind"] == "confirm"


def test_a_request_that_cannot_be_stored(client, assistant):
    nearly_left(client, MAIL)
    with table_away(assistant.state / "callbacks.db", "callback_requests"):
        (reply,) = client.say(f"in the evening, {WORDS}")["replies"]
        assert reply["kind"] == "error"
        assert reply["contacts"]
        headers = {"Authorization": f"Bearer {client.token}"}
        assert requests.delete(f"{assistant.base}/sessions", headers=headers, timeout=30).status_code == 503


def test_a_conversation_that_cannot_be_kept(client, assistant):
    with table_away(assistant.state / "conversations.db", "events"):
        client.say(f"{NAME} {NUMBER} {WORDS}")
        assert client.last["status"] != 200 or client.last["replies"]


@pytest.mark.parametrize(
    "body", [{"text": f"{WORDS} " * 60}, {"text": [WORDS]}, {"choice": WORDS}, {"text": WORDS, "choice": NAME}]
)
def test_a_message_that_is_refused(post, body):
    assert post(body).status_code in (400, 413)


@pytest.mark.parametrize(
    "body", [f'{{"text": "{WORDS} {NUMBER}'.encode(), WORDS.encode("utf-16"), f"{WORDS}\xff".encode("latin-1")]
)
def test_a_body_that_cannot_be_read(post, body):
    assert post(body).status_code == 400


def test_an_address_with_words_in_it(assistant):
    assert requests.get(f"{assistant.base}/history?{WORDS}={NUMBER}", timeout=30).status_code == 401
    assert requests.get(f"{assistant.base}/{WORDS}", timeout=30).status_code == 404


def test_a_day_at_the_desk(client, desk):
    left(client)
    assert desk(f"/queue/new?search={NUMBER}").status_code == 200
    assert desk("/suggest", words=f"{WORDS} {NUMBER}").status_code == 200
    assert desk(f"/requests/{WORDS}").status_code == 404
    assert desk("/audit/erase", reference=WORDS).status_code == 404
    assert desk("/export.csv?day=zebulon").status_code == 400


def test_a_desk_that_cannot_reach_its_tables(desk, assistant):
    with table_away(assistant.state / "callbacks.db", "callback_requests"):
        assert desk(f"/queue/new?search={NAME}").status_code == 500
        assert desk("/requests/ABCDEF/done", version="1", outcome="spoke", note=f"{WORDS} {NUMBER}").status_code == 500
    with table_away(assistant.state / "callbacks.db", "audit"):
        assert desk(f"/queue/new?search={NAME}").status_code == 500
        wrong = {"name": NAME, "password": "zebulon wrong"}
        assert requests.post(f"{assistant.desk}/login", data=wrong, timeout=30).status_code == 500
