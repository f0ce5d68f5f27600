"""One conversation on many machines: it hops without a slip, and a lost replica costs one message at most."""

import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle

import requests

from gutskin.settings import ROOT
from tests.faults.conftest import until
from tools.running import Client

QUESTION = "which foods are good for the skin"
VISITORS, MESSAGES = 4, 12


def test_a_conversation_hops_between_replicas(cluster):
    first = cluster.client()
    token = first.token
    for turn, replica in zip(range(50), cycle(cluster.replicas), strict=False):
        client = Client(replica.base, token)
        assert client.say(f"{QUESTION}?")["replies"][0]["kind"] == "answer", turn
        token = client.token
    assert said(Client(cluster.base, token)) == [f"{QUESTION}?"] * 50


def test_a_form_hops_between_replicas(cluster):
    client = cluster.client(cluster.replicas[0].base)
    client.say("can you check how urgent this is")
    asked = [client.last["replies"][-1]["text"]]
    token = client.token
    for answer, replica in zip(("no", "me", "34"), cycle(reversed(cluster.replicas)), strict=False):
        client = Client(replica.base, token)
        reply = client.say(answer)["replies"][-1]
        assert reply["kind"] == "prompt"
        asked.append(reply["text"])
        token = client.token
    assert len(set(asked)) == len(asked)


def test_a_choice_offered_by_one_replica_is_taken_by_the_other(cluster):
    client = cluster.client(cluster.replicas[0].base)
    client.say(QUESTION)
    (choice, *_) = [c for reply in client.last["replies"] for c in reply["choices"]]
    assert Client(cluster.replicas[1].base, client.token).choose(choice["id"])["status"] == 200


def test_a_conversation_is_erased_for_all(cluster):
    client = cluster.client(cluster.replicas[0].base)
    client.say(QUESTION)
    bearer = {"Authorization": f"Bearer {client.token}"}
    assert requests.delete(f"{cluster.replicas[1].base}/sessions", headers=bearer, timeout=30).ok
    assert Client(cluster.replicas[0].base, client.token).say(QUESTION)["status"] == 401


def test_the_front_names_the_request_and_hides_what_is_not_public(cluster):
    answer = requests.get(f"{cluster.base}/health", timeout=30)
    assert len(answer.headers["X-Request-ID"]) == 32
    front = cluster.base.removesuffix("/chat")
    assert requests.get(f"{front}/", timeout=30).status_code == 404
    assert requests.get(f"{front}/webhooks/rest/webhook", timeout=30).status_code == 404
    login = requests.get(f"{front}/login", headers={"Host": "desk.example.org"}, timeout=30)
    assert login.status_code == 200


def test_a_lost_replica_costs_a_visitor_one_message_at_most(cluster):
    half = threading.Barrier(VISITORS + 1)

    def visit(_):
        client, failed = cluster.client(), 0
        for number in range(MESSAGES):
            if number == MESSAGES // 3:
                half.wait(timeout=120)
            body = {"session": client.token, "text": QUESTION, "message_id": uuid.uuid4().hex}
            answer = requests.post(f"{cluster.base}/messages", json=body, timeout=60)
            if not answer.ok:
                failed += 1
                answer = requests.post(f"{cluster.base}/messages", json=body, timeout=60)
            assert answer.json()["replies"][0]["kind"] == "answer"
        return failed, said(client)

    with ThreadPoolExecutor(VISITORS) as pool:
        visits = [pool.submit(visit, number) for number in range(VISITORS)]
        half.wait(timeout=120)
        cluster.replicas[0].kill()
        found = [visit.result() for visit in visits]
    cluster.replicas[0].start()
    until(cluster.replicas[0].is_ready)
    assert max(failed for failed, _ in found) <= 1
    assert all(MESSAGES <= len(texts) <= MESSAGES + failed for failed, texts in found)


def test_figures_for_one_and_two_replicas(cluster):
    """Not held to anything: where both share two processors with everything else there is nothing to gain."""
    lines = []
    for bases in ([cluster.replicas[0].base], [replica.base for replica in cluster.replicas]):
        clients = [cluster.client(base) for _, base in zip(range(8), cycle(bases), strict=False)]
        started = time.perf_counter()
        with ThreadPoolExecutor(len(clients)) as pool:
            answers = pool.map(lambda client: [client.say(QUESTION)["status"] for _ in range(10)], clients)
            assert {status for statuses in answers for status in statuses} == {200}
        lines.append(f"{len(bases)} of 2 replicas: {80 / (time.perf_counter() - started):.1f} messages a second")
    results = ROOT / "results"
    results.mkdir(exist_ok=True)
    (results / "cluster.txt").write_text("\n".join(lines) + "\n")


def said(client):
    return [message["text"] for message in client.history() if message["from"] == "visitor"]
