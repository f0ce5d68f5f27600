"""One conversation on many machines: it hops without a slip, and a lost replica costs one message at most."""

import uuid
from itertools import cycle

import requests

from tools.running import Client

QUESTION = "which foods are good for the skin"


def test_a_conversation_hops_between_replicas(cluster):
    first = cluster.client()
    token = first.token
    for turn, base in zip(range(50), cycle(cluster.replicas), strict=False):
        client = Client(base, token)
        assert client.say(f"{QUESTION}?")["replies"][0]["kind"] == "answer", turn
        token = client.token
    history = requests.get(f"{cluster.base}/history", headers={"Authorization": f"Bearer {token}"}, timeout=30).json()[
        "messages"
    ]
    assert sum(message["from"] == "visitor" for message in history) == 50


def test_a_form_hops_between_replicas(cluster):
    client = cluster.client(cluster.replicas[0])
    client.say("can you check how urgent this is")
    asked = [client.last["replies"][-1]["text"]]
    token = client.token
    for answer, base in zip(("no", "me", "34"), cycle(reversed(cluster.replicas)), strict=False):
        client = Client(base, token)
        reply = client.say(answer)["replies"][-1]
        assert reply["kind"] == "prompt"
        asked.append(reply["text"])
        token = client.token
    assert len(set(asked)) == len(asked)


def test_a_choice_offered_by_one_replica_is_taken_by_the_other(cluster):
    client = cluster.client(cluster.replicas[0])
    client.say(QUESTION)
    (choice, *_) = [c for reply in client.last["replies"] for c in reply["choices"]]
    assert Client(cluster.replicas[1], client.token).choose(choice["id"])["status"] == 200


def test_a_lost_replica_costs_a_visitor_one_message_at_most(cluster):
    clients = [cluster.client() for _ in range(4)]
    failed = {client.token: 0 for client in clients}
    names = list(failed)
    for turn in range(6):
        if turn == 2:
            cluster.processes[0].kill()
            cluster.processes[0].wait(timeout=10)
        for name, client in zip(names, clients, strict=True):
            body = {"session": client.token, "text": QUESTION, "message_id": uuid.uuid4().hex}
            answer = requests.post(f"{cluster.base}/messages", json=body, timeout=60)
            if not answer.ok:
                failed[name] += 1
                answer = requests.post(f"{cluster.base}/messages", json=body, timeout=60)
            assert answer.json()["replies"][0]["kind"] == "answer"
    assert max(failed.values()) <= 1
