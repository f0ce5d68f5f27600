"""Behind a proxy each visitor's address has a pace of its own, and nobody can claim to be somebody else."""

import pytest
import requests

from tests.server.checks import check_refusal
from tools.running import running_assistant

PER_ADDRESS = 3
ONE, OTHER = "198.51.100.1", "198.51.100.2"


@pytest.fixture(scope="module")
def behind_a_proxy():
    pace = {"CHAT_RATE_LIMIT": "on", "CHAT_ADDRESS_RATE": f"{PER_ADDRESS}/hour", "CHAT_SESSION_RATE": "99/hour"}
    with running_assistant(**pace, SANIC_PROXIES_COUNT="1") as running:
        yield running


def opened(running, *addresses):
    """Opens a conversation; the last address is the one that the proxy saw."""
    headers = {"X-Forwarded-For": ", ".join(addresses)}
    return requests.post(f"{running.base}/sessions", json={}, headers=headers, timeout=30)


def test_an_address_is_the_one_that_the_proxy_saw(behind_a_proxy):
    for number in range(PER_ADDRESS):
        assert opened(behind_a_proxy, f"203.0.113.{number}", ONE).status_code == 201
    assert check_refusal(opened(behind_a_proxy, "203.0.113.9", ONE), 429)["code"] == "too_fast"
    assert opened(behind_a_proxy, ONE, OTHER).status_code == 201
