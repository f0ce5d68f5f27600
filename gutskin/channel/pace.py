"""Pace limits per session and per address."""

from __future__ import annotations

import math
import time

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from gutskin.channel.problems import TooFast
from gutskin.settings import Settings


class Pace:
    """Counts requests in moving windows."""

    def __init__(self, settings: Settings) -> None:
        self._on = settings.rate_limit == "on"
        self._storage = MemoryStorage()  # the limiter itself keeps only a weak reference
        self._limiter = MovingWindowRateLimiter(self._storage)
        self._session = parse(settings.session_rate)
        self._address = parse(settings.address_rate)

    def check_address(self, address: str) -> None:
        """Counts a request from the address.

        Raises:
            TooFast: with the seconds to wait.
        """
        self._check(self._address, "address", address)

    def check_session(self, conversation: str) -> None:
        """Counts a message of the conversation.

        Raises:
            TooFast: with the seconds to wait.
        """
        self._check(self._session, "session", conversation)

    def _check(self, limit: RateLimitItem, kind: str, who: str) -> None:
        if self._on and not self._limiter.hit(limit, kind, who):
            reset, _ = self._limiter.get_window_stats(limit, kind, who)
            raise TooFast(retry_after=max(1, math.ceil(reset - time.time())))
