"""The chat element as it is served: the built script, with this clinic's data closed in around it.

The numbers to call are in the page from its first moment, so that they show with the server gone.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from gutskin.documents import read_yaml
from gutskin.errors import DataError
from gutskin.knowledge import Knowledge

BUILT = Path(__file__).resolve().parent / "static" / "widget.js"


@dataclass(frozen=True)
class Widget:
    """The served script of one installation."""

    known: Knowledge
    words: dict[str, dict[str, str]]
    page_url: str

    @cached_property
    def settings(self) -> dict[str, Any]:
        """What the element knows without asking the server."""
        clinic, article = self.known.clinic, self.known.article
        return {
            "clinic": clinic.name,
            "contacts": {
                group: [contact.as_dict() for contact in clinic.numbers(group)]
                for group in ("reception", "emergency", "crisis")
            },
            "article": {"hash": article.sha256, "language": article.language, "url": article.url_of(self.page_url)},
            "words": self.words,
        }

    @cached_property
    def script(self) -> bytes:
        """The element, with `gutSkinSettings` in the scope of the built file alone."""
        constant = json.dumps(self.settings, ensure_ascii=False, separators=(",", ":"))
        return f"{{const gutSkinSettings={constant};\n{BUILT.read_text('utf-8')}}}\n".encode()

    @cached_property
    def packed(self) -> bytes:
        """The script, compressed."""
        return gzip.compress(self.script, 9, mtime=0)

    @cached_property
    def tag(self) -> str:
        """Changes with every byte of the script."""
        return f'"{hashlib.sha256(self.script).hexdigest()[:20]}"'


def load_words(file: Path) -> dict[str, dict[str, str]]:
    """Reads the element's words, by language.

    Raises:
        DataError: no language, or one that lacks a word of the first.
    """
    tables = read_yaml(file)
    words: dict[str, dict[str, str]] = {
        str(language): {str(name): str(word) for name, word in table.items()} for language, table in tables.items()
    }
    if not words:
        raise DataError(file, 1, "no language", "begin with `en:` and its words")
    first = next(iter(words.values()))
    for language, table in words.items():
        if missing := first.keys() - table.keys():
            raise DataError(file, 1, f"`{language}` lacks {', '.join(sorted(missing))}", "add each with its words")
    return words
