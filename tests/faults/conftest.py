"""A running assistant to hurt, what finds its processes, and a stand-in for its action server."""

import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import psutil
import pytest
import requests

from tests import processes
from tools.running import running_assistant
from tools.serve import free_port

PATIENCE_SECONDS = 180
ASSISTANT, ACTIONS = "tools.assistant", "tools.action_server"


@pytest.fixture(scope="session")
def metrics_port():
    return free_port()


@pytest.fixture(scope="session")
def assistant(metrics_port):
    with running_assistant(ACTIONS_SECONDS="1", METRICS_PORT=str(metrics_port)) as running:
        yield running


@pytest.fixture
def program(assistant):
    """Finds the process of the assistant that runs a program."""

    def find(name):
        return next(iter(processes.running(assistant, name)))

    return find


@pytest.fixture
def wait_for(assistant):
    """Waits until the health of the assistant is as given."""

    def wait(**wanted):
        until(lambda: wanted.items() <= requests.get(f"{assistant.base}/health", timeout=10).json().items())

    return wait


@pytest.fixture
def stand_in(assistant, program, wait_for):
    """Puts something else in the place of the action server: a function from the handler of a request to nothing."""

    @contextmanager
    def standing_in(answer):
        supervisor, actions = program("supervisor.supervisord"), program(ACTIONS)
        supervisor.suspend()  # or it would start the action server again
        actions.kill()
        server = _bound(assistant.actions_port, answer)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield
        finally:
            server.shutdown()
            server.server_close()
            supervisor.resume()
            wait_for(status="ok")

    return standing_in


def send(client, text):
    """One message of the conversation; the answer as it came, whatever its status."""
    return requests.post(f"{client.base}/messages", json={"session": client.token, "text": text}, timeout=60)


def until(is_so):
    """Waits until something is so, whatever goes wrong before."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        try:
            if is_so():
                return
        except (requests.RequestException, ValueError, psutil.Error, StopIteration):
            pass
        time.sleep(0.2)
    raise AssertionError("it never came to be so")


def _bound(port, answer):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):  # noqa: N802 - the name that the standard library calls
            answer(self)

        def log_message(self, *_):
            pass

    ThreadingHTTPServer.allow_reuse_address = True
    server = None

    def bind():
        nonlocal server
        try:
            server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        except OSError as problem:
            raise ValueError from problem
        return True

    until(bind)
    return server
