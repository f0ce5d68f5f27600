"""Two assistants, two action servers and a desk on shared engines, behind nginx, as `deploy/` says."""

import os
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

import pytest
import requests

from gutskin.settings import ROOT
from tests.cluster import engines
from tests.faults.conftest import until
from tools.running import Client
from tools.serve import THREADS, free_port
from tools.train import RASA_ENVIRONMENT, trained_model

KEY = "0123456789abcdefghijklmnopqrstuvwxyzABCD"


@dataclass
class Replica:
    base: str
    command: list
    options: dict
    process: subprocess.Popen = field(default=None)

    def start(self):
        self.process = subprocess.Popen(self.command, **self.options)

    def kill(self):
        self.process.kill()
        self.process.wait(timeout=10)

    def is_ready(self):
        assert self.process.poll() is None, "it has ended"
        return requests.get(f"{self.base}/health", timeout=5).json()["status"] == "ok"


@dataclass
class Cluster:
    base: str
    desk: str
    replicas: list
    database: engines.Engine
    cache: engines.Engine
    events: engines.Engine | None

    def client(self, base=None):
        client = Client(base or self.base)
        client.open()
        return client


@pytest.fixture(scope="session")
def cluster(tmp_path_factory):
    if engines.MISSING:
        pytest.skip(f"needs {', '.join(engines.MISSING)}")
    folder = tmp_path_factory.mktemp("cluster")
    for parent in (folder, folder.parent, folder.parent.parent):
        parent.chmod(0o755)  # the database server runs as another user
    model = str(trained_model())
    with ExitStack() as running:
        database = running.enter_context(engines.postgres(folder))
        cache = running.enter_context(engines.redis(folder))
        events = running.enter_context(engines.rabbitmq(folder)) if engines.HAS_RABBITMQ else None
        url = f"postgresql://clinic@127.0.0.1:{database.port}/postgres"
        shared = {
            **os.environ, **THREADS, **RASA_ENVIRONMENT, "SESSION_KEY": KEY, "DATABASE_URL": url,
            "REDIS_HOST": "127.0.0.1", "REDIS_PORT": str(cache.port), "SANIC_PROXIES_COUNT": "1",
            "CHAT_RATE_STORE": f"redis://127.0.0.1:{cache.port}/1?socket_timeout=1", "CHAT_SESSION_RATE": "999/minute",
            "CHAT_ADDRESS_RATE": "999/minute", "DESK_PORT": str(free_port()), "ACTIONS_HOST": "127.0.0.1",
            "DESK_URL": "https://desk.example.org", "STATE_DIR": str(folder / "state"),
            "RABBITMQ_HOST": "127.0.0.1", "RABBITMQ_PORT": str(events.port if events else 0), "RABBITMQ_USER": "guest",
            "RABBITMQ_PASSWORD": "guest", "ACTIONS_SECONDS": "2",
        }  # fmt: skip
        endpoints = folder / "endpoints.yml"
        parts = ["endpoints.yml"] + (["endpoints-events.yml"] if events else [])
        endpoints.write_text("\n".join((ROOT / "deploy" / part).read_text() for part in parts))
        subprocess.run([sys.executable, "-m", "tools.prepare"], cwd=ROOT, env=shared, check=True)
        replicas = []
        for number in range(2):
            own = {
                "PORT": str(free_port()),
                "ACTIONS_PORT": str(free_port()),
                "STATE_DIR": str(folder / f"state-{number}"),
            }
            running.enter_context(_program("tools.action_server", folder / f"actions-{number}.log", {**shared, **own}))
            log = running.enter_context((folder / f"assistant-{number}.log").open("w"))
            replica = Replica(
                f"http://127.0.0.1:{own['PORT']}/chat",
                [sys.executable, "-m", "tools.assistant", model, "--endpoints", str(endpoints)],
                {"cwd": ROOT, "env": {**shared, **own}, "stdout": log, "stderr": log},
            )
            replica.start()
            running.callback(lambda replica=replica: engines.end(replica.process))
            replicas.append(replica)
        running.enter_context(_program("desk", folder / "desk.log", shared))
        front = running.enter_context(
            engines.nginx(folder, [replica.options["env"]["PORT"] for replica in replicas], shared["DESK_PORT"])
        )
        try:
            for replica in replicas:
                until(replica.is_ready)
        except AssertionError:
            logs = "".join(f"\n{log.name}:\n{log.read_text()[-3000:]}" for log in folder.glob("*.log"))
            raise AssertionError(logs) from None
        desk = f"http://127.0.0.1:{shared['DESK_PORT']}"
        yield Cluster(f"http://127.0.0.1:{front.port}/chat", desk, replicas, database, cache, events)


@contextmanager
def _program(name, log, environment):
    with (
        log.open("w") as out,
        engines.program([sys.executable, "-m", name], cwd=ROOT, env=environment, stdout=out, stderr=out) as process,
    ):
        yield process
