"""Labelled sentences from CSV files, as public sets of intents come."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from gutskin.errors import DataError

SENTENCE, LABEL = "sentence", "label"


@dataclass(frozen=True)
class Labelled:
    """Sentences and their labels, side by side."""

    sentences: tuple[str, ...]
    labels: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.sentences)


def load_labelled(file: Path) -> Labelled:
    """Reads the columns `sentence` and `label`, in any order, among any others.

    Raises:
        DataError: no such file, not UTF-8, a column or a value missing, or no rows.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as source:
            return _rows(file, source)
    except OSError:
        raise DataError(file, 1, "no such file", "give the path of a CSV file") from None
    except UnicodeDecodeError:
        raise DataError(file, 1, "not UTF-8", "save the file as UTF-8") from None


def _rows(file: Path, source: TextIO) -> Labelled:
    rows = csv.reader(source)
    header = [name.strip().lower() for name in next(rows, [])]
    missing = [name for name in (SENTENCE, LABEL) if name not in header]
    if missing:
        raise DataError(
            file, 1, f"no column `{'` or `'.join(missing)}`", "name the columns `sentence` and `label` in line 1"
        )
    at = header.index(SENTENCE), header.index(LABEL)
    pairs: list[tuple[str, str]] = []
    try:
        for row in rows:
            if not any(cell.strip() for cell in row):
                continue
            if len(row) <= max(at) or not row[at[0]].strip() or not row[at[1]].strip():
                raise DataError(file, rows.line_num, "a row without sentence or label", "fill both or remove the row")
            pairs.append((row[at[0]].strip(), row[at[1]].strip()))
    except csv.Error as problem:
        raise DataError(file, rows.line_num, f"not CSV ({problem})", "quote cells that hold commas or quotes") from None
    if not pairs:
        raise DataError(file, 1, "no rows", "add one sentence and label a line")
    return Labelled(tuple(s for s, _ in pairs), tuple(label for _, label in pairs))
