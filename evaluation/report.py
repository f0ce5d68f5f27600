"""The report of one measurement: Markdown to read and compare, and one HTML page with its pictures."""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evaluation import plots
from evaluation.figures import percentile, share, standard_error
from evaluation.questions import REFUSALS, Question, Verdict

NONE_CITED, NO_ANSWER = "(no answer)", "(not covered)"


@dataclass(frozen=True)
class Measurement:
    """Everything that was measured on one file."""

    name: str
    questions: list[Question]
    verdicts: list[Verdict]
    milliseconds: list[float]
    misquoted: list[str]
    alone: list[Verdict] = field(default_factory=list)
    """The same questions in process: understanding, rules and actions without channel or server."""
    mistyped: list[Verdict] = field(default_factory=list)
    """The same with a typing error in every long word."""
    confidences: list[float] = field(default_factory=list)
    """How probable the best reading was."""
    answerable: list[float] = field(default_factory=list)
    """How probable all answers together were."""
    alone_milliseconds: list[float] = field(default_factory=list)

    @property
    def pairs(self) -> list[tuple[Question, Verdict]]:
        """Questions with their verdicts."""
        return list(zip(self.questions, self.verdicts, strict=True))


def markdown(of: Measurement) -> str:
    """The whole report in words and tables."""
    lines = [f"# {of.name}: {len(of.questions)} questions", ""]
    lines += ["± is the standard error: differences under twice that are noise.", ""]
    lines += _table("kind", of.pairs, lambda q: q.kind)
    lines += _table("split", of.pairs, lambda q: f"{q.split} · {q.kind}")
    answers = [pair for pair in of.pairs if pair[0].kind == "answer"]
    lines += _table("section", answers, lambda q: q.sections[0] if q.sections else NO_ANSWER)
    lines += ["## Latency", ""]
    if of.milliseconds:
        lines += [_latency("a message, over HTTP", of.milliseconds)]
    if of.alone:
        lines += [_latency("to understand a message, alone", of.alone_milliseconds), "", *_alone(of)]
    lines += ["", f"Quotes that are not in the article: {len(of.misquoted)}.", "", "## Misses", ""]
    lines += [_miss(question, verdict) for question, verdict in of.pairs if not verdict.strict]
    return "\n".join([*lines, ""])


def page(of: Measurement) -> str:
    """The report as one page that needs no other file."""
    pictures = [
        plots.bars(*_by_section(of), "Answers, strict, by section"),
        plots.confusion(*confusion(of.questions, of.verdicts)),
    ]
    if of.milliseconds:
        pictures += [plots.times(of.milliseconds, "A message over HTTP")]
    if of.alone:
        covered = [c for q, c in zip(of.questions, of.answerable, strict=True) if q.kind == "answer"]
        uncovered = [c for q, c in zip(of.questions, of.answerable, strict=True) if q.kind == "out_of_scope"]
        right = [verdict.strict for verdict in of.alone]
        pictures += [
            plots.histogram(covered, uncovered),
            plots.risk(right, of.confidences),
            plots.bars(*_typing(of), "With and without a typing error in every long word"),
            plots.times(of.alone_milliseconds, "Understanding alone"),
        ]
    title = html.escape(of.name)
    figures = "\n".join(f"<figure>{picture}</figure>" for picture in pictures)
    return (
        f'<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>{title}</title>\n'
        "<style>body{font:16px/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}"
        "pre{white-space:pre-wrap}svg{max-width:100%;height:auto}figure{margin:2rem 0}</style>\n"
        f"<h1>{title}</h1>\n{figures}\n<pre>{html.escape(markdown(of))}</pre>\n</html>\n"
    )


def write(of: Measurement, folder: Path) -> tuple[Path, Path]:
    """Both forms, into the folder."""
    folder.mkdir(exist_ok=True)
    stem = Path(of.name).stem
    targets = folder / f"{stem}.md", folder / f"{stem}.html"
    for target, text in zip(targets, (markdown(of), page(of)), strict=True):
        target.write_text(text, encoding="utf-8")
    return targets


