"""Calls of the action server: none costs a visitor more than a moment, and each carries the id of its request."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from aiohttp import ClientTimeout
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import EndpointConfig

from gutskin import logs

WARY_SECONDS = 10.0
"""How long after a failed call the next ones are given little time."""
WARY_PATIENCE = 1.0


class ActionCalls(EndpointConfig):
    """Rasa's own way to the action server, which would wait for it five minutes, with a limit."""

    def __init__(self, endpoint: EndpointConfig, seconds: float, failed: Callable[[], None]) -> None:
        super().__init__(
            endpoint.url, endpoint.params, endpoint.headers, endpoint.basic_auth, endpoint.token, endpoint.token_name,
            endpoint.cafile, **endpoint.kwargs,
        )  # fmt: skip
        self._seconds, self._failed, self._wary_until = seconds, failed, 0.0

    async def request(self, *args: Any, **options: Any) -> Any:
        """The action server's answer; a failure is counted and left to Rasa."""
        wary = time.monotonic() < self._wary_until
        options["timeout"] = ClientTimeout(total=min(self._seconds, WARY_PATIENCE) if wary else self._seconds)
        options["headers"] = {logs.HEADER: logs.request_id()}
        try:
            answer = await super().request(*args, **options)
        except Exception:
            self._failed()
            self._wary_until = time.monotonic() + WARY_SECONDS
            raise
        self._wary_until = 0.0
        return answer


def check_results_quickly() -> None:
    """Lets Rasa hold each result against its schema without holding the schema against its own every time.

    That took three tenths of the processor time of a message.
    """
    schema = RemoteAction.action_response_format_spec()
    validator = validator_for(schema)(schema)

    def is_valid(_: RemoteAction, result: dict[str, Any]) -> bool:
        validator.validate(result)
        return True

    RemoteAction._validate_action_result = is_valid
