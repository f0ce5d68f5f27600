"""Where conversations are kept: Rasa's SQL store, with what SQLite needs to be quick and a way to erase."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain

from gutskin.settings import settings
from gutskin.sqlite import tune


class ConversationStore(SQLTrackerStore):
    """Named in `endpoints.yml`; `db` is a file under the state folder, or with `dialect` and `host` a database server."""

    def __init__(
        self, domain: Domain | None = None, dialect: str = "sqlite", db: str = "conversations.db", **kwargs: Any
    ) -> None:
        if dialect == "sqlite":
            folder = settings().state_dir
            folder.mkdir(parents=True, exist_ok=True)
            db = str(Path(folder) / db)
        super().__init__(domain=domain, dialect=dialect, db=db, **kwargs)
        tune(self.engine, synchronous="NORMAL")
        self.engine.dispose()  # Rasa has connected already, to make its table

    def erase(self, conversation_id: str) -> int:
        """Deletes every event of the conversation and tells how many there were."""
        with self.session_scope() as session:
            erased = session.query(self.SQLEvent).filter(self.SQLEvent.sender_id == conversation_id).delete()
            session.commit()
            return erased

    def is_up(self) -> bool:
        """Whether the database answers and holds its table."""
        try:
            with self.session_scope() as session:
                session.query(self.SQLEvent.id).limit(1).all()
            return True
        except sa.exc.SQLAlchemyError:
            return False
