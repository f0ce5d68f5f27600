"""Conversations put straight into the store, so that its size can be measured without holding them first."""

from __future__ import annotations

import sqlite3
from pathlib import Path

EVENTS_EACH = 6
BATCH = 2_000


def fill(state: Path, conversations: int) -> None:
    """Copies the first stored events into that many further conversations."""
    with sqlite3.connect(state / "conversations.db", timeout=60) as database:
        columns = "type_name, timestamp, intent_name, action_name, data"
        events = database.execute(f"SELECT {columns} FROM events ORDER BY id LIMIT {EVENTS_EACH}").fetchall()
        for first in range(0, conversations, BATCH):
            rows = [
                (f"stored-{number:032d}", *event)
                for number in range(first, min(first + BATCH, conversations))
                for event in events
            ]
            database.executemany(f"INSERT INTO events (sender_id, {columns}) VALUES (?, ?, ?, ?, ?, ?)", rows)
            database.commit()
