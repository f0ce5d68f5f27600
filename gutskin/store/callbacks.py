"""Call-back requests: what a visitor left for reception, with consent, until it is done or withdrawn."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from gutskin.levels import LEVELS
from gutskin.settings import Settings
from gutskin.store.database import Database, now
from gutskin.store.retention import lock_or_erase
from gutskin.store.schema import CODE_LENGTH, RequestRow
from gutskin.store.searching import contact_key, name_key

LETTERS = "ACDEFHJKMNPQRTUVWXY34679"
"""No two of them are mistaken for each other, read out or written by hand."""
TRIES = 5
OPEN = "open"


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


@dataclass(frozen=True)
class Withdrawn:
    """The reference of a request that was withdrawn, and the day until which it is locked, if a law wants it kept."""

    reference: str
    locked_until: date | None


class CallbackRequests:
    """The requests of one installation, in SQLite beside the other state or in the database of `DATABASE_URL`."""

    def __init__(self, settings: Settings, database: Database | None = None) -> None:
        self._min_days = settings.min_days
        self.database = database or Database(settings)

    def add(self, request: CallbackRequest) -> CallbackRequest:
        """Stores the request and gives it a reference; a conversation that has one gets the same back."""
        for _ in range(TRIES):
            known = self.of(request.conversation)
            if known:
                return known
            code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
            kept = {name: getattr(request, name) for name in request.__dataclass_fields__}
            kept |= {"reference": code, "status": OPEN, "created_at": now()}
            try:
                with self.database.writing() as session:
                    session.add(RequestRow(**kept, rank=rank_of(request.summary), **search_keys(request)))
            except sa.exc.IntegrityError:  # the same conversation at the same moment, or a code that is taken
                continue
            return CallbackRequest(**kept)
        raise RuntimeError("No free reference code was found.")

    def of(self, conversation: str) -> CallbackRequest | None:
        """The request of a conversation, if it has one."""
        with self.database.reading() as session:
            row = session.scalars(sa.select(RequestRow).where(RequestRow.conversation == conversation)).first()
            return _request(row) if row else None

    def all(self) -> Sequence[CallbackRequest]:
        """Every request that is not locked, the oldest first."""
        query = sa.select(RequestRow).where(RequestRow.erase_on.is_(None)).order_by(RequestRow.id)
        with self.database.reading() as session:
            return [_request(row) for row in session.scalars(query)]

    def withdraw(self, conversation: str) -> Withdrawn | None:
        """Erases or locks the request of a conversation, if it has one."""
        with self.database.writing() as session:
            row = session.scalars(sa.select(RequestRow).where(RequestRow.conversation == conversation)).first()
            if row is None:
                return None
            reference = str(row.reference)
            return Withdrawn(reference, lock_or_erase(session, row, self._min_days))


def search_keys(request: CallbackRequest) -> dict[str, str]:
    """The columns in which a request is searched for."""
    return {"search_name": name_key(request.name), "search_contact": contact_key(request.contact)}


def rank_of(summary: dict[str, Any]) -> int:
    """The place of a request in the queue: 0 is the most dangerous level."""
    level = summary.get("level")
    return len(LEVELS) - 1 - (LEVELS.index(level) if level in LEVELS else 0)


def _request(row: RequestRow) -> CallbackRequest:
    return CallbackRequest(**{name: getattr(row, name) for name in CallbackRequest.__dataclass_fields__})
