"""The store: migrations, one winner, nothing half-written."""

import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from subprocess import PIPE

import pytest
import sqlalchemy as sa

from gutskin.errors import StoreError
from gutskin.settings import ROOT, Settings
from gutskin.store.callbacks import CallbackRequests
from gutskin.store.database import Database
from gutskin.store.exchanges import ExchangeLog, Silence, asked_of, insights
from gutskin.store.queue import Queue
from gutskin.store.schema import CODE_LENGTH

TRIES, KILLS = 200, 50
WRITERS = """
import os, sys
from pathlib import Path
from gutskin.settings import Settings
from gutskin.store.callbacks import CallbackRequest, CallbackRequests
for start in map(str.strip, sys.stdin):
    if (child := os.fork()) == 0:
        store = CallbackRequests(Settings(state_dir=Path(sys.argv[1])))
        print(os.getpid(), flush=True)
        for number in range(10_000):
            name = f"{start}-{number}"
            left = CallbackRequest(name, name, "+910000000001", "", {"level": "urgent"}, "a", "b", "c")
            print(store.add(left).reference, flush=True)
    os.waitpid(child, 0)
    print("\\nended", flush=True)
"""
"""Forks a process that stores requests for each line it reads, and says when that has ended."""


def test_a_file_from_before_the_migrations_keeps_its_requests(tmp_path):
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'callbacks.db'}", future=True)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TABLE callback_requests (id INTEGER PRIMARY KEY, reference VARCHAR(6) NOT NULL UNIQUE, conversation "
            "VARCHAR(64) NOT NULL UNIQUE, status VARCHAR(16) NOT NULL, created_at DATETIME NOT NULL, name VARCHAR(80) NOT NULL, "
            "contact VARCHAR(320) NOT NULL, preferred_time VARCHAR(200) NOT NULL, summary JSON NOT NULL, article_version "
            "VARCHAR(64) NOT NULL, rules_version VARCHAR(64) NOT NULL, consent_version VARCHAR(64) NOT NULL)"
        )
        row = (1, "ACDEFH", "one", "open", "2026-01-01 00:00:00.000000", "Zoe", "+919876543210", "",
               json.dumps({"level": "urgent"}), "a", "b", "c")  # fmt: skip
        connection.exec_driver_sql(f"INSERT INTO callback_requests VALUES ({', '.join('?' * 12)})", row)
    queue = Queue(Database(Settings(state_dir=tmp_path)))
    (entry,) = queue.entries("new", "Rita")
    assert (entry.reference, entry.level) == ("ACDEFH", "urgent")
    assert [[one.reference for one in queue.search(words)] for words in ("zoë", "098765 43210")] == [["ACDEFH"]] * 2


def test_a_newer_database_is_refused_in_one_line(database, settings):
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="newer than this code") as refused:
        Database(settings).engine  # noqa: B018
    assert "\n" not in str(refused.value)


def test_of_two_people_exactly_one_wins(queue, leave):
    with ThreadPoolExecutor(2) as pool:
        for number in range(TRIES):
            reference = leave(conversation=str(number))
            won = list(pool.map(lambda who: queue.claim(reference, who), ("Rita", "Ravi")))  # noqa: B023
            assert sorted(result.made for result in won) == [False, True]
            winner = ("Rita", "Ravi")[won[1].made]
            assert [result.entry.owner for result in won] == [winner, winner]


def test_nothing_confirmed_is_lost_when_the_process_is_killed(tmp_path):
    Database(Settings(state_dir=tmp_path)).engine  # noqa: B018
    confirmed = set()
    command = [sys.executable, "-c", WRITERS, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=PIPE, stdout=PIPE, text=True, bufsize=1) as writers:
        for kill in range(KILLS):
            writers.stdin.write(f"{kill}\n")
            writer = int(writers.stdout.readline())
            for _ in range(1 + kill % 5):
                confirmed.add(writers.stdout.readline().strip())
            os.kill(writer, signal.SIGKILL)
            for line in iter(writers.stdout.readline, "ended\n"):
                if len(line.strip()) == CODE_LENGTH:
                    confirmed.add(line.strip())
        writers.stdin.close()
    kept = CallbackRequests(Settings(state_dir=tmp_path)).all()
    assert len(confirmed) >= KILLS
    assert confirmed <= {request.reference for request in kept}
    assert all(request.name == request.conversation and request.summary == {"level": "urgent"} for request in kept)
    with Database(Settings(state_dir=tmp_path)).engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


def test_the_log_counts_without_a_word_of_the_message(database, settings):
    log = ExchangeLog(database)
    reply = {"kind": "not_covered", "text": "planted reply", "citations": []}
    log.add(asked_of([reply], "routine", ["turmeric", "turmeric"], 12))
    log.close()
    found = insights(database, 7)
    assert found.not_covered == [Silence("turmeric", 1, {})]
    assert list(found.milliseconds.values()) == [(12, 12)]
    assert b"planted" not in b"".join(file.read_bytes() for file in settings.state_dir.glob("callbacks.db*"))


def test_what_is_not_covered_is_grouped_by_likeness(database):
    log, silent = ExchangeLog(database), {"kind": "not_covered", "citations": []}
    for terms in (["turmeric", "acne"], ["turmeric"], ["acne", "turmeric"], ["hair-loss"], [], ["hair-loss"]):
        log.add(asked_of([silent], "information", terms, 1))
    log.close()
    assert insights(database, 7).not_covered == [
        Silence("turmeric", 3, {"acne": 2}), Silence("hair-loss", 2, {}), Silence("no known term", 1, {}),
    ]  # fmt: skip


def test_a_conversation_counts_once_at_a_level(database):
    log = ExchangeLog(database)
    for level, raised in (("routine", True), ("routine", False), ("urgent", True), ("urgent", False)):
        log.add(asked_of([], level, [], 1, raised))
    log.close()
    found = insights(database, 7).levels
    assert {level: list(days.values()) for level, days in found.items()} == {"routine": [1], "urgent": [1]}


def test_a_log_that_cannot_be_written_hurts_nobody(tmp_path):
    (tmp_path / "file").touch()
    log = ExchangeLog(Database(Settings(state_dir=tmp_path / "file")))
    log.add(asked_of([], "routine", [], 1))
    log.close()
