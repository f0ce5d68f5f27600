"""Whether answers helped: which passages, of which wording of the article, and nothing about who said so."""

from __future__ import annotations

import threading

import sqlalchemy as sa

from gutskin.store.database import Database, now
from gutskin.store.schema import Vote

_MOST_REMEMBERED = 100_000


class Feedback:
    """The votes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._day, self._marked = now().date(), set[tuple[str, str, bool]]()

    def add(self, article: str, passages: list[str], helpful: bool, who: str = "") -> None:
        """Keeps one vote, with its day and no finer time; whoever marks a passage again on that day counts once.

        Who it was is known in memory alone, and until the day ends.
        """
        new = self._not_marked(passages, helpful, who) if who else passages
        if not new:
            return
        with self._database.writing() as session:
            session.add(Vote(day=now().date(), article=article, passages=new, helpful=helpful))

    def _not_marked(self, passages: list[str], helpful: bool, who: str) -> list[str]:
        with self._lock:
            if self._day != now().date() or len(self._marked) > _MOST_REMEMBERED:
                self._day, self._marked = now().date(), set()
            new = [passage for passage in dict.fromkeys(passages) if (who, passage, helpful) not in self._marked]
            self._marked |= {(who, passage, helpful) for passage in new}
            return new

    def counts(self, article: str) -> dict[str, dict[bool, int]]:
        """How often each passage of that wording was found helpful, and not."""
        found: dict[str, dict[bool, int]] = {}
        with self._database.reading() as session:
            for vote in session.scalars(sa.select(Vote).where(Vote.article == article)):
                for passage in vote.passages:
                    found.setdefault(passage, {True: 0, False: 0})[vote.helpful] += 1
        return found
