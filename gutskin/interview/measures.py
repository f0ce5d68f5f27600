"""Ages and durations as people write them."""

from __future__ import annotations

import re

_NUMBERS = {
    word: number
    for number, words in enumerate(
        ["", "one|a|an|ek", "two|do|couple of", "three|teen", "four|char|chaar", "five|paanch", "six|chhe", "seven|saat",
         "eight|aath", "nine|nau", "ten|das"]
    ) for word in words.split("|") if word
}  # fmt: skip
_COUNT = rf"(\d{{1,3}}(?:\.\d)?|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_DAY = r"days?|din|dino|dinon"
_WEEK = r"weeks?|wks?|hafte|hafta|hafto"
_MONTH = r"months?|mths?|mo|mahine|mahina|mahino"
_YEAR = r"years?|yrs?|y|yo|saal|sal"
_SHORTER = r"hours?|hrs?|ghante|minutes?|mins?"
_SPAN = rf"({_DAY}|{_WEEK}|{_MONTH}|{_YEAR})"
_MONTHS = ((_DAY, 1 / 30), (_WEEK, 1 / 4.35), (_MONTH, 1.0), (_YEAR, 12.0))
_OF_AGE = r"old|o|of age|ka|ki|ke|baby|girl|boy|son|daughter|child|infant|male|female|f|m"
_AGE = re.compile(rf"\b{_COUNT} ?{_SPAN}(?= ?(?:{_OF_AGE})\b)|\b(?:aged?|age is|umar) ?(?:is )?{_COUNT} ?{_SPAN}?")
_BARE_AGE = re.compile(rf"^(?:(?:i am|im|he is|she is|hes|shes|its|about|around) )?{_COUNT} ?{_SPAN}?(?: old)?$")
_LEADING = r"(?:(?:for|since|from|past|last|over|about|almost|more than) )*"
_NAMED = (
    "yesterday|today|morning|night|evening|week|month|year|childhood|birth|diwali|holi|eid|christmas|winter|summer|monsoon|"
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
)
_LOOSE = (
    "yesterday|today|this morning|last (?:night|week|month|year)|kal se|aaj se|bachpan se|a long time|long time|ages|"
    "always|lifelong|for years|for months|for weeks|just now"
)
_DURATION = re.compile(
    rf"\b{_LEADING}(?:{_COUNT}|few|some|many|several|kuch|kai|half a) ?(?:{_DAY}|{_WEEK}|{_MONTH}|{_YEAR}|{_SHORTER})\b"
    rf"|\b(?:since|from) (?:the )?(?:last |this )?(?:{_NAMED})\b|\b(?:{_LOOSE})\b"
)


def age_in_months(text: str, alone: bool = False) -> float | None:
    """The age that a plain text states; with `alone`, also a bare number or span, as an answer to "how old?"."""
    for match in _AGE.finditer(text):
        count, unit = match.group(1) or match.group(3), match.group(2) or match.group(4)
        return _number(count) * _months(unit)
    bare = _BARE_AGE.match(text) if alone else None
    return _number(bare.group(1)) * _months(bare.group(2)) if bare else None


def duration_in(text: str) -> str | None:
    """The words of a plain text that say since when; an age is none."""
    match = _DURATION.search(_AGE.sub(" ", text))
    return match[0].strip() if match else None


def _number(count: str) -> float:
    return float(_NUMBERS.get(count, 0) or count)


def _months(unit: str | None) -> float:
    return next((months for words, months in _MONTHS if unit and re.fullmatch(words, unit)), 12.0)
