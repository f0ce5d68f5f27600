"""What was said in a conversation, out of the table in which Rasa keeps it: read beside the assistant, without Rasa."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from gutskin.settings import Settings
from gutskin.sqlite import tune
from gutskin.store.database import now

FILE = "conversations.db"
LOCKED = "locked "
"""Begins the name of a conversation that is neither shown nor used until the day on which it may be erased."""
_EVENTS = sa.table(
    "events", sa.column("id"), sa.column("sender_id"), sa.column("type_name"), sa.column("timestamp"), sa.column("data")
)


class Transcripts:
    """The conversations of one installation."""

    def __init__(self, settings: Settings) -> None:
        self._min_days = settings.min_days
        self._file = None if settings.database_url else settings.state_dir / FILE
        self._url = settings.database(FILE)

    def of(self, conversation: str, with_locked: bool = False) -> list[dict[str, str]]:
        """Who said what, when; empty when there is nothing any more. What is locked is for its own visitor alone."""
        names = (conversation, f"{LOCKED}{conversation}") if with_locked else (conversation,)
        query = (
            sa.select(_EVENTS.c.type_name, _EVENTS.c.timestamp, _EVENTS.c.data)
            .where(_EVENTS.c.sender_id.in_(names), _EVENTS.c.type_name.in_(("user", "bot")))
            .order_by(_EVENTS.c.id)
        )
        with self._connected() as connection:
            rows = connection.execute(query).all() if connection is not None else []
        return [line for row in rows if (line := _line(row.type_name, row.timestamp, json.loads(row.data)))["text"]]

    def end(self, conversation: str) -> date | None:
        """Erases a conversation; the day until which it is locked instead, where a law wants it kept."""
        with self._connected() as connection:
            return end(connection, conversation, self._min_days) if connection is not None else None

    def end_older(self, moment: float, kept: set[str]) -> int:
        """Ends the conversations that were last used before a moment, but those of requests; how many were erased."""
        last, is_locked = sa.func.max(_EVENTS.c.timestamp), _EVENTS.c.sender_id.startswith(LOCKED)
        due = min(moment, now().timestamp() - timedelta(days=self._min_days).total_seconds())
        over = sa.or_(last < due, sa.and_(last < moment, sa.not_(is_locked)))
        with self._connected() as connection:
            if connection is None:
                return 0
            names = connection.scalars(sa.select(_EVENTS.c.sender_id).group_by(_EVENTS.c.sender_id).having(over))
            old = {name.removeprefix(LOCKED) for name in names} - kept
            return sum(end(connection, conversation, self._min_days) is None for conversation in old)

    @contextmanager
    def _connected(self) -> Iterator[sa.engine.Connection | None]:
        if self._file is not None and not self._file.exists():
            yield None
            return
        with self._engine.begin() as connection:
            yield connection if sa.inspect(connection).has_table("events") else None

    @cached_property
    def _engine(self) -> sa.engine.Engine:
        engine = sa.create_engine(self._url, future=True, pool_pre_ping=True, hide_parameters=True)
        tune(engine, synchronous="NORMAL")
        return engine


def end(connection: sa.engine.Connection, conversation: str, min_days: int) -> date | None:
    """Erases a conversation, or locks it until `min_days` after its last event; that day, if it is locked."""
    everything = _EVENTS.c.sender_id.in_((conversation, f"{LOCKED}{conversation}"))
    last = connection.execute(sa.select(sa.func.max(_EVENTS.c.timestamp)).where(everything)).scalar()
    if last is None:
        return None
    until = (datetime.fromtimestamp(last, timezone.utc) + timedelta(days=min_days)).date()
    if min_days and until > now().date():
        visible = sa.update(_EVENTS).where(_EVENTS.c.sender_id == conversation)
        connection.execute(visible.values(sender_id=f"{LOCKED}{conversation}"))
        return until
    connection.execute(sa.delete(_EVENTS).where(everything))
    return None


def _line(kind: str, timestamp: float, event: dict[str, Any]) -> dict[str, str]:
    at = datetime.fromtimestamp(timestamp, timezone.utc).isoformat(timespec="seconds")
    said = (event.get("metadata") or {}).get("choice_title") or event.get("text") or ""
    return {"from": "visitor" if kind == "user" else "assistant", "at": at, "text": str(said)}
