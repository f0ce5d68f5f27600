"""The reply to a red flag."""

import pytest

from gutskin.emergency import emergency_reply
from gutskin.red_flags import Screening


@pytest.mark.parametrize(("route", "groups"), [("help", ["emergency"]), ("crisis", ["crisis", "emergency"])])
def test_the_numbers_stand_in_the_first_two_lines(known, route, groups):
    reply = emergency_reply(Screening("emergency", route=route), known)
    numbers = known.clinic.numbers(*groups)
    assert reply.contacts == numbers
    assert all(contact.number in "\n".join(reply.text.split("\n")[:2]) for contact in numbers)


def test_there_is_nothing_to_fill_in_first(known):
    reply = emergency_reply(Screening("emergency"), known)
    assert (reply.kind, list(reply.choices), list(reply.citations)) == ("emergency", [], [])
