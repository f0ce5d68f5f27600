"""The questions in a message: one sentence of eight, or two things asked at once."""

from __future__ import annotations

import re

from gutskin.interview.reading import Reader

FEWEST_WORDS = 3
MOST_PARTS = 4
_SENTENCE = re.compile(r"[^.!?;\n]+[.!?;\n]*")
_JOINED = re.compile(r"(?:,|\band\b|\balso\b|\bplus\b|\bbut\b|\baur\b|&)+\s*", re.IGNORECASE)


def questions_in(text: str, reader: Reader) -> list[str]:
    """The parts of a text that ask something, in order; none where the text is one question or asks nothing openly."""
    sentences = [sentence.strip() for sentence in _SENTENCE.findall(text)]
    clauses = [clause for sentence in sentences for clause in _clauses(sentence, reader)]
    asked = [clause for clause in clauses if len(clause.split()) >= FEWEST_WORDS and reader.is_question(clause)]
    if len([clause for clause in clauses if len(clause.split()) >= FEWEST_WORDS]) < 2:
        return []
    return asked[-MOST_PARTS:]


def _clauses(sentence: str, reader: Reader) -> list[str]:
    """The sentence, cut where another question begins behind a comma or a conjunction."""
    clauses, begin = [], 0
    for match in _JOINED.finditer(sentence):
        before, after = sentence[begin : match.start()], sentence[match.end() :]
        if len(before.split()) >= FEWEST_WORDS and len(after.split()) >= FEWEST_WORDS and reader.opens_question(after):
            clauses.append(before.strip())
            begin = match.end()
    return [*clauses, sentence[begin:].strip()]
