"""The questions as data: those about the person and the complaint, and those about danger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gutskin.documents import line_of, read_yaml, require
from gutskin.errors import DataError
from gutskin.interview.phrases import Phrases
from gutskin.red_flags import LEVELS, Screening

CONDITIONS = ("age", "pregnancy", "condition", "burden", "medicines", "words")


@dataclass(frozen=True)
class Option:
    """One way to answer: `title` is shown, `say` is sent when it is picked."""

    id: str
    title: str
    say: str
    reads: Phrases
    below_months: float = 0.0


@dataclass(frozen=True)
class Question:
    """A question about the person or the complaint."""

    id: str
    ask: str
    options: tuple[Option, ...]
    free: bool
    """Whether any statement is an answer."""
    measure: str
    terms: str
    """The kind of lexicon term that answers it, if any."""
    only_below_urgent: bool
    unless: dict[str, tuple[str, ...]]
    """Answers to other questions that make it needless."""


@dataclass(frozen=True)
class Check:
    """A question about danger, answered by yes or no."""

    id: str
    level: str
    ask: str
    because: str
    red_flags: tuple[str, ...]
    flags: tuple[str, ...]
    route: str
    when: dict[str, tuple[str, ...]]
    """Asked when any of these holds; empty: always."""

    @property
    def screening(self) -> Screening:
        """What a yes amounts to."""
        return Screening(self.level, self.flags, self.red_flags, (self.because,), self.route)


def load_questions(file: Path) -> tuple[tuple[str, ...], dict[str, Question]]:
    """The order of the steps, and the questions by id.

    Raises:
        DataError: a question or an option is incomplete, or a step names no question.
    """
    data = read_yaml(file)
    mend = "compare with its neighbours"
    questions = {
        str(name): _question(file, str(name), entry)
        for name, entry in require(file, data, "questions", dict, mend).items()
    }
    steps = tuple(map(str, require(file, data, "steps", list, "list the questions in their order")))
    for step in steps:
        if ":" not in step and step not in questions:
            raise DataError(file, line_of(data, "steps"), f"no question {step!r}", "name a question of this file")
    return steps, questions


def _question(file: Path, name: str, entry: Any) -> Question:
    mend = "give each question `ask` and `options`"
    options = tuple(
        Option(
            id=require(file, option, "id", str, "give each option `id` and `title`"),
            title=require(file, option, "title", str, "give each option `id` and `title`"),
            say=str(option.get("say") or option["title"]),
            reads=Phrases([*(option.get("reads") or ()), option.get("say") or option["title"], option["title"]]),
            below_months=float(option.get("below_months") or 0),
        )
        for option in require(file, entry, "options", list, mend)
    )
    return Question(
        id=name, ask=require(file, entry, "ask", str, mend), options=options, free=bool(entry.get("free")),
        measure=str(entry.get("measure") or ""), terms=str(entry.get("terms") or ""),
        only_below_urgent=bool(entry.get("only_below_urgent")), unless=_listed(entry.get("unless") or {}),
    )  # fmt: skip


def load_checks(file: Path) -> dict[str, Check]:
    """The questions about danger, most dangerous first.

    Raises:
        DataError: one is incomplete, names an unknown level or condition, or stands behind a less dangerous one.
    """
    checks: dict[str, Check] = {}
    before = LEVELS[-1]
    for entry in require(file, read_yaml(file), "checks", list, "list the questions under `checks:`"):
        mend = "give each check id, level, ask, because and red_flags"
        name, level = (require(file, entry, key, str, mend) for key in ("id", "level"))
        if level not in LEVELS:
            raise DataError(file, line_of(entry, "level"), f"unknown level {level!r}", f"one of {', '.join(LEVELS)}")
        if LEVELS.index(level) > LEVELS.index(before):
            raise DataError(file, line_of(entry), f"`{name}` is more dangerous than the one before", "move it up")
        when = _listed(entry.get("for") or {})
        if set(when) - set(CONDITIONS) or name in checks:
            raise DataError(file, line_of(entry), f"`{name}` stands twice or has an unknown `for`", f"{CONDITIONS}")
        checks[name] = Check(
            id=name, level=level, ask=require(file, entry, "ask", str, mend),
            because=require(file, entry, "because", str, mend),
            red_flags=tuple(require(file, entry, "red_flags", list, mend)), flags=tuple(entry.get("flags") or ()),
            route=str(entry.get("route") or "help"), when=when,
        )  # fmt: skip
        before = level
    return checks


def _listed(entries: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {str(key): tuple(map(str, values)) for key, values in entries.items()}
