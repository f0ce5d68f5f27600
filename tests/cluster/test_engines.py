"""The shared engines go away and come back: nobody meets silence, and help is given all the time."""

import asyncio
import json
from contextlib import contextmanager

import aio_pika
import pytest
import requests

from tests.faults.conftest import until
from tests.server.checks import check_emergency, check_refusal

QUESTION = "which foods are good for the skin"


@contextmanager
def away(engine):
    engine.stop()
    try:
        yield
    finally:
        engine.start()


def send(client, text):
    return requests.post(f"{client.base}/messages", json={"session": client.token, "text": text}, timeout=60)


def answers(client):
    return send(client, QUESTION).json()["replies"][0]["kind"] == "answer"


@pytest.fixture
def client(cluster):
    return cluster.client(cluster.replicas[0].base)


@pytest.fixture
def events(cluster):
    if cluster.events is None:
        pytest.skip("needs rabbitmq-server")
    return cluster.events


def test_without_redis_the_article_and_help_are_given(cluster, client):
    with away(cluster.cache):
        assert answers(client)
        check_emergency(send(client, "I cannot breathe"))
    assert answers(client)


def test_without_rabbitmq_too(client, events):
    with away(events):
        assert answers(client)
        check_emergency(send(client, "I cannot breathe"))
    assert answers(client)


def test_events_reach_rabbitmq(client, events):
    send(client, "a sentence of this test")
    until(lambda: "a sentence of this test" in asyncio.run(_published(events.port)))


def test_without_the_database_help_is_given_and_the_rest_is_told_to_come_back(cluster, client):
    with away(cluster.database):
        check_emergency(send(client, "I cannot breathe"))
        refused = send(client, QUESTION)
        assert check_refusal(refused, 503)["code"] == "not_ready"
        assert int(refused.headers["Retry-After"]) > 0
    until(lambda: answers(client))


async def _published(port):
    """The texts in the queue, which is emptied."""
    connection = await aio_pika.connect(f"amqp://guest:guest@127.0.0.1:{port}/")
    async with connection:
        channel = await connection.channel()
        queue = await channel.declare_queue("conversations", passive=True)
        texts = []
        while (message := await queue.get(no_ack=True, fail=False)) is not None:
            texts.append(json.loads(message.body).get("text"))
    return texts
