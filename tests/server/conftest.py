"""Real assistants to talk to: one as a clinic runs it, one whose action server hangs and whose pace is limited."""

from contextlib import contextmanager

import pytest
import requests

from tests import processes
from tools.running import running_assistant

SESSION_MESSAGES = 3


@pytest.fixture(scope="session")
def assistant():
    with running_assistant() as running:
        yield running


@pytest.fixture
def post(assistant, client):
    """Sends a body to the messages of an open conversation: a document without its token, or bytes as they are."""

    def send(body, **headers):
        if isinstance(body, dict):
            return requests.post(f"{assistant.base}/messages", json={"session": client.token, **body}, timeout=30)
        return requests.post(f"{assistant.base}/messages", data=body, headers=headers, timeout=30)

    return send


@pytest.fixture(scope="session")
def strained():
    """An assistant without its action server, which takes a few messages a session only and may erase nothing for a year."""
    pace = {"CHAT_RATE_LIMIT": "on", "CHAT_SESSION_RATE": f"{SESSION_MESSAGES}/hour", "CHAT_ADDRESS_RATE": "9999/hour"}
    with (
        running_assistant(**pace, ACTIONS_SECONDS="1", RETENTION_MIN_DAYS="365") as running,
        hanging_action_server(running),
    ):
        yield running


@contextmanager
def hanging_action_server(running):
    """Stops the action server without ending it, so that calls to it wait."""
    (action_server,) = processes.running(running, "tools.action_server")
    action_server.suspend()
    try:
        yield
    finally:
        action_server.resume()
