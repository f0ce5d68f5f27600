"""A running assistant to hurt, and what finds its processes."""

import time

import psutil
import pytest
import requests

from tools.running import running_assistant

PATIENCE_SECONDS = 120


@pytest.fixture(scope="session")
def assistant():
    with running_assistant(REPLY_SECONDS="3") as running:
        yield running


@pytest.fixture
def client(assistant):
    client = assistant.client()
    client.open()
    return client


@pytest.fixture
def program(assistant):
    """Finds the process of the assistant that runs a program."""

    def find(name):
        family = psutil.Process(assistant.process.pid).children(recursive=True)
        return next(process for process in family if name in process.cmdline())

    return find


@pytest.fixture
def wait_for(assistant):
    """Waits until the health of the assistant is as given."""

    def wait(**wanted):
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            try:
                health = requests.get(f"{assistant.base}/health", timeout=10).json()
                if wanted.items() <= health.items():
                    return
            except requests.RequestException:
                pass
            time.sleep(0.2)
        raise AssertionError(f"never {wanted}")

    return wait
