"""Where conversations are kept: Rasa's SQL store, with what SQLite needs to be quick and a way to erase."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain

from gutskin.settings import settings
from gutskin.sqlite import tune
from gutskin.store.transcripts import FILE, end


class ConversationStore(SQLTrackerStore):
    """Named in `endpoints.yml`; a file under the state folder, or the database of `DATABASE_URL`."""

    def __init__(self, domain: Domain | None = None, host: str | None = None, **kwargs: Any) -> None:
        """`host` is what Rasa passes from `endpoints.yml`, where none is named."""
        folder: Path = settings().state_dir
        folder.mkdir(parents=True, exist_ok=True)
        super().__init__(domain=domain, host=host or settings().database_url or f"sqlite:///{folder / FILE}", **kwargs)
        self.engine.hide_parameters = True  # Rasa logs what failed, which would print what was said
        tune(self.engine, synchronous="NORMAL")
        self.engine.dispose()  # Rasa has connected already, to make its table

    def end(self, conversation_id: str) -> date | None:
        """Erases the conversation; the day until which it is locked instead, where a law wants it kept."""
        with self.engine.begin() as connection:
            return end(connection, conversation_id, settings().min_days)

    def is_up(self) -> bool:
        """Whether the database answers and holds its table."""
        try:
            with self.session_scope() as session:
                session.query(self.SQLEvent.id).limit(1).all()
            return True
        except sa.exc.SQLAlchemyError:
            return False
