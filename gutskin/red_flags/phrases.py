"""Phrases of the pieces, and an index that finds them in a text's words.

spaCy's own matcher tries every pattern at every word, which took 55 ms a message with two thousand phrases; here a word
is only asked for the phrases that can begin with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

GAP = "..."
GAP_TOKENS = 3
NEVER_IN_A_GAP = frozenset(
    ("no", "not", "never", "none", "nor", "nahi", "nahin", "nhi", "isnt", "arent", "wasnt", "werent")
    + ("dont", "doesnt", "didnt", "havent", "hasnt", "without")
)
"""What may not fill a gap: "my lips are not swollen" must stay a denial."""

Forms = tuple[str, ...]
"""The spellings that one word of a text may stand for."""


@dataclass(frozen=True)
class Element:
    """One place of a phrase: any of some words, or of some beginnings of words."""

    words: frozenset[str]
    stems: tuple[str, ...]
    optional_before: int = 0
    """How many other words may stand before it."""

    def accepts(self, forms: Forms) -> bool:
        """Whether the word, in any of its forms, may stand here."""
        return any(word in self.words or word.startswith(self.stems) for word in forms)


def parse(phrase: str) -> tuple[Element, ...]:
    """The elements of a phrase: `a|b` either word, `swell*` a beginning, `...` up to three words between.

    Raises:
        ValueError: the phrase begins or ends with a gap, or has no word to begin with.
    """
    elements: list[Element] = []
    gap = 0
    for word in phrase.split():
        if word == GAP:
            gap += GAP_TOKENS
            continue
        options = word.split("|")
        stems = tuple(option[:-1] for option in options if option.endswith("*"))
        elements.append(Element(frozenset(o for o in options if not o.endswith("*")), stems, gap))
        gap = 0
    if gap or not elements or elements[0].optional_before or "" in elements[0].stems:
        raise ValueError(f"the phrase {phrase!r} must begin and end with a word")
    return tuple(elements)


@dataclass(frozen=True)
class Phrase:
    """A phrase of a piece; `needs` names its elements, so that it is tried only where each has a word."""

    piece: str
    elements: tuple[Element, ...]
    needs: frozenset[int]


class PhraseIndex:
    """Finds phrases by the word that they begin with, among those whose every element the text satisfies."""

    def __init__(self, pieces: Iterable[tuple[str, str]]) -> None:
        """Takes (piece, phrase) pairs."""
        self._numbers: dict[tuple[frozenset[str], tuple[str, ...]], int] = {}
        self._by_word: dict[str, set[int]] = defaultdict(set)
        self._by_stem: dict[str, set[int]] = defaultdict(set)
        self._beginning: dict[int, list[Phrase]] = defaultdict(list)
        for piece, phrase in pieces:
            elements = parse(phrase)
            numbers = [self._number(element) for element in elements]
            self._beginning[numbers[0]].append(Phrase(piece, elements, frozenset(numbers)))

    def find(self, words: Sequence[Forms], is_break: Sequence[bool]) -> Iterator[tuple[str, int, int]]:
        """(piece, first word, word after the last) of each phrase in the words; no gap spans a break."""
        satisfied = [set().union(*map(self._satisfied_by, forms)) for forms in words]
        anywhere = frozenset().union(*satisfied)
        for start, numbers in enumerate(satisfied):
            for number in numbers & self._beginning.keys():
                for phrase in self._beginning[number]:
                    if phrase.needs <= anywhere:
                        end = _end(words, is_break, start + 1, phrase.elements, 1)
                        if end:
                            yield phrase.piece, start, end

    def _number(self, element: Element) -> int:
        number = self._numbers.setdefault((element.words, element.stems), len(self._numbers))
        for word in element.words:
            self._by_word[word].add(number)
        for stem in element.stems:
            self._by_stem[stem].add(number)
        return number

    def _satisfied_by(self, word: str) -> set[int]:
        numbers = set(self._by_word.get(word, ()))
        for length in range(len(word) + 1):
            numbers |= self._by_stem.get(word[:length], set())
        return numbers


def _end(words: Sequence[Forms], is_break: Sequence[bool], at: int, elements: tuple[Element, ...], number: int) -> int:
    """Where the rest of the phrase ends when its element `number` is sought from word `at`; 0 where it does not fit."""
    if number == len(elements):
        return at
    element = elements[number]
    for position in range(at, min(at + element.optional_before + 1, len(words))):
        if is_break[position]:
            return 0
        if element.accepts(words[position]):
            end = _end(words, is_break, position + 1, elements, number + 1)
            if end:
                return end
        if not NEVER_IN_A_GAP.isdisjoint(words[position]):
            return 0
    return 0
