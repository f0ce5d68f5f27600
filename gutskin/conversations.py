"""Where conversations are kept: Rasa's SQL tables, read by a window and written once a message.

Rasa reads and replays a whole conversation several times for each message, so that an answer costs more the longer one
talks. Here a message is one `Turn`: one read of the last events with the slots as they stood before them, and one
transaction with all that the message brought. The history and erasure still see every event.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.pool import QueuePool

from gutskin.settings import settings
from gutskin.sqlite import tune
from gutskin.store.transcripts import FILE, end

WINDOW_EVENTS = 80
"""A dozen turns; what a form has heard so far stands in slots, which are read from before them."""
PROBE = "is it writable?"
"""The conversation of an event that is written and erased to see whether there is room again."""
SETTING = (SlotSet.type_name, ActiveLoop.type_name)
_EVENTS = SQLTrackerStore.SQLEvent.__table__
_INDEX = sa.Index(
    "events_of_conversation", _EVENTS.c.sender_id, _EVENTS.c.type_name, _EVENTS.c.action_name, _EVENTS.c.id
)
_ORDER = sa.Index("events_in_order", _EVENTS.c.sender_id, _EVENTS.c.id)


@dataclass
class Turn:
    """What one message reads and brings; nothing is written before its end."""

    conversation: str
    tracker: DialogueStateTracker | None = None
    stored: int = 0
    pending: list[Event] = field(default_factory=list)

    def forget(self) -> None:
        """Drops what Rasa left half done: the next read is of the database."""
        self.tracker, self.stored, self.pending = None, 0, []

    def take(self, tracker: DialogueStateTracker) -> None:
        """Keeps what is new in the tracker, to be written at the end."""
        self.tracker = tracker
        events = list(tracker.events)
        self.pending += events[self.stored :]
        self.stored = len(events)


_turn: ContextVar[Turn | None] = ContextVar("turn", default=None)


class ConversationStore(SQLTrackerStore):
    """Named in `endpoints.yml`; a file under the state folder, or the database of `DATABASE_URL`."""

    engine: sa.engine.Engine
    _last_write_failed = False

    def __init__(self, domain: Domain | None = None, host: str | None = None, **kwargs: Any) -> None:
        """`host` is what Rasa passes from `endpoints.yml`, where none is named."""
        settings().state_dir.mkdir(parents=True, exist_ok=True)
        url = host or settings().database(FILE)
        super().__init__(domain=domain, host=url, **kwargs)  # Rasa waits until the database is there
        self.engine.dispose()
        options: dict[str, Any] = {"pool_pre_ping": True}  # a database server that was away is asked anew
        if self.engine.dialect.name == "sqlite":  # by default each read would open the file and prepare it anew
            options = {"poolclass": QueuePool, "connect_args": {"check_same_thread": False}}
        self.engine = sa.create_engine(url, hide_parameters=True, **options)  # an error must not print what was said
        self.sessionmaker = sa.orm.session.sessionmaker(bind=self.engine)
        tune(self.engine, synchronous="NORMAL")
        for index in (_INDEX, _ORDER):  # a database of an earlier version lacks them
            with suppress(sa.exc.ProgrammingError, sa.exc.IntegrityError):  # another replica was first
                index.create(self.engine, checkfirst=True)

    @asynccontextmanager
    async def turn(self, conversation_id: str) -> AsyncIterator[Turn]:
        """Within it, the conversation is read once, and what is saved waits for `write`."""
        turn = Turn(conversation_id)
        token = _turn.set(turn)
        try:
            yield turn
        finally:
            _turn.reset(token)

    async def write(self, turn: Turn) -> None:
        """Writes what the turn brought so far, in one transaction."""
        if turn.pending:
            try:
                await asyncio.to_thread(self._insert, turn.conversation, turn.pending)
            except sa.exc.SQLAlchemyError:
                self._last_write_failed = True
                raise
            self._last_write_failed = False
            if self.event_broker:
                for event in turn.pending:
                    self.event_broker.publish({"sender_id": turn.conversation, **event.as_dict()})
            turn.pending = []

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation with its last events; within a turn the same one each time."""
        turn = _turn.get()
        if turn is None or turn.conversation != sender_id:
            return await asyncio.to_thread(self._window, sender_id)
        if turn.tracker is None:
            turn.tracker = await asyncio.to_thread(self._window, sender_id)
            turn.stored = len(turn.tracker.events) if turn.tracker else 0
        return turn.tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keeps the new events for the end of the turn.

        Raises:
            RuntimeError: outside a turn nobody knows which events are new.
        """
        turn = _turn.get()
        if turn is None or turn.conversation != tracker.sender_id:
            raise RuntimeError("A conversation is saved within `turn` only.")
        turn.take(tracker)

    def end(self, conversation_id: str) -> date | None:
        """Erases the conversation; the day until which it is locked instead, where a law wants it kept."""
        with self.engine.begin() as connection:
            return end(connection, conversation_id, settings().min_days)

    def is_up(self) -> bool:
        """Whether the database answers and holds its table and, after a write that failed, can be written again."""
        try:
            with self.engine.begin() as connection:
                connection.execute(sa.select(_EVENTS.c.id).limit(1)).all()
                if self._last_write_failed:
                    connection.execute(_EVENTS.insert(), [_row(PROBE, ActionExecuted("action_listen"))])
                    connection.execute(_EVENTS.delete().where(_EVENTS.c.sender_id == PROBE))
            self._last_write_failed = False
            return True
        except sa.exc.SQLAlchemyError:
            return False

    def _insert(self, conversation_id: str, events: Iterable[Event]) -> None:
        with self.engine.begin() as connection:
            connection.execute(_EVENTS.insert(), [_row(conversation_id, event) for event in events])

    def _window(self, conversation_id: str) -> DialogueStateTracker | None:
        """The last events of the conversation, behind the slots and the form as they stood before them."""
        mine = _EVENTS.c.sender_id == conversation_id
        newest = sa.select(_EVENTS.c.id, _EVENTS.c.data).where(mine).order_by(_EVENTS.c.id.desc()).limit(WINDOW_EVENTS)
        with self.engine.connect() as connection:
            rows = list(reversed(connection.execute(newest).all()))
            before: list[Any] = []
            if len(rows) == WINDOW_EVENTS:
                cut = _first_message(rows)
                rows = rows[cut:]
                last = (
                    sa.select(sa.func.max(_EVENTS.c.id))
                    .where(mine, _EVENTS.c.type_name.in_(SETTING), _EVENTS.c.id < rows[0].id)
                    .group_by(_EVENTS.c.type_name, _EVENTS.c.action_name)
                )
                ids = [number for (number,) in connection.execute(last)]
                kept = sa.select(_EVENTS.c.data).where(_EVENTS.c.id.in_(ids)).order_by(_EVENTS.c.id)
                before = [json.loads(data) for (data,) in connection.execute(kept)]
                before.append(ActionExecuted("action_listen").as_dict())
        events = before + [json.loads(row.data) for row in rows]
        if not events or self.domain is None:
            return None
        return DialogueStateTracker.from_dict(conversation_id, events, self.domain.slots)


def _first_message(rows: list[Any]) -> int:
    """Where the first message in the window begins, so that no turn is cut; 0 where there is none."""
    for number, row in enumerate(rows):
        if json.loads(row.data)["event"] == UserUttered.type_name:
            return number
    return 0


def _row(conversation_id: str, event: Event) -> dict[str, Any]:
    data = event.as_dict()
    return {
        "sender_id": conversation_id, "type_name": event.type_name, "timestamp": data.get("timestamp"),
        "intent_name": ((data.get("parse_data") or {}).get("intent") or {}).get("name"),
        "action_name": data.get("name"), "data": json.dumps(data),
    }  # fmt: skip
