"""The triage summary of a request in the words of the questions that were asked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gutskin.documents import read_yaml

UNANSWERED = "not answered"


@dataclass(frozen=True)
class Answered:
    """A question as it was asked, and what was answered."""

    asked: str
    answer: str

    @property
    def is_open(self) -> bool:
        """Whether nobody knows."""
        return self.answer == UNANSWERED


class Summaries:
    """Reads stored answers with the questions of `data/triage/`."""

    def __init__(self, data_dir: Path) -> None:
        folder = data_dir / "triage"
        self._questions: dict[str, Any] = dict(read_yaml(folder / "questions.yml")["questions"])
        self._checks: list[Any] = list(read_yaml(folder / "checks.yml")["checks"])

    def answers(self, summary: dict[str, Any]) -> list[Answered]:
        """Every question, with its answer or that it has none."""
        given = summary.get("answers") or {}
        return [Answered(str(q["ask"]), _said(q, given.get(name))) for name, q in self._questions.items()]

    def checks(self, summary: dict[str, Any]) -> list[Answered]:
        """The questions about danger that were asked, with their answers."""
        told = (summary.get("answers") or {}).get("checks") or {}
        return [Answered(str(check["ask"]), str(told[check["id"]])) for check in self._checks if check["id"] in told]

    def condition(self, summary: dict[str, Any]) -> str:
        """What a doctor called it, else the conditions that were spoken of; empty when there are none."""
        given = (summary.get("answers") or {}).get("condition") or summary.get("spoken_of")
        return _said(self._questions.get("condition") or {}, given) if given else ""


def _said(question: dict[str, Any], answer: Any) -> str:
    if answer in (None, "", []):
        return UNANSWERED
    titles = {str(option["id"]): str(option["title"]) for option in question.get("options") or ()}
    given = answer if isinstance(answer, list) else [answer]
    return ", ".join(titles.get(str(one), str(one).replace("-", " ")) for one in given)
