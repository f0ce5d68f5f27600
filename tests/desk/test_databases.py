"""The store on SQLite and on PostgreSQL: the same schema, queue, accounts, transcripts and retention."""

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.io import read_config_file
from rasa.utils.endpoints import EndpointConfig

from gutskin import conversations
from gutskin.settings import ROOT, Settings
from gutskin.store.database import now
from gutskin.store.exchanges import ExchangeLog, asked_of, insights
from gutskin.store.feedback import Feedback
from gutskin.store.retention import Retention
from gutskin.store.schema import Base, RequestRow
from gutskin.store.transcripts import Transcripts
from gutskin.store.users import Users
from tests.desk.conftest import PASSWORD
from tests.desk.postgres import NoPostgresError, postgres

CLAIMS = 200


@pytest.fixture(scope="module")
def server():
    try:
        with postgres() as address:
            yield address
    except NoPostgresError as problem:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{problem}. Mend: apt-get install postgresql")
        pytest.skip(f"{problem}. Mend: apt-get install postgresql")


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request, tmp_path, monkeypatch):
    address = ""
    if request.param == "postgresql":
        address = request.getfixturevalue("server")
        with sa.create_engine(address, future=True).begin() as connection:
            connection.exec_driver_sql("DROP SCHEMA public CASCADE")
            connection.exec_driver_sql("CREATE SCHEMA public")
    found = Settings(state_dir=tmp_path, database_url=address)
    monkeypatch.setattr(conversations, "settings", lambda: found)
    return found


@pytest.fixture
def say(settings):
    """Has Rasa's store keep a question and its answer."""
    named = EndpointConfig.from_dict(read_config_file(ROOT / "endpoints.yml")["tracker_store"])
    store = TrackerStore.create(named, Domain.empty())

    async def turn(conversation, text):
        async with store.turn(conversation) as turn:
            await store.save(
                DialogueStateTracker.from_events(conversation, [UserUttered(text), BotUttered("An answer")])
            )
            await store.write(turn)

    def keep(conversation, text):
        asyncio.run(turn(conversation, text))

    keep.store = store
    yield keep
    store.engine.dispose()


def test_the_migrations_make_the_schema(database):
    with database.engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    assert [change for change in found if "ix_callback_requests_queue" not in str(change)] == []


def test_a_request_goes_from_new_to_done(queue, leave):
    calm, pressing = leave("Asha"), leave("Ravi's aunt", "urgent")
    assert [entry.reference for entry in queue.entries("new", "Rita")] == [pressing, calm]
    entry = queue.claim(pressing, "Rita").entry
    entry = queue.not_reached(pressing, "Rita", entry.version, now() + timedelta(hours=1)).entry
    assert entry.is_resting
    entry = queue.undo(pressing, "Rita", entry.version).entry
    assert queue.attach(pressing, "Rita", "one", {"words": "x"}).made
    assert queue.done(pressing, "Rita", entry.version, "spoke", "It's done").made
    assert not queue.done(pressing, "Rita", entry.version, "spoke", "twice").made
    assert queue.counts("Rita") == {"new": 1, "mine": 0, "taken": 0, "done": 1}
    assert [entry.name for entry in queue.search("ravi's")] == ["Ravi's aunt"]
    assert queue.search("%") == queue.search("_") == []
    assert len(queue.search("00000-00001")) == 2
    assert len(queue.of_day(now() - timedelta(hours=1))) == 2


def test_of_many_claims_at_once_exactly_one_is_made(queue, leave):
    reference, people = leave(), [f"Person {number}" for number in range(CLAIMS)]
    with ThreadPoolExecutor(16) as pool:
        results = list(pool.map(lambda who: queue.claim(reference, who), people))
    (winner,) = (who for who, result in zip(people, results, strict=True) if result.made)
    assert {result.entry.owner for result in results} == {winner}


def test_accounts_counts_and_votes_are_kept(database, users, settings):
    assert users.log_in("Rita", "a wrong password").secret is None
    assert Users(database, settings.desk_idle_seconds).person(users.log_in("Rita", PASSWORD).secret).role == "reception"
    log = ExchangeLog(database)
    log.add(asked_of([{"kind": "not_covered", "citations": []}], "routine", ["turmeric"], 12))
    log.close()
    assert insights(database, 7).levels == {"routine": {now().date(): 1}}
    Feedback(database).add("article", ["passage"], helpful=False)
    assert Feedback(database).counts("article") == {"passage": {True: 0, False: 1}}


def test_what_rasa_keeps_is_read_and_erased_beside_it(settings, say):
    transcripts = Transcripts(settings)
    say("one", "a question")
    assert [line["text"] for line in transcripts.of("one")] == ["a question", "An answer"]
    assert say.store.end("one") is None
    assert transcripts.of("one") == []


def test_a_conversation_that_a_law_wants_kept_is_locked(settings, say, monkeypatch):
    strict = settings.copy(update={"min_days": 365})
    monkeypatch.setattr(conversations, "settings", lambda: strict)
    say("one", "a question")
    until = (now() + timedelta(days=365)).date()
    assert [say.store.end("one") for _ in range(2)] == [until, until]
    assert asyncio.run(say.store.retrieve("one")) is None
    assert Transcripts(strict).of("one") == []
    assert len(Transcripts(strict).of("one", with_locked=True)) == 2
    assert Transcripts(settings).end("one") is None, "the law wants nothing kept any more"
    assert Transcripts(settings).of("one", with_locked=True) == []


def test_retention_ends_both(settings, database, leave, say):
    reference = leave()
    say("conversation 0", "words")
    with database.writing() as session:
        session.execute(sa.update(RequestRow).values(status="done", done_at=now() - timedelta(days=31)))
    assert Retention(settings, database).run()["requests"] == 1
    assert Retention(settings, database).held(reference, "Ada") is None
    assert Transcripts(settings).of("conversation 0") == []


def test_an_error_of_the_database_shows_nothing_that_was_said(database, leave, say):
    with say.store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE events")
    with pytest.raises(sa.exc.SQLAlchemyError) as failed:
        say("one", "planted words")
    assert "planted" not in str(failed.value)
    with database.writing() as session:
        session.execute(sa.text("ALTER TABLE callback_requests RENAME TO away"))
    with pytest.raises(sa.exc.SQLAlchemyError) as failed:
        leave("Planted")
    assert "Planted" not in str(failed.value)
