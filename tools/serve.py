"""Starts every process under one supervisor, waits until the assistant answers, prints its address, ends all together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryFile
from types import FrameType

import requests
from jinja2 import Template

from gutskin.clinic import load_clinic
from gutskin.errors import GutSkinError
from gutskin.settings import ROOT, settings
from tools.train import RASA_ENVIRONMENT, model_file

PATIENCE_SECONDS = 180
LEAST_ROOM = 1 << 20
"""Bytes that must fit into the state folder: its databases begin with a fifth of that."""
THREADS = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
}
"""The matrices of one message are small: more threads would only wait for each other."""
SUPERVISOR = Template(
    """\
[supervisord]
nodaemon=true
logfile={{ state }}/logs/supervisor.log
logfile_maxbytes=1MB
pidfile={{ state }}/supervisor-{{ port }}.pid
childlogdir={{ state }}/logs
{% for name, command in programs.items() %}

[program:{{ name }}]
command={{ command }}
directory={{ root }}
autorestart=true
startsecs=1
startretries=1000
stopasgroup=true
killasgroup=true
stopwaitsecs=10
redirect_stderr=true
stdout_logfile={{ state }}/logs/{{ name }}.log
stdout_logfile_maxbytes=5MB
stdout_logfile_backups=2
{% endfor %}
"""
)


def main() -> None:
    """Runs until SIGINT or SIGTERM."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        clinic = load_clinic(settings().data_dir / "clinic.yml", for_visitors=settings().is_production)
    except GutSkinError as problem:
        sys.exit(f"Cannot start. {problem}")
    port, state = settings().port, settings().state_dir
    if not is_free(port):
        sys.exit(f"Cannot start. Port {port} is in use. Mend: end what uses it, or `make serve PORT=5006`.")
    if settings().metrics_port and not is_free(settings().metrics_port):
        sys.exit(
            f"Cannot start. Port {settings().metrics_port} is in use. Mend: set METRICS_PORT to a free one, or to 0."
        )
    hindrance = why_unwritable(state)
    if hindrance:
        sys.exit(
            f"Cannot start. Nothing can be written to {state}: {hindrance}. Mend: free its disk or mount it for writing, or"
            " set STATE_DIR to a folder that can be written."
        )
    actions_port = settings().actions_port if is_free(settings().actions_port) else free_port()
    desk_port = settings().desk_port if is_free(settings().desk_port) else free_port()
    # In a process of its own: what it loads is not held as long as the assistant runs.
    if subprocess.run([sys.executable, "-m", "tools.prepare"], cwd=ROOT, env={**THREADS, **os.environ}).returncode:
        sys.exit(1)
    (state / "logs").mkdir(parents=True, exist_ok=True)
    programs = {
        "assistant": f"{sys.executable} -m tools.assistant {model_file()}",
        "actions": f"{sys.executable} -m tools.action_server",
        "desk": f"{sys.executable} -m desk",
        "retention": f"{sys.executable} -m tools.retention --hourly",
    }
    configuration = state / f"supervisor-{port}.conf"
    configuration.write_text(SUPERVISOR.render(programs=programs, root=ROOT, state=state, port=port))
    environment = {
        **THREADS,
        **os.environ,
        **RASA_ENVIRONMENT,
        "PORT": str(port),
        "ACTIONS_PORT": str(actions_port),
        "DESK_PORT": str(desk_port),
    }
    command = [sys.executable, "-m", "supervisor.supervisord", "--configuration", str(configuration)]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as supervisor:

        def stop(number: int, _: FrameType | None) -> None:
            print("\nStopping …", flush=True)
            supervisor.terminate()

        signal.signal(signal.SIGINT, stop)
        signal.signal(signal.SIGTERM, stop)
        if wait_until_it_answers(supervisor, f"http://127.0.0.1:{port}/chat/health", state / "logs"):
            print(
                f"\n{clinic.name}: the assistant answers at {settings().page_url}   (logs: {state}/logs, Ctrl-C ends it)",
                flush=True,
            )
            print(f"The reception desk: {settings().desk_url or f'http://127.0.0.1:{desk_port}'}", flush=True)
            if clinic.demo:
                print(
                    "This is the example clinic: its numbers are not real. Edit data/clinic.yml before anyone relies on it.",
                    flush=True,
                )
        supervisor.wait()


def wait_until_it_answers(supervisor: subprocess.Popen[bytes], health: str, logs: Path) -> bool:
    """Whether the assistant came up; shows how long it has been loading."""
    started = time.monotonic()
    while supervisor.poll() is None:
        waited = time.monotonic() - started
        print(f"\rLoading … {waited:3.0f} s", end="", flush=True)
        try:
            if requests.get(health, timeout=2).json()["status"] == "ok":
                return True
        except (requests.RequestException, ValueError, KeyError):
            pass
        if waited > PATIENCE_SECONDS:
            print(f"\nThe assistant does not answer after {PATIENCE_SECONDS} s. See {logs}/assistant.log.", flush=True)
            supervisor.terminate()
            return False
        time.sleep(0.5)
    return False


def why_unwritable(folder: Path) -> str:
    """What stands in the way of writing there, in the system's words; empty where nothing does."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder) as probe:
            probe.write(bytes(LEAST_ROOM))
    except OSError as error:
        return error.strerror or str(error)
    return ""


def is_free(port: int) -> bool:
    """Whether nothing listens on the port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def free_port() -> int:
    """A port that nothing uses just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
