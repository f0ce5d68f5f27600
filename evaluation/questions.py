"""Labelled question files, and when an answer counts."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REFUSALS = ("not_covered", "out_of_scope")


@dataclass(frozen=True)
class Question:
    """One labelled case: what the person writes, and what a fair judge accepts."""

    id: str
    turns: tuple[str, ...]
    kind: str
    also_ok: tuple[str, ...]
    sections: tuple[str, ...]
    must: tuple[str, ...]
    must_groups: tuple[tuple[str, ...], ...]
    min_groups: int
    split: str


@dataclass(frozen=True)
class Verdict:
    """How the assistant did on a question."""

    strict: bool
    lenient: bool
    kinds: tuple[str, ...]
    sections: tuple[str, ...]


def load_questions(file: Path) -> list[Question]:
    """Reads a JSONL file of labelled questions."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        Question(
            id=row["id"], turns=tuple(row["turns"]), kind=row["kind"], also_ok=tuple(row.get("also_ok", ())),
            sections=tuple(row.get("sections", ())), must=tuple(row.get("must", ())),
            must_groups=tuple(tuple(group) for group in row.get("must_groups", ())), min_groups=row.get("min_groups", 0),
            split=row.get("split", "all"),
        )
        for row in rows
    ]  # fmt: skip


def judge(question: Question, replies: list[dict[str, Any]]) -> Verdict:
    """Whether the replies are right: strictly of the labelled kind (and, for an answer, cited and shown), or accepted."""
    kinds = tuple(reply["kind"] for reply in replies)
    quoted = _flat(" ".join(c["quote"] for reply in replies for c in reply["citations"]))
    sections = tuple(dict.fromkeys(c["section"] for reply in replies for c in reply["citations"]))
    seen = {"out_of_scope" if kind in REFUSALS else kind for kind in kinds}
    strict = question.kind in seen
    if question.kind == "answer":
        groups = sum(any(_flat(text) in quoted for text in group) for group in question.must_groups)
        shown = (
            groups >= question.min_groups
            if question.must_groups
            else any(_flat(text) in quoted for text in question.must)
        )
        strict = strict and bool(set(sections) & set(question.sections)) and shown
    return Verdict(strict, strict or bool(seen & set(question.also_ok)), kinds, sections)


def _flat(text: str) -> str:
    return re.sub(r"[\s•]+", " ", text).strip().lower()
