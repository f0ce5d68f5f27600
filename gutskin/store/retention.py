"""How long things are kept, and how one person's are erased or handed out."""

from __future__ import annotations

import time
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from gutskin.settings import Settings
from gutskin.store.database import Database, aware, now
from gutskin.store.schema import AuditLine, DeskSession, Exchange, RequestRow
from gutskin.store.transcripts import LOCKED, Transcripts


def lock_or_erase(session: Session, row: RequestRow, min_days: int) -> date | None:
    """Erases a request; where a law wants it kept longer, locks it until the day on which it may go: that day."""
    created = aware(row.created_at) or now()
    until = (created + timedelta(days=min_days)).date()
    if not min_days or until <= now().date():
        session.delete(row)
        return None
    if not row.erase_on:
        row.erase_on = until
        row.conversation = f"{LOCKED}{row.conversation} {row.reference}"  # the conversation may leave another request
        row.version += 1
    return until


class Retention:
    """The job that ends what has been kept long enough, and what a visitor may ask for."""

    def __init__(self, settings: Settings, database: Database | None = None) -> None:
        self._settings = settings
        self._database = database or Database(settings)
        self._transcripts = Transcripts(settings)

    def run(self) -> dict[str, int]:
        """Erases what is over its time; how many of each."""
        settings, today, moment = self._settings, now().date(), now()
        done_before = moment - timedelta(days=settings.done_days)
        counts, ended = {"requests": 0, "locked": 0}, []
        with self._database.writing() as session:
            for row in session.scalars(sa.select(RequestRow).where(RequestRow.erase_on <= today)).all():
                ended.append(_conversation(row))
                session.delete(row)
                counts["requests"] += 1
            over = sa.select(RequestRow).where(
                RequestRow.erase_on.is_(None), RequestRow.status == "done", RequestRow.done_at <= done_before
            )
            for row in session.scalars(over).all():
                ended.append(_conversation(row))
                locked = lock_or_erase(session, row, settings.min_days)
                counts["locked" if locked else "requests"] += 1
            kept = set(session.scalars(sa.select(RequestRow.conversation).where(RequestRow.erase_on.is_(None))))
            for table, column, limit in (
                (Exchange, Exchange.day, today - timedelta(days=settings.exchange_days)),
                (DeskSession, DeskSession.seen_at, moment - timedelta(seconds=settings.desk_idle_seconds)),
                (AuditLine, AuditLine.at, moment - timedelta(days=max(settings.audit_days, settings.min_days))),
            ):
                erased = session.execute(sa.delete(table).where(column < limit))
                counts[table.__tablename__] = erased.rowcount
        for conversation in ended:
            self._transcripts.end(conversation)
        quiet_since = time.time() - settings.conversation_hours * 3600
        counts["conversations"] = self._transcripts.end_older(quiet_since, kept)
        return counts

    def erase(self, reference: str, who: str) -> str | None:
        """Erases or locks what is held under a reference; "erased", or the day until which it is locked."""
        with self._database.writing() as session:
            row = _row(session, reference)
            if row is None:
                return None
            conversation = _conversation(row)
            until = lock_or_erase(session, row, self._settings.min_days)
            session.add(AuditLine(at=now(), who=who, action="locked" if until else "erased", reference=reference))
        self._transcripts.end(conversation)
        return f"locked until {until}" if until else "erased"

    def whose(self, reference: str) -> str | None:
        """The name under a reference, if there is one: for whoever is about to erase it."""
        with self._database.reading() as session:
            row = _row(session, reference)
            return str(row.name) if row is not None else None

    def held(self, reference: str, who: str) -> dict[str, Any] | None:
        """Everything that is held under a reference, for the person whom it is about."""
        with self._database.writing() as session:
            row = _row(session, reference)
            if row is None:
                return None
            session.add(AuditLine(at=now(), who=who, action="handed out", reference=reference))
            request = {column.name: getattr(row, column.name) for column in RequestRow.__table__.columns}
            audit = session.scalars(sa.select(AuditLine).where(AuditLine.reference == reference)).all()
            lines = [{"at": line.at.isoformat(), "who": line.who, "action": line.action} for line in audit]
            conversation = _conversation(row)
        said = self._transcripts.of(conversation, with_locked=True)
        return {"request": request, "conversation": said, "audit": lines}


def _row(session: Session, reference: str) -> RequestRow | None:
    return session.scalars(sa.select(RequestRow).where(RequestRow.reference == reference)).first()


def _conversation(row: RequestRow) -> str:
    return str(row.conversation).removeprefix(LOCKED).removesuffix(f" {row.reference}")
