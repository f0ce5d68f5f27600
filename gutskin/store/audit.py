"""The audit log: lines that are no change of a request, and reading it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from gutskin.store.database import Database, aware, now
from gutskin.store.schema import AuditLine

_LONGEST = 500
PAGE = 100


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

    def lines(self, reference: str) -> list[Line]:
        """The newest lines of one request first."""
        query = sa.select(AuditLine).where(AuditLine.reference == reference)
        query = query.order_by(AuditLine.id.desc()).limit(_LONGEST)
        with self._database.reading() as session:
            return [_line(row) for row in session.scalars(query)]

    def page(self, number: int, reference: str = "", who: str = "") -> tuple[list[Line], bool]:
        """The lines of a page, the first being the newest, and whether there are older ones."""
        query = sa.select(AuditLine).order_by(AuditLine.id.desc()).offset((number - 1) * PAGE).limit(PAGE + 1)
        if reference:
            query = query.where(AuditLine.reference == reference)
        if who:
            query = query.where(AuditLine.who == who)
        with self._database.reading() as session:
            found = [_line(row) for row in session.scalars(query)]
        return found[:PAGE], len(found) > PAGE

    def people(self) -> list[str]:
        """Everybody of whom there is a line."""
        with self._database.reading() as session:
            return list(session.scalars(sa.select(AuditLine.who).distinct().order_by(AuditLine.who)))


def _line(row: AuditLine) -> Line:
    return Line(aware(row.at) or row.at, row.who, row.action, row.reference)
