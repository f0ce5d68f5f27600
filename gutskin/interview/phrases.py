"""Listed phrases, found as whole words in what a person wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gutskin.text import clean

_MARKS = re.compile(r"[^\w\s?]|_")


def plain(text: str) -> str:
    """Lower case, apostrophes dropped, other marks but the question mark turned into spaces."""
    return " ".join(_MARKS.sub(" ", clean(text).lower().replace("'", "")).split())


class Phrases:
    """A list of phrases; the longest one found counts, so that "not pregnant" is not "pregnant"."""

    def __init__(self, phrases: Iterable[str]) -> None:
        listed = sorted({plain(str(phrase)) for phrase in phrases} - {""}, key=len, reverse=True)
        body = "|".join(map(re.escape, listed)) or "(?!)"
        self._anywhere = re.compile(rf"\b(?:{body})\b")
        self._opening = re.compile(rf"(?:{body})\b")
        self._whole = re.compile(rf"(?:{body})(?: please| thanks| thank you| now| then)?")

    def longest(self, text: str) -> int:
        """The length of the longest phrase in the plain text, 0 where there is none."""
        return max((len(match[0]) for match in self._anywhere.finditer(text)), default=0)

    def opening(self, text: str) -> int:
        """The length of the phrase that the plain text begins with, 0 where there is none."""
        match = self._opening.match(text)
        return len(match[0]) if match else 0

    def is_all_of(self, text: str) -> bool:
        """Whether the plain text is one of the phrases and nothing else."""
        return bool(self._whole.fullmatch(text.replace("?", "").strip()))
