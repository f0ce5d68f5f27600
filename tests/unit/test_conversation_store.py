"""The conversation store: a window for answering, everything for the visitor, one transaction a message."""

import asyncio
import json

import pytest
import sqlalchemy as sa
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered

from gutskin.conversations import WINDOW_EVENTS, ConversationStore
from gutskin.settings import settings

DOMAIN = Domain.from_yaml(
    """
version: "3.1"
intents: [ask]
slots:
  level: {type: any, mappings: [{type: custom}]}
  other: {type: any, mappings: [{type: custom}]}
forms:
  talk: {required_slots: []}
"""
)
ASKED = {"name": "ask", "confidence": 1.0}


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("STATE_DIR", str(tmp_path))
    settings.cache_clear()
    yield ConversationStore(DOMAIN)
    settings.cache_clear()


@pytest.fixture
def commits(store):
    seen = []
    sa.event.listen(store.engine, "commit", seen.append)
    return seen


def one_turn(number):
    return [UserUttered(f"{number}", ASKED), BotUttered(f"reply {number}"), ActionExecuted("action_listen")]


def add(store, *turns, who="a"):
    async def say():
        async with store.turn(who) as turn:
            for events in turns:
                tracker = await store.get_or_create_tracker(who, append_action_listen=False)
                tracker.update_with_events(events, DOMAIN)
                await store.save(tracker)
            await store.write(turn)

    asyncio.run(say())


def read(store, who="a"):
    return asyncio.run(store.retrieve(who))


def test_a_message_is_one_transaction(store, commits):
    add(store, one_turn(1), [SlotSet("level", "urgent")], one_turn(2))
    assert len(commits) == 1
    assert len(read(store).events) == 7


def test_what_is_not_written_is_lost_and_nothing_else(store):
    async def half():
        async with store.turn("a") as turn:
            tracker = await store.retrieve("a")
            tracker.update_with_events(one_turn(2), DOMAIN)
            await store.save(tracker)
            turn.forget()
            again = await store.retrieve("a")
            await store.write(turn)
            return len(again.events)

    add(store, one_turn(1))
    assert asyncio.run(half()) == 3
    assert len(read(store).events) == 3


def test_a_long_conversation_is_read_by_its_last_events_with_its_slots_and_its_form(store):
    add(store, [SlotSet("level", "routine")], [SlotSet("level", "urgent"), SlotSet("other", 1), ActiveLoop("talk")])
    add(store, *[one_turn(number) for number in range(300)])
    tracker = read(store)
    assert len(tracker.events) <= WINDOW_EVENTS + 4
    assert (tracker.get_slot("level"), tracker.get_slot("other"), tracker.active_loop_name) == ("urgent", 1, "talk")
    assert tracker.latest_message.text == "299"


def test_a_form_that_ended_stays_ended(store):
    add(store, [ActiveLoop("talk")], [ActiveLoop(None)], *[one_turn(number) for number in range(300)])
    assert read(store).active_loop_name is None


def test_the_window_begins_with_a_message(store):
    add(store, *[one_turn(number) for number in range(300)])
    kinds = [event.type_name for event in read(store).events]
    assert kinds[kinds.index("user") - 1] == "action"


def test_a_turn_in_a_long_conversation_is_written_once(store):
    add(store, *[one_turn(number) for number in range(300)])
    add(store, one_turn(300))
    whole = asyncio.run(store.retrieve_full_tracker("a"))
    said = [event.text for event in whole.events if isinstance(event, UserUttered)]
    assert said == [str(number) for number in range(301)]


def test_erasing_leaves_other_conversations(store):
    add(store, one_turn(1))
    add(store, one_turn(1), who="b")
    assert store.end("a") is None
    assert read(store) is None
    assert len(read(store, "b").events) == 3


def test_saving_outside_a_turn_is_refused(store):
    add(store, one_turn(1))
    tracker = read(store)
    with pytest.raises(RuntimeError):
        asyncio.run(store.save(tracker))


def test_rows_are_those_of_rasa(store):
    add(store, [SlotSet("level", "urgent")], one_turn(1))
    with store.engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT type_name, intent_name, action_name, data FROM events")).all()
    assert [(row.type_name, row.intent_name, row.action_name) for row in rows] == [
        ("slot", None, "level"), ("user", "ask", None), ("bot", None, None), ("action", None, "action_listen"),
    ]  # fmt: skip
    assert json.loads(rows[0].data)["value"] == "urgent"
