"""Hindi in Latin script: whether a message is written in it, and its common words in one spelling."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from gutskin.documents import line_of, read_yaml, require
from gutskin.errors import DataError

FEWEST = 2
LEAST_SHARE = 0.3
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Hinglish:
    """The listed words."""

    spellings: dict[str, str]
    """How each spelling of a word that is surely Hindi is normalised."""
    doubtful: frozenset[str]

    def is_spoken(self, text: str) -> bool:
        """Whether so many words are Hindi that the writer would like to be met there."""
        words = _WORD.findall(text.lower())
        sure = sum(word in self.spellings for word in words)
        maybe = sum(word in self.doubtful for word in words)
        return sure > 0 and sure + maybe >= FEWEST and sure + maybe >= LEAST_SHARE * len(words)

    def normalised(self, text: str) -> str:
        """The lower-case text with its Hindi words in one spelling, where it is Hinglish."""
        if not self.is_spoken(text):
            return text
        return _WORD.sub(lambda match: self.spellings.get(match[0], match[0]), text)


def load_hinglish(file: Path) -> Hinglish:
    """Reads the lists.

    Raises:
        DataError: a list is missing, or one spelling stands under two words.
    """
    data = read_yaml(file)
    spellings: dict[str, str] = {}
    words = require(file, data, "words", dict, "list `word: [spelling, …]`")
    for word, variants in words.items():
        for spelling in (word, *variants):
            owner = spellings.setdefault(str(spelling), str(word))
            if owner != word:
                mend = "keep it under one of the two"
                raise DataError(file, line_of(words, word), f"{spelling!r} stands under `{owner}` too", mend)
    return Hinglish(spellings, frozenset(map(str, require(file, data, "doubtful", list, "list the words"))))
