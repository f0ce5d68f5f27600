"""Two Rasa processes and two action servers on shared engines, behind nginx."""

import os
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
import requests

from gutskin.settings import ROOT
from tests.cluster import engines
from tools.running import Client
from tools.serve import THREADS, free_port
from tools.train import RASA_ENVIRONMENT, trained_model

KEY = "0123456789abcdefghijklmnopqrstuvwxyzABCD"
PATIENCE_SECONDS = 180


@dataclass
class Cluster:
    base: str
    replicas: list
    processes: list

    def client(self, base=None):
        client = Client(base or self.base)
        client.open()
        return client


@pytest.fixture(scope="session")
def cluster(tmp_path_factory):
    if engines.MISSING:
        pytest.skip(f"needs {', '.join(engines.MISSING)}")
    folder = tmp_path_factory.mktemp("cluster")
    folder.parent.chmod(0o755)
    folder.parent.parent.chmod(0o755)
    model = trained_model()
    with ExitStack() as running:
        database, cache = (running.enter_context(engine(folder)) for engine in (engines.postgres, engines.redis))
        ports, processes = [free_port(), free_port()], []
        for number, port in enumerate(ports):
            state = folder / f"state-{number}"
            state.mkdir()
            environment = {
                **os.environ, **THREADS, **RASA_ENVIRONMENT, "SESSION_KEY": KEY, "STATE_DIR": str(state),
                "PORT": str(port), "ACTIONS_PORT": str(free_port()), "ACTIONS_HOST": "127.0.0.1",
                "DB_HOST": "127.0.0.1", "DB_PORT": str(database), "DB_NAME": "postgres", "DB_USER": "clinic",
                "DB_PASSWORD": "none", "REDIS_HOST": "127.0.0.1", "REDIS_PORT": str(cache), "CHAT_RATE_LIMIT": "off",
                "CHAT_RATE_STORE": f"redis://127.0.0.1:{cache}/1",
            }  # fmt: skip
            log = running.enter_context((folder / f"{number}.log").open("w"))
            options = {"cwd": ROOT, "env": environment, "stdout": log, "stderr": log}
            running.enter_context(engines.program([sys.executable, "-m", "tools.action_server"], **options))
            command = [
                sys.executable, "-m", "rasa", "run", "--model", model, "--endpoints", "deploy/endpoints.yml",
                "--interface", "127.0.0.1", "--port", port,
            ]  # fmt: skip
            processes.append(running.enter_context(engines.program(command, **options)))
        front = running.enter_context(engines.nginx(folder, ports))
        replicas = [f"http://127.0.0.1:{port}/chat" for port in ports]
        for replica in replicas:
            _wait(replica, folder)
        yield Cluster(f"http://127.0.0.1:{front}/chat", replicas, processes)


def _wait(replica, folder):
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            if requests.get(f"{replica}/health", timeout=5).json()["status"] == "ok":
                return
        except requests.RequestException:
            pass
        time.sleep(0.2)
    logs = "".join(log.read_text()[-3000:] for log in folder.glob("*.log"))
    raise TimeoutError(f"{replica} does not answer\n{logs}")
