"""The report's pictures, as SVG that a page can hold."""

from __future__ import annotations

import io
from collections.abc import Sequence

from matplotlib import rc_context
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from evaluation.figures import risk_coverage

BINS = 20
GOOD, BAD = "#2a6f97", "#c8553d"


def bars(names: Sequence[str], shares: Sequence[float], title: str) -> str:
    """Shares by name, from 0 to 1."""
    figure = Figure(figsize=(8, 0.32 * len(names) + 1))
    axes = figure.subplots()
    axes.barh(range(len(names)), shares, color=GOOD)
    axes.set_yticks(range(len(names)), names)
    axes.set_xlim(0, 1)
    axes.invert_yaxis()
    axes.set_title(title)
    return svg(figure)


def histogram(covered: Sequence[float], uncovered: Sequence[float]) -> str:
    """How sure the readings of questions with and without an answer are."""
    figure = Figure(figsize=(8, 3.2))
    axes = figure.subplots()
    axes.hist(
        [list(covered), list(uncovered)], bins=BINS, range=(0, 1), color=[GOOD, BAD], label=["covered", "not covered"]
    )
    axes.set_xlabel("probability that the article answers it")
    axes.set_ylabel("questions")
    axes.legend()
    axes.set_title("Confidence")
    return svg(figure)


def risk(correct: Sequence[bool], confidences: Sequence[float]) -> str:
    """The share of wrong replies as less and less sure ones are let in."""
    coverage, wrong = risk_coverage(correct, confidences)
    figure = Figure(figsize=(8, 3.2))
    axes = figure.subplots()
    axes.step(coverage, wrong, where="post", color=GOOD)
    axes.set_xlabel("coverage")
    axes.set_ylabel("risk")
    axes.set_xlim(0, 1)
    axes.set_title("Risk and coverage")
    return svg(figure)


def confusion(names: Sequence[str], counts: Sequence[Sequence[int]]) -> str:
    """Wanted sections (rows) against the first one cited (columns)."""
    side = 0.42 * len(names) + 3
    figure = Figure(figsize=(side, side))
    axes = figure.subplots()
    axes.imshow(counts, cmap="Blues")
    for row, line in enumerate(counts):
        for column, count in enumerate(line):
            if count:
                shade = "white" if count > max(map(max, counts)) / 2 else "black"
                axes.text(column, row, str(count), ha="center", va="center", color=shade)
    axes.set_xticks(range(len(names)), names, rotation=90)
    axes.set_yticks(range(len(names)), names)
    axes.set_ylabel("wanted")
    axes.set_xlabel("given")
    return svg(figure)


def times(milliseconds: Sequence[float], title: str) -> str:
    """How long messages take."""
    figure = Figure(figsize=(8, 2.6))
    axes = figure.subplots()
    axes.hist(list(milliseconds), bins=2 * BINS, color=GOOD)
    axes.set_xlabel("milliseconds")
    axes.set_title(title)
    return svg(figure)


def svg(figure: Figure) -> str:
    """The figure as an SVG element."""
    figure.set_tight_layout(True)
    target = io.StringIO()
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "gutskin"}):
        FigureCanvasSVG(figure).print_svg(target, metadata={"Date": None})
    text = target.getvalue()
    return text[text.index("<svg") :]
