"""What a short answer means: yes, no, not known, skipped, corrected, or a question back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gutskin.documents import read_yaml, require
from gutskin.interview.phrases import Phrases, plain

SKIPPED, UNKNOWN, YES, NO = "skipped", "unknown", "yes", "no"
NAMES = ("yes", "no", "agree", "hedged", "but", "unknown", "skip", "stop", "correction", "question")


@dataclass(frozen=True)
class Reader:
    """The listed words of `reading.yml`."""

    phrases: dict[str, Phrases]

    def is_question(self, text: str) -> bool:
        """Whether the text asks something instead of answering."""
        words = plain(text)
        return words.endswith("?") or self.opens_question(text)

    def opens_question(self, text: str) -> bool:
        """Whether the text begins as questions do."""
        return bool(self.phrases["question"].opening(plain(text)))

    def is_stop(self, text: str) -> bool:
        """Whether the text is nothing but a wish to stop."""
        return self.phrases["stop"].is_all_of(plain(text))

    def is_skip(self, text: str) -> bool:
        """Whether the text is nothing but a wish to skip."""
        return self.phrases["skip"].is_all_of(plain(text))

    def is_bare_no(self, text: str) -> bool:
        """Whether the text is nothing but a no."""
        return self.phrases["no"].is_all_of(plain(text))

    def corrected(self, text: str) -> str | None:
        """What follows a word of correction ("no wait, 3 weeks"), if the text begins with one."""
        words, cut = plain(text), 0
        while length := self.phrases["correction"].opening(words[cut:].lstrip()):
            cut = len(words) - len(words[cut:].lstrip()) + length
        return words[cut:].strip() if cut else None

    def unanswered(self, text: str) -> str | None:
        """`SKIPPED` or `UNKNOWN`, where the text says no more than that."""
        if self.is_skip(text):
            return SKIPPED
        return UNKNOWN if self.phrases["unknown"].longest(plain(text)) else None

    def danger(self, text: str) -> str | None:
        """The answer to a question about danger; in doubt towards yes, and none where yes or no cannot be told."""
        words = self.corrected(text) or plain(text)
        yes, no = self.phrases["yes"].opening(words), self.phrases["no"].opening(words)
        if self.is_skip(text):
            return SKIPPED
        if yes > no:
            return YES
        if self.phrases["unknown"].longest(words):
            return UNKNOWN
        if no:
            return None if self.phrases["but"].longest(words) else NO
        return YES if self.phrases["hedged"].longest(words) else None

    def consent(self, text: str) -> str | None:
        """Yes or no to the consent card; anything unclear is neither, and a skip is a no."""
        words = self.corrected(text) or plain(text)
        if self.is_skip(text):
            return NO
        yes = max(self.phrases["yes"].opening(words), self.phrases["agree"].opening(words))
        no = self.phrases["no"].opening(words)
        if yes == no:
            return None
        return YES if yes > no else NO


def load_reader(file: Path) -> Reader:
    """Reads the lists of words.

    Raises:
        DataError: a list is missing.
    """
    data = read_yaml(file)
    return Reader({name: Phrases(require(file, data, name, list, "list the words")) for name in NAMES})
