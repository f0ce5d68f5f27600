"""A desk in the middle of a shift: the real application, over a database of its own with people and requests in it."""

from __future__ import annotations

import json
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import uvicorn

from desk.app import create_app
from desk.suggest import Assistant
from gutskin.knowledge import knowledge
from gutskin.settings import Settings
from gutskin.store.callbacks import CallbackRequest, CallbackRequests
from gutskin.store.database import Database, now
from gutskin.store.exchanges import Asked
from gutskin.store.feedback import Feedback
from gutskin.store.queue import Queue
from gutskin.store.schema import Exchange, RequestRow
from gutskin.store.users import Users

PASSWORD = "correct horse battery"  # noqa: S105 - of a test
PEOPLE = {"Rita": "reception", "Ravi": "reception", "Dr Devi": "clinician", "Ada": "admin"}
QUOTE = "Quoted words of the article, long enough to be broken over two or three lines."
SECTIONS = (
    "1. Acne", "2. Eczema (Atopic Dermatitis)", "Can Probiotics Improve Skin?", "Final Thoughts",
    "Foods That Support Gut and Skin Health", "What Is the Gut-Skin Axis?", "3. Psoriasis",
)  # fmt: skip
SOURCE = {"passage": "probiotics-caveat", "section": SECTIONS[2], "url": "http://127.0.0.1/chat#x", "quote": QUOTE}
ANSWER = {
    "kind": "answer",
    "text": f"Not on their own.\n\n“{QUOTE}”",
    "citations": [SOURCE],
    "choices": [],
    "contacts": [],
}
SCRIPT = {
    **ANSWER,
    "kind": "emergency",
    "text": "This may be an emergency.\nDo not wait for an answer here.",
    "citations": [],
}
CALM: dict[str, Any] = {"level": "information", "flags": [], "red_flags": [], "because": []}
ALARM = {
    "level": "emergency",
    "flags": ["priority"],
    "red_flags": ["RF01"],
    "because": ["lips are swelling", "cannot breathe"],
}
DANGER = "her lips are swelling and she cannot breathe"
CALLERS = (
    ("Asha Kulkarni", "emergency", 4, "chronic-urticaria"), ("Ravi", "urgent", 51, "eczema"),
    ("Meera Subramaniam", "urgent", 180, "acne"), ("A person whose name has many words and goes on", "routine", 95, "psoriasis"),
    ("Jo", "information", 3000, ""), ("Farhan", "routine", 12, "acne"), ("Lata", "routine", 700, "rosacea"),
)  # fmt: skip
"""Name, level, minutes of waiting, condition."""


class StandIn(Assistant):
    """In the place of the assistant: danger raises an alarm, everything else is answered."""

    def __init__(self) -> None:
        super().__init__("")

    async def ask(self, words: str) -> dict[str, Any]:
        return {"replies": [SCRIPT], "triage": ALARM} if "swelling" in words else {"replies": [ANSWER], "triage": CALM}


@dataclass(frozen=True)
class Shift:
    """The desk's address, and the references of three requests by what became of them; Rita has `mine`."""

    base: str
    open: str
    mine: str
    done: str
    leave: Callable[[str, str], str]
    """Leaves another request: name and level; its reference."""


@contextmanager
def shift() -> Iterator[Shift]:
    """A served desk."""
    with tempfile.TemporaryDirectory(prefix="gut-skin-desk-") as folder:
        settings = Settings.parse_obj({"state_dir": folder})
        database = Database(settings)
        users = Users(database, settings.desk_idle_seconds)
        for name, role in PEOPLE.items():
            users.save(name, role, PASSWORD)
        references = _requests(settings, database)
        _counts(database)
        with socket.socket() as listening:
            listening.bind(("127.0.0.1", 0))
            config = uvicorn.Config(create_app(settings, StandIn()), log_level="critical", ws="none", lifespan="off")
            server = uvicorn.Server(config)
            thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
            thread.start()
            try:
                while not server.started:
                    time.sleep(0.01)
                yield Shift(
                    f"http://127.0.0.1:{listening.getsockname()[1]}", *references, partial(_leave, settings, database)
                )
            finally:
                server.should_exit = True
                thread.join(timeout=10)


def _requests(settings: Settings, database: Database) -> tuple[str, str, str]:
    queue, references = Queue(database), []
    for name, level, minutes, condition in CALLERS:
        reference = _leave(settings, database, name, level, condition)
        references.append(reference)
        with database.writing() as session:
            left = now() - timedelta(minutes=minutes)
            session.execute(sa.update(RequestRow).where(RequestRow.reference == reference).values(created_at=left))
    waiting, mine, *_, resting, done = references
    _said(settings.state_dir / "conversations.db", CALLERS[1][0])
    queue.claim(mine, "Rita")
    queue.attach(mine, "Rita", "one", {"words": "it itches more at night", "reply": ANSWER["text"]})
    queue.claim(resting, "Rita")
    queue.not_reached(resting, "Rita", 2, now() + timedelta(hours=2))
    queue.claim(done, "Rita")
    queue.done(done, "Rita", 2, "appointment", "Comes on Monday at ten")
    return waiting, mine, done


def _leave(settings: Settings, database: Database, name: str, level: str, condition: str = "") -> str:
    checks = {"now": "yes" if level == "emergency" else "no", "mood": "no"}
    summary = {**(ALARM if level == "emergency" else CALM), "level": level}
    request = CallbackRequest(
        conversation=name, name=name, contact="+919800000001", preferred_time="Evening",
        summary={**summary, "answers": {"condition": condition, "age": "adult", "checks": checks}},
        article_version="a" * 64, rules_version="b" * 64, consent_version="c" * 64,
    )  # fmt: skip
    return CallbackRequests(settings, database).add(request).reference


def _said(file: Path, conversation: str) -> None:
    """Puts a conversation where Rasa keeps it."""
    engine = sa.create_engine(f"sqlite:///{file}", future=True)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id, type_name, timestamp, data)"
        )
        for kind, text in (
            ("user", "it itches at night, I cannot sleep"),
            ("bot", ANSWER["text"]),
            ("user", "ring me"),
        ):
            row = (conversation, kind, time.time(), json.dumps({"text": text}))
            connection.exec_driver_sql(
                "INSERT INTO events (sender_id, type_name, timestamp, data) VALUES (?, ?, ?, ?)", row
            )
    engine.dispose()


def _counts(database: Database) -> None:
    """Two weeks of messages, and votes."""
    today, levels = (
        now().date(),
        ("information", "information", "routine", "routine", "information", "urgent", "emergency"),
    )
    with database.writing() as session:
        for number in range(140):
            silent = number % 5 == 0
            asked = Asked(
                kind="not_covered" if silent else "answer", level=levels[number % 7],
                sections=() if silent else (SECTIONS[number % 7],), passages=(), terms=("turmeric", "acne")[: number % 3],
                milliseconds=20 + number % 40, day=today - timedelta(days=number % 13),
            )  # fmt: skip
            session.add(Exchange(**asdict(asked)))
    for helpful in (True, False, False):
        Feedback(database).add(knowledge().article.sha256, ["probiotics-caveat"], helpful)
