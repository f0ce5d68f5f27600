"""A running assistant of one's own, on free ports with its own state: for tests and measurements."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from gutskin.settings import ROOT
from tools.serve import free_port
from tools.train import RASA_ENVIRONMENT


@dataclass
class Client:
    """One conversation over the public contract."""

    base: str
    token: str = ""
    last: dict[str, Any] | None = None

    def open(self) -> dict[str, Any]:
        """Opens a conversation; the contract's answer."""
        answer = requests.post(f"{self.base}/sessions", json={}, timeout=30)
        answer.raise_for_status()
        self.last = answer.json()
        self.token = self.last["session"]
        return self.last

    def say(self, text: str) -> dict[str, Any]:
        """Sends text; the contract's answer."""
        return self._send({"text": text})

    def choose(self, choice: str) -> dict[str, Any]:
        """Sends a choice; the contract's answer."""
        return self._send({"choice": choice})

    def pick(self, title: str) -> dict[str, Any]:
        """Sends the choice with that title out of the last replies."""
        offered = {c["title"]: c["id"] for reply in (self.last or {})["replies"] for c in reply["choices"]}
        return self.choose(offered[title])

    def history(self) -> list[dict[str, Any]]:
        """The messages of the conversation, as a reload shows them."""
        bearer = {"Authorization": f"Bearer {self.token}"}
        answer = requests.get(f"{self.base}/history", headers=bearer, timeout=30)
        answer.raise_for_status()
        messages: list[dict[str, Any]] = answer.json()["messages"]
        return messages

    def _send(self, message: dict[str, str]) -> dict[str, Any]:
        if not self.token:
            self.open()
        answer = requests.post(f"{self.base}/messages", json={"session": self.token, **message}, timeout=30)
        self.last = answer.json()
        self.last["status"] = answer.status_code
        self.token = self.last.get("session", self.token)
        return self.last


@dataclass(frozen=True)
class Running:
    """A running assistant."""

    base: str
    state: Path
    actions_port: int
    process: subprocess.Popen[str]
    desk: str
    """The address of its reception desk."""

    def client(self) -> Client:
        """A new conversation with it."""
        return Client(self.base)


@contextmanager
def running_assistant(**environment: str) -> Iterator[Running]:
    """Starts `make serve`'s program with further environment variables, waits for its address, ends it afterwards.

    Raises:
        RuntimeError: it ended before it answered; the text is what it printed.
    """
    port, actions_port, desk_port = free_port(), free_port(), free_port()
    with tempfile.TemporaryDirectory(prefix="gut-skin-") as temporary:
        variables = {
            **os.environ, "STATE_DIR": temporary, "PORT": str(port), "ACTIONS_PORT": str(actions_port),
            "DESK_PORT": str(desk_port), "CHAT_RATE_LIMIT": "off", **RASA_ENVIRONMENT, **environment,
        }  # fmt: skip
        state = Path(variables["STATE_DIR"])
        process = subprocess.Popen(
            [sys.executable, "-m", "tools.serve"],
            cwd=ROOT,
            env=variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        printed = []
        try:
            assert process.stdout is not None
            for line in process.stdout:
                printed.append(line)
                if "the assistant answers at" in line:
                    break
            else:
                logs = "".join(f"\n{log.name}:\n{log.read_text()}" for log in state.glob("logs/*.log"))
                raise RuntimeError("The assistant did not start:\n" + "".join(printed) + logs)
            yield Running(
                f"http://127.0.0.1:{port}/chat", state, actions_port, process, f"http://127.0.0.1:{desk_port}"
            )
        finally:
            process.terminate()
            process.wait(timeout=30)
