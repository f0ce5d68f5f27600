"""The figures as a table for people and as plots."""

from __future__ import annotations

from pathlib import Path

import matplotlib

matplotlib.use("Agg")

from matplotlib import pyplot

from evaluation.bench.measures import Figures


def table(ours: Figures, theirs: Figures, training: tuple[float | None, float], machine: str) -> str:
    """Markdown: this assistant, the bot of `rasa init`, and the proportion."""
    rows = [
        ("cold start to the first answer, s", ours.start_seconds, theirs.start_seconds),
        ("training, s", training[0], training[1]),
        ("memory of the process that answers, MB", ours.megabytes[0], theirs.megabytes[0]),
        ("memory of every process, the desk's too, MB", ours.megabytes[1], theirs.megabytes[1]),
    ]
    for number, load in ours.loads.items():
        other = theirs.loads[number]
        for name, mine, its in zip(("median", "p95", "p99"), load.milliseconds, other.milliseconds, strict=True):
            rows.append((f"{name} at {number}, ms", mine, its))
        share = load.answered / len(load.seconds), other.answered / len(other.seconds)
        rows.append((f"share of messages with a reply at {number}", *share))
        rows.append((f"messages a second at {number}", load.per_second, other.per_second))
        rows.append((f"messages per processor second at {number}", load.per_core_second, other.per_core_second))
    rows.append((f"the last of {len(ours.turns)} turns in proportion to the first", ours.growth, theirs.growth))
    lines = [f"Made by `make bench` on {machine}. Compare within this run only.", ""]
    lines += ["| | this assistant | `rasa init` | proportion |", "|---|---|---|---|"]
    for name, measured, its in rows:
        ours_now = "kept from before" if measured is None else f"{measured:.2f}"
        proportion = "" if measured is None else f"{measured / its:.2f}"
        lines.append(f"| {name} | {ours_now} | {its:.2f} | {proportion} |")
    for number, seconds in ours.stored.items():
        lines.append(f"| median with {number} stored conversations, ms | {1e3 * seconds:.2f} | | |")
    return "\n".join(lines) + "\n"


def plots(folder: Path, ours: Figures, theirs: Figures) -> None:
    """Latency by load, and answer time by turn, as SVG."""
    pyplot.rcParams["svg.hashsalt"] = "bench"
    names = {"assistant": "this assistant", "init": "rasa init"}
    figure, axes = pyplot.subplots(figsize=(7, 4))
    for figures in (ours, theirs):
        numbers = list(figures.loads)
        axes.plot(numbers, [figures.loads[n].milliseconds[0] for n in numbers], "o-", label=names[figures.name])
    axes.set(xlabel="conversations side by side", ylabel="median, ms", xscale="log", yscale="log")
    axes.legend()
    figure.savefig(folder / "load.svg", metadata={"Date": None})
    figure, axes = pyplot.subplots(figsize=(7, 4))
    for figures in (ours, theirs):
        axes.plot([1e3 * seconds for seconds in figures.turns], label=names[figures.name])
    axes.set(xlabel="turn of one conversation", ylabel="ms", yscale="log")
    axes.legend()
    figure.savefig(folder / "turns.svg", metadata={"Date": None})
