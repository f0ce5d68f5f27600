"""The triage state of a conversation: the highest level that its words have come to, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Protocol

from gutskin.red_flags import LEVELS, RedFlags, Screening
from gutskin.red_flags.engine import TAKES_BACK
from gutskin.red_flags.screening import Finding
from gutskin.red_flags.second_reading import READ

SLOT = "triage"
"""Where a conversation keeps its state."""
FLEETING = (READ, TAKES_BACK)
"""Findings that tell of one message only and complete no sign later."""
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
    otherwise: Triage | None = None
    """The state without the message that raised the alarm, for when it turns out to be past or a joke."""
    unsure: Triage | None = None
    """The state without what was unclear in the last message, for when a question settles it."""

    @classmethod
    def load(cls, kept: dict[str, Any] | None) -> Triage:
        """The state from the form in which it is kept."""
        if not kept:
            return cls()
        flags, red_flags, because, pieces = (tuple(kept[key]) for key in ("flags", "red_flags", "because", "pieces"))
        otherwise, unsure = (cls.load(kept[key]) if kept.get(key) else None for key in ("otherwise", "unsure"))
        return cls(kept["level"], flags, red_flags, because, pieces, otherwise, unsure)

    def hear(self, findings: tuple[Finding, ...], red_flags: RedFlags) -> tuple[Screening, Triage]:
        """What a message amounts to after what was said before, and the state after it.

        The highest level stands, but an alarm that is explained as past or as a joke falls back to what the other facts
        need; a wish to die never does.
        """
        screening = red_flags.assess(findings, self.pieces)
        if screening.takes_back and self.otherwise and not _is_alarm(screening):
            return red_flags.assess(findings, self.otherwise.pieces), self.otherwise.after(screening)
        after = self.after(screening)
        if screening.is_unclear:
            after = replace(after, unsure=replace(self, unsure=None).after(red_flags.settled(findings, self.pieces)))
        if screening.route == "crisis" and screening.is_emergency:
            return screening, replace(after, otherwise=None)
        if _is_alarm(screening) and LEVELS.index(screening.level) > LEVELS.index(self.level):
            calm = replace(self, otherwise=None).after(red_flags.remaining(findings, self.pieces))
            return screening, replace(after, otherwise=calm)
        if self.otherwise:
            return screening, replace(after, otherwise=self.otherwise.after(screening))
        return screening, after

    def after(self, screening: Screening) -> Triage:
        """The state after a message: the highest level stands."""
        higher = LEVELS.index(screening.level) > LEVELS.index(self.level)
        same = screening.level == self.level
        return Triage(
            level=screening.level if higher else self.level,
            flags=_joined(self.flags, screening.flags),
            red_flags=screening.red_flags if higher else _joined(self.red_flags, screening.red_flags if same else ()),
            because=screening.because if higher else _joined(self.because, screening.because if same else ()),
            pieces=_joined(self.pieces, tuple(f.piece for f in screening.findings if not f.piece.startswith(FLEETING))),
            otherwise=self.otherwise,
        )

    def is_below(self, other: Triage) -> bool:
        """Whether this is a lower level than another state's."""
        return LEVELS.index(self.level) < LEVELS.index(other.level)

    def settled(self) -> Triage:
        """The state after a no to the question about what was unclear."""
        return self.unsure or self

    def keep(self) -> dict[str, Any]:
        """The form in which the state is kept with the conversation."""
        behind = {"otherwise": self.otherwise, "unsure": self.unsure}
        kept = {key: state.keep() if state else None for key, state in behind.items()}
        return {**self.as_dict(), "pieces": list(self.pieces), **kept}

    def as_dict(self) -> dict[str, Any]:
        """The state as the public contract prints it."""
        return {
            "level": self.level,
            "flags": list(self.flags),
            "red_flags": list(self.red_flags),
            "because": list(self.because),
        }


class HasSlots(Protocol):
    """A tracker, of Rasa or of its action server."""

    def get_slot(self, key: str) -> Any:
        """What is kept under a name."""


def triage_of(tracker: HasSlots) -> Triage:
    """The triage state kept so far."""
    return Triage.load(tracker.get_slot(SLOT))


def _is_alarm(screening: Screening) -> bool:
    return LEVELS.index(screening.level) >= LEVELS.index("urgent")


def _joined(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(before + after))
