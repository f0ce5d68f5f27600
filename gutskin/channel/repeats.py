"""Messages that come twice: a client that lost the answer sends its message again and gets the same answer.

Kept in this process's memory and bounded; a message that failed is forgotten, so that trying again tries again.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

Answer = TypeVar("Answer")
MOST_KEPT = 2_000


class Repeats(Generic[Answer]):
    """Answers by conversation and message id, also while they are still being found."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._answers: OrderedDict[tuple[str, str], asyncio.Future[Answer]] = OrderedDict()

    async def once(self, conversation: str, message_id: str | None, find: Callable[[], Awaitable[Answer]]) -> Answer:
        """The answer to a message, found only once for each id; a message without id is always new.

        A visitor who goes away does not stop the finding: whoever asks again gets its result.
        """
        if message_id is None:
            return await find()
        key = (conversation, message_id)
        answer = self._answers.get(key)
        if answer is None:
            answer = self._answers[key] = asyncio.ensure_future(find())
            answer.add_done_callback(lambda done: self._forget_failure(key, done))
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
        return await asyncio.shield(answer)

    def forget(self, conversation: str) -> None:
        """Drops every answer of an erased conversation."""
        for key in [key for key in self._answers if key[0] == conversation]:
            del self._answers[key]

    def _forget_failure(self, key: tuple[str, str], done: asyncio.Future[Answer]) -> None:
        if (done.cancelled() or done.exception() is not None) and self._answers.get(key) is done:
            del self._answers[key]
