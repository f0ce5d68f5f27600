"""How many messages are at work at once: more are refused at the door, before memory and waiting run away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from gutskin.channel.problems import NotReady

RETRY_SECONDS = 2


class Admission:
    """Counts the messages at work."""

    def __init__(self, most: int) -> None:
        self._most = most
        self.at_work = 0

    @contextmanager
    def place(self) -> Iterator[None]:
        """A place for one message.

        Raises:
            NotReady: all are taken.
        """
        if self.at_work >= self._most:
            raise NotReady(retry_after=RETRY_SECONDS)
        self.at_work += 1
        try:
            yield
        finally:
            self.at_work -= 1
