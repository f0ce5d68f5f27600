"""The conversation database locked, read-only, or gone: nothing is silent, emergencies are answered, and it comes back."""

import sqlite3
from contextlib import contextmanager

import pytest

from tests.faults.conftest import ASSISTANT, send
from tests.server.checks import check_emergency, check_refusal

QUESTION = "which foods are good for the skin"


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


def refusing(reason):
    """Every write fails, with what SQLite says then."""

    @contextmanager
    def fault(file):
        with sqlite3.connect(file) as database:
            database.execute(f"CREATE TRIGGER fault BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, '{reason}'); END")
        try:
            yield
        finally:
            with sqlite3.connect(file) as database:
                database.execute("DROP TRIGGER fault")

    return fault


full, read_only = refusing("database or disk is full"), refusing("attempt to write a readonly database")
WRITING = [
    pytest.param(fault, id=name) for fault, name in ((locked, "locked"), (full, "full"), (read_only, "read-only"))
]
ALL = [*WRITING, pytest.param(without_its_table, id="table-gone")]


@pytest.fixture
def file(assistant):
    return assistant.state / "conversations.db"


@pytest.mark.parametrize("fault", ALL)
def test_an_emergency_is_answered(client, file, fault):
    with fault(file):
        check_emergency(send(client, "I cannot breathe"))


@pytest.mark.parametrize("fault", WRITING)
def test_the_article_still_answers_where_only_writing_fails(client, file, fault):
    with fault(file):
        assert send(client, QUESTION).json()["replies"][0]["kind"] == "answer"


def test_a_deleted_database_costs_its_conversations_and_nothing_else(assistant, client, file, program, wait_for):
    for part in file.parent.glob(f"{file.name}*"):
        part.unlink()
    killed = program(ASSISTANT)
    killed.kill()
    killed.wait(timeout=10)
    wait_for(status="ok")
    check_refusal(send(client, QUESTION), 401)
    check_emergency(send(client, "I cannot breathe"))
    client.open()
    assert send(client, QUESTION).json()["replies"][0]["kind"] == "answer"


def test_without_its_table_the_visitor_is_told_to_come_back(client, file):
    with without_its_table(file):
        answer = send(client, QUESTION)
        assert check_refusal(answer, 503)["code"] == "not_ready"
        assert int(answer.headers["Retry-After"]) > 0


@pytest.mark.parametrize("fault", ALL)
def test_the_conversation_goes_on_afterwards(client, file, fault):
    with fault(file):
        send(client, QUESTION)
    assert send(client, QUESTION).json()["replies"][0]["kind"] == "answer"
