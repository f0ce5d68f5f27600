"""Seeded typing errors: what a hasty thumb makes of a question."""

from __future__ import annotations

import random
import re
from string import ascii_lowercase

SPARED = 4
"""Words of up to so many letters stay as they are."""
_LONG_WORD = re.compile(rf"[^\W\d_]{{{SPARED + 1},}}")


def misspelled(text: str, seed: int = 1) -> str:
    """The text with one random letter edit in every word over four letters; the same for the same text and seed."""
    chance = random.Random(f"{seed}:{text}")
    return _LONG_WORD.sub(lambda match: edited(match[0], chance), text)


def edited(word: str, chance: random.Random) -> str:
    """The word with one letter left out, put in, replaced, or swapped with the next; never the word itself."""
    edits = (_left_out, _put_in, _replaced, _swapped)
    while (result := chance.choice(edits)(word, chance)) == word:
        pass
    return result


def _left_out(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    return word[:at] + word[at + 1 :]


def _put_in(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word) + 1)
    return word[:at] + chance.choice(ascii_lowercase) + word[at:]


def _replaced(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    return word[:at] + chance.choice(ascii_lowercase) + word[at + 1 :]


def _swapped(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
