"""Plays a question file through the HTTP contract and prints a table by kind, section and split, with the misses."""

from __future__ import annotations

import re
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from evaluation.questions import Question, Verdict, judge, load_questions
from gutskin.article import load_article
from gutskin.settings import ROOT, settings
from tools.running import Running, running_assistant


def main() -> None:
    """Measures the file named on the command line."""
    file = Path(sys.argv[1])
    if not file.exists():
        sys.exit(f"No question file {file}. Mend: `make evaluate QUESTIONS=path/to/questions.jsonl`.")
    questions = load_questions(file)
    with running_assistant() as assistant:
        results, milliseconds, misquoted = play(questions, assistant)
    report = render(file, questions, results, milliseconds, misquoted)
    print(report)
    target = ROOT / "results" / f"{file.stem}.md"
    target.parent.mkdir(exist_ok=True)
    target.write_text(report, encoding="utf-8")
    print(f"Written to {target.relative_to(ROOT)}.")


def play(questions: list[Question], assistant: Running) -> tuple[list[Verdict], list[float], list[str]]:
    """The verdict on each question, the milliseconds of each message, and quotes that are not in the article."""
    words = _flat(load_article(settings().data_dir / "article" / "gut-skin-axis.md").text)
    verdicts, milliseconds, misquoted = [], [], []
    for question in questions:
        client = assistant.client()
        client.open()
        for turn in question.turns:
            started = time.perf_counter()
            answer = client.say(turn)
            milliseconds.append(1000 * (time.perf_counter() - started))
        replies = answer.get("replies", [])
        misquoted += [c["quote"] for r in replies for c in r["citations"] if _flat(c["quote"]) not in words]
        verdicts.append(judge(question, replies))
    return verdicts, milliseconds, misquoted


def render(
    file: Path, questions: list[Question], verdicts: list[Verdict], milliseconds: list[float], misquoted: list[str]
) -> str:
    """The report, as Markdown."""
    pairs = list(zip(questions, verdicts, strict=True))
    lines = [f"# {file.name}: {len(questions)} questions", ""]
    lines += _table("kind", pairs, lambda q: q.kind)
    lines += _table("split", pairs, lambda q: f"{q.split} · {q.kind}")
    lines += _table("section", [pair for pair in pairs if pair[0].kind == "answer"], lambda q: q.sections[0])
    cuts = statistics.quantiles(milliseconds, n=100)
    lines += [
        f"Milliseconds a message: median {statistics.median(milliseconds):.0f}, 95th percentile {cuts[94]:.0f}.",
        "",
    ]
    lines += [f"Quotes that are not in the article: {len(misquoted)}.", ""]
    lines += ["## Misses", ""]
    lines += [
        f"- {q.id} [{q.kind}] {' ⏎ '.join(q.turns)!r}: got {'+'.join(v.kinds)} {list(v.sections)}; wanted {list(q.sections)}"
        + (" (lenient: accepted)" if v.lenient else "")
        for q, v in pairs if not v.strict
    ]  # fmt: skip
    return "\n".join(lines)


def _table(title: str, pairs: list[tuple[Question, Verdict]], key: Callable[[Question], str]) -> list[str]:
    groups: dict[str, list[Verdict]] = defaultdict(list)
    for question, verdict in pairs:
        groups[key(question)].append(verdict)
    rows = [
        f"| {name} | {len(group)} | {_share(v.strict for v in group)} | {_share(v.lenient for v in group)} |"
        for name, group in sorted(groups.items())
    ]
    return [f"| {title} | n | strict | lenient |", "|---|---|---|---|", *rows, ""]


def _share(flags: Iterable[bool]) -> str:
    return f"{100 * statistics.mean(flags):.1f}%"


def _flat(text: str) -> str:
    return re.sub(r"[\s•]+", " ", text).strip()


if __name__ == "__main__":
    main()
