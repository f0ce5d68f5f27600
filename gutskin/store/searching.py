"""The forms in which names and contacts are compared: kept beside what was given, so that any way of writing it finds it."""

from __future__ import annotations

import unicodedata

LOCAL_DIGITS = 10
"""A number is the same with and without the country's code or a trunk zero."""


def name_key(text: str) -> str:
    """A name without accents, case and surplus spaces."""
    parts = unicodedata.normalize("NFKD", text)
    return " ".join("".join(c for c in parts if not unicodedata.combining(c)).casefold().split())


def contact_key(contact: str) -> str:
    """An address in one case, a number as its digits."""
    return contact.casefold() if "@" in contact else digits_in(contact)


def digits_in(text: str) -> str:
    """The digits of any script as ASCII ones."""
    return "".join(str(unicodedata.digit(c)) for c in text if unicodedata.digit(c, None) is not None)


def sought_number(words: str) -> str:
    """What a stored number must hold to be the one that is sought; empty when the words are no number."""
    if any(c.isalpha() for c in words):
        return ""
    return digits_in(words)[-LOCAL_DIGITS:].lstrip("0")
