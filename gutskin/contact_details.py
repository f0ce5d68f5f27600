"""The one contact of a call-back request: a phone number or an e-mail address that could be real."""

from __future__ import annotations

import re
import unicodedata

_PHONE = re.compile(r"(?<![\w.@])\+?\(?\d(?:[ ()./-]{0,2}\d){6,14}(?!\w)")
_MAIL = re.compile(r"[\w.+-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}", re.IGNORECASE)
_FEWEST_DIGITS, _MOST_DIGITS = 8, 15
_INTRODUCED = re.compile(
    r"^(?:(?:hi|hello|hey|ok|okay|sure|yes)[, ]+)?(?:(?:you can )?(?:call me|ask for)|my name is|the name is|name is|name|"
    r"it is|it's|its|this is|i am|i'm|im|mera naam|naam)[: ]+",
    re.IGNORECASE,
)
_LONGEST_NAME = 60
_IN_NAMES = ".' -"
_TRAILING = re.compile(r"\s+(?:hai|here|speaking|please)$", re.IGNORECASE)


def contact_in(text: str) -> str | None:
    """The first phone number (digits, a leading +) or e-mail address (lower case) in the text."""
    mail = _MAIL.search(text)
    if mail:
        return mail[0].lower()
    for match in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if _FEWEST_DIGITS <= len(digits) <= _MOST_DIGITS and len(set(digits)) > 1:
            return ("+" if match[0].startswith("+") else "") + digits
    return None


def name_in(text: str) -> str | None:
    """The name in an answer to "what name?", without the words around it."""
    bare = _TRAILING.sub("", _INTRODUCED.sub("", text.strip(" .,!")).strip(" .,!"))
    is_name = all(unicodedata.category(c)[0] in "LM" or c in _IN_NAMES for c in bare)
    return bare if is_name and bare[:1].isalpha() and len(bare) <= _LONGEST_NAME else None
