"""The desk's queue: every change is one conditional UPDATE, so that of two people exactly one makes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from gutskin.levels import LEVELS
from gutskin.store.callbacks import OPEN, CallbackRequest
from gutskin.store.database import Database, aware, now
from gutskin.store.schema import AuditLine, RequestRow
from gutskin.store.searching import name_key, sought_number

CLAIMED, DONE = "claimed", "done"
OUTCOMES = ("spoke", "appointment", "sent_to_care", "not_reached", "other")
TABS = ("new", "mine", "taken", "done")
LONGEST_LIST = 200
LAST_PRESSING = 1
"""The rank of `urgent`: what stands before it is more dangerous still."""
_UNDONE = ("status", "owner", "call_again_at", "done_at", "outcome")
_MOMENTS = ("call_again_at", "done_at")


@dataclass(frozen=True, kw_only=True)
class Entry(CallbackRequest):
    """A request as the desk shows it: what was left, and what has become of it."""

    created_at: datetime
    level: str
    version: int
    owner: str | None
    call_again_at: datetime | None
    done_at: datetime | None
    outcome: str | None
    note: str | None
    changed_by: str | None
    can_undo: bool
    attached: list[dict[str, Any]]

    def is_with(self, who: str) -> bool:
        """Whether that person has it to work on."""
        return self.status == CLAIMED and self.owner == who

    @property
    def is_resting(self) -> bool:
        """Whether it comes back later."""
        return self.status == OPEN and self.call_again_at is not None and self.call_again_at > now()


@dataclass(frozen=True)
class Result:
    """What came of a change: the entry as it is now, and whether the change was made."""

    made: bool
    entry: Entry | None


class Queue:
    """The requests that wait, are taken by oneself or another, or are done."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def entries(self, tab: str, who: str) -> list[Entry]:
        """The rows of a tab: the most dangerous first, then the longest waiting."""
        query = _visible().where(_in_tab(tab, who)).limit(LONGEST_LIST)
        if tab == "done":
            query = query.order_by(RequestRow.done_at.desc())
        else:
            resting = sa.case((RequestRow.call_again_at > now(), 1), else_=0)
            query = query.order_by(resting, RequestRow.rank, RequestRow.created_at, RequestRow.id)
        return self._read(query)

    def counts(self, who: str) -> dict[str, int]:
        """How many rows each tab has; those that rest until later are not counted as new."""
        wanted = {tab: _in_tab(tab, who) for tab in TABS} | {"new": sa.and_(_in_tab("new", who), _due())}
        with self.database.reading() as session:
            query = sa.select(sa.func.count(RequestRow.id)).where(RequestRow.erase_on.is_(None))
            return {tab: session.scalar(query.where(condition)) or 0 for tab, condition in wanted.items()}

    def pressing(self) -> list[Entry]:
        """What waits for anybody and should not wait: the most dangerous first."""
        query = _visible().where(_in_tab("new", ""), RequestRow.rank <= LAST_PRESSING, _due())
        return self._read(query.order_by(RequestRow.rank, RequestRow.created_at, RequestRow.id).limit(LONGEST_LIST))

    def search(self, words: str) -> list[Entry]:
        """The requests whose name, reference or contact holds the words, however they are written."""
        name, number = name_key(words), sought_number(words)
        if not name:
            return []
        ways = [
            RequestRow.search_name.contains(name, autoescape=True),
            RequestRow.reference.contains(name.upper(), autoescape=True),
            RequestRow.search_contact.contains(number or name, autoescape=True),
        ]
        return self._read(_visible().where(sa.or_(*ways)).order_by(RequestRow.id.desc()).limit(LONGEST_LIST))

    def find(self, reference: str) -> Entry | None:
        """The request of that reference, if it is there and not locked."""
        found = self._read(_visible().where(RequestRow.reference == reference))
        return found[0] if found else None

    def of_day(self, day: datetime) -> list[Entry]:
        """The requests left within the 24 hours from that moment."""
        start = day.astimezone(timezone.utc)
        within = sa.and_(RequestRow.created_at >= start, RequestRow.created_at < start + timedelta(days=1))
        return self._read(_visible().where(within).order_by(RequestRow.id))

    def claim(self, reference: str, who: str) -> Result:
        """Takes a request that nobody has."""
        free = sa.and_(RequestRow.status == OPEN, RequestRow.owner.is_(None))
        return self._change(reference, who, "claimed", free, {"status": CLAIMED, "owner": who, "call_again_at": None})

    def release(self, reference: str, who: str, version: int, note: str | None = None) -> Result:
        """Gives back what one has; the note, if there is one, goes with it, as with every change of who holds it."""
        values = {"status": OPEN, "owner": None, **_noted(note)}
        return self._change(reference, who, "released", _held(who, version), values)

    def release_of_another(self, reference: str, who: str, version: int) -> Result:
        """Gives back what somebody else has, who has gone home with it."""
        taken = sa.and_(RequestRow.status == CLAIMED, RequestRow.version == version)
        return self._change(reference, who, "released another's", taken, {"status": OPEN, "owner": None})

    def not_reached(self, reference: str, who: str, version: int, again: datetime, note: str | None = None) -> Result:
        """Called without an answer: it comes back for everyone at the chosen time."""
        values = {"status": OPEN, "owner": None, "call_again_at": again.astimezone(timezone.utc), **_noted(note)}
        return self._change(reference, who, "called, no answer", _held(who, version), values)

    def done(self, reference: str, who: str, version: int, outcome: str, note: str) -> Result:
        """Ends a request."""
        values = {"status": DONE, "done_at": now(), "outcome": outcome, "note": note}
        return self._change(reference, who, "done", _held(who, version), values)

    def undo(self, reference: str, who: str, version: int, note: str | None = None) -> Result:
        """Takes back the last change, if it was one's own; what was noted stays."""
        own = sa.and_(RequestRow.version == version, RequestRow.changed_by == who)
        return self._change(reference, who, "undone", own, _noted(note), is_undo=True)

    def attach(self, reference: str, who: str, suggestion: str, attached: dict[str, Any]) -> Result:
        """Keeps the caller's words and the reply with a request that one has: once for each suggestion, as last sent."""
        kept = {"suggestion": suggestion, **attached, "who": who}

        def with_it(before: list[dict[str, Any]]) -> list[dict[str, Any]]:
            if any({**one, "at": ""} == {**kept, "at": ""} for one in before):
                return before
            others = [one for one in before if (one.get("suggestion"), one["who"]) != (suggestion, who)]
            return [*others, {**kept, "at": now().isoformat()}]

        return self._reattach(reference, who, "attached", with_it)

    def detach(self, reference: str, who: str, at: str) -> Result:
        """Takes away what one attached at that moment."""
        return self._reattach(
            reference, who, "removed what was attached",
            lambda before: [one for one in before if (one["at"], one["who"]) != (at, who)],
        )  # fmt: skip

    def _reattach(
        self, reference: str, who: str, action: str, change: Callable[[list[dict[str, Any]]], list[dict[str, Any]]]
    ) -> Result:
        with self.database.writing() as session:
            held = sa.and_(RequestRow.owner == who, RequestRow.status == CLAIMED)
            row = session.scalars(_visible().where(RequestRow.reference == reference, held).with_for_update()).first()
            if row is not None and (after := change(row.attached or [])) != (row.attached or []):
                row.attached = after
                session.add(_line(who, action, reference))
        return Result(row is not None, self.find(reference))

    def _change(
        self, reference: str, who: str, action: str, condition: Any, values: dict[str, Any], is_undo: bool = False
    ) -> Result:
        """Makes a change and its audit line in one transaction, where the condition still holds."""
        with self.database.writing() as session:
            row = session.execute(_visible().where(RequestRow.reference == reference)).scalars().first()
            made = row is not None and self._update(session, row, who, condition, values, is_undo)
            if made:
                session.add(_line(who, action, reference))
        return Result(made, self.find(reference))

    def _update(
        self, session: Session, row: RequestRow, who: str, condition: Any, values: dict[str, Any], is_undo: bool
    ) -> bool:
        if is_undo:
            if not row.before:
                return False
            values = {name: _moment(name, row.before[name]) for name in _UNDONE} | values
            kept, by = sa.null(), None
        else:
            kept, by = {name: _text(getattr(row, name)) for name in _UNDONE}, who
        statement = (
            sa.update(RequestRow)
            .where(RequestRow.id == row.id, RequestRow.version == row.version, condition)
            .values(**values, before=kept, changed_by=by, version=row.version + 1)
            .execution_options(synchronize_session=False)
        )
        return bool(session.execute(statement).rowcount == 1)

    def _read(self, query: Any) -> list[Entry]:
        with self.database.reading() as session:
            return [_entry(row) for row in session.scalars(query)]


