"""Pace limits per session and per address."""

import contextlib
import time

import pytest

from gutskin.channel.pace import Pace
from gutskin.channel.problems import TooFast
from gutskin.settings import Settings


def pace(**changed):
    limits = {"rate_limit": "on", "session_rate": "2/hour", "address_rate": "3/hour"}
    return Pace(Settings(**{**limits, **changed}))


def test_messages_over_the_limit_are_refused_with_the_seconds_to_wait():
    limited = pace()
    limited.check_session("a")
    limited.check_session("a")
    with pytest.raises(TooFast) as refused:
        limited.check_session("a")
    assert 1 <= refused.value.retry_after <= 3600


def test_each_conversation_counts_for_itself():
    limited = pace()
    for conversation in "aabb":
        limited.check_session(conversation)


def test_an_address_is_counted_apart_from_a_session_of_the_same_name():
    limited = pace()
    for _ in range(2):
        limited.check_session("a")
    for _ in range(3):
        limited.check_address("a")
    with pytest.raises(TooFast):
        limited.check_address("a")


def test_off_means_no_limit():
    unlimited = pace(rate_limit="off")
    for _ in range(10):
        unlimited.check_session("a")
        unlimited.check_address("a")


@pytest.mark.parametrize("jump", [-7200, 7200])
def test_a_clock_that_jumps_makes_nobody_wait_longer_than_the_limit_says(monkeypatch, jump):
    limited, now = pace(), time.time()
    for _ in range(2):
        limited.check_session("a")
    monkeypatch.setattr(time, "time", lambda: now + jump)
    with contextlib.suppress(TooFast):
        limited.check_session("a")
        limited.check_session("a")
        limited.check_session("a")
        pytest.fail("there is no limit any more")
    with pytest.raises(TooFast) as refused:
        limited.check_session("a")
    assert 1 <= refused.value.retry_after <= 3600
