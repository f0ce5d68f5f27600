"""Accounts and logins of the desk: argon2, a growing pause after failures, sessions that end by themselves."""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy.orm import Session

from gutskin.store.database import Database, aware, now
from gutskin.store.schema import AuditLine, DeskSession, User

ROLES = ("reception", "clinician", "admin")
FEWEST_CHARACTERS, MOST_CHARACTERS = 12, 200
FREE_FAILURES = 5
MOST_STRANGERS = 10_000
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 30, 3600
_hasher = PasswordHasher()
_one_hash_at_a_time = threading.BoundedSemaphore(2)


@dataclass(frozen=True)
class Person:
    """Who is logged in, with what their pages need."""

    name: str
    role: str
    session: str
    csrf: str


@dataclass(frozen=True)
class Login:
    """What came of a try to log in: a session's secret, or none and how long the name pauses."""

    secret: str | None
    pause: timedelta


class Strangers:
    """Tries with names that nobody has, in memory: they pause as an account does."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: OrderedDict[str, tuple[int, datetime | None]] = OrderedDict()

    def tried(self, name: str) -> datetime | None:
        """Counts a try; until when the name pauses, if it does."""
        key = hashlib.sha256(name.casefold().encode()).hexdigest()
        with self._lock:
            failures, until = self._known.pop(key, (0, None))
            if until is None or until <= now():
                failures += 1
                until = now() + _pause(failures) if failures >= FREE_FAILURES else None
            self._known[key] = failures, until
            while len(self._known) > MOST_STRANGERS:
                self._known.popitem(last=False)
        return until


class Users:
    """The accounts of one installation."""

    def __init__(self, database: Database, idle_seconds: int) -> None:
        self._database = database
        self._idle = timedelta(seconds=idle_seconds)
        self._strangers = Strangers()

    def save(self, name: str, role: str, password: str) -> None:
        """Makes an account, or gives one a new role and password and ends its sessions.

        Raises:
            ValueError: the name, role or password cannot be used; the text says what may be.
        """
        if not name.strip() or len(name) > 60 or name != name.strip():
            raise ValueError("A name has 1 to 60 characters.")
        if role not in ROLES:
            raise ValueError(f"A role is one of {', '.join(ROLES)}.")
        hashed = _hash(password)
        with self._database.writing() as session:
            number = _number_of(session, name)
            user = session.get(User, number) if number is not None else None
            if user is None:
                user = User(name=name, failures=0)
                session.add(user)
            user.role, user.password, user.failures, user.locked_until = role, hashed, 0, None
            session.flush()
            session.execute(sa.delete(DeskSession).where(DeskSession.user_id == user.id))
            session.add(AuditLine(at=now(), who=name, action="account saved"))

    def log_in(self, name: str, password: str) -> Login:
        """A new session's secret; none for a wrong name or password, or while the account pauses.

        The try is counted before the password is looked at: many tries at once count as many. A name that nobody has
        pauses like any other, so that a pause tells nothing.
        """
        with self._database.writing() as session:
            number = _number_of(session, name)
            free = sa.or_(User.locked_until.is_(None), User.locked_until <= now())
            counted = session.execute(
                sa.update(User).where(User.id == number, free).values(failures=User.failures + 1)
                .execution_options(synchronize_session=False)
            ).rowcount  # fmt: skip
            user = session.get(User, number) if number is not None else None
            hashed = user.password if user is not None and counted else None
            known = user.name if user is not None else "?"
            if user is not None and counted and user.failures >= FREE_FAILURES:
                user.locked_until = now() + _pause(user.failures)
            until = aware(user.locked_until) if user is not None else self._strangers.tried(name)
        right = _matches(hashed, password)
        with self._database.writing() as session:
            if not right:
                session.add(AuditLine(at=now(), who=known, action="login refused"))
                return Login(None, max(timedelta(), until - now()) if until else timedelta())
            session.execute(sa.update(User).where(User.id == number).values(failures=0, locked_until=None))
            session.add(AuditLine(at=now(), who=known, action="logged in"))
            secret = secrets.token_urlsafe(32)
            session.add(DeskSession(id=_digest(secret), user_id=number, csrf=secrets.token_urlsafe(32), seen_at=now()))
        return Login(secret, timedelta())

    def person(self, secret: str) -> Person | None:
        """Whose session it is; nobody's, when it is unknown or was idle too long. Being asked keeps it alive."""
        with self._database.reading() as session:
            query = sa.select(DeskSession, User).join(User, User.id == DeskSession.user_id)
            found = session.execute(query.where(DeskSession.id == _digest(secret))).first()
            if found is None:
                return None
            kept, user = found
            idle = now() - (aware(kept.seen_at) or now())
            person = Person(user.name, user.role, kept.id, kept.csrf)
        if idle > self._idle:
            self._end(DeskSession.id == person.session)
            return None
        return person

    def touch(self, person: Person) -> None:
        """Keeps a session alive: what a person does, not what a page asks for by itself."""
        with self._database.writing() as session:
            session.execute(sa.update(DeskSession).where(DeskSession.id == person.session).values(seen_at=now()))

    def log_out(self, person: Person) -> None:
        """Ends a session."""
        self._end(DeskSession.id == person.session)

    def change_password(self, person: Person, old: str, new: str) -> bool:
        """Whether the old one was right; ends the person's other sessions.

        Raises:
            ValueError: the new one cannot be used.
        """
        hashed = _hash(new)
        with self._database.reading() as session:
            user = session.scalars(sa.select(User).where(User.name == person.name)).first()
            if user is None or not _matches(user.password, old):
                return False
            number = user.id
        with self._database.writing() as session:
            session.execute(sa.update(User).where(User.id == number).values(password=hashed))
            others = sa.and_(DeskSession.user_id == number, DeskSession.id != person.session)
            session.execute(sa.delete(DeskSession).where(others))
            session.add(AuditLine(at=now(), who=person.name, action="password changed"))
        return True

    def _end(self, condition: sa.sql.ColumnElement[bool]) -> None:
        with self._database.writing() as session:
            session.execute(sa.delete(DeskSession).where(condition))


def _number_of(session: Session, name: str) -> int | None:
    """Whose name it is: as it is written, else in any case. SQL does not fold every script, and accounts are few."""
    names = {str(known): int(number) for number, known in session.execute(sa.select(User.id, User.name))}
    folded = {known.casefold(): number for known, number in names.items()}
    return names.get(name, folded.get(name.strip().casefold()))


def _pause(failures: int) -> timedelta:
    doublings = min(failures - FREE_FAILURES, 12)
    return timedelta(seconds=min(FIRST_PAUSE_SECONDS * 2**doublings, LONGEST_PAUSE_SECONDS))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _hash(password: str) -> str:
    if not FEWEST_CHARACTERS <= len(password) <= MOST_CHARACTERS:
        raise ValueError(f"A password has {FEWEST_CHARACTERS} to {MOST_CHARACTERS} characters.")
    with _one_hash_at_a_time:
        return _hasher.hash(password)


def _matches(hashed: str | None, password: str) -> bool:
    """Whether the password is right; an unknown name takes as long as a wrong password."""
    with _one_hash_at_a_time:
        try:
            if hashed is None or len(password) > MOST_CHARACTERS:
                _hasher.hash("nobody")
                return False
            return _hasher.verify(hashed, password)
        except (VerifyMismatchError, InvalidHashError):
            return False