def confusion(questions: Sequence[Question], verdicts: Sequence[Verdict]) -> tuple[list[str], list[list[int]]]:
    """Sections, and how often each was wanted (rows) and given (columns); any wanted one that is given counts as right."""
    seen: dict[tuple[str, str], int] = defaultdict(int)
    for question, verdict in zip(questions, verdicts, strict=True):
        if question.kind not in ("answer", "out_of_scope"):
            continue
        wanted = list(question.sections) if question.kind == "answer" else [NO_ANSWER]
        given = list(verdict.sections) or [NO_ANSWER if set(verdict.kinds) & set(REFUSALS) else NONE_CITED]
        agreed = [section for section in wanted if section in given]
        pair = (agreed[0], agreed[0]) if agreed else (wanted[0] if wanted else NONE_CITED, given[0])
        seen[pair] += 1
    names = sorted({name for pair in seen for name in pair})
    return names, [[seen.get((row, column), 0) for column in names] for row in names]


def _table(title: str, pairs: list[tuple[Question, Verdict]], key: Callable[[Question], str]) -> list[str]:
    groups: dict[str, list[Verdict]] = defaultdict(list)
    for question, verdict in pairs:
        groups[key(question)].append(verdict)
    rows = [
        f"| {name} | {len(group)} | {_strict(group)} | {_lenient(group)} |" for name, group in sorted(groups.items())
    ]
    return [f"| {title} | n | strict | lenient |", "|---|---|---|---|", *rows, ""]


def _alone(of: Measurement) -> list[str]:
    lines = ["## In process", "", "| kind | n | strict | with typing errors |", "|---|---|---|---|"]
    for kind in sorted({question.kind for question in of.questions}):
        at = [row for row, question in enumerate(of.questions) if question.kind == kind]
        plain, mistyped = [of.alone[row] for row in at], [of.mistyped[row] for row in at]
        lines.append(f"| {kind} | {len(at)} | {_strict(plain)} | {_strict(mistyped)} |")
    return [*lines, f"| all | {len(of.questions)} | {_strict(of.alone)} | {_strict(of.mistyped)} |"]


def _typing(of: Measurement) -> tuple[list[str], list[float]]:
    names, shares = [], []
    for kind in sorted({question.kind for question in of.questions}):
        for name, verdicts in ((kind, of.alone), (f"{kind}, mistyped", of.mistyped)):
            at = [v.strict for q, v in zip(of.questions, verdicts, strict=True) if q.kind == kind]
            names.append(name)
            shares.append(share(at))
    return names, shares


def _by_section(of: Measurement) -> tuple[list[str], list[float]]:
    groups: dict[str, list[bool]] = defaultdict(list)
    for question, verdict in of.pairs:
        if question.kind == "answer" and question.sections:
            groups[question.sections[0]].append(verdict.strict)
    return list(groups), [share(flags) for flags in groups.values()]


def _latency(what: str, milliseconds: list[float]) -> str:
    median, slow = percentile(milliseconds, 50), percentile(milliseconds, 95)
    return f"Milliseconds {what}: median {median:.1f}, 95th percentile {slow:.1f}."


def _miss(question: Question, verdict: Verdict) -> str:
    said = f"{' ⏎ '.join(question.turns)!r}: got {'+'.join(verdict.kinds)} {list(verdict.sections)}"
    accepted = " (lenient: accepted)" if verdict.lenient else ""
    return f"- {question.id} [{question.kind}] {said}; wanted {list(question.sections)}{accepted}"


def _strict(verdicts: Sequence[Verdict]) -> str:
    flags = [verdict.strict for verdict in verdicts]
    return f"{share(flags):.1%} ± {standard_error(flags):.1%}"


def _lenient(verdicts: Sequence[Verdict]) -> str:
    return f"{share([verdict.lenient for verdict in verdicts]):.1%}"
