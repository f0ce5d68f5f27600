"""The tables, as the newest migration leaves them; a test holds the two against each other."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import declarative_base

Base: Any = declarative_base()
CODE_LENGTH = 6
CONVERSATION_LENGTH = 80


class RequestRow(Base):
    """One call-back request; one at most is there for a conversation."""

    __tablename__ = "callback_requests"

    id = sa.Column(sa.Integer, primary_key=True)
    reference = sa.Column(sa.String(CODE_LENGTH), nullable=False, unique=True)
    conversation = sa.Column(sa.String(CONVERSATION_LENGTH), nullable=False, unique=True)
    status = sa.Column(sa.String(16), nullable=False)
    created_at = sa.Column(sa.DateTime(timezone=True), nullable=False)
    name = sa.Column(sa.String(80), nullable=False)
    contact = sa.Column(sa.String(320), nullable=False)
    preferred_time = sa.Column(sa.String(200), nullable=False)
    summary = sa.Column(sa.JSON, nullable=False)
    article_version = sa.Column(sa.String(64), nullable=False)
    rules_version = sa.Column(sa.String(64), nullable=False)
    consent_version = sa.Column(sa.String(64), nullable=False)
    rank = sa.Column(sa.Integer, nullable=False, server_default="3")
    """0 emergency, 1 urgent, 2 routine, 3 information: the order of the queue."""
    version = sa.Column(sa.Integer, nullable=False, server_default="1")
    """Counts the changes: a form that was filled in on an older state is refused."""
    owner = sa.Column(sa.String(60))
    call_again_at = sa.Column(sa.DateTime(timezone=True))
    done_at = sa.Column(sa.DateTime(timezone=True))
    outcome = sa.Column(sa.String(40))
    note = sa.Column(sa.Text)
    changed_by = sa.Column(sa.String(60))
    before = sa.Column(sa.JSON)
    """What an undo of the last change brings back."""
    attached = sa.Column(sa.JSON)
    """What reception attached: the caller's words and the suggestion."""
    search_name = sa.Column(sa.Text, nullable=False, server_default="")
    search_contact = sa.Column(sa.Text, nullable=False, server_default="")
    """Name and contact as `gutskin.store.searching` compares them."""
    erase_on = sa.Column(sa.Date)
    """Set: the request is locked, that is, neither shown nor used, and erased on that day."""


class User(Base):
    """One person's account at the desk."""

    __tablename__ = "desk_users"

    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String(60), nullable=False, unique=True)
    password = sa.Column(sa.String(200), nullable=False)
    role = sa.Column(sa.String(16), nullable=False)
    failures = sa.Column(sa.Integer, nullable=False, server_default="0")
    locked_until = sa.Column(sa.DateTime(timezone=True))


class DeskSession(Base):
    """A login; the cookie's value is kept as its hash only."""

    __tablename__ = "desk_sessions"

    id = sa.Column(sa.String(64), primary_key=True)
    user_id = sa.Column(sa.Integer, sa.ForeignKey("desk_users.id", ondelete="CASCADE"), nullable=False)
    csrf = sa.Column(sa.String(64), nullable=False)
    seen_at = sa.Column(sa.DateTime(timezone=True), nullable=False)


class AuditLine(Base):
    """Who did what to which request, and when; no free text."""

    __tablename__ = "audit"

    id = sa.Column(sa.Integer, primary_key=True)
    at = sa.Column(sa.DateTime(timezone=True), nullable=False, index=True)
    who = sa.Column(sa.String(60), nullable=False)
    action = sa.Column(sa.String(40), nullable=False)
    reference = sa.Column(sa.String(CODE_LENGTH), index=True)


class Exchange(Base):
    """One message and its reply, without a word of either: what it was about, and how long it took."""

    __tablename__ = "exchanges"

    id = sa.Column(sa.Integer, primary_key=True)
    day = sa.Column(sa.Date, nullable=False, index=True)
    kind = sa.Column(sa.String(20), nullable=False)
    level = sa.Column(sa.String(20), nullable=False)
    sections = sa.Column(sa.JSON, nullable=False)
    passages = sa.Column(sa.JSON, nullable=False)
    terms = sa.Column(sa.JSON, nullable=False)
    milliseconds = sa.Column(sa.Integer, nullable=False)
    raised = sa.Column(sa.Boolean, nullable=False, server_default=sa.true())
    """Whether it began its conversation or raised its level."""


class Vote(Base):
    """One "yes" or "no" under an answer, with its day and no finer time."""

    __tablename__ = "votes"

    id = sa.Column(sa.Integer, primary_key=True)
    day = sa.Column(sa.Date, nullable=False)
    article = sa.Column(sa.String(64), nullable=False, index=True)
    passages = sa.Column(sa.JSON, nullable=False)
    helpful = sa.Column(sa.Boolean, nullable=False)
