"""Where the time of a message goes: `python -m evaluation.bench.profile`, with py-spy over the assistant's process."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from evaluation.bench import bots, load
from evaluation.questions import load_questions
from gutskin.settings import ROOT

MESSAGES, SIDE_BY_SIDE, RATE = 900, 4, 200
AREAS = (
    ("screen for danger, in the channel and in the pipeline", ("gutskin/red_flags/",)),
    (
        "understanding: words, topics, gate",
        ("gutskin/nlu/", "gutskin/encoder.py", "gutskin/lexicon.py", "gutskin/spelling.py"),
    ),
    ("Rasa's pipeline around it", ("parse_message (rasa/core/processor.py",)),
    (
        "Rasa's policies: which action next, twice a message",
        ("predict_next_with_tracker_if_should (rasa/core/processor.py",),
    ),
    ("replies out of the article", ("gutskin/nlg.py", "gutskin/replies.py", "gutskin/article.py")),
    ("calls of the action server", ("gutskin/channel/action_calls.py", "rasa/core/actions/action.py")),
    ("conversation store", ("gutskin/conversations.py",)),
    ("Rasa's dialogue, the rest", ("handle_message (rasa/core/processor.py",)),
    ("channel: tokens, limits, locks, triage, counting", ("gutskin/",)),
    ("HTTP: Sanic, JSON, the loop", ("sanic/",)),
)
"""The first whose mark stands in a stack has the sample."""


def main() -> None:
    """Prints the shares of the samples in which the process held Python's lock."""
    questions = load_questions(ROOT / "evaluation" / "questions" / "clinic.jsonl")
    texts = list(dict.fromkeys(turn for question in questions for turn in question.turns))
    with bots.assistant() as bot, tempfile.TemporaryDirectory() as folder:
        load.run(bot, texts, 60, 1)
        stacks = Path(folder) / "stacks.txt"
        process = next(p.pid for p in bot.family() if "tools.assistant" in p.cmdline())
        command = [
            str(Path(sys.executable).with_name("py-spy")), "record", "--gil", "-F", "-r", str(RATE), "-d", "3600",
            "-f", "raw", "-o", str(stacks),
        ]  # fmt: skip
        with subprocess.Popen(
            [*command, "-p", str(process)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as spy:
            time.sleep(1)
            found = load.run(bot, texts, MESSAGES, SIDE_BY_SIDE)
            spy.send_signal(2)
            spy.wait(timeout=60)
        print(table(stacks.read_text(), 1e3 * found.processor / MESSAGES))


def table(stacks: str, milliseconds: float) -> str:
    """Markdown: each area's share; `milliseconds` of processor time went into a message, in all processes."""
    shares: Counter[str] = Counter()
    for line in stacks.splitlines():
        stack, _, count = line.rpartition(" ")
        shares[next((name for name, marks in AREAS if any(mark in stack for mark in marks)), "other")] += int(count)
    total = sum(shares.values())
    lines = ["| part | share of the samples |", "|---|---|"]
    lines += [f"| {name} | {count / total:.0%} |" for name, count in shares.most_common()]
    return "\n".join([*lines, "", f"{milliseconds:.1f} ms of processor time a message, every process counted.", ""])


if __name__ == "__main__":
    main()
