"""The assistant in this process: the trained model, its rules and its actions, without channel, server or store."""

from __future__ import annotations

import asyncio
import itertools
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.utils.endpoints import EndpointConfig
from rasa.utils.log_utils import configure_structlog
from rasa_sdk.executor import ActionExecutor

from gutskin.knowledge import knowledge

RESPONSES = "gutskin.nlg.ArticleResponses"
Parse = dict[str, Any]
Understand = Callable[[str], Awaitable[Parse]]


@dataclass(frozen=True)
class Said:
    """What the assistant made of the last turn of a conversation."""

    replies: list[dict[str, Any]]
    confidence: float
    """The probability of the best-ranked topic, before the gate."""
    answerable: float = 0.0
    """The probability of all topics that the article answers."""


class ActionsHere(EndpointConfig):
    """Stands where Rasa expects the action server, and runs the actions at once."""

    def __init__(self) -> None:
        super().__init__(url="here")
        self._executor = ActionExecutor()
        self._executor.register_package("actions")

    async def request(self, *args: Any, json: dict[str, Any] | None = None, **kwargs: Any) -> Any:
        """The result of the action that is called for."""
        return await self._executor.run(json)


class Assistant:
    """Conversations with a trained model; `understand` replaces how messages are read, for comparisons."""

    def __init__(self, model: Path, understand: Understand | None = None) -> None:
        configure_structlog(logging.ERROR)
        self._agent = Agent.load(
            str(model), generator=EndpointConfig(type=RESPONSES), action_endpoint=ActionsHere()
        )  # fmt: skip
        self._loop = asyncio.new_event_loop()
        self._numbers = itertools.count()
        self._last: Parse = {}
        processor = self._agent.processor
        assert processor is not None
        read = processor.parse_message

        async def parse(message: UserMessage, *args: Any, **kwargs: Any) -> Parse:
            self._last = await understand(message.text or "") if understand else await read(message, *args, **kwargs)
            return self._last

        processor.parse_message = parse

    def understand(self, text: str) -> Parse:
        """How a message is read, outside any conversation."""
        parsed: Parse = self._loop.run_until_complete(self._agent.parse_message(text))
        return parsed

    def say(self, turns: Sequence[str]) -> Said:
        """Holds a new conversation."""
        visitor = f"visitor-{next(self._numbers)}"
        for turn in turns:
            messages = self._loop.run_until_complete(self._agent.handle_text(turn, sender_id=visitor)) or []
        ranking = self._last.get("intent_ranking") or [self._last["intent"]]
        sure = [(entry["name"], float(entry.get("confidence") or 0)) for entry in ranking]
        answerable = sum(confidence for name, confidence in sure if _is_answered(name))
        return Said([message["custom"] for message in messages if "custom" in message], sure[0][1], answerable)

    def milliseconds(self, texts: Sequence[str]) -> list[float]:
        """How long each text takes to be understood."""
        times = []
        for text in texts:
            started = time.perf_counter()
            self.understand(text)
            times.append(1000 * (time.perf_counter() - started))
        return times


def _is_answered(intent: str) -> bool:
    answer = knowledge().answers.get(intent)
    return answer is None or answer.kind == "answer"
