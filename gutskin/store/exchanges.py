"""What was asked and answered, without a word of it: counted for the doctor who decides what to write next.

The text of a question is not kept, not even scrubbed: a name in lower case or an address would slip through. What the
article does not cover is grouped by the terms of the lexicon in it.
"""

from __future__ import annotations

import atexit
import logging
import queue
import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from gutskin.store.database import Database, now
from gutskin.store.schema import Exchange

OTHER = "no known term"
UNCOUNTED = "X-Uncounted"
"""The header by which the desk says that a message is no visitor's."""
_MOST_WAITING = 10_000
_BATCH = 500
_BATCH_SECONDS = 1.0
_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Asked:
    """One message and its reply."""

    kind: str
    level: str
    sections: tuple[str, ...]
    passages: tuple[str, ...]
    terms: tuple[str, ...]
    milliseconds: int
    raised: bool = True
    """Whether it began its conversation or raised its level: a conversation counts once at each level that it came to."""
    day: date = field(default_factory=lambda: now().date())


class ExchangeLog:
    """Takes exchanges without ever waiting, and writes them together from a thread of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: queue.Queue[Asked] = queue.Queue(_MOST_WAITING)
        self._ending = threading.Event()
        self._writer: threading.Thread | None = None

    def add(self, asked: Asked) -> None:
        """Leaves one to be written; when too many wait, it is dropped: an answer matters more than its count."""
        try:
            self._waiting.put_nowait(asked)
        except queue.Full:
            return
        if self._writer is None:
            self._writer = threading.Thread(target=self._write, name="exchanges", daemon=True)
            self._writer.start()
            atexit.register(self.close)

    def close(self) -> None:
        """Writes what waits and ends."""
        self._ending.set()
        if self._writer is not None:
            self._writer.join(timeout=5)

    def _write(self) -> None:
        while True:
            ending = self._ending.wait(_BATCH_SECONDS)
            batch = self._taken()
            try:
                if batch:
                    with self._database.writing() as session:
                        session.execute(sa.insert(Exchange), [asdict(asked) for asked in batch])
            except Exception as problem:  # whatever it is, no answer may suffer from it
                _logger.warning("%d counts could not be kept: %s.", len(batch), type(problem).__name__)
            if ending:
                return

    def _taken(self) -> list[Asked]:
        batch: list[Asked] = []
        while len(batch) < _BATCH:
            try:
                batch.append(self._waiting.get_nowait())
            except queue.Empty:
                break
        return batch


@dataclass(frozen=True)
class Silence:
    """Questions alike that the article does not cover: by the term that most of them share."""

    about: str
    times: int
    together_with: dict[str, int]
    """The other terms in them, the most frequent first."""


@dataclass(frozen=True)
class Insights:
    """The counts of some days."""

    days: list[date]
    sections: dict[str, dict[date, int]]
    kinds: dict[str, int]
    not_covered: list[Silence]
    levels: dict[str, dict[date, int]]
    """How many conversations came to each level."""
    milliseconds: dict[date, tuple[int, int]]
    """Median and 95th percentile."""

    @property
    def totals(self) -> list[tuple[str, int]]:
        """How often each section was quoted, the most often first."""
        counts = {name: sum(by_day.values()) for name, by_day in self.sections.items()}
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def insights(database: Database, days: int) -> Insights:
    """The counts of the last days, today included."""
    today = now().date()
    span = [today - timedelta(days=back) for back in reversed(range(days))]
    with database.reading() as session:
        rows = session.execute(sa.select(Exchange.__table__).where(Exchange.day >= span[0])).all()
    sections = {name: Counter[date]() for row in rows for name in row.sections}
    levels = {row.level: Counter[date]() for row in rows if row.raised}
    for row in rows:
        if row.raised:
            levels[row.level][row.day] += 1
        for name in row.sections:
            sections[name][row.day] += 1
    times = {day: sorted(row.milliseconds for row in rows if row.day == day) for day in span}
    return Insights(
        days=span,
        sections={name: dict(by_day) for name, by_day in sections.items()},
        kinds=dict(Counter(row.kind for row in rows)),
        not_covered=_alike([tuple(row.terms) for row in rows if row.kind == "not_covered"]),
        levels={name: dict(by_day) for name, by_day in levels.items()},
        milliseconds={day: (_percentile(t, 50), _percentile(t, 95)) for day, t in times.items() if t},
    )


def _alike(asked: list[tuple[str, ...]]) -> list[Silence]:
    """Each question under the most frequent of its terms, the largest group first."""
    often = Counter(term for terms in asked for term in terms)
    groups: dict[str, list[tuple[str, ...]]] = {}
    for terms in asked:
        groups.setdefault(max(terms, key=lambda term: (often[term], term), default=OTHER), []).append(terms)
    return sorted(
        (
            Silence(about, len(group), dict(Counter(t for terms in group for t in terms if t != about).most_common()))
            for about, group in groups.items()
        ),
        key=lambda silence: (-silence.times, silence.about),
    )


def _percentile(ordered: list[int], percent: int) -> int:
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def asked_of(
    replies: Iterable[dict[str, Any]], level: str, terms: Iterable[str], ms: int, raised: bool = True
) -> Asked:
    """What is counted of a message's replies."""
    kept = list(replies)
    cited = [citation for reply in kept for citation in reply["citations"]]
    return Asked(
        kind=kept[0]["kind"] if kept else "error", level=level,
        sections=tuple(dict.fromkeys(c["section"] for c in cited)),
        passages=tuple(dict.fromkeys(c["passage"] for c in cited)),
        terms=tuple(dict.fromkeys(terms)), milliseconds=ms, raised=raised,
    )  # fmt: skip
