"""`make bench`: measures both bots and writes `evaluation/bench/results*.md` and two plots."""

from __future__ import annotations

import json
import os
import platform
from pathlib import Path

import psutil

from evaluation.bench import bots, report
from evaluation.bench.measures import LONG, SHORT, measure
from gutskin.settings import ROOT
from tools.train import training_seconds

HERE = Path(__file__).resolve().parent


def main() -> None:
    """The whole run; `BENCH=short` measures less, for a look and for the checks, and keeps its files apart."""
    short = os.environ.get("BENCH") == "short"
    size = SHORT if short else LONG
    results = HERE / "results" if not short else ROOT / "results" / "bench"
    results.mkdir(parents=True, exist_ok=True)
    questions = (ROOT / "evaluation" / "questions" / "clinic.jsonl").read_text("utf-8").splitlines()
    texts = [turn for line in questions for turn in json.loads(line)["turns"]]
    trained = bots.init_training_seconds()
    with bots.init_bot() as bot:
        theirs = measure(bot, texts, size)
    with bots.assistant() as bot:
        ours = measure(bot, texts, size)
    machine = f"{psutil.cpu_count()} processors, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}"
    found = report.table(ours, theirs, (training_seconds(), trained), machine)
    (results / "results.md").write_text(found)
    report.plots(results, ours, theirs)
    print(found)


if __name__ == "__main__":
    main()
