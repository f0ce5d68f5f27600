"""The triage state of a conversation: the highest level that its words have come to, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gutskin.red_flags import LEVELS, Screening

RAISED = "raised_to"
"""Key of a message's metadata: the level that its words have raised the conversation to."""


@dataclass(frozen=True)
class Triage:
    """What the contract prints, and the pieces found so far, so that signs may complete over several messages."""

    level: str = LEVELS[0]
    flags: tuple[str, ...] = ()
    red_flags: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    pieces: tuple[str, ...] = ()

    @classmethod
    def load(cls, kept: dict[str, Any] | None) -> Triage:
        """The state from the form in which it is kept."""
        if not kept:
            return cls()
        flags, red_flags, because, pieces = (tuple(kept[key]) for key in ("flags", "red_flags", "because", "pieces"))
        return cls(kept["level"], flags, red_flags, because, pieces)

    def after(self, screening: Screening) -> Triage:
        """The state after a message: the highest level stands."""
        higher = LEVELS.index(screening.level) > LEVELS.index(self.level)
        same = screening.level == self.level
        return Triage(
            level=screening.level if higher else self.level,
            flags=_joined(self.flags, screening.flags),
            red_flags=screening.red_flags if higher else _joined(self.red_flags, screening.red_flags if same else ()),
            because=screening.because if higher else _joined(self.because, screening.because if same else ()),
            pieces=_joined(self.pieces, tuple(finding.piece for finding in screening.findings)),
        )

    def keep(self) -> dict[str, Any]:
        """The form in which the state is kept with the conversation."""
        return {**self.as_dict(), "pieces": list(self.pieces)}

    def as_dict(self) -> dict[str, Any]:
        """The state as the public contract prints it."""
        return {
            "level": self.level,
            "flags": list(self.flags),
            "red_flags": list(self.red_flags),
            "because": list(self.because),
        }


def _joined(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(before + after))
