"""The audit log: lines that are no change of a request, and reading it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from gutskin.store.database import Database, aware, now
from gutskin.store.schema import AuditLine

_LONGEST = 500


@dataclass(frozen=True)
class Line:
    """Who did what, when."""

    at: datetime
    who: str
    action: str
    reference: str | None


class Audit:
    """The log of one installation."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, who: str, action: str, reference: str | None = None) -> None:
        """Keeps one line."""
        with self._database.writing() as session:
            session.add(AuditLine(at=now(), who=who, action=action, reference=reference))

    def lines(self, reference: str | None = None) -> list[Line]:
        """The newest lines first, of one request or of all."""
        query = sa.select(AuditLine).order_by(AuditLine.id.desc()).limit(_LONGEST)
        if reference:
            query = query.where(AuditLine.reference == reference)
        with self._database.reading() as session:
            return [Line(aware(row.at) or row.at, row.who, row.action, row.reference) for row in session.scalars(query)]
