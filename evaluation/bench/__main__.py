"""`make bench`: measures both bots in one run and writes a table and two plots.

python -m evaluation.bench [--short]
"""

from __future__ import annotations

import argparse
import os
import platform
from pathlib import Path

import psutil

from evaluation.bench import bots, report
from evaluation.bench.measures import LONG, SHORT, measure
from evaluation.questions import load_questions
from gutskin.settings import ROOT
from tools.train import training_seconds

HERE = Path(__file__).resolve().parent


def main() -> None:
    """The whole run; `--short` measures less, for a look and for the checks, and keeps its files apart."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.bench")
    parser.add_argument("--short", action="store_true", help="fewer messages; into results/bench, not beside this file")
    short = parser.parse_args().short
    results = ROOT / "results" / "bench" if short else HERE / "results"
    results.mkdir(parents=True, exist_ok=True)
    questions = load_questions(ROOT / "evaluation" / "questions" / "clinic.jsonl")
    texts = list(dict.fromkeys(turn for question in questions for turn in question.turns))
    size, trained, load_before = SHORT if short else LONG, bots.init_training_seconds(), os.getloadavg()[0]
    with bots.init_bot() as bot:
        theirs = measure(bot, texts, size)
    with bots.assistant() as bot:
        ours = measure(bot, texts, size)
    machine = (
        f"{psutil.cpu_count()} processors, Python {platform.python_version()}, {size.messages:,} messages a line; "
        f"before the run the machine's load was {load_before:.1f}"
    )
    found = report.table(ours, theirs, (training_seconds(), trained), machine)
    (results / "results.md").write_text(found)
    report.plots(results, ours, theirs)
    print(found)


if __name__ == "__main__":
    main()
