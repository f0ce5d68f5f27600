"""Stopping: what is at work is finished, everything ends, and nothing is left behind."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor

import psutil
import requests

from tests import processes
from tests.faults.conftest import ACTIONS, ASSISTANT, until
from tools.running import running_assistant


def test_sigterm_finishes_what_is_at_work_and_ends_every_process():
    with running_assistant(ACTIONS_SECONDS="3") as running, ThreadPoolExecutor() as pool:
        client = running.client()
        client.open()
        family = psutil.Process(running.process.pid).children(recursive=True)
        (actions,), (assistant,) = (processes.running(running, name) for name in (ACTIONS, ASSISTANT))
        actions.suspend()  # so that the answer takes its time
        answer = pool.submit(client.say, "I want to book an appointment")
        until(lambda: _asks(assistant, running.actions_port))
        os.kill(running.process.pid, signal.SIGTERM)
        assert answer.result()["replies"][0]["kind"] == "refer"
        running.process.wait(timeout=60)
        _, alive = psutil.wait_procs(family, timeout=30)
        assert alive == []
        until(lambda: _is_refused(running.base))


def _asks(process, port):
    return any(link.raddr and link.raddr.port == port for link in process.net_connections())


def _is_refused(base):
    try:
        requests.get(f"{base}/health", timeout=2)
    except requests.ConnectionError:
        return True
    return False
