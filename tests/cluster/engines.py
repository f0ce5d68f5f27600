"""PostgreSQL, Redis, RabbitMQ and nginx as Debian packages them, on free ports and in a temporary folder."""

import os
import re
import shutil
import signal
import socket
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gutskin.settings import ROOT
from tools.serve import free_port

POSTGRES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1:]
MISSING = [name for name in ("redis-server", "nginx") if not shutil.which(name)] + ([] if POSTGRES else ["postgresql"])
HAS_RABBITMQ = shutil.which("rabbitmq-server") is not None
PATIENCE_SECONDS = 120
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


@dataclass
class Engine:
    """A program that may be stopped and started again on its port."""

    port: int
    command: list
    options: dict
    process: subprocess.Popen | None = None
    stopped_by: signal.Signals = signal.SIGTERM

    def start(self):
        self.process = subprocess.Popen([str(part) for part in self.command], start_new_session=True, **self.options)
        wait_for_port(self.port)

    def stop(self):
        end(self.process, self.stopped_by)


def wait_for_port(port):
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(f"nothing listens on {port}")


def end(process, by=signal.SIGTERM):
    process.send_signal(by)
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(timeout=10)


@contextmanager
def program(command, **options):
    process = subprocess.Popen([str(part) for part in command], **options)
    try:
        yield process
    finally:
        end(process)


@contextmanager
def engine(command, port, **options):
    found = Engine(port, command, {**QUIET, **options})
    found.start()
    try:
        yield found
    finally:
        found.stop()


@contextmanager
def postgres(folder):
    """A database server, which refuses to run as root: then as its own user."""
    data = folder / "postgres"
    data.mkdir()
    as_user = []
    if os.getuid() == 0:
        shutil.chown(data, "postgres")
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]
    tools, port = POSTGRES[0], free_port()
    subprocess.run(
        [*as_user, tools / "initdb", "-D", data, "-U", "clinic", "-A", "trust"], check=True, cwd=data, **QUIET
    )
    command = [*as_user, tools / "postgres", "-D", data, "-p", port, "-h", "127.0.0.1", "-k", data]
    with engine(command, port, cwd=data) as found:
        found.stopped_by = signal.SIGINT  # at SIGTERM it would wait for its clients
        yield found


@contextmanager
def redis(folder):
    port = free_port()
    with engine(["redis-server", "--port", port, "--bind", "127.0.0.1", "--save", ""], port, cwd=folder) as found:
        yield found


@contextmanager
def rabbitmq(folder):
    """A broker of its own name and folders, so that none that runs already is touched; it starts its own `epmd`."""
    port, home = free_port(), folder / "rabbitmq"
    home.mkdir()
    environment = {
        **os.environ, "HOME": str(home), "RABBITMQ_NODENAME": f"test{port}@localhost", "RABBITMQ_NODE_PORT": str(port),
        "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1", "RABBITMQ_MNESIA_BASE": str(home), "RABBITMQ_LOG_BASE": str(home),
        "RABBITMQ_DIST_PORT": str(free_port()), "ERL_EPMD_PORT": str(free_port()), "ERL_EPMD_ADDRESS": "127.0.0.1",
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(home / "plugins"), "RABBITMQ_PID_FILE": str(home / "pid"),
    }  # fmt: skip
    server = sorted(Path("/usr/lib/rabbitmq").glob("lib/*/sbin/rabbitmq-server"))[-1:] or ["rabbitmq-server"]
    with engine([*server], port, cwd=home, env=environment) as found:
        try:
            yield found
        finally:
            subprocess.run(["epmd", "-port", environment["ERL_EPMD_PORT"], "-kill"], check=False, **QUIET)


@contextmanager
def nginx(folder, replicas, desk):
    """The configuration of `deploy/`, with other addresses and without a certificate."""
    port = free_port()
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    for number, replica in enumerate(replicas, 1):
        text = text.replace(f"rasa-{number}:5005", f"127.0.0.1:{replica}")
    text = text.replace("desk:5006", f"127.0.0.1:{desk}").replace("rate=10r/s", "rate=1000r/s")
    text = text.replace("listen 443 ssl", f"listen 127.0.0.1:{port}")
    text = re.sub(r"\n *(ssl_\w+|add_header Strict).*", "", text)
    text = text.replace("pid nginx.pid", f"pid {folder}/nginx.pid")
    (folder / "nginx.conf").write_text(text)
    with engine(["nginx", "-c", folder / "nginx.conf", "-p", folder, "-g", "daemon off;"], port) as found:
        yield found
