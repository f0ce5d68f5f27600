"""The database itself: opened at first use, brought to the newest schema, refused when it is newer than the code."""

from __future__ import annotations

import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from functools import cached_property
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.orm import Session

from gutskin.errors import StoreError
from gutskin.settings import Settings
from gutskin.sqlite import tune

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
FILE = "callbacks.db"
_opening = threading.Lock()


class Database:
    """The shared database: SQLite beside the other state, or the one of `DATABASE_URL`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that changes nothing."""
        with Session(self.engine, future=True) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session in one transaction: all of it is kept, or nothing."""
        with Session(self.engine, future=True) as session, session.begin():
            yield session

    @property
    def engine(self) -> sa.engine.Engine:
        """The engine, at the newest schema.

        Raises:
            StoreError: the database is newer than this code.
        """
        with _opening:
            return self._engine

    @cached_property
    def _engine(self) -> sa.engine.Engine:
        self._settings.state_dir.mkdir(parents=True, exist_ok=True)
        engine = sa.create_engine(self._settings.database(FILE), future=True, pool_pre_ping=True, hide_parameters=True)
        tune(engine)
        with self._one_process_at_a_time():
            migrate(engine)
        return engine

    @contextmanager
    def _one_process_at_a_time(self) -> Iterator[None]:
        """Several processes of one machine may open a new database together."""
        with (self._settings.state_dir / "migration.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def migrate(engine: sa.engine.Engine) -> None:
    """Brings a database to the newest schema.

    Raises:
        StoreError: it is newer than this code.
    """
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    script = ScriptDirectory.from_config(config)
    with engine.begin() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
        if found == script.get_current_head():
            return
        if found is not None and found not in {revision.revision for revision in script.walk_revisions()}:
            raise StoreError(
                f"The database is newer than this code (it is at {found!r}). "
                "Mend: start the version that wrote it, or restore the backup from before."
            )
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def now() -> datetime:
    """The present moment, as it is stored."""
    return datetime.now(timezone.utc)


def aware(moment: datetime | None) -> datetime | None:
    """A moment out of the database with its zone: SQLite loses it."""
    return moment.replace(tzinfo=timezone.utc) if moment is not None and moment.tzinfo is None else moment
