"""What is found in a text and what it amounts to."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Finding:
    """A piece found in a text, with the words that say it."""

    piece: str
    said: str


@dataclass(frozen=True)
class Screening:
    """What a text, with what was said before, amounts to."""

    level: str = "information"
    flags: tuple[str, ...] = ()
    red_flags: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    route: str = "help"
    findings: tuple[Finding, ...] = field(default=(), repr=False)
    is_unclear: bool = field(default=False, repr=False)
    """Whether the words may tell of an emergency, which one question would settle."""
    takes_back: bool = field(default=False, repr=False)
    """Whether the words explain an alarm before them as past or as a joke."""

    only_takes_back: bool = field(default=False, repr=False)
    """Whether they say nothing after that."""

    @property
    def is_emergency(self) -> bool:
        """Whether help is needed now."""
        return self.level == "emergency"
