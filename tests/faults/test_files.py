"""Files that are damaged are found at start, with one line that says what and how to mend it."""

import os
import shutil
import subprocess
import sys

import pytest
import requests

from gutskin.settings import ROOT
from tests.faults.conftest import until
from tests.server.checks import check_emergency, check_refusal
from tools.running import running_assistant
from tools.serve import free_port
from tools.train import RASA_ENVIRONMENT, model_file

KEY = "0123456789abcdefghijklmnopqrstuvwxyzABCD"


def test_a_damaged_article_is_refused_in_one_line(tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / "data" / "article" / "gut-skin-axis.md").write_bytes(b"\x00\xff" * 100)
    with pytest.raises(RuntimeError) as refused, running_assistant(DATA_DIR=str(tmp_path / "data")):
        pass
    assert "Cannot start." in str(refused.value)
    assert "Traceback" not in str(refused.value)


def test_production_refuses_the_example_clinic():
    real = {"ENVIRONMENT": "production", "SESSION_KEY": KEY, "PUBLIC_URL": "https://chat.example.org"}
    with pytest.raises(RuntimeError) as refused, running_assistant(**real, CHAT_RATE_LIMIT="on"):
        pass
    assert "example clinic" in str(refused.value)
    assert "Traceback" not in str(refused.value)


def test_a_truncated_model_answers_nothing_but_help(tmp_path):
    model = tmp_path / "model.tar.gz"
    model.write_bytes(model_file().read_bytes()[:100_000])
    port = free_port()
    environment = {**os.environ, **RASA_ENVIRONMENT, "STATE_DIR": str(tmp_path), "PORT": str(port), "ACTIONS_PORT": "1"}
    log = tmp_path / "assistant.log"
    command = [sys.executable, "-m", "tools.assistant", str(model)]
    base = f"http://127.0.0.1:{port}/chat"
    with log.open("w") as out, subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out) as process:
        try:
            until(lambda: requests.get(f"{base}/health", timeout=5).json()["status"] == "degraded")
            check_emergency(
                requests.post(f"{base}/messages", json={"session": "any", "text": "I cannot breathe"}, timeout=30)
            )
            assert requests.get(f"{base}/ready", timeout=30).status_code == 503
            refused = requests.post(f"{base}/sessions", json={}, timeout=30)
            assert check_refusal(refused, 503)["code"] == "not_ready"
            assert int(refused.headers["Retry-After"]) > 0
        finally:
            process.terminate()
