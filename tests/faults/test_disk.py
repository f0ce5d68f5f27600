"""A disk that is really full, and one that is really read-only: a small file system of its own, mounted for the test."""

import errno
import subprocess
from contextlib import contextmanager

import pytest
import requests

from tests.faults.conftest import send
from tests.server.checks import check_emergency
from tools.running import running_assistant

QUESTION = "which foods are good for the skin"
REQUEST = ("please call me back", "yes", "Asha", "9876543210", "evening")


def mount(*arguments):
    return subprocess.run(["mount", *map(str, arguments)], capture_output=True, text=True, check=False)


@pytest.fixture
def disk(tmp_path):
    """A file system of 24 megabytes."""
    if mount("-t", "tmpfs", "-o", "size=24m", "tmpfs", tmp_path).returncode:
        pytest.skip("mounting a small file system needs the rights of root")
    yield tmp_path
    subprocess.run(["umount", "--lazy", str(tmp_path)], check=True)


@contextmanager
def full(disk):
    filling = disk / "filling"
    with filling.open("wb", buffering=0) as file, pytest.raises(OSError) as refused:
        while True:
            file.write(bytes(4096))
    assert refused.value.errno == errno.ENOSPC
    try:
        yield
    finally:
        filling.unlink()


def refused_start(disk):
    with pytest.raises(RuntimeError) as refused, running_assistant(STATE_DIR=str(disk / "state")):
        pass
    assert "Traceback" not in str(refused.value)
    return str(refused.value)


def test_a_full_disk_costs_no_answer_and_no_confirmed_request(disk):
    with running_assistant(STATE_DIR=str(disk / "state")) as assistant:
        client = assistant.client()
        client.say(QUESTION)
        with full(disk):
            assert client.say(QUESTION)["replies"][0]["kind"] == "answer"
            check_emergency(send(client, "I cannot breathe"))
            asked = [client.say(text)["replies"][0] for text in REQUEST]
            assert asked[0]["kind"] == "error"
            assert "confirm" not in {reply["kind"] for reply in asked}
            assert requests.get(f"{client.base}/health", timeout=30).json()["store"] == "down"
        assert requests.get(f"{client.base}/health", timeout=30).json()["store"] == "up"
        assert [client.say(text)["replies"][0]["kind"] for text in REQUEST][-1] == "confirm"


def test_a_full_disk_is_named_at_start(disk):
    with full(disk):
        assert "No space left on device" in refused_start(disk)


def test_a_read_only_disk_is_named_at_start(disk):
    assert mount("-o", "remount,ro", disk).returncode == 0
    assert "Read-only file system" in refused_start(disk)
