"""Pace limits per session and per address."""

from __future__ import annotations

import logging
import math
import time

from limits import RateLimitItem, parse
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter
from redis.exceptions import RedisError

from gutskin.channel.problems import TooFast
from gutskin.settings import Settings

_logger = logging.getLogger(__name__)


class Pace:
    """Counts requests in moving windows."""

    def __init__(self, settings: Settings) -> None:
        self._on = settings.rate_limit == "on"
        self._storage = storage_from_string(settings.rate_store)  # the limiter itself keeps only a weak reference
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
        if not self._on:
            return
        try:
            if self._limiter.hit(limit, kind, who):
                return
            reset, _ = self._limiter.get_window_stats(limit, kind, who)
        except RedisError as problem:  # the counter is gone: better unlimited than silent
            _logger.error("Pace could not be counted: %s.", type(problem).__name__)
            return
        raise TooFast(retry_after=min(max(1, math.ceil(reset - time.time())), limit.get_expiry()))
