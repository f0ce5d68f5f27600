"""What is kept how long, and what a visitor may ask for."""

import sqlite3
import time
from datetime import timedelta

import pytest
import sqlalchemy as sa

from gutskin.settings import Settings
from gutskin.store.callbacks import CallbackRequests, Withdrawn
from gutskin.store.database import now
from gutskin.store.retention import Retention
from gutskin.store.schema import AuditLine, DeskSession, Exchange, RequestRow
from gutskin.store.transcripts import Transcripts
from tests.desk.conftest import PASSWORD


@pytest.fixture
def said(settings):
    """Puts a line into the conversations' file, as Rasa does."""
    settings.state_dir.mkdir(exist_ok=True)
    file = sqlite3.connect(settings.state_dir / "conversations.db")
    file.execute("CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id TEXT, type_name, timestamp REAL, data)")

    def say(conversation, text, at):
        row = (conversation, "user", at, f'{{"text": "{text}"}}')
        file.execute("INSERT INTO events (sender_id, type_name, timestamp, data) VALUES (?, ?, ?, ?)", row)
        file.commit()

    def backdate(conversation, days):
        file.execute("UPDATE events SET timestamp = ? WHERE sender_id = ?", (time.time() - days * 86400, conversation))
        file.commit()

    say.backdate = backdate
    say.left = lambda: {row[0] for row in file.execute("SELECT DISTINCT sender_id FROM events")}
    yield say
    file.close()


def finish(database, reference, days_ago):
    with database.writing() as session:
        change = sa.update(RequestRow).where(RequestRow.reference == reference)
        session.execute(change.values(status="done", done_at=now() - timedelta(days=days_ago)))


def test_what_is_over_its_time_is_erased(settings, database, leave, queue, said):
    old, young, waiting = leave(), leave(), leave()
    finish(database, old, 31)
    finish(database, young, 29)
    said("conversation 0", "old", time.time())
    said("somebody", "long ago", time.time() - 25 * 3600)
    said("conversation 2", "waits", time.time() - 99 * 3600)
    with database.writing() as session:
        session.add(AuditLine(at=now() - timedelta(days=366), who="x", action="y"))
        long_ago = now().date() - timedelta(days=91)
        session.add(Exchange(day=long_ago, kind="answer", level="", sections=[], passages=[], terms=[], milliseconds=1))
    counts = Retention(settings, database).run()
    assert counts == {"requests": 1, "locked": 0, "exchanges": 1, "audit": 1, "desk_sessions": 0, "conversations": 1}
    assert [queue.find(reference) is not None for reference in (old, young, waiting)] == [False, True, True]
    assert said.left() == {"conversation 2"}


def test_where_a_law_wants_it_kept_it_is_locked_until_the_day(settings, database, leave, queue, said):
    reference = leave()
    said("conversation 0", "words", time.time())
    strict = settings.copy(update={"min_days": 365})
    keeping = Retention(strict, database)
    for _ in range(2):
        assert keeping.erase(reference, "Ada") == f"locked until {(now() + timedelta(days=365)).date()}"
    assert queue.find(reference) is None
    assert queue.search("Asha") == []
    assert Transcripts(strict).of("conversation 0") == []
    assert keeping.held(reference, "Ada")["conversation"][0]["text"] == "words"
    with database.writing() as session:
        session.execute(sa.update(RequestRow).values(erase_on=now().date()))
    assert keeping.run()["requests"] == 1
    assert said.left() == {"locked conversation 0"}, "it was used later than the request was left"
    said.backdate("locked conversation 0", 366)
    assert keeping.run()["conversations"] == 1
    assert said.left() == set()


def test_a_quiet_conversation_is_locked_where_a_law_wants_it_kept(settings, database, said):
    said("somebody", "long ago", time.time() - 25 * 3600)
    keeping = Retention(settings.copy(update={"min_days": 365}), database)
    for _ in range(2):
        assert keeping.run()["conversations"] == 0
        assert said.left() == {"locked somebody"}


def test_one_reference_is_erased_everywhere(settings, database, leave, said):
    reference = leave("Planted Name")
    said("conversation 0", "words", time.time())
    retention = Retention(settings, database)
    assert retention.erase(reference, "Ada") == "erased"
    assert said.left() == set()
    assert retention.erase(reference, "Ada") is None


def test_what_is_handed_out_is_what_is_held(settings, database, leave, said):
    reference = leave()
    said("conversation 0", "planted words", time.time())
    held = Retention(settings, database).held(reference, "Ada")
    (stored,) = CallbackRequests(settings, database).all()
    assert held["request"]["contact"] == stored.contact
    assert held["conversation"][0]["text"] == "planted words"
    assert [line["action"] for line in held["audit"]] == ["handed out"]


def test_a_withdrawn_request_is_locked_where_a_law_wants_it_kept(tmp_path, leave, database):
    keeping = CallbackRequests(Settings(state_dir=tmp_path, min_days=365), database)
    for _ in range(2):
        reference = leave(conversation="conversation 0")
        until = (now() + timedelta(days=365)).date()
        assert keeping.withdraw("conversation 0") == Withdrawn(reference, locked_until=until)
        assert keeping.of("conversation 0") is None
    leave(conversation="conversation 0")
    assert keeping.of("conversation 0")


def test_a_login_that_nobody_uses_is_erased(settings, database, users):
    users.log_in("Rita", PASSWORD)
    with database.writing() as session:
        session.execute(sa.update(DeskSession).values(seen_at=now() - timedelta(days=1)))
    assert Retention(settings, database).run()["desk_sessions"] == 1


def test_erasing_asks_whether_it_is_the_right_one(staff, leave, queue):
    reference, ada = leave("Asha"), staff("Ada")
    page = ada.post("/audit/erase", reference=reference.lower()).text
    assert f"Erase {reference}, Asha" in page
    assert queue.find(reference)
    assert f"{reference}: erased." in ada.post("/audit/erase", reference=reference, sure="yes").text
    assert queue.find(reference) is None
    for sure in ("", "yes"):
        assert ada.post("/audit/erase", reference=reference, sure=sure).status_code == 404
