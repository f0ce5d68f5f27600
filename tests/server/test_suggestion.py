"""A suggestion, asked of the real assistant by the real desk."""

import sqlite3
import time
from contextlib import closing

import pytest
import requests

from gutskin.settings import Settings
from gutskin.store.database import Database
from gutskin.store.users import Users
from tests.server.test_killed import CSRF, PASSWORD

WORDS = "can probiotics fix my acne, asks a caller named Mandragora"
PATIENCE = 60


@pytest.fixture(scope="module")
def suggest(assistant):
    Users(Database(Settings(state_dir=assistant.state)), 1200).save("Sita", "reception", PASSWORD)
    session = requests.Session()
    session.post(f"{assistant.desk}/login", data={"name": "Sita", "password": PASSWORD}, timeout=30)
    csrf = CSRF.search(session.get(assistant.desk, timeout=30).text)[1]
    part = {"HX-Request": "true"}

    def ask(words):
        form = {"csrf": csrf, "words": words}
        return session.post(f"{assistant.desk}/suggest", data=form, headers=part, timeout=30).text

    return ask


def lines_with(state, word):
    """How many lines of either database hold the word."""
    count = 0
    for file in ("conversations.db", "callbacks.db"):
        with closing(sqlite3.connect(state / file, timeout=30)) as database:
            tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            count += sum(word in str(row) for table in tables for row in database.execute(f"SELECT * FROM {table}"))
    return count


def test_it_quotes_the_article(suggest):
    assert "<blockquote>" in suggest(WORDS)


def test_an_emergency_is_read_out(suggest, known):
    page = suggest("the caller says her lips are swelling and she cannot breathe")
    assert 'class="script"' in page
    assert all(contact.number in page for contact in known.clinic.numbers("emergency"))
    assert "<textarea" not in page


def test_what_was_pasted_is_not_kept(suggest, assistant):
    suggest(WORDS)
    until = time.monotonic() + PATIENCE
    while lines_with(assistant.state, "Mandragora") and time.monotonic() < until:
        time.sleep(0.05)
    assert lines_with(assistant.state, "Mandragora") == 0


def test_what_the_desk_asks_is_not_counted(suggest, assistant, client):
    suggest("is kefir good for the skin")
    client.say("is idli good for the skin")
    client.say("is dosa good for the skin")
    until, rows = time.monotonic() + PATIENCE, []
    while len(rows) < 2 and time.monotonic() < until:
        with closing(sqlite3.connect(assistant.state / "callbacks.db", timeout=30)) as database:
            rows = database.execute(
                "SELECT terms, raised FROM exchanges WHERE terms LIKE '%idli%' ORDER BY id"
            ).fetchall()
            other = database.execute("SELECT count(*) FROM exchanges WHERE terms LIKE '%kefir%'").fetchone()
        time.sleep(0.05)
    assert [raised for _, raised in rows] == [1, 0]
    assert other == (0,)
