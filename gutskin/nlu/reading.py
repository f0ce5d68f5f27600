"""One reading of a text for every component: its words, and the lexicon's terms in it however they are spelled."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from gutskin.knowledge import knowledge
from gutskin.lexicon import Lexicon, Mention
from gutskin.spelling import Speller
from gutskin.text import clean

_EVERYDAY = 2_000


@dataclass(frozen=True)
class Reading:
    """A text as the components see it."""

    text: str
    """Cleaned, lower-cased, the common words of Hinglish in one spelling."""
    mentions: tuple[Mention, ...]

    @property
    def concepts(self) -> str:
        """The mentioned terms as words of their own, so that "zits" and "muhase" are one feature."""
        marks = (
            f"{m.term.entity}_{m.term.id} {m.term.entity}_{'covered' if m.term.covered else 'unknown'}"
            for m in self.mentions
        )
        return " ".join(marks)


@lru_cache(maxsize=4)
def speller(lexicon: Lexicon) -> Speller:
    """The speller towards the lexicon's words."""
    return Speller(lexicon.vocabulary, knowledge().everyday_words)


def right_words(lexicon: Lexicon) -> frozenset[str]:
    """What is no typing error, whether any sentence has it or not."""
    return frozenset(lexicon.vocabulary) | knowledge().everyday_words


@lru_cache(maxsize=_EVERYDAY)
def read(text: str, lexicon: Lexicon) -> Reading:
    """The reading of a text; the last few thousand are kept, as each component asks for the same."""
    typed = clean(text).lower()
    mended = speller(lexicon).text(typed)
    return Reading(knowledge().hinglish.normalised(typed), tuple(lexicon.find(mended)))
