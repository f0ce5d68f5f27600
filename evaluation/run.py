"""Measures a question file through the HTTP contract and in this process, and writes the report.

`python -m evaluation.run QUESTIONS [--alone]`; `--alone` leaves the servers out and measures in process only.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from evaluation import report
from evaluation.in_process import Assistant, Said
from evaluation.questions import Question, Verdict, judge, load_questions
from evaluation.report import Measurement
from evaluation.typing_errors import misspelled
from gutskin.article import load_article
from gutskin.settings import ROOT, settings
from tools.running import Running, running_assistant
from tools.train import trained_model


def main() -> None:
    """Measures the file named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.run", description=__doc__)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--alone", action="store_true", help="in process only")
    arguments = parser.parse_args()
    file: Path = arguments.questions
    if not file.exists():
        sys.exit(f"No question file {file}. Mend: `make evaluate QUESTIONS=path/to/questions.jsonl`.")
    questions = load_questions(file)
    measurement = alone(file.name, questions, Assistant(trained_model()))
    if not arguments.alone:
        with running_assistant() as assistant:
            verdicts, milliseconds, misquoted = play(questions, assistant)
        measurement = replace(measurement, verdicts=verdicts, milliseconds=milliseconds, misquoted=misquoted)
    print(report.markdown(measurement))
    for target in report.write(measurement, ROOT / "results"):
        print(f"Written to {target.relative_to(ROOT)}.")


def play(questions: list[Question], assistant: Running) -> tuple[list[Verdict], list[float], list[str]]:
    """The verdict on each question, the milliseconds of each message, and quotes that are not in the article."""
    verdicts: list[Verdict] = []
    milliseconds: list[float] = []
    said: list[dict[str, Any]] = []
    for question in questions:
        client = assistant.client()
        client.open()
        for turn in question.turns:
            started = time.perf_counter()
            answer = client.say(turn)
            milliseconds.append(1000 * (time.perf_counter() - started))
        replies = answer.get("replies", [])
        said += replies
        verdicts.append(judge(question, replies))
    return verdicts, milliseconds, misquotes(said)


def alone(name: str, questions: list[Question], assistant: Assistant) -> Measurement:
    """The same questions in process, as they are and with typing errors, with confidences and times."""
    plain = [assistant.say(question.turns) for question in questions]
    mistyped = [assistant.say([misspelled(turn) for turn in question.turns]) for question in questions]
    milliseconds = assistant.milliseconds([turn for question in questions for turn in question.turns])
    verdicts = _judged(questions, plain)
    return Measurement(
        name=name,
        questions=questions,
        verdicts=verdicts,
        milliseconds=[],
        misquoted=misquotes([reply for said in plain for reply in said.replies]),
        alone=verdicts,
        mistyped=_judged(questions, mistyped),
        confidences=[said.confidence for said in plain],
        answerable=[said.answerable for said in plain],
        alone_milliseconds=milliseconds,
    )


def misquotes(replies: Sequence[dict[str, Any]]) -> list[str]:
    """The quotes that the article does not have."""
    words = _flat(load_article(settings().data_dir / "article" / "gut-skin-axis.md").text)
    return [c["quote"] for reply in replies for c in reply["citations"] if _flat(c["quote"]) not in words]


def _judged(questions: list[Question], said: list[Said]) -> list[Verdict]:
    return [judge(question, each.replies) for question, each in zip(questions, said, strict=True)]


def _flat(text: str) -> str:
    return re.sub(r"[\s•]+", " ", text).strip()


if __name__ == "__main__":
    main()
