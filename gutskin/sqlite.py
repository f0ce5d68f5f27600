"""What every SQLite file of the assistant needs, as several processes use it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa


def tune(engine: sa.engine.Engine, synchronous: str = "FULL") -> None:
    """Makes each new connection of a SQLite engine use write-ahead logging: readers never wait, writers for each other.

    With `synchronous="NORMAL"` a commit costs no full sync; it survives a killed process, but not a power cut.
    """
    if engine.dialect.name != "sqlite":
        return

    def prepare(connection: Any, _: Any) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"PRAGMA synchronous={synchronous}")
        connection.execute("PRAGMA busy_timeout=5000")

    sa.event.listen(engine, "connect", prepare)
