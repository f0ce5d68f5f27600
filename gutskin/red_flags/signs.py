"""Red-flag signs as data: what people say (`pieces.yml`), which pieces make a sign, at which level, from which source."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gutskin.documents import line_of, read_yaml, require
from gutskin.errors import DataError
from gutskin.levels import LEVELS
from gutskin.red_flags.phrases import parse

PIECES_FILE = "pieces.yml"
CONTEXT_FILE = "context.yml"


@dataclass(frozen=True)
class Sign:
    """One sign of danger.

    `when` holds alternatives; each is a set of pieces that must all be present. `fires` and `silent` are the sentences
    that must and must not raise it: the tests are made from them.
    """

    id: str
    group: str
    level: str
    flags: tuple[str, ...]
    lay: str
    route: str
    """`help` or `crisis`: which numbers the emergency reply shows."""
    source: str
    confidence: str
    when: tuple[frozenset[str], ...]
    fires: tuple[str, ...]
    silent: tuple[str, ...]


Phrases = dict[str, list[Any]]
"""What says each piece: runs of words, or a measure such as `{temperature_at_least: 38}`."""


def load_pieces(folder: Path) -> Phrases:
    """The phrases of every piece: those that groups share, and those that a group keeps in its own file.

    Raises:
        DataError: a piece has no phrases, or two files define it.
    """
    pieces: Phrases = {}
    shared = folder / PIECES_FILE
    sources = [
        (shared, read_yaml(shared)),
        *((file, read_yaml(file).get("pieces") or {}) for file in sign_files(folder)),
    ]
    for file, document in sources:
        for name, phrases in document.items():
            if not isinstance(phrases, list) or not phrases:
                raise DataError(
                    file, line_of(phrases), f"the piece `{name}` has no phrases", "list at least one under it"
                )
            if name in pieces:
                raise DataError(file, line_of(phrases), f"the piece `{name}` stands in two files", "rename or share it")
            for number, phrase in enumerate(phrases):
                _check(file, line_of(phrases, number), phrase)
            pieces[name] = list(phrases)
    return pieces


def _check(file: Path, line: int, phrase: Any) -> None:
    if isinstance(phrase, str):
        try:
            parse(phrase)
        except ValueError as problem:
            raise DataError(file, line, str(problem), "put a word before and behind each `...`") from None


def sign_files(folder: Path) -> list[Path]:
    """The files that hold signs: the groups first, then the conditions."""
    return sorted(folder.glob("RF*.yml")) + sorted(folder.glob("condition_*.yml"))


def load_signs(folder: Path, pieces: Phrases) -> list[Sign]:
    """Every sign of the folder, in the order of its files.

    Raises:
        DataError: a sign is incomplete, names an unknown piece or level, or an id stands twice.
    """
    signs: dict[str, Sign] = {}
    for file in sign_files(folder):
        document = read_yaml(file)
        group = require(file, document, "group", str, "name the group, such as RF01")
        for entry in require(file, document, "signs", list, "list the signs under `signs:`"):
            sign = _sign(file, group, entry, pieces)
            if sign.id in signs:
                raise DataError(file, line_of(entry), f"the id `{sign.id}` stands twice", "give each sign its own id")
            signs[sign.id] = sign
    if not signs:
        raise DataError(folder, 1, "no signs", "restore data/red_flags/RF*.yml")
    return list(signs.values())


def _sign(file: Path, group: str, entry: Any, pieces: Phrases) -> Sign:
    mend = "give each sign id, level, lay, source, confidence, when, fires and silent"
    level = require(file, entry, "level", str, mend)
    if level not in LEVELS:
        raise DataError(file, line_of(entry, "level"), f"unknown level {level!r}", f"one of {', '.join(LEVELS)}")
    when = []
    for alternative in require(file, entry, "when", list, mend):
        unknown = [name for name in alternative if name not in pieces]
        if unknown:
            raise DataError(file, line_of(entry, "when"), f"unknown piece `{unknown[0]}`", f"add it to {PIECES_FILE}")
        when.append(frozenset(alternative))
    return Sign(
        id=require(file, entry, "id", str, mend), group=group, level=level, flags=tuple(entry.get("flags") or ()),
        lay=require(file, entry, "lay", str, mend), route=str(entry.get("route") or "help"),
        source=require(file, entry, "source", str, mend), confidence=require(file, entry, "confidence", str, mend),
        when=tuple(when), fires=tuple(map(str, entry.get("fires") or ())), silent=tuple(map(str, entry.get("silent") or ())),
    )  # fmt: skip
