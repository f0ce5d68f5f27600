"""Call-back requests: what a visitor left for reception, with consent, until it is done or withdrawn."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, declarative_base

from gutskin.settings import Settings
from gutskin.sqlite import tune

Base: Any = declarative_base()
LETTERS = "ACDEFHJKMNPQRTUVWXY34679"
"""No two of them are mistaken for each other, read out or written by hand."""
CODE_LENGTH = 6
TRIES = 5
OPEN = "open"


class Row(Base):
    """One request; one at most is there for a conversation."""

    __tablename__ = "callback_requests"

    id = sa.Column(sa.Integer, primary_key=True)
    reference = sa.Column(sa.String(CODE_LENGTH), nullable=False, unique=True)
    conversation = sa.Column(sa.String(64), nullable=False, unique=True)
    status = sa.Column(sa.String(16), nullable=False, default=OPEN)
    created_at = sa.Column(sa.DateTime(timezone=True), nullable=False)
    name = sa.Column(sa.String(80), nullable=False)
    contact = sa.Column(sa.String(320), nullable=False)
    preferred_time = sa.Column(sa.String(200), nullable=False)
    summary = sa.Column(sa.JSON, nullable=False)
    article_version = sa.Column(sa.String(64), nullable=False)
    rules_version = sa.Column(sa.String(64), nullable=False)
    consent_version = sa.Column(sa.String(64), nullable=False)


@dataclass(frozen=True)
class CallbackRequest:
    """What is stored of a request."""

    conversation: str
    """The transcript's reference: the conversation's id."""
    name: str
    contact: str
    preferred_time: str
    summary: dict[str, Any]
    """The triage state and the answers behind it."""
    article_version: str
    rules_version: str
    consent_version: str
    """The hash of the consent card that was agreed to."""
    reference: str = ""
    status: str = OPEN
    created_at: datetime | None = None


class CallbackRequests:
    """The requests of one installation, in SQLite beside the other state or in the database of `DATABASE_URL`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def add(self, request: CallbackRequest) -> CallbackRequest:
        """Stores the request and gives it a reference; a conversation that has one gets the same back."""
        for _ in range(TRIES):
            known = self.of(request.conversation)
            if known:
                return known
            code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
            kept = {name: getattr(request, name) for name in request.__dataclass_fields__}
            kept |= {"reference": code, "status": OPEN, "created_at": datetime.now(timezone.utc)}
            try:
                with self._session() as session, session.begin():
                    session.add(Row(**kept))
            except sa.exc.IntegrityError:  # the same conversation at the same moment, or a code that is taken
                continue
            return CallbackRequest(**kept)
        raise RuntimeError("No free reference code was found.")

    def of(self, conversation: str) -> CallbackRequest | None:
        """The request of a conversation, if it has one."""
        with self._session() as session:
            row = session.scalars(sa.select(Row).where(Row.conversation == conversation)).first()
            return _request(row) if row else None

    def all(self) -> Sequence[CallbackRequest]:
        """Every request, the oldest first."""
        with self._session() as session:
            return [_request(row) for row in session.scalars(sa.select(Row).order_by(Row.id))]

    def withdraw(self, conversation: str) -> str | None:
        """Erases the request of a conversation and tells its reference."""
        with self._session() as session, session.begin():
            row = session.scalars(sa.select(Row).where(Row.conversation == conversation)).first()
            if row is None:
                return None
            session.delete(row)
            return str(row.reference)

    def _session(self) -> Session:
        return Session(self._engine, future=True)

    @cached_property
    def _engine(self) -> sa.engine.Engine:
        url = self._settings.database_url
        if not url:
            self._settings.state_dir.mkdir(parents=True, exist_ok=True)
            url = f"sqlite:///{self._settings.state_dir / 'callbacks.db'}"
        engine = sa.create_engine(url, future=True, pool_pre_ping=True)
        tune(engine)
        Base.metadata.create_all(engine)
        return engine


def _request(row: Row) -> CallbackRequest:
    return CallbackRequest(**{name: getattr(row, name) for name in CallbackRequest.__dataclass_fields__})
