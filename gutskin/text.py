"""What a person typed, made safe to read: one cleaning for every door into the assistant."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE_CATEGORIES = {"Cc", "Cf", "Co", "Cs", "Cn"}
_SPACES = re.compile(r"\s+")
_LEADING_COMMAND = re.compile(r"^[\s/]+")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'"})


def clean(raw: str) -> str:
    """The words without control, zero-width and direction marks, without a command's slash, single-spaced."""
    compatible = unicodedata.normalize("NFKC", raw).translate(_APOSTROPHES)
    visible = "".join(
        " " if c in "\r\n\t" else c
        for c in compatible
        if c in "\r\n\t" or unicodedata.category(c) not in _INVISIBLE_CATEGORIES
    )
    return _LEADING_COMMAND.sub("", _SPACES.sub(" ", visible)).strip()


def has_words(text: str) -> bool:
    """Whether there is any letter or digit to understand."""
    return any(c.isalnum() for c in text)
