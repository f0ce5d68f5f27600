"""What is counted for monitoring, served at a port of its own and never at the public one. No words, names or tokens."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, start_http_server

SECONDS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20)


class Metrics:
    """The figures of this process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._requests = Counter("chat_requests", "Answered requests.", ["route", "status"], registry=self.registry)
        self._seconds = Histogram(
            "chat_message_seconds", "From a message to its answer.", buckets=SECONDS, registry=self.registry
        )
        self._kinds = Counter("chat_replies", "Replies by kind.", ["kind"], registry=self.registry)
        self._levels = Counter(
            "chat_levels", "Answered messages by level of triage.", ["level"], registry=self.registry
        )
        self._refusals = Counter("chat_refusals", "Refused requests by reason.", ["code"], registry=self.registry)
        self._failures = Counter(
            "chat_action_failures", "Calls of the action server that failed or took too long.", registry=self.registry
        )

    def serve(self, host: str, port: int, at_work: Callable[[], int]) -> None:
        """Opens the endpoint, where a port is set."""
        gauge = Gauge("chat_messages_at_work", "Messages at work now.", registry=self.registry)
        gauge.set_function(at_work)
        if port:
            start_http_server(port, addr=host, registry=self.registry)

    def request(self, route: str, status: int) -> None:
        """Counts an answered request."""
        self._requests.labels(route, str(status)).inc()

    def refused(self, code: str) -> None:
        """Counts a refusal."""
        self._refusals.labels(code).inc()

    def answered(self, replies: Iterable[dict[str, Any]], level: str, seconds: float) -> None:
        """Counts an answered message."""
        self._seconds.observe(seconds)
        self._levels.labels(level).inc()
        for reply in replies:
            self._kinds.labels(reply["kind"]).inc()

    def action_failed(self) -> None:
        """Counts a failed call of the action server."""
        self._failures.inc()
