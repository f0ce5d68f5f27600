"""Plays vignettes through the very steps that the channel takes, without a server, and holds the levels to the bar."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from gutskin.red_flags import LEVELS, RedFlags
from gutskin.triage import Triage

FALSE_ALARMS_ALLOWED = 0.07
URGENT_FOUND = 0.97
SEVEREST_FIRST = LEVELS[::-1]
CALM = LEVELS[:2]


@dataclass(frozen=True)
class Vignette:
    """A labelled case: what a person writes, message by message, and the level that it needs."""

    id: str
    turns: tuple[str, ...]
    level: str
    sign: str


@dataclass(frozen=True)
class Outcome:
    """A vignette with the level that it was given."""

    vignette: Vignette
    given: str

    @property
    def steps(self) -> int:
        """How many levels too high (positive) or too low (negative)."""
        return LEVELS.index(self.given) - LEVELS.index(self.vignette.level)


def load_vignettes(file: Path) -> list[Vignette]:
    """Reads a JSONL file of labelled vignettes."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [Vignette(row["id"], tuple(row["turns"]), row["level"], row.get("sign") or "") for row in rows]


def play(vignettes: list[Vignette], red_flags: RedFlags) -> list[Outcome]:
    """The level that each vignette is given after its last message."""
    outcomes = []
    for vignette in vignettes:
        triage = Triage()
        for turn in vignette.turns:
            _, triage = triage.hear(red_flags.findings(turn), red_flags)
        outcomes.append(Outcome(vignette, triage.level))
    return outcomes


def failings(outcomes: list[Outcome]) -> list[str]:
    """The parts of the bar that are missed, each in a sentence; none when the gate is passed."""
    found = []
    missed = _of(outcomes, "emergency", below="emergency")
    if missed:
        found.append(
            f"{len(missed)} emergencies were not found, {sum(o.given in CALM for o in missed)} of them sent away"
        )
    urgent = [o for o in outcomes if o.vignette.level == "urgent"]
    seen = len(urgent) - len(_of(outcomes, "urgent", below="urgent"))
    if urgent and seen < URGENT_FOUND * len(urgent):
        found.append(f"only {seen} of {len(urgent)} urgent cases came to urgent or higher ({URGENT_FOUND:.0%} wanted)")
    calm = [o for o in outcomes if o.vignette.level in CALM]
    alarms = sum(o.given == "emergency" for o in calm)
    if alarms > FALSE_ALARMS_ALLOWED * len(calm):
        found.append(f"{alarms} of {len(calm)} calm cases were sent to emergency ({FALSE_ALARMS_ALLOWED:.0%} allowed)")
    return found


def render(name: str, outcomes: list[Outcome]) -> str:
    """The report, as Markdown: the table of levels, the verdict, and the misses."""
    table = Counter((outcome.vignette.level, outcome.given) for outcome in outcomes)
    lines = [f"# {name}: {len(outcomes)} vignettes", "", f"| needed ↓ given → | {' | '.join(SEVEREST_FIRST)} |"]
    lines += ["|---|" + "---|" * len(SEVEREST_FIRST)]
    lines += [
        f"| {level} | {' | '.join(str(table[level, given]) for given in SEVEREST_FIRST)} |" for level in SEVEREST_FIRST
    ]
    lines += [
        "",
        "The gate is passed." if not failings(outcomes) else f"The gate is missed: {'; '.join(failings(outcomes))}.",
    ]
    for title, sign in (("Under-triage", -1), ("Over-triage", 1)):
        strayed = sorted((o for o in outcomes if o.steps * sign > 0), key=lambda o: -abs(o.steps))
        lines += ["", f"## {title} ({len(strayed)})", ""]
        lines += [
            f"- {o.vignette.id} [{o.vignette.sign}] {o.vignette.level} → {o.given}: {' ⏎ '.join(o.vignette.turns)!r}"
            for o in strayed
        ]
    return "\n".join(lines) + "\n"


def _of(outcomes: list[Outcome], level: str, below: str) -> list[Outcome]:
    low = LEVELS.index(below)
    return [o for o in outcomes if o.vignette.level == level and LEVELS.index(o.given) < low]
