"""Whether answers helped: which passages, of which wording of the article, and nothing about who said so."""

from __future__ import annotations

from datetime import datetime, timezone
from functools import cached_property
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, declarative_base

Base: Any = declarative_base()


class Vote(Base):
    """One "yes" or "no" under an answer."""

    __tablename__ = "votes"

    id = sa.Column(sa.Integer, primary_key=True)
    day = sa.Column(sa.Date, nullable=False)
    article = sa.Column(sa.String(64), nullable=False, index=True)
    passages = sa.Column(sa.JSON, nullable=False)
    helpful = sa.Column(sa.Boolean, nullable=False)


class Feedback:
    """The votes, in a file of their own."""

    def __init__(self, file: Path) -> None:
        self._file = file

    @cached_property
    def _engine(self) -> sa.engine.Engine:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        engine = sa.create_engine(f"sqlite:///{self._file}", future=True)
        Base.metadata.create_all(engine)
        return engine

    def add(self, article: str, passages: list[str], helpful: bool) -> None:
        """Keeps one vote, with its day and no finer time."""
        with Session(self._engine, future=True) as session, session.begin():
            today = datetime.now(timezone.utc).date()
            session.add(Vote(day=today, article=article, passages=passages, helpful=helpful))

    def counts(self, article: str) -> dict[str, dict[bool, int]]:
        """How often each passage of that wording was found helpful, and not."""
        found: dict[str, dict[bool, int]] = {}
        with Session(self._engine, future=True) as session:
            for vote in session.scalars(sa.select(Vote).where(Vote.article == article)):
                for passage in vote.passages:
                    found.setdefault(passage, {True: 0, False: 0})[vote.helpful] += 1
        return found
