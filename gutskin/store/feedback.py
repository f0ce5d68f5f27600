"""Whether answers helped: which passages, of which wording of the article, and nothing about who said so."""

from __future__ import annotations

import sqlalchemy as sa

from gutskin.store.database import Database, now
from gutskin.store.schema import Vote


class Feedback:
    """The votes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, article: str, passages: list[str], helpful: bool) -> None:
        """Keeps one vote, with its day and no finer time."""
        with self._database.writing() as session:
            session.add(Vote(day=now().date(), article=article, passages=passages, helpful=helpful))

    def counts(self, article: str) -> dict[str, dict[bool, int]]:
        """How often each passage of that wording was found helpful, and not."""
        found: dict[str, dict[bool, int]] = {}
        with self._database.reading() as session:
            for vote in session.scalars(sa.select(Vote).where(Vote.article == article)):
                for passage in vote.passages:
                    found.setdefault(passage, {True: 0, False: 0})[vote.helpful] += 1
        return found
