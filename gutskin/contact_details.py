"""The one contact of a call-back request: a phone number or an e-mail address that could be real."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_PHONE = re.compile(r"(?<![\w.@])\+?\(?\d(?:[ ()./-]{0,2}\d){6,14}(?!\w)")
_MAIL = re.compile(r"[\w.+-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}", re.IGNORECASE)
_DATE = re.compile(r"(?:\d{1,2}|\d{4})[-/.]\d{1,2}[-/.]\d{2,4}(?!\d)")
_TRUNK_ZERO = re.compile(r"\(0\)")
_FEWEST_DIGITS, _MOST_DIGITS = 8, 15
_HOME, _NATIONAL_DIGITS = "91", 10
"""India: a mobile, or a landline with its area code, has ten digits behind the country's code or the trunk zero."""
_INTRODUCED = re.compile(
    r"^(?:(?:hi|hello|hey|ok|okay|sure|yes)[, ]+)?(?:(?:you can )?(?:call me|ask for)|my name is|the name is|name is|name|"
    r"it is|it's|its|this is|i am|i'm|im|mera naam|naam)[: ]+",
    re.IGNORECASE,
)
_LONGEST_NAME = 60
_IN_NAMES = ".' -"
_TRAILING = re.compile(r"\s+(?:hai|here|speaking|please)$", re.IGNORECASE)


def contacts_in(text: str) -> list[str]:
    """Each phone number (digits, a leading +) and e-mail address (lower case) in the text that can be used, once."""
    plain = _in_ascii_digits(text)
    found = [mail[0].lower() for mail in _MAIL.finditer(plain)]
    found += [number for given in _numbers_in(plain) if (number := _number(given))]
    return list({contact[-_NATIONAL_DIGITS:] if "@" not in contact else contact: contact for contact in found}.values())


def contact_in(text: str) -> str | None:
    """The one contact in the text; none when there are several, of which somebody would have to choose."""
    found = contacts_in(text)
    return found[0] if len(found) == 1 else None


def is_incomplete(text: str) -> bool:
    """Whether the text has a phone number, but none that reaches anybody: too short or too long for its country."""
    return not contacts_in(text) and any(_numbers_in(_in_ascii_digits(text)))


def _in_ascii_digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(c)) if unicodedata.category(c) == "Nd" else c for c in text)


def _numbers_in(text: str) -> Iterator[str]:
    mails = _MAIL.sub(" ", text)
    return (match[0] for match in _PHONE.finditer(mails) if not _DATE.match(match[0]))


def _number(given: str) -> str | None:
    """The number as it is dialled: abroad with its country's code, at home as it was given."""
    digits = re.sub(r"\D", "", given)
    if len(set(digits)) == 1:
        return None
    if not given.startswith("+") and not digits.startswith("00"):
        if len(digits) == _NATIONAL_DIGITS + len(_HOME) and digits.startswith(_HOME):
            return f"+{digits}"
        return digits if len(digits.lstrip("0")) == _NATIONAL_DIGITS else None
    digits = re.sub(r"\D", "", _TRUNK_ZERO.sub("", given)).lstrip("0")
    if digits.startswith(_HOME):
        national = digits.removeprefix(_HOME).lstrip("0")  # the trunk zero is for calls at home
        return f"+{_HOME}{national}" if len(national) == _NATIONAL_DIGITS else None
    return f"+{digits}" if _FEWEST_DIGITS <= len(digits) <= _MOST_DIGITS else None


def name_in(text: str) -> str | None:
    """The name in an answer to "what name?", without the words around it."""
    bare = _TRAILING.sub("", _INTRODUCED.sub("", text.strip(" .,!")).strip(" .,!"))
    is_name = all(unicodedata.category(c)[0] in "LM" or c in _IN_NAMES for c in bare)
    return bare if is_name and bare[:1].isalpha() and len(bare) <= _LONGEST_NAME else None
