"""What is measured of one bot, and how much of it in the long and the short form."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median

from evaluation.bench import load, stored
from evaluation.bench.bots import Bot


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    messages: int
    turns: int
    stored: tuple[int, ...]
    side_by_side: tuple[int, ...] = (1, 8, 32)


LONG = Size(messages=1_000, turns=300, stored=(0, 20_000, 200_000))
SHORT = Size(messages=96, turns=60, stored=(0, 2_000))
WARM_UP = 20
ENDS = 20
SAME = 5
"""A long conversation asks the same again and again, so that its first and last turns can be compared."""


@dataclass
class Figures:
    """One bot's figures."""

    name: str
    start_seconds: float
    megabytes: tuple[float, float] = (0.0, 0.0)
    loads: dict[int, load.Load] = field(default_factory=dict)
    turns: list[float] = field(default_factory=list)
    stored: dict[int, float] = field(default_factory=dict)

    @property
    def growth(self) -> float:
        """The last turns' median in proportion to the first ones'."""
        return median(self.turns[-ENDS:]) / median(self.turns[:ENDS])


def measure(bot: Bot, texts: list[str], size: Size) -> Figures:
    """Everything about one bot; the store's growth only of this assistant, whose store is a database."""
    figures = Figures(bot.name, bot.start_seconds)
    load.run(bot, texts, WARM_UP, 1)
    for number in size.side_by_side:
        figures.loads[number] = load.run(bot, texts, size.messages, number)
        if number == 1:
            figures.megabytes = bot.megabytes()
    figures.turns = load.one_conversation(bot, texts[:SAME], size.turns)
    if bot.name == "assistant":
        held = 0
        for number in size.stored:
            stored.fill(bot.state, number - held)
            held = number
            figures.stored[number] = median(load.run(bot, texts, size.messages // 3, 1).seconds)
    return figures
