"""What can go wrong, told to the person who can mend it.

GutSkinError
├── DataError        a data file is missing or malformed: names file, line and mend
├── SettingsError    an environment variable has a value that cannot be used
├── StoreError       the database cannot be used by this code
└── RequestError     a request that the public contract refuses (see `gutskin.channel.problems`)
"""

from __future__ import annotations

from pathlib import Path


class GutSkinError(Exception):
    """Base of every error that this project raises on purpose."""


class DataError(GutSkinError):
    """A data file cannot be used.

    The text is one line, `file:line: problem. Mend: …`, so that whoever edited the file finds the place at once.
    """

    def __init__(self, file: Path, line: int, problem: str, mend: str) -> None:
        self.file, self.line, self.problem, self.mend = file, line, problem, mend
        super().__init__(f"{file}:{line}: {problem}. Mend: {mend}.")


class SettingsError(GutSkinError):
    """A setting cannot be used; the text names the variable and says what it may be."""


class StoreError(GutSkinError):
    """The database cannot be used; the text says why and how to mend it."""


class RequestError(GutSkinError):
    """A request that the public contract refuses."""
