"""The door under too much load."""

import pytest

from gutskin.channel.admission import Admission
from gutskin.channel.problems import NotReady


def test_beyond_the_most_the_next_is_told_when_to_come_back():
    door = Admission(1)
    with door.place(), pytest.raises(NotReady) as refused, door.place():
        pass
    assert refused.value.retry_after > 0


def test_a_place_is_free_again_after_a_failure():
    door = Admission(1)
    with pytest.raises(ZeroDivisionError), door.place():
        raise ZeroDivisionError
    assert door.at_work == 0
    with door.place():
        assert door.at_work == 1
