import asyncio

import pytest

from gutskin.channel.repeats import Repeats


class Finder:
    def __init__(self, wait=0.0, fails=False):
        self.times, self.wait, self.fails = 0, wait, fails

    async def __call__(self):
        self.times += 1
        await asyncio.sleep(self.wait)
        if self.fails:
            raise ValueError
        return self.times


def test_the_same_message_is_answered_once():
    find = Finder()

    async def twice():
        repeats = Repeats()
        return [await repeats.once("a", "1", find) for _ in range(2)]

    assert asyncio.run(twice()) == [1, 1]


@pytest.mark.parametrize(("conversation", "message_id"), [("b", "1"), ("a", "2"), ("a", None)])
def test_another_one_is_new(conversation, message_id):
    find = Finder()

    async def both():
        repeats = Repeats()
        await repeats.once("a", "1", find)
        return await repeats.once(conversation, message_id, find)

    assert asyncio.run(both()) == 2


def test_asking_again_while_it_is_found_waits_for_the_same():
    find = Finder(wait=0.05)

    async def both():
        repeats = Repeats()
        return await asyncio.gather(*(repeats.once("a", "1", find) for _ in range(3)))

    assert asyncio.run(both()) == [1, 1, 1]


def test_a_visitor_who_goes_away_does_not_stop_it():
    find = Finder(wait=0.05)

    async def leave_and_return():
        repeats = Repeats()
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(repeats.once("a", "1", find), 0.01)
        return await repeats.once("a", "1", find)

    assert asyncio.run(leave_and_return()) == 1


def test_a_failure_is_tried_again():
    find = Finder(fails=True)

    async def twice():
        repeats = Repeats()
        for _ in range(2):
            with pytest.raises(ValueError):
                await repeats.once("a", "1", find)

    asyncio.run(twice())
    assert find.times == 2


def test_only_so_many_are_kept_and_erased_ones_none():
    find = Finder()

    async def many():
        repeats = Repeats(most=2)
        for number in range(3):
            await repeats.once("a", str(number), find)
        await repeats.once("a", "0", find)
        repeats.forget("a")
        await repeats.once("a", "0", find)

    asyncio.run(many())
    assert find.times == 5
