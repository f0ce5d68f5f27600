"""The one client that both bots meet: conversations side by side, each waiting for its answer before it goes on."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from itertools import cycle, islice
from statistics import quantiles

import aiohttp

from evaluation.bench.bots import Bot

TURNS = 12


@dataclass(frozen=True)
class Load:
    """What one run showed."""

    seconds: list[float]
    answered: int
    wall: float
    processor: float

    @property
    def milliseconds(self) -> tuple[float, float, float]:
        """Median, 95th and 99th of a hundred."""
        cuts = quantiles(self.seconds, n=100, method="inclusive")
        return 1e3 * cuts[49], 1e3 * cuts[94], 1e3 * cuts[98]

    @property
    def per_second(self) -> float:
        """Messages answered a second."""
        return len(self.seconds) / self.wall

    @property
    def per_core_second(self) -> float:
        """Messages answered for each second of processor time."""
        return len(self.seconds) / self.processor


def run(bot: Bot, texts: list[str], messages: int, side_by_side: int) -> Load:
    """Sends that many messages in conversations of a dozen turns."""
    return asyncio.run(_run(bot, texts, messages, side_by_side))


def one_conversation(bot: Bot, texts: list[str], turns: int) -> list[float]:
    """Seconds of each turn of one long conversation."""
    return asyncio.run(_one(bot, texts, turns))


async def _run(bot: Bot, texts: list[str], messages: int, side_by_side: int) -> Load:
    seconds: list[float] = []
    answered = 0
    waiting = iter(list(islice(cycle(texts), messages)))

    async def converse(number: int) -> None:
        nonlocal answered
        conversation = ""
        for turn, text in enumerate(waiting):
            if turn % TURNS == 0:
                conversation = await bot.open(http, f"{time.time_ns()}-{number}-{turn}")
            before = time.perf_counter()
            replied = await bot.say(http, conversation, text)
            seconds.append(time.perf_counter() - before)
            answered += replied

    processor, started = bot.processor_seconds(), time.perf_counter()
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=120)) as http:
        await asyncio.gather(*(converse(number) for number in range(side_by_side)))
    return Load(seconds, answered, time.perf_counter() - started, bot.processor_seconds() - processor)


async def _one(bot: Bot, texts: list[str], turns: int) -> list[float]:
    seconds = []
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=120)) as http:
        conversation = await bot.open(http, f"{time.time_ns()}")
        for text in islice(cycle(texts), turns):
            before = time.perf_counter()
            await bot.say(http, conversation, text)
            seconds.append(time.perf_counter() - before)
    return seconds
