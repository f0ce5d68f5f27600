"""More than it can take: what is refused is told when to come back, help is never refused, and then all is as before.

OVERLOAD=120 for the long form, in seconds.
"""

import asyncio
import os
import time

import aiohttp
import pytest

from tests.faults.conftest import until
from tests.processes import running
from tools.running import running_assistant

PLACES, CONVERSATIONS, ROUNDS = 4, 40, 3
SECONDS = float(os.environ.get("OVERLOAD", "0"))
MOST_GROWTH = 1.5
"""Of the memory while the crowd is there."""
QUESTION, DANGER = "which foods are good for the skin", "I cannot breathe"


@pytest.fixture(scope="module")
def narrow():
    with running_assistant(CHAT_MOST_WAITING=str(PLACES)) as assistant:
        yield assistant


async def crowd(base, tokens, texts):
    """(text, status, Retry-After, answer) of each message; every conversation sends its own at the same moment."""
    limits = {"connector": aiohttp.TCPConnector(limit=0), "timeout": aiohttp.ClientTimeout(total=120)}
    async with aiohttp.ClientSession(**limits) as http:

        async def send(token, text):
            async with http.post(f"{base}/messages", json={"session": token, "text": text}) as answer:
                return text, answer.status, answer.headers.get("Retry-After"), await answer.json()

        return await asyncio.gather(*map(send, tokens, texts))


def opened(assistant, count):
    clients = [assistant.client() for _ in range(count)]
    for client in clients:
        client.open()
    return clients


def memory(narrow):
    """Bytes that the processes which answer hold."""
    return sum(process.memory_info().rss for process in running(narrow, "tools.assistant"))


def test_ten_times_as_many_as_there_are_places(narrow):
    clients = opened(narrow, CONVERSATIONS)
    texts = [DANGER if number % 4 == 0 else QUESTION for number in range(CONVERSATIONS)]
    tokens = [client.token for client in clients]
    found = asyncio.run(crowd(narrow.base, tokens, texts))
    before, until_then, rounds = memory(narrow), time.monotonic() + SECONDS, 1
    while rounds < ROUNDS or time.monotonic() < until_then:
        found += asyncio.run(crowd(narrow.base, tokens, texts))
        rounds += 1
    assert memory(narrow) < MOST_GROWTH * before
    refused = [one for one in found if one[1] == 503]
    assert refused
    assert all(text == QUESTION and int(again) > 0 and answer["error"]["message"] for text, _, again, answer in refused)
    served = [one for one in found if one[1] == 200]
    assert len(served) + len(refused) == len(found)
    kinds = {DANGER: "emergency", QUESTION: "answer"}
    assert all(answer["replies"][0]["kind"] == kinds[text] for text, _, _, answer in served)
    for number, (client, text) in enumerate(zip(clients, texts, strict=True)):
        said = [message["text"] for message in client.history() if message["from"] == "visitor"]
        assert said == [text] * sum(status == 200 for _, status, _, _ in found[number::CONVERSATIONS])
    (again,) = opened(narrow, 1)
    until(lambda: again.say(QUESTION)["status"] == 200)
    assert again.last["replies"][0]["kind"] == "answer"
