"""What the reader learns from: every sentence of the signs, of their assertions, of its own file and of the topics."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gutskin.documents import read_yaml, require
from gutskin.red_flags.engine import RedFlags, Screening

EMERGENCY, CRISIS, URGENT, CALM = "emergency", "crisis", "urgent", "calm"
OWN_FILE = "reader.yml"
_MARKED = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})")


@dataclass(frozen=True)
class Lesson:
    """A sentence with what it amounts to; `group` is the red flag, `source` what a cross-validation leaves out whole."""

    text: str
    danger: str
    group: str
    source: str


def lessons(data_dir: Path, phrases: RedFlags) -> list[Lesson]:
    """All lessons; what a sentence that must not raise one sign amounts to is told by the phrases.

    Raises:
        DataError: the reader's own file lacks a list.
    """
    folder = data_dir / "red_flags"
    return [
        *_of_signs(phrases),
        *_of_assertions(folder, phrases),
        *_own(folder / OWN_FILE),
        *_of_topics(data_dir, phrases),
    ]


def lessons_version(data_dir: Path) -> str:
    """The hash of every file that a reader is made from."""
    digest = hashlib.sha256()
    code = Path(__file__).parent
    for file in (
        *sorted((data_dir / "red_flags").glob("*.yml")), *sorted((data_dir / "nlu").glob("*.yml")),
        *(code / name for name in ("lessons.py", "reader.py", "engine.py", "phrases.py", "measures.py")),
    ):  # fmt: skip
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _of_signs(phrases: RedFlags) -> Iterator[Lesson]:
    for sign in phrases.signs:
        danger = _danger(Screening(sign.level, route=sign.route))
        for said in sign.fires:
            yield Lesson(said, danger, sign.group, sign.id)
        for said in sign.silent:
            yield _as_screened(said, phrases, sign.id)


def _of_assertions(folder: Path, phrases: RedFlags) -> Iterator[Lesson]:
    data = read_yaml(folder / "assertions.yml")
    for case in data["present"]:
        yield _as_screened(str(case["say"]), phrases, "present")
    for said in data["set_aside"]:
        yield Lesson(str(said), CALM, "", "set_aside")


def _own(file: Path) -> Iterator[Lesson]:
    data = read_yaml(file)
    mend = "restore data/red_flags/reader.yml"
    for danger in (EMERGENCY, CRISIS, URGENT):
        for group, said in require(file, data, danger, dict, mend).items():
            yield from (Lesson(str(text), danger, str(group), f"own {danger} {group}") for text in said)
    for number, text in enumerate(require(file, data, CALM, list, mend)):
        yield Lesson(str(text), CALM, "", f"own calm {number % 8}")


def _of_topics(data_dir: Path, phrases: RedFlags) -> Iterator[Lesson]:
    for file in sorted((data_dir / "nlu").glob("*.yml")):
        for entry in read_yaml(file).get("nlu") or ():
            for line in str(entry.get("examples") or "").splitlines():
                text = _MARKED.sub(r"\1", line.strip().removeprefix("-").strip())
                if text and phrases.screen(text).level in ("information", "routine"):
                    yield Lesson(text, CALM, "", f"topic {entry.get('intent')}")


def _as_screened(said: str, phrases: RedFlags, source: str) -> Lesson:
    screening = phrases.screen(said)
    return Lesson(said, _danger(screening), next(iter(screening.red_flags), ""), source)


def _danger(screening: Screening) -> str:
    if screening.is_emergency:
        return CRISIS if screening.route == "crisis" else EMERGENCY
    return URGENT if screening.level == "urgent" else CALM
