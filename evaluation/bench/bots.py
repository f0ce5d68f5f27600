"""The two bots that are measured, each as its makers start it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import psutil
import requests

from gutskin.settings import ROOT
from tools.running import running_assistant
from tools.serve import free_port
from tools.train import RASA_ENVIRONMENT

STATE = ROOT / ".state" / "bench"
TRAINED_IN = "trained_in.txt"
PATIENCE_SECONDS = 300


@dataclass
class Bot:
    """A running bot: how to open a conversation and say something, and the processes that it needs."""

    name: str
    base: str
    process: int
    start_seconds: float
    state: Path

    async def open(self, http: aiohttp.ClientSession, who: str) -> str:
        """The name of a new conversation."""
        if self.name == "init":
            return who
        async with http.post(f"{self.base}/sessions", json={}) as answer:
            answer.raise_for_status()
            return str((await answer.json())["session"])

    async def say(self, http: aiohttp.ClientSession, conversation: str, text: str) -> bool:
        """Says one thing; whether anything was answered."""
        body: dict[str, Any]
        if self.name == "init":
            url, body = f"{self.base}/webhooks/rest/webhook", {"sender": conversation, "message": text}
        else:
            url, body = f"{self.base}/messages", {"session": conversation, "text": text}
        async with http.post(url, json=body) as answer:
            answer.raise_for_status()
            found = await answer.json()
        return bool(found if self.name == "init" else found["replies"])

    def family(self) -> list[psutil.Process]:
        """Every process that the bot needs."""
        first = psutil.Process(self.process)
        return [first, *first.children(recursive=True)]

    def megabytes(self) -> tuple[float, float]:
        """Memory that nobody shares: of its largest process, and of all."""
        each = [process.memory_full_info().uss / 1e6 for process in self.family()]
        return max(each), sum(each)

    def processor_seconds(self) -> float:
        """Processor time of all of its processes so far."""
        return sum(sum(process.cpu_times()[:2]) for process in self.family())


@contextmanager
def assistant() -> Iterator[Bot]:
    """This assistant, with all that `make serve` starts."""
    started = time.perf_counter()
    with running_assistant() as running:
        _first_answer(f"{running.base}/sessions", {})
        yield Bot("assistant", running.base, running.process.pid, time.perf_counter() - started, running.state)


@contextmanager
def init_bot() -> Iterator[Bot]:
    """The bot of `rasa init`, trained once and kept under the state folder."""
    folder = _trained_init()
    port = free_port()
    command = [
        sys.executable, "-m", "rasa", "run", "--port", str(port), "--interface", "127.0.0.1",
        "--credentials", str(_rest_only(folder)),
    ]  # fmt: skip
    started = time.perf_counter()
    with (STATE / "init-run.log").open("w") as log:
        process = subprocess.Popen(command, cwd=folder, env={**os.environ, **RASA_ENVIRONMENT}, stdout=log, stderr=log)
    try:
        base = f"http://127.0.0.1:{port}"
        _first_answer(f"{base}/webhooks/rest/webhook", {"sender": "first", "message": "hello"})
        yield Bot("init", base, process.pid, time.perf_counter() - started, folder)
    finally:
        process.terminate()
        process.wait(timeout=30)


def init_training_seconds() -> float:
    """How long `rasa init` took to make and train its bot."""
    return float((_trained_init() / TRAINED_IN).read_text())


def _trained_init() -> Path:
    folder = STATE / "init"
    if not (folder / TRAINED_IN).exists():
        folder.mkdir(parents=True, exist_ok=True)
        started = time.perf_counter()
        command = [sys.executable, "-m", "rasa", "init", "--no-prompt", "--init-dir", str(folder)]
        with (STATE / "init.log").open("w") as log:
            subprocess.run(
                command, cwd=folder, env={**os.environ, **RASA_ENVIRONMENT}, stdout=log, stderr=log, check=True
            )
        (folder / TRAINED_IN).write_text(str(time.perf_counter() - started))
    return folder


def _rest_only(folder: Path) -> Path:
    credentials = folder / "rest.yml"
    credentials.write_text("rest:\n")
    return credentials


def _first_answer(url: str, body: dict[str, str]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            if requests.post(url, json=body, timeout=60).ok:
                return
        except requests.ConnectionError:
            pass
        time.sleep(0.1)
    raise TimeoutError(f"No answer from {url} in {PATIENCE_SECONDS} s.")
