"""The triage interview: the next question, the reading of an answer, and the level that the answers come to.

It knows neither Rasa nor the visitor: answers go in as a plain mapping, and everything that is asked is data.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gutskin.documents import read_yaml, require
from gutskin.interview.measures import age_in_months, duration_in
from gutskin.interview.phrases import Phrases, plain
from gutskin.interview.questions import Check, Question, load_checks, load_questions
from gutskin.interview.reading import NO, SKIPPED, UNKNOWN, YES, Reader, load_reader
from gutskin.red_flags import LEVELS, Screening
from gutskin.triage import Triage

CHECKS = "checks"
MOST_CHARACTERS = 400
LONG_WORDS = 6
NOT_TOLD = (SKIPPED, UNKNOWN)
HOLDS_WHEN_UNKNOWN = ("age", "pregnancy")
URGENT = "urgent"
Answers = Mapping[str, Any]
"""Answers by question; under `CHECKS`, those to the questions about danger by check."""


@dataclass(frozen=True)
class Interview:
    """All questions, the words that answer them, and the texts around them."""

    steps: tuple[str, ...]
    questions: dict[str, Question]
    checks: dict[str, Check]
    medicines: dict[str, Phrases]
    reader: Reader
    texts: dict[str, Any]
    dispositions: dict[str, str]
    consent: dict[str, Any]
    most_unanswered: int
    unanswered_because: str

    def pending(self, answers: Answers, level: str) -> Question | Check | None:
        """The question to ask next; none when enough is known, which is at the first yes to a danger."""
        if level == LEVELS[-1] or any(_is_urgent(check.level) for check in self._confirmed(answers)):
            return None
        for step in self.steps:
            for candidate in self._candidates(step):
                if self._is_needed(candidate, answers, _is_urgent(level)):
                    return candidate
        return None

    def read(self, asked: Question | Check, text: str, terms: Iterable[str] = ()) -> str | None:
        """The answer that a text gives to the question, if it gives one; `terms` are the lexicon's terms in it."""
        if isinstance(asked, Check):
            return self.reader.danger(text)
        corrected = self.reader.corrected(text)
        words = plain(text) if corrected is None else corrected
        if self.reader.is_skip(words):
            return SKIPPED
        named = next((option.id for option in asked.options if option.id in set(terms)), None) if asked.terms else None
        measured = self._measured(asked, words, alone=True)
        chosen = max(asked.options, key=lambda option: option.reads.longest(words), default=None)
        length = chosen.reads.longest(words) if chosen else 0
        if asked.free and chosen and not chosen.reads.is_all_of(words):
            length = 0
        if named or measured:
            return named or measured
        if chosen and length >= self.reader.phrases["unknown"].longest(words) and length:
            return chosen.id
        if self.reader.phrases["unknown"].longest(words):
            return UNKNOWN
        if asked.terms and any(terms):
            return asked.options[-1].id
        return text.strip()[:MOST_CHARACTERS] if asked.free and any(c.isalnum() for c in words) else None

    def mentioned(self, text: str, terms: Iterable[str] = ()) -> dict[str, str]:
        """Answers that a longer text gives unasked: who, how old, since when, which condition, which course."""
        words, found = plain(text), {}
        for name in ("age", "onset"):
            measured = self._measured(self.questions[name], words)
            if measured:
                found[name] = measured
        for name in ("who", "course"):
            options = [option for option in self.questions[name].options if option.id not in ("self", "same")]
            best = max(options, key=lambda option: option.reads.longest(words))
            if best.reads.longest(words) > len("pt"):
                found[name] = best.id
        for option in self.questions["condition"].options:
            if option.id in set(terms):
                found.setdefault("condition", option.id)
        return found

    def correction(
        self, text: str, answers: Answers, asked: Question | Check | None, terms: Iterable[str] = ()
    ) -> tuple[str, str] | None:
        """The earlier question that a text corrects, with its new answer."""
        rest = self.reader.corrected(text)
        if not rest or (isinstance(asked, Question) and asked.free and len(rest.split()) >= LONG_WORDS):
            return None
        if isinstance(asked, Question) and not asked.free and self.read(asked, rest, terms) is not None:
            return None
        for step in reversed(self.steps):
            question = self.questions.get(step)
            if question is None or answers.get(step) is None or question is asked:
                continue
            measured = question.free or question.measure
            value = self._measured(question, rest) if measured else self.read(question, rest, terms)
            if value and value not in NOT_TOLD:
                return step, value
        return None

    def confirmed(self, check: str | None, text: str) -> Screening:
        """What a text amounts to as the answer to that check: danger, if it says yes."""
        if check in self.checks and self.reader.danger(text) == YES:
            return self.checks[check].screening
        return Screening()

    def denied(self, check: str | None, text: str) -> bool:
        """Whether a text answers that check with a clear no."""
        return check in self.checks and self.reader.danger(text) == NO

    def check_for(self, groups: Iterable[str], because: Iterable[str] = ()) -> Check:
        """The question that settles whether unclear words of these red flags tell of an emergency; the words choose."""
        wanted, said = set(groups), f" {' '.join(because)} "
        dangers = [check for check in self.checks.values() if check.level == LEVELS[-1]]
        fitting = [check for check in dangers if wanted & set(check.red_flags)] or dangers[:1]
        named = (check for check in fitting if any(f" {word} " in said for word in check.when.get("words", ())))
        return next(named, fitting[0])

    def outcome(self, answers: Answers, before: Triage) -> Triage:
        """The triage state that all answers come to; never below what was found before."""
        after = before.after(Screening("routine", self._flags(answers)))
        for check in self._confirmed(answers):
            after = after.after(check.screening)
        told = answers.get(CHECKS) or {}
        if sum(answer in NOT_TOLD for answer in told.values()) >= self.most_unanswered:
            after = after.after(Screening(URGENT, because=(self.unanswered_because,)))
        return after

    def route(self, answers: Answers) -> str:
        """Which numbers an emergency reply to these answers shows."""
        return next((check.route for check in self._confirmed(answers)), "help")

    def disposition(self, triage: Triage, facts: Mapping[str, str]) -> str:
        """The words that end the interview: level, by when, where, and when to come back sooner."""
        routine = "priority" if "priority" in triage.flags else "routine"
        parts = [self.dispositions[URGENT if triage.level == URGENT else routine]]
        if "nutritionist" in triage.flags:
            parts.append(self.dispositions["nutritionist"])
        parts += [self.dispositions["safety_net"], self.dispositions["not_reviewed"]]
        return "\n\n".join(part.strip().format_map(facts) for part in parts)

    def _candidates(self, step: str) -> list[Question | Check]:
        kind, _, name = step.partition(":")
        if kind == "check":
            return [self.checks[name]]
        if kind == CHECKS:
            return [check for check in self.checks.values() if check.level == name]
        return [self.questions[step]]

    def _is_needed(self, asked: Question | Check, answers: Answers, urgent: bool) -> bool:
        if isinstance(asked, Check):
            if asked.id in (answers.get(CHECKS) or {}) or (urgent and asked.level != LEVELS[-1]):
                return False
            return not asked.when or any(self._holds(key, values, answers) for key, values in asked.when.items())
        if answers.get(asked.id) is not None or (urgent and asked.only_below_urgent):
            return False
        return not any(answers.get(key) in values for key, values in asked.unless.items())

    def _holds(self, key: str, values: tuple[str, ...], answers: Answers) -> bool:
        answer = answers.get(key)
        if key == "words":
            said = " ".join(plain(str(answers.get(name) or "")) for name in ("complaint", "medicines", "treatments"))
            return bool(Phrases(values).longest(said))
        if key == "medicines":
            return bool(self._classes(answers) & set(values))
        return answer in values or (key in HOLDS_WHEN_UNKNOWN and answer in NOT_TOLD)

    def _classes(self, answers: Answers) -> set[str]:
        answer = answers.get("medicines")
        said = " ".join(plain(str(answers.get(name) or "")) for name in ("complaint", "medicines", "treatments"))
        named = {"named"} if answer not in (None, "none", SKIPPED) else set()
        return named | {name for name, phrases in self.medicines.items() if phrases.longest(said)}

    def _measured(self, question: Question, words: str, alone: bool = False) -> str | None:
        if question.measure == "age":
            months = age_in_months(words, alone)
            if months is not None:
                return next((o.id for o in question.options if months < o.below_months), question.options[-1].id)
        if question.measure == "duration":
            return duration_in(words)
        return None

    def _confirmed(self, answers: Answers) -> list[Check]:
        told = answers.get(CHECKS) or {}
        return [check for check in self.checks.values() if told.get(check.id) == YES]

    def _flags(self, answers: Answers) -> tuple[str, ...]:
        burden, course = answers.get("burden"), answers.get("course")
        worse = course == "worse" and burden not in ("hardly", None)
        return ("priority",) if worse or burden == "cannot_cope" else ()


def _is_urgent(level: str) -> bool:
    return LEVELS.index(level) >= LEVELS.index(URGENT)


def load_interview(folder: Path) -> Interview:
    """Reads every file of the interview.

    Raises:
        DataError: a file is missing or malformed.
    """
    steps, questions = load_questions(folder / "questions.yml")
    checks_file = folder / "checks.yml"
    limits = read_yaml(checks_file)
    medicines = folder / "medicines.yml"
    classes = require(medicines, read_yaml(medicines), "classes", dict, "list the classes with their names")
    return Interview(
        steps=steps, questions=questions, checks=load_checks(checks_file),
        medicines={str(name): Phrases(words) for name, words in classes.items()},
        reader=load_reader(folder / "reading.yml"),
        texts=dict(read_yaml(folder / "texts.yml")), dispositions=dict(read_yaml(folder / "dispositions.yml")),
        consent=dict(read_yaml(folder / "consent.yml")),
        most_unanswered=require(checks_file, limits, "unanswered", int, "give a number"),
        unanswered_because=require(checks_file, limits, "unanswered_because", str, "say what staff read"),
    )  # fmt: skip
