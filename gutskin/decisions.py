"""Whether a message wants a personal decision: then nothing that is shown may begin with a yes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gutskin.documents import read_yaml, require
from gutskin.interview.phrases import Phrases, plain


@dataclass(frozen=True)
class Decisions:
    """The listed words of such messages."""

    changing: Phrases
    medicines: Phrases
    pressing: Phrases

    def are_wanted(self, text: str) -> bool:
        """Whether the text asks to change a medicine, or presses for a yes about the person."""
        words = plain(text)
        if self.pressing.longest(words):
            return True
        return bool(self.changing.longest(words) and self.medicines.longest(words))


def load_decisions(file: Path) -> Decisions:
    """Reads the lists.

    Raises:
        DataError: a list is missing.
    """
    data = read_yaml(file)
    return Decisions(
        *(Phrases(require(file, data, name, list, "list the words")) for name in ("changing", "medicines", "pressing"))
    )