def _visible() -> Any:
    return sa.select(RequestRow).where(RequestRow.erase_on.is_(None))


def _in_tab(tab: str, who: str) -> Any:
    if tab == "mine":
        return sa.and_(RequestRow.status == CLAIMED, RequestRow.owner == who)
    if tab == "taken":
        return sa.and_(RequestRow.status == CLAIMED, RequestRow.owner != who)
    return RequestRow.status == (DONE if tab == "done" else OPEN)


def _due() -> Any:
    return sa.or_(RequestRow.call_again_at.is_(None), RequestRow.call_again_at <= now())


def _held(who: str, version: int) -> Any:
    return sa.and_(RequestRow.status == CLAIMED, RequestRow.owner == who, RequestRow.version == version)


def _noted(note: str | None) -> dict[str, str]:
    return {} if note is None else {"note": note}


def _line(who: str, action: str, reference: str) -> AuditLine:
    return AuditLine(at=now(), who=who, action=action, reference=reference)


def _text(value: Any) -> Any:
    return value.astimezone(timezone.utc).isoformat() if isinstance(value, datetime) else value


def _moment(name: str, value: Any) -> Any:
    return datetime.fromisoformat(value) if name in _MOMENTS and value else value


def _entry(row: RequestRow) -> Entry:
    taken = {name: getattr(row, name) for name in Entry.__dataclass_fields__ if hasattr(row, name)}
    taken |= {name: aware(taken[name]) for name in ("created_at", *_MOMENTS)}
    taken |= {
        "level": LEVELS[len(LEVELS) - 1 - row.rank], "can_undo": bool(row.before), "attached": row.attached or []
    }  # fmt: skip
    return Entry(**taken)
