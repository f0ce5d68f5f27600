"""What was said in a conversation, out of the database in which Rasa keeps it: read beside the assistant, without Rasa."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from gutskin.settings import Settings
from gutskin.sqlite import tune

_EVENTS = sa.table(
    "events", sa.column("id"), sa.column("sender_id"), sa.column("type_name"), sa.column("timestamp"), sa.column("data")
)


class Transcripts:
    """The conversations of one installation."""

    def __init__(self, settings: Settings) -> None:
        self._file = settings.state_dir / "conversations.db"
        self._url = settings.conversations_url

    def of(self, conversation: str) -> list[dict[str, str]]:
        """Who said what, when; empty when there is nothing any more."""
        query = (
            sa.select(_EVENTS.c.type_name, _EVENTS.c.timestamp, _EVENTS.c.data)
            .where(_EVENTS.c.sender_id == conversation, _EVENTS.c.type_name.in_(("user", "bot")))
            .order_by(_EVENTS.c.id)
        )
        with self._connected() as connection:
            rows = connection.execute(query).all() if connection is not None else []
        return [line for row in rows if (line := _line(row.type_name, row.timestamp, json.loads(row.data)))["text"]]

    def erase(self, conversation: str) -> None:
        """Deletes every event of a conversation."""
        with self._connected() as connection:
            if connection is not None:
                connection.execute(sa.delete(_EVENTS).where(_EVENTS.c.sender_id == conversation))

    def erase_older(self, moment: float, kept: set[str]) -> int:
        """Deletes the conversations that ended before a moment, but those of requests; how many."""
        ended = sa.select(_EVENTS.c.sender_id).group_by(_EVENTS.c.sender_id)
        with self._connected() as connection:
            if connection is None:
                return 0
            old = set(connection.scalars(ended.having(sa.func.max(_EVENTS.c.timestamp) < moment))) - kept
            for conversation in old:
                connection.execute(sa.delete(_EVENTS).where(_EVENTS.c.sender_id == conversation))
        return len(old)

    @contextmanager
    def _connected(self) -> Iterator[sa.engine.Connection | None]:
        if not self._url and not self._file.exists():
            yield None
            return
        with self._engine.begin() as connection:
            yield connection if sa.inspect(connection).has_table("events") else None

    @cached_property
    def _engine(self) -> sa.engine.Engine:
        engine = sa.create_engine(self._url or f"sqlite:///{self._file}", future=True, pool_pre_ping=True)
        tune(engine, synchronous="NORMAL")
        return engine


def _line(kind: str, timestamp: float, event: dict[str, Any]) -> dict[str, str]:
    at = datetime.fromtimestamp(timestamp, timezone.utc).isoformat(timespec="seconds")
    said = (event.get("metadata") or {}).get("choice_title") or event.get("text") or ""
    return {"from": "visitor" if kind == "user" else "assistant", "at": at, "text": str(said)}
