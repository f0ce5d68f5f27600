"""PostgreSQL, Redis and nginx as Debian packages them, on free ports and in a temporary folder."""

import os
import re
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

from gutskin.settings import ROOT
from tools.serve import free_port

POSTGRES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1:]
MISSING = [name for name in ("redis-server", "nginx") if not shutil.which(name)] + ([] if POSTGRES else ["postgresql"])
PATIENCE_SECONDS = 60


def wait_for_port(port):
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(f"nothing listens on {port}")


@contextmanager
def program(command, **options):
    process = subprocess.Popen([str(part) for part in command], **options)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


@contextmanager
def postgres(folder):
    """A database server, which refuses to run as root: then as its own user."""
    data = folder / "postgres"
    data.mkdir()
    as_user = []
    if os.getuid() == 0:
        shutil.chown(data, "postgres")
        folder.chmod(0o755)
        as_user = ["runuser", "-u", "postgres", "--"]
    tools, port = POSTGRES[0], free_port()
    subprocess.run(
        [*as_user, tools / "initdb", "-D", data, "-U", "clinic", "-A", "trust"],
        check=True, stdout=subprocess.DEVNULL, cwd=folder,
    )  # fmt: skip
    command = [*as_user, tools / "postgres", "-D", data, "-p", port, "-h", "127.0.0.1", "-k", data]
    with program(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
        wait_for_port(port)
        yield port


@contextmanager
def redis(folder):
    port = free_port()
    with program(["redis-server", "--port", port, "--bind", "127.0.0.1", "--save", ""], stdout=subprocess.DEVNULL):
        wait_for_port(port)
        yield port


@contextmanager
def nginx(folder, replicas):
    """The configuration of `deploy/`, with other addresses and without a certificate."""
    port = free_port()
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    for number, replica in enumerate(replicas, 1):
        text = text.replace(f"rasa-{number}:5005", f"127.0.0.1:{replica}")
    text = text.replace("listen 443 ssl", f"listen 127.0.0.1:{port}").replace("rate=10r/s", "rate=1000r/s")
    text = re.sub(r"\n *(ssl_\w+|add_header Strict).*", "", text)
    text = text.replace("pid nginx.pid", f"pid {folder}/nginx.pid")
    (folder / "nginx.conf").write_text(text)
    with program(["nginx", "-c", folder / "nginx.conf", "-p", folder, "-g", "daemon off;"]):
        wait_for_port(port)
        yield port
