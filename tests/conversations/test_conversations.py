"""Plays the conversations of this folder through the trained model, as `rasa test core` does."""

import os
import subprocess
import sys

from gutskin.settings import ROOT
from tools.train import RASA_ENVIRONMENT, trained_model


def test_every_conversation_takes_its_course(tmp_path):
    played = subprocess.run(
        [
            sys.executable, "-m", "rasa", "test", "core", "--fail-on-prediction-errors", "--model", str(trained_model()),
            "--stories", "tests/conversations", "--out", str(tmp_path), "--endpoints", str(tmp_path / "none.yml"),
        ],
        cwd=ROOT, env={**os.environ, **RASA_ENVIRONMENT}, capture_output=True, text=True,
    )  # fmt: skip
    failed = tmp_path / "failed_test_stories.yml"
    assert played.returncode == 0, (failed.read_text() if failed.exists() else "") + played.stderr[-3000:]
    assert failed.read_text().strip() == "# None of the test stories failed - all good!"
