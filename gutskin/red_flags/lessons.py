"""What the reader learns from: the sentences of the signs and their assertions, its own files, topics, and interview answers."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gutskin.documents import read_yaml, require
from gutskin.red_flags.engine import RedFlags
from gutskin.red_flags.screening import Screening
from gutskin.spelling import EVERYDAY_FILE

EMERGENCY, CRISIS, URGENT, CALM = "emergency", "crisis", "urgent", "calm"
OWN_FILES = ("reader.yml", "reader_told.yml")
QUESTIONS_FILE = "questions.yml"
SEED = 7
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
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
        DataError: one of the reader's own files lacks a list.
    """
    folder = data_dir / "red_flags"
    own = [lesson for name in OWN_FILES for lesson in _own(folder / name)]
    return [
        *_of_signs(phrases),
        *_of_assertions(folder, phrases),
        *own,
        *_calm(_sentences(own), phrases),
        *_calm(_asked(data_dir / "nlu"), phrases),
        *_calm(_answered(data_dir / "triage"), phrases),
    ]


def in_company(taught: Sequence[Lesson], seed: int = SEED) -> list[Lesson]:
    """Each lesson of danger beside a calm sentence, and as many pairs of calm ones: what a message of two is like."""
    chance = random.Random(seed)
    calm = [one.text for one in taught if one.danger == CALM]
    pairs = [replace(one, text=_joined(chance, one.text, chance.choice(calm))) for one in taught if one.danger != CALM]
    for _ in range(len(pairs)):
        pairs.append(Lesson(_joined(chance, chance.choice(calm), chance.choice(calm)), CALM, "", "pairs"))
    return pairs


def lessons_version(data_dir: Path) -> str:
    """The hash of every file that a reader is made from."""
    digest = hashlib.sha256()
    code = Path(__file__).parent
    for file in (
        *sorted((data_dir / "red_flags").glob("*.yml")), *sorted((data_dir / "nlu").glob("*.yml")),
        data_dir / "triage" / QUESTIONS_FILE, data_dir / EVERYDAY_FILE,
        *(code / name for name in ("lessons.py", "reader.py", "engine.py", "phrases.py", "measures.py")),
        *(code.parent / name for name in ("context_speller.py", "text_features.py", "linear_model.py", "spelling.py")),
    ):  # fmt: skip
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _joined(chance: random.Random, one: str, other: str) -> str:
    first, second = chance.sample((one, other), 2)
    return f"{first}. {second}"


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
    mend = f"restore {file.name}"
    for danger in (EMERGENCY, CRISIS, URGENT):
        for group, said in require(file, data, danger, dict, mend).items():
            yield from (Lesson(str(text), danger, str(group), f"own {danger} {group}") for text in said)
    for number, text in enumerate(require(file, data, CALM, list, mend)):
        yield Lesson(str(text), CALM, "", f"own calm {number % 8}")


def _sentences(posts: Iterable[Lesson]) -> Iterator[tuple[str, str]]:
    """The sentences of calm posts: the reader weighs each by itself too, where the rest cannot explain it."""
    for post in posts:
        sentences = _SENTENCE_END.split(post.text) if post.danger == CALM else []
        if len(sentences) > 1:
            yield from ((sentence, post.source) for sentence in sentences)


def _calm(said: Iterable[tuple[str, str]], phrases: RedFlags) -> Iterator[Lesson]:
    """The (text, source) pairs in which no phrase finds danger, as lessons of calm."""
    for text, source in said:
        if text and phrases.screen(text).level in ("information", "routine"):
            yield Lesson(text, CALM, "", source)


def _asked(folder: Path) -> Iterator[tuple[str, str]]:
    """What people ask about the topics."""
    for file in sorted(folder.glob("*.yml")):
        for entry in read_yaml(file).get("nlu") or ():
            for line in str(entry.get("examples") or "").splitlines():
                yield _MARKED.sub(r"\1", line.strip().removeprefix("-").strip()), f"topic {entry.get('intent')}"


def _answered(folder: Path) -> Iterator[tuple[str, str]]:
    """What people answer in the interview, often in a single word."""
    for name, question in read_yaml(folder / QUESTIONS_FILE)["questions"].items():
        for option in question["options"]:
            for text in (option["title"], option.get("say", ""), *option["reads"]):
                yield str(text), f"answer {name}"


def _as_screened(said: str, phrases: RedFlags, source: str) -> Lesson:
    screening = phrases.screen(said)
    return Lesson(said, _danger(screening), next(iter(screening.red_flags), ""), source)


def _danger(screening: Screening) -> str:
    if screening.is_emergency:
        return CRISIS if screening.route == "crisis" else EMERGENCY
    return URGENT if screening.level == "urgent" else CALM
