"""The conversation database locked, read-only, or gone: nothing is silent, emergencies are answered, and it comes back."""

import sqlite3
from contextlib import contextmanager

import pytest
import requests

from tests.server.checks import check_emergency, check_refusal


def send(client, text):
    return requests.post(f"{client.base}/messages", json={"session": client.token, "text": text}, timeout=60)


@contextmanager
def locked(file):
    with sqlite3.connect(file, isolation_level=None) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        yield
        holder.execute("ROLLBACK")


@contextmanager
def without_its_table(file):
    with sqlite3.connect(file) as database:
        database.execute("ALTER TABLE events RENAME TO away")
    try:
        yield
    finally:
        with sqlite3.connect(file) as database:
            database.execute("ALTER TABLE away RENAME TO events")


@contextmanager
def full(file):
    """Every write fails as it does on a full disk."""
    with sqlite3.connect(file) as database:
        database.execute(
            "CREATE TRIGGER full BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
        )
    try:
        yield
    finally:
        with sqlite3.connect(file) as database:
            database.execute("DROP TRIGGER full")


@pytest.fixture
def file(assistant):
    return assistant.state / "conversations.db"


@pytest.mark.parametrize("fault", [locked, full, without_its_table])
def test_an_emergency_is_answered(client, file, fault):
    with fault(file):
        check_emergency(send(client, "I cannot breathe"))


@pytest.mark.parametrize("fault", [locked, full])
def test_the_article_still_answers_where_only_writing_fails(client, file, fault):
    with fault(file):
        assert send(client, "which foods are good for the skin").json()["replies"][0]["kind"] == "answer"


def test_without_its_table_the_visitor_is_told_to_come_back(client, file):
    with without_its_table(file):
        answer = send(client, "which foods are good for the skin")
        assert check_refusal(answer, 503)["code"] == "not_ready"
        assert int(answer.headers["Retry-After"]) > 0


@pytest.mark.parametrize("fault", [locked, full, without_its_table])
def test_the_conversation_goes_on_afterwards(client, file, fault):
    with fault(file):
        send(client, "which foods are good for the skin")
    assert send(client, "which foods are good for the skin").json()["replies"][0]["kind"] == "answer"
