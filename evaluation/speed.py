"""Milliseconds to understand a message, on one core: `python -m evaluation.speed QUESTIONS`."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from evaluation.figures import percentile
from evaluation.in_process import Assistant
from evaluation.questions import load_questions
from tools.train import trained_model

WARMING = 20


def main() -> None:
    """Measures the first and all further turns of the file named on the command line, each text once."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.speed", description=__doc__)
    parser.add_argument("questions", type=Path)
    questions = load_questions(parser.parse_args().questions)
    texts = list(dict.fromkeys(turn for question in questions for turn in question.turns))
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    assistant = Assistant(trained_model())
    assistant.milliseconds([f"warming up {number}" for number in range(WARMING)])
    times = assistant.milliseconds(texts)
    print(f"{len(texts)} texts: median {percentile(times, 50):.1f} ms, 95th percentile {percentile(times, 95):.1f} ms")


if __name__ == "__main__":
    main()
